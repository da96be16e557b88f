'use strict'
/** One column of the world, 16 by 16 blocks from bottom to top: its blocks, its biomes, and its light once somebody asked. */

const SECTION_BLOCKS = 4096
const COLUMN_BLOCKS = 24 * SECTION_BLOCKS

/** All blocks of a column, those above the highest included; one for all, since it is filled anew for each use. */
const whole = new Uint16Array(COLUMN_BLOCKS)

class Column {
  /**
   * @param {number} chunkX
   * @param {number} chunkZ
   * @param {Uint16Array} states all blocks, index `(y - MIN_Y) << 8 | z << 4 | x`
   * @param {Uint16Array} biomes registry ids of cells of 4 by 4 columns, index `(z >> 2) << 2 | x >> 2`
   */
  constructor (chunkX, chunkZ, states, biomes) {
    this.chunkX = chunkX
    this.chunkZ = chunkZ
    this.biomes = biomes
    /** The blocks from the bottom to the top of the highest section with any: what is missing is air. */
    this.states = states.slice(0, usedLength(states))
    /** Light of the sky << 4 | light of blocks; what is missing above is lit by the sky alone. @type {Uint8Array | null} */
    this.light = null
    /** Whether `light` is all there is, or still lacks some that comes from beside. */
    this.lightIsExact = false
  }

  /** @returns {number} */
  get (/** @type {number} */ index) {
    return index < this.states.length ? this.states[index] : 0
  }

  set (/** @type {number} */ index, /** @type {number} */ state) {
    if (index >= this.states.length) {
      if (state === 0) return
      const grown = new Uint16Array(((index >> 12) + 1) * SECTION_BLOCKS)
      grown.set(this.states)
      this.states = grown
    }
    this.states[index] = state
  }

  /** @returns {Uint16Array} every block up to the top of the world, valid until the next call */
  allStates () {
    whole.fill(0, this.states.length)
    whole.set(this.states)
    return whole
  }
}

/** Length of the sections that hold anything but air. */
function usedLength (/** @type {Uint16Array} */ states) {
  let last = states.length - 1
  while (last >= 0 && states[last] === 0) last--
  return last < 0 ? 0 : ((last >> 12) + 1) * SECTION_BLOCKS
}

module.exports = { Column, COLUMN_BLOCKS }
