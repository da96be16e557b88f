'use strict'
/**
 * What a program has done so far, kept by the host because the program's process may be killed.
 *
 * All of it is bounded: what comes beyond is counted, not kept.
 */

const { SeenSkillCalls } = require('./seen_skill_calls')

/** How much is kept of each kind: in number, and in bytes as it was sent. */
const LIMITS = {
  call: { count: 1000, bytes: 8_000_000 },
  event: { count: 5000, bytes: 4_000_000 },
  chat: { count: 500, bytes: 500_000 },
  reflex: { count: 500, bytes: 500_000 },
  progress: { count: 500, bytes: 500_000 }
}
/** What each kind is called when some of it was left out. @type {Record<Kind, string>} */
const NAMES = { call: 'calls', event: 'events', chat: 'lines of chat', reflex: 'acts of reflexes', progress: 'lines of progress' }
/** Of the trace, so many from its beginning and as many from its end. */
const TRACE_HALF = 100

/** @typedef {keyof typeof LIMITS} Kind */

class Seen {
  /**
   * @param {any} before
   * @param {(text: string) => void} progress
   */
  constructor (before, progress) {
    this.before = before
    this.progress = progress
    this.started = false
    /** @type {any[]} */ this.calls = []
    /** @type {any[]} */ this.events = []
    /** @type {string[]} */ this.chat = []
    /** @type {any[]} */ this.reflexes = []
    this.skillCalls = new SeenSkillCalls()
    /** @type {any[]} */ this.firstTrace = []
    /** @type {any[]} */ this.lastTrace = []
    this.traced = 0
    this.counted = { call: [0, 0], event: [0, 0], chat: [0, 0], reflex: [0, 0], progress: [0, 0] }
    this.leftOut = { call: 0, event: 0, chat: 0, reflex: 0, progress: 0 }
  }

  /**
   * @param {any} message that has been checked
   * @param {number} bytes
   */
  add (message, bytes) {
    switch (message.type) {
      case 'started':
        this.before = message.before
        this.started = true
        break
      case 'call':
        if (this.#room('call', bytes)) this.calls.push(message.call)
        break
      case 'skill_call':
        this.skillCalls.began(message.number, message.call, bytes)
        break
      case 'skill_call_ended':
        this.skillCalls.ended(message)
        break
      case 'event':
        if (this.#room('event', bytes)) this.events.push(message.event)
        break
      case 'chat':
        if (this.#room('chat', bytes)) this.chat.push(message.text)
        break
      case 'progress':
        if (this.#room('progress', bytes)) this.progress(message.text)
        break
      case 'reflex':
        if (this.#room('reflex', bytes)) this.reflexes.push(message.act)
        break
      case 'trace':
        this.#trace(message.entry)
    }
  }

  #room (/** @type {Kind} */ kind, /** @type {number} */ bytes) {
    const counted = this.counted[kind]
    counted[0]++
    counted[1] += bytes
    const fits = counted[0] <= LIMITS[kind].count && counted[1] <= LIMITS[kind].bytes
    if (!fits) this.leftOut[kind]++
    return fits
  }

  #trace (/** @type {any} */ entry) {
    this.traced++
    const half = this.firstTrace.length < TRACE_HALF ? this.firstTrace : this.lastTrace
    half.push(entry)
    if (this.lastTrace.length > TRACE_HALF) this.lastTrace.shift()
  }

  /** With lines of their own for what was left out between, and of the other kinds. */
  get trace () {
    const { firstTrace, lastTrace, traced } = this
    const between = traced - firstTrace.length - lastTrace.length
    const gap = between === 0 ? [] : [remark(lastTrace[0].seconds, `(${between} more steps)`)]
    const kinds = /** @type {Kind[]} */ (Object.keys(NAMES)).filter(kind => this.leftOut[kind] > 0)
    const counts = kinds.map(kind => `${this.leftOut[kind]} ${NAMES[kind]}`)
    const rest = [...counts, ...this.skillCalls.leftOut > 0 ? [`${this.skillCalls.leftOut} calls of skills`] : []].join(', ')
    const entries = [...firstTrace, ...gap, ...lastTrace]
    return rest === '' ? entries : [...entries, remark(entries.at(-1)?.seconds ?? 0, `(left out of the record: ${rest})`)]
  }

  /** @param {number} seconds that the program took */
  soFar (seconds) {
    const { before, calls, events, chat, reflexes, trace } = this
    return { before, calls, events, chat, reflexes, trace, skill_calls: this.skillCalls.soFar(seconds) }
  }
}

/** @param {number} seconds @param {string} text */
const remark = (seconds, text) => ({ seconds, module: null, line: null, text })

module.exports = { Seen }
