'use strict'
/** What becomes of the value of an expression, and what is written out of the arguments of a call. */

const { listMethod } = require('./callbacks')
const { memberName, pathOf } = require('./paths')

/** @typedef {import('./syntax').Node} Node */
/** @typedef {import('./scopes').Scopes} Scopes */
/**
 * `awaited`, `returned` (to whoever called), `discarded`, `gathered` (into a `Promise.all`), `chained` (`.then`), `passed` (to a
 * function), `stored` (kept for later), `read` (a member of it, or a part), `asked` (whether it is there or what it equals), `computed`.
 * @typedef {'awaited' | 'returned' | 'discarded' | 'gathered' | 'chained' | 'passed' | 'stored' | 'read' | 'asked' | 'computed'} Fate
 */

const GATHERING = new Set(['all', 'allSettled', 'race', 'any'])
const CHAINING = new Set(['then', 'catch', 'finally'])
const EQUALITIES = new Set(['===', '!==', '==', '!=', 'in', 'instanceof'])
const TESTING = new Set(['IfStatement', 'WhileStatement', 'DoWhileStatement', 'ForStatement', 'SwitchStatement', 'SwitchCase'])
const MAXIMUM_TEXT = 200
const MAXIMUM_LIST = 100
const MAXIMUM_STEPS = 4

/**
 * @param {Node} node
 * @param {Scopes} scopes
 * @param {number} [steps] how many variables are followed
 * @returns {Fate}
 */
function fateOf (node, scopes, steps = MAXIMUM_STEPS) {
  const { parent } = node
  switch (parent.type) {
    case 'ChainExpression': return fateOf(parent, scopes, steps)
    case 'AwaitExpression': return 'awaited'
    case 'ArrowFunctionExpression': return listMethod(parent) === 'forEach' ? 'discarded' : 'returned'
    case 'ReturnStatement': case 'YieldExpression': return 'returned'
    case 'ExpressionStatement': return 'discarded'
    case 'SequenceExpression': return parent.expressions.at(-1) === node ? fateOf(parent, scopes, steps) : 'discarded'
    case 'LogicalExpression': return parent.right === node ? fateOf(parent, scopes, steps) : 'asked'
    case 'ConditionalExpression': return parent.test === node ? 'asked' : fateOf(parent, scopes, steps)
    case 'UnaryExpression': return parent.operator === 'void' ? 'discarded' : ['!', 'typeof'].includes(parent.operator) ? 'asked' : 'computed'
    case 'BinaryExpression': return EQUALITIES.has(parent.operator) ? 'asked' : 'computed'
    case 'MemberExpression': return fateOfMember(node, parent, scopes, steps)
    case 'CallExpression': case 'NewExpression': return parent.callee === node ? 'read' : isGathering(parent, scopes) ? 'gathered' : 'passed'
    case 'ArrayExpression': return fateOfList(parent, scopes, steps)
    case 'VariableDeclarator': return parent.id.type === 'Identifier' ? fateOfVariable(parent.id.name, parent, scopes, steps) : 'read'
    case 'AssignmentExpression': return fateOfAssigned(node, parent, scopes, steps)
    case 'ForOfStatement': return parent.await ? 'awaited' : parent.right === node ? 'computed' : 'stored'
    case 'TemplateLiteral': case 'SpreadElement': case 'ThrowStatement': return 'computed'
    default: return TESTING.has(parent.type) ? 'asked' : 'stored'
  }
}

/** @param {Node} node @param {Node} parent @param {Scopes} scopes @param {number} steps @returns {Fate} */
function fateOfMember (node, parent, scopes, steps) {
  if (parent.object !== node) return 'computed'
  if (!CHAINING.has(memberName(parent) ?? '')) return parent.optional ? 'asked' : 'read'
  if (parent.parent.type !== 'CallExpression') return 'chained'
  const fate = fateOf(parent.parent, scopes, steps)
  return fate === 'discarded' ? 'chained' : fate
}

/** @param {Node} call @param {Scopes} scopes */
function isGathering (call, scopes) {
  const path = pathOf(call.callee, scopes)
  return path?.length === 2 && path[0] === 'Promise' && GATHERING.has(path[1])
}

/** @param {Node} list @param {Scopes} scopes @param {number} steps @returns {Fate} */
function fateOfList (list, scopes, steps) {
  const fate = fateOf(list, scopes, steps)
  return fate === 'gathered' || fate === 'returned' ? fate : 'stored'
}

/** @param {Node} node @param {Node} parent @param {Scopes} scopes @param {number} steps @returns {Fate} */
function fateOfAssigned (node, parent, scopes, steps) {
  if (parent.right !== node) return 'stored'
  if (parent.operator !== '=' && !['||=', '&&=', '??='].includes(parent.operator)) return 'computed'
  if (parent.left.type === 'ObjectPattern' || parent.left.type === 'ArrayPattern') return 'read'
  return 'stored'
}

/**
 * What becomes of a value that a variable holds: the worst, unless it is awaited or handed on somewhere.
 * @param {string} name
 * @param {Node} declarator
 * @param {Scopes} scopes
 * @param {number} steps
 * @returns {Fate}
 */
function fateOfVariable (name, declarator, scopes, steps) {
  const binding = [...bindingsNamed(name, scopes)].find(each => each.value === declarator.init)
  if (!binding || binding.isWritten || steps === 0) return 'stored'
  const fates = new Set(binding.references.map(reference => fateOf(reference, scopes, steps - 1)))
  if (fates.size === 0) return 'stored'
  for (const fate of /** @type {Fate[]} */ (['awaited', 'gathered', 'returned', 'chained', 'passed', 'stored'])) if (fates.has(fate)) return 'stored'
  return [...fates][0]
}

/** @param {string} name @param {Scopes} scopes */
function * bindingsNamed (name, scopes) {
  for (const names of scopes.declared.values()) {
    const binding = names.get(name)
    if (binding) yield binding
  }
}

/**
 * An argument as far as it is written out: `kind` is `string`, `number`, `boolean`, `null`, `undefined`, `template` (with its `head`),
 * `list`, `object`, `function`, `expression` or `spread`; `texts` are the texts in it, `keys` those of an object,
 * whose `texts` are the keys under which a text or a list of texts stands.
 * @param {Node} node
 * @param {Scopes} scopes
 * @returns {{kind: string, text: string, value: string | number | boolean | null, texts: string[], keys: string[] | null}}
 */
function argumentOf (node, scopes) {
  const argument = (/** @type {string} */ kind, /** @type {any} */ value = null) =>
    ({ kind, text: '', value: typeof value === 'string' ? value.slice(0, MAXIMUM_TEXT) : value, texts: [], keys: null })
  switch (node.type) {
    case 'Literal': return node.regex || node.bigint ? argument('expression') : argument(node.value === null ? 'null' : typeof node.value, finite(node.value))
    case 'UnaryExpression': return node.operator === '-' && typeof node.argument.value === 'number' ? argument('number', finite(-node.argument.value)) : argument('expression')
    case 'TemplateLiteral': return argument(node.expressions.length ? 'template' : 'string', node.quasis[0].value.cooked ?? '')
    case 'BinaryExpression': return node.operator === '+' ? joinedText(node, scopes) ?? argument('expression') : argument('expression')
    case 'ArrayExpression': return { ...argument('list'), texts: textsIn(node) }
    case 'ObjectExpression': return { ...argument('object'), texts: keysOfTexts(node, scopes), keys: keysOf(node) }
    case 'ArrowFunctionExpression': case 'FunctionExpression': return argument('function')
    case 'SpreadElement': return argument('spread')
    case 'Identifier': return node.name === 'undefined' ? argument('undefined') : constantOf(node, scopes) ?? argument('expression')
    default: return argument('expression')
  }
}

/** JSON has no other numbers. @param {any} value */
const finite = value => typeof value === 'number' && !Number.isFinite(value) ? null : value

/** Text to which something is added: the text it begins with. @param {Node} node @param {Scopes} scopes */
function joinedText (node, scopes) {
  let { left } = node
  while (left.type === 'BinaryExpression' && left.operator === '+') left = left.left
  const head = left.type === 'Identifier' ? null : argumentOf(left, scopes)
  return head && (head.kind === 'string' || head.kind === 'template') ? { ...head, kind: 'template' } : null
}

/** @param {Node} node a list */
const textsIn = node => node.elements.filter((/** @type {Node} */ part) => typeof part?.value === 'string')
  .slice(0, MAXIMUM_LIST).map((/** @type {Node} */ part) => part.value.slice(0, MAXIMUM_TEXT))

/** @param {Node} node an object @returns {string[] | null} null when not all are written out */
function keysOf (node) {
  const isPlain = (/** @type {Node} */ part) => part.type === 'Property' && !part.computed
  if (!node.properties.every(isPlain)) return null
  return node.properties.slice(0, MAXIMUM_LIST).map((/** @type {Node} */ part) => String(part.key.name ?? part.key.value).slice(0, MAXIMUM_TEXT))
}

/** @param {Node} node an object @param {Scopes} scopes */
const keysOfTexts = (node, scopes) => node.properties.slice(0, MAXIMUM_LIST)
  .filter((/** @type {Node} */ part) => part.type === 'Property' && !part.computed && holdsText(part.value, scopes))
  .map((/** @type {Node} */ part) => String(part.key.name ?? part.key.value).slice(0, MAXIMUM_TEXT))

/** @param {Node} node @param {Scopes} scopes */
function holdsText (node, scopes) {
  if (node.type === 'ObjectExpression') return false
  const { kind, texts } = argumentOf(node, scopes)
  return kind === 'string' || kind === 'template' || texts.length > 0
}

/** A text or list of texts that a constant holds. @param {Node} node @param {Scopes} scopes */
function constantOf (node, scopes) {
  const binding = scopes.bindingOf(node)
  const value = binding && !binding.isWritten && binding.kind === 'const' && binding.keys?.length === 0 ? binding.value : null
  if (typeof value?.value === 'string') return argumentOf(value, scopes)
  const isList = value?.type === 'ArrayExpression' && binding?.references.every(reference => reference.parent.type !== 'MemberExpression')
  return isList ? argumentOf(value, scopes) : null
}

module.exports = { argumentOf, fateOf }
