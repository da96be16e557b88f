'use strict'

const { PrimitiveError, isPrimitiveError } = require('./support/errors')
const { runPrimitive } = require('./support/scope')
const { resolveNames, requireCount } = require('./support/names')
const { inventoryCounts, gained } = require('./support/inventory')
const { aimsOf, fight, distanceTo, STRIKE } = require('./support/combat')
const { travel, stepsBetween } = require('./support/movement')
const { pickUpDrops, watchDrops } = require('./support/drops')
const { explore } = require('./support/explore')

/** How many creatures may get away before giving up. */
const MAX_ESCAPES = 8
/** How long one is gone after: monsters are down in caves by day. */
const CHASE_SECONDS = 30
const SECONDS_PER_BLOCK = 1.5
/** How long a creature takes to fall over, and a little more. */
const DYING_MS = 1600

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
    while (killed < count) {
      const target = await findCreature(scope, names, escaped)
      if (await hunt(scope, target)) {
        killed++
        await waitForDrops(scope, target)
        scope.progress(`killed ${killed} of ${count} ${target.name}`)
        const { full } = await pickUpDrops(scope, { around: target.position, maxDistance: 8, timeoutSeconds: 30 })
        if (full) throw new PrimitiveError('inventory_full', 'The inventory is full. Put items into a chest with deposit, or use them up.')
      } else if (escaped.add(target.id).size >= MAX_ESCAPES) {
        throw new PrimitiveError('unreachable', `${killed} of ${count} ${names[0]} were killed; the others got away.`, { killed })
      }
    }
    return { killed, collected: gained(before, inventoryCounts(scope.bot)) }
  })
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

/** Go after one creature. @param {any} scope @param {any} target @returns {Promise<boolean>} whether it died */
async function hunt (scope, target) {
  const aim = aimsOf(scope.bot)
  aim.prey = target
  try {
    return await chaseDown(scope, target)
  } finally {
    aim.prey = null
  }
}

/** @param {any} scope @param {any} target @returns {Promise<boolean>} whether it died */
async function chaseDown (scope, target) {
  const { bot } = scope
  for (let chase = 0; chase < 6; chase++) {
    const present = () => bot.entities[target.id] === target
    if (!present()) return false
    const cell = () => ({ x: Math.floor(target.position.x), y: Math.floor(target.position.y + 0.2), z: Math.floor(target.position.z) })
    try {
      await travel(scope, {
        middle: cell(),
        isGoal: feet => stepsBetween(feet, cell()) <= 2,
        distance: feet => Math.max(0, stepsBetween(feet, cell()) - 2)
      }, { timeoutSeconds: Math.round(CHASE_SECONDS + SECONDS_PER_BLOCK * distanceTo(bot, target)), what: `a ${target.name}`, until: () => !present() || distanceTo(bot, target) <= STRIKE - 0.3 })
    } catch (error) {
      if (!isPrimitiveError(error, 'unreachable', 'timeout', 'no_space')) throw error
      return false
    }
    const outcome = await fight(scope, target, 15000)
    if (outcome === 'dead') return true
    if (outcome === 'gone') return false
  }
  return false
}

module.exports = { killMob }
