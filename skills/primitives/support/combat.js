'use strict'

const { PrimitiveError, isFinal } = require('./errors')
const { waitAtMost, guard } = require('./waiting')
const { hold } = require('./inventory')
const { feetOf, inSight } = require('./world')

/** From how far a creature can be hit. */
const STRIKE = 3
const HOSTILE = /^(zombie|husk|drowned|zombie_villager|skeleton|stray|spider|cave_spider|creeper|slime|silverfish|witch|pillager|vindicator|phantom)$/

/** Time between two full blows, after the Minecraft Wiki's attack speeds. @param {string|undefined} name */
function cooldownMs (name = '') {
  if (name.endsWith('_sword')) return 1000 / 1.6
  if (/_(wooden|stone)_axe$|^(wooden|stone)_axe$/.test(name)) return 1000 / 0.8
  if (name.endsWith('_axe')) return 1000
  if (name.endsWith('_pickaxe')) return 1000 / 1.2
  if (/_(shovel|hoe)$/.test(name)) return 1000
  return 1000 / 4
}

const MATERIALS = ['netherite', 'diamond', 'iron', 'stone', 'golden', 'wooden']

/** Hold the best weapon carried: a sword, else an axe. @param {any} context */
async function holdWeapon (context) {
  const { bot } = context
  const rank = (/** @type {any} */ item) => MATERIALS.findIndex(material => item.name.startsWith(material)) + (item.name.endsWith('_sword') ? 0 : 3)
  const [best] = bot.inventory.items()
    .filter((/** @type {any} */ item) => /_(sword|axe)$/.test(item.name) && !item.name.endsWith('pickaxe'))
    .sort((/** @type {any} */ a, /** @type {any} */ b) => rank(a) - rank(b))
  if (best) await hold(context, best)
}

/** @param {any} bot @param {any} entity */
function distanceTo (bot, entity) {
  return bot.entity.position.distanceTo(entity.position)
}

/**
 * Strike a creature that is near, following it a little, until it is dead, gone or too far.
 * @param {import('./scope').Context} context @param {any} entity @param {number} timeoutMs
 * @returns {Promise<'dead'|'gone'|'far'|'alive'>} `alive`: the time was over
 */
async function fight (context, entity, timeoutMs) {
  const { bot } = context
  await holdWeapon(context)
  let outcome = ''
  let nextBlow = 0
  const onDead = (/** @type {any} */ other) => { if (other.id === entity.id) outcome = 'dead' }
  const onGone = (/** @type {any} */ other) => { if (other.id === entity.id) outcome ||= 'gone' }
  bot.on('entityDead', onDead)
  bot.on('entityGone', onGone)
  try {
    await waitAtMost(context, {
      what: 'the fight',
      timeoutMs,
      events: [[bot, 'physicsTick'], [bot, 'entityDead'], [bot, 'entityGone']],
      until: () => {
        if (outcome) return true
        const away = distanceTo(bot, entity)
        if (away > STRIKE + 3) outcome = 'far'
        else nextBlow = follow(bot, entity, away, nextBlow)
        return outcome !== ''
      }
    })
  } finally {
    bot.removeListener('entityDead', onDead)
    bot.removeListener('entityGone', onGone)
    bot.clearControlStates()
  }
  return /** @type {any} */ (outcome || 'alive')
}

/** Face it, close up, and strike when the arm is ready. */
function follow (/** @type {any} */ bot, /** @type {any} */ entity, /** @type {number} */ away, /** @type {number} */ nextBlow) {
  const { position } = entity
  const { x, y, z } = bot.entity.position
  bot.entity.yaw = Math.atan2(x - position.x, z - position.z)
  bot.entity.pitch = Math.atan2(position.y + (entity.height ?? 1) / 2 - y - 1.62, Math.max(0.1, Math.hypot(position.x - x, position.z - z)))
  bot.setControlState('forward', away > 1.8)
  bot.setControlState('jump', bot.entity.isInWater || (bot.entity.isCollidedHorizontally && away > 1.8))
  if (away > STRIKE || Date.now() < nextBlow) return nextBlow
  bot.attack(entity)
  return Date.now() + cooldownMs(bot.heldItem?.name)
}

/** The nearest monster that can get at the bot. @param {any} context @param {number} [within] */
function nearestThreat (context, within = 4) {
  const { bot } = context
  const feet = feetOf(bot)
  let best = null
  for (const entity of Object.values(bot.entities)) {
    if (entity === bot.entity || !HOSTILE.test(entity.name ?? '')) continue
    const away = distanceTo(bot, entity)
    if (away > within || (best && away >= distanceTo(bot, best))) continue
    const { x, y, z } = entity.position
    if (inSight(context, feet, { x: Math.floor(x), y: Math.floor(y + 1), z: Math.floor(z) })) best = entity
  }
  return best
}

/**
 * Fight off a monster that has come near, if there is one.
 * @param {import('./scope').Context} context
 */
async function defend (context) {
  const threat = nearestThreat(context)
  if (!threat) return
  context.progress(`fighting a ${threat.name}`)
  await fight(context, threat, 8000)
}

const UNSAFE_FOOD = /^(rotten_flesh|spider_eye|poisonous_potato|pufferfish|chicken|suspicious_stew|chorus_fruit)$/

/** Foods carried, the best first. @param {any} context @param {string[]} [only] */
function foodsCarried ({ bot, registry }, only) {
  const worth = (/** @type {any} */ item) => registry.foodsByName[item.name].effectiveQuality ?? registry.foodsByName[item.name].foodPoints
  return bot.inventory.items()
    .filter((/** @type {any} */ item) => registry.foodsByName[item.name] && (only ? only.includes(item.name) : !UNSAFE_FOOD.test(item.name)))
    .sort((/** @type {any} */ a, /** @type {any} */ b) => worth(b) - worth(a))
}

/** Eat one of these and wait until it is eaten. @param {import('./scope').Context} context @param {any} item */
async function eatItem (context, item) {
  const { bot } = context
  const hunger = bot.food
  await hold(context, item)
  try {
    await guard(context, bot.consume(), 5000, `eating ${item.name}`)
  } catch (error) {
    if (isFinal(error)) throw error
    throw new PrimitiveError('timeout', `Could not eat ${item.name}: ${/** @type {Error} */ (error).message}`)
  }
  await waitAtMost(context, { what: 'the food to count', timeoutMs: 2000, events: [[bot, 'health']], until: () => bot.food > hunger })
}

/** Eat when hunger begins to harm, if there is something safe. @param {import('./scope').Context} context */
async function eatWhenStarving (context) {
  const { bot } = context
  if (bot.food > 6) return
  const [food] = foodsCarried(context)
  if (!food) return
  try {
    await eatItem(context, food)
  } catch (error) {
    if (isFinal(error)) throw error
  }
}

module.exports = { fight, defend, nearestThreat, distanceTo, foodsCarried, eatItem, eatWhenStarving, STRIKE }
