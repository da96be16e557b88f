'use strict'
/**
 * Which names a program declares, and what each name in it stands for.
 *
 * Covers the scopes of the language in strict mode, with what is hoisted. Not covered: which of the names declared nowhere there are
 * (that is for who asks), and what order things are run in.
 */

const { isFunction } = require('./syntax')

/** @typedef {import('./syntax').Node} Node */
/**
 * @typedef {object} Binding
 * @property {string} name
 * @property {string} kind `function`, `class`, `parameter`, `caught`, `const`, `let` or `var`
 * @property {Node | null} value what it is declared with: a function, or the expression of a variable
 * @property {string[] | null} keys under which a variable's part of the value is found; null when that cannot be told
 * @property {boolean} isWritten after it was declared
 * @property {Node[]} references
 */

const SCOPES = new Set([
  'Program', 'BlockStatement', 'ForStatement', 'ForInStatement', 'ForOfStatement', 'CatchClause', 'SwitchStatement', 'ClassExpression',
  'StaticBlock', 'FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'
])
const NAMED_BY_KEY = new Set(['Property', 'MethodDefinition', 'PropertyDefinition'])
const LABELLED = new Set(['LabeledStatement', 'BreakStatement', 'ContinueStatement'])

class Scopes {
  /** @param {Node[]} nodes of a script */
  constructor (nodes) {
    /** @type {Map<Node, Map<string, Binding>>} */ this.declared = new Map()
    /** Identifiers that declare, and what. @type {Map<Node, Binding>} */ this.declaring = new Map()
    /** What identifiers stand for that do not declare; null is a name declared nowhere. @type {Map<Node, Binding | null>} */
    this.references = new Map()
    for (const node of nodes) this.declare(node)
    for (const node of nodes) if (this.isReference(node)) this.resolve(node)
  }

  /** @param {Node} node @returns {Binding | null | undefined} null for a name declared nowhere, undefined for what is no name */
  bindingOf (node) {
    return this.references.get(node)
  }

  /** @param {Node} node */
  declare (node) {
    if (node.type === 'VariableDeclaration') this.declareVariables(node)
    else if (node.type === 'ClassDeclaration' && node.id) this.add(scopeAbove(node), node.id, 'class', node)
    else if (node.type === 'ClassExpression' && node.id) this.add(node, node.id, 'class', node)
    else if (node.type === 'CatchClause' && node.param) this.addPattern(node, node.param, 'caught', null, null)
    else if (isFunction(node)) this.declareFunction(node)
  }

  /** @param {Node} node */
  declareFunction (node) {
    if (node.id) this.add(node.type === 'FunctionDeclaration' ? scopeAbove(node) : node, node.id, 'function', node)
    for (const parameter of node.params) this.addPattern(node, parameter, 'parameter', null, null)
  }

  /** @param {Node} node */
  declareVariables (node) {
    const scope = node.kind === 'var' ? functionAbove(node) : scopeAbove(node)
    const isLoop = node.parent.type === 'ForInStatement' || node.parent.type === 'ForOfStatement'
    for (const { id, init } of node.declarations) this.addPattern(scope, id, node.kind, isLoop ? null : init, isLoop ? null : [])
  }

  /**
   * @param {Node} scope
   * @param {Node} pattern
   * @param {string} kind
   * @param {Node | null} value
   * @param {string[] | null} keys
   * @returns {void}
   */
  addPattern (scope, pattern, kind, value, keys) {
    if (pattern === null) return
    if (pattern.type === 'Identifier') return this.add(scope, pattern, kind, value, keys)
    if (pattern.type === 'AssignmentPattern') return this.addPattern(scope, pattern.left, kind, null, null)
    if (pattern.type === 'RestElement') return this.addPattern(scope, pattern.argument, kind, null, null)
    if (pattern.type === 'ArrayPattern') for (const part of pattern.elements) this.addPattern(scope, part, kind, null, null)
    if (pattern.type !== 'ObjectPattern') return
    for (const part of pattern.properties) {
      if (part.type === 'RestElement') this.addPattern(scope, part.argument, kind, null, null)
      else this.addPattern(scope, part.value, kind, value, part.computed || !keys ? null : [...keys, String(part.key.name ?? part.key.value)])
    }
  }

  /**
   * @param {Node} scope
   * @param {Node} identifier
   * @param {string} kind
   * @param {Node | null} value
   * @param {string[] | null} [keys]
   */
  add (scope, identifier, kind, value, keys = []) {
    let names = this.declared.get(scope)
    if (!names) this.declared.set(scope, names = new Map())
    const known = names.get(identifier.name)
    const binding = known ?? { name: identifier.name, kind, value, keys, isWritten: false, references: [] }
    if (known) known.isWritten = true
    else names.set(identifier.name, binding)
    this.declaring.set(identifier, binding)
  }

  /** @param {Node} node */
  isReference (node) {
    if (node.type !== 'Identifier' || this.declaring.has(node)) return false
    const { parent } = node
    if (parent.type === 'MemberExpression') return parent.object === node || parent.computed
    if (NAMED_BY_KEY.has(parent.type)) return parent.key !== node || parent.computed
    return !LABELLED.has(parent.type) && parent.type !== 'MetaProperty'
  }

  /** @param {Node} identifier */
  resolve (identifier) {
    let binding = null
    for (let node = identifier.parent; node && !binding; node = node.parent) binding = this.declared.get(node)?.get(identifier.name) ?? null
    this.references.set(identifier, binding)
    if (!binding) return
    binding.references.push(identifier)
    if (isWritten(identifier)) binding.isWritten = true
  }
}

/** @param {Node} node @returns {Node} */
function scopeAbove (node) {
  let above = node.parent
  while (!SCOPES.has(above.type)) above = above.parent
  return above
}

/** @param {Node} node @returns {Node} the function it is in, or the script */
function functionAbove (node) {
  let above = node.parent
  while (above.parent && !isFunction(above) && above.type !== 'StaticBlock') above = above.parent
  return above
}

/**
 * Whether a value is given to what the node stands for.
 * @param {Node} node a name or a member
 */
function isWritten (node) {
  let inner = node
  let { parent } = node
  while (isPatternPart(inner, parent)) {
    inner = parent
    parent = parent.parent
  }
  if (parent.type === 'AssignmentExpression') return parent.left === inner
  if (parent.type === 'UpdateExpression') return true
  return (parent.type === 'ForInStatement' || parent.type === 'ForOfStatement') && parent.left === inner
}

/** @param {Node} inner @param {Node} parent */
function isPatternPart (inner, parent) {
  if (parent.type === 'Property') return parent.value === inner && parent.parent.type === 'ObjectPattern'
  if (parent.type === 'AssignmentPattern') return parent.left === inner
  return parent.type === 'ObjectPattern' || parent.type === 'ArrayPattern' || parent.type === 'RestElement'
}

module.exports = { Scopes, functionAbove, isWritten }
