'use strict'
/** Waiting with an end. */

/**
 * Wait for a promise, but not longer than the time given (in the world's milliseconds), and go on either way.
 * @param {Promise<any>} promise
 * @param {number} milliseconds
 */
async function withTimeout (promise, milliseconds) {
  /** @type {any} */ let timer
  const enough = new Promise(resolve => { timer = setTimeout(resolve, milliseconds) })
  try {
    await Promise.race([promise, enough])
  } finally {
    clearTimeout(timer)
  }
}

module.exports = { withTimeout }
