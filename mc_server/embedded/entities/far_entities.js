'use strict'
/**
 * Entities in land that nobody is near: kept as text by column, so that the world is ticked, saved and copied at the cost of what is
 * near. They come back, just as they were, in the tick after their column was loaded.
 */

const { canonicalJson } = require('../saving/canonical_json')
const { columnKey } = require('../world/world_state')

class FarEntities {
  /** @param {any} game */
  constructor (game) {
    this.game = game
    /** Packed entities by column. @type {Map<string, string>} */
    this.texts = new Map()
    /** Columns loaded since the last tick. @type {Set<string>} */
    this.arrived = new Set()
    /** All of it as text, until something changes. @type {string | null} */
    this.whole = null
    game.world.on('column', (/** @type {number} */ chunkX, /** @type {number} */ chunkZ) => this.arrived.add(columnKey(chunkX, chunkZ)))
  }

  tick () {
    if (this.arrived.size === 0) return
    const { world, entities } = this.game
    for (const key of this.arrived) {
      const text = this.texts.get(key)
      if (text === undefined || !world.columns.has(key)) continue
      entities.add(JSON.parse(text))
      this.#forget(key)
    }
    this.arrived.clear()
  }

  /** Puts away what stands in columns that are not loaded. */
  putAway () {
    const { world, entities } = this.game
    /** @type {Map<string, any[]>} */
    const far = new Map()
    for (const entity of entities.all.values()) {
      if (world.isLoaded(entity.x, entity.z)) continue
      const key = columnKey(Math.floor(entity.x) >> 4, Math.floor(entity.z) >> 4)
      far.set(key, [...far.get(key) ?? [], entity])
    }
    for (const [key, list] of far) {
      const there = JSON.parse(this.texts.get(key) ?? '[]')
      this.#forget(key)
      this.texts.set(key, canonicalJson([...there, ...list.map(entity => entities.packOne(entity))]))
      for (const entity of list) entities.remove(entity)
    }
  }

  /** They are no more. */
  clear () {
    this.texts.clear()
    this.whole = null
  }

  #forget (/** @type {string} */ key) {
    this.texts.delete(key)
    this.whole = null
  }

  pack () {
    return JSON.parse(this.packText())
  }

  /** @returns {string} what `pack` gives, as text */
  packText () {
    this.whole ??= `{${[...this.texts.keys()].sort().map(key => `"${key}":${this.texts.get(key)}`).join(',')}}`
    return this.whole
  }

  unpack (/** @type {Record<string, any[]>} */ packed) {
    this.clear()
    for (const [key, list] of Object.entries(packed)) this.texts.set(key, canonicalJson(list))
  }
}

module.exports = { FarEntities }
