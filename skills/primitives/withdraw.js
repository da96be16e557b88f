'use strict'

const { runPrimitive } = require('./support/scope')
const { withContainer, requireItems, moveItems } = require('./support/containers')
const { requirePosition } = require('./support/names')

/**
 * Go to a chest or barrel and take items out of it.
 *
 * @brief Take items out of a chest.
 * @param {import('./support/scope').Context} context
 * @param {{x: number, y: number, z: number}} position where it stands
 * @param {Object<string, number>} items counts by item name or family: `{planks: 8}`
 * @returns {Promise<{withdrawn: Object<string, number>}>}
 * @throws `missing_ingredients` when the chest holds fewer, `not_found` when no chest stands there,
 *   `inventory_full`, `unreachable`, `timeout`, `invalid_argument`, `died`, `cancelled`
 */
async function withdraw (context, position, items) {
  const cell = requirePosition(context, position)
  const wanted = requireItems(context, items)
  return runPrimitive(context, scope => withContainer(scope, cell, async window => ({
    withdrawn: await moveItems(scope, window, 'withdraw', wanted)
  })))
}

module.exports = { withdraw }
