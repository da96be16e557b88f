'use strict'
/**
 * Light that spreads, and light that goes: both from a column into those around it.
 *
 * A region is three by three columns. Its blocks are numbered `y << 12 | z << 6 | x` with x and z from 0 to 47 and y from the
 * bottom of the world; a spread never leaves it, which no light that starts in the middle column would. Sky and block light
 * share a byte and are spread one after the other: `shift` tells which.
 */

const { FACE_BITS, WHOLE_FACE } = require('./light_tables')

const HEIGHT = 384
const SIDE = 48
const SKY = 4
const BLOCK = 0
/** Light where nothing was noted: full of the sky, none of blocks. */
const OPEN = 0xf0
const SECTION_BLOCKS = 4096

/** Steps in x, y and z, in the order of the faces; each opposite is one bit off. */
const STEP_X = [0, 0, 0, 0, -1, 1]
const STEP_Y = [-1, 1, 0, 0, 0, 0]
const STEP_Z = [0, 0, -1, 1, 0, 0]

/** @typedef {import('./columns').Column} Column */

const indexOf = (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ z) => (y << 8) | ((z & 15) << 4) | (x & 15)

/** Sky and block light of a block of a column. */
const lightAt = (/** @type {Column} */ { light }, /** @type {number} */ index) =>
  light !== null && index < light.length ? light[index] : OPEN

function setLight (/** @type {Column} */ column, /** @type {number} */ index, /** @type {number} */ value) {
  let light = /** @type {Uint8Array} */ (column.light)
  if (index >= light.length) {
    light = new Uint8Array(((index >> 12) + 1) * SECTION_BLOCKS).fill(OPEN)
    light.set(/** @type {Uint8Array} */ (column.light))
    column.light = light
  }
  light[index] = value
}

class LightSpread {
  /**
   * @param {import('./light_tables').LightTables} tables
   * @param {(column: Column, section: number) => void} onChange called for a section whose light changed, again and again
   */
  constructor (tables, onChange) {
    this.tables = tables
    this.onChange = onChange
    /** Columns of the region, index `(z >> 4) * 3 + (x >> 4)`; no light goes where there is none. @type {(Column | null)[]} */
    this.columns = new Array(9).fill(null)
    /** Blocks whose light goes out into their neighbours. @type {number[]} */
    this.bright = []
    /** Blocks that lost their light, and what it was, in turn. @type {number[]} */
    this.lost = []
  }

  level (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ z, /** @type {number} */ shift) {
    const column = this.columns[(z >> 4) * 3 + (x >> 4)]
    return column === null ? 0 : (lightAt(column, indexOf(x, y, z)) >> shift) & 15
  }

  setLevel (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ z, /** @type {number} */ shift, /** @type {number} */ level) {
    const column = /** @type {Column} */ (this.columns[(z >> 4) * 3 + (x >> 4)])
    const index = indexOf(x, y, z)
    setLight(column, index, (lightAt(column, index) & (0xf0 >> shift)) | (level << shift))
    this.onChange(column, index >> 12)
  }

  state (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ z) {
    return /** @type {Column} */ (this.columns[(z >> 4) * 3 + (x >> 4)]).get(indexOf(x, y, z))
  }

  /** Whether light passes between two states; `face` is the one of the first that it leaves through. */
  #passes (/** @type {number} */ from, /** @type {number} */ to, /** @type {number} */ face) {
    const { faces } = this.tables
    if ((faces[from] | faces[to]) === 0) return true
    return (((faces[from] >> (face * FACE_BITS)) | (faces[to] >> ((face ^ 1) * FACE_BITS))) & WHOLE_FACE) !== WHOLE_FACE
  }

  /** Whether the sky's light falls from a block into the one below without loss. */
  fallsInto (/** @type {number} */ above, /** @type {number} */ below) {
    return this.tables.opacity[below] === 0 && this.#passes(above, below, 0)
  }

  /** Lets what is in `bright` spread until nothing gets brighter. */
  spread (/** @type {number} */ shift) {
    const { bright, columns, tables: { opacity } } = this
    for (let next = 0; next < bright.length; next++) {
      const x = bright[next] & 63
      const y = bright[next] >> 12
      const z = (bright[next] >> 6) & 63
      const level = this.level(x, y, z, shift)
      if (level <= 1) continue
      const from = this.state(x, y, z)
      for (let face = 0; face < 6; face++) {
        const toX = x + STEP_X[face]
        const toY = y + STEP_Y[face]
        const toZ = z + STEP_Z[face]
        if (toX < 0 || toX >= SIDE || toZ < 0 || toZ >= SIDE || toY < 0 || toY >= HEIGHT) continue
        const column = columns[(toZ >> 4) * 3 + (toX >> 4)]
        if (column === null) continue
        const index = indexOf(toX, toY, toZ)
        const light = lightAt(column, index)
        if (((light >> shift) & 15) >= level - 1) continue
        const to = column.get(index)
        const arriving = level - Math.max(1, opacity[to])
        if (((light >> shift) & 15) >= arriving || !this.#passes(from, to, face)) continue
        setLight(column, index, (light & (0xf0 >> shift)) | (arriving << shift))
        this.onChange(column, index >> 12)
        bright.push((toY << 12) | (toZ << 6) | toX)
      }
    }
    bright.length = 0
  }

  /**
   * Takes away all light that may have come from what is in `lost`. What shines into the dark from its edge, or shines by
   * itself there, is then in `bright`.
   */
  darken (/** @type {number} */ shift) {
    const { lost, bright, columns } = this
    for (let next = 0; next < lost.length; next += 2) {
      const x = lost[next] & 63
      const y = lost[next] >> 12
      const z = (lost[next] >> 6) & 63
      const was = lost[next + 1]
      for (let face = 0; face < 6; face++) {
        const toX = x + STEP_X[face]
        const toY = y + STEP_Y[face]
        const toZ = z + STEP_Z[face]
        if (toX < 0 || toX >= SIDE || toZ < 0 || toZ >= SIDE || toY < 0 || toY >= HEIGHT) continue
        const column = columns[(toZ >> 4) * 3 + (toX >> 4)]
        if (column === null) continue
        const level = (lightAt(column, indexOf(toX, toY, toZ)) >> shift) & 15
        if (level === 0) continue
        const own = shift === BLOCK ? this.tables.emission[this.state(toX, toY, toZ)] : 0
        if (level < was && level > own) this.lose(toX, toY, toZ, shift)
        else bright.push((toY << 12) | (toZ << 6) | toX)
      }
    }
    lost.length = 0
  }

  /** Takes a block's light away; what it gives by itself it keeps. */
  lose (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ z, /** @type {number} */ shift) {
    this.lost.push((y << 12) | (z << 6) | x, this.level(x, y, z, shift))
    const own = shift === BLOCK ? this.tables.emission[this.state(x, y, z)] : 0
    this.setLevel(x, y, z, shift, own)
    if (own > 0) this.shine(x, y, z)
  }

  /** Lets a block spread the light it has. */
  shine (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ z) {
    this.bright.push((y << 12) | (z << 6) | x)
  }
}

module.exports = { LightSpread, lightAt, indexOf, SKY, BLOCK, OPEN, HEIGHT }
