'use strict'
/**
 * A program's tree in a form that is the same for programs which differ in writing alone, as a list of words.
 *
 * What does not count: comments, formatting, quotes, names of what the program declares, a function written as an arrow, blocks that
 * group nothing, several variables declared at once. Numbers and texts become slots. What counts: the names of globals and of members,
 * what is called, and in which order. A parameter of the entry that is asked for by name and has a number as its default is read as
 * that number wherever it is used. Not covered: programs that come to the same thing in another way.
 */

const { isFunction } = require('./syntax')

/** @typedef {import('./syntax').Node} Node */
/** @typedef {import('./scopes').Scopes} Scopes */
/** @typedef {import('./scopes').Binding} Binding */
/**
 * @typedef {object} Slot
 * @property {'number' | 'string'} kind
 * @property {number | string} value
 * @property {number} start
 * @property {number} end
 * @property {string | null} parameter of the entry that stands there and has this value as its default
 * @property {boolean} is_shown whether it is only printed
 */

const LEFT_OUT = new Set(['type', 'start', 'end', 'loc', 'parent', 'raw', 'range', 'directive', 'sourceFile'])

class NormalForm {
  /**
   * @param {Scopes} scopes
   * @param {Node | null} entry the function that is called
   * @param {Map<Binding, number>} constants parameters of the entry that are read as their defaults
   */
  constructor (scopes, entry, constants) {
    this.scopes = scopes
    this.entry = entry
    this.constants = constants
    /** @type {string[]} */ this.words = []
    /** @type {Slot[]} */ this.slots = []
    /** @type {Map<Binding, number>} */ this.numbers = new Map()
    this.isShown = false
  }

  /** @param {Node | null} node @returns {void} */
  add (node) {
    if (node === null) return this.word('nothing')
    if (node.type === 'Program') return this.addStatements(node.body)
    if (isFunction(node)) return this.addFunction(node)
    const add = ADDING[node.type]
    if (add) return add(this, node)
    this.addAsItIs(node)
  }

  /** @param {string} word */
  word (word) {
    this.words.push(word)
  }

  /** @param {Node} node */
  addAsItIs (node) {
    this.word(`(${node.type}`)
    for (const key of Object.keys(node)) {
      if (LEFT_OUT.has(key)) continue
      const value = node[key]
      this.word(key)
      if (Array.isArray(value)) {
        this.word(`[${value.length}`)
        for (const each of value) this.add(each)
      } else if (value !== null && typeof value === 'object' && typeof value.type === 'string') this.add(value)
      else this.word(JSON.stringify(value) ?? 'nothing')
    }
    this.word(')')
  }

  /** @param {Node[]} statements */
  addStatements (statements) {
    this.word('{')
    for (const statement of statements) this.addStatement(statement)
    this.word('}')
  }

  /** @param {Node} node @returns {void} */
  addStatement (node) {
    if (node.type === 'EmptyStatement' || node.directive !== undefined) return
    if (node.type === 'BlockStatement') return node.body.forEach((/** @type {Node} */ inner) => this.addStatement(inner))
    if (node.type === 'VariableDeclaration') return this.addVariables(node)
    this.add(node)
  }

  /** What is done in a branch or a loop, with or without braces. @param {Node} node */
  addBody (node) {
    this.addStatements(node.type === 'BlockStatement' ? node.body : [node])
  }

  /** @param {Node} node */
  addVariables (node) {
    for (const { id, init } of node.declarations) {
      const binding = this.scopes.declaring.get(id)
      const isConstant = node.kind === 'const' || (node.kind === 'let' && binding !== undefined && !binding.isWritten)
      if (isConstant && binding && init && isFunction(init) && !init.id) this.addDeclaredFunction(binding, init)
      else {
        this.word(`variable ${isConstant ? 'const' : node.kind}`)
        this.add(id)
        this.add(init)
      }
    }
  }

  /** @param {Binding} binding @param {Node} node */
  addDeclaredFunction (binding, node) {
    this.word(`declares ${this.numberOf(binding)}`)
    this.addFunction(node, true)
  }

  /** @param {Node} node @param {boolean} [isNamed] whether its name was told */
  addFunction (node, isNamed = false) {
    const binding = node.id ? this.scopes.declaring.get(node.id) : undefined
    if (binding && !isNamed && node.type === 'FunctionDeclaration') return this.addDeclaredFunction(binding, node)
    const own = usesItsOwn(node) ? (node.type === 'ArrowFunctionExpression' ? ' outer' : ' own') : ''
    this.word(`function${node.async ? ' async' : ''}${node.generator ? ' generator' : ''}${own}${node === this.entry ? ' entry' : ''}`)
    if (binding && !isNamed && binding.references.length > 0) this.word(`called ${this.numberOf(binding)}`)
    for (const parameter of node.params) if (!this.isConstant(parameter)) this.add(parameter)
    if (node.expression) this.addReturned(node.body)
    else this.addStatements(endingOf(node.body.body))
  }

  /** @param {Node} expression */
  addReturned (expression) {
    this.addStatements([{ type: 'ReturnStatement', argument: expression }])
  }

  /** @param {Node} parameter */
  isConstant (parameter) {
    const binding = parameter.type === 'AssignmentPattern' && this.scopes.declaring.get(parameter.left)
    return Boolean(binding && this.constants.has(binding))
  }

  /** @param {Node} identifier */
  addIdentifier (identifier) {
    const binding = this.scopes.declaring.get(identifier) ?? this.scopes.bindingOf(identifier) ?? null
    const value = binding && this.constants.get(binding)
    if (typeof value === 'number') this.addSlot(identifier, 'number', value, identifier.name)
    else this.word(binding ? `name ${this.numberOf(binding)}` : `global ${identifier.name}`)
  }

  /** @param {Binding} binding */
  numberOf (binding) {
    const number = this.numbers.get(binding) ?? this.numbers.size
    this.numbers.set(binding, number)
    return number
  }

  /**
   * @param {Node} node
   * @param {'number' | 'string'} kind
   * @param {number | string} value
   * @param {string | null} [parameter]
   */
  addSlot (node, kind, value, parameter = null) {
    this.word(`slot ${kind}`)
    this.slots.push({ kind, value, start: node.start, end: node.end, parameter, is_shown: this.isShown })
  }

  /** @param {Node} call */
  addCall (call) {
    const { callee } = call
    const isPrinting = callee.type === 'MemberExpression' && callee.object.type === 'Identifier' && callee.object.name === 'console' &&
      this.scopes.bindingOf(callee.object) === null
    const before = this.isShown
    this.word(`call ${call.arguments.length}${call.optional ? ' optional' : ''}`)
    this.add(callee)
    this.isShown ||= isPrinting
    for (const argument of call.arguments) this.add(argument)
    this.isShown = before
  }
}

/** How each kind of node is added that is not taken as it is. @type {Record<string, (form: NormalForm, node: Node) => void>} */
const ADDING = {
  Identifier: (form, node) => form.addIdentifier(node),
  CallExpression: (form, node) => form.addCall(node),
  Literal: (form, node) => {
    if (typeof node.value === 'number' && Number.isFinite(node.value)) form.addSlot(node, 'number', node.value)
    else if (typeof node.value === 'string') form.addSlot(node, 'string', node.value)
    else form.word(`literal ${node.raw}`)
  },
  UnaryExpression: (form, node) => {
    const { value } = node.argument
    if (node.operator === '-' && typeof value === 'number' && Number.isFinite(value)) form.addSlot(node, 'number', -value)
    else form.addAsItIs(node)
  },
  TemplateLiteral: (form, node) => {
    const [first] = node.quasis
    if (node.expressions.length === 0 && typeof first.value.cooked === 'string') form.addSlot(node, 'string', first.value.cooked)
    else form.addAsItIs(node)
  },
  TemplateElement: (form, node) => {
    if (form.isShown) form.addSlot(node, 'string', node.value.raw)
    else form.word(`text ${JSON.stringify(node.value.raw)}`)
  },
  TaggedTemplateExpression: (form, node) => {
    form.word(`tagged ${JSON.stringify(node.quasi.quasis.map((/** @type {Node} */ { value }) => value.raw))}`)
    form.add(node.tag)
    for (const expression of node.quasi.expressions) form.add(expression)
  },
  MemberExpression: (form, node) => {
    const isNamed = !node.computed || typeof node.property.value === 'string'
    form.word(`member${node.optional ? ' optional' : ''}${isNamed ? ` ${keyOf(node.property)}` : ''}`)
    form.add(node.object)
    if (!isNamed) form.add(node.property)
  },
  Property: (form, node) => addMember(form, node, `property ${node.kind}${node.method ? ' method' : ''}`),
  MethodDefinition: (form, node) => addMember(form, node, `method ${node.kind}${node.static ? ' static' : ''}`),
  PropertyDefinition: (form, node) => addMember(form, node, `field${node.static ? ' static' : ''}`),
  PrivateIdentifier: (form, node) => form.word(`private ${node.name}`),
  LabeledStatement: (form, node) => {
    form.word(`label ${node.label.name}`)
    form.addBody(node.body)
  },
  BreakStatement: (form, node) => form.word(`break ${node.label?.name ?? ''}`),
  ContinueStatement: (form, node) => form.word(`continue ${node.label?.name ?? ''}`),
  BlockStatement: (form, node) => form.addStatements(node.body),
  IfStatement: (form, node) => {
    form.word('if')
    form.add(node.test)
    form.addBody(node.consequent)
    form.addBody(node.alternate ?? { type: 'EmptyStatement' })
  },
  WhileStatement: (form, node) => {
    form.word('while')
    form.add(node.test)
    form.addBody(node.body)
  },
  DoWhileStatement: (form, node) => {
    form.word('do')
    form.addBody(node.body)
    form.add(node.test)
  },
  ForStatement: (form, node) => {
    form.word('for')
    for (const part of [node.init, node.test, node.update]) form.add(part)
    form.addBody(node.body)
  },
  ForInStatement: (form, node) => addIteration(form, node, 'for in'),
  ForOfStatement: (form, node) => addIteration(form, node, node.await ? 'for await' : 'for of'),
  VariableDeclaration: (form, node) => {
    // The head of a loop: one declaration, whatever it holds.
    form.word(`variables ${node.declarations.length}`)
    form.addVariables(node)
  }
}

/** @param {NormalForm} form @param {Node} node @param {string} word */
function addMember (form, node, word) {
  const isNamed = !node.computed || typeof node.key.value === 'string'
  form.word(`${word}${isNamed ? ` ${keyOf(node.key)}` : ''}`)
  if (!isNamed) form.add(node.key)
  form.add(node.value)
}

/** @param {NormalForm} form @param {Node} node @param {string} word */
function addIteration (form, node, word) {
  form.word(word)
  form.add(node.left)
  form.add(node.right)
  form.addBody(node.body)
}

/** @param {Node} key */
const keyOf = key => `${key.type === 'PrivateIdentifier' ? '#' : ''}${JSON.stringify(String(key.name ?? key.value))}`

/** Without an empty return at its end. @param {Node[]} statements */
function endingOf (statements) {
  const last = statements.at(-1)
  return last?.type === 'ReturnStatement' && last.argument === null ? statements.slice(0, -1) : statements
}

/** Whether a function would be another one if it were written as an arrow, or the other way round. @param {Node} top */
function usesItsOwn (top) {
  const waiting = [top]
  while (waiting.length > 0) {
    const node = waiting.pop()
    if (node !== top && isFunction(node) && node.type !== 'ArrowFunctionExpression') continue
    if (node.type === 'ThisExpression' || node.type === 'Super' || node.type === 'MetaProperty') return true
    if (node.type === 'Identifier' && node.name === 'arguments' && node.parent.type !== 'Property') return true
    for (const key of Object.keys(node)) {
      if (key === 'parent' || key === 'loc') continue
      for (const value of [node[key]].flat()) if (value !== null && typeof value === 'object' && typeof value.type === 'string') waiting.push(value)
    }
  }
  return false
}

module.exports = { NormalForm }
