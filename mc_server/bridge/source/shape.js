'use strict'
/**
 * The shape of a program: what two programs have in common that differ at most in how they are written and in numbers and texts.
 *
 * Covers the digest of the normal form, the slots of numbers and texts, and what it takes to change the program at the right places:
 * where globals are used, and where a parameter would go. Not covered: whether two programs do the same (for who asks).
 */

const { createHash } = require('node:crypto')
const acorn = require('acorn')
const { NormalForm } = require('./normal_form')
const { declaredIn } = require('./functions')
const { TOO_DEEP, shapeless } = require('./no_facts')
const { Scopes, isWritten } = require('./scopes')
const { isFunction, parse } = require('./syntax')

/** @typedef {import('./syntax').Node} Node */
/** @typedef {import('./scopes').Binding} Binding */

const MAXIMUM_PLACES = 4000
/** Around these an arrow function needs no brackets. */
const WITHOUT_BRACKETS = new Set(['VariableDeclarator', 'ArrayExpression', 'Property', 'ReturnStatement', 'AssignmentExpression'])

/**
 * @param {string} source
 * @param {string} entry the name of the function that is called
 * @param {string[]} constants parameters of it that are read as the numbers they have by default
 */
function shapeOf (source, entry, constants) {
  try {
    const parsed = parse(source)
    if ('fault' in parsed) return shapeless(parsed.fault.message)
    const scopes = new Scopes(parsed.nodes)
    const [script] = parsed.nodes
    const called = functionCalled(scopes.declared.get(script)?.get(entry))
    const form = new NormalForm(scopes, called, constantsOf(called, constants, scopes))
    form.add(script)
    return {
      fault: null,
      digest: createHash('sha256').update(form.words.join('\n')).digest('hex'),
      slots: form.slots,
      parameters: called ? called.params.map(parameterName) : null,
      parameters_start: called && called.params.length === 0 ? afterBracket(source, called.id?.end ?? called.start) : null,
      entry_end: called?.end ?? null,
      declared: declaredIn(scopes),
      places: placesIn(parsed.nodes, scopes, source)
    }
  } catch (error) {
    if (error instanceof RangeError) return shapeless(TOO_DEEP)
    throw error
  }
}

/** @param {Binding | undefined} binding @returns {Node | null} */
function functionCalled (binding) {
  const { value = null, keys = null, isWritten = true } = binding ?? {}
  return value && keys?.length === 0 && !isWritten && isFunction(value) ? value : null
}

/** @param {Node} parameter @returns {string | null} */
function parameterName (parameter) {
  const target = parameter.type === 'AssignmentPattern' ? parameter.left : parameter
  return target.type === 'Identifier' ? target.name : null
}

/**
 * @param {Node | null} called
 * @param {string[]} names
 * @param {Scopes} scopes
 * @returns {Map<Binding, number>}
 */
function constantsOf (called, names, scopes) {
  const constants = new Map()
  for (const parameter of called?.params ?? []) {
    if (parameter.type !== 'AssignmentPattern' || !names.includes(parameter.left.name)) continue
    const binding = scopes.declaring.get(parameter.left)
    const value = parameter.right.value
    if (binding && !binding.isWritten && typeof value === 'number' && Number.isFinite(value)) constants.set(binding, value)
  }
  return constants
}

/** The place behind the first round bracket from a place on. @param {string} source @param {number} start */
function afterBracket (source, start) {
  const rest = source.slice(start)
  for (const token of acorn.tokenizer(rest, { ecmaVersion: 'latest' })) if (token.type.label === '(') return start + token.end
  return null
}

/**
 * Where globals are used.
 * @param {Node[]} nodes
 * @param {Scopes} scopes
 * @param {string} source
 */
function placesIn (nodes, scopes, source) {
  const places = []
  for (const node of nodes) {
    if (node.type !== 'Identifier' || scopes.bindingOf(node) !== null) continue
    if (places.length >= MAXIMUM_PLACES) break
    const { parent } = node
    const isCalled = parent.type === 'CallExpression' && parent.callee === node
    places.push({
      name: node.name.slice(0, 200),
      start: node.start,
      end: node.end,
      is_shorthand: parent.type === 'Property' && parent.shorthand,
      is_changed: isWritten(node) || parent.type === 'NewExpression',
      needs_brackets: !WITHOUT_BRACKETS.has(parent.type) && !isArgument(node),
      arguments: isCalled ? parent.arguments.map(argumentOf) : null,
      arguments_start: isCalled ? afterBracket(source, node.end) : null
    })
  }
  return places
}

/** @param {Node} node */
const isArgument = ({ parent, ...node }) => parent.type === 'CallExpression' && parent.callee.start !== node.start

/** @param {Node} node */
function argumentOf (node) {
  const { start, end } = node
  const isNumber = node.type === 'Literal' && typeof node.value === 'number'
  const isUndefined = node.type === 'Identifier' && node.name === 'undefined'
  const isBare = node.type === 'Literal' || node.type === 'Identifier'
  const kind = isNumber ? 'number' : isUndefined ? 'undefined' : node.type === 'SpreadElement' ? 'spread' : isBare ? 'bare' : 'expression'
  return { kind, start, end }
}

module.exports = { shapeOf }
