'use strict'
/** Bodies against blocks: how far a box can move, what is in the way of a line. Boxes are [x, y, z, x, y, z]. */

/** Blocks whose shape reaches above their cube (fences, walls) are looked for this far below. */
const TALL_SHAPE = 1
const SKIN = 1e-7

class Collisions {
  /** @param {any} game */
  constructor (game) {
    this.game = game
    /** Boxes of each block state, found when first asked for. @type {number[][][]} */
    this.shapes = []
  }

  /** @returns {number[][]} the boxes of a state, in the block's own coordinates */
  shapeOf (/** @type {number} */ state) {
    return (this.shapes[state] ??= this.game.blocks.shapeOf(state))
  }

  /** @returns {number[]} */
  boxOf (/** @type {any} */ { x, y, z, width, height }) {
    const half = width / 2
    return [x - half, y, z - half, x + half, y + height, z + half]
  }

  /** Everything solid that touches a box, as boxes in the world. Land that is not loaded is solid. */
  around (/** @type {number[]} */ [fromX, fromY, fromZ, toX, toY, toZ]) {
    const { world } = this.game
    const boxes = []
    for (let x = Math.floor(fromX); x <= Math.floor(toX); x++) {
      for (let z = Math.floor(fromZ); z <= Math.floor(toZ); z++) {
        if (!world.isLoaded(x, z)) {
          boxes.push([x, fromY - 1, z, x + 1, toY + 1, z + 1])
          continue
        }
        for (let y = Math.floor(fromY) - TALL_SHAPE; y <= Math.floor(toY); y++) {
          for (const box of this.shapeOf(world.get(x, y, z))) {
            boxes.push([x + box[0], y + box[1], z + box[2], x + box[3], y + box[4], z + box[5]])
          }
        }
      }
    }
    return boxes
  }

  /** Whether a box is in something solid. */
  isBlocked (/** @type {number[]} */ box) {
    return this.around(box).some(other => overlap(box, other))
  }

  /**
   * How far a box gets: down or up first, then sideways.
   * @param {number[]} box
   * @param {{x: number, y: number, z: number}} step
   * @returns {{x: number, y: number, z: number}}
   */
  sweep (box, step) {
    const region = box.slice()
    const { x, y, z } = step
    stretch(region, 0, x)
    stretch(region, 1, y)
    stretch(region, 2, z)
    const solid = this.around(region)
    if (solid.length === 0) return { x, y, z }
    const moving = box.slice()
    const moved = { x: 0, y: advance(moving, solid, 1, y), z: 0 }
    if (Math.abs(x) < Math.abs(z)) {
      moved.z = advance(moving, solid, 2, z)
      moved.x = advance(moving, solid, 0, x)
    } else {
      moved.x = advance(moving, solid, 0, x)
      moved.z = advance(moving, solid, 2, z)
    }
    return moved
  }

  /** Whether nothing solid is between two points. */
  isClear (/** @type {Point} */ from, /** @type {Point} */ to) {
    const { world } = this.game
    const direction = [to.x - from.x, to.y - from.y, to.z - from.z]
    const origin = [from.x, from.y, from.z]
    const cell = origin.map(Math.floor)
    const step = direction.map(Math.sign)
    const next = direction.map((length, axis) => length === 0
      ? Infinity
      : ((length > 0 ? cell[axis] + 1 : cell[axis]) - origin[axis]) / length)
    for (;;) {
      if (!world.isLoaded(cell[0], cell[2])) return false
      for (const box of this.shapeOf(world.get(cell[0], cell[1], cell[2]))) {
        if (crosses(origin, direction, box, cell)) return false
      }
      const axis = next[0] < next[1] ? (next[0] < next[2] ? 0 : 2) : (next[1] < next[2] ? 1 : 2)
      if (next[axis] > 1) return true
      cell[axis] += step[axis]
      next[axis] += Math.abs(1 / direction[axis])
    }
  }
}

/** @typedef {{x: number, y: number, z: number}} Point */

function overlap (/** @type {number[]} */ a, /** @type {number[]} */ b) {
  return a[0] < b[3] - SKIN && a[3] > b[0] + SKIN && a[1] < b[4] - SKIN && a[4] > b[1] + SKIN &&
    a[2] < b[5] - SKIN && a[5] > b[2] + SKIN
}

function stretch (/** @type {number[]} */ box, /** @type {number} */ axis, /** @type {number} */ by) {
  if (by < 0) box[axis] += by
  else box[axis + 3] += by
}

/** Moves a box along an axis until something stops it. @returns {number} how far it came */
function advance (/** @type {number[]} */ box, /** @type {number[][]} */ solid, /** @type {number} */ axis, /** @type {number} */ distance) {
  if (distance === 0) return 0
  const [u, v] = axis === 0 ? [1, 2] : axis === 1 ? [0, 2] : [0, 1]
  let left = distance
  for (const other of solid) {
    if (box[u] >= other[u + 3] - SKIN || box[u + 3] <= other[u] + SKIN) continue
    if (box[v] >= other[v + 3] - SKIN || box[v + 3] <= other[v] + SKIN) continue
    if (left > 0 && other[axis] >= box[axis + 3] - SKIN) left = Math.min(left, Math.max(0, other[axis] - box[axis + 3]))
    else if (left < 0 && other[axis + 3] <= box[axis] + SKIN) left = Math.max(left, Math.min(0, other[axis + 3] - box[axis]))
  }
  // A zero has no sign: it would not survive being written down.
  left += 0
  box[axis] += left
  box[axis + 3] += left
  return left
}

/** Whether a line from `origin` along `direction` goes through a box of the block `cell`; to touch it is not enough. */
function crosses (/** @type {number[]} */ origin, /** @type {number[]} */ direction, /** @type {number[]} */ box, /** @type {number[]} */ cell) {
  let enter = 0
  let leave = 1
  for (let axis = 0; axis < 3; axis++) {
    const low = cell[axis] + box[axis] - origin[axis]
    const high = cell[axis] + box[axis + 3] - origin[axis]
    if (direction[axis] === 0) {
      if (low > 0 || high <= 0) return false
      continue
    }
    const first = low / direction[axis]
    const second = high / direction[axis]
    enter = Math.max(enter, Math.min(first, second))
    leave = Math.min(leave, Math.max(first, second))
  }
  return enter < leave - SKIN
}

module.exports = { Collisions }
