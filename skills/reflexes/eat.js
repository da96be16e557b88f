'use strict'

const { nearestThreat } = require('../primitives/support/combat')
const { eatItem, foodsCarried, isHungry } = require('../primitives/support/eating')

/** Who is wounded so badly eats in spite of what is near. */
const BADLY_WOUNDED = 6
const MOST_PIECES = 3

/** @param {any} context */
async function eatUp (context) {
  const { bot } = context
  const eaten = []
  // Whoever was walking slides on a little: who sneaks does not slide over an edge.
  bot.setControlState('sneak', bot.entity.onGround)
  try {
    while (eaten.length < MOST_PIECES && isHungry(bot)) {
      const [food] = foodsCarried(context)
      if (!food) break
      await eatItem(context, food)
      eaten.push(food.name)
    }
  } finally {
    bot.setControlState('sneak', false)
  }
  return `ate ${eaten.join(', ')}`
}

/** Eat when hunger harms or keeps wounds from healing, and something safe is carried. */
const eat = {
  urgency: 40,
  everyTicks: 20,
  secondsAtMost: 20,
  usesHands: true,
  wants: (/** @type {any} */ context) => {
    const { bot } = context
    if (!isHungry(bot) || foodsCarried(context).length === 0) return null
    if (!bot.entity.onGround && !bot.entity.isInWater) return null // a jump over a gap is finished first
    if (bot.health > BADLY_WOUNDED && nearestThreat(context, 8)) return null
    return `food is at ${bot.food} and health at ${Math.round(bot.health)}`
  },
  act: eatUp
}

module.exports = { eat }
