'use strict'
/**
 * Grass blocks and mycelium: they spread to dirt in the light, die under what takes the light, and bone meal lets grass and
 * flowers come up. Also ice and snow that melt beside lights. Only where somebody built, see `random_ticks.js`.
 */

const SPREADING_LIGHT = 9
const TRIES = 4
const MELTING_LIGHT = 11
const OPAQUE = 15
/** Bone meal on grass: so many walks of a few steps; one plant in so many is a flower. */
const WALKS = 128
const STEPS_PER_WALK = 16
const TALL_ODDS = 10
const FLOWER_ODDS = 8
const FLOWERS = /** @type {Record<string, string[]>} */ ({
  plains: ['dandelion', 'poppy', 'azure_bluet', 'oxeye_daisy', 'cornflower', 'orange_tulip', 'red_tulip', 'pink_tulip', 'white_tulip'],
  swamp: ['blue_orchid'],
  forest: ['dandelion', 'poppy', 'lily_of_the_valley']
})
const COMMON_FLOWERS = ['dandelion', 'poppy']

/** @typedef {{x: number, y: number, z: number}} Point */

class Grass {
  /** @param {any} game */
  constructor (game) {
    this.game = game
    const { randomTicks, light, world } = game
    randomTicks.on(['grass_block', 'mycelium'], (/** @type {Point} */ at, /** @type {number} */ state) => this.#live(at, state), { whereEdited: true })
    randomTicks.on(['snow'], (/** @type {Point} */ { x, y, z }) => {
      if (light.block(x, y, z) > MELTING_LIGHT) world.set(x, y, z, 0)
    }, { whereEdited: true })
    randomTicks.on(['ice'], (/** @type {Point} */ { x, y, z }) => {
      if (light.block(x, y, z) > MELTING_LIGHT - 1) world.set(x, y, z, game.blocks.water.first)
    }, { whereEdited: true })
    game.updates.on(['grass_block', 'mycelium', 'podzol'], (/** @type {Point} */ at, /** @type {number} */ state) => this.#coverWithSnow(at, state))
  }

  #live (/** @type {Point} */ { x, y, z }, /** @type {number} */ state) {
    const { world, blocks, light, random } = this.game
    if (!this.#isLit({ x, y, z })) return world.set(x, y, z, blocks.defaultOf('dirt'))
    if (light.at(x, y + 1, z) < SPREADING_LIGHT) return
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const at = { x: x + random.between(-1, 1), y: y + random.between(-3, 1), z: z + random.between(-1, 1) }
      if (!world.isLoaded(at.x, at.z) || blocks.nameOf(world.get(at.x, at.y, at.z)) !== 'dirt') continue
      const above = world.get(at.x, at.y + 1, at.z)
      if (!this.#isLit(at) || blocks.isFluid(above)) continue
      world.set(at.x, at.y, at.z, blocks.withProperties(blocks.nameOf(state), { snowy: blocks.nameOf(above) === 'snow' }))
    }
  }

  /** Whether light gets through what is above. */
  #isLit (/** @type {Point} */ { x, y, z }) {
    const { world, blocks } = this.game
    const above = world.get(x, y + 1, z)
    if (above === 0) return true
    const { name, filterLight } = blocks.block(above)
    if (name === 'snow') return blocks.properties(above).layers === 1
    return !blocks.isFluid(above) && filterLight < OPAQUE
  }

  #coverWithSnow (/** @type {Point} */ { x, y, z }, /** @type {number} */ state) {
    const { world, blocks } = this.game
    const snowy = /^(snow|snow_block|powder_snow)$/.test(blocks.nameOf(world.get(x, y + 1, z)))
    if (blocks.properties(state).snowy !== snowy) world.set(x, y, z, blocks.change(state, { snowy }))
  }

  /** Bone meal on a grass block. @returns {boolean} */
  feed (/** @type {Point} */ at) {
    const { world, random } = this.game
    if (world.get(at.x, at.y + 1, at.z) !== 0) return false
    for (let walk = 0; walk < WALKS; walk++) {
      const place = { x: at.x, y: at.y + 1, z: at.z }
      if (this.#wander(place, Math.floor(walk / STEPS_PER_WALK)) && random.chance(0.5)) this.#sprout(place)
    }
    return true
  }

  /** Walks some steps over grass. @returns {boolean} whether it stayed on it */
  #wander (/** @type {Point} */ place, /** @type {number} */ steps) {
    const { world, blocks, random } = this.game
    for (let step = 0; step < steps; step++) {
      place.x += random.between(-1, 1)
      place.y += Math.trunc(random.between(-1, 1) * random.between(0, 2) / 2)
      place.z += random.between(-1, 1)
      if (blocks.nameOf(world.get(place.x, place.y - 1, place.z)) !== 'grass_block') return false
    }
    return true
  }

  #sprout (/** @type {Point} */ { x, y, z }) {
    const { world, blocks, random, growth } = this.game
    const there = world.get(x, y, z)
    if (blocks.nameOf(there) === 'short_grass' && random.between(1, TALL_ODDS) === 1) growth.fertilise({ x, y, z })
    if (there !== 0) return
    const flowers = FLOWERS[world.terrain.biomeAt(x, z)] ?? COMMON_FLOWERS
    world.set(x, y, z, blocks.defaultOf(random.between(1, FLOWER_ODDS) === 1 ? random.pick(flowers) : 'short_grass'))
  }
}

module.exports = { Grass }
