'use strict'
/** Campfires: up to four pieces of food that cook for half a minute each and then jump off. */

const { smeltedFrom } = require('../inventory/smelting')
const { keyOf } = require('./block_entities')

const PLACES = 4
const COOKING_TICKS = 600

/** @typedef {{x: number, y: number, z: number}} Point */

class Campfires {
  /** @param {any} game */
  constructor (game) {
    this.game = game
  }

  /** Lays the held food on the fire. @returns {boolean} */
  add (/** @type {any} */ player, /** @type {Point} */ { x, y, z }, /** @type {any} */ held, /** @type {number} */ state) {
    const { containers, items, windows, blocks } = this.game
    if (!held || !smeltedFrom(held.name, 'campfire')) return false
    const key = keyOf({ x, y, z })
    if (!containers.holders.has(key)) {
      const type = blocks.nameOf(state)
      containers.holders.set(key, { type, x, y, z, slots: new Array(PLACES).fill(null), cookedTicks: new Array(PLACES).fill(0) })
    }
    const fire = containers.holders.get(key)
    const place = fire.slots.indexOf(null)
    if (place < 0) return true
    fire.slots[place] = items.clone(held, 1)
    fire.cookedTicks[place] = 0
    windows.spendHeld(player)
    return true
  }

  tick () {
    const { containers, world, blocks } = this.game
    for (const fire of containers.holders.values()) {
      if (fire.cookedTicks === undefined || !world.isLoaded(fire.x, fire.z)) continue
      if (blocks.properties(world.get(fire.x, fire.y, fire.z)).lit) this.#cook(fire)
    }
  }

  #cook (/** @type {any} */ fire) {
    const { items, itemEntities, saving } = this.game
    for (let place = 0; place < PLACES; place++) {
      const food = fire.slots[place]
      if (!food || ++fire.cookedTicks[place] < COOKING_TICKS) continue
      fire.slots[place] = null
      itemEntities.spawn({ x: fire.x + 0.5, y: fire.y + 0.5, z: fire.z + 0.5 }, items.create(smeltedFrom(food.name, 'campfire')))
      saving.markChanged()
    }
  }
}

module.exports = { Campfires }
