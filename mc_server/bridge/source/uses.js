'use strict'
/** Where a program uses what it did not define, and where it calls what it did: each with its place and what becomes of the value. */

const { listMethod } = require('./callbacks')
const { functionAbove, isWritten } = require('./scopes')
const { isFunction, lineOf } = require('./syntax')
const { memberName, pathOf } = require('./paths')
const { argumentOf, fateOf } = require('./values')

/** @typedef {import('./syntax').Node} Node */
/** @typedef {import('./scopes').Scopes} Scopes */

const MAXIMUM_USES = 4000
const MAXIMUM_ARGUMENTS = 30
const MAXIMUM_TEXT = 200

/**
 * @param {Node[]} nodes
 * @param {Scopes} scopes
 * @param {string} source
 */
function usesIn (nodes, scopes, source) {
  const uses = []
  for (const node of nodes) {
    if (uses.length >= MAXIMUM_USES) break
    const use = useOf(node, scopes, source)
    if (use) uses.push(use)
  }
  return uses
}

/**
 * @param {Node} node
 * @param {Scopes} scopes
 * @param {string} source
 */
function useOf (node, scopes, source) {
  if (node.type !== 'Identifier' && node.type !== 'MemberExpression') return null
  const { parent } = node
  // Only the whole chain is told.
  if (parent.type === 'MemberExpression' && parent.object === node && memberName(parent) !== null) return null
  if (node.type === 'Identifier' && !scopes.references.has(node)) return null
  const own = node.type === 'Identifier' ? scopes.bindingOf(node) ?? null : null
  const path = pathOf(node, scopes) ?? (own && isCallee(node) ? [own.name] : null)
  if (path === null || (own && !isCallee(node))) return null
  const call = isCallee(node) ? parent : null
  const expression = call ?? node
  const given = call?.arguments ?? []
  return {
    path: path.map(name => name.slice(0, MAXIMUM_TEXT)),
    line: lineOf(node),
    start: expression.start,
    end: expression.end,
    text: source.slice(expression.start, expression.end).slice(0, MAXIMUM_TEXT),
    is_own: own !== null && path.length === 1 && path[0] === own.name,
    gives_promise: own !== null && isAsync(own),
    is_called: call?.type === 'CallExpression',
    is_made: call?.type === 'NewExpression',
    is_written: isWritten(node) || (parent.type === 'UnaryExpression' && parent.operator === 'delete'),
    is_optional: Boolean(call?.optional || node.optional || isInTry(node)),
    fate: fateOf(expression, scopes),
    arguments: given.slice(0, MAXIMUM_ARGUMENTS).map((/** @type {Node} */ each) => withText(each, scopes, source)),
    in_callback: isInCallback(node)
  }
}

/** @param {Node} node @param {Scopes} scopes @param {string} source */
function withText (node, scopes, source) {
  const { start, end } = node
  return { ...argumentOf(node, scopes), text: source.slice(start, end).slice(0, MAXIMUM_TEXT), start, end }
}

/** @param {Node} node */
function isCallee (node) {
  const { parent } = node
  return (parent.type === 'CallExpression' || parent.type === 'NewExpression') && parent.callee === node
}

/** Whether a name's value is surely an async function. @param {import('./scopes').Binding} binding */
function isAsync ({ kind, value, keys, isWritten }) {
  const isFixed = kind === 'function' || (keys?.length === 0 && ['const', 'let', 'var'].includes(kind))
  return Boolean(isFixed && !isWritten && value && isFunction(value) && value.async && !value.generator)
}

/** Whether a failure of it is caught in the same function. @param {Node} node */
function isInTry (node) {
  for (let above = node; above.parent && !isFunction(above); above = above.parent) {
    if (above.parent.type === 'TryStatement' && above.parent.block === above && above.parent.handler) return true
  }
  return false
}

/** Whether the function around it cannot await, and was made to be handed on. @param {Node} node */
function isInCallback (node) {
  const above = functionAbove(node)
  return isFunction(above) && !above.async && above.type !== 'FunctionDeclaration' && listMethod(above) === null
}

module.exports = { usesIn }
