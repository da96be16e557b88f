'use strict'
/** A primitive that works until its program is cancelled. */

/** @param {any} context of a primitive */
function untilCancelled (context) {
  return new Promise((resolve, reject) => {
    context.signal.addEventListener('abort', () => reject(new Error('cancelled')))
  })
}

module.exports = { untilCancelled }
