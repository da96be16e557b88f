'use strict'

const { PrimitiveError } = require('./errors')

const TICK_MS = 50
/** A bot whose physics stands still (it is leaving, or dead) is not waited for longer than this. */
const LONGEST_LAG = 10

/**
 * Call `onExpired` once the bot has lived through `timeoutMs`: a busy machine runs its physics late, and then a time that
 * is enough for a step by the clock is not enough for the bot. While a reflex has the body no time passes.
 *
 * @param {import('./scope').Context} context @param {number} timeoutMs @param {() => void} onExpired
 * @returns {() => void} stops it
 */
function startTimeout ({ bot, body }, timeoutMs, onExpired) {
  let ticksLeft = Math.floor(timeoutMs / TICK_MS)
  let lag = 0
  const onTick = () => { ticksLeft-- }
  const onTime = () => {
    if (ticksLeft <= 0 || (!body?.taken && ++lag > LONGEST_LAG)) return onExpired()
    timer = setTimeout(onTime, Math.min(timeoutMs, ticksLeft * TICK_MS))
  }
  let timer = setTimeout(onTime, timeoutMs)
  bot.on('physicsTick', onTick)
  return () => {
    clearTimeout(timer)
    bot.removeListener('physicsTick', onTick)
  }
}

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
      stopTimeout()
      signal.removeEventListener('abort', onAbort)
      for (const [emitter, name] of events) emitter.removeListener(name, onEvent)
      withBody(context, () => settle(value))
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
    const stopTimeout = startTimeout(context, timeoutMs, () => finish(reject,
      new PrimitiveError('timeout', `Timed out waiting for ${what}.`)))
    signal.addEventListener('abort', onAbort)
    for (const [emitter, name] of events) emitter.on(name, onEvent)
  })
}

/** Go on at once, or when the reflex that has the body is done. @param {import('./scope').Context} context @param {() => void} goOn */
function withBody ({ body, signal }, goOn) {
  if (body?.taken && !signal.aborted) body.whenFree().then(goOn)
  else goOn()
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
      stopTimeout()
      signal.removeEventListener('abort', onAbort)
    }
    const onAbort = () => { cleanUp(); reject(signal.reason) }
    const stopTimeout = startTimeout(context, timeoutMs, () => {
      cleanUp()
      reject(new PrimitiveError('timeout', `Timed out: ${what}.`))
    })
    signal.addEventListener('abort', onAbort)
    if (signal.aborted) onAbort()
    promise.then(
      value => { cleanUp(); withBody(context, () => resolve(value)) },
      error => { cleanUp(); withBody(context, () => reject(error)) })
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
