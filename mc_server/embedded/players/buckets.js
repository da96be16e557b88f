'use strict'
/** Buckets and bottles: taking up water and lava, pouring them out, also into and out of what stands in water. */

/** @typedef {{x: number, y: number, z: number}} Point */

class Buckets {
  /** @param {any} game */
  constructor (game) {
    this.game = game
  }

  /** @returns {boolean} whether the held item is one that scoops or pours */
  use (/** @type {any} */ player, /** @type {any} */ held) {
    if (held.name === 'bucket') this.#scoop(player)
    else if (held.name === 'water_bucket' || held.name === 'lava_bucket') this.#pour(player, held.name.replace('_bucket', ''))
    else if (held.name === 'glass_bottle') this.#bottle(player)
    else return false
    return true
  }

  /** What a look meets first: a source of a fluid, or a block with a shape. @returns {{hit: Point, before: Point | null} | null} */
  #look (/** @type {any} */ player, /** @type {boolean} */ seesFluids) {
    const { reach, blocks } = this.game
    return reach.look(player, (/** @type {number} */ state) =>
      (seesFluids && blocks.isSource(state)) || (state !== 0 && !blocks.isFluid(state) && (blocks.shapeOf(state).length > 0 || blocks.holdsWater(state) || blocks.nameOf(state) === 'powder_snow')))
  }

  #scoop (/** @type {any} */ player) {
    const { blocks, world, items } = this.game
    const seen = this.#look(player, true)
    if (!seen) return
    const { x, y, z } = seen.hit
    const state = world.get(x, y, z)
    if (blocks.nameOf(state) === 'powder_snow') {
      world.set(x, y, z, 0)
      this.exchange(player, items.create('powder_snow_bucket'))
    } else if (blocks.properties(state).waterlogged === true) {
      world.set(x, y, z, blocks.change(state, { waterlogged: false }))
      this.exchange(player, items.create('water_bucket'))
    } else if (blocks.isSource(state)) {
      world.set(x, y, z, 0)
      this.exchange(player, items.create(blocks.isWater(state) ? 'water_bucket' : 'lava_bucket'))
    }
  }

  #pour (/** @type {any} */ player, /** @type {string} */ fluid) {
    const seen = this.#look(player, false)
    if (!seen) return
    const isFlooded = fluid === 'water' && this.#flood(seen.hit)
    if (!isFlooded && (!seen.before || !this.#fill(seen.before, fluid))) return
    if (this.game.gameModes.isCreative(player)) return
    this.game.windows.setHeld(player, this.game.items.create('bucket'))
  }

  /** Puts water into a block that can stand in it. */
  #flood (/** @type {Point} */ { x, y, z }) {
    const { blocks, world } = this.game
    const state = world.get(x, y, z)
    const { waterlogged, type } = blocks.properties(state)
    if (waterlogged !== false || type === 'double') return false
    const dry = /campfire$|(^|_)candle$/.test(blocks.nameOf(state)) ? { lit: false } : {}
    world.set(x, y, z, blocks.change(state, { waterlogged: true, ...dry }))
    return true
  }

  /** Plants and the like are washed away and leave what they drop. */
  #fill (/** @type {Point} */ at, /** @type {string} */ fluid) {
    const { blocks, world, breaking } = this.game
    const there = world.get(at.x, at.y, at.z)
    if (!blocks.replaceable[there]) return false
    if (!blocks.isFluid(there)) breaking.destroy(at)
    world.set(at.x, at.y, at.z, blocks.defaultOf(fluid))
    return true
  }

  #bottle (/** @type {any} */ player) {
    const { blocks, world } = this.game
    const seen = this.#look(player, true)
    if (seen && blocks.holdsWater(world.get(seen.hit.x, seen.hit.y, seen.hit.z))) this.exchange(player, this.waterBottle())
  }

  /** @returns {any} */
  waterBottle () {
    const potion = this.game.items.create('potion')
    potion.nbt = { type: 'compound', name: '', value: { Potion: { type: 'string', value: 'minecraft:water' } } }
    return potion
  }

  /** One of the held stack becomes another item; it takes the hand when that is free. */
  exchange (/** @type {any} */ player, /** @type {any} */ item) {
    const { windows, itemEntities, gameModes } = this.game
    if (gameModes.isCreative(player)) return
    if (windows.held(player).count === 1) return windows.setHeld(player, item)
    windows.spendHeld(player)
    if (windows.give(player, item) > 0) itemEntities.throwFrom(player, item)
  }
}

module.exports = { Buckets }
