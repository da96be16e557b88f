'use strict'
/** Functions that a program hands to the methods of lists, which wait for none of them. */

const { isFunction, lineOf } = require('./syntax')
const { memberName } = require('./paths')

/** @typedef {import('./syntax').Node} Node */

/** Methods that take what the function gives for the answer, and so a promise for true. */
const ANSWERED = new Set(['forEach', 'filter', 'some', 'every', 'find', 'findIndex', 'findLast', 'sort'])

/** @param {Node} node @returns {string | null} the method of a list that a function is given to */
function listMethod (node) {
  const { parent } = node
  if (!isFunction(node) || parent.type !== 'CallExpression' || parent.arguments[0] !== node || parent.callee.type !== 'MemberExpression') return null
  const name = memberName(parent.callee)
  return name !== null && ANSWERED.has(name) ? name : null
}

/** @param {Node[]} nodes @returns {{method: string, line: number}[]} where an async function is given to such a method */
function unawaitedCallbacks (nodes) {
  return nodes.flatMap(node => {
    const method = isFunction(node) && node.async ? listMethod(node) : null
    return method === null ? [] : [{ method, line: lineOf(node) }]
  })
}

module.exports = { listMethod, unawaitedCallbacks }
