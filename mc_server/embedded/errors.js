'use strict'
/** Errors told to the parent in a sentence; `code` is what the parent acts upon. Those of the second line do not end the server. */

/**
 * @typedef {'bad_arguments' | 'bad_world' | 'world_in_use' | 'not_writable' | 'port_taken' | 'not_started' |
 *   'bad_name' | 'bad_snapshot' | 'no_snapshot' | 'world_exists'} ErrorCode
 */

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
