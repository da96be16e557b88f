'use strict'
/**
 * The shape of the land as a function of seed and coordinates: heights, biomes, trees, where caves may open.
 *
 * Nothing here touches blocks; `world_generator.js` builds chunks from it, `spawn_point.js` looks for a good start. What was
 * computed of a chunk is remembered for a while, which changes nothing but speed.
 */

const { createTile } = require('./tile')
const { treesOf } = require('./forest')
const { surfacePool } = require('./pools')
const { SEA_LEVEL } = require('./climate')
const { BIOMES } = require('../tables/biomes')

const MOST_REMEMBERED = 1500
/** Chunks along an axis that have a key of their own, more than a world has. */
const KEY_SPAN = 8388608

/** @typedef {import('./forest').Tree} Tree */
/** @typedef {import('./pools').Pool} Pool */

class Terrain {
  /** @param {number} seed */
  constructor (seed) {
    this.seed = seed | 0
    /** @type {Map<number, {tile: import('./tile').Tile, pool: Pool | null, trees: Tree[] | null}>} */
    this.remembered = new Map()
  }

  #surface (/** @type {number} */ chunkX, /** @type {number} */ chunkZ) {
    const key = chunkX * KEY_SPAN + chunkZ
    let surface = this.remembered.get(key)
    if (surface === undefined) {
      const tile = createTile(this.seed, chunkX, chunkZ)
      surface = { tile, pool: surfacePool(this.seed, chunkX, chunkZ, tile), trees: null }
      this.remembered.set(key, surface)
      if (this.remembered.size > MOST_REMEMBERED) this.remembered.delete(/** @type {number} */ (this.remembered.keys().next().value))
    }
    return surface
  }

  /** The surface of a chunk. */
  tile (/** @type {number} */ chunkX, /** @type {number} */ chunkZ) {
    return this.#surface(chunkX, chunkZ).tile
  }

  /** Height of the topmost block of ground, before caves and plants; also below water. */
  heightAt (/** @type {number} */ x, /** @type {number} */ z) {
    const blockX = Math.floor(x)
    const blockZ = Math.floor(z)
    return this.tile(blockX >> 4, blockZ >> 4).heights[((blockZ & 15) << 4) | (blockX & 15)]
  }

  /** @returns {string} the registry's name of the biome */
  biomeAt (/** @type {number} */ x, /** @type {number} */ z) {
    const blockX = Math.floor(x)
    const blockZ = Math.floor(z)
    return BIOMES[this.tile(blockX >> 4, blockZ >> 4).biomes[(blockZ & 12) | ((blockX & 12) >> 2)]].name
  }

  /** Whether caves or ravines may break through the ground here. */
  isOpen (/** @type {number} */ x, /** @type {number} */ z) {
    return this.tile(x >> 4, z >> 4).open[((z & 15) << 4) | (x & 15)] !== 0
  }

  /** What covers the ground, see `COVER` in `land/tile.js`. */
  coverAt (/** @type {number} */ x, /** @type {number} */ z) {
    return this.tile(x >> 4, z >> 4).covers[((z & 15) << 4) | (x & 15)]
  }

  /** The pool of lava at the surface of a chunk, with x and z within the chunk. @returns {Pool | null} */
  lavaPoolIn (/** @type {number} */ chunkX, /** @type {number} */ chunkZ) {
    return this.#surface(chunkX, chunkZ).pool
  }

  /** Trees rooted in a chunk; their crowns may hang over its neighbours. @returns {Tree[]} */
  treesIn (/** @type {number} */ chunkX, /** @type {number} */ chunkZ) {
    const surface = this.#surface(chunkX, chunkZ)
    surface.trees ??= treesOf(this.seed, chunkX, chunkZ, surface.tile, surface.pool)
    return surface.trees
  }
}

module.exports = { Terrain, SEA_LEVEL }
