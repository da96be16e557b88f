'use strict'
/**
 * The bot as a program gets it: an object of its own, with a getter for each field and each method that is listed.
 *
 * No proxy: of this object programs read most.
 */

const { ProgramFault } = require('../../program/errors')
const { harden } = require('../../program/lockdown')
const { BOT_ACTS, BOT_FIELDS, BOT_READS, LISTENER_METHODS } = require('./allowed')

/** @returns {never} */
function refuseChange () {
  throw new ProgramFault('invalid_argument', 'the bot and what belongs to it can only be read')
}

/** @param {import('../membrane').Membrane} membrane */
function botView (membrane) {
  const { bot } = membrane
  const view = {}
  const define = (/** @type {string} */ name, /** @type {() => any} */ get, /** @type {boolean} */ enumerable) =>
    Object.defineProperty(view, name, { get, set: refuseChange, enumerable })
  for (const name of BOT_FIELDS) {
    define(name, () => {
      if (!membrane.live) membrane.assertLive()
      const value = bot[name]
      return value === null || typeof value !== 'object' ? (typeof value === 'function' ? undefined : value) : membrane.out(value)
    }, true)
  }
  for (const name of [...BOT_READS, ...BOT_ACTS, ...LISTENER_METHODS, 'removeAllListeners']) {
    // Not every version of the game has each.
    if (typeof bot[name] !== 'function') continue
    /** @type {any} */ let method
    define(name, () => (method ??= membrane.calls.method(bot, name) ?? undefined), false)
  }
  return harden(view)
}

module.exports = { botView }
