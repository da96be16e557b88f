'use strict'
/** Errors that end the server with a sentence for its parent; `code` is what the parent acts upon. */

/** @typedef {'bad_arguments' | 'bad_world' | 'world_in_use' | 'not_writable' | 'port_taken' | 'not_started'} ErrorCode */

class EmbeddedServerError extends Error {
  /**
   * @param {ErrorCode} code
   * @param {string} message one sentence that says what to do
   */
  constructor (code, message) {
    super(message)
    this.name = 'EmbeddedServerError'
    this.code = code
  }
}

module.exports = { EmbeddedServerError }
