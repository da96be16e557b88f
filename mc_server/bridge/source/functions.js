'use strict'
/** What stands at the top level of a program: its functions, and statements that start something. */

const { functionAbove } = require('./scopes')
const { isFunction, lineOf } = require('./syntax')

/** @typedef {import('./syntax').Node} Node */
/** @typedef {import('./scopes').Scopes} Scopes */

const MAXIMUM_NAMES = 1000
const MAXIMUM_NAME = 200

/**
 * @param {Node[]} nodes
 * @param {import('./syntax').Comment[]} comments
 * @param {Scopes} scopes
 * @param {string} source
 */
function functionsIn (nodes, comments, scopes, source) {
  return nodes[0].body.filter((/** @type {Node} */ node) => node.type === 'FunctionDeclaration').map((/** @type {Node} */ node) => ({
    name: node.id.name,
    is_async: node.async,
    is_generator: node.generator,
    parameters: node.params.map((/** @type {Node} */ parameter) => parameterOf(parameter, source)),
    start: node.start,
    end: node.end,
    line: lineOf(node),
    comment: commentBefore(node, comments, source),
    uses: functionsUsedIn(node, nodes[0], scopes)
  }))
}

/** @param {Node} node @param {string} source */
function parameterOf (node, source) {
  const isOptional = node.type === 'AssignmentPattern'
  const target = isOptional ? node.left : node.type === 'RestElement' ? node.argument : node
  return {
    text: source.slice(node.start, node.end),
    start: node.start,
    end: node.end,
    name: target.type === 'Identifier' ? target.name : null,
    default: isOptional ? source.slice(node.right.start, node.right.end) : null,
    is_rest: node.type === 'RestElement'
  }
}

/**
 * The comments right above, with nothing but a line's end between.
 * @param {Node} node
 * @param {import('./syntax').Comment[]} comments
 * @param {string} source
 */
function commentBefore (node, comments, source) {
  const texts = []
  let end = node.start
  for (const comment of [...comments].reverse()) {
    if (comment.end > end) continue
    const between = source.slice(comment.end, end)
    const ownLine = /^[^\S\n]*$/.test(source.slice(source.lastIndexOf('\n', comment.start - 1) + 1, comment.start))
    if (between.trim() || between.split('\n').length > 2 || !ownLine) break
    texts.unshift(comment.text)
    end = comment.start
  }
  return texts.join('\n')
}

/**
 * Names of functions at the top level that are used below a node, its own left out.
 * @param {Node} top
 * @param {Node} script
 * @param {Scopes} scopes
 */
function functionsUsedIn (top, script, scopes) {
  const names = []
  for (const binding of scopes.declared.get(script)?.values() ?? []) {
    const isUsed = binding.references.some(({ start, end }) => start >= top.start && end <= top.end)
    if (binding.kind === 'function' && binding.value !== top && isUsed) names.push(binding.name)
  }
  return names
}

/**
 * Statements at the top level that do something when the program is read: calls, loops, whatever awaits.
 * @param {Node[]} nodes
 * @param {Scopes} scopes
 */
function startsIn (nodes, scopes) {
  const [script] = nodes
  const awaiting = nodes.filter(node => (node.type === 'AwaitExpression' || node.await) && functionAbove(node) === script)
  return script.body.flatMap((/** @type {Node} */ node) => {
    if (node.type === 'FunctionDeclaration') return []
    const awaits = awaiting.some(({ start }) => start >= node.start && start < node.end)
    const calls = node.type === 'ExpressionStatement' && isCall(node.expression)
    if (!awaits && !calls) return []
    return [{ line: lineOf(node), start: node.start, end: node.end, awaits, uses: functionsUsedIn(node, script, scopes) }]
  })
}

/** @param {Node} node */
function isCall (node) {
  const inner = node.type === 'AwaitExpression' || node.type === 'UnaryExpression' ? node.argument : node
  return inner.type === 'CallExpression'
}

/** Names that the program declares at its top level that are no functions. @param {Node[]} nodes @param {Scopes} scopes */
const variablesIn = ([script], scopes) => [...scopes.declared.get(script)?.values() ?? []]
  .filter(({ kind }) => kind !== 'function').map(({ name, value }) => ({ name, is_function: Boolean(value && isFunction(value)) }))

/** Names that are declared anywhere. @param {Scopes} scopes @returns {string[]} */
function declaredIn (scopes) {
  const names = new Set([...scopes.declared.values()].flatMap(each => [...each.keys()]))
  return [...names].slice(0, MAXIMUM_NAMES).map(name => name.slice(0, MAXIMUM_NAME))
}

module.exports = { declaredIn, functionsIn, startsIn, variablesIn }
