'use strict'
/** Tells the server a word: when it has come, all that was sent before has come too. */

/**
 * @param {any} context of a primitive
 * @param {string} word
 */
function mark (context, word) {
  context.bot._client.write('tab_complete', { transactionId: 1, text: word })
}

module.exports = { mark }
