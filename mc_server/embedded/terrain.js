'use strict'
/**
 * The shape of the land as a function of seed and coordinates: height, biome, cave mouths, trees.
 *
 * Nothing here touches blocks; `world_generator.js` builds chunks from it, `spawn_point.js` looks for a good start.
 */

const { hash, Random } = require('./random')
const { noise2, octaves2 } = require('./noise')

/** Height of the topmost block of water. */
const SEA_LEVEL = 62

/** Trees tried per chunk. */
const TREES_PER_CHUNK = /** @type {Record<string, number>} */ ({
  forest: 7, birch_forest: 6, taiga: 6, plains: 0.7, desert: 0
})

/** How near two trunks may stand, in blocks. */
const TREE_SPACING = 3

/**
 * A tree: `y` is the block of the lowest log, `height` the number of logs.
 * @typedef {{x: number, y: number, z: number, height: number, kind: 'oak' | 'birch' | 'spruce'}} Tree
 */

class Terrain {
  /** @param {number} seed */
  constructor (seed) {
    this.seed = seed | 0
  }

  /** Height of the topmost solid block. */
  heightAt (/** @type {number} */ x, /** @type {number} */ z) {
    const land = octaves2(this.seed ^ 11, x / 180, z / 180, 4) + 0.12
    const hill = Math.max(0, octaves2(this.seed ^ 44, x / 90, z / 90, 3))
    const bumps = noise2(this.seed ^ 55, x / 14, z / 14) * 1.2
    return Math.floor(65 + land * 16 + hill * hill * 34 + bumps)
  }

  /** @returns {string} a biome of dry land, also where water covers it */
  biomeAt (/** @type {number} */ x, /** @type {number} */ z) {
    const warmth = octaves2(this.seed ^ 22, x / 220, z / 220, 2)
    const wetness = octaves2(this.seed ^ 33, x / 200, z / 200, 2)
    if (warmth > 0.33 && wetness < 0.1) return 'desert'
    if (warmth < -0.38) return 'taiga'
    if (wetness > 0.02) return warmth > 0.12 ? 'birch_forest' : 'forest'
    return 'plains'
  }

  /** Whether caves may break through the surface here. */
  isCaveMouth (/** @type {number} */ x, /** @type {number} */ z) {
    return noise2(this.seed ^ 66, x / 40, z / 40) > 0.55
  }

  /**
   * Trees rooted in a chunk; their crowns may hang over its neighbours.
   * @param {number} chunkX
   * @param {number} chunkZ
   * @returns {Tree[]}
   */
  treesIn (chunkX, chunkZ) {
    const random = new Random(hash(this.seed, chunkX, chunkZ, 777))
    const density = TREES_PER_CHUNK[this.biomeAt(chunkX * 16 + 8, chunkZ * 16 + 8)]
    const tries = Math.floor(density) + (random.chance(density % 1) ? 1 : 0)
    /** @type {Tree[]} */
    const trees = []
    for (let attempt = 0; attempt < tries; attempt++) {
      const x = chunkX * 16 + random.between(0, 15)
      const z = chunkZ * 16 + random.between(0, 15)
      const height = random.between(4, 6)
      const choice = random.next()
      if (!this.#canRoot(x, z)) continue
      if (trees.some(tree => Math.abs(tree.x - x) < TREE_SPACING && Math.abs(tree.z - z) < TREE_SPACING)) continue
      trees.push(this.#tree(x, z, height, choice))
    }
    return trees
  }

  #canRoot (/** @type {number} */ x, /** @type {number} */ z) {
    return this.heightAt(x, z) > SEA_LEVEL + 1 && !this.isCaveMouth(x, z) && this.biomeAt(x, z) !== 'desert'
  }

  /** @returns {Tree} */
  #tree (/** @type {number} */ x, /** @type {number} */ z, /** @type {number} */ height, /** @type {number} */ choice) {
    const biome = this.biomeAt(x, z)
    const y = this.heightAt(x, z) + 1
    if (biome === 'taiga') return { x, y, z, height: height + 2, kind: 'spruce' }
    const birches = biome === 'birch_forest' ? 0.8 : 0.1
    return { x, y, z, height, kind: choice < birches ? 'birch' : 'oak' }
  }
}

module.exports = { Terrain, SEA_LEVEL }
