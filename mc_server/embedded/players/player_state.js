'use strict'
/**
 * What is known of a player, as it starts, as it is kept, and as it is taken up again.
 *
 * Everything in `player.survivor` is kept (plain JSON values), but for what belongs to the connection and what the hand is
 * doing at this moment. Items outside the inventory's slots (on the cursor, in a crafting grid) are kept as `unplaced` and
 * given back in the next tick.
 */

const { Vec3 } = require('vec3')
const { playerView, gridSlots, INVENTORY_SIZE } = require('../inventory/window_views')

/** What of `survivor` is not kept, besides the slots, which are kept in their own way. */
const MOMENTARY = new Set([
  'inventory', 'view', 'cursor', 'remoteCursor', 'drag', 'windowId', 'stateId', 'teleportId', 'awaitedTeleport', 'columns', 'centre',
  'complete', 'shownEquipment', 'lastPosition', 'digging', 'using', 'shownLooks', 'newcomer'
])
/** What of `survivor` belongs to the connection and outlives a return to an earlier state. */
const OF_CONNECTION = ['windowId', 'stateId', 'teleportId', 'columns']
const GRID_END = 5

/** A player who was never here. */
function freshSurvivor (/** @type {any} */ game) {
  const slots = new Array(INVENTORY_SIZE).fill(null)
  const inventory = playerView(slots)
  return {
    ...game.health.fresh(),
    slots,
    inventory,
    view: inventory,
    heldSlot: 0,
    cursor: null,
    remoteCursor: null,
    drag: null,
    windowId: 0,
    stateId: 0,
    unplaced: [],
    gameMode: game.rules.defaultGameMode,
    experience: 0,
    yaw: 0,
    pitch: 0,
    onGround: true,
    sprinting: false,
    sneaking: false,
    lastAttackTick: -100,
    teleportId: 0,
    awaitedTeleport: null,
    bed: null,
    /** Where `/spawnpoint` lets the player come back to life. */
    forcedSpawn: null,
    asleepSince: null,
    columns: new Set(),
    centre: null,
    complete: false,
    shownEquipment: null
  }
}

/** What of a player is kept: a JSON value. */
function packPlayer (/** @type {any} */ game, /** @type {any} */ player) {
  const { survivor, position: { x, y, z }, username } = player
  const { items } = game
  const kept = Object.fromEntries(Object.entries(survivor).filter(([name]) => !MOMENTARY.has(name)))
  return {
    ...kept,
    username,
    position: [x, y, z],
    slots: survivor.slots.map((/** @type {any} */ item, /** @type {number} */ slot) => slot < GRID_END ? null : items.pack(item)),
    unplaced: unplacedOf(survivor).map(item => items.pack(item))
  }
}

/** @returns {any[]} items that lie in no slot that is kept */
function unplacedOf (/** @type {any} */ { unplaced, slots, view, inventory, cursor }) {
  const ownGrid = slots.slice(1, GRID_END)
  const grid = view === inventory ? [] : gridSlots(view).map(slot => view.get(slot))
  return [...unplaced, ...ownGrid, ...grid, cursor].filter(Boolean)
}

/**
 * Gives a player the state that was kept of it, or that of a newcomer.
 * @param {any} game
 * @param {any} player
 * @param {any} [packed]
 */
function unpackPlayer (game, player, packed) {
  const survivor = freshSurvivor(game)
  for (const name of OF_CONNECTION) if (player.survivor) Object.assign(survivor, { [name]: player.survivor[name] })
  player.survivor = survivor
  player.position = game.spawnPoint.clone()
  if (!packed) return
  const { username, position: [x, y, z], slots, unplaced, ...rest } = structuredClone(packed)
  player.position = new Vec3(x, y, z)
  Object.assign(survivor, rest, { unplaced: unplaced.map((/** @type {any} */ item) => game.items.unpack(item)) })
  slots.forEach((/** @type {any} */ item, /** @type {number} */ slot) => { survivor.slots[slot] = game.items.unpack(item) })
}

module.exports = { freshSurvivor, packPlayer, unpackPlayer }
