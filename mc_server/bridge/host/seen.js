'use strict'
/**
 * What a program has done so far, kept by the host because the program's process may be killed.
 *
 * All of it is bounded: what comes beyond is counted, not kept.
 */

/** How much is kept of each kind: in number, and in bytes as it was sent. */
const LIMITS = {
  call: { count: 1000, bytes: 8_000_000 },
  event: { count: 5000, bytes: 4_000_000 },
  chat: { count: 500, bytes: 500_000 },
  progress: { count: 500, bytes: 500_000 }
}
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
    /** @type {any[]} */ this.firstTrace = []
    /** @type {any[]} */ this.lastTrace = []
    this.traced = 0
    this.counted = { call: [0, 0], event: [0, 0], chat: [0, 0], progress: [0, 0] }
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
      case 'event':
        if (this.#room('event', bytes)) this.events.push(message.event)
        break
      case 'chat':
        if (this.#room('chat', bytes)) this.chat.push(message.text)
        break
      case 'progress':
        if (this.#room('progress', bytes)) this.progress(message.text)
        break
      case 'trace':
        this.#trace(message.entry)
    }
  }

  #room (/** @type {Kind} */ kind, /** @type {number} */ bytes) {
    const counted = this.counted[kind]
    counted[0]++
    counted[1] += bytes
    return counted[0] <= LIMITS[kind].count && counted[1] <= LIMITS[kind].bytes
  }

  #trace (/** @type {any} */ entry) {
    this.traced++
    const half = this.firstTrace.length < TRACE_HALF ? this.firstTrace : this.lastTrace
    half.push(entry)
    if (this.lastTrace.length > TRACE_HALF) this.lastTrace.shift()
  }

  /** With a line of its own for what was left out between. */
  get trace () {
    const { firstTrace, lastTrace, traced } = this
    const leftOut = traced - firstTrace.length - lastTrace.length
    if (leftOut === 0) return [...firstTrace, ...lastTrace]
    const gap = { seconds: lastTrace[0].seconds, module: null, line: null, text: `(${leftOut} more steps)` }
    return [...firstTrace, gap, ...lastTrace]
  }

  soFar () {
    const { before, calls, events, chat, trace } = this
    return { before, calls, events, chat, trace }
  }
}

module.exports = { Seen }
