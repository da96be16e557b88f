'use strict'
/** Blocks with a window: how many slots, which window a client opens, its title. */

/**
 * @typedef {object} Kind
 * @property {string} window name in the registry of windows
 * @property {string} title
 * @property {number} size slots
 * @property {'chest' | 'furnace' | 'plain' | 'ender' | 'shulker' | 'table'} manner
 */

/** @returns {Kind} */
const kind = (/** @type {string} */ window, /** @type {string} */ title, /** @type {number} */ size, /** @type {Kind['manner']} */ manner) =>
  ({ window: `minecraft:${window}`, title, size, manner })

const KINDS = /** @type {Record<string, Kind>} */ ({
  crafting_table: kind('crafting', 'Crafting', 10, 'table'),
  furnace: kind('furnace', 'Furnace', 3, 'furnace'),
  smoker: kind('smoker', 'Smoker', 3, 'furnace'),
  blast_furnace: kind('blast_furnace', 'Blast Furnace', 3, 'furnace'),
  chest: kind('generic_9x3', 'Chest', 27, 'chest'),
  trapped_chest: kind('generic_9x3', 'Trapped Chest', 27, 'chest'),
  ender_chest: kind('generic_9x3', 'Ender Chest', 27, 'ender'),
  barrel: kind('generic_9x3', 'Barrel', 27, 'plain'),
  dispenser: kind('generic_3x3', 'Dispenser', 9, 'plain'),
  dropper: kind('generic_3x3', 'Dropper', 9, 'plain'),
  hopper: kind('hopper', 'Item Hopper', 5, 'plain')
})
const SHULKER_BOX = kind('shulker_box', 'Shulker Box', 27, 'shulker')

const isShulkerBox = (/** @type {string} */ name) => /(^|_)shulker_box$/.test(name)

/** @returns {Kind | undefined} */
const kindOf = (/** @type {string} */ name) => isShulkerBox(name) ? SHULKER_BOX : KINDS[name]

module.exports = { kindOf, isShulkerBox }
