'use strict'
/**
 * The blocks of the world: columns generated when they are needed, and an overlay of everything that was changed.
 *
 * A column can be dropped and generated again at any time without losing an edit. Reading never fails: a column that is
 * not there is generated. Not covered: what a change of a block causes (`block_updates.js`, `fluids.js`).
 */

const { EventEmitter } = require('node:events')
const { WorldGenerator, MIN_Y, WORLD_HEIGHT } = require('../land/world_generator')
const { Column } = require('./columns')

const MAX_Y = MIN_Y + WORLD_HEIGHT - 1
/** Generated columns that are remembered, at about 70 kB each. */
const MOST_PRISTINE = 150

/** Key of the column that holds a block. */
const columnKey = (/** @type {number} */ chunkX, /** @type {number} */ chunkZ) => `${chunkX},${chunkZ}`

/** Emits `change` ({x, y, z}, newState, oldState, quiet) after a block changed, `column` (x, z) after one was made, `forgotten`. */
class WorldState extends EventEmitter {
  /**
   * @param {any} terrain a `Terrain`, or what stands in for it
   * @param {any} registry
   * @param {any} [generator] a `WorldGenerator`, or what stands in for it
   */
  constructor (terrain, registry, generator = new WorldGenerator(terrain, registry)) {
    super()
    // Every rule that looks after blocks listens.
    this.setMaxListeners(0)
    this.terrain = terrain
    this.registry = registry
    this.generator = generator
    /** @type {Map<string, Column>} */
    this.columns = new Map()
    /** Columns generated lately, without edits. @type {Map<string, Column>} */
    this.pristine = new Map()
    /** The column looked up last: reads come in clusters. @type {Column | null} */
    this.last = null
    /** Edits: column key -> index of block in the column -> state. @type {Map<string, Map<number, number>>} */
    this.overlay = new Map()
  }

  /** @returns {Column} generated, when it is not there */
  column (/** @type {number} */ chunkX, /** @type {number} */ chunkZ) {
    if (this.last !== null && this.last.chunkX === chunkX && this.last.chunkZ === chunkZ) return this.last
    const key = columnKey(chunkX, chunkZ)
    let column = this.columns.get(key)
    if (column === undefined) {
      column = this.#build(chunkX, chunkZ)
      this.columns.set(key, column)
      this.last = column
      this.emit('column', chunkX, chunkZ)
    }
    this.last = column
    return column
  }

  #build (/** @type {number} */ chunkX, /** @type {number} */ chunkZ) {
    const key = columnKey(chunkX, chunkZ)
    const { states, biomes } = this.#generated(key, chunkX, chunkZ)
    const column = new Column(chunkX, chunkZ, states, biomes)
    for (const [index, state] of this.overlay.get(key) ?? []) column.set(index, state)
    return column
  }

  /** What a column is like before any edit; the last ones are remembered, since a world that is put back needs them again. */
  #generated (/** @type {string} */ key, /** @type {number} */ chunkX, /** @type {number} */ chunkZ) {
    let pristine = this.pristine.get(key)
    if (pristine === undefined) {
      const { states, biomes } = this.generator.generate(chunkX, chunkZ)
      pristine = new Column(chunkX, chunkZ, states, biomes)
      if (this.pristine.size >= MOST_PRISTINE) this.pristine.delete(this.pristine.keys().next().value ?? '')
      this.pristine.set(key, pristine)
    }
    return pristine
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
    return this.column(blockX >> 4, blockZ >> 4).get(((blockY - MIN_Y) << 8) | ((blockZ & 15) << 4) | (blockX & 15))
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
    const index = ((y - MIN_Y) << 8) | ((z & 15) << 4) | (x & 15)
    this.column(x >> 4, z >> 4).set(index, state)
    const key = columnKey(x >> 4, z >> 4)
    if (!this.overlay.has(key)) this.overlay.set(key, new Map())
    this.overlay.get(key)?.set(index, state)
    this.emit('change', { x, y, z }, state, old, quiet)
  }

  /** Drops all columns; emits `forgotten` for those who remember something of them. */
  forget () {
    this.columns.clear()
    this.last = null
    this.emit('forgotten')
  }

  /** Brings the columns in memory into an order that does not tell which was loaded first. */
  sortColumns () {
    const sorted = [...this.columns].sort(([a], [b]) => a < b ? -1 : 1)
    this.columns.clear()
    for (const [key, column] of sorted) this.columns.set(key, column)
  }

  /** Drops the columns that `isNeeded` does not want. */
  unload (/** @type {(chunkX: number, chunkZ: number) => boolean} */ isNeeded) {
    this.last = null
    for (const [key, { chunkX, chunkZ }] of this.columns) if (!isNeeded(chunkX, chunkZ)) this.columns.delete(key)
  }
}

module.exports = { WorldState, MIN_Y, MAX_Y, columnKey }
