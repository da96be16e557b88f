'use strict'
/** Where straight lines meet blocks, as they bound bodies, and boxes of bodies. */

/** @typedef {{x: number, y: number, z: number}} Point */
/** @typedef {{low: Point, high: Point}} Box */

const AXES = /** @type {('x' | 'y' | 'z')[]} */ (['x', 'y', 'z'])

class Rays {
  /** @param {any} game */
  constructor (game) {
    this.game = game
  }

  /**
   * The first block that a body going from a point by `way` runs into.
   * @param {Point} from
   * @param {Point} way
   * @returns {{share: number, block: Point, at: Point} | null} share: how much of the way is free, 0 to 1
   */
  blockOnWay (from, way) {
    const { world, entities } = this.game
    for (const block of cubesOnWay(from, way)) {
      let nearest = 2
      for (const [lowX, lowY, lowZ, highX, highY, highZ] of entities.collisions.shapeOf(world.get(block.x, block.y, block.z))) {
        const low = { x: block.x + lowX, y: block.y + lowY, z: block.z + lowZ }
        const high = { x: block.x + highX, y: block.y + highY, z: block.z + highZ }
        nearest = Math.min(nearest, boxOnWay(from, way, { low, high }) ?? 2)
      }
      if (nearest <= 1) return { share: nearest, block, at: along(from, way, nearest) }
    }
    return null
  }
}

/** The point a share of the way from a start. */
function along (/** @type {Point} */ from, /** @type {Point} */ way, /** @type {number} */ share) {
  return { x: from.x + way.x * share, y: from.y + way.y * share, z: from.z + way.z * share }
}

/** Every cube of the grid that a line passes, in its order. @returns {Generator<Point>} */
function * cubesOnWay (/** @type {Point} */ from, /** @type {Point} */ way) {
  const cube = { x: Math.floor(from.x), y: Math.floor(from.y), z: Math.floor(from.z) }
  const next = { x: 0, y: 0, z: 0 }
  const between = { x: 0, y: 0, z: 0 }
  for (const axis of AXES) {
    const speed = way[axis]
    between[axis] = speed === 0 ? Infinity : Math.abs(1 / speed)
    next[axis] = speed === 0 ? Infinity : (speed > 0 ? cube[axis] + 1 - from[axis] : from[axis] - cube[axis]) * between[axis]
  }
  yield { ...cube }
  while (true) {
    const axis = next.x <= next.y && next.x <= next.z ? 'x' : next.y <= next.z ? 'y' : 'z'
    if (next[axis] > 1) return
    cube[axis] += Math.sign(way[axis])
    next[axis] += between[axis]
    yield { ...cube }
  }
}

/**
 * Where a line enters a box.
 * @returns {number | null} the share of the way before it, 0 when it starts inside
 */
function boxOnWay (/** @type {Point} */ from, /** @type {Point} */ way, /** @type {Box} */ { low, high }) {
  let enters = 0
  let leaves = 1
  for (const axis of AXES) {
    if (way[axis] === 0) {
      if (from[axis] < low[axis] || from[axis] > high[axis]) return null
      continue
    }
    const first = (low[axis] - from[axis]) / way[axis]
    const second = (high[axis] - from[axis]) / way[axis]
    enters = Math.max(enters, Math.min(first, second))
    leaves = Math.min(leaves, Math.max(first, second))
  }
  return enters <= leaves ? enters : null
}

/** The box of a body that stands at a point, made wider by a margin. @returns {Box} */
function bodyBox (/** @type {Point} */ feet, /** @type {number} */ width, /** @type {number} */ height, margin = 0) {
  const half = width / 2 + margin
  return {
    low: { x: feet.x - half, y: feet.y - margin, z: feet.z - half },
    high: { x: feet.x + half, y: feet.y + height + margin, z: feet.z + half }
  }
}

function boxesMeet (/** @type {Box} */ a, /** @type {Box} */ b) {
  return AXES.every(axis => a.low[axis] < b.high[axis] && a.high[axis] > b.low[axis])
}

module.exports = { Rays, along, boxOnWay, bodyBox, boxesMeet }
