'use strict'
/**
 * What an open window shows: numbered slots over the player's inventory and over what a block holds.
 *
 * A view maps window slots to where the items really are, says which slots take which items, and marks the slot that
 * only gives (result). Slots of the player's inventory are numbered as in the protocol: 0 crafting result, 1-4 crafting
 * grid, 5-8 armour, 9-35 inventory, 36-44 hotbar, 45 off hand.
 */

const INVENTORY_SIZE = 46
const FIRST_STORAGE = 9
const FIRST_HOTBAR = 36
const END_HOTBAR = 45
const OFF_HAND = 45

/** Armour slot of an item, or 0. */
function armourSlot (/** @type {any} */ item) {
  if (/_helmet$|_skull$|_head$|^carved_pumpkin$/.test(item.name)) return 5
  if (/_chestplate$|^elytra$/.test(item.name)) return 6
  if (/_leggings$/.test(item.name)) return 7
  if (/_boots$/.test(item.name)) return 8
  return 0
}

/**
 * @typedef {object} View
 * @property {number} id window id; 0 is the player's own inventory
 * @property {number} size number of slots
 * @property {number} storageStart first slot of the player's storage in this window
 * @property {number} storageEnd slot after the player's hotbar in this window
 * @property {number} resultSlot slot that only gives; -1 without one
 * @property {{first: number, width: number} | null} grid crafting grid
 * @property {(slot: number) => any} get
 * @property {(slot: number, item: any) => void} set
 * @property {(slot: number, item: any) => boolean} accepts
 * @property {((item: any) => [number, number][]) | null} shiftTargets ranges a shift-click from the inventory fills
 * @property {((item: any) => void) | null} onTake called with what was taken from the result slot
 * @property {any[]} holders what of the world is shown (block entities)
 * @property {any[]} remote the client's belief about each slot
 */

/** @returns {View} */
function playerView (/** @type {any[]} */ slots) {
  return {
    id: 0,
    size: INVENTORY_SIZE,
    storageStart: FIRST_STORAGE,
    storageEnd: END_HOTBAR,
    resultSlot: 0,
    grid: { first: 1, width: 2 },
    get: slot => slots[slot] ?? null,
    set: (slot, item) => { slots[slot] = item },
    accepts: (slot, item) => {
      if (slot === 0) return false
      return slot >= 5 && slot <= 8 ? armourSlot(item) === slot : true
    },
    shiftTargets: null,
    onTake: null,
    holders: [],
    remote: new Array(INVENTORY_SIZE).fill(null)
  }
}

/**
 * A window over `count` slots of a block, followed by the player's storage and hotbar.
 * @param {number} id
 * @param {any[]} playerSlots
 * @param {number} count
 * @param {{get: (slot: number) => any, set: (slot: number, item: any) => void}} store
 * @param {Partial<View>} [rules]
 * @returns {View}
 */
function blockView (id, playerSlots, count, store, rules = {}) {
  return {
    id,
    size: count + 36,
    storageStart: count,
    storageEnd: count + 36,
    resultSlot: -1,
    grid: null,
    get: slot => (slot < count ? store.get(slot) : playerSlots[slot - count + FIRST_STORAGE]) ?? null,
    set: (slot, item) => {
      if (slot < count) store.set(slot, item)
      else playerSlots[slot - count + FIRST_STORAGE] = item
    },
    accepts: () => true,
    shiftTargets: null,
    onTake: null,
    holders: [],
    remote: [],
    ...rules
  }
}

/** Slots of a view's crafting grid. */
function gridSlots (/** @type {View} */ view) {
  if (!view.grid) return []
  const { first, width } = view.grid
  return Array.from({ length: width * width }, (_, index) => first + index)
}

module.exports = {
  playerView, blockView, gridSlots, armourSlot, INVENTORY_SIZE, FIRST_STORAGE, FIRST_HOTBAR, END_HOTBAR, OFF_HAND
}
