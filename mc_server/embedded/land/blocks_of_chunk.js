'use strict'
/** A chunk while it is built: its blocks as one array, and the states of the blocks it is built from. */

const MIN_Y = -64
const WORLD_HEIGHT = 384

/**
 * @typedef {object} Draft
 * @property {number} chunkX
 * @property {number} chunkZ
 * @property {Uint16Array} states index `(y - MIN_Y) << 8 | z << 4 | x`
 * @property {import('./tile').Tile} tile
 * @property {import('../random').Random} random for what does not reach out of the chunk
 */

/** @typedef {Record<string, number>} Palette default states by name; `snowy_` names have snow on them, `_upper` and `_lower` are halves */

/** Index of a block in a chunk; x and z are within the chunk. */
const indexOf = (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ z) =>
  ((y - MIN_Y) << 8) | (z << 4) | x

/** Blocks that chunks are made of, besides trees and ores. */
const PLAIN = [
  'stone', 'deepslate', 'dirt', 'grass_block', 'sand', 'sandstone', 'gravel', 'bedrock', 'water', 'lava', 'clay', 'podzol',
  'snow_block', 'snow', 'ice', 'granite', 'diorite', 'andesite', 'tuff', 'short_grass', 'fern', 'dead_bush', 'cactus',
  'sugar_cane', 'pumpkin', 'melon', 'brown_mushroom', 'red_mushroom', 'lily_pad', 'seagrass', 'kelp', 'kelp_plant',
  'dandelion', 'poppy', 'azure_bluet', 'oxeye_daisy', 'cornflower', 'lily_of_the_valley', 'red_tulip', 'orange_tulip',
  'white_tulip', 'pink_tulip', 'allium', 'blue_orchid', 'pink_petals'
]
const TALL = ['tall_grass', 'large_fern', 'sunflower', 'lilac', 'rose_bush', 'peony']
/** Age of berry bushes that bear berries. */
const RIPE = 3
const SNOW_COVERED = ['grass_block', 'podzol']

/** @returns {Palette} */
function createPalette (/** @type {any} */ registry) {
  const block = (/** @type {string} */ name) => registry.blocksByName[name]
  const palette = /** @type {Palette} */ ({ air: 0 })
  for (const name of PLAIN) palette[name] = block(name).defaultState
  for (const name of TALL) {
    palette[`${name}_upper`] = block(name).minStateId
    palette[`${name}_lower`] = block(name).minStateId + 1
  }
  for (const name of SNOW_COVERED) palette[`snowy_${name}`] = block(name).minStateId
  palette.ripe_berries = block('sweet_berry_bush').minStateId + RIPE
  return palette
}

module.exports = { createPalette, indexOf, MIN_Y, WORLD_HEIGHT, TALL }
