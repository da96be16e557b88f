'use strict'
/** Blocks with a window: crafting tables, furnaces, chests and their like; and what they hold (block entities). */

const { blockView } = require('./window_views')
const { isFuel, smeltedFrom } = require('./smelting')
const { chestPartner } = require('../blocks/pairs')
const { kindOf, isShulkerBox } = require('./container_kinds')
const { packInto, unpackFrom } = require('./shulker_boxes')
const { keyOf } = require('../blocks/block_entities')

const FURNACE = { INPUT: 0, FUEL: 1, OUTPUT: 2 }
const LID = 1
/** An open barrel is looked at again this often: its viewers may be gone without having closed it. */
const LID_INTERVAL_TICKS = 5

/** @typedef {{x: number, y: number, z: number}} Point */
/** @typedef {import('./container_kinds').Kind} Kind */

/** Holders of what is in ender chests belong to players, not to places. */
const keyOfHolder = (/** @type {any} */ holder) => holder.owner === undefined ? keyOf(holder) : `ender ${holder.owner}`

class Containers {
  /** @param {any} game */
  constructor (game) {
    this.game = game
    /** What blocks hold, by position. @type {Map<string, any>} */
    this.holders = new Map()
    game.world.on('change', (/** @type {Point} */ at, /** @type {number} */ state, /** @type {number} */ old) => {
      if (this.holders.has(keyOf(at)) && game.blocks.block(state) !== game.blocks.block(old)) this.spill(at)
    })
  }

  /**
   * Opens the window of a block.
   * @returns {boolean} whether the block has one
   */
  open (/** @type {any} */ player, /** @type {Point} */ at) {
    const name = this.#nameAt(at)
    const kind = kindOf(name)
    if (kind === undefined) return false
    if (this.#isBlocked(at, kind)) return true
    if (kind.manner === 'table') this.#openCraftingTable(player, kind)
    else if (kind.manner === 'furnace') this.#openFurnace(player, this.#holder(at, name, kind), kind)
    else this.#openStore(player, kind, this.#holdersFor(player, at, name, kind))
    Object.assign(player.survivor.view, { at, blockName: name })
    this.showLid(at)
    return true
  }

  #nameAt (/** @type {Point} */ { x, y, z }) {
    return this.game.blocks.nameOf(this.game.world.get(x, y, z))
  }

  /** A whole block above keeps a chest shut; a double one needs room above both halves. */
  #isBlocked (/** @type {Point} */ at, /** @type {Kind} */ { manner }) {
    if (manner !== 'chest' && manner !== 'ender') return false
    const { world, blocks } = this.game
    const partner = manner === 'chest' ? this.#partnerOf(at) : null
    return [at, partner].some(each => {
      if (!each) return false
      const above = world.get(each.x, each.y + 1, each.z)
      return !blocks.block(above).transparent && ['down', 'up', 'north', 'east'].every(face => blocks.isSturdy(above, face))
    })
  }

  /** @returns {Point | null} the other half of a double chest */
  #partnerOf (/** @type {Point} */ at) {
    const { world, blocks } = this.game
    const partner = chestPartner(at, blocks.properties(world.get(at.x, at.y, at.z)))
    return partner && this.#nameAt(partner) === this.#nameAt(at) ? partner : null
  }

  /** Whether the block behind the open window is still there and near enough. */
  isStillOpen (/** @type {any} */ player) {
    const { at, blockName } = player.survivor.view
    return at === undefined || (this.#nameAt(at) === blockName && this.game.reach.isNear(player, at))
  }

  /** @returns {any} what a block holds */
  #holder (/** @type {Point} */ { x, y, z }, /** @type {string} */ type, /** @type {Kind} */ { size, manner }) {
    const key = keyOf({ x, y, z })
    if (!this.holders.has(key)) {
      const furnace = manner === 'furnace' ? { burnTicks: 0, burnTotal: 0, cookTicks: 0, experience: 0 } : {}
      this.holders.set(key, { type, x, y, z, slots: new Array(size).fill(null), ...furnace })
    }
    return this.holders.get(key)
  }

  /** @returns {any} what the container at a place holds, by itself; null where there is none, or one that belongs to no place */
  holderAt (/** @type {Point} */ at) {
    const name = this.#nameAt(at)
    const kind = kindOf(name)
    return kind && kind.manner !== 'table' && kind.manner !== 'ender' ? this.#holder(at, name, kind) : null
  }

  /** @returns {any[]} what a window shows: one holder, or both halves of a double chest with the upper rows first */
  #holdersFor (/** @type {any} */ player, /** @type {Point} */ at, /** @type {string} */ name, /** @type {Kind} */ kind) {
    if (kind.manner === 'ender') return [this.#enderChestOf(player.username, kind)]
    const holder = this.#holder(at, name, kind)
    const partner = kind.manner === 'chest' ? this.#partnerOf(at) : null
    if (!partner) return [holder]
    const other = this.#holder(partner, name, kind)
    const { type } = this.game.blocks.properties(this.game.world.get(at.x, at.y, at.z))
    return type === 'right' ? [holder, other] : [other, holder]
  }

  #enderChestOf (/** @type {string} */ owner, /** @type {Kind} */ { size }) {
    const chest = { type: 'ender_chest', owner, slots: new Array(size).fill(null) }
    const key = keyOfHolder(chest)
    if (!this.holders.has(key)) this.holders.set(key, chest)
    return this.holders.get(key)
  }

  #openCraftingTable (/** @type {any} */ player, /** @type {Kind} */ { window, title, size }) {
    this.game.windows.open(player, window, title, (/** @type {number} */ id) =>
      blockView(id, player.survivor.slots, size, storeOf([{ slots: new Array(size).fill(null) }], size), {
        grid: { first: 1, width: 3 }, resultSlot: 0, accepts: slot => slot !== 0
      }))
  }

  #openFurnace (/** @type {any} */ player, /** @type {any} */ furnace, /** @type {Kind} */ { window, title, size }) {
    const { windows, furnaces } = this.game
    windows.open(player, window, title, (/** @type {number} */ id) =>
      blockView(id, player.survivor.slots, size, storeOf([furnace], size), {
        resultSlot: FURNACE.OUTPUT,
        holders: [furnace],
        accepts: (slot, item) => slot !== FURNACE.OUTPUT && (slot !== FURNACE.FUEL || isFuel(item.name)),
        shiftTargets: item => {
          if (smeltedFrom(item.name, furnace.type)) return [[FURNACE.INPUT, FURNACE.INPUT + 1]]
          return isFuel(item.name) ? [[FURNACE.FUEL, FURNACE.FUEL + 1]] : []
        },
        onTake: () => furnaces.giveExperience(furnace, player.position)
      }))
    furnaces.sendProgress(furnace)
  }

  #openStore (/** @type {any} */ player, /** @type {Kind} */ { window, title, size, manner }, /** @type {any[]} */ holders) {
    const double = holders.length === 2
    this.game.windows.open(player, double ? 'minecraft:generic_9x6' : window, double ? `Large ${title}` : title, (/** @type {number} */ id) =>
      blockView(id, player.survivor.slots, size * holders.length, storeOf(holders, size), {
        holders,
        accepts: (slot, item) => slot >= size || manner !== 'shulker' || !isShulkerBox(item.name)
      }))
  }

  /** Called when a view was closed. */
  closed (/** @type {any} */ { at }) {
    if (at) this.showLid(at)
  }

  /** Opens and shuts lids and barrels for everybody who sees them. */
  showLid (/** @type {Point} */ at) {
    const { world, blocks, players, blockTicks } = this.game
    const state = world.get(at.x, at.y, at.z)
    const { name, id } = blocks.block(state)
    const viewers = players.all().filter((/** @type {any} */ { survivor: { view } }) =>
      view.at && (keyOf(view.at) === keyOf(at) || view.holders.includes(this.holders.get(keyOf(at))))).length
    if (name === 'barrel') {
      world.set(at.x, at.y, at.z, blocks.change(state, { open: viewers > 0 }), { quiet: true })
      if (viewers > 0) blockTicks.schedule(at, LID_INTERVAL_TICKS, 'lid')
    } else if (/chest$/.test(name) || isShulkerBox(name)) {
      const partner = /^(trapped_)?chest$/.test(name) ? this.#partnerOf(at) : null
      for (const location of partner ? [at, partner] : [at]) {
        players.broadcast('block_action', { location, byte1: LID, byte2: viewers, blockId: id })
      }
    }
  }

  /** Windows into a block close, as when it becomes part of another. */
  closeWindows (/** @type {Point} */ at) {
    const holder = this.holders.get(keyOf(at))
    for (const player of this.game.players.all()) {
      if (holder && player.survivor.view.holders.includes(holder)) this.game.windows.forceClose(player)
    }
  }

  /** A block was placed that brings its contents: a shulker box. */
  fill (/** @type {Point} */ at, /** @type {any} */ item) {
    const kind = kindOf(item.name)
    if (kind?.manner !== 'shulker' || !item.nbt) return
    this.#holder(at, item.name, kind).slots = unpackFrom(this.game.items, item, kind.size)
  }

  /**
   * A block goes: its contents fall out, and windows into it close.
   * @param {Point} at
   * @param {any[]} [dropped] what the block itself leaves; a shulker box among it takes the contents along
   */
  spill (at, dropped = []) {
    const holder = this.holders.get(keyOf(at))
    if (!holder) return
    this.closeWindows(at)
    this.holders.delete(keyOf(at))
    const box = dropped.find(item => item.name === holder.type && isShulkerBox(item.name))
    if (box) return packInto(this.game.items, box, holder.slots)
    for (const item of holder.slots) this.game.itemEntities.spawnInBlock(at, item)
    if (holder.experience > 0) this.game.furnaces.giveExperience(holder, { x: at.x + 0.5, y: at.y + 0.5, z: at.z + 0.5 })
  }

  pack () {
    const { items } = this.game
    return [...this.holders.values()].map(holder =>
      ({ ...holder, slots: holder.slots.map((/** @type {any} */ item) => items.pack(item)) }))
  }

  unpack (/** @type {any[]} */ packed) {
    this.holders.clear()
    for (const holder of structuredClone(packed)) {
      const slots = holder.slots.map((/** @type {any} */ item) => this.game.items.unpack(item))
      this.holders.set(keyOfHolder(holder), { ...holder, slots })
    }
  }
}

/** The slots of several holders of one size, one after the other. */
function storeOf (/** @type {{slots: any[]}[]} */ holders, /** @type {number} */ size) {
  const slotsFor = (/** @type {number} */ slot) => holders[Math.floor(slot / size)].slots
  return {
    get: (/** @type {number} */ slot) => slotsFor(slot)[slot % size],
    set: (/** @type {number} */ slot, /** @type {any} */ item) => { slotsFor(slot)[slot % size] = item }
  }
}

module.exports = { Containers, FURNACE }
