'use strict'
/** Pools of lava, at the surface and below it, and springs in the walls of caves. */

const { hash, Random } = require('../random')
const { indexOf } = require('./blocks_of_chunk')

const SURFACE_CHANCE = 1 / 100
const UNDERGROUND_CHANCE = 1 / 9
/** Lowest and highest surface of a pool below the ground. */
const UNDERGROUND = { low: -50, high: 40 }
/** A pool below the ground keeps this far from the surface. */
const COVERING = 14
const MOST_SLOPE = 5
/** Springs tried in a chunk, and the heights of their sources. */
const SPRINGS = [
  { fluid: 'water', tries: 10, low: -50, high: 70 },
  { fluid: 'lava', tries: 8, low: -53, high: 20 }
]

/**
 * A pool with its middle at x and z of the chunk; `y` is the topmost layer of lava.
 * @typedef {{x: number, y: number, z: number, radius: number}} Pool
 */

/** @returns {Pool | null} the pool of lava at the surface of a chunk; it does not reach out of it */
function surfacePool (/** @type {number} */ seed, /** @type {number} */ chunkX, /** @type {number} */ chunkZ, /** @type {import('./tile').Tile} */ tile) {
  const random = new Random(hash(seed, chunkX, chunkZ, 505))
  if (!random.chance(SURFACE_CHANCE) || tile.highest - tile.lowest > MOST_SLOPE) return null
  if (tile.wet.includes(1) || tile.open.some(open => open !== 0)) return null
  const pool = { x: random.between(7, 8), y: 999, z: random.between(7, 8), radius: random.between(2, 4) }
  for (let dz = -pool.radius - 1; dz <= pool.radius + 1; dz++) {
    for (let dx = -pool.radius - 1; dx <= pool.radius + 1; dx++) pool.y = Math.min(pool.y, tile.heights[((pool.z + dz) << 4) | (pool.x + dx)])
  }
  return pool
}

/** @returns {Pool | null} */
function undergroundPool (/** @type {number} */ seed, /** @type {number} */ chunkX, /** @type {number} */ chunkZ, /** @type {import('./tile').Tile} */ tile) {
  const random = new Random(hash(seed, chunkX, chunkZ, 606))
  if (!random.chance(UNDERGROUND_CHANCE)) return null
  const pool = { x: random.between(6, 9), y: random.between(UNDERGROUND.low, UNDERGROUND.high), z: random.between(6, 9), radius: random.between(3, 5) }
  return pool.y < tile.lowest - COVERING ? pool : null
}

/**
 * Digs the pools of a chunk: lava below, air above, stone where lava would run out.
 * @param {import('./blocks_of_chunk').Draft} draft
 * @param {import('./blocks_of_chunk').Palette} palette
 * @param {Pool | null} above at the surface
 * @param {Pool | null} below
 */
function digPools (draft, palette, above, below) {
  if (above) digPool(draft, palette, above, palette.stone)
  if (below) digPool(draft, palette, below, below.y < 0 ? palette.deepslate : palette.stone)
}

function digPool (/** @type {import('./blocks_of_chunk').Draft} */ { states }, /** @type {import('./blocks_of_chunk').Palette} */ palette,
  /** @type {Pool} */ { x, y, z, radius }, /** @type {number} */ rim) {
  for (let dy = -4; dy <= 3; dy++) {
    for (let dz = -radius - 1; dz <= radius + 1; dz++) {
      for (let dx = -radius - 1; dx <= radius + 1; dx++) {
        const index = indexOf(x + dx, y + dy, z + dz)
        const distance = Math.sqrt(dx * dx + dz * dz + 2.5 * dy * dy)
        if (distance < radius) states[index] = dy <= 0 ? palette.lava : 0
        else if (dy <= 0 && distance < radius + 1.7) states[index] = states[index] === palette.bedrock ? palette.bedrock : rim
      }
    }
  }
}

/**
 * Puts sources into walls with air on exactly one side.
 * @param {import('./blocks_of_chunk').Draft} draft
 * @param {import('./blocks_of_chunk').Palette} palette
 */
function openSprings ({ states, random }, palette) {
  for (const { fluid, tries, low, high } of SPRINGS) {
    for (let attempt = 0; attempt < tries; attempt++) {
      const index = indexOf(random.between(1, 14), random.between(low, high), random.between(1, 14))
      if (!isRock(states[index], palette) || !isRock(states[index - 256], palette) || !isRock(states[index + 256], palette)) continue
      let rock = 0
      let air = 0
      for (const step of [1, -1, 16, -16]) {
        if (isRock(states[index + step], palette)) rock++
        else if (states[index + step] === 0) air++
      }
      if (rock === 3 && air === 1) states[index] = palette[fluid]
    }
  }
}

const isRock = (/** @type {number} */ state, /** @type {import('./blocks_of_chunk').Palette} */ palette) =>
  state === palette.stone || state === palette.deepslate || state === palette.tuff ||
  state === palette.granite || state === palette.diorite || state === palette.andesite

module.exports = { surfacePool, undergroundPool, digPools, openSprings }
