'use strict'

const { runPrimitive } = require('./support/scope')
const { withContainer, requireItems, moveItems } = require('./support/containers')
const { requirePosition } = require('./support/names')

/**
 * Go to a chest or barrel and put items into it.
 *
 * @brief Put items into a chest: when the inventory is full, or to keep them.
 * @param {import('./support/scope').Context} context
 * @param {{x: number, y: number, z: number}} position where it stands
 * @param {Object<string, number>} items counts by item name or family: `{cobblestone: 32}`
 * @returns {Promise<{deposited: Object<string, number>}>}
 * @throws `missing_ingredients` when fewer are carried, `not_found` when no chest stands there,
 *   `no_space` when it is full, `unreachable`, `timeout`, `invalid_argument`, `died`, `cancelled`
 */
async function deposit (context, position, items) {
  const cell = requirePosition(context, position)
  const wanted = requireItems(context, items)
  return runPrimitive(context, scope => withContainer(scope, cell, async window => ({
    deposited: await moveItems(scope, window, 'deposit', wanted)
  })))
}

module.exports = { deposit }
