'use strict'
/**
 * A world of the embedded server as it was saved last, made anew from its seed and its edits.
 *
 * Covers reading the file beside the one who plays: it is replaced as a whole, so what is read is whole. Nothing is written
 * and nobody is asked, so that looking on changes nothing. Not covered: what has not been saved yet.
 */

const fs = require('node:fs')
const path = require('node:path')
const registry = require('prismarine-registry')('1.20.4')
const Chunk = /** @type {any} */ (require('prismarine-chunk'))(registry)
const { Vec3 } = require('vec3')
const { Terrain } = require('../embedded/land/terrain')
const { WorldState, MIN_Y } = require('../embedded/world/world_state')

const LIGHT = 15
const HEIGHT = 384
/** Blocks along a side of what has one biome. */
const CELL = 4

class SavedWorld {
  /** @param {string} folder of the world */
  constructor (folder) {
    this.path = path.join(folder, 'world.json')
    this.savedAt = 0
    /** @type {WorldState | null} */
    this.world = null
    /** What each column's edits were, as text. @type {Map<string, string>} */
    this.edits = new Map()
  }

  /**
   * Reads the file if it is another one.
   * @returns {string[]} the keys of the columns that have changed since
   */
  refresh () {
    const { mtimeMs } = fs.statSync(this.path)
    if (mtimeMs === this.savedAt) return []
    this.savedAt = mtimeMs
    const { seed, overlay } = JSON.parse(fs.readFileSync(this.path, 'utf8'))
    const world = this.world ??= new WorldState(new Terrain(seed), registry)
    const edits = new Map(Object.entries(overlay).map(([key, flat]) => [key, String(flat)]))
    const changed = [...new Set([...edits.keys(), ...this.edits.keys()])].filter(key => edits.get(key) !== this.edits.get(key))
    this.edits = edits
    world.overlay.clear()
    for (const [key, flat] of Object.entries(overlay)) {
      const column = new Map()
      for (let place = 0; place < flat.length; place += 2) column.set(flat[place], flat[place + 1])
      world.overlay.set(key, column)
    }
    return changed
  }

  /** @returns {string} a column as the viewer reads it */
  column (/** @type {number} */ chunkX, /** @type {number} */ chunkZ) {
    if (this.world === null) throw new Error('the world was not read yet')
    this.world.forget()
    const column = this.world.column(chunkX, chunkZ)
    const chunk = new Chunk({ minY: MIN_Y, worldHeight: HEIGHT })
    const at = new Vec3(0, 0, 0)
    for (let index = 0; index < HEIGHT * 256; index++) {
      const state = column.get(index)
      at.set(index & 15, (index >> 8) + MIN_Y, (index >> 4) & 15)
      if (state !== 0) chunk.setBlockStateId(at, state)
      else chunk.setSkyLight(at, LIGHT)
    }
    for (let y = MIN_Y; y < MIN_Y + HEIGHT; y += CELL) {
      column.biomes.forEach((biome, cell) => {
        at.set((cell & 3) * CELL, y, (cell >> 2) * CELL)
        chunk.setBiome(at, biome)
      })
    }
    return chunk.toJson()
  }
}

module.exports = { SavedWorld }
