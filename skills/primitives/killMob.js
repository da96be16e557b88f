'use strict'

const { PrimitiveError, isFinal, isPrimitiveError } = require('./support/errors')
const { runPrimitive } = require('./support/scope')
const { resolveNames, requireCount } = require('./support/names')
const { inventoryCounts, gained } = require('./support/inventory')
const { aimsOf, fight, distanceTo, HOSTILE, STRIKE } = require('./support/combat')
const { travel, stepsBetween } = require('./support/movement')
const { pickUpDrops, watchDrops } = require('./support/drops')
const { explore } = require('./support/explore')
const { shelter } = require('./support/shelter')

/** How many creatures may get away before giving up. */
const MAX_ESCAPES = 8
/** How long one is gone after: monsters are down in caves by day. */
const CHASE_SECONDS = 30
const SECONDS_PER_BLOCK = 1.5
/** How long a creature takes to fall over, and a little more. */
const DYING_MS = 1600
/** With less health no monster is gone after. */
const BATTERED = 9
const RECOVERY_SECONDS = 120
const MAX_RECOVERIES = 4
/** Who has less food than that does not heal by waiting. */
const HEALING_FOOD = 18

/**
 * Kill creatures with the best weapon carried and pick up what they drop. Looks for them farther
 * away when none is in sight.
 *
 * @brief Kill creatures and pick up their drops; looks for them if none is near.
 * @param {import('./support/scope').Context} context
 * @param {string|string[]} name creature name or list: `cow`, `['pig', 'sheep']`
 * @param {number} [count]
 * @returns {Promise<{killed: number, collected: Object<string, number>}>} `collected` is what the
 *   inventory gained by item name
 * @throws `not_found` when exploring met none, `unreachable` when they get away, `inventory_full`,
 *   `invalid_argument`, `died`, `cancelled`
 */
async function killMob (context, name, count = 1) {
  const names = resolveNames(name, context.registry.entitiesByName, 'creature')
  requireCount(count)
  return runPrimitive(context, async scope => {
    const before = inventoryCounts(scope.bot)
    let killed = 0
    /** @type {Set<number>} */
    const escaped = new Set()
    const fallen = watchFallen(scope, names)
    let recoveries = 0
    const battered = () => recoveries < MAX_RECOVERIES && isBattered(scope, names)
    try {
      while (killed < count) {
        if (battered()) {
          recoveries++
          await recover(scope)
        }
        if (!fallen.any()) await huntNext(scope, names, { killed, escaped, enough: () => fallen.any() || battered() })
        for (const dead of fallen.take()) {
          killed++
          scope.progress(`killed ${killed} of ${count} ${dead.name}`)
          await collectFrom(scope, dead)
        }
      }
    } finally {
      fallen.stop()
    }
    return { killed, collected: gained(before, inventoryCounts(scope.bot)) }
  })
}

/**
 * Go after the nearest one that did not get away before.
 * @param {any} scope @param {string[]} names
 * @param {{killed: number, escaped: Set<number>, enough: () => boolean}} state `enough`: whether to leave it
 */
async function huntNext (scope, names, { killed, escaped, enough }) {
  const target = await findCreature(scope, names, escaped)
  const aim = aimsOf(scope.bot)
  aim.prey = target
  try {
    await chaseDown(scope, target, enough)
  } finally {
    aim.prey = null
  }
  if (!enough() && escaped.add(target.id).size >= MAX_ESCAPES) {
    throw new PrimitiveError('unreachable', `${killed} ${names[0]} were killed; the others got away.`, { killed })
  }
}

/** Whether it is no time to go after monsters. @param {any} scope @param {string[]} names */
const isBattered = ({ bot }, names) => bot.health < BATTERED && bot.food >= HEALING_FOOD && names.some(name => HOSTILE.test(name))

/** Wait in a hole until wounds have healed. @param {any} scope */
async function recover (scope) {
  scope.progress(`waiting for wounds to heal: health is at ${Math.round(scope.bot.health)}`)
  try {
    await shelter(scope, { until: 'health', maxSeconds: RECOVERY_SECONDS })
  } catch (error) {
    if (isFinal(error) || !(error instanceof PrimitiveError)) throw error
  }
}

/**
 * Notices those of the kind that fall to the bot, also such as came near on the way to another one.
 * @param {any} scope @param {string[]} names
 */
function watchFallen (scope, names) {
  const { bot } = scope
  /** @type {any[]} */
  let fallen = []
  const onDead = (/** @type {any} */ entity) => {
    if (names.includes(entity.name) && entity === aimsOf(bot).opponent) fallen.push(entity)
  }
  bot.on('entityDead', onDead)
  return {
    any: () => fallen.length > 0,
    take: () => {
      const taken = fallen
      fallen = []
      return taken
    },
    stop: () => bot.removeListener('entityDead', onDead)
  }
}

/** @param {any} scope @param {any} dead */
async function collectFrom (scope, dead) {
  await waitForDrops(scope, dead)
  const { full } = await pickUpDrops(scope, { around: dead.position, maxDistance: 8, timeoutSeconds: 30 })
  if (full) throw new PrimitiveError('inventory_full', 'The inventory is full. Put items into a chest with deposit, or use them up.')
}

/** Its drops appear when it has fallen over. @param {any} scope @param {any} target */
async function waitForDrops (scope, target) {
  const watch = watchDrops(scope)
  try {
    await watch.from(target.position.floored(), DYING_MS)
  } finally {
    watch.stop()
  }
}

/** @param {any} scope @param {string[]} names @param {Set<number>} escaped */
async function findCreature (scope, names, escaped) {
  const { bot } = scope
  const nearest = () => Object.values(bot.entities)
    .filter((/** @type {any} */ entity) => names.includes(entity.name) && entity !== bot.entity && !escaped.has(entity.id))
    .sort((/** @type {any} */ a, /** @type {any} */ b) => distanceTo(bot, a) - distanceTo(bot, b))[0]
  return explore(scope, nearest, { maxSeconds: 240, what: names.slice(0, 4).join(', ') })
}

/** @param {any} scope @param {any} target @param {() => boolean} enough */
async function chaseDown (scope, target, enough) {
  const { bot } = scope
  for (let chase = 0; chase < 6; chase++) {
    const present = () => bot.entities[target.id] === target
    if (!present()) return
    const cell = () => ({ x: Math.floor(target.position.x), y: Math.floor(target.position.y + 0.2), z: Math.floor(target.position.z) })
    try {
      await travel(scope, {
        middle: cell(),
        isGoal: feet => stepsBetween(feet, cell()) <= 2,
        distance: feet => Math.max(0, stepsBetween(feet, cell()) - 2)
      }, { timeoutSeconds: Math.round(CHASE_SECONDS + SECONDS_PER_BLOCK * distanceTo(bot, target)), what: `a ${target.name}`, until: () => !present() || enough() || distanceTo(bot, target) <= STRIKE - 0.3 })
    } catch (error) {
      if (!isPrimitiveError(error, 'unreachable', 'timeout', 'no_space')) throw error
      return
    }
    if (enough()) return
    const outcome = await fight(scope, target, 15000)
    if (outcome === 'dead' || outcome === 'gone') return
  }
}

module.exports = { killMob }
