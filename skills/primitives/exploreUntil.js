'use strict'

const { PrimitiveError } = require('./support/errors')
const { runPrimitive } = require('./support/scope')
const { resolveBlocks, plain } = require('./support/names')
const { findBlocks } = require('./support/search')
const { explore, DIRECTIONS } = require('./support/explore')

/**
 * Walk over the land, preferring ground not seen before, until a block of some kind is loaded or a
 * predicate holds. Chunks load about 64 blocks around the bot, with what is underground.
 *
 * @brief Walk over new ground until a block is in sight or a function returns true;
 *   `mineBlock` and `killMob` look around by themselves.
 * @param {import('./support/scope').Context} context
 * @param {string|string[]|(() => any)} predicateOrNames block name, family or list, or a function
 *   that returns something truthy at once (no promise)
 * @param {{maxSeconds?: number, direction?: string}} [options] `maxSeconds` is 300 by default;
 *   `direction` is `north`, `northeast`, `east`, ... or left out to prefer new ground
 * @returns {Promise<{found: {x: number, y: number, z: number}|null, seconds: number}>} `found` is
 *   the nearest block's place, null for a predicate
 * @throws `not_found` when the time is over, `invalid_argument`, `died`, `cancelled`
 */
async function exploreUntil (context, predicateOrNames, { maxSeconds = 300, direction } = {}) {
  if (direction !== undefined && !Object.hasOwn(DIRECTIONS, direction)) {
    throw new PrimitiveError('invalid_argument', `direction must be one of ${Object.keys(DIRECTIONS).join(', ')}, not ${JSON.stringify(direction)}.`)
  }
  if (!(maxSeconds > 0)) throw new PrimitiveError('invalid_argument', 'maxSeconds must be a number above 0.')
  const isPredicate = typeof predicateOrNames === 'function'
  const blocks = isPredicate ? [] : resolveBlocks(context, /** @type {string[]} */ (predicateOrNames))
  return runPrimitive(context, async scope => {
    const startedAt = Date.now()
    const found = isPredicate
      ? () => holds(predicateOrNames)
      : () => findBlocks(scope, blocks, { maxDistance: 96, limit: 1 })[0]
    const value = await explore(scope, found, { maxSeconds, direction, what: isPredicate ? 'place where the predicate holds' : blocks.slice(0, 4).join(', ') })
    return { found: isPredicate ? null : plain(value), seconds: (Date.now() - startedAt) / 1000 }
  })
}

/** @param {() => any} predicate */
function holds (predicate) {
  const value = predicate()
  if (typeof value?.then === 'function') {
    throw new PrimitiveError('invalid_argument', 'The predicate must answer at once, without a promise.')
  }
  return Boolean(value)
}

module.exports = { exploreUntil }
