'use strict'
/** Where water flows to, for what drifts in it. */

const SIDES = [[1, 0], [-1, 0], [0, 1], [0, -1]]
const FALLING_LEVEL = 8

/**
 * The direction of the current at a point: of length 1, or 0 where water stands still.
 * @param {any} game
 * @param {{x: number, y: number, z: number}} at
 * @returns {{x: number, z: number}}
 */
function currentAt ({ world, blocks }, at) {
  const [x, y, z] = [Math.floor(at.x), Math.floor(at.y + 0.1), Math.floor(at.z)]
  const height = (/** @type {number} */ state) => {
    if (!blocks.isWater(state)) return blocks.holdsWater(state) ? FALLING_LEVEL : 0
    const level = Number(blocks.properties(state).level)
    return level >= FALLING_LEVEL ? FALLING_LEVEL : FALLING_LEVEL - level
  }
  const here = height(world.get(x, y, z))
  const flow = { x: 0, z: 0 }
  for (const [sideX, sideZ] of SIDES) {
    const state = world.get(x + sideX, y, z + sideZ)
    if (blocks.solid[state]) continue
    const slope = here - height(state)
    // Air beside water draws only when water has gone down there.
    if (height(state) === 0 && height(world.get(x + sideX, y - 1, z + sideZ)) === 0) continue
    flow.x += sideX * slope
    flow.z += sideZ * slope
  }
  const length = Math.hypot(flow.x, flow.z)
  return length === 0 ? flow : { x: flow.x / length, z: flow.z / length }
}

module.exports = { currentAt }
