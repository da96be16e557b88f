'use strict'

const { PrimitiveError, isFinal, isPrimitiveError } = require('./support/errors')
const { runPrimitive } = require('./support/scope')
const { guard, waitFor } = require('./support/waiting')
const { plain } = require('./support/names')
const { inventoryCounts } = require('./support/inventory')
const { findBlocks } = require('./support/search')
const { placeNearby } = require('./support/placing')
const { stepsBetween, travel } = require('./support/movement')

/**
 * Sleep through the night in a bed: one within 32 blocks, else a carried one that is placed and
 * stays there. Sets the spawn point.
 *
 * @brief Sleep through the night (only then), in a bed near or carried.
 * @param {import('./support/scope').Context} context
 * @returns {Promise<{position: {x: number, y: number, z: number}, slept: boolean}>} where the bed stands
 * @throws `invalid_argument` by day, `missing_ingredients` when there is no bed, `unreachable`,
 *   `no_space`, `timeout` when something keeps the bot awake, `died`, `cancelled`
 */
async function sleepInBed (context) {
  return runPrimitive(context, async scope => {
    const { bot, registry, Vec3 } = scope
    const beds = Object.keys(registry.blocksByName).filter(name => name.endsWith('_bed'))
    if (bot.time.timeOfDay < 12541 || bot.time.timeOfDay > 23458) {
      throw new PrimitiveError('invalid_argument', 'One can only sleep at night. Wait until the evening.')
    }
    let [cell] = findBlocks(scope, beds, { maxDistance: 32, limit: 1 })
    if (!cell) {
      const carried = Object.keys(inventoryCounts(bot)).find(name => beds.includes(name))
      if (!carried) throw new PrimitiveError('missing_ingredients', 'There is no bed within 32 blocks or in the inventory. Craft one of 3 wool and 3 planks.', { missing: { white_bed: 1 } })
      cell = await placeNearby(scope, carried)
    }
    await goBeside(scope, cell)
    try {
      await guard(scope, bot.sleep(bot.blockAt(new Vec3(cell.x, cell.y, cell.z))), 8000, 'lying down')
    } catch (error) {
      if (isFinal(error)) throw error
      throw new PrimitiveError('timeout', `Could not fall asleep: ${/** @type {Error} */ (error).message}`)
    }
    await waitFor(scope, { what: 'the morning', timeoutMs: 600000, events: [[bot, 'wake'], [bot, 'physicsTick']], until: () => !bot.isSleeping })
    return { position: plain(cell), slept: true }
  })
}

/**
 * To a place beside the bed: one reaches farther than one may lie down from.
 * @param {import('./support/scope').Context} scope @param {{x: number, y: number, z: number}} cell of the bed
 */
async function goBeside (scope, cell) {
  try {
    await travel(scope, {
      middle: cell,
      isGoal: ({ x, y, z }) => Math.max(Math.abs(x - cell.x), Math.abs(y - cell.y), Math.abs(z - cell.z)) === 1 && (x !== cell.x || z !== cell.z),
      distance: feet => Math.max(0, stepsBetween(feet, cell) - 2)
    }, { what: 'the bed' })
  } catch (error) {
    if (isPrimitiveError(error, 'timeout')) throw new PrimitiveError('unreachable', error.message)
    throw error
  }
}

module.exports = { sleepInBed }
