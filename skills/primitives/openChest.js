'use strict'

const { runPrimitive } = require('./support/scope')
const { withContainer, contents } = require('./support/containers')
const { requirePosition, plain } = require('./support/names')

/**
 * Go to a chest or barrel, look into it, and close it again.
 *
 * @brief What is in a chest.
 * @param {import('./support/scope').Context} context
 * @param {{x: number, y: number, z: number}} position where it stands
 * @returns {Promise<{position: {x: number, y: number, z: number}, items: Object<string, number>, emptySlots: number}>}
 * @throws `not_found` when no chest stands there, `unreachable`, `timeout`, `invalid_argument`, `died`, `cancelled`
 */
async function openChest (context, position) {
  const cell = requirePosition(context, position)
  return runPrimitive(context, scope => withContainer(scope, cell, async window => ({
    position: plain(cell),
    items: contents(window),
    emptySlots: window.slots.slice(0, window.inventoryStart).filter((/** @type {any} */ item) => !item).length
  })))
}

module.exports = { openChest }
