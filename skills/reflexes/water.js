'use strict'

const { PrimitiveError } = require('../primitives/support/errors')
const { waitAtMost } = require('../primitives/support/waiting')
const { look } = require('../primitives/support/world')
const { follow, isFirmGround, wayTo } = require('./support/cells')

const EYES = 1.62
/** Of 20 bubbles and twentieths of breath: so few make it swim up, and so many let it go on. */
const SHORT_OF_BREATH = 7
const BREATH_ENOUGH = 18
const BREATHING_MILLISECONDS = 12000
const STANDING_MILLISECONDS = 1000
/** Swimming for so long without anybody moving it, it goes ashore. */
const AIMLESS_TICKS = 40
const FAR_SHORE = 24

/** @param {any} context */
function isUnderWater (context) {
  const { x, y, z } = context.bot.entity.position
  return look(context, Math.floor(x), Math.floor(y + EYES), Math.floor(z)).liquid === 'water'
}

/** @param {any} context */
const isShortOfBreath = context => (context.bot.oxygenLevel ?? 20) <= SHORT_OF_BREATH && isUnderWater(context)

/** @param {any} context */
function wayUp (context) {
  return wayTo(context, ({ x, y, z }) => look(context, x, y + 1, z).passable, { radius: FAR_SHORE })
}

/** Swim to where there is air, and breathe. @param {any} context */
async function breathe (context) {
  const { bot } = context
  const way = wayUp(context)
  if (!way) throw new PrimitiveError('unreachable', 'there is no way to the air')
  await follow(context, way, { until: () => !isUnderWater(context) })
  try {
    await waitAtMost(context, {
      what: 'breath',
      timeoutMs: BREATHING_MILLISECONDS,
      events: [[bot, 'physicsTick']],
      until: () => {
        bot.setControlState('jump', bot.entity.isInWater)
        return (bot.oxygenLevel ?? 20) >= BREATH_ENOUGH
      }
    })
  } finally {
    bot.clearControlStates()
  }
  if (isShortOfBreath(context)) throw new PrimitiveError('unreachable', 'it did not come up')
  return 'it has breath again'
}

/** @param {any} context */
async function goAshore (context) {
  const way = wayTo(context, cell => isFirmGround(context, cell), { radius: FAR_SHORE })
  if (!way) throw new PrimitiveError('unreachable', 'there is no shore near')
  await follow(context, way)
  const { bot } = context
  const stands = await waitAtMost(context, {
    what: 'firm ground', timeoutMs: STANDING_MILLISECONDS, events: [[bot, 'physicsTick']], until: () => bot.entity.onGround
  })
  if (!stands) throw new PrimitiveError('unreachable', 'it slid back from the shore')
  return 'it is ashore'
}

/** Come up for air; go ashore when nobody wants the bot to swim. */
const water = {
  urgency: 80,
  everyTicks: 5,
  secondsAtMost: 40,
  longestRestTicks: 400,
  wants: (/** @type {any} */ context, /** @type {any} */ { aimlessTicks }) => {
    if (isShortOfBreath(context)) return 'the bot has little breath left'
    return context.bot.entity.isInWater && aimlessTicks >= AIMLESS_TICKS ? 'the bot drifts in the water' : null
  },
  act: (/** @type {any} */ context) => isShortOfBreath(context) ? breathe(context) : goAshore(context)
}

module.exports = { water }
