'use strict'
/** Draws the trees that reach into a chunk, and snow and ice over everything. */

const { SEA_LEVEL } = require('./climate')
const { isSnowy } = require('./tile')
const { MIN_Y, indexOf } = require('./blocks_of_chunk')

/** How far crowns reach, in blocks. */
const REACH = 8
/** No tree is higher. */
const TALLEST = 32

/** @typedef {import('./blocks_of_chunk').Draft} Draft */
/** @typedef {import('./blocks_of_chunk').Palette} Palette */

/**
 * @param {Draft} draft
 * @param {import('./terrain').Terrain} terrain
 * @param {Palette} palette
 * @param {import('./tree_states').TreeStates} treeStates
 * @param {Uint8Array} soft 1 for states that leaves may replace
 */
function drawTrees (draft, terrain, palette, treeStates, soft) {
  for (let dz = -1; dz <= 1; dz++) {
    for (let dx = -1; dx <= 1; dx++) {
      for (const tree of terrain.treesIn(draft.chunkX + dx, draft.chunkZ + dz)) {
        const x = tree.x - draft.chunkX * 16
        const z = tree.z - draft.chunkZ * 16
        if (x < -REACH || z < -REACH || x > 15 + REACH || z > 15 + REACH) continue
        drawTree(draft, palette, treeStates, soft, tree, x, z)
      }
    }
  }
}

function drawTree (/** @type {Draft} */ { states }, /** @type {Palette} */ palette, /** @type {import('./tree_states').TreeStates} */ treeStates,
  /** @type {Uint8Array} */ soft, /** @type {import('./forest').Tree} */ { kind, shape: { pieces, logs }, y: rootY }, /** @type {number} */ rootX, /** @type {number} */ rootZ) {
  const stateOf = treeStates.states[kind]
  const { distances } = treeStates
  for (let at = 0; at < pieces.length; at += 4) {
    const x = rootX + pieces[at]
    const z = rootZ + pieces[at + 2]
    if (x < 0 || z < 0 || x > 15 || z > 15) continue
    const index = indexOf(x, rootY + pieces[at + 1], z)
    const state = stateOf[pieces[at + 3]]
    const old = states[index]
    const isLog = at < logs * 4
    // Where two crowns meet, the leaf that is nearer to its wood stays.
    if (soft[old] === 1 || (distances[old] > 0 && (isLog || distances[old] > distances[state]))) states[index] = state
    if (isLog && pieces[at + 1] === 0 && states[index - 256] === palette.grass_block) states[index - 256] = palette.dirt
  }
}

/**
 * A layer of snow on what is open to the sky, and ice on water, where it is cold.
 * @param {Draft} draft
 * @param {number} seed
 * @param {Palette} palette
 * @param {Uint8Array} carriesSnow 1 for states that snow lies on
 */
function snow ({ states, tile, chunkX, chunkZ }, seed, palette, carriesSnow) {
  for (let column = 0; column < 256; column++) {
    const biome = tile.biomes[((column >> 6) << 2) | ((column >> 2) & 3)]
    const x = chunkX * 16 + (column & 15)
    const z = chunkZ * 16 + (column >> 4)
    if (!isSnowy(biome, tile.heights[column], seed, x, z)) continue
    let y = Math.max(tile.heights[column], SEA_LEVEL) + TALLEST
    while (states[((y - MIN_Y) << 8) | column] === 0 && y > MIN_Y) y--
    const index = ((y - MIN_Y) << 8) | column
    if (states[index] === palette.water) states[index] = palette.ice
    else if (carriesSnow[states[index]] === 1) states[index + 256] = palette.snow
    if (states[index] === palette.grass_block) states[index] = palette.snowy_grass_block
    else if (states[index] === palette.podzol) states[index] = palette.snowy_podzol
  }
}

module.exports = { drawTrees, snow }
