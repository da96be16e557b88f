'use strict'
/**
 * Which blocks the bot can have seen: those with a line of sight from where its eyes are or were.
 *
 * A client is sent whole chunks, ores in the rock included, unless the server hides them. A bot that plays by sight looks for
 * blocks only among these. What counts: an unbroken line from a place of its eyes to a side of the block. Not covered: where it
 * looked and how bright it was.
 */

const EYE_HEIGHT = 1.62
/** Farther away a single block is not made out. */
const MAXIMUM_DISTANCE = 48
/** Places of the eyes that are remembered: a walk of some hundred blocks. */
const MAXIMUM_TRAIL = 600
const MAXIMUM_REMEMBERED = 100000
/** Lines that are followed within one tick; what they do not suffice for counts as not seen and is asked again later. */
const MAXIMUM_LINES = 200000
/** A block that fills its cell and lets no light through. */
const OPAQUE_FILTER = 15
const SIDES = [[0, 1, 0], [0, -1, 0], [1, 0, 0], [-1, 0, 0], [0, 0, 1], [0, 0, -1]]
/** Where on a side one looks at: its middle, then near its corners. */
const SPOTS = [[0, 0], [0.35, 0.35], [-0.35, -0.35], [0.35, -0.35], [-0.35, 0.35]]

/** @typedef {{x: number, y: number, z: number}} Point */

class Sight {
  /** @param {any} bot */
  constructor (bot) {
    this.bot = bot
    this.opaque = opaqueStates(bot.registry)
    /** Where the eyes were. @type {Point[]} */
    this.trail = []
    /** How often the trail was begun anew at its end. */
    this.dropped = 0
    /** By `keyOf`. @type {Set<number>} */
    this.seen = new Set()
    /** Exposed blocks not seen so far: up to which place of the trail that is known. @type {Map<number, number>} */
    this.unseenUntil = new Map()
    this.lastCell = ''
    /** The column looked at last: most looks are near each other. @type {{x: number, z: number, blocks: any} | null} */
    this.column = null
    /** Followed since the last tick. */
    this.lines = 0
    bot.on('move', () => this.remember())
    bot.on('physicsTick', () => { this.lines = 0 })
    for (const event of ['chunkColumnLoad', 'chunkColumnUnload', 'respawn', 'spawn']) bot.on(event, () => { this.column = null })
  }

  /** Adds where the eyes are now to the trail. */
  remember () {
    const { x, y, z } = this.bot.entity.position
    const cell = `${Math.floor(x)},${Math.floor(y)},${Math.floor(z)}`
    if (cell === this.lastCell) return
    this.lastCell = cell
    this.trail.push({ x, y: y + EYE_HEIGHT, z })
    if (this.trail.length > MAXIMUM_TRAIL) {
      this.trail.shift()
      this.dropped++
    }
  }

  /** @param {Point} block */
  hasSeen ({ x, y, z }) {
    const key = keyOf(x, y, z)
    if (this.seen.has(key)) return true
    if (this.isBuried(x, y, z)) return false
    const sides = SIDES.filter(([dx, dy, dz]) => !this.isOpaque(x + dx, y + dy, z + dz))
    const now = { ...this.bot.entity.position, y: this.bot.entity.position.y + EYE_HEIGHT }
    const block = { x, y, z }
    const found = this.sees(now, block, sides) || this.sawFromTrail(key, block, sides)
    if (found) this.keep(key)
    return found
  }

  /** Most blocks are, so that is asked without making anything. */
  isBuried (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ z) {
    return this.isOpaque(x, y + 1, z) && this.isOpaque(x, y - 1, z) && this.isOpaque(x + 1, y, z) &&
      this.isOpaque(x - 1, y, z) && this.isOpaque(x, y, z + 1) && this.isOpaque(x, y, z - 1)
  }

  /**
   * @param {number} key
   * @param {Point} block
   * @param {number[][]} sides
   */
  sawFromTrail (key, block, sides) {
    const known = Math.max(0, (this.unseenUntil.get(key) ?? 0) - this.dropped)
    for (let place = this.trail.length - 1; place >= known; place--) {
      if (this.lines > MAXIMUM_LINES) return false
      if (this.sees(this.trail[place], block, sides)) return true
    }
    if (this.unseenUntil.size > MAXIMUM_REMEMBERED) this.unseenUntil.clear()
    this.unseenUntil.set(key, this.trail.length + this.dropped)
    return false
  }

  /** @param {number} key */
  keep (key) {
    if (this.seen.size > MAXIMUM_REMEMBERED) this.seen.clear()
    this.seen.add(key)
    this.unseenUntil.delete(key)
  }

  /**
   * @param {Point} eyes
   * @param {Point} block
   * @param {number[][]} sides those that are open
   */
  sees (eyes, { x, y, z }, sides) {
    if (Math.hypot(x + 0.5 - eyes.x, y + 0.5 - eyes.y, z + 0.5 - eyes.z) > MAXIMUM_DISTANCE) return false
    return sides.some(([dx, dy, dz]) => {
      const middle = { x: x + 0.5 + dx * 0.501, y: y + 0.5 + dy * 0.501, z: z + 0.5 + dz * 0.501 }
      const faces = (eyes.x - middle.x) * dx + (eyes.y - middle.y) * dy + (eyes.z - middle.z) * dz > 0
      return faces && SPOTS.some(([a, b]) => this.isOpen(eyes, {
        x: middle.x + (dx === 0 ? a : 0),
        y: middle.y + (dy === 0 ? (dx === 0 ? b : a) : 0),
        z: middle.z + (dz === 0 ? b : 0)
      }))
    })
  }

  /**
   * Whether nothing opaque is on the line: goes from cell to cell along it.
   * @param {Point} from
   * @param {Point} to
   */
  isOpen (from, to) {
    this.lines++
    const way = [to.x - from.x, to.y - from.y, to.z - from.z]
    const start = [from.x, from.y, from.z]
    const cell = start.map(Math.floor)
    const last = [to.x, to.y, to.z].map(Math.floor)
    const step = way.map(Math.sign)
    const next = way.map((length, axis) => length === 0
      ? Infinity
      : (cell[axis] + (length > 0 ? 1 : 0) - start[axis]) / length)
    while (!cell.every((value, axis) => value === last[axis])) {
      const axis = next[0] < next[1] ? (next[0] < next[2] ? 0 : 2) : (next[1] < next[2] ? 1 : 2)
      if (next[axis] > 1) return true
      cell[axis] += step[axis]
      next[axis] += 1 / Math.abs(way[axis])
      if (this.isOpaque(cell[0], cell[1], cell[2])) return false
    }
    return true
  }

  /** Also what is not loaded. */
  isOpaque (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ z) {
    const { minY, height } = this.bot.game
    if (y < minY || y >= minY + height) return y < minY
    const blocks = this.columnAt(x >> 4, z >> 4)
    return !blocks || this.opaque[blocks.getBlockStateId({ x: x & 15, y, z: z & 15 })] === 1
  }

  columnAt (/** @type {number} */ x, /** @type {number} */ z) {
    if (this.column?.x !== x || this.column.z !== z) this.column = { x, z, blocks: this.bot.world.getColumn(x, z) }
    return this.column.blocks
  }
}

/** A number for a place: unlike a text it costs nothing to make. Places half a million blocks apart are not told apart. */
function keyOf (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ z) {
  return ((x & 0xfffff) * 0x100000 + (z & 0xfffff)) * 0x1000 + (y & 0xfff)
}

/**
 * @param {any} registry
 * @returns {Uint8Array} 1 for each state that hides what is behind it
 */
function opaqueStates (registry) {
  const states = Object.keys(registry.blocksByStateId).map(Number)
  const opaque = new Uint8Array(1 + Math.max(...states))
  for (const state of states) {
    const { filterLight, boundingBox, transparent } = registry.blocksByStateId[state]
    const hides = filterLight === undefined ? boundingBox === 'block' && !transparent : filterLight >= OPAQUE_FILTER
    opaque[state] = hides ? 1 : 0
  }
  return opaque
}

module.exports = { Sight }
