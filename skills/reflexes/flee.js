'use strict'

const { PrimitiveError } = require('../primitives/support/errors')
const { waitAtMost } = require('../primitives/support/waiting')
const { aimsOf, distanceTo, runFrom } = require('../primitives/support/combat')
const { feetOf } = require('../primitives/support/world')
const { comeBack } = require('./support/coming_back')
const { harmOfFight, monstersNear } = require('./support/strength')

/** What is nearer than this counts, and who is farther away than that has got away. */
const NOTICED = 9
const SAFE = 20
const CREEPER_NOTICED = 4.5
const CREEPER_SAFE = 9
/** More often in half a minute it is of no use: then it is fought. */
const MOST_ACTS = 3
const CORNERED_MILLISECONDS = 1500
const RUN_MILLISECONDS = 10000

/**
 * What to run from: monsters that together are too strong, or a creeper.
 * @param {any} context
 * @returns {{from: any, safe: number, why: string} | null}
 */
function danger (context) {
  const { bot } = context
  const { prey, opponent } = aimsOf(bot)
  const near = monstersNear(context, NOTICED).filter(monster => monster !== prey)
  if (near.length === 0) return null
  const harm = harmOfFight(bot, near)
  const names = near.map(({ name }) => name).join(', ')
  if (harm > bot.health) return { from: near[0], safe: SAFE, why: `${names}: too strong at health ${Math.round(bot.health)}` }
  const creeper = near.find(({ name }) => name === 'creeper')
  if (!creeper || creeper === opponent || distanceTo(bot, creeper) > CREEPER_NOTICED) return null
  return { from: creeper, safe: CREEPER_SAFE, why: 'a creeper is near' }
}

/** @param {any} context @param {any} situation */
async function runAway (context, situation) {
  const { bot } = context
  const found = danger(context)
  if (!found) return 'it was gone'
  const place = feetOf(bot)
  let last = bot.entity.position.clone()
  let movedAt = Date.now()
  let cornered = false
  try {
    await waitAtMost(context, {
      what: 'getting away',
      timeoutMs: RUN_MILLISECONDS,
      events: [[bot, 'physicsTick']],
      until: () => {
        const from = monstersNear(context, found.safe, true)[0]
        if (!from) return true
        if (bot.entity.position.distanceTo(last) > 1) {
          last = bot.entity.position.clone()
          movedAt = Date.now()
        }
        cornered = Date.now() - movedAt > CORNERED_MILLISECONDS
        if (!cornered) runFrom(context, from)
        return cornered
      }
    })
  } finally {
    bot.clearControlStates()
  }
  if (cornered) throw new PrimitiveError('unreachable', 'there was nowhere to run')
  if (found.safe === CREEPER_SAFE && monstersNear(context, SAFE, true).length === 0) await comeBack(context, situation, place)
  return `ran ${Math.round(bot.entity.position.distanceTo(new context.Vec3(place.x, place.y, place.z)))} blocks away`
}

/** Run from what is too strong, and from creepers. */
const flee = {
  urgency: 70,
  everyTicks: 2,
  secondsAtMost: 30,
  wants: (/** @type {any} */ context, /** @type {any} */ { acts }) => acts >= MOST_ACTS ? null : danger(context)?.why ?? null,
  act: runAway
}

module.exports = { flee }
