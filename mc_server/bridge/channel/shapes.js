'use strict'
/**
 * Shapes of data from outside: each is a function that returns a copy of what fits, made of our own objects, and throws a Misfit for
 * what does not. What a shape does not name is not copied.
 *
 * Checking and copying are one step, so that nothing gets past the check. A key `__proto__` is never copied, and texts are well
 * formed. Those that are cut, and names, are for people to read: they get through without control characters.
 */

const { plainLine, plainLines } = require('./plain_text')

/** A value that does not have the shape it should have; the message names the place in it. */
class Misfit extends Error {
  /** @param {string} expected */
  constructor (expected) {
    super(expected)
    this.expected = expected
    /** @type {string[]} */ this.path = []
  }

  /** @param {string | number} key of what holds the value */
  within (key) {
    this.path.unshift(String(key).slice(0, 40))
    this.message = `${this.path.slice(0, 8).join('.')} is not ${this.expected}`
    return this
  }
}

/** @typedef {(value: any) => any} Shape */

const DEEPEST = 40
/** Keys that stand for something else when they are assigned. */
const FORBIDDEN_KEY = '__proto__'
const CUT = '...'

/**
 * @param {Shape} shape
 * @param {any} value
 * @param {string | number} key
 */
function inside (shape, value, key) {
  try {
    return shape(value)
  } catch (error) {
    throw error instanceof Misfit ? error.within(key) : error
  }
}

/** @param {any} value */
const isObject = value => value !== null && typeof value === 'object' && !Array.isArray(value)

/** @type {Shape} */
const flag = value => {
  if (typeof value !== 'boolean') throw new Misfit('true or false')
  return value
}

/**
 * A number, never NaN or infinite.
 * @param {{least?: number, most?: number, whole?: boolean}} [bounds]
 * @returns {Shape}
 */
const number = ({ least = -1e9, most = 1e9, whole = false } = {}) => value => {
  const fits = typeof value === 'number' && value >= least && value <= most && (!whole || Number.isInteger(value))
  if (!fits) throw new Misfit(`a ${whole ? 'whole ' : ''}number from ${least} to ${most}`)
  return value
}

/**
 * A text; one that is too long is refused.
 * @param {number} longest in characters
 * @returns {Shape}
 */
const text = longest => value => {
  if (typeof value !== 'string' || value.length > longest) throw new Misfit(`a text of at most ${longest} characters`)
  return value.toWellFormed()
}

/**
 * A line of text; one that is too long is refused.
 * @param {number} longest in characters
 * @returns {Shape}
 */
const lineText = longest => value => plainLine(text(longest)(value))

/**
 * A line of text; one that is too long is cut.
 * @param {number} longest in characters
 * @returns {Shape}
 */
const cutText = longest => value => {
  if (typeof value !== 'string') throw new Misfit('a text')
  return plainLine(cut(value, longest))
}

/** @param {string} value @param {number} longest */
const cut = (value, longest) => value.length > longest ? value.slice(0, longest) + CUT : value

/**
 * @param {...(string | number)} words
 * @returns {Shape}
 */
const oneOf = (...words) => value => {
  if (!words.includes(value)) throw new Misfit(`one of ${words.join(', ')}`)
  return value
}

/** @param {...Shape} shapes @returns {Shape} the first that fits */
const either = (...shapes) => value => {
  for (const shape of shapes.slice(0, -1)) {
    try {
      return shape(value)
    } catch {}
  }
  return shapes[shapes.length - 1](value)
}

/** @param {Shape} shape @returns {Shape} */
const nullable = shape => value => value === null ? null : shape(value)

/** Of a field that may be missing. @param {Shape} shape @returns {Shape} */
const optional = shape => value => value === undefined ? undefined : shape(value)

/**
 * @param {Shape} shape of each item
 * @param {number} most
 * @returns {Shape}
 */
const list = (shape, most) => value => {
  if (!Array.isArray(value) || value.length > most) throw new Misfit(`a list of at most ${most}`)
  return value.map((item, index) => inside(shape, item, index))
}

const keyText = lineText(200)

/**
 * Values by name.
 * @param {Shape} shape of each value
 * @param {number} most
 * @returns {Shape}
 */
const record = (shape, most) => value => {
  if (!isObject(value)) throw new Misfit('an object')
  const keys = Object.keys(value)
  if (keys.length > most) throw new Misfit(`an object of at most ${most}`)
  /** @type {Record<string, any>} */
  const copy = {}
  for (const key of keys) {
    if (key !== FORBIDDEN_KEY) copy[keyText(key)] = inside(shape, value[key], key)
  }
  return copy
}

/**
 * @param {Record<string, Shape>} fields
 * @param {{others?: Shape}} [options] the shape of fields that are not named, which else are left out
 * @returns {Shape}
 */
const object = (fields, { others } = {}) => {
  const named = Object.entries(fields)
  const rest = others && record(others, 1000)
  const unnamed = (/** @type {object} */ value) => Object.fromEntries(Object.entries(value).filter(([key]) => !Object.hasOwn(fields, key)))
  return value => {
    if (!isObject(value)) throw new Misfit('an object')
    /** @type {Record<string, any>} */
    const copy = rest ? rest(unnamed(value)) : {}
    for (const [name, shape] of named) {
      const field = inside(shape, Object.hasOwn(value, name) ? value[name] : undefined, name)
      if (field !== undefined) copy[name] = field
    }
    return copy
  }
}

/** Any data, not deeper than bounded. @type {Shape} */
const data = value => copyData(value, { depth: DEEPEST, left: Infinity, cuts: false })

/**
 * Any data; what is too deep or too much is left out, and dots stand there.
 * @param {number} characters how much in all
 * @returns {Shape}
 */
const cutData = characters => value => copyData(value, { depth: DEEPEST, left: characters, cuts: true })

/** An object of any data, cut like `cutData`. @param {number} characters @returns {Shape} */
const cutObject = characters => value => {
  if (!isObject(value)) throw new Misfit('an object')
  return cutData(characters)(value)
}

/**
 * @param {any} value
 * @param {{depth: number, left: number, cuts: boolean}} budget `left` in characters
 * @returns {any}
 */
function copyData (value, budget) {
  budget.left -= 1
  if (value === null || typeof value === 'boolean') return value
  if (typeof value === 'number') return number({ least: -Number.MAX_VALUE, most: Number.MAX_VALUE })(value)
  if (typeof value === 'string') {
    const copy = budget.cuts ? plainLines(cut(value, Math.max(0, budget.left))) : value.toWellFormed()
    budget.left -= copy.length
    return copy
  }
  if (typeof value !== 'object') throw new Misfit('data')
  if (budget.depth === 0 && !budget.cuts) throw new Misfit(`data of at most ${DEEPEST} levels`)
  if (budget.depth === 0) return CUT
  budget.depth--
  const copy = Array.isArray(value) ? copyItems(value, budget) : copyFields(value, budget)
  budget.depth++
  return copy
}

/** @param {any[]} items @param {{depth: number, left: number, cuts: boolean}} budget */
function copyItems (items, budget) {
  const copy = []
  for (const item of items) {
    if (budget.left <= 0) {
      copy.push(CUT)
      break
    }
    copy.push(copyData(item, budget))
  }
  return copy
}

/** @param {Record<string, any>} fields @param {{depth: number, left: number, cuts: boolean}} budget */
function copyFields (fields, budget) {
  /** @type {Record<string, any>} */
  const copy = {}
  for (const [key, field] of Object.entries(fields)) {
    if (budget.left <= key.length) {
      copy[CUT] = CUT
      break
    }
    budget.left -= key.length
    if (key !== FORBIDDEN_KEY) copy[budget.cuts ? plainLine(key) : key.toWellFormed()] = copyData(field, budget)
  }
  return copy
}

module.exports = { Misfit, cutData, cutObject, cutText, data, either, flag, lineText, list, nullable, number, object, oneOf, optional, record, text }
