'use strict'

const { PrimitiveError, isPrimitiveError } = require('./errors')
const { feetOf, eyeDistance } = require('./world')
const { REACH } = require('./digging')
const { travel, stepsBetween } = require('./movement')

/**
 * Go to where a cell can be used or filled: within reach, and not standing in it.
 * @param {import('./scope').Context} scope @param {any} cell
 */
async function goWithinReach (scope, cell) {
  const apart = (/** @type {any} */ feet) => !(feet.x === cell.x && feet.z === cell.z && (feet.y === cell.y || feet.y + 1 === cell.y))
  if (apart(feetOf(scope.bot)) && eyeDistance(feetOf(scope.bot), cell) <= REACH - 0.5) return
  try {
    await travel(scope, {
      middle: cell,
      isGoal: feet => apart(feet) && eyeDistance(feet, cell) <= REACH - 0.5,
      distance: feet => Math.max(0, stepsBetween(feet, cell) - 2)
    }, { what: `reach of ${cell}` })
  } catch (error) {
    if (isPrimitiveError(error, 'timeout')) throw new PrimitiveError('unreachable', error.message)
    throw error
  }
}

module.exports = { goWithinReach }
