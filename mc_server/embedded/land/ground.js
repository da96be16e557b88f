'use strict'
/** Bedrock, deepslate, stone, soil and water of a new chunk. */

const { scramble } = require('./noise')
const { SEA_LEVEL } = require('./climate')
const { COVER } = require('./tile')
const { MIN_Y } = require('./blocks_of_chunk')

/** Layers with bedrock in them; the lowest is nothing else. */
const BEDROCK_LAYERS = 5
/** Deepslate thins out between these heights. */
const DEEPSLATE_TOP = { low: 0, high: 8 }
const SOIL_DEPTH = 3
/** Sandstone that carries the sand. */
const SANDSTONE_DEPTH = 4

/** @typedef {import('./blocks_of_chunk').Draft} Draft */
/** @typedef {import('./blocks_of_chunk').Palette} Palette */

/**
 * @param {Draft} draft
 * @param {number} seed
 * @param {Palette} palette
 */
function layGround (draft, seed, palette) {
  const { states, tile } = draft
  const solid = tile.lowest - SOIL_DEPTH - SANDSTONE_DEPTH
  states.fill(palette.deepslate, 0, (DEEPSLATE_TOP.low - MIN_Y) << 8)
  states.fill(palette.stone, (DEEPSLATE_TOP.low - MIN_Y) << 8, (solid - MIN_Y) << 8)
  roughen(draft, seed, palette)
  for (let column = 0; column < 256; column++) layColumn(draft, seed, palette, column, solid)
}

/** The uneven borders of bedrock and of deepslate. */
function roughen (/** @type {Draft} */ { states, chunkX, chunkZ }, /** @type {number} */ seed, /** @type {Palette} */ palette) {
  states.fill(palette.bedrock, 0, 256)
  for (let column = 0; column < 256; column++) {
    const chance = scramble(seed, chunkX * 16 + (column & 15), 1, chunkZ * 16 + (column >> 4)) >>> 0
    const bedrock = 1 + chance % BEDROCK_LAYERS
    for (let layer = 1; layer < bedrock; layer++) states[(layer << 8) | column] = palette.bedrock
    const deepslate = DEEPSLATE_TOP.low + (chance >>> 8) % (DEEPSLATE_TOP.high - DEEPSLATE_TOP.low + 1)
    for (let y = DEEPSLATE_TOP.low; y < deepslate; y++) states[((y - MIN_Y) << 8) | column] = palette.deepslate
  }
}

function layColumn (/** @type {Draft} */ { states, tile, chunkX, chunkZ }, /** @type {number} */ seed, /** @type {Palette} */ palette,
  /** @type {number} */ column, /** @type {number} */ solid) {
  const height = tile.heights[column]
  const chance = scramble(seed, chunkX * 16 + (column & 15), 2, chunkZ * 16 + (column >> 4)) & 1
  const soil = height - SOIL_DEPTH - chance
  const { top, below, deep } = layersOf(tile.covers[column], palette, height)
  let y = solid
  for (; y <= soil - SANDSTONE_DEPTH; y++) states[((y - MIN_Y) << 8) | column] = palette.stone
  for (; y <= soil; y++) states[((y - MIN_Y) << 8) | column] = deep
  for (; y < height; y++) states[((y - MIN_Y) << 8) | column] = below
  states[((height - MIN_Y) << 8) | column] = top
  for (y = height + 1; y <= SEA_LEVEL; y++) states[((y - MIN_Y) << 8) | column] = palette.water
}

/** What a column is covered with: its topmost block, the soil below, and what carries the soil. */
function layersOf (/** @type {number} */ cover, /** @type {Palette} */ { stone, dirt, sand, sandstone, gravel, clay, snow_block: snow, podzol, grass_block: grass }, /** @type {number} */ height) {
  switch (cover) {
    case COVER.sand: return { top: sand, below: sand, deep: sandstone }
    case COVER.gravel: return { top: gravel, below: gravel, deep: stone }
    case COVER.stone: return { top: stone, below: stone, deep: stone }
    case COVER.snow: return { top: snow, below: dirt, deep: stone }
    case COVER.podzol: return { top: podzol, below: dirt, deep: stone }
    case COVER.clay: return { top: clay, below: clay, deep: stone }
    case COVER.dirt: return { top: dirt, below: dirt, deep: stone }
    default: return { top: height < SEA_LEVEL ? dirt : grass, below: dirt, deep: stone }
  }
}

module.exports = { layGround }
