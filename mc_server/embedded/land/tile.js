'use strict'
/**
 * The surface of one chunk before blocks: heights, biomes, what covers the ground, and where the ground may be open.
 *
 * The climate is sampled every four blocks, at corners that neighbouring chunks share, and the height interpolated between.
 */

const { climateAt, nearWater, SEA_LEVEL } = require('./climate')
const { biomeOf } = require('./biome_choice')
const { noise2, scramble } = require('./noise')
const { BIOMES, BIOME_NUMBERS } = require('../tables/biomes')

const CORNERS = 5
/** What covers the ground of a column. */
const COVER = Object.freeze({ grass: 0, sand: 1, gravel: 2, stone: 3, snow: 4, podzol: 5, clay: 6, dirt: 7 })
/** Mountains are bare where the ground rises by more than this within four blocks. */
const STEEP = 6.5
/** Above this height it snows everywhere. */
const SNOW_LINE = 122

/** Ravines are where a field is above this; half their width in blocks. */
const RAVINE_RARITY = 0.4
const RAVINE_WIDTH = 4

/** Bits of `open`: where caves and ravines may break through the ground. */
const CAVE_MOUTH = 1
const RAVINE = 2

/**
 * @typedef {object} Tile
 * @property {Int16Array} heights topmost block of ground, index `z << 4 | x`
 * @property {Uint8Array} covers see COVER, same index
 * @property {Uint8Array} open see CAVE_MOUTH and RAVINE, same index
 * @property {Uint8Array} biomes numbers in `BIOMES` of cells of 4 by 4 columns, index `(z >> 2) << 2 | x >> 2`
 * @property {Uint8Array} wet 1 for cells near water, same index
 * @property {number} lowest
 * @property {number} highest
 */

/**
 * @param {number} seed
 * @param {number} chunkX
 * @param {number} chunkZ
 * @returns {Tile}
 */
function createTile (seed, chunkX, chunkZ) {
  const tile = {
    heights: new Int16Array(256),
    covers: new Uint8Array(256),
    open: new Uint8Array(256),
    biomes: new Uint8Array(16),
    wet: new Uint8Array(16),
    lowest: 0,
    highest: 0
  }
  const corners = []
  for (let z = 0; z < CORNERS; z++) {
    for (let x = 0; x < CORNERS; x++) corners.push(climateAt(seed, chunkX * 16 + x * 4, chunkZ * 16 + z * 4))
  }
  for (let cell = 0; cell < 16; cell++) {
    const corner = (cell >> 2) * CORNERS + (cell & 3)
    fillCell(seed, chunkX * 16, chunkZ * 16, tile, cell, [corners[corner], corners[corner + 1], corners[corner + CORNERS], corners[corner + CORNERS + 1]])
  }
  tile.lowest = Math.min(...tile.heights)
  tile.highest = Math.max(...tile.heights)
  return tile
}

/** @typedef {import('./climate').Climate} Climate */

function fillCell (/** @type {number} */ seed, /** @type {number} */ worldX, /** @type {number} */ worldZ, /** @type {Tile} */ tile,
  /** @type {number} */ cell, /** @type {Climate[]} */ corners) {
  const middle = middleOf(corners)
  const biome = BIOME_NUMBERS[biomeOf(middle)]
  const heights = corners.map(({ height }) => height)
  const steep = Math.max(...heights) - Math.min(...heights) > STEEP
  const wet = corners.some(nearWater)
  tile.biomes[cell] = biome
  tile.wet[cell] = wet ? 1 : 0
  for (let inside = 0; inside < 16; inside++) {
    const x = ((cell & 3) << 2) | (inside & 3)
    const z = (cell & 12) | (inside >> 2)
    const near = heights[0] + (heights[1] - heights[0]) * (inside & 3) / 4
    const far = heights[2] + (heights[3] - heights[2]) * (inside & 3) / 4
    const height = Math.floor(near + (far - near) * (inside >> 2) / 4)
    const column = (z << 4) | x
    tile.heights[column] = height
    tile.covers[column] = coverAt(seed, worldX + x, worldZ + z, height, biome, steep)
    if (!wet) tile.open[column] = openAt(seed, worldX + x, worldZ + z)
  }
}

/** The climate in the middle of four corners. */
function middleOf (/** @type {Climate[]} */ corners) {
  const mean = { ...corners[0] }
  for (const field of /** @type {(keyof Climate)[]} */ (Object.keys(mean))) {
    mean[field] = (corners[0][field] + corners[1][field] + corners[2][field] + corners[3][field]) / 4
  }
  return mean
}

function coverAt (/** @type {number} */ seed, /** @type {number} */ x, /** @type {number} */ z, /** @type {number} */ height,
  /** @type {number} */ biome, /** @type {boolean} */ steep) {
  if (height < SEA_LEVEL) return bedAt(seed, x, z, height)
  const { ground, name } = BIOMES[biome]
  if (ground === 'rocky') return steep || noise2(seed ^ 0xaa, x / 19, z / 19) > 0.24 ? COVER.stone : COVER.grass
  if (steep && height > 90) return COVER.stone
  if (name === 'river' && height === SEA_LEVEL) return bedAt(seed, x, z, height)
  return COVER[ground]
}

/** Sand, gravel and clay under water. */
function bedAt (/** @type {number} */ seed, /** @type {number} */ x, /** @type {number} */ z, /** @type {number} */ height) {
  const patch = noise2(seed ^ 0xbb, x / 13, z / 13)
  if (patch > 0.42 && height > 50) return COVER.clay
  if (patch < -0.3 || height < 45) return COVER.gravel
  return patch < 0 && height > 54 ? COVER.dirt : COVER.sand
}

function openAt (/** @type {number} */ seed, /** @type {number} */ x, /** @type {number} */ z) {
  const mouth = noise2(seed ^ 0xcc, x / 44, z / 44) > 0.28 ? CAVE_MOUTH : 0
  return mouth | (ravineAt(seed, x, z) > 0 ? RAVINE : 0)
}

/** How far inside of a ravine a column is: 1 in the middle, 0 at the edge, negative outside. */
function ravineAt (/** @type {number} */ seed, /** @type {number} */ x, /** @type {number} */ z) {
  const reach = noise2(seed ^ 0xdd, x / 150, z / 150) - RAVINE_RARITY
  if (reach <= 0) return -1
  const away = ravineLine(seed, x, z)
  // Where the field is flat its zero line is wide or crosses itself: what counts is how many blocks away the line is.
  const slope = Math.hypot(ravineLine(seed, x + 2, z) - away, ravineLine(seed, x, z + 2) - away) / 2
  const width = Math.min(RAVINE_WIDTH, 0.5 + reach * 40)
  return 1 - Math.abs(away) / (slope * width)
}

const ravineLine = (/** @type {number} */ seed, /** @type {number} */ x, /** @type {number} */ z) => noise2(seed ^ 0xee, x / 90, z / 90)

/** Whether snow lies at a height of a biome. */
function isSnowy (/** @type {number} */ biome, /** @type {number} */ y, /** @type {number} */ seed, /** @type {number} */ x, /** @type {number} */ z) {
  return BIOMES[biome].cold || y > SNOW_LINE + (scramble(seed, x, 3, z) & 3)
}

module.exports = { createTile, ravineAt, isSnowy, COVER, CAVE_MOUTH, RAVINE }
