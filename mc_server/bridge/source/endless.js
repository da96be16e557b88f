'use strict'
/**
 * Loops and calls that never come to an end, as far as that can be seen.
 *
 * A loop is endless when its condition holds always and nothing leaves it, or when its condition asks only for the game's state, of
 * which nothing changes until the program awaits. Told too little rather than too much.
 */

const { isWritten } = require('./scopes')
const { isFunction, lineOf, ownNodes } = require('./syntax')
const { pathOf } = require('./paths')

/** @typedef {import('./syntax').Node} Node */
/** @typedef {import('./scopes').Scopes} Scopes */

const LOOPS = new Set(['WhileStatement', 'DoWhileStatement', 'ForStatement'])
const ALL_LOOPS = new Set([...LOOPS, 'ForInStatement', 'ForOfStatement'])
const BRANCHES = new Set(['IfStatement', 'ConditionalExpression', 'LogicalExpression', 'SwitchStatement', 'TryStatement', ...ALL_LOOPS])
const MAXIMUM_TEXT = 120

/**
 * @param {Node[]} nodes
 * @param {Scopes} scopes
 * @param {string} source
 */
function endlessLoops (nodes, scopes, source) {
  return nodes.filter(node => LOOPS.has(node.type)).flatMap(loop => {
    const inside = ownNodes(loop)
    if (inside.some(node => leaves(node, loop))) return []
    const isConstant = loop.test === null || isTruthy(loop.test)
    const holdsAwait = inside.some(node => node.type === 'AwaitExpression' || node.await)
    if (!isConstant && (holdsAwait || !asksUnchanging(loop, inside, scopes))) return []
    const condition = loop.test ? source.slice(loop.test.start, loop.test.end).slice(0, MAXIMUM_TEXT) : ''
    return [{ line: lineOf(loop), condition, is_constant: isConstant, holds_await: holdsAwait, is_caught: isCaught(loop) }]
  })
}

/** @param {Node} node */
function isTruthy (node) {
  if (node.type === 'UnaryExpression' && node.operator === '!') return node.argument.type === 'Literal' && !node.argument.value
  return node.type === 'Literal' && Boolean(node.value)
}

/** Whether the node ends the loop, or gives the turn to somebody who can. @param {Node} node @param {Node} loop */
function leaves (node, loop) {
  if (['ReturnStatement', 'ThrowStatement', 'YieldExpression'].includes(node.type)) return true
  if (node.type === 'ContinueStatement') return node.label !== null && labelOf(loop) !== node.label.name && !isLabelledWithin(node, loop)
  if (node.type !== 'BreakStatement') return false
  if (node.label) return !isLabelledWithin(node, loop)
  for (let above = node.parent; above !== loop; above = above.parent) {
    if (ALL_LOOPS.has(above.type) || above.type === 'SwitchStatement') return false
  }
  return true
}

/** @param {Node} loop */
const labelOf = loop => loop.parent.type === 'LabeledStatement' ? loop.parent.label.name : null

/** Whether the label that the node names is inside of the loop. @param {Node} node @param {Node} loop */
function isLabelledWithin (node, loop) {
  for (let above = node.parent; above !== loop; above = above.parent) {
    if (above.type === 'LabeledStatement' && above.label.name === node.label.name) return true
  }
  return false
}

/**
 * Whether the condition is made of the game's state alone, and nothing in the loop could change what it is.
 * @param {Node} loop
 * @param {Node[]} inside
 * @param {Scopes} scopes
 */
function asksUnchanging (loop, inside, scopes) {
  const test = loop.test
  const asked = [test, ...ownNodes(test)]
  if (asked.some(node => isFunction(node) || node.type === 'AssignmentExpression' || node.type === 'UpdateExpression')) return false
  const names = asked.filter(node => scopes.references.has(node))
  const free = names.filter(node => scopes.bindingOf(node) === null)
  const mayAct = inside.some(node => node.type === 'CallExpression' && !asked.includes(node) && pathOf(node.callee, scopes)?.[0] === 'bot')
  if (free.length === 0 || mayAct || !free.every(node => isGameState(node, scopes))) return false
  return names.every(node => {
    const binding = scopes.bindingOf(node)
    return !binding || (binding.kind !== 'function' && binding.references.every(reference => isOnlyRead(reference)) && !binding.isWritten)
  })
}

/** Whether a global in a condition is the bot, or a function that is asked about the game. @param {Node} node @param {Scopes} scopes */
function isGameState (node, scopes) {
  if (node.name === 'undefined') return true
  const [root, ...rest] = pathOf(node, scopes) ?? ['']
  if (root === 'bot') return rest.length === 0
  return root === 'countItem' || root === 'findBlock'
}

/** @param {Node} node a name */
function isOnlyRead (node) {
  const { parent } = node
  if (isWritten(node)) return false
  if (parent.type === 'BinaryExpression' || parent.type === 'TemplateLiteral' || parent.type === 'UnaryExpression') return true
  // A number or text is the same after a call; of a list or object that is not known.
  return parent.type === 'CallExpression' && parent.callee.name === 'countItem'
}

/** Whether a failure inside of the node is caught around it. @param {Node} node */
function isCaught (node) {
  for (let above = node; above.parent && !isFunction(above); above = above.parent) {
    if (above.parent.type === 'TryStatement' && above.parent.block === above) return true
  }
  return false
}

/**
 * Functions that call themselves whatever happens.
 * @param {Scopes} scopes
 */
function endlessCalls (scopes) {
  const found = []
  for (const names of scopes.declared.values()) {
    for (const binding of names.values()) {
      const { value } = binding
      if (!value || !isFunction(value) || binding.isWritten) continue
      const call = binding.references.find(reference => isAlwaysReached(reference, value))
      if (call) found.push({ name: binding.name, line: lineOf(call) })
    }
  }
  return found
}

/** @param {Node} reference @param {Node} within a function */
function isAlwaysReached (reference, within) {
  if (reference.parent.type !== 'CallExpression' || reference.parent.callee !== reference) return false
  for (let above = reference.parent; above !== within; above = above.parent) {
    if (!above || isFunction(above) || BRANCHES.has(above.type) || above === within) return false
  }
  const before = ownNodes(within.body).filter(({ start }) => start < reference.start)
  return !before.some(node => ['ReturnStatement', 'ThrowStatement'].includes(node.type) && !holds(node, reference)) &&
    !before.some(node => node.type === 'AwaitExpression' && !holds(node, reference))
}

/** @param {Node} outer @param {Node} inner */
const holds = (outer, inner) => outer.start <= inner.start && outer.end >= inner.end

module.exports = { endlessCalls, endlessLoops }
