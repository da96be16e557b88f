'use strict'
/**
 * Keeps the world at twenty ticks a second: a timer is always a little late, and what it lacks is made up for.
 *
 * As in the original game a world that has fallen too far behind does not try to catch up.
 */

const TICK_MILLISECONDS = 50
const MOST_TICKS_BEHIND = 40

class Ticker {
  /** @param {() => void} step */
  constructor (step) {
    this.step = step
    /** When the next tick is due. @type {number | null} */
    this.due = null
  }

  /** To be called about every twentieth of a second. */
  beat (now = Date.now()) {
    this.due ??= now
    const behind = Math.floor((now - this.due) / TICK_MILLISECONDS)
    if (behind > MOST_TICKS_BEHIND) this.due = now
    const steps = behind >= 1 && behind <= MOST_TICKS_BEHIND ? 2 : 1
    for (let step = 0; step < steps; step++) this.step()
    this.due += steps * TICK_MILLISECONDS
  }
}

module.exports = { Ticker }
