'use strict'
/** Blocks with a window: crafting tables, furnaces, chests; and what they hold (block entities). */

const { blockView } = require('./window_views')
const { isFuel, isSmeltable } = require('./smelting')
const { chestPartner } = require('./pairs')

const CHEST_SLOTS = 27
const FURNACE = { INPUT: 0, FUEL: 1, OUTPUT: 2, SLOTS: 3 }

const keyOf = (/** @type {{x: number, y: number, z: number}} */ { x, y, z }) => `${x},${y},${z}`

class Containers {
  /** @param {any} game */
  constructor (game) {
    this.game = game
    /** What blocks hold, by position. @type {Map<string, any>} */
    this.holders = new Map()
  }

  /**
   * Opens the window of a block.
   * @returns {boolean} whether the block has one
   */
  open (/** @type {any} */ player, /** @type {{x: number, y: number, z: number}} */ at) {
    const name = this.#nameAt(at)
    if (name === 'crafting_table') this.#openCraftingTable(player)
    else if (name === 'furnace') this.#openFurnace(player, this.#holder(at, 'furnace', FURNACE.SLOTS))
    else if (name === 'chest') this.#openChest(player, at)
    else return false
    Object.assign(player.survivor.view, { at, blockName: name })
    return true
  }

  #nameAt (/** @type {{x: number, y: number, z: number}} */ { x, y, z }) {
    return this.game.blocks.nameOf(this.game.world.get(x, y, z))
  }

  /** Whether the block behind the open window is still there and near enough. */
  isStillOpen (/** @type {any} */ player) {
    const { at, blockName } = player.survivor.view
    return at === undefined || (this.#nameAt(at) === blockName && this.game.reach.isNear(player, at))
  }

  /** @returns {any} */
  #holder (/** @type {{x: number, y: number, z: number}} */ { x, y, z }, /** @type {string} */ type, /** @type {number} */ size) {
    const key = keyOf({ x, y, z })
    if (!this.holders.has(key)) {
      const furnace = type === 'furnace' ? { burnTicks: 0, burnTotal: 0, cookTicks: 0, experience: 0 } : {}
      this.holders.set(key, { type, x, y, z, slots: new Array(size).fill(null), ...furnace })
    }
    return this.holders.get(key)
  }

  #openCraftingTable (/** @type {any} */ player) {
    const cells = new Array(10).fill(null)
    const store = { get: (/** @type {number} */ slot) => cells[slot], set: (/** @type {number} */ slot, /** @type {any} */ item) => { cells[slot] = item } }
    this.game.windows.open(player, 'minecraft:crafting', 'Crafting', (/** @type {number} */ id) =>
      blockView(id, player.survivor.slots, 10, store, {
        grid: { first: 1, width: 3 }, resultSlot: 0, accepts: slot => slot !== 0
      }))
  }

  #openFurnace (/** @type {any} */ player, /** @type {any} */ furnace) {
    const store = { get: (/** @type {number} */ slot) => furnace.slots[slot], set: (/** @type {number} */ slot, /** @type {any} */ item) => { furnace.slots[slot] = item } }
    this.game.windows.open(player, 'minecraft:furnace', 'Furnace', (/** @type {number} */ id) =>
      blockView(id, player.survivor.slots, FURNACE.SLOTS, store, {
        resultSlot: FURNACE.OUTPUT,
        holders: [furnace],
        accepts: (slot, item) => slot !== FURNACE.OUTPUT && (slot !== FURNACE.FUEL || isFuel(item.name)),
        shiftTargets: item => {
          if (isSmeltable(item.name)) return [[FURNACE.INPUT, FURNACE.INPUT + 1]]
          return isFuel(item.name) ? [[FURNACE.FUEL, FURNACE.FUEL + 1]] : []
        },
        onTake: () => {
          this.game.experience.add(player, Math.floor(furnace.experience))
          furnace.experience -= Math.floor(furnace.experience)
        }
      }))
    this.game.furnaces.sendProgress(furnace)
  }

  #openChest (/** @type {any} */ player, /** @type {{x: number, y: number, z: number}} */ at) {
    const chests = this.#chestsOf(at)
    const half = (/** @type {number} */ slot) => chests[Math.floor(slot / CHEST_SLOTS)].slots
    const store = {
      get: (/** @type {number} */ slot) => half(slot)[slot % CHEST_SLOTS],
      set: (/** @type {number} */ slot, /** @type {any} */ item) => { half(slot)[slot % CHEST_SLOTS] = item }
    }
    const type = chests.length === 2 ? 'minecraft:generic_9x6' : 'minecraft:generic_9x3'
    this.game.windows.open(player, type, 'Chest', (/** @type {number} */ id) =>
      blockView(id, player.survivor.slots, CHEST_SLOTS * chests.length, store, { holders: chests }))
  }

  /** @returns {any[]} the chest, or both halves of a double chest with the upper rows first */
  #chestsOf (/** @type {{x: number, y: number, z: number}} */ at) {
    const { world, blocks } = this.game
    const properties = blocks.properties(world.get(at.x, at.y, at.z))
    const chest = this.#holder(at, 'chest', CHEST_SLOTS)
    const partner = chestPartner(at, properties)
    if (!partner || blocks.nameOf(world.get(partner.x, partner.y, partner.z)) !== 'chest') return [chest]
    const other = this.#holder(partner, 'chest', CHEST_SLOTS)
    return properties.type === 'right' ? [chest, other] : [other, chest]
  }

  /** A block goes: its contents fall out, and windows into it close. */
  spill (/** @type {{x: number, y: number, z: number}} */ at) {
    const holder = this.holders.get(keyOf(at))
    if (!holder) return
    for (const player of this.game.players.all()) {
      if (player.survivor.view.holders.includes(holder)) this.game.windows.forceClose(player)
    }
    for (const item of holder.slots) this.game.itemEntities.spawnInBlock(at, item)
    this.holders.delete(keyOf(at))
  }

  pack () {
    const { items } = this.game
    return [...this.holders.values()].map(holder =>
      ({ ...holder, slots: holder.slots.map((/** @type {any} */ item) => items.pack(item)) }))
  }

  unpack (/** @type {any[]} */ packed) {
    for (const holder of packed) {
      const slots = holder.slots.map((/** @type {any} */ item) => this.game.items.unpack(item))
      this.holders.set(keyOf(holder), { ...holder, slots })
    }
  }
}

module.exports = { Containers, FURNACE }
