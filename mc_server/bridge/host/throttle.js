'use strict'
/**
 * Passes on the newest of what comes too often: at once after a pause, otherwise when the pause is over.
 */

class Throttle {
  /**
   * @param {number} milliseconds of the pause
   * @param {(value: any) => void} pass
   */
  constructor (milliseconds, pass) {
    this.milliseconds = milliseconds
    this.pass = pass
    /** @type {NodeJS.Timeout | null} */ this.timer = null
    /** @type {{value: any} | null} */ this.waiting = null
  }

  /** @param {any} value takes the place of one that waits */
  offer (value) {
    this.waiting = { value }
    if (this.timer === null) this.passWaiting()
  }

  /** What waits is passed on now. */
  flush () {
    if (this.timer !== null) clearTimeout(this.timer)
    this.timer = null
    const { waiting } = this
    this.waiting = null
    if (waiting) this.pass(waiting.value)
  }

  passWaiting () {
    this.flush()
    this.timer = setTimeout(() => {
      this.timer = null
      if (this.waiting) this.passWaiting()
    }, this.milliseconds)
    this.timer.unref()
  }
}

module.exports = { Throttle }
