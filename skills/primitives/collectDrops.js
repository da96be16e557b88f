'use strict'

const { PrimitiveError } = require('./support/errors')
const { runPrimitive } = require('./support/scope')
const { inventoryCounts, gained } = require('./support/inventory')
const { pickUpDrops } = require('./support/drops')

/**
 * Pick up the items that lie on the ground around the bot. Items that cannot be reached or vanish
 * are given up; none lying there is no error.
 *
 * @brief Pick up what lies around; mining and killing do so by themselves.
 * @param {import('./support/scope').Context} context
 * @param {number} [maxDistance] in blocks
 * @returns {Promise<{collected: Object<string, number>}>} what the inventory gained by item name
 * @throws `inventory_full`, `invalid_argument`, `died`, `cancelled`
 */
async function collectDrops (context, maxDistance = 16) {
  if (!(maxDistance > 0)) throw new PrimitiveError('invalid_argument', 'maxDistance must be a number above 0.')
  return runPrimitive(context, async scope => {
    const before = inventoryCounts(scope.bot)
    const { full } = await pickUpDrops(scope, { maxDistance: Math.min(maxDistance, 64) })
    if (full) throw new PrimitiveError('inventory_full', 'The inventory is full. Put items into a chest with deposit, or use them up.')
    return { collected: gained(before, inventoryCounts(scope.bot)) }
  })
}

module.exports = { collectDrops }
