'use strict'

const { PrimitiveError } = require('../primitives/support/errors')
const { waitAtMost } = require('../primitives/support/waiting')
const { feetOf, look } = require('../primitives/support/world')
const { follow, isFirmGround, wayTo } = require('./support/cells')

/** Key of an entity's flags in its metadata, and the bit that says that it burns. */
const FLAGS = 0
const BURNS = 1
/** Water so far away, in steps, is worth running to when the bot burns; farther away it would not live to see it. */
const FAR_WATER = 12
const QUENCHING_MILLISECONDS = 3000

/** @param {any} bot */
const burns = ({ entity }) => ((entity.metadata?.[FLAGS] ?? 0) & BURNS) !== 0

/** Whether the body touches lava or fire. @param {any} context */
function isInHeat (context) {
  const { x, y, z } = feetOf(context.bot)
  return context.bot.entity.isInLava || [0, 1].some(up => isHot(context, x, y + up, z))
}

/** @param {any} context @param {number} x @param {number} y @param {number} z */
function isHot (context, x, y, z) {
  const { liquid, name } = look(context, x, y, z)
  return liquid === 'lava' || /fire$/.test(name)
}

/** The way to water that quenches the flames, if there is some near. @param {any} context */
function wayToWater (context) {
  const isWater = (/** @type {any} */ { x, y, z }) => look(context, x, y, z).liquid === 'water'
  const way = wayTo(context, isWater, { radius: FAR_WATER })
  return way && way.length <= FAR_WATER ? way : null
}

/** @param {any} context */
function wayOut (context) {
  const water = wayToWater(context)
  if (water) return water
  const isSafe = (/** @type {any} */ cell) => isFirmGround(context, cell) && !isHot(context, cell.x, cell.y, cell.z)
  return isInHeat(context) ? wayTo(context, isSafe) : null
}

/** @param {any} context */
async function getOut (context) {
  const { bot } = context
  const way = wayOut(context)
  if (!way) throw new PrimitiveError('unreachable', 'there is no way out near')
  await follow(context, way)
  if (bot.entity.isInWater) {
    await waitAtMost(context, { what: 'the flames', timeoutMs: QUENCHING_MILLISECONDS, events: [[bot, 'physicsTick']], until: () => !burns(bot) })
  }
  return bot.entity.isInWater ? 'it is in water' : 'it is out'
}

/** Get out of lava and fire, and into water that is near when the bot burns. */
const lava = {
  urgency: 100,
  everyTicks: 1,
  secondsAtMost: 15,
  longestRestTicks: 20,
  wants: (/** @type {any} */ context) => {
    if (isInHeat(context)) return context.bot.entity.isInLava ? 'the bot is in lava' : 'the bot is in fire'
    if (!burns(context.bot) || context.bot.entity.isInWater) return null
    return wayToWater(context) ? 'the bot burns, and water is near' : null
  },
  act: getOut
}

module.exports = { lava }
