'use strict'
/**
 * Timers for a program: those of the process, in the world's time, bound to the run and gone with it.
 *
 * A program holds numbers, never the timers themselves. What a callback throws is an error of the program.
 */

const { ProgramFault } = require('./errors')
const { harden } = require('./lockdown')

const MAXIMUM_TIMERS = 1000
const MINIMUM_MILLISECONDS = 1
/** As everywhere in JavaScript: a longer time would be taken for none. */
const MAXIMUM_MILLISECONDS = 2 ** 31 - 1

class ProgramTimers {
  /** @param {{onError: (error: any) => void}} options `onError` gets what a callback throws */
  constructor ({ onError }) {
    this.onError = onError
    this.live = true
    this.nextId = 1
    /** @type {Map<number, () => void>} how to clear each timer that is alive */
    this.alive = new Map()
  }

  /** @returns {Record<string, any>} what a program is given */
  endowments () {
    const clear = harden((/** @type {any} */ id) => { this.clear(id) })
    return {
      setTimeout: harden((/** @type {any} */ run, /** @type {any} */ milliseconds, /** @type {any[]} */ ...args) =>
        this.set(false, run, milliseconds, args)),
      setInterval: harden((/** @type {any} */ run, /** @type {any} */ milliseconds, /** @type {any[]} */ ...args) =>
        this.set(true, run, milliseconds, args)),
      setImmediate: harden((/** @type {any} */ run, /** @type {any[]} */ ...args) => this.setImmediate(run, args)),
      clearTimeout: clear,
      clearInterval: clear,
      clearImmediate: clear
    }
  }

  /**
   * @param {boolean} repeats
   * @param {any} run
   * @param {any} milliseconds of the world's time
   * @param {any[]} args
   */
  set (repeats, run, milliseconds, args) {
    const id = this.newId(run, repeats ? 'setInterval' : 'setTimeout')
    const delay = delayOf(milliseconds)
    if (repeats) {
      // Faster clocks fire an interval several times at once, also after it was cleared.
      const timer = setInterval(() => { if (this.alive.has(id)) this.fire(id, run, args) }, delay)
      this.alive.set(id, () => clearInterval(timer))
    } else {
      const timer = setTimeout(() => {
        this.alive.delete(id)
        this.fire(id, run, args)
      }, delay)
      this.alive.set(id, () => clearTimeout(timer))
    }
    return id
  }

  /**
   * @param {any} run
   * @param {any[]} args
   */
  setImmediate (run, args) {
    const id = this.newId(run, 'setImmediate')
    const timer = setImmediate(() => {
      this.alive.delete(id)
      this.fire(id, run, args)
    })
    this.alive.set(id, () => clearImmediate(timer))
    return id
  }

  /**
   * @param {any} run
   * @param {string} name
   */
  newId (run, name) {
    if (!this.live) throw new ProgramFault('cancelled', 'the program has ended')
    if (typeof run !== 'function') throw new ProgramFault('invalid_argument', `${name} takes a function`)
    if (this.alive.size >= MAXIMUM_TIMERS) {
      throw new ProgramFault('invalid_argument', `a program can have ${MAXIMUM_TIMERS} timers at once, and all are in use`)
    }
    return this.nextId++
  }

  /**
   * @param {number} id
   * @param {Function} run
   * @param {any[]} args
   */
  fire (id, run, args) {
    if (!this.live) return
    try {
      run(...args)
    } catch (error) {
      this.clear(id)
      this.onError(error)
    }
  }

  /** @param {any} id of a timer; whatever else it is says nothing */
  clear (id) {
    this.alive.get(id)?.()
    this.alive.delete(id)
  }

  /** The run has ended. */
  dispose () {
    this.live = false
    for (const clear of this.alive.values()) clear()
    this.alive.clear()
  }
}

/** @param {any} milliseconds */
function delayOf (milliseconds) {
  const wanted = typeof milliseconds === 'number' || typeof milliseconds === 'string' ? Number(milliseconds) : 0
  if (!(wanted >= MINIMUM_MILLISECONDS)) return MINIMUM_MILLISECONDS
  return Math.min(wanted, MAXIMUM_MILLISECONDS)
}

module.exports = { ProgramTimers }
