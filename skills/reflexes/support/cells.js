'use strict'

const { PrimitiveError } = require('../../primitives/support/errors')
const { waitAtMost } = require('../../primitives/support/waiting')
const { look, feetOf } = require('../../primitives/support/world')

/** @typedef {{x: number, y: number, z: number}} Cell */

/** How far a way out is looked for, in blocks from where it begins. */
const RADIUS = 14
const MOST_CELLS = 6000
const STEP_MILLISECONDS = 2500
const NEIGHBOURS = [[1, 0, 0], [-1, 0, 0], [0, 0, 1], [0, 0, -1], [0, 1, 0], [0, -1, 0]]

/** @param {Cell} cell */
const keyOf = ({ x, y, z }) => `${x},${y},${z}`

/** A body can be there for a moment: air, plants, water, lava, fire. @param {any} context @param {Cell} cell */
function isOpen (context, { x, y, z }) {
  const traits = look(context, x, y, z)
  return traits.passable || traits.liquid !== null || /fire$/.test(traits.name)
}

/** A body can stay there: its feet and head in air, on firm ground. @param {any} context @param {Cell} cell */
function isFirmGround (context, { x, y, z }) {
  return look(context, x, y, z).passable && look(context, x, y + 1, z).passable && look(context, x, y - 1, z).standable
}

/**
 * The shortest way for a body that swims, walks, climbs a step and drops, to the nearest cell that will do.
 * @param {any} context
 * @param {(cell: Cell) => boolean} isGoal
 * @param {{radius?: number, within?: (cell: Cell) => boolean}} [options] `within`: the feet may go there
 * @returns {Cell[] | null} without the cell it begins in
 */
function wayTo (context, isGoal, { radius = RADIUS, within = () => true } = {}) {
  const start = feetOf(context.bot)
  const queue = [{ cell: start, from: /** @type {any} */ (null) }]
  const seen = new Set([keyOf(start)])
  for (let index = 0; index < queue.length && index < MOST_CELLS; index++) {
    const node = queue[index]
    if (node.from && isGoal(node.cell)) return unwound(node)
    for (const cell of nextCells(context, node.cell)) {
      const far = Math.max(Math.abs(cell.x - start.x), Math.abs(cell.y - start.y), Math.abs(cell.z - start.z)) > radius
      if (far || seen.has(keyOf(cell)) || !within(cell)) continue
      seen.add(keyOf(cell))
      queue.push({ cell, from: node })
    }
  }
  return null
}

/** @param {any} node @returns {Cell[]} */
function unwound (node) {
  const way = []
  for (let step = node; step.from; step = step.from) way.unshift(step.cell)
  return way
}

/** Where a body in a cell can get next. @param {any} context @param {Cell} cell @returns {Cell[]} */
function nextCells (context, cell) {
  const { x, y, z } = cell
  const fits = (/** @type {Cell} */ at) => isOpen(context, at) && isOpen(context, { ...at, y: at.y + 1 })
  const swims = look(context, x, y, z).liquid !== null
  const stands = swims || look(context, x, y - 1, z).standable || look(context, x, y - 1, z).liquid !== null
  const cells = []
  for (const [dx, dy, dz] of NEIGHBOURS) {
    const next = { x: x + dx, y: y + dy, z: z + dz }
    // Up it goes only by swimming, sideways only from where the body is held.
    if (dy > 0 ? swims && fits(next) : dy < 0 || stands ? fits(next) : false) cells.push(next)
    const onStep = { ...next, y: y + 1 }
    if (dy === 0 && stands && look(context, next.x, y, next.z).standable && fits(onStep) && isOpen(context, { x, y: y + 2, z })) cells.push(onStep)
  }
  return cells
}

/**
 * Follow a way by hand.
 * @param {any} context @param {Cell[]} way
 * @param {{until?: () => boolean}} [options] ends it early
 */
async function follow (context, way, { until = () => false } = {}) {
  const { bot } = context
  try {
    for (const cell of way) {
      const arrived = await waitAtMost(context, {
        what: 'a step', timeoutMs: STEP_MILLISECONDS, events: [[bot, 'physicsTick']], until: () => until() || steer(bot, cell)
      })
      if (until()) return
      if (!arrived) throw new PrimitiveError('unreachable', `there was no way into ${keyOf(cell)}`)
    }
  } finally {
    bot.clearControlStates()
  }
}

/** One tick towards the middle of a cell. @param {any} bot @param {Cell} cell @returns {boolean} whether it is reached */
function steer (bot, cell) {
  const { position, isInWater, isInLava, isCollidedHorizontally } = bot.entity
  const [dx, dz] = [cell.x + 0.5 - position.x, cell.z + 0.5 - position.z]
  const away = Math.hypot(dx, dz)
  const rise = cell.y - position.y
  if (away < 0.4 && rise < 0.3 && rise > -0.95) return true
  if (away > 0.05) bot.entity.yaw = Math.atan2(-dx, -dz)
  bot.setControlState('forward', away > 0.15)
  bot.setControlState('sprint', away > 0.5 && bot.food > 6)
  bot.setControlState('jump', ((isInWater || isInLava) && rise > -0.5) || (rise > 0.3 && (away < 1.6 || isCollidedHorizontally)))
  return false
}

module.exports = { follow, isFirmGround, isOpen, keyOf, wayTo }
