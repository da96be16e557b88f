'use strict'
/** Crops and saplings that grow, by themselves and with bone meal. Only planted ones: the others are grown already. */

const { CROPS } = require('./tables/drops')
const { crown } = require('./vegetation')

const MIN_Y = -64
const INTERVAL_TICKS = 20
/** Three of a section's 4096 blocks get a random tick each game tick, and a crop grows at about every fifth. */
const CROP_CHANCE = INTERVAL_TICKS * 3 / 4096 / 5
const SAPLING_CHANCE = INTERVAL_TICKS * 3 / 4096 / 14
const BONE_MEAL_SAPLING_CHANCE = 0.45
const TRUNK_HEIGHT = 5

/** @typedef {{x: number, y: number, z: number}} Point */

class Growth {
  /** @param {any} game */
  constructor (game) {
    this.game = game
  }

  tick () {
    if (this.game.tick % INTERVAL_TICKS !== 0) return
    for (const [key, edits] of this.game.world.overlay) {
      const [chunkX, chunkZ] = key.split(',').map(Number)
      if (!this.game.world.isLoaded(chunkX * 16, chunkZ * 16)) continue
      for (const [index, state] of edits) {
        const at = { x: chunkX * 16 + (index & 15), y: (index >> 8) + MIN_Y, z: chunkZ * 16 + ((index >> 4) & 15) }
        this.#grow(at, state)
      }
    }
  }

  #grow (/** @type {Point} */ at, /** @type {number} */ state) {
    const { blocks, random } = this.game
    if (state === 0) return
    const name = blocks.nameOf(state)
    if (name in CROPS && random.chance(CROP_CHANCE)) this.#age(at, state, 1)
    else if (name.endsWith('_sapling') && random.chance(SAPLING_CHANCE)) this.growTree(at)
  }

  /** @returns {boolean} whether bone meal was used up on the block */
  fertilise (/** @type {Point} */ at) {
    const { world, blocks, random } = this.game
    const state = world.get(at.x, at.y, at.z)
    const name = blocks.nameOf(state)
    if (name.endsWith('_sapling')) {
      if (random.chance(BONE_MEAL_SAPLING_CHANCE)) this.growTree(at)
      return true
    }
    return name in CROPS && this.#age(at, state, random.between(2, 5))
  }

  #age (/** @type {Point} */ { x, y, z }, /** @type {number} */ state, /** @type {number} */ by) {
    const { world, blocks } = this.game
    const age = Number(blocks.properties(state).age)
    const { ripeAge } = CROPS[blocks.nameOf(state)]
    if (age >= ripeAge) return false
    world.set(x, y, z, blocks.change(state, { age: Math.min(ripeAge, age + by) }))
    return true
  }

  /** A tree where the sapling is, if there is room. */
  growTree (/** @type {Point} */ { x, y, z }) {
    const { world, blocks } = this.game
    const kind = blocks.nameOf(world.get(x, y, z)).replace('_sapling', '')
    for (let level = 1; level <= TRUNK_HEIGHT; level++) {
      if (blocks.solid[world.get(x, y + level, z)]) return
    }
    const leaves = blocks.defaultOf(`${kind}_leaves`)
    for (const leaf of crown({ x, y, z, height: TRUNK_HEIGHT }, world.terrain.seed)) {
      if (world.get(leaf.x, leaf.y, leaf.z) === 0) world.set(leaf.x, leaf.y, leaf.z, leaves, { quiet: true })
    }
    for (let level = 0; level < TRUNK_HEIGHT; level++) {
      world.set(x, y + level, z, blocks.defaultOf(`${kind}_log`), { quiet: true })
    }
  }
}

module.exports = { Growth }
