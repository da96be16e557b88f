'use strict'

const { PrimitiveError } = require('../primitives/support/errors')
const { stepsBetween, travel } = require('../primitives/support/movement')
const { feetOf, look } = require('../primitives/support/world')
const { isFirmGround, keyOf } = require('./support/cells')

/** So long nobody has moved the bot, or it has not got anywhere. */
const AIMLESS_TICKS = 100
/** A floor of more cells is no pit. */
const MOST_CELLS = 40
/** How far up the rim is looked for. */
const DEEPEST = 12
const SIDES = [[1, 0], [-1, 0], [0, 1], [0, -1]]

/**
 * Where a body gets on foot from where it stands: level, a step up, a drop it survives.
 * @param {any} context
 * @returns {import('./support/cells').Cell[] | null} null when that is more than a pit holds
 */
function floorOf (context) {
  const start = feetOf(context.bot)
  const cells = [start]
  const seen = new Set([keyOf(start)])
  for (const { x, y, z } of cells) {
    for (const [dx, dz] of SIDES) {
      for (const dy of [0, 1, -1, -2, -3]) {
        const cell = { x: x + dx, y: y + dy, z: z + dz }
        if (seen.has(keyOf(cell)) || !isFirmGround(context, cell)) continue
        seen.add(keyOf(cell))
        if (cells.push(cell) > MOST_CELLS) return null
        break
      }
      if (look(context, x + dx, y, z + dz).liquid !== null) return null
    }
  }
  return cells
}

/** How high the rim of the pit is above the feet, if it is open above. @param {any} context @returns {number | null} */
function rimOf (context) {
  const { x, y, z } = feetOf(context.bot)
  for (let up = 2; up <= DEEPEST; up++) {
    if (!look(context, x, y + up, z).passable) return null
    const open = SIDES.some(([dx, dz]) => [1, 2].every(far => isFirmGround(context, { x: x + dx * far, y: y + up, z: z + dz * far })))
    if (open) return up
  }
  return null
}

/** @param {any} context */
function isInPit (context) {
  return context.bot.entity.onGround && rimOf(context) !== null && floorOf(context) !== null
}

/** @param {any} context */
async function climbOut (context) {
  const rim = rimOf(context)
  if (rim === null) throw new PrimitiveError('unreachable', 'it has no rim')
  const { x, y, z } = feetOf(context.bot)
  const top = { x, y: y + rim, z }
  await travel(context, {
    middle: top,
    isGoal: cell => cell.y >= top.y && isFirmGround(context, cell),
    distance: cell => Math.max(0, top.y - cell.y) + stepsBetween(cell, { ...top, y: cell.y }) / 4
  }, { timeoutSeconds: 90, what: 'the rim of the pit' })
  return `climbed ${rim} blocks`
}

/** Climb out of a hole that cannot be walked out of, when nobody moves the bot: a shelter has a roof, and is none. */
const pits = {
  urgency: 20,
  everyTicks: 20,
  secondsAtMost: 100,
  usesHands: true,
  wants: (/** @type {any} */ context, /** @type {any} */ { aimlessTicks }) =>
    aimlessTicks >= AIMLESS_TICKS && isInPit(context) ? 'the bot is in a hole that it cannot walk out of' : null,
  act: climbOut
}

module.exports = { pits }
