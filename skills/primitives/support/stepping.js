'use strict'

const { PrimitiveError } = require('./errors')
const { waitAtMost, waitUntilStanding } = require('./waiting')
const { look, feetOf } = require('./world')
const { clearCell } = require('./digging')
const { placeAt, scaffoldingName } = require('./placing')
const { defend } = require('./combat')

/** @typedef {import('./tunnel').Step} Step */

/** A step that went otherwise than planned; whoever follows the steps plans again. */
class StepFailed extends Error {}

/** @param {any} bot @param {any} cell */
function standsIn (bot, cell, tolerance = 0.35) {
  const { x, y, z } = bot.entity.position
  return Math.abs(x - cell.x - 0.5) <= tolerance && Math.abs(z - cell.z - 0.5) <= tolerance &&
    y > cell.y - 0.3 && y < cell.y + 0.95
}

/**
 * Walk, jump or fall into a neighbouring cell by hand.
 * @param {import('./scope').Context} context @param {any} cell
 * @param {{stop?: boolean, timeoutMs?: number, sprint?: boolean}} [options]
 */
async function moveInto (context, cell, { stop = true, timeoutMs = 3000, sprint = false } = {}) {
  const { bot, Vec3 } = context
  const middle = new Vec3(cell.x + 0.5, cell.y, cell.z + 0.5)
  const tolerance = stop ? 0.25 : 0.45
  const steer = () => {
    const { position, isInWater, onGround } = bot.entity
    const settled = onGround || isInWater
    if (standsIn(bot, cell, tolerance) && (settled || !stop)) return true
    const away = Math.hypot(middle.x - position.x, middle.z - position.z)
    if (away > 0.1) bot.entity.yaw = Math.atan2(position.x - middle.x, position.z - middle.z)
    const rise = cell.y - position.y
    const hindered = bot.entity.isCollidedHorizontally && rise > 0.3
    bot.setControlState('forward', away > 0.15)
    bot.setControlState('sprint', sprint && away > 0.5)
    bot.setControlState('jump', (isInWater && rise > -0.5) || (rise > 0.3 && (away < 1.6 || hindered)))
    return false
  }
  try {
    const arrived = await waitAtMost(context, {
      what: 'a step', timeoutMs, events: [[bot, 'physicsTick']], until: steer
    })
    if (!arrived) throw new StepFailed(`no way into ${middle}`)
  } finally {
    if (stop) {
      bot.clearControlStates()
      bot.entity.velocity.x = 0
      bot.entity.velocity.z = 0
    } else {
      bot.setControlState('jump', false)
    }
  }
}

/** Jump and put a block under the feet. @param {import('./scope').Context} context @param {any} cell */
async function pillarUp (context, cell) {
  const { bot } = context
  const name = scaffoldingName(bot)
  if (!name) throw new StepFailed('no blocks to stand on')
  await moveInto(context, cell)
  if (look(context, cell.x, cell.y, cell.z).name !== 'air') await clearPlants(context, cell)
  await bot.look(bot.entity.yaw, -Math.PI / 2, true)
  bot.setControlState('jump', true)
  try {
    const high = await waitAtMost(context, {
      what: 'the jump',
      timeoutMs: 2000,
      events: [[bot, 'physicsTick']],
      until: () => bot.entity.position.y > cell.y + 1.02
    })
    bot.setControlState('jump', false)
    if (!high) throw new StepFailed('could not jump')
    await placeAt(context, name, cell)
  } finally {
    bot.setControlState('jump', false)
  }
  await waitUntilStanding(context)
}

/** Grass and flowers hinder placing on some servers. @param {any} context @param {any} cell */
async function clearPlants (context, cell) {
  const { bot, Vec3 } = context
  const block = bot.blockAt(new Vec3(cell.x, cell.y, cell.z), false)
  if (block && block.diggable && block.boundingBox === 'empty' && !look(context, cell.x, cell.y, cell.z).liquid) {
    await bot.dig(block, true).catch(() => {})
  }
}

/** Whether a step's floor is still as planned. @param {any} context @param {Step} step */
function floorHolds (context, { to, kind }) {
  if (kind === 'swim') return true
  const floor = look(context, to.x, to.y - 1, to.z)
  return floor.standable || look(context, to.x, to.y, to.z).liquid === 'water' || floor.liquid === 'water'
}

/**
 * Take one step: dig, lay the floor, move, each made sure of.
 * @param {import('./scope').Context} context @param {Step} step @param {Step|undefined} next
 */
async function takeStep (context, step, next) {
  const { bot } = context
  if (step.kind === 'sink') {
    await moveInto(context, step.from)
    if (!look(context, step.to.x, step.to.y - 1, step.to.z).standable) throw new StepFailed('nothing to land on')
  }
  for (const cell of step.dig) {
    refuseLiquids(context, cell, step.kind === 'swim')
    await clearCell(context, cell)
  }
  if (step.kind === 'pillar') return pillarUp(context, step.from)
  if (step.place) {
    const name = scaffoldingName(bot)
    if (!name) throw new StepFailed('no blocks for a floor')
    if (!look(context, step.place.x, step.place.y, step.place.z).standable) await placeAt(context, name, step.place)
  }
  if (!floorHolds(context, step)) throw new StepFailed('the floor is gone')
  const runsOn = next !== undefined && next.dig.length === 0 && !next.place && next.kind !== 'pillar' &&
    !['drop', 'sink'].includes(step.kind) && isStraight(step, next)
  await moveInto(context, step.to, {
    stop: !runsOn,
    sprint: runsOn && step.kind === 'forward' && next.kind === 'forward' && bot.food > 6,
    timeoutMs: step.kind === 'swim' ? 5000 : 3000
  })
}

/** @param {Step} step @param {Step} next */
function isStraight (step, next) {
  return next.to.x - next.from.x === step.to.x - step.from.x && next.to.z - next.from.z === step.to.z - step.from.z
}

/** Digging must not let a liquid in that was not known when the way was planned; water lets itself in to no one who swims. */
function refuseLiquids (/** @type {any} */ context, /** @type {any} */ { x, y, z }, /** @type {boolean} */ swims) {
  const around = [[0, 1, 0], [1, 0, 0], [-1, 0, 0], [0, 0, 1], [0, 0, -1]]
  if (look(context, x, y, z).passable) return
  const liquids = around.map(([dx, dy, dz]) => look(context, x + dx, y + dy, z + dz).liquid)
  if (liquids.some(liquid => liquid !== null && !(swims && liquid === 'water'))) {
    throw new StepFailed('liquid behind the wall')
  }
}

/**
 * Follow steps to their end or to the first that fails.
 * @param {import('./scope').Context} context @param {Step[]} steps
 * @param {{until?: () => boolean}} [options] `until`: stop early
 * @returns {Promise<{taken: number, failed: Step|null, reason: string}>}
 */
async function followSteps (context, steps, { until } = {}) {
  const { bot } = context
  let taken = 0
  try {
    for (const [index, step] of steps.entries()) {
      if (until?.()) break
      await defend(context)
      const feet = feetOf(bot)
      if (feet.x !== step.from.x || feet.z !== step.from.z || Math.abs(feet.y - step.from.y) > 1) {
        return { taken, failed: null, reason: 'off the way' }
      }
      try {
        await takeStep(context, step, steps[index + 1])
      } catch (error) {
        if (error instanceof PrimitiveError && ['died', 'cancelled'].includes(error.code)) throw error
        if (!(error instanceof StepFailed) && !(error instanceof PrimitiveError)) throw error
        return { taken, failed: step, reason: error.message }
      }
      taken++
    }
  } finally {
    bot.clearControlStates()
  }
  return { taken, failed: null, reason: '' }
}

module.exports = { followSteps, moveInto, standsIn, StepFailed }
