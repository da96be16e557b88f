'use strict'
/**
 * Values of a program as they go into the record: plain JSON, of bounded size, whatever the value is.
 *
 * Covers what JSON has no word for (NaN, BigInt, Map, a cycle, a getter that throws) and what is too large. Nothing here throws.
 */

const MAXIMUM_DEPTH = 20
const MAXIMUM_ENTRIES = 2000
/** What one entry costs besides its texts, in characters. */
const ENTRY_CHARACTERS = 4

/** @typedef {{left: number, within: Set<object>, show: (value: any) => any}} Budget characters that may still be written, and what is being written */

/**
 * @param {any} value
 * @param {number} maximumLength in characters of the JSON, roughly
 * @param {(value: any) => any} [show] what is written in place of an object
 * @returns {any} JSON; what did not fit is named in a sentence in its place
 */
function recordable (value, maximumLength, show = value => value) {
  try {
    return entryOf(value, { left: maximumLength, within: new Set(), show }, 0)
  } catch {
    return '(a value that cannot be read)'
  }
}

/**
 * @param {any} value
 * @param {Budget} budget
 * @param {number} depth
 * @returns {any}
 */
function entryOf (value, budget, depth) {
  if (budget.left <= 0) return '(left out: the value is too large)'
  budget.left -= ENTRY_CHARACTERS
  if (typeof value === 'string') return textOf(value, budget)
  if (value === null || value === undefined) return null
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value)
  if (typeof value === 'boolean') return value
  if (typeof value === 'function') return '(a function)'
  if (typeof value === 'symbol') return textOf(`Symbol(${value.description ?? ''})`, budget)
  if (typeof value === 'bigint') return bigIntText(value)
  if (budget.within.has(value)) return '(itself)'
  if (depth >= MAXIMUM_DEPTH) return '(left out: nested too deeply)'
  budget.within.add(value)
  try {
    return objectOf(budget.show(value), budget, depth)
  } catch (error) {
    return `(cannot be read: ${textOf(messageOf(error), budget)})`
  } finally {
    budget.within.delete(value)
  }
}

/**
 * @param {any} value
 * @param {Budget} budget
 * @param {number} depth
 */
function objectOf (value, budget, depth) {
  if (value instanceof Date) return dateText(value)
  if (value instanceof Error) return entryOf(Object.assign({ name: value.name, message: value.message }, value), budget, depth)
  if (value instanceof RegExp) return textOf(String(value), budget)
  if (value instanceof Promise) return '(a promise: was it awaited?)'
  if (value instanceof Map) return mapOf(value, budget, depth)
  if (value instanceof Set) return arrayOf(valuesOf(value), budget, depth)
  if (ArrayBuffer.isView(value)) return `(${Number(value.byteLength)} bytes)`
  if (Array.isArray(value)) return arrayOf(value, budget, depth)
  if (typeof value.toJSON === 'function') return entryOf(value.toJSON(), budget, depth + 1)
  return fieldsOf(Object.keys(value), key => value[key], budget, depth)
}

/**
 * @param {Map<any, any>} map
 * @param {Budget} budget
 * @param {number} depth
 */
function mapOf (map, budget, depth) {
  /** @type {[any, any][]} */ const entries = []
  Map.prototype.forEach.call(map, (item, key) => { entries.push([key, item]) })
  if (!entries.every(([key]) => typeof key === 'string')) return arrayOf(entries, budget, depth)
  const plain = new Map(entries)
  return fieldsOf([...plain.keys()], key => plain.get(key), budget, depth)
}

/** @param {Set<any>} set */
function valuesOf (set) {
  /** @type {any[]} */ const values = []
  Set.prototype.forEach.call(set, value => { values.push(value) })
  return values
}

/**
 * By its index: a program's list may go on for ever when it is asked for its values.
 * @param {any[]} values
 * @param {Budget} budget
 * @param {number} depth
 */
function arrayOf (values, budget, depth) {
  const count = Number(values.length)
  /** @type {any[]} */ const list = []
  while (list.length < count) {
    if (budget.left <= 0 || list.length >= MAXIMUM_ENTRIES) {
      list.push(`(${count - list.length} more left out)`)
      break
    }
    list.push(entryOf(values[list.length], budget, depth + 1))
  }
  return list
}

/** @param {Date} date */
function dateText (date) {
  const time = Date.prototype.getTime.call(date)
  return Number.isNaN(time) ? 'Invalid Date' : new Date(time).toISOString()
}

/**
 * @param {string[]} keys
 * @param {(key: string) => any} read
 * @param {Budget} budget
 * @param {number} depth
 */
function fieldsOf (keys, read, budget, depth) {
  /** @type {[string, any][]} */ const fields = []
  for (const key of keys) {
    if (budget.left <= 0 || fields.length >= MAXIMUM_ENTRIES) {
      fields.push(['...', `(${keys.length - fields.length} more left out)`])
      break
    }
    const value = readField(read, key)
    if (value !== undefined && typeof value !== 'function') fields.push([textOf(key, budget), entryOf(value, budget, depth + 1)])
  }
  return Object.fromEntries(fields)
}

/**
 * @param {(key: string) => any} read
 * @param {string} key
 */
function readField (read, key) {
  try {
    return read(key)
  } catch (error) {
    return `(cannot be read: ${messageOf(error).slice(0, 100)})`
  }
}

/**
 * @param {string} text
 * @param {Budget} budget
 */
function textOf (text, budget) {
  const room = Math.max(budget.left, 0)
  budget.left -= text.length
  return text.length <= room ? text : `${text.slice(0, room)}... (cut off: ${text.length} characters)`
}

/** @param {bigint} value of any size: to write out a huge one would take long */
function bigIntText (value) {
  const limit = 10n ** 100n
  return value < limit && value > -limit ? `${value}n` : '(a BigInt of more than 100 digits)'
}

/** @param {any} error */
function messageOf (error) {
  try {
    return String(error.message)
  } catch {
    return 'no reason given'
  }
}

module.exports = { recordable }
