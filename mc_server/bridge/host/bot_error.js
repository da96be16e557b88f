'use strict'

/** An error of the host for the other side, with a code it can tell apart. */
class BotError extends Error {
  /**
   * @param {string} code
   * @param {string} message
   */
  constructor (code, message) {
    super(message)
    this.code = code
  }
}

module.exports = { BotError }
