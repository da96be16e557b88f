'use strict'
/** A land without features, as the original's superflat: bedrock, two layers of dirt, grass. For tests that want level ground. */

const { MIN_Y, WORLD_HEIGHT } = require('./world_generator')

const LAYERS = ['bedrock', 'dirt', 'dirt', 'grass_block']
const BIOME = 'plains'
const BIOME_CELLS = 16
const LAYER_BLOCKS = 256

/** Stands in for `Terrain`. */
class FlatTerrain {
  /** @param {number} seed */
  constructor (seed) {
    this.seed = seed
  }

  heightAt () {
    return MIN_Y + LAYERS.length - 1
  }

  biomeAt () {
    return BIOME
  }

  treesIn () {
    return []
  }

  isOpen () {
    return true
  }
}

/** Stands in for `WorldGenerator`. */
class FlatGenerator {
  /** @param {any} registry */
  constructor (registry) {
    this.layers = LAYERS.map(name => registry.blocksByName[name].defaultState)
    this.biome = registry.biomesByName[BIOME].id
  }

  generate () {
    const states = new Uint16Array(LAYER_BLOCKS * WORLD_HEIGHT)
    this.layers.forEach((state, layer) => states.fill(state, layer * LAYER_BLOCKS, (layer + 1) * LAYER_BLOCKS))
    return { states, biomes: new Uint16Array(BIOME_CELLS).fill(this.biome), heights: new Int16Array(LAYER_BLOCKS).fill(MIN_Y + LAYERS.length - 1) }
  }
}

module.exports = { FlatTerrain, FlatGenerator }
