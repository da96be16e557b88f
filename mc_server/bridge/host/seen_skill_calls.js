'use strict'
/**
 * Calls of a program's functions, put together from what was told when each began and when it ended.
 *
 * One that did not end stays as it began, and what is told of a call a second time counts no more.
 */

/** How many are kept, and how much of what was told when they began, in bytes. */
const LIMIT = { count: 200, bytes: 4_000_000 }

class SeenSkillCalls {
  constructor () {
    /** In the order in which they began. @type {Map<number, any>} */ this.calls = new Map()
    this.bytes = 0
    this.leftOut = 0
  }

  /**
   * @param {number} number of the call
   * @param {any} call
   * @param {number} bytes
   */
  began (number, call, bytes) {
    this.bytes += bytes
    if (this.calls.has(number) || this.calls.size >= LIMIT.count || this.bytes > LIMIT.bytes) this.leftOut++
    else this.calls.set(number, { ...call, seconds: 0, after: null, ended: false, error: null })
  }

  /** @param {{number: number, seconds: number, after: any, error: any}} end */
  ended ({ number, seconds, after, error }) {
    const call = this.calls.get(number)
    if (call && !call.ended) Object.assign(call, { seconds, after, error, ended: true })
  }

  /** @param {number} programSeconds that the program took: calls that did not end took the rest of it */
  soFar (programSeconds) {
    return [...this.calls.values()].map(call =>
      call.ended ? call : { ...call, seconds: Math.max(0, programSeconds - call.started_seconds) })
  }
}

module.exports = { SeenSkillCalls }
