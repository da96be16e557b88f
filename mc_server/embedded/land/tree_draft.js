'use strict'
/**
 * Where a tree is put together: logs and leaves around the block it is rooted in, and how far each leaf is from the logs.
 *
 * The result holds no block states, only what a piece is; `tree_states.js` turns it into the blocks of a kind of wood.
 */

const REACH = 15
const SIDE = 32
const LAYERS = 48
const EMPTY = 0
/** A leaf whose distance is not known yet. */
const LEAF = 255
/** Leaves farther than this from a log would decay, and are left out. */
const FARTHEST_LEAF = 6
const NEIGHBOURS = [1, -1, SIDE, -SIDE, SIDE * SIDE, -SIDE * SIDE]

/** What a piece is: a log along an axis, or from LEAVES on a leaf, at a distance from the logs of `piece - LEAVES`. */
const PIECE = Object.freeze({ LOG_X: 1, LOG_Y: 2, LOG_Z: 3, LEAVES: 3 })

/**
 * @typedef {object} TreeShape
 * @property {Int8Array} pieces four numbers a piece: x, y, z from the root, and what it is (see PIECE)
 * @property {number} logs
 */

const indexOf = (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ z) =>
  (y * SIDE + z + REACH) * SIDE + x + REACH

class TreeDraft {
  constructor () {
    this.grid = new Uint8Array(SIDE * SIDE * LAYERS)
    /** @type {number[]} */
    this.logs = []
    /** @type {number[]} */
    this.leaves = []
  }

  log (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ z, piece = /** @type {number} */ (PIECE.LOG_Y)) {
    const index = indexOf(x, y, z)
    if (isLog(this.grid[index])) return
    this.grid[index] = piece
    this.logs.push(index)
  }

  /** An upright trunk; `y` is its lowest log. */
  trunk (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ z, /** @type {number} */ height) {
    for (let level = 0; level < height; level++) this.log(x, y + level, z)
  }

  leaf (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ z) {
    const index = indexOf(x, y, z)
    if (y < 0 || y >= LAYERS - 1 || this.grid[index] !== EMPTY) return
    this.grid[index] = LEAF
    this.leaves.push(index)
  }

  /**
   * A square layer of leaves around a column; `keepsCorner` says whether a corner is there.
   * @param {number} x
   * @param {number} y
   * @param {number} z
   * @param {number} radius
   * @param {() => boolean} keepsCorner
   */
  layer (x, y, z, radius, keepsCorner = () => false) {
    for (let dx = -radius; dx <= radius; dx++) {
      for (let dz = -radius; dz <= radius; dz++) {
        const corner = radius > 0 && Math.abs(dx) === radius && Math.abs(dz) === radius
        if (!corner || keepsCorner()) this.leaf(x + dx, y, z + dz)
      }
    }
  }

  /** Measures the leaves and empties the draft. @returns {TreeShape} */
  finish () {
    const measured = this.#measureLeaves()
    const pieces = new Int8Array((this.logs.length + measured.length) * 4)
    const logs = this.logs.length
    let at = 0
    for (const index of [...this.logs, ...measured]) {
      pieces[at++] = (index & (SIDE - 1)) - REACH
      pieces[at++] = index >> 10
      pieces[at++] = ((index >> 5) & (SIDE - 1)) - REACH
      pieces[at++] = this.grid[index]
    }
    for (const index of this.logs) this.grid[index] = EMPTY
    for (const index of this.leaves) this.grid[index] = EMPTY
    this.logs = []
    this.leaves = []
    return { pieces, logs }
  }

  /** Spreads out from the logs. @returns {number[]} the leaves that are near enough */
  #measureLeaves () {
    const { grid } = this
    /** @type {number[]} */
    const measured = []
    let edge = this.logs
    for (let distance = 1; distance <= FARTHEST_LEAF && edge.length > 0; distance++) {
      /** @type {number[]} */
      const next = []
      for (const index of edge) {
        for (const step of NEIGHBOURS) {
          const neighbour = index + step
          if (grid[neighbour] !== LEAF) continue
          grid[neighbour] = PIECE.LEAVES + distance
          next.push(neighbour)
        }
      }
      for (const index of next) measured.push(index)
      edge = next
    }
    return measured
  }
}

const isLog = (/** @type {number} */ piece) => piece >= PIECE.LOG_X && piece <= PIECE.LOG_Z

module.exports = { TreeDraft, PIECE }
