'use strict'
/**
 * Fills a chunk with blocks: stone and soil, water, caves, ores, plants, trees. The same seed gives the same blocks.
 *
 * A chunk is generated from its coordinates alone, so the order of generation does not matter: veins stay inside their
 * chunk, trees are drawn by every chunk they reach. Result: block states in a Uint16Array, index
 * `(y - MIN_Y) << 8 | z << 4 | x`, with the heights and biomes of its 256 columns.
 */

const { hash, Random } = require('./random')
const { SEA_LEVEL } = require('./terrain')
const { ORE_VEINS } = require('./tables/ores')
const { carveCaves } = require('./caves')
const { plantTrees, plantFlowers } = require('./vegetation')

const MIN_Y = -64
const WORLD_HEIGHT = 384
/** Layers of soil above the stone, the topmost included. */
const SOIL_DEPTH = 4

/**
 * @typedef {object} Draft a chunk while it is built
 * @property {number} chunkX
 * @property {number} chunkZ
 * @property {Uint16Array} states
 * @property {Int16Array} heights index `z << 4 | x`
 * @property {string[]} biomeNames index `z << 4 | x`
 * @property {Uint16Array} biomes registry ids of cells of 4 by 4 columns, index `(z >> 2) << 2 | x >> 2`
 * @property {Random} random
 */

/** Index of a block in a chunk; x and z are within the chunk. */
const indexOf = (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ z) =>
  ((y - MIN_Y) << 8) | (z << 4) | x

class WorldGenerator {
  /**
   * @param {import('./terrain').Terrain} terrain
   * @param {any} registry prismarine-registry of the version
   */
  constructor (terrain, registry) {
    this.terrain = terrain
    this.registry = registry
    /** @type {(name: string) => number} */
    this.stateOf = name => registry.blocksByName[name].defaultState
    this.palette = Object.fromEntries(
      ['stone', 'deepslate', 'dirt', 'grass_block', 'sand', 'sandstone', 'gravel', 'bedrock', 'water', 'lava', 'clay']
        .map(name => [name, this.stateOf(name)]))
  }

  /**
   * @param {number} chunkX
   * @param {number} chunkZ
   * @returns {Draft}
   */
  generate (chunkX, chunkZ) {
    const draft = {
      chunkX,
      chunkZ,
      states: new Uint16Array(256 * WORLD_HEIGHT),
      heights: new Int16Array(256),
      biomeNames: new Array(256),
      biomes: new Uint16Array(16),
      random: new Random(hash(this.terrain.seed, chunkX, chunkZ, 1))
    }
    this.#layGround(draft)
    carveCaves(draft, this.terrain, this.palette)
    this.#scatterOres(draft)
    this.#scatterPockets(draft, this.palette.gravel, 3, 0, 55)
    this.#scatterPockets(draft, this.palette.dirt, 2, 20, 60)
    plantFlowers(draft, this)
    plantTrees(draft, this)
    return draft
  }

  #layGround (/** @type {Draft} */ draft) {
    for (let z = 0; z < 16; z++) {
      for (let x = 0; x < 16; x++) {
        const column = (z << 4) | x
        const worldX = draft.chunkX * 16 + x
        const worldZ = draft.chunkZ * 16 + z
        const height = this.terrain.heightAt(worldX, worldZ)
        const biome = this.terrain.biomeAt(worldX, worldZ)
        draft.heights[column] = height
        draft.biomeNames[column] = biome
        if (x % 4 === 2 && z % 4 === 2) draft.biomes[(z >> 2) << 2 | x >> 2] = this.registry.biomesByName[height < SEA_LEVEL - 2 ? 'ocean' : biome].id
        for (let y = MIN_Y; y <= height; y++) draft.states[indexOf(x, y, z)] = this.#groundAt(y, height, biome)
        for (let y = height + 1; y <= SEA_LEVEL; y++) draft.states[indexOf(x, y, z)] = this.palette.water
      }
    }
  }

  #groundAt (/** @type {number} */ y, /** @type {number} */ height, /** @type {string} */ biome) {
    const { palette } = this
    if (y <= MIN_Y + 1) return palette.bedrock
    if (y <= height - SOIL_DEPTH) return y < 0 ? palette.deepslate : palette.stone
    const sandy = biome === 'desert' || height <= SEA_LEVEL + 1
    if (sandy) return y > height - SOIL_DEPTH + 1 ? palette.sand : palette.sandstone
    return y === height ? palette.grass_block : palette.dirt
  }

  #scatterOres (/** @type {Draft} */ draft) {
    const { stone, deepslate } = this.palette
    for (const { ore, veins, size, low, high, peak } of ORE_VEINS) {
      const inStone = this.stateOf(`${ore}_ore`)
      const inDeepslate = this.stateOf(`deepslate_${ore}_ore`)
      for (let vein = 0; vein < veins; vein++) {
        const { random } = draft
        const share = peak ? (random.next() + random.next()) / 2 : random.next()
        const start = { x: random.between(0, 15), y: Math.floor(low + share * (high - low)), z: random.between(0, 15) }
        walkVein(start, size, random, (x, y, z) => {
          const index = indexOf(x, y, z)
          if (draft.states[index] === stone) draft.states[index] = inStone
          else if (draft.states[index] === deepslate) draft.states[index] = inDeepslate
        })
      }
    }
  }

  #scatterPockets (/** @type {Draft} */ draft, /** @type {number} */ state, /** @type {number} */ pockets, /** @type {number} */ low, /** @type {number} */ high) {
    const { random } = draft
    for (let pocket = 0; pocket < pockets; pocket++) {
      const centreX = random.between(2, 13)
      const centreY = random.between(low, high)
      const centreZ = random.between(2, 13)
      for (let x = -2; x <= 2; x++) {
        for (let y = -1; y <= 1; y++) {
          for (let z = -2; z <= 2; z++) {
            const index = indexOf(centreX + x, centreY + y, centreZ + z)
            if (x * x + 2 * y * y + z * z < 5 && draft.states[index] === this.palette.stone) draft.states[index] = state
          }
        }
      }
    }
  }
}

/**
 * A random walk of `size` steps that calls `visit` for those inside the chunk and above the bedrock.
 * @param {{x: number, y: number, z: number}} start
 * @param {number} size
 * @param {Random} random
 * @param {(x: number, y: number, z: number) => void} visit
 */
function walkVein (start, size, random, visit) {
  const at = { ...start }
  for (let step = 0; step < size; step++) {
    if (at.x >= 0 && at.x < 16 && at.z >= 0 && at.z < 16 && at.y > MIN_Y + 1) visit(at.x, at.y, at.z)
    const axis = random.pick(/** @type {('x' | 'y' | 'z')[]} */ (['x', 'y', 'z']))
    at[axis] += random.chance(0.5) ? 1 : -1
  }
}

module.exports = { WorldGenerator, indexOf, MIN_Y, WORLD_HEIGHT }
