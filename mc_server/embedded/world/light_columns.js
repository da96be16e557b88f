'use strict'
/**
 * The light of whole columns, and what an edit changes of it.
 *
 * Light is a function of the blocks alone: the brightest that any path from a source leaves at a block. No path is longer
 * than 15 blocks, so a column's light follows from three by three columns. It is made in two steps: the column by itself,
 * then what comes in from beside; after the second it is exact. After an edit exact light is mended where all light that the
 * edit can reach is exact, and dropped where it is not, to be made again when somebody asks.
 */

const { LightSpread, lightAt, indexOf, SKY, BLOCK, OPEN, HEIGHT } = require('./light_spread')
const { columnKey, MIN_Y } = require('./world_state')

const FULL = 15
/** Beyond so many edits of a column it is cheaper to begin anew. */
const MOST_MENDED = 4096
/** Pairs of neighbours in a region: index of both, and whether they meet in x. @type {[number, number, boolean][]} */
const BORDERS = [
  [0, 1, true], [1, 2, true], [3, 4, true], [4, 5, true], [6, 7, true], [7, 8, true],
  [0, 3, false], [3, 6, false], [1, 4, false], [4, 7, false], [2, 5, false], [5, 8, false]
]
const MIDDLE = 4

/** @typedef {import('./columns').Column} Column */

class LightColumns {
  /**
   * @param {import('./world_state').WorldState} world
   * @param {import('./light_tables').LightTables} tables
   */
  constructor (world, tables) {
    this.world = world
    this.tables = tables
    /** Exact light that has changed: bit sets of sections. @type {Map<Column, number>} */
    this.changed = new Map()
    /** Columns whose exact light was dropped. @type {Set<Column>} */
    this.dropped = new Set()
    /** Edits that light does not know of: indices of blocks by column. @type {Map<string, Set<number>>} */
    this.edits = new Map()
    this.spread = new LightSpread(tables, (column, section) => {
      if (column.lightIsExact) this.changed.set(column, (this.changed.get(column) ?? 0) | (1 << section))
    })
    world.on('change', ({ x, y, z }, state, old) => {
      if (!tables.alike(state, old)) this.#note(x >> 4, z >> 4, indexOf(x, y - MIN_Y, z))
    })
    world.on('forgotten', () => {
      this.edits.clear()
      this.changed.clear()
      this.dropped.clear()
    })
  }

  #note (/** @type {number} */ chunkX, /** @type {number} */ chunkZ, /** @type {number} */ index) {
    const key = columnKey(chunkX, chunkZ)
    const edits = this.edits.get(key)
    if (edits) edits.add(index)
    else this.edits.set(key, new Set([index]))
  }

  /** @returns {Column} with exact light */
  exact (/** @type {number} */ chunkX, /** @type {number} */ chunkZ) {
    this.settle()
    const column = this.world.column(chunkX, chunkZ)
    if (column.lightIsExact) return column
    // New columns may bring edits with them, so all are there before the first ray.
    const region = around(chunkX, chunkZ).map(([x, z]) => this.world.column(x, z))
    this.settle()
    for (const each of region) if (each.light === null) this.#begin(each)
    for (const [index, each] of region.entries()) this.spread.columns[index] = each
    for (const shift of [SKY, BLOCK]) {
      for (const [a, b, inX] of BORDERS) if (!region[a].lightIsExact || !region[b].lightIsExact) this.#meet(a, b, inX, shift)
      this.spread.spread(shift)
    }
    this.spread.columns.fill(null)
    column.lightIsExact = true
    return column
  }

  /** The light that a column has from its own sources. */
  #begin (/** @type {Column} */ column) {
    column.light = new Uint8Array(column.states.length)
    this.spread.columns[MIDDLE] = column
    this.#beginSky(column, column.light)
    this.spread.spread(SKY)
    this.#beginBlocks(column, column.light)
    this.spread.spread(BLOCK)
    this.spread.columns[MIDDLE] = null
  }

  #beginSky (/** @type {Column} */ column, /** @type {Uint8Array} */ light) {
    const lowest = new Int16Array(256)
    for (let at = 0; at < 256; at++) {
      lowest[at] = this.#lowestOpen(column, at)
      for (let y = lowest[at]; y << 8 < light.length; y++) light[(y << 8) | at] = OPEN
    }
    for (let at = 0; at < 256; at++) {
      const x = at & 15
      const z = at >> 4
      const highest = Math.max(lowest[at] + 1,
        x > 0 ? lowest[at - 1] : 0, x < 15 ? lowest[at + 1] : 0, z > 0 ? lowest[at - 16] : 0, z < 15 ? lowest[at + 16] : 0)
      for (let y = lowest[at]; y < Math.min(highest, HEIGHT); y++) this.spread.shine(16 + x, y, 16 + z)
    }
  }

  /** The lowest y, from the bottom of the world, that the sky's light falls to; `at` is z << 4 | x. */
  #lowestOpen (/** @type {Column} */ column, /** @type {number} */ at) {
    const { states } = column
    let y = states.length >> 8
    for (let above = 0; y > 0; y--) {
      const below = states[((y - 1) << 8) | at]
      if ((above | below) !== 0 && !this.spread.fallsInto(above, below)) break
      above = below
    }
    return y
  }

  #beginBlocks (/** @type {Column} */ { states }, /** @type {Uint8Array} */ light) {
    const { emission } = this.tables
    for (let index = 0; index < states.length; index++) {
      const level = emission[states[index]]
      if (level === 0) continue
      light[index] |= level
      this.spread.shine(16 + (index & 15), index >> 8, 16 + ((index >> 4) & 15))
    }
  }

  /** Finds what shines over the border between two columns of the region. */
  #meet (/** @type {number} */ a, /** @type {number} */ b, /** @type {boolean} */ inX, /** @type {number} */ shift) {
    const { spread } = this
    const first = /** @type {Column} */ (spread.columns[a])
    const second = /** @type {Column} */ (spread.columns[b])
    const height = Math.max(first.light?.length ?? 0, second.light?.length ?? 0) >> 8
    const [lastX, stepX] = inX ? [15, 0] : [0, 1]
    const [lastZ, stepZ] = inX ? [0, 1] : [15, 0]
    for (let y = 0; y < height; y++) {
      for (let along = 0; along < 16; along++) {
        const x = along * stepX
        const z = along * stepZ
        const difference = ((lightAt(first, indexOf(x + lastX, y, z + lastZ)) >> shift) & 15) - ((lightAt(second, indexOf(x, y, z)) >> shift) & 15)
        if (difference > 1) spread.shine((a % 3) * 16 + x + lastX, y, Math.floor(a / 3) * 16 + z + lastZ)
        else if (difference < -1) spread.shine((b % 3) * 16 + x, y, Math.floor(b / 3) * 16 + z)
      }
    }
  }

  /** Brings light up to date with all edits. */
  settle () {
    if (this.edits.size === 0) return
    const edits = this.edits
    this.edits = new Map()
    for (const [key, indices] of edits) {
      const [chunkX, chunkZ] = key.split(',').map(Number)
      const region = around(chunkX, chunkZ).map(([x, z]) => this.world.columns.get(columnKey(x, z)) ?? null)
      if (region.every(each => each === null || each.light === null)) continue
      region.forEach((each, index) => { this.spread.columns[index] = each?.lightIsExact ? each : null })
      const reached = this.#reached(indices)
      const canMend = indices.size <= MOST_MENDED && reached.every(index => region[index]?.lightIsExact)
      if (canMend) this.#mend(indices)
      this.spread.columns.fill(null)
      if (!canMend) for (const index of reached) this.#drop(region[index])
    }
  }

  /** @returns {number[]} the columns of the region whose light may depend on edits of the middle one */
  #reached (/** @type {Set<number>} */ indices) {
    const bounds = { west: 47, east: 0, north: 47, south: 0 }
    for (const index of indices) {
      const x = 16 + (index & 15)
      const z = 16 + ((index >> 4) & 15)
      const reach = Math.max(0, this.#brightest(x, index >> 8, z) - 1)
      bounds.west = Math.min(bounds.west, x - reach)
      bounds.east = Math.max(bounds.east, x + reach)
      bounds.north = Math.min(bounds.north, z - reach)
      bounds.south = Math.max(bounds.south, z + reach)
    }
    const reached = []
    for (let z = bounds.north >> 4; z <= bounds.south >> 4; z++) {
      for (let x = bounds.west >> 4; x <= bounds.east >> 4; x++) reached.push(z * 3 + x)
    }
    return reached
  }

  /** The brightest light that a block has, had, or can get from beside. */
  #brightest (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ z) {
    let brightest = this.tables.emission[/** @type {Column} */ (this.spread.columns[MIDDLE])?.get(indexOf(x, y, z)) ?? 0]
    for (const [dx, dy, dz] of [[0, 0, 0], [0, -1, 0], [0, 1, 0], [-1, 0, 0], [1, 0, 0], [0, 0, -1], [0, 0, 1]]) {
      const column = this.spread.columns[((z + dz) >> 4) * 3 + ((x + dx) >> 4)]
      if (column === null) return FULL
      if (y + dy < 0 || y + dy >= HEIGHT) continue
      const light = lightAt(column, indexOf(x + dx, y + dy, z + dz))
      brightest = Math.max(brightest, light & 15, light >> 4)
    }
    return brightest
  }

  /** Mends the region's light after edits of its middle column. */
  #mend (/** @type {Set<number>} */ indices) {
    const { spread } = this
    const column = /** @type {Column} */ (spread.columns[MIDDLE])
    const open = [...new Set([...indices].map(index => index & 255))].map(at => ({
      x: 16 + (at & 15), z: 16 + (at >> 4), now: this.#lowestOpen(column, at), before: lowestLit(column, at)
    }))
    for (const shift of [SKY, BLOCK]) {
      for (const index of indices) spread.lose(16 + (index & 15), index >> 8, 16 + ((index >> 4) & 15), shift)
      if (shift === SKY) for (const { x, z, now, before } of open) for (let y = before; y < now; y++) spread.lose(x, y, z, SKY)
      spread.darken(shift)
      if (shift === SKY) for (const { x, z, now } of open) this.#openSky(column, x, z, now)
      spread.spread(shift)
    }
  }

  /** Makes a shaft bright again from a height up. */
  #openSky (/** @type {Column} */ column, /** @type {number} */ x, /** @type {number} */ z, /** @type {number} */ lowest) {
    const { spread } = this
    for (let y = lowest; y << 8 < /** @type {Uint8Array} */ (column.light).length; y++) {
      if (spread.level(x, y, z, SKY) === FULL) continue
      spread.setLevel(x, y, z, SKY, FULL)
      spread.shine(x, y, z)
    }
    if (lowest < HEIGHT) spread.shine(x, lowest, z)
  }

  #drop (/** @type {Column | null} */ column) {
    if (column === null) return
    if (column.lightIsExact) this.dropped.add(column)
    column.light = null
    column.lightIsExact = false
    this.changed.delete(column)
  }
}

/** The lowest y that the light of the sky has fallen to without loss. */
function lowestLit (/** @type {Column} */ column, /** @type {number} */ at) {
  const light = /** @type {Uint8Array} */ (column.light)
  let y = light.length >> 8
  while (y > 0 && light[((y - 1) << 8) | at] >= OPEN) y--
  return y
}

/** @returns {[number, number][]} the columns of a region, row by row */
const around = (/** @type {number} */ chunkX, /** @type {number} */ chunkZ) =>
  [-1, 0, 1].flatMap(z => [-1, 0, 1].map(x => /** @type {[number, number]} */ ([chunkX + x, chunkZ + z])))

module.exports = { LightColumns }
