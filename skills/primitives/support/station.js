'use strict'

const { PrimitiveError, isFinal } = require('./errors')
const { inventoryCounts, waitForItem } = require('./inventory')
const { findBlocks } = require('./search')
const { look, feetOf, eyeDistance } = require('./world')
const { digBlock, bestTool, REACH } = require('./digging')
const { placeNearby } = require('./placing')
const { pickUpDrops } = require('./drops')
const { goWithinReach } = require('./reaching')
const { groundOf, near, travel } = require('./movement')
const { planTunnel } = require('./tunnel')

/** How far a standing table or furnace is walked to. */
const WALK_TO = 16
/** How often fights may lead away from a station that is to be taken back. */
const MAX_RETURNS = 3

/**
 * Use a crafting table or furnace: one within reach, else one near enough to walk to, else a
 * carried one, which is placed and taken back afterwards.
 *
 * @template T
 * @param {import('./scope').Context} context
 * @param {string} name
 * @param {(block: any) => Promise<T>} use gets the block
 * @returns {Promise<T>}
 */
async function withStation (context, name, use) {
  const { bot, Vec3 } = context
  const standing = await goToStanding(context, name)
  if (standing) return use(bot.blockAt(new Vec3(standing.x, standing.y, standing.z)))
  if (!inventoryCounts(bot)[name]) {
    throw new PrimitiveError('missing_ingredients',
      `This needs a ${name}, and there is none within ${WALK_TO} blocks or in the inventory. Craft a ${name} first.`,
      { missing: { [name]: 1 } })
  }
  await leaveWater(context)
  const cell = await placeNearby(context, name)
  try {
    return await use(bot.blockAt(new Vec3(cell.x, cell.y, cell.z)))
  } finally {
    if (!context.signal.aborted) await takeBack(context, name, cell)
  }
}

/** Out of the water, where that can be: whoever works at a window does not see the breath go. @param {any} context */
async function leaveWater (context) {
  const feet = feetOf(context.bot)
  const isWet = (/** @type {any} */ { x, y, z }) => [0, 1].some(up => look(context, x, y + up, z).liquid !== null)
  if (!isWet(feet)) return
  const isShore = (/** @type {any} */ cell) => !isWet(cell) && look(context, cell.x, cell.y - 1, cell.z).standable
  const way = planTunnel({ start: feet, isGoal: isShore, distance: () => 0, ground: groundOf(context) })
  if (!way.complete) return
  try {
    await travel(context, near(way.steps[way.steps.length - 1].to, 0), { timeoutSeconds: 60, what: 'dry ground' })
  } catch (error) {
    if (isFinal(error) || !(error instanceof PrimitiveError)) throw error
  }
}

/** @param {any} context @param {string} name */
async function goToStanding (context, name) {
  const { bot } = context
  const cells = findBlocks(context, [name], { maxDistance: WALK_TO, limit: 4 })
  const reachable = cells.find(cell => eyeDistance(feetOf(bot), cell) <= REACH - 0.5)
  if (reachable) return reachable
  const carried = inventoryCounts(bot)[name] > 0
  for (const cell of carried ? [] : cells) {
    try {
      await goWithinReach(context, cell)
      return cell
    } catch (error) {
      if (isFinal(error) || !(error instanceof PrimitiveError)) throw error
    }
  }
  return null
}

/**
 * Break what was placed and pick it up, made sure of by the inventory. Left standing when nothing
 * carried makes it drop; a failure here does not undo what was done at it.
 * @param {any} context @param {string} name @param {{x: number, y: number, z: number}} cell
 */
async function takeBack (context, name, cell) {
  const { bot, Vec3 } = context
  const traits = look(context, cell.x, cell.y, cell.z)
  if (traits.name !== name || !bestTool(bot, traits.block).drops) return
  const before = inventoryCounts(bot)[name] ?? 0
  try {
    await digAgain(context, cell)
    if (await waitForItem(context, name, before + 1, 800)) return
    for (let attempt = 0; attempt < 2; attempt++) {
      await pickUpDrops(context, { around: new Vec3(cell.x + 0.5, cell.y + 0.5, cell.z + 0.5), maxDistance: 8, timeoutSeconds: 20 })
      if (await waitForItem(context, name, before + 1, 1500)) return
    }
    context.progress(`the ${name} was not recovered`)
  } catch (error) {
    if (isFinal(error)) throw error
    context.progress(`the ${name} was not recovered: ${/** @type {Error} */ (error).message}`)
  }
}

/** Dig what was placed; a fight may have led away from it. @param {any} context @param {{x: number, y: number, z: number}} cell */
async function digAgain (context, cell) {
  for (let returns = 0; ; returns++) {
    try {
      return await digBlock(context, cell, { needDrop: true })
    } catch (error) {
      if (!(error instanceof PrimitiveError) || !error.details.fought || returns === MAX_RETURNS) throw error
      await goWithinReach(context, cell)
    }
  }
}

module.exports = { withStation }
