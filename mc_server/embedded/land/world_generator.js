'use strict'
/**
 * Fills a chunk with blocks: stone and soil, water, caves, ores, plants, trees. The same seed gives the same blocks.
 *
 * A chunk is generated from its coordinates alone, so the order of generation does not matter: what reaches from one chunk
 * into another (veins, trees) is drawn by every chunk that it reaches, everything else stays inside its chunk.
 */

const { hash, Random } = require('../random')
const { createPalette, MIN_Y, WORLD_HEIGHT, indexOf } = require('./blocks_of_chunk')
const { layGround } = require('./ground')
const { carveCaves } = require('./caves')
const { undergroundPool, digPools, openSprings } = require('./pools')
const { Veins } = require('./veins')
const { growPlants, growInWater, growMushrooms } = require('./plants')
const { drawTrees, snow } = require('./trees_of_chunk')
const { TreeStates } = require('./tree_states')
const { BIOMES } = require('../tables/biomes')

/** Plants that leaves and logs grow through. */
const SOFT = /^(air|short_grass|fern|tall_grass|large_fern|dandelion|poppy|.*_tulip|azure_bluet|oxeye_daisy|cornflower|lily_of_the_valley|allium|blue_orchid|pink_petals|snow|water|sunflower|lilac|rose_bush|peony|sugar_cane|dead_bush|pumpkin|melon)$/
const CARRIES_SNOW = /^(grass_block|dirt|podzol|stone|gravel|sand|snow_block|clay|granite|diorite|andesite|.*_leaves|.*_log|.*_ore|pumpkin)$/

class WorldGenerator {
  /**
   * @param {import('./terrain').Terrain} terrain
   * @param {any} registry prismarine-registry of the version
   */
  constructor (terrain, registry) {
    this.terrain = terrain
    this.palette = createPalette(registry)
    this.veins = new Veins(registry)
    this.trees = new TreeStates(registry)
    this.biomeIds = Uint16Array.from(BIOMES, ({ name }) => registry.biomesByName[name].id)
    this.soft = statesOf(registry, SOFT)
    this.carriesSnow = statesOf(registry, CARRIES_SNOW)
  }

  /**
   * @param {number} chunkX
   * @param {number} chunkZ
   * @returns {{states: Uint16Array, biomes: Uint16Array, heights: Int16Array}} block states, index
   *   `(y - MIN_Y) << 8 | z << 4 | x`; registry ids of the biomes of cells of 4 by 4 columns, index `(z >> 2) << 2 | x >> 2`;
   *   heights of the ground before caves, index `z << 4 | x`
   */
  generate (chunkX, chunkZ) {
    const { terrain, palette } = this
    const { seed } = terrain
    const tile = terrain.tile(chunkX, chunkZ)
    const draft = { chunkX, chunkZ, tile, states: new Uint16Array(256 * WORLD_HEIGHT), random: new Random(hash(seed, chunkX, chunkZ, 1)) }
    layGround(draft, seed, palette)
    carveCaves(draft, seed, palette)
    this.veins.place(draft, seed, (x, z) => terrain.tile(x, z))
    digPools(draft, palette, terrain.lavaPoolIn(chunkX, chunkZ), undergroundPool(seed, chunkX, chunkZ, tile))
    openSprings(draft, palette)
    growPlants(draft, palette)
    growInWater(draft, palette)
    drawTrees(draft, terrain, palette, this.trees, this.soft)
    growMushrooms(draft, palette, state => this.trees.distances[state] > 0)
    snow(draft, seed, palette, this.carriesSnow)
    return { states: draft.states, biomes: Uint16Array.from(tile.biomes, number => this.biomeIds[number]), heights: tile.heights }
  }

  /**
   * The blocks of a tree: how new land and saplings alike make them. `kind` is a wood (oak, birch, spruce, jungle, acacia,
   * dark_oak, cherry) or another shape of one (big_oak, swamp_oak, tall_spruce, pine, jungle_bush).
   * @param {string} kind
   * @param {{x: number, y: number, z: number}} root the lowest log; of the four of a dark oak the one to the north-west
   * @param {import('../random').Random} random
   * @returns {{x: number, y: number, z: number, state: number}[]} logs first, then leaves outwards from them
   */
  treeBlocks (kind, root, random) {
    return this.trees.treeBlocks(kind, root, random)
  }
}

/** 1 for every state of the blocks whose name fits. */
function statesOf (/** @type {any} */ registry, /** @type {RegExp} */ names) {
  const states = new Uint8Array(32768)
  for (const { name, minStateId, maxStateId } of registry.blocksArray) {
    if (names.test(name)) states.fill(1, minStateId, maxStateId + 1)
  }
  return states
}

module.exports = { WorldGenerator, indexOf, MIN_Y, WORLD_HEIGHT }
