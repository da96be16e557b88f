'use strict'
/** Waiting for ticks of the world, for a program: unlike Mineflayer's own it leaves nothing behind when the program is cut off. */

const { ProgramFault, currentCallSite } = require('../program/errors')

/**
 * @param {import('./membrane').Membrane} membrane
 * @param {any} ticks
 * @returns {Promise<void>}
 */
function waitForTicks (membrane, ticks) {
  membrane.assertLive()
  if (typeof ticks !== 'number' || !Number.isFinite(ticks)) {
    throw new ProgramFault('invalid_argument', 'waitForTicks takes a number of ticks')
  }
  const { bot, onDispose } = membrane
  const waited = new Promise(resolve => {
    if (ticks <= 0) return resolve(undefined)
    let left = ticks
    const stop = () => {
      bot.removeListener('physicsTick', tick)
      onDispose.delete(stop)
    }
    const tick = () => {
      if (--left > 0) return
      stop()
      resolve(undefined)
    }
    bot.on('physicsTick', tick)
    onDispose.add(stop)
  })
  return membrane.outPromise({ name: 'waitForTicks', site: currentCallSite() }, waited, () => {})
}

module.exports = { waitForTicks }
