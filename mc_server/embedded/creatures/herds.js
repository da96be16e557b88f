'use strict'
/** The animals that are there from the start: herds that stand in new land, the first time somebody sees it. */

const { hash, Random } = require('../random')
const { animalsOf, rabbitCoats, pickRow } = require('./habitats')

/** Share of chunks with a herd, and near the start of the world. */
const HERD_CHANCE = 0.1
const HERD_CHANCE_AT_START = 0.25
const START_RADIUS_CHUNKS = 3
const BABY_CHANCE = 0.05

class Herds {
  /** @param {any} game */
  constructor (game) {
    this.game = game
    /** Columns whose herd was already placed. @type {Set<string>} */
    this.herded = new Set()
  }

  pack () {
    return [...this.herded]
  }

  unpack (/** @type {string[]} */ herded) {
    this.herded = new Set(herded)
  }

  /** Places the herd of a column; whether there is one depends on the world's seed alone. */
  populate (/** @type {number} */ chunkX, /** @type {number} */ chunkZ) {
    const key = `${chunkX},${chunkZ}`
    if (this.herded.has(key)) return
    const { world, spawnPoint, spawning } = this.game
    const random = new Random(hash(world.terrain.seed, chunkX, chunkZ, 4242))
    const fromStart = Math.max(Math.abs((spawnPoint.x >> 4) - chunkX), Math.abs((spawnPoint.z >> 4) - chunkZ))
    const biome = world.terrain.biomeAt(chunkX * 16 + 8, chunkZ * 16 + 8)
    const row = pickRow(animalsOf(biome), random)
    if (!random.chance(fromStart <= START_RADIUS_CHUNKS ? HERD_CHANCE_AT_START : HERD_CHANCE) || !row) return
    this.herded.add(key)
    if (!spawning.enabled) return
    const [kind, , low, high] = row
    const coat = random.pick(rabbitCoats(biome))
    for (let count = random.between(low, high); count > 0; count--) {
      this.#place(kind, chunkX * 16 + 2 + random.between(0, 11) + 0.5, chunkZ * 16 + 2 + random.between(0, 11) + 0.5, { baby: random.chance(BABY_CHANCE), coat })
    }
  }

  #place (/** @type {string} */ kind, /** @type {number} */ x, /** @type {number} */ z, /** @type {Record<string, any>} */ options) {
    const { world, creatures, spawning } = this.game
    const at = { x, y: world.terrain.heightAt(Math.floor(x), Math.floor(z)) + 1, z }
    if (spawning.hasRoom(kind, at) && spawning.hasPasture(kind, at)) creatures.spawn(kind, at, options)
  }
}

module.exports = { Herds }
