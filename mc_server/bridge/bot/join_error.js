'use strict'
/** Why a bot could not join, with a code that the other side can tell apart. */

const UNREACHABLE_CODES = [
  'ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ECONNRESET', 'EPIPE'
]

class JoinError extends Error {
  /**
   * @param {'unreachable' | 'kicked' | 'version'} code
   * @param {string} message
   */
  constructor (code, message) {
    super(message)
    this.code = code
  }
}

/**
 * @param {any} error of a socket; several of them where a name has several addresses
 * @returns {string | undefined} the system's code for why there is no connection; undefined for other faults
 */
function unreachableCode (error) {
  const first = error.errors?.[0] ?? error
  return UNREACHABLE_CODES.find(code => code === first.code)
}

/**
 * @param {string} host
 * @param {number} port
 * @param {string} code the system's
 */
function unreachable (host, port, code) {
  return new JoinError('unreachable', `No Minecraft server answers at ${host}:${port} (${code}).`)
}

module.exports = { JoinError, unreachable, unreachableCode }
