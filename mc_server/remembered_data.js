'use strict'
/**
 * Makes `require('minecraft-data')(version)` remember its answer.
 *
 * The package parses the version anew on every call, and the physics of a bot calls it on every tick: a third of
 * an idle bot's processor time. Loading this module before the others replaces the package's export in Node's module
 * cache; nothing on the disk changes.
 */

const key = require.resolve('minecraft-data')
const load = /** @type {any} */ (require('minecraft-data'))

/** @type {Map<string, any>} */
const remembered = new Map()

/**
 * @param {string | number} version
 * @param {boolean} [preNetty]
 */
function rememberingLoad (version, preNetty = false) {
  const question = `${version}|${preNetty}`
  if (!remembered.has(question)) remembered.set(question, load(version, preNetty))
  return remembered.get(question)
}

/** @type {any} */ (require.cache[key]).exports = Object.assign(rememberingLoad, load)

module.exports = { rememberingLoad }
