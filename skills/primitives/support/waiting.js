'use strict'

const { PrimitiveError } = require('./errors')

/**
 * Wait until `until()` gives something truthy: asked now and after each of the events. Ends with
 * a `timeout` error, or with the signal's reason.
 *
 * @param {import('./scope').Context} context
 * @param {{what: string, timeoutMs: number, events: Array<[any, string]>, until: () => any}} options
 *   `what` completes "Timed out waiting for ..."
 * @returns {Promise<any>} what `until` gave
 */
function waitFor (context, { what, timeoutMs, events, until }) {
  const { signal } = context
  signal.throwIfAborted()
  const first = until()
  if (first) return Promise.resolve(first)
  return new Promise((resolve, reject) => {
    const finish = (/** @type {Function} */ settle, /** @type {any} */ value) => {
      clearTimeout(timer)
      signal.removeEventListener('abort', onAbort)
      for (const [emitter, name] of events) emitter.removeListener(name, onEvent)
      settle(value)
    }
    const onAbort = () => finish(reject, signal.reason)
    const onEvent = () => {
      try {
        const value = until()
        if (value) finish(resolve, value)
      } catch (error) {
        finish(reject, error)
      }
    }
    const timer = setTimeout(() => finish(reject,
      new PrimitiveError('timeout', `Timed out waiting for ${what}.`)), timeoutMs)
    signal.addEventListener('abort', onAbort)
    for (const [emitter, name] of events) emitter.on(name, onEvent)
  })
}

/** Like `waitFor`, but gives null instead of a timeout error. @returns {Promise<any>} */
async function waitAtMost (/** @type {any} */ context, /** @type {any} */ options) {
  try {
    return await waitFor(context, options)
  } catch (error) {
    if (error instanceof PrimitiveError && error.code === 'timeout') return null
    throw error
  }
}

/**
 * Bound a promise of somebody else by a timeout and the signal. The promise itself cannot be
 * ended; its late result is ignored.
 *
 * @template T
 * @param {import('./scope').Context} context
 * @param {Promise<T>} promise
 * @param {number} timeoutMs
 * @param {string} what completes "Timed out: ..."
 * @returns {Promise<T>}
 */
function guard (context, promise, timeoutMs, what) {
  const { signal } = context
  return new Promise((resolve, reject) => {
    const cleanUp = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', onAbort)
    }
    const onAbort = () => { cleanUp(); reject(signal.reason) }
    const timer = setTimeout(() => {
      cleanUp()
      reject(new PrimitiveError('timeout', `Timed out: ${what}.`))
    }, timeoutMs)
    signal.addEventListener('abort', onAbort)
    if (signal.aborted) onAbort()
    promise.then(value => { cleanUp(); resolve(value) }, error => { cleanUp(); reject(error) })
  })
}

/** Wait until the bot stands on something or swims; gives up quietly after `timeoutMs`. */
async function waitUntilStanding (/** @type {any} */ context, timeoutMs = 2000) {
  const { bot } = context
  await waitAtMost(context, {
    what: 'the bot to land',
    timeoutMs,
    events: [[bot, 'physicsTick']],
    until: () => bot.entity.onGround || bot.entity.isInWater || bot.entity.isInLava
  })
}

module.exports = { waitFor, waitAtMost, guard, waitUntilStanding }
