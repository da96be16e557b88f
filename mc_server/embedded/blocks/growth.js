'use strict'
/** Bone meal: what it does to each plant. How plants grow without it is said in `plants.js`, `saplings.js` and `grass.js`. */

const SAPLING_CHANCE = 0.45
/** Small plants that become tall ones. */
const TALLER = /** @type {Record<string, string>} */ ({ short_grass: 'tall_grass', fern: 'large_fern', seagrass: 'tall_seagrass' })
/** Tall flowers give another of themselves. */
const TALL_FLOWER = /^(sunflower|lilac|rose_bush|peony)$/
const MOST_PETALS = 4

/** @typedef {{x: number, y: number, z: number}} Point */

class Growth {
  /** @param {any} game */
  constructor (game) {
    this.game = game
  }

  /** @returns {boolean} whether bone meal was used up on the block */
  fertilise (/** @type {Point} */ at) {
    const { world, blocks, plants, grass, saplings, items, itemEntities } = this.game
    const state = world.get(at.x, at.y, at.z)
    const name = blocks.nameOf(state)
    if (plants.feeding[name]) return plants.feeding[name](at, state)
    if (saplings.names.includes(name)) return this.#feedSapling(at, state)
    if (name === 'grass_block') return grass.feed(at)
    if (name in TALLER) return this.#heighten(at, TALLER[name])
    if (name === 'pink_petals') return this.#addPetals(at, state)
    if (TALL_FLOWER.test(name)) itemEntities.spawnInBlock(at, items.create(name))
    return TALL_FLOWER.test(name)
  }

  #feedSapling (/** @type {Point} */ at, /** @type {number} */ state) {
    if (this.game.random.chance(SAPLING_CHANCE)) this.game.saplings.advance(at, state)
    return true
  }

  #heighten (/** @type {Point} */ { x, y, z }, /** @type {string} */ name) {
    const { world, blocks } = this.game
    const room = name === 'tall_seagrass' ? blocks.water.first : 0
    if (world.get(x, y + 1, z) !== room) return false
    world.set(x, y, z, blocks.withProperties(name, { half: 'lower' }))
    world.set(x, y + 1, z, blocks.withProperties(name, { half: 'upper' }))
    return true
  }

  #addPetals (/** @type {Point} */ at, /** @type {number} */ state) {
    const { world, blocks, items, itemEntities } = this.game
    const amount = Number(blocks.properties(state).flower_amount)
    if (amount < MOST_PETALS) world.set(at.x, at.y, at.z, blocks.change(state, { flower_amount: amount + 1 }))
    else itemEntities.spawnInBlock(at, items.create('pink_petals'))
    return true
  }
}

module.exports = { Growth }
