'use strict'
/**
 * Farmland: wet near water or in the rain, else it dries and, with nothing planted on it, is dirt again; it is trampled by
 * falls, and it and paths become dirt under a whole block.
 */

const REACH = 4
const WET = 7
/** Falls shorter than that trample nothing; each block more makes it certain sooner. */
const SAFE_FALL = 0.5
const PLANTED = /^(wheat|carrots|potatoes|beetroots|(attached_)?(melon|pumpkin)_stem|torchflower_crop|pitcher_crop)$/
const NO_COVER = /_fence_gate$/

/** @typedef {{x: number, y: number, z: number}} Point */

class Farmland {
  /** @param {any} game */
  constructor (game) {
    this.game = game
    game.randomTicks.on(['farmland'], (/** @type {Point} */ at, /** @type {number} */ state) => this.#moisten(at, state))
    game.updates.on(['farmland', 'dirt_path'], (/** @type {Point} */ at) => {
      if (this.#isCovered(at)) this.#toDirt(at)
    })
  }

  /** Something fell on a block from some height. */
  trample (/** @type {Point} */ at, /** @type {number} */ fallDistance) {
    const { world, blocks, random } = this.game
    const state = world.get(at.x, at.y, at.z)
    if (blocks.nameOf(state) === 'farmland' && random.chance(fallDistance - SAFE_FALL)) this.#toDirt(at)
  }

  #moisten (/** @type {Point} */ at, /** @type {number} */ state) {
    const { world, blocks, weather } = this.game
    const { moisture } = blocks.properties(state)
    if (this.#isNearWater(at) || weather.rainsAt(at.x, at.y + 1, at.z)) {
      world.set(at.x, at.y, at.z, blocks.change(state, { moisture: WET }))
    } else if (moisture > 0) {
      world.set(at.x, at.y, at.z, blocks.change(state, { moisture: moisture - 1 }))
    } else if (!PLANTED.test(blocks.nameOf(world.get(at.x, at.y + 1, at.z)))) {
      this.#toDirt(at)
    }
  }

  #isNearWater (/** @type {Point} */ { x, y, z }) {
    const { world, blocks } = this.game
    for (let dx = -REACH; dx <= REACH; dx++) {
      for (let dz = -REACH; dz <= REACH; dz++) {
        for (const dy of [0, 1]) if (blocks.holdsWater(world.get(x + dx, y + dy, z + dz))) return true
      }
    }
    return false
  }

  #isCovered (/** @type {Point} */ { x, y, z }) {
    const { world, blocks } = this.game
    const above = world.get(x, y + 1, z)
    return blocks.solid[above] === 1 && !NO_COVER.test(blocks.nameOf(above))
  }

  #toDirt (/** @type {Point} */ { x, y, z }) {
    this.game.world.set(x, y, z, this.game.blocks.defaultOf('dirt'))
  }
}

module.exports = { Farmland }
