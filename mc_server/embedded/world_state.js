'use strict'
/**
 * The blocks of the world: columns generated when they are needed, and an overlay of everything that was changed.
 *
 * A column can be dropped and generated again at any time without losing an edit. Reading never fails: a column that is
 * not there is generated. Not covered: what a change of a block causes (`block_updates.js`, `fluids.js`).
 */

const { EventEmitter } = require('node:events')
const createChunkClass = require('prismarine-chunk')
const { WorldGenerator, MIN_Y, WORLD_HEIGHT } = require('./world_generator')
const { encodeSections } = require('./chunk_encoding')

const MAX_Y = MIN_Y + WORLD_HEIGHT - 1

/** Key of the column that holds a block. */
const columnKey = (/** @type {number} */ chunkX, /** @type {number} */ chunkZ) => `${chunkX},${chunkZ}`

/** Emits `change` ({x, y, z}, newState, oldState, quiet) after a block changed. */
class WorldState extends EventEmitter {
  /**
   * @param {import('./terrain').Terrain} terrain
   * @param {any} registry
   */
  constructor (terrain, registry) {
    super()
    this.terrain = terrain
    this.registry = registry
    this.generator = new WorldGenerator(terrain, registry)
    this.Chunk = /** @type {any} */ (createChunkClass)(registry)
    /** @type {Map<string, any>} */
    this.columns = new Map()
    /** Edits: column key -> index of block in the column -> state. @type {Map<string, Map<number, number>>} */
    this.overlay = new Map()
  }

  /** @returns {any} the prismarine-chunk */
  column (/** @type {number} */ chunkX, /** @type {number} */ chunkZ) {
    const key = columnKey(chunkX, chunkZ)
    let column = this.columns.get(key)
    if (column === undefined) {
      column = this.#build(chunkX, chunkZ)
      this.columns.set(key, column)
      this.emit('column', chunkX, chunkZ)
    }
    return column
  }

  #build (/** @type {number} */ chunkX, /** @type {number} */ chunkZ) {
    const draft = this.generator.generate(chunkX, chunkZ)
    for (const [index, state] of this.overlay.get(columnKey(chunkX, chunkZ)) ?? []) draft.states[index] = state
    const column = new this.Chunk({ minY: MIN_Y, worldHeight: WORLD_HEIGHT, x: chunkX, z: chunkZ })
    column.load(encodeSections(draft.states, draft.biomes))
    return column
  }

  isLoaded (/** @type {number} */ x, /** @type {number} */ z) {
    return this.columns.has(columnKey(Math.floor(x) >> 4, Math.floor(z) >> 4))
  }

  /** State of the block that holds a point; air above and below the world. */
  get (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ z) {
    const blockX = Math.floor(x)
    const blockY = Math.floor(y)
    const blockZ = Math.floor(z)
    if (blockY < MIN_Y || blockY > MAX_Y) return 0
    return this.column(blockX >> 4, blockZ >> 4).getBlockStateId({ x: blockX & 15, y: blockY, z: blockZ & 15 })
  }

  /**
   * @param {number} x
   * @param {number} y
   * @param {number} z
   * @param {number} state
   * @param {{quiet?: boolean}} [options] quiet: neighbours are not told
   */
  set (x, y, z, state, { quiet = false } = {}) {
    if (y < MIN_Y || y > MAX_Y) return
    const old = this.get(x, y, z)
    if (old === state) return
    this.column(x >> 4, z >> 4).setBlockStateId({ x: x & 15, y, z: z & 15 }, state)
    const key = columnKey(x >> 4, z >> 4)
    if (!this.overlay.has(key)) this.overlay.set(key, new Map())
    this.overlay.get(key)?.set(((y - MIN_Y) << 8) | ((z & 15) << 4) | (x & 15), state)
    this.emit('change', { x, y, z }, state, old, quiet)
  }

  /** Drops the columns that `isNeeded` does not want. */
  unload (/** @type {(chunkX: number, chunkZ: number) => boolean} */ isNeeded) {
    for (const key of this.columns.keys()) {
      const [chunkX, chunkZ] = key.split(',').map(Number)
      if (!isNeeded(chunkX, chunkZ)) this.columns.delete(key)
    }
  }
}

module.exports = { WorldState, MIN_Y, MAX_Y, columnKey }
