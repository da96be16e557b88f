'use strict'

const { PrimitiveError } = require('../primitives/support/errors')
const { aimsOf, defend, lastBlow, nearestThreat } = require('../primitives/support/combat')
const { feetOf } = require('../primitives/support/world')
const { comeBack } = require('./support/coming_back')

const JUST_NOW_MILLISECONDS = 1500

/** @param {any} bot */
const isBeaten = bot => Date.now() - lastBlow(bot).at < JUST_NOW_MILLISECONDS

/** @param {any} context @param {any} situation */
async function fightBack (context, situation) {
  const { bot } = context
  const threat = nearestThreat(context)
  const place = feetOf(bot)
  await defend(context)
  if (threat && bot.entities[threat.id] === threat && nearestThreat(context) === threat) {
    throw new PrimitiveError('unreachable', `the ${threat.name} is still there`)
  }
  await comeBack(context, situation, place)
  return `fought ${threat?.name ?? 'it'}`
}

/**
 * Fight what attacks, or comes near while nobody else sees to it: primitives fight off by themselves what comes near, as soon as
 * they have taken their step. What a program is after is left to it until it bites: a step may take seconds.
 */
const fight = {
  urgency: 60,
  everyTicks: 2,
  secondsAtMost: 40,
  usesHands: true,
  wants: (/** @type {any} */ context, /** @type {any} */ { inPrimitive }) => {
    const { bot } = context
    const beaten = isBeaten(bot)
    if (aimsOf(bot).opponent || (inPrimitive && !beaten)) return null
    const threat = nearestThreat(context)
    if (!threat || (threat === aimsOf(bot).prey && !beaten)) return null
    return beaten ? `a ${threat.name} attacks` : `a ${threat.name} is near`
  },
  act: fightBack
}

module.exports = { fight }
