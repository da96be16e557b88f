'use strict'

/**
 * The one error type that primitives throw, and its codes.
 *
 * @typedef {'not_found'|'missing_ingredients'|'missing_tool'|'unreachable'|'no_space'|'timeout'|
 *   'inventory_full'|'died'|'cancelled'|'invalid_argument'} ErrorCode
 */

/** What a primitive throws: a code for programs, a sentence for readers, details as JSON. */
class PrimitiveError extends Error {
  /**
   * @param {ErrorCode} code
   * @param {string} message says what is missing and what to do
   * @param {Object<string, any>} [details] JSON-able facts, for instance the missing items
   */
  constructor (code, message, details = {}) {
    super(message)
    this.name = 'PrimitiveError'
    this.code = code
    this.details = details
  }
}

/** @param {any} error @param {...ErrorCode} codes */
function isPrimitiveError (error, ...codes) {
  return error instanceof PrimitiveError && (codes.length === 0 || codes.includes(error.code))
}

/** True for the errors after which a primitive has to end at once. @param {any} error */
function isFinal (error) {
  return isPrimitiveError(error, 'died', 'cancelled')
}

module.exports = { PrimitiveError, isPrimitiveError, isFinal }
