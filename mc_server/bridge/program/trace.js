'use strict'
/**
 * What a program did, step by step, in words: acts of the bot, calls of primitives, lines of the console.
 *
 * Each entry is sent when it happens, so that a program that is killed leaves its trace. Of a long trace the beginning is sent
 * so; of the rest only the last entries, now and then and at the end, lest a program with a loop floods the channel.
 */

const { placeInProgram } = require('./errors')

const MAXIMUM_TEXT = 200
const MAXIMUM_ARGUMENT = 60
/** Entries sent as they come. */
const SENT_AT_ONCE = 1000
/** Entries kept of those that come later. */
const KEPT = 100
const SECONDS_BETWEEN_SENDINGS = 10

/** @typedef {{seconds: number, module: string | null, line: number | null, text: string}} TraceEntry */

class Trace {
  /** @param {{send: (entry: TraceEntry) => void, worldSeconds: () => number}} options */
  constructor ({ send, worldSeconds }) {
    this.send = send
    this.worldSeconds = worldSeconds
    this.began = worldSeconds()
    this.sent = 0
    this.leftOut = 0
    /** @type {TraceEntry[]} */ this.kept = []
    this.sentKeptAt = this.began
  }

  /**
   * @param {string} text
   * @param {string} site the stack of the call
   */
  add (text, site) {
    const now = this.worldSeconds()
    const place = placeInProgram(site)
    /** @type {TraceEntry} */
    const entry = {
      seconds: Math.round((now - this.began) * 1000) / 1000,
      module: place?.module ?? null,
      line: place?.line ?? null,
      text: bounded(text, MAXIMUM_TEXT)
    }
    if (this.sent < SENT_AT_ONCE) {
      this.sent++
      return this.send(entry)
    }
    this.kept.push(entry)
    if (this.kept.length > KEPT) {
      this.kept.shift()
      this.leftOut++
    }
    if (now - this.sentKeptAt > SECONDS_BETWEEN_SENDINGS) this.flush()
  }

  /**
   * An act of the bot began.
   * @param {{name: string, args: any[], site: string}} action
   * @returns {(error: any) => void} to be called when it has ended, with the error if it failed
   */
  action ({ name, args, site }) {
    const text = `${fullName(name)}(${args.map(wordsFor).join(', ')})`
    this.add(text, site)
    return error => { if (error) this.add(`${text} failed: ${messageOf(error)}`, site) }
  }

  /** @param {Record<string, number>} counts by its name, how much was too much to be told; nothing was left out of those below 1 */
  tellLeftOut (counts) {
    const leftOut = Object.entries(counts).filter(([, count]) => count > 0).map(([name, count]) => `${count} ${name}`)
    if (leftOut.length > 0) this.add(`(left out of the record: ${leftOut.join(', ')})`, '')
  }

  /** Sends what was kept back. */
  flush () {
    if (this.leftOut > 0) {
      const { seconds } = this.kept[0]
      this.send({ seconds, module: null, line: null, text: `(${this.leftOut} steps left out)` })
    }
    this.kept.forEach(this.send)
    this.kept = []
    this.leftOut = 0
    this.sentKeptAt = this.worldSeconds()
  }
}

/** @param {string} name of an act, as the membrane tells it: of the bot, or of what is named before a dot */
const fullName = name => name.startsWith('window.') ? name : `bot.${name}`

/**
 * A value of ours in a few words: what kind of thing, and where.
 * @param {any} value
 * @returns {string}
 */
function wordsFor (value) {
  try {
    return bounded(words(value), MAXIMUM_ARGUMENT)
  } catch {
    return '...'
  }
}

/**
 * @param {any} value
 * @returns {string}
 */
function words (value) {
  if (typeof value === 'string') return JSON.stringify(value)
  if (typeof value === 'function') return 'function'
  if (value === null || typeof value !== 'object') return rounded(value)
  if (Array.isArray(value)) return `[${value.slice(0, 10).map(wordsFor).join(', ')}]`
  if (typeof value.x === 'number' && typeof value.z === 'number') return `${kindOf(value)}${placeOf(value)}`
  const name = value.username ?? value.displayName ?? value.name ?? value.title
  if (value.position && name) return `${value.username ?? value.name} at ${placeOf(value.position)}`
  if (name && typeof value.count === 'number') return `${value.count} ${value.name ?? name}`
  if (typeof name === 'string') return name
  const fields = Object.entries(value).filter(([, field]) => ['string', 'number', 'boolean'].includes(typeof field))
  return `${kindOf(value)}{${fields.slice(0, 8).map(([key, field]) => `${key}: ${rounded(field)}`).join(', ')}}`
}

/** @param {any} value */
const rounded = value => typeof value === 'number' && !Number.isInteger(value) ? value.toFixed(2) : String(value)

/** @param {{x: number, y?: number, z: number}} point */
const placeOf = ({ x, y, z }) => [x, y, z].filter(number => number !== undefined).map(rounded).join(', ')

/** @param {any} value a goal of the path finder says more by its kind than by its fields */
function kindOf (value) {
  const kind = String(value.constructor?.name ?? '')
  return kind.startsWith('Goal') ? `${kind} ` : ''
}

/** @param {any} error */
const messageOf = error => String(error?.message ?? error)

/**
 * @param {string} text
 * @param {number} length
 */
const bounded = (text, length) => text.length <= length ? text : `${text.slice(0, length)}...`

module.exports = { Trace, fullName, wordsFor }
