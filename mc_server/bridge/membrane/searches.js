'use strict'
/**
 * Bounds and meaning of what a program searches for: how far, how many, and only what was seen where the bot plays by sight.
 */

const { ProgramFault } = require('../program/errors')

const DEFAULT_DISTANCE = 16
/** As far as chunks are loaded around a player on most servers. */
const MAXIMUM_DISTANCE = 128
const MAXIMUM_COUNT = 10000

/**
 * @param {any} value
 * @param {number} usual for what is not given, as Mineflayer takes it
 * @param {number} maximum
 * @param {string} name
 */
function bounded (value, usual, maximum, name) {
  if (value === undefined || value === null) return usual
  if (typeof value !== 'number' || Number.isNaN(value)) throw new ProgramFault('invalid_argument', `${name} must be a number`)
  return Math.min(value || usual, maximum)
}

/**
 * The options of `findBlocks`, as they may be used.
 * @param {any} given of the program, copied; or what a view shows, which is not ours to change
 * @param {import('../bot/sight').Sight | null} sight
 */
function searchOptions (given, sight) {
  if (given === null || typeof given !== 'object') throw new ProgramFault('invalid_argument', 'a search takes { matching, maxDistance, count }')
  const { point, matching, maxDistance, count, useExtraInfo } = given
  const options = { point, matching, maxDistance, count, useExtraInfo }
  if (options.matching === undefined || options.matching === null) {
    throw new ProgramFault('invalid_argument', 'matching must be the id of a block, a list of ids or a function (was a name misspelt?)')
  }
  options.maxDistance = bounded(options.maxDistance, DEFAULT_DISTANCE, MAXIMUM_DISTANCE, 'maxDistance')
  options.count = bounded(options.count, 1, MAXIMUM_COUNT, 'count')
  if (sight) limitToSight(options, sight)
  return options
}

/**
 * Leaves out what was not seen. Asked last, of the blocks that match: it costs most.
 * @param {any} options
 * @param {import('../bot/sight').Sight} sight
 */
function limitToSight (options, sight) {
  const { matching, useExtraInfo } = options
  if (useExtraInfo === true && typeof matching === 'function') {
    // So the function is given blocks with a place alone.
    options.matching = (/** @type {any} */ block) => matching(block) && sight.hasSeen(block.position)
    return
  }
  options.useExtraInfo = (/** @type {any} */ block) => sight.hasSeen(block.position) &&
    (typeof useExtraInfo !== 'function' || useExtraInfo(block))
}

module.exports = { searchOptions }
