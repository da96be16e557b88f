'use strict'
/** Where trees stand: at most one in each cell of 4 by 4 columns, more or fewer by biome. */

const { hash, Random } = require('../random')
const { BIOMES } = require('../tables/biomes')
const { SEA_LEVEL } = require('./climate')
const { COVER } = require('./tile')
const { shapeTree, KINDS } = require('./tree_shapes')

const CELLS = 16
/** Blocks kept free around a pool of lava. */
const POOL_MARGIN = 4

/**
 * @typedef {object} Tree
 * @property {number} x
 * @property {number} y the lowest log
 * @property {number} z
 * @property {string} kind
 * @property {import('./tree_draft').TreeShape} shape
 */

/**
 * @param {number} seed
 * @param {number} chunkX
 * @param {number} chunkZ
 * @param {import('./tile').Tile} tile
 * @param {import('./pools').Pool | null} pool of lava at the surface
 * @returns {Tree[]} the trees rooted in a chunk; their crowns may hang over its neighbours
 */
function treesOf (seed, chunkX, chunkZ, tile, pool) {
  /** @type {Tree[]} */
  const trees = []
  for (let cell = 0; cell < CELLS; cell++) {
    const { trees: density, kinds } = BIOMES[tile.biomes[cell]]
    if (density === 0) continue
    const random = new Random(hash(seed, chunkX, chunkZ, 7770 + cell))
    if (!random.chance(density / CELLS)) continue
    const kind = pickKind(kinds, random.next())
    const room = KINDS[kind].wide ? 1 : 2
    const x = ((cell & 3) << 2) + random.between(0, room)
    const z = (cell & 12) + random.between(0, room)
    if (pool && Math.hypot(pool.x - x, pool.z - z) < pool.radius + POOL_MARGIN) continue
    if (!canRoot(tile, x, z, KINDS[kind].wide === true)) continue
    const y = tile.heights[(z << 4) | x] + 1
    trees.push({ x: chunkX * 16 + x, y, z: chunkZ * 16 + z, kind, shape: shapeTree(kind, random) })
  }
  return trees
}

function pickKind (/** @type {Record<string, number>} */ kinds, /** @type {number} */ choice) {
  const names = Object.keys(kinds)
  const total = names.reduce((sum, name) => sum + kinds[name], 0)
  let left = choice * total
  return names.find(name => (left -= kinds[name]) < 0) ?? names[0]
}

/** Trees need soil that no cave opens; broad ones the same height below all four trunks. */
function canRoot (/** @type {import('./tile').Tile} */ tile, /** @type {number} */ x, /** @type {number} */ z, /** @type {boolean} */ wide) {
  const root = (z << 4) | x
  const height = tile.heights[root]
  for (const column of wide ? [root, root + 1, root + 16, root + 17] : [root]) {
    const cover = tile.covers[column]
    const soil = cover === COVER.grass || cover === COVER.podzol || cover === COVER.snow || cover === COVER.dirt
    if (!soil || tile.open[column] !== 0 || tile.heights[column] !== height || height < SEA_LEVEL) return false
  }
  return true
}

module.exports = { treesOf }
