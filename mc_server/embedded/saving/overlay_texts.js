'use strict'
/** The edits of a world as text. What was not changed since is not written out anew: a column is kept in sections of 4096 blocks. */

const { MIN_Y, columnKey } = require('../world/world_state')

const SECTION_BITS = 12
const SECTIONS = 24

/** @typedef {{whole: string | null, sections: (string | null)[]}} ColumnText */

class OverlayTexts {
  /** @param {import('../world/world_state').WorldState} world */
  constructor (world) {
    this.world = world
    /** @type {Map<string, ColumnText>} */
    this.columns = new Map()
    /** Keys of the overlay in order. @type {string[]} */
    this.keys = []
    world.on('change', ({ x, y, z }) => {
      const column = this.columns.get(columnKey(x >> 4, z >> 4))
      if (!column) return
      column.whole = null
      column.sections[(y - MIN_Y) >> 4] = null
    })
  }

  /** The overlay was put in place of another. */
  forget () {
    this.columns.clear()
  }

  /** @returns {string} the columns in order: `"x,z":[index,state,index,state,...]` */
  text () {
    const { overlay } = this.world
    if (this.keys.length !== overlay.size || !this.keys.every(key => overlay.has(key))) this.keys = [...overlay.keys()].sort()
    return this.keys.map(key => this.#columnText(key)).join(',')
  }

  #columnText (/** @type {string} */ key) {
    let column = this.columns.get(key)
    if (!column) this.columns.set(key, column = { whole: null, sections: new Array(SECTIONS).fill(null) })
    if (column.whole === null) {
      this.#writeSections(column, /** @type {Map<number, number>} */ (this.world.overlay.get(key)))
      column.whole = `"${key}":[${column.sections.filter(Boolean).join(',')}]`
    }
    return column.whole
  }

  #writeSections (/** @type {ColumnText} */ { sections }, /** @type {Map<number, number>} */ edits) {
    const missing = sections.map(text => text === null ? /** @type {number[]} */ ([]) : null)
    for (const index of edits.keys()) missing[index >> SECTION_BITS]?.push(index)
    for (const [section, indices] of missing.entries()) {
      if (!indices) continue
      const sorted = Uint32Array.from(indices).sort()
      sections[section] = Array.from(sorted, index => `${index},${edits.get(index)}`).join(',')
    }
  }
}

module.exports = { OverlayTexts }
