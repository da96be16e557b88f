'use strict'
/** Numbers that look random and depend on nothing but a seed: a hash of coordinates, and a generator with a state. */

/**
 * Hash of four integers.
 * @param {number} a
 * @param {number} b
 * @param {number} c
 * @param {number} d
 * @returns {number} an unsigned 32-bit integer
 */
function hash (a, b, c, d) {
  let mixed = (a | 0) ^ 0x9e3779b9
  mixed = Math.imul(mixed ^ (b | 0), 0x85ebca6b)
  mixed ^= mixed >>> 13
  mixed = Math.imul(mixed ^ (c | 0), 0xc2b2ae35)
  mixed ^= mixed >>> 16
  mixed = Math.imul(mixed ^ (d | 0), 0x27d4eb2f)
  mixed ^= mixed >>> 15
  return mixed >>> 0
}

/** A generator of 32 bits of state (mulberry32); `state` can be saved and set again. */
class Random {
  /** @param {number} seed */
  constructor (seed) {
    this.state = seed >>> 0
  }

  pack () {
    return this.state
  }

  unpack (/** @type {number} */ state) {
    this.state = state
  }

  /** @returns {number} at least 0, below 1 */
  next () {
    this.state = (this.state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }

  /**
   * @param {number} low
   * @param {number} high
   * @returns {number} an integer from low to high, both included
   */
  between (low, high) {
    return low + Math.floor(this.next() * (high - low + 1))
  }

  /** @param {number} probability */
  chance (probability) {
    return this.next() < probability
  }

  /**
   * @template T
   * @param {T[]} list
   * @returns {T}
   */
  pick (list) {
    return list[Math.floor(this.next() * list.length)]
  }
}

module.exports = { hash, Random }
