'use strict'
/** The six sides of a block by name, the blocks beside them, and where a look points. */

/** @typedef {{x: number, y: number, z: number}} Point */

/** Sides by their number in packets. */
const SIDES = ['down', 'up', 'north', 'south', 'west', 'east']
/** Where a player looks, by quarter turns of its yaw; each is clockwise of the one before. */
const AROUND = ['south', 'west', 'north', 'east']
const STEPS = /** @type {Record<string, [number, number, number]>} */ ({
  down: [0, -1, 0], up: [0, 1, 0], north: [0, 0, -1], south: [0, 0, 1], west: [-1, 0, 0], east: [1, 0, 0]
})
const OPPOSITE = /** @type {Record<string, string>} */ ({
  north: 'south', south: 'north', east: 'west', west: 'east', up: 'down', down: 'up'
})
const AXIS = /** @type {Record<string, string>} */ ({ down: 'y', up: 'y', north: 'z', south: 'z', west: 'x', east: 'x' })

const clockwise = (/** @type {string} */ side) => AROUND[(AROUND.indexOf(side) + 1) & 3]
const counterclockwise = (/** @type {string} */ side) => AROUND[(AROUND.indexOf(side) + 3) & 3]
const isHorizontal = (/** @type {string} */ side) => side !== 'up' && side !== 'down'

/** @returns {Point} the block beside another */
function beside (/** @type {Point} */ { x, y, z }, /** @type {string} */ side) {
  const [dx, dy, dz] = STEPS[side]
  return { x: x + dx, y: y + dy, z: z + dz }
}

/** The horizontal side a player faces. */
const facingOf = (/** @type {number} */ yaw) => AROUND[Math.floor((((yaw % 360) + 360) % 360) / 90 + 0.5) & 3]

/** One of sixteen turns, for things that stand at any angle. */
const rotationOf = (/** @type {number} */ yaw) => Math.floor(yaw * 16 / 360 + 0.5) & 15

/** All sides, those that a look points to most first. */
function looking (/** @type {{yaw: number, pitch: number}} */ { yaw, pitch }) {
  const turn = yaw * Math.PI / 180
  const tilt = pitch * Math.PI / 180
  const view = [-Math.sin(turn) * Math.cos(tilt), -Math.sin(tilt), Math.cos(turn) * Math.cos(tilt)]
  const share = (/** @type {string} */ side) => STEPS[side].reduce((sum, step, axis) => sum + step * view[axis], 0)
  return [...SIDES].sort((a, b) => share(b) - share(a))
}

module.exports = {
  SIDES, AROUND, STEPS, OPPOSITE, AXIS, clockwise, counterclockwise, isHorizontal, beside, facingOf, rotationOf, looking
}
