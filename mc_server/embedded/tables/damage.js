'use strict'
/** Kinds of damage: what they are called in packets, what holds them off, and what is said of the dead (English texts of the original). */

/** Registered damage types by our causes, where both differ; blows and explosions depend on whose they are. */
const TYPES = /** @type {Record<string, string>} */ ({
  fire: 'in_fire',
  drowning: 'drown',
  suffocation: 'in_wall',
  void: 'out_of_world',
  starvation: 'starve',
  poison: 'magic',
  test: 'generic'
})

/** @returns {string} name in the registry of damage types, without namespace */
function damageType (/** @type {string} */ cause, /** @type {any} */ attacker) {
  if (cause === 'attack') return !attacker || attacker.survivor ? 'player_attack' : 'mob_attack'
  if (cause === 'explosion') return attacker ? 'player_explosion' : 'explosion'
  return TYPES[cause] ?? cause
}

/** Causes that armour and shields do nothing against. */
const BYPASSES_ARMOUR = new Set([
  'fall', 'on_fire', 'drowning', 'suffocation', 'void', 'starvation', 'magic', 'poison', 'wither', 'freeze', 'test', 'generic'
])
/** Causes that neither resistance nor enchantments help against. */
const BYPASSES_EFFECTS = new Set(['void', 'starvation'])
const FIRE = new Set(['fire', 'on_fire', 'lava', 'hot_floor'])
/** Causes that throw the victim back. */
const KNOCKS_BACK = new Set(['attack', 'arrow', 'thrown'])

/** What is said by cause: of one who died alone, and of one whom somebody had hurt shortly before. */
const DEATHS = /** @type {Record<string, [string, string]>} */ ({
  attack: ['%1 was slain', '%1 was slain by %2'],
  arrow: ['%1 was shot', '%1 was shot by %2'],
  thrown: ['%1 was pummeled', '%1 was pummeled by %2'],
  explosion: ['%1 blew up', '%1 was blown up by %2'],
  cactus: ['%1 was pricked to death', '%1 walked into a cactus while trying to escape %2'],
  drowning: ['%1 drowned', '%1 drowned while trying to escape %2'],
  fall: ['%1 hit the ground too hard', '%1 hit the ground too hard while trying to escape %2'],
  high_fall: ['%1 fell from a high place', '%1 was doomed to fall by %2'],
  fire: ['%1 went up in flames', '%1 walked into fire while fighting %2'],
  on_fire: ['%1 burned to death', '%1 was burned to a crisp while fighting %2'],
  lava: ['%1 tried to swim in lava', '%1 tried to swim in lava to escape %2'],
  hot_floor: ['%1 discovered the floor was lava', '%1 walked into the danger zone due to %2'],
  suffocation: ['%1 suffocated in a wall', '%1 suffocated in a wall while fighting %2'],
  void: ['%1 fell out of the world', "%1 didn't want to live in the same world as %2"],
  starvation: ['%1 starved to death', '%1 starved to death while fighting %2'],
  magic: ['%1 was killed by magic', '%1 was killed by magic while trying to escape %2'],
  poison: ['%1 was killed by magic', '%1 was killed by magic while trying to escape %2'],
  wither: ['%1 withered away', '%1 withered away while fighting %2'],
  freeze: ['%1 froze to death', '%1 was frozen to death by %2'],
  sweet_berry_bush: ['%1 was poked to death by a sweet berry bush', '%1 was poked to death by a sweet berry bush while trying to escape %2']
})
const UNKNOWN_DEATH = ['%1 died', '%1 died because of %2']

/** @param {string} cause @param {string} victim @param {string | null} killer */
function deathMessage (cause, victim, killer) {
  const [alone, fighting] = DEATHS[cause] ?? UNKNOWN_DEATH
  return (killer === null ? alone : fighting).replace('%1', victim).replace('%2', killer ?? '')
}

module.exports = { damageType, deathMessage, BYPASSES_ARMOUR, BYPASSES_EFFECTS, FIRE, KNOCKS_BACK }
