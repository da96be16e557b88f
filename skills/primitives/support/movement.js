'use strict'

const { PrimitiveError, isFinal } = require('./errors')
const { guard, waitAtMost, waitUntilStanding } = require('./waiting')
const { look, feetOf, underSky } = require('./world')
const { bestTool } = require('./digging')
const { scaffoldingCount } = require('./placing')
const { planTunnel, keyOf } = require('./tunnel')
const { followSteps, moveInto, StepFailed } = require('./stepping')
const { defend } = require('./combat')
const { createMovements } = require('./pathfinder_movements')

/**
 * Where to go: `isGoal` says whether the feet may stay in a cell, `distance` how many steps remain.
 *
 * @typedef {import('./tunnel').Cell} Cell
 * @typedef {{isGoal: (cell: Cell) => boolean, distance: (cell: Cell) => number, middle: Cell}} Target
 */

/** From how many blocks on the path finder walks a stage over open ground first. */
const FAR = 24
/** How far one such stage goes. */
const STAGE = 14
const THINK_MS = 1500
const STAGE_TIMEOUT_MS = 20000

/** Within `range` of a cell. @param {Cell} middle @param {number} range @returns {Target} */
function near (middle, range) {
  return {
    middle,
    isGoal: cell => Math.hypot(cell.x - middle.x, cell.y - middle.y, cell.z - middle.z) <= range,
    distance: cell => Math.max(0, stepsBetween(cell, middle) - range)
  }
}

/** Steps that a walker needs at least. @param {Cell} a @param {Cell} b */
function stepsBetween (a, b) {
  return Math.max(Math.abs(a.x - b.x) + Math.abs(a.z - b.z), Math.abs(a.y - b.y))
}

/** What the planner sees of the world now. @param {any} context @param {Set<string>} [avoid] */
function groundOf (context, avoid) {
  const { bot } = context
  return {
    look: (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ z) => look(context, x, y, z),
    digSeconds: (/** @type {any} */ traits) => bestTool(bot, traits.block).seconds,
    blocks: scaffoldingCount(bot),
    avoid
  }
}

/**
 * Go to a target whatever is in between: stages over open ground with the path finder while it is
 * far, then steps planned by ourselves, digging and laying floors. Throws `unreachable` or
 * `timeout`.
 *
 * @param {import('./scope').Context} context
 * @param {Target} target
 * @param {{timeoutSeconds?: number, what?: string, until?: () => boolean, maxNodes?: number}} [options] `what` names the target
 */
async function travel (context, target, { timeoutSeconds = 180, what = 'the place', until, maxNodes } = {}) {
  const { bot } = context
  const startedAt = Date.now()
  /** @type {Set<string>} */
  const avoid = new Set()
  let best = Infinity
  let stalled = 0
  let stagesFailed = 0
  for (;;) {
    await waitUntilStanding(context)
    await defend(context)
    const feet = feetOf(bot)
    if (target.isGoal(feet) || until?.()) return
    if (Date.now() - startedAt > timeoutSeconds * 1000) {
      throw new PrimitiveError('timeout', `Did not reach ${what} within ${timeoutSeconds} seconds; ${Math.round(target.distance(feet))} blocks are left.`)
    }
    const left = target.distance(feet)
    if (left < best - 0.5) {
      best = left
      stalled = 0
    } else if (++stalled > 5) {
      throw new PrimitiveError('unreachable', `No way to ${what} from ${feet.x}, ${feet.y}, ${feet.z}. Try another target, or carry more blocks and a pickaxe.`)
    }
    const horizontal = Math.hypot(target.middle.x - feet.x, target.middle.z - feet.z)
    if (horizontal > FAR && stagesFailed < 3 && underSky(context, feet)) {
      if (await walkStage(context, target, STAGE)) continue
      stagesFailed++
    }
    const hopeless = await stepTowards(context, target, avoid, until, maxNodes ?? (stalled > 2 ? 12000 : 5000))
    if (hopeless) stalled += 3
  }
}

/**
 * Plan and follow steps of our own; a step that fails is avoided in the next plan.
 * @param {import('./scope').Context} context @param {Target} target @param {Set<string>} avoid
 * @param {(() => boolean)|undefined} until @param {number} maxNodes
 * @returns {Promise<boolean>} true when nothing nearer can be reached
 */
async function stepTowards (context, target, avoid, until, maxNodes) {
  const { bot } = context
  const start = feetOf(bot)
  const plan = planTunnel({ start, isGoal: target.isGoal, distance: target.distance, ground: groundOf(context, avoid), maxNodes })
  if (plan.steps.length === 0) {
    await getUnstuck(context)
    return plan.exhausted
  }
  const { failed, taken } = await followSteps(context, plan.steps, { until })
  if (failed) avoid.add(keyOf(failed.to))
  if (taken === 0) await getUnstuck(context)
  return false
}

/** Jump on the spot towards the middle of the cell: frees a bot that hangs on an edge. @param {any} context */
async function getUnstuck (context) {
  const { bot } = context
  bot.setControlState('jump', true)
  let ticks = 0
  await waitAtMost(context, { what: 'a jump', timeoutMs: 1000, events: [[bot, 'physicsTick']], until: () => ++ticks > 3 })
  try {
    await moveInto(context, feetOf(bot), { timeoutMs: 1000 })
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error
  } finally {
    bot.clearControlStates()
  }
  await waitUntilStanding(context)
}

/**
 * Walk some blocks towards the target over open ground with the path finder.
 * @param {import('./scope').Context} context @param {Target} target @param {number} blocks
 * @returns {Promise<boolean>} whether that brought the bot nearer
 */
async function walkStage (context, target, blocks) {
  const { bot } = context
  const { x, z } = target.middle
  const start = feetOf(bot)
  const away = (/** @type {any} */ cell) => Math.hypot(x - cell.x, z - cell.z)
  const enough = Math.max(4, away(start) - blocks)
  bot.pathfinder.thinkTimeout = THINK_MS
  bot.pathfinder.setMovements(createMovements(context))
  const goal = new context.pathfinder.goals.Goal()
  Object.assign(goal, {
    heuristic: (/** @type {any} */ node) => Math.max(0, away(node) - enough),
    isEnd: (/** @type {any} */ node) => away(node) <= enough,
    hasChanged: () => false,
    isValid: () => true
  })
  const controller = watchProgress(context)
  try {
    await guard({ ...context, signal: controller.signal }, bot.pathfinder.goto(goal), STAGE_TIMEOUT_MS, 'walking a stage')
  } catch (error) {
    if (isFinal(error)) throw error
  } finally {
    controller.stop()
    bot.pathfinder.setGoal(null)
    bot.stopDigging()
    bot.clearControlStates()
  }
  return away(feetOf(bot)) < away(start) - 2
}

/**
 * A signal that ends a walk when the bot has neither moved nor dug for some seconds.
 * @param {import('./scope').Context} context
 */
function watchProgress (context, stuckMs = 5000) {
  const { bot } = context
  const controller = new AbortController()
  let place = bot.entity.position.clone()
  let since = Date.now()
  const onTick = () => {
    const moved = bot.entity.position.distanceTo(place) > 0.7
    if (moved || bot.targetDigBlock) {
      place = bot.entity.position.clone()
      since = Date.now()
    } else if (Date.now() - since > stuckMs) {
      controller.abort(new PrimitiveError('unreachable', 'The bot is stuck.'))
    }
  }
  const onAbort = () => controller.abort(context.signal.reason)
  bot.on('physicsTick', onTick)
  context.signal.addEventListener('abort', onAbort)
  return {
    signal: controller.signal,
    stop: () => {
      bot.removeListener('physicsTick', onTick)
      context.signal.removeEventListener('abort', onAbort)
    }
  }
}

module.exports = { travel, walkStage, near, stepsBetween, groundOf, FAR }
