'use strict'
/**
 * A clock that jumps: once nothing is in flight any more it is the time of the next timer.
 *
 * So computing costs no time, nothing times out because a machine is slow, and what happens depends on nothing but what happened
 * before. The clock stands still unless `run` was asked to let something come to its end. What is in flight is known for certain:
 * callbacks of `setImmediate` are kept here too, connections are in memory (`memory_connection.js`), and Node runs whatever
 * promises and `process.nextTick` have left before it lets the clock take its next turn.
 *
 * Not covered: work that Node does outside of the thread (files, sockets, compression with a callback), which the clock waits for
 * only when it is told to (`outside`). `virtual_globals.js` puts the clock in the place of the process's own.
 */

const { TimerQueue } = require('./timer_queue')

/**
 * What a look at the clock costs, in milliseconds, until the callback ends: who computes for as long as the clock allows (a path
 * finder with a limit) then comes to an end, always after the same number of steps. A power of two: sums of it are exact.
 */
const LOOK_MILLISECONDS = 1 / 16
/** Without anything to do, for instance while a file is read, the clock looks again after so long. */
const IDLE_MILLISECONDS = 1

const machineImmediate = setImmediate
const machineTimeout = setTimeout

class VirtualClock {
  constructor () {
    /** Milliseconds since the clock was made; whole. */
    this.milliseconds = 0
    this.looks = 0
    /** What dates count besides, see `setAge`. */
    this.lead = 0
    this.timers = new TimerQueue(() => this.milliseconds)
    /** Callbacks of setImmediate. @type {{run: () => void, cancelled: boolean}[]} */
    this.immediates = []
    /** Who waits for all to come to rest. @type {(() => void)[]} */
    this.resting = []
    /** How many calls of `outside` are under way. */
    this.holds = 0
    /** How many calls of `run` are under way. */
    this.runs = 0
    this.turning = false
    /** Timers run so far: a measure of what happened. */
    this.steps = 0
  }

  /** The time, for those who ask. */
  look () {
    return this.milliseconds + LOOK_MILLISECONDS * this.looks++
  }

  /** @returns {number} milliseconds of the world's age */
  age () {
    return this.look() + this.lead
  }

  /** Says how old the world is now, which its dates tell; timers take no notice. */
  setAge (/** @type {number} */ milliseconds) {
    this.lead = milliseconds - this.milliseconds
  }

  /**
   * Lets time pass until a promise is settled; between such calls it stands still.
   * @template T
   * @param {Promise<T> | (() => Promise<T>)} work
   * @returns {Promise<T>}
   */
  async run (work) {
    this.runs++
    if (!this.turning) {
      this.turning = true
      machineImmediate(() => this.#turn())
    }
    try {
      return await (typeof work === 'function' ? work() : work)
    } finally {
      this.runs--
    }
  }

  /**
   * Keeps time from passing until something that Node does outside of the thread is done, for instance writing a file.
   * @template T
   * @param {Promise<T>} work
   * @returns {Promise<T>}
   */
  async outside (work) {
    this.holds++
    try {
      return await work
    } finally {
      this.holds--
    }
  }

  /** Resolves when nothing is in flight any more; takes no time, within `run`. */
  rest () {
    return /** @type {Promise<void>} */ (new Promise(resolve => this.resting.push(resolve)))
  }

  /** One callback; the next turn comes when all that it set going has come to rest. */
  #turn () {
    if (this.runs === 0) {
      this.turning = false
      return
    }
    const callback = this.#next()
    // Before the callback, which may throw: that is for the process's own handlers to see.
    if (callback) machineImmediate(() => this.#turn())
    else machineTimeout(() => this.#turn(), IDLE_MILLISECONDS)
    callback?.()
  }

  /** @returns {(() => void) | undefined} */
  #next () {
    while (this.immediates.length > 0) {
      const immediate = this.immediates.shift()
      if (immediate && !immediate.cancelled) return immediate.run
    }
    const rested = this.resting.shift()
    if (rested) return rested
    if (this.holds > 0) return undefined
    const timer = this.timers.take()
    if (!timer) return undefined
    this.milliseconds = Math.max(this.milliseconds, timer.due)
    this.looks = 0
    this.steps++
    if (timer.repeats) this.timers.repeat(timer)
    return timer.run
  }
}

module.exports = { VirtualClock, LOOK_MILLISECONDS }
