'use strict'

const { waitAtMost } = require('./waiting')
const { hold } = require('./inventory')
const { feetOf, inSight, look } = require('./world')

/** From how far a creature can be hit. */
const STRIKE = 3
const HOSTILE = /^(zombie|husk|drowned|zombie_villager|skeleton|stray|spider|cave_spider|creeper|slime|silverfish|witch|pillager|vindicator|phantom)$/

/** Those who need not come near. */
const SHOOTERS = /^(skeleton|stray|witch|pillager)$/
/** Between two blows one stays as far from what bites: its reach is about one and a half blocks. */
const OUT_OF_REACH = 3.4
/** A creeper begins to hiss within three blocks: it is struck from there, and kept much farther away between two blows. */
const CREEPER = { strike: 3.3, away: 5.5 }
/** From how far arrows come that are answered, and for how long after. */
const SHOT_DISTANCE = 14
const REVENGE_MS = 3000
/** A creeper that is so far away stops hissing. */
const CREEPER_CALM = 8
/** Key of a creeper's state in its metadata (Minecraft 1.17 and later): 1 while it hisses. */
const CREEPER_SWELLS = 16
const MAX_FIGHTS = 4
/** Ways to run, off the straight one. */
const ESCAPES = [0, 0.8, -0.8, 1.6, -1.6]
/** So much farther off than others creepers are a matter. */
const CREEPER_NOTICE = 2
/** A fight does not go over an edge higher than a block: whoever falls is bitten below. The floor counts as the first. */
const DEEPEST_STEP = 2

/** Time between two full blows, after the Minecraft Wiki's attack speeds. @param {string|undefined} name */
function cooldownMs (name = '') {
  if (name.endsWith('_sword')) return 1000 / 1.6
  if (/_(wooden|stone)_axe$|^(wooden|stone)_axe$/.test(name)) return 1000 / 0.8
  if (name.endsWith('_axe')) return 1000
  if (name.endsWith('_pickaxe')) return 1000 / 1.2
  if (/_(shovel|hoe)$/.test(name)) return 1000
  return 1000 / 4
}

const WEAPONS = ['_sword', '_axe', '_pickaxe', '_shovel']
const MATERIALS = ['netherite', 'diamond', 'iron', 'stone', 'golden', 'wooden']

/** Hold the best weapon carried: a sword, else an axe, else whatever is harder than a fist. @param {any} context */
async function holdWeapon (context) {
  const { bot } = context
  const kind = (/** @type {any} */ item) => WEAPONS.findIndex(suffix => item.name.endsWith(suffix))
  const rank = (/** @type {any} */ item) => 10 * kind(item) + MATERIALS.findIndex(material => item.name.startsWith(material))
  const [best] = bot.inventory.items()
    .filter((/** @type {any} */ item) => kind(item) >= 0)
    .sort((/** @type {any} */ a, /** @type {any} */ b) => rank(a) - rank(b))
  if (best) await hold(context, best)
}

/** @param {any} bot @param {any} entity */
function distanceTo (bot, entity) {
  return bot.entity.position.distanceTo(entity.position)
}

/**
 * Strike a creature, keeping out of its reach between two blows, until it is dead, gone or too far.
 * @param {import('./scope').Context} context @param {any} entity @param {number} timeoutMs
 * @param {{reach?: number}} [options] `reach`: how far it is followed
 * @returns {Promise<'dead'|'gone'|'far'|'alive'>} `alive`: the time was over
 */
async function fight (context, entity, timeoutMs, { reach = STRIKE + 3 } = {}) {
  const { bot } = context
  await holdWeapon(context)
  let outcome = ''
  let nextBlow = 0
  const aim = aimsOf(bot)
  aim.opponent = entity
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
        if (distanceTo(bot, entity) > reach) outcome = 'far'
        else nextBlow = fightOn(context, entity, nextBlow)
        return outcome !== ''
      }
    })
  } finally {
    bot.removeListener('entityDead', onDead)
    bot.removeListener('entityGone', onGone)
    aim.opponent = null
    bot.clearControlStates()
  }
  return /** @type {any} */ (outcome || 'alive')
}

/** One tick of a fight. @param {any} context @param {any} entity @param {number} nextBlow @returns {number} when the arm is ready again */
function fightOn (context, entity, nextBlow) {
  const { bot } = context
  const away = distanceTo(bot, entity)
  if (isAboutToExplode(entity)) {
    runFrom(context, entity)
    return nextBlow
  }
  face(bot, entity)
  const ready = Date.now() >= nextBlow
  const creeper = entity.name === 'creeper'
  const strike = creeper ? CREEPER.strike : STRIKE
  const bites = HOSTILE.test(entity.name ?? '') && !SHOOTERS.test(entity.name)
  const aside = creeper ? CREEPER.away : OUT_OF_REACH
  const wanted = bites && !ready ? aside : strike - (creeper ? 0.1 : 0.4)
  const back = bites && away < wanted - (creeper ? 0 : 0.3) && isFirm(context, -1)
  const forward = away > wanted && isFirm(context, 1)
  bot.setControlState('back', back)
  bot.setControlState('forward', forward)
  bot.setControlState('sprint', forward && away > STRIKE + 2 && bot.food > 6)
  bot.setControlState('jump', bot.entity.isInWater || (bot.entity.isCollidedHorizontally && (forward || back)))
  if (away > strike || !ready) return nextBlow
  bot.attack(entity)
  return Date.now() + cooldownMs(bot.heldItem?.name)
}

/** A creeper that hisses shows it in its metadata. @param {any} entity */
function isAboutToExplode (entity) {
  return entity.name === 'creeper' && (entity.metadata?.[CREEPER_SWELLS] ?? -1) > 0
}

/** Run away from a creature: straight, or as straight as walls allow. @param {any} context @param {any} entity */
function runFrom (context, { position }) {
  const { bot } = context
  const { x, z } = bot.entity.position
  const away = Math.atan2(position.x - x, position.z - z)
  const ways = ESCAPES.map(turn => away + turn)
  bot.entity.yaw = ways[0]
  const open = ways.find(yaw => isOpen(context, yaw) && isFirm(context, 1, yaw))
  if (open !== undefined) bot.entity.yaw = open
  const firm = open !== undefined || isFirm(context, 1)
  bot.setControlState('back', false)
  bot.setControlState('forward', firm)
  bot.setControlState('sprint', firm && bot.food > 6)
  bot.setControlState('jump', bot.entity.isInWater || bot.entity.isCollidedHorizontally)
}

/** Whether a body can go into the next cell that way, up a step at most. @param {any} context @param {number} yaw */
function isOpen (context, yaw) {
  const { position } = context.bot.entity
  const x = Math.floor(position.x - Math.sin(yaw))
  const z = Math.floor(position.z - Math.cos(yaw))
  const y = Math.floor(position.y + 0.2)
  const free = (/** @type {number} */ up) => look(context, x, y + up, z).passable
  return free(1) && (free(0) || free(2))
}

/** @param {any} bot @param {any} entity */
function face (bot, { position, height = 1 }) {
  const { x, y, z } = bot.entity.position
  bot.entity.yaw = Math.atan2(x - position.x, z - position.z)
  bot.entity.pitch = Math.atan2(position.y + height / 2 - y - 1.62, Math.max(0.1, Math.hypot(position.x - x, position.z - z)))
}

/**
 * Whether a step forward (1) or back (-1) ends neither in a hole nor in lava.
 * @param {any} context @param {1|-1} direction @param {number} [yaw]
 */
function isFirm (context, direction, yaw = context.bot.entity.yaw) {
  const { position } = context.bot.entity
  const x = Math.floor(position.x - Math.sin(yaw) * direction)
  const z = Math.floor(position.z - Math.cos(yaw) * direction)
  const y = Math.floor(position.y + 0.2)
  for (let down = 0; down <= DEEPEST_STEP; down++) {
    const traits = look(context, x, y - down, z)
    if (traits.harmful || traits.liquid === 'lava') return false
    if (!traits.passable) return true
  }
  return false
}

/** Who hurt the bot last, and when. @type {WeakMap<any, {attacker: any, at: number}>} */
const lastBlows = new WeakMap()
/** What is at work against whom, by the connection, which all views of a bot share. @type {WeakMap<any, {prey: any, opponent: any}>} */
const aims = new WeakMap()

/** The creature that a program is after, and the one that is being fought. @param {any} bot */
function aimsOf ({ _client: client }) {
  const known = aims.get(client)
  if (known) return known
  const none = { prey: null, opponent: null }
  aims.set(client, none)
  return none
}

/** Creatures that have died: their bodies lie there for a second. @type {WeakSet<any>} */
const fallen = new WeakSet()

/** Whether it lives, as far as the bot has seen. @param {any} entity */
const isAlive = entity => !fallen.has(entity)

/** Begin to notice who hurts the bot, and who dies. @param {any} bot */
function noticeBlows (bot) {
  if (lastBlows.has(bot)) return
  lastBlows.set(bot, { attacker: null, at: -Infinity })
  bot.on('entityDead', (/** @type {any} */ entity) => fallen.add(entity))
  bot.on('entityHurt', (/** @type {any} */ victim, /** @type {any} */ attacker) => {
    if (victim === bot.entity && attacker) lastBlows.set(bot, { attacker, at: Date.now() })
  })
}

/** Who hurt the bot last, however long ago. @param {any} bot @returns {{attacker: any, at: number}} */
function lastBlow (bot) {
  noticeBlows(bot)
  return /** @type {any} */ (lastBlows.get(bot))
}

/** The nearest monster that can get at the bot, or that has just shot at it. @param {any} context @param {number} [within] */
function nearestThreat (context, within = 4) {
  const { bot } = context
  const blow = lastBlow(bot)
  const shooter = Date.now() - blow.at < REVENGE_MS ? blow.attacker : null
  const feet = feetOf(bot)
  let best = null
  for (const entity of Object.values(bot.entities)) {
    if (entity === bot.entity || !HOSTILE.test(entity.name ?? '') || !isAlive(entity)) continue
    const away = distanceTo(bot, entity)
    const noticed = entity === shooter ? SHOT_DISTANCE : within + (entity.name === 'creeper' ? CREEPER_NOTICE : 0)
    if (away > noticed || (best && away >= distanceTo(bot, best))) continue
    const { x, y, z } = entity.position
    const parts = [1, 0].map(up => ({ x: Math.floor(x), y: Math.floor(y + 0.2) + up, z: Math.floor(z) }))
    if (parts.some(part => inSight(context, feet, part))) best = entity
  }
  return best
}

/** How far a monster is gone after: what bites comes by itself. @param {any} monster */
function followed ({ name }) {
  if (name === 'creeper') return CREEPER_CALM
  return SHOOTERS.test(name) ? SHOT_DISTANCE : STRIKE + 3
}

/**
 * Fight off the monsters that have come near, if there are any.
 * @param {import('./scope').Context} context
 */
async function defend (context) {
  for (let fights = 0; fights < MAX_FIGHTS; fights++) {
    const threat = nearestThreat(context)
    if (!threat) return
    context.progress(`fighting a ${threat.name}`)
    const outcome = await fight(context, threat, 8000, { reach: followed(threat) })
    if (outcome === 'alive') return
  }
}

module.exports = { aimsOf, defend, distanceTo, fight, isAlive, lastBlow, nearestThreat, runFrom, HOSTILE, REVENGE_MS, STRIKE }
