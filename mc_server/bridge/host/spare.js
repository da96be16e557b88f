'use strict'
/**
 * A process of a bot that is loaded before it is certain that one is needed: loading takes most of the time in which a process that
 * hangs is replaced. It joins nothing by itself.
 */

class Spare {
  /** @param {() => Promise<import('./bot_child').BotChild>} start */
  constructor (start) {
    this.start = start
    /** @type {Promise<import('./bot_child').BotChild | null> | null} */ this.process = null
  }

  prepare () {
    this.process ??= this.start().catch(() => null)
  }

  /** @returns {Promise<import('./bot_child').BotChild | null>} null when none was prepared, or it has ended */
  async take () {
    const taken = this.process
    this.process = null
    const child = await taken
    return child?.end ? null : child
  }

  drop () {
    this.process?.then(child => child?.kill('it is not needed any more'))
    this.process = null
  }
}

module.exports = { Spare }
