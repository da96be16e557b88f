'use strict'
/**
 * Ends a connection on which nothing comes any more that can be read, with the reason in words.
 *
 * A server that plays sends something every second. One that is frozen, a line that loses everything, and a stream of bytes that
 * was damaged look alike from here: the connection stands, and no packet comes.
 */

const CHECK_MILLISECONDS = 500
/** After a fault in the stream, silence says soon that nothing more can be read. */
const SILENCE_AFTER_FAULT_SECONDS = 5

/**
 * @param {any} bot as it was just created
 * @param {{silence_timeout_seconds?: number, world_rate: number | 'max'}} settings in a simulation there is nothing to watch
 */
function endOnSilence (bot, { silence_timeout_seconds: seconds, world_rate: rate }) {
  if (rate === 'max' || !seconds) return
  const client = bot._client
  /** How often nothing had come: checks are counted, for a process that was stopped itself has heard nothing either. */
  let silentChecks = 0
  /** @type {string | null} */
  let fault = null
  const checksOf = (/** @type {number} */ limit) => Math.ceil(limit * 1000 / CHECK_MILLISECONDS)
  client.once('connect', () => {
    // The clock of this process is as fast as the world.
    const timer = setInterval(() => {
      silentChecks++
      const limit = fault ? Math.min(seconds, SILENCE_AFTER_FAULT_SECONDS) : seconds
      if (silentChecks > checksOf(limit)) end(client, fault ?? `the server has sent nothing for ${seconds} s`)
    }, CHECK_MILLISECONDS * rate)
    client.once('end', () => clearInterval(timer))
  })
  client.on('packet', () => {
    silentChecks = 0
    fault = null
  })
  client.on('error', (/** @type {Error} */ error) => { fault = unreadable(error) })
  endOnBrokenFrames(client)
}

/**
 * A length that is none is thrown in the middle of reading, where nobody but the process itself would catch it.
 * @param {any} client
 */
function endOnBrokenFrames (client) {
  const { splitter } = client
  const transform = splitter._transform
  splitter._transform = (/** @type {Buffer} */ chunk, /** @type {string} */ encoding, /** @type {(error?: Error) => void} */ done) => {
    try {
      transform.call(splitter, chunk, encoding, done)
    } catch (/** @type {any} */ error) {
      end(client, unreadable(error))
    }
  }
}

/** @param {Error} error */
function unreadable (error) {
  return `what the server sent could not be read (${String(error.message).split('\n')[0].slice(0, 200)})`
}

/**
 * Not politely: the other end would have to answer.
 * @param {any} client
 * @param {string} reason
 */
function end (client, reason) {
  client.end(reason)
  client.socket?.destroy()
}

module.exports = { endOnSilence }
