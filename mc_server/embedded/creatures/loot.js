'use strict'
/** What creatures leave behind (Minecraft Wiki, 'Drops' of each creature, Java Edition 1.20.4). */

/**
 * One thing a creature may leave: `count` from and to (below zero is nothing); `looting` is what each level of the enchantment
 * adds to the most, `chance` and `lootingChance` make it rare, `byPlayer` wants a player's blow, `cooked` is left when it burned.
 * @typedef {{item: string, count: [number, number], looting?: number, chance?: number, lootingChance?: number, byPlayer?: boolean, cooked?: string}} Drop
 */

const RARE = { count: /** @type {[number, number]} */ ([1, 1]), byPlayer: true }

/** @type {Record<string, Drop[]>} */
const LOOT = {
  cow: [{ item: 'leather', count: [0, 2], looting: 1 }, { item: 'beef', count: [1, 3], looting: 1, cooked: 'cooked_beef' }],
  pig: [{ item: 'porkchop', count: [1, 3], looting: 1, cooked: 'cooked_porkchop' }],
  sheep: [{ item: 'mutton', count: [1, 2], looting: 1, cooked: 'cooked_mutton' }],
  chicken: [{ item: 'feather', count: [0, 2], looting: 1 }, { item: 'chicken', count: [1, 1], looting: 1, cooked: 'cooked_chicken' }],
  rabbit: [
    { item: 'rabbit_hide', count: [0, 1], looting: 1 },
    { item: 'rabbit', count: [0, 1], looting: 1, cooked: 'cooked_rabbit' },
    { item: 'rabbit_foot', ...RARE, chance: 0.1, lootingChance: 0.03 }
  ],
  zombie: [{ item: 'rotten_flesh', count: [0, 2], looting: 1 }],
  skeleton: [
    { item: 'arrow', count: [0, 2], looting: 1 },
    { item: 'bone', count: [0, 2], looting: 1 },
    { item: 'bow', ...RARE, chance: 0.085, lootingChance: 0.01 }
  ],
  spider: [{ item: 'string', count: [0, 2], looting: 1 }, { item: 'spider_eye', count: [-1, 1], looting: 1, byPlayer: true }],
  creeper: [{ item: 'gunpowder', count: [0, 2], looting: 1 }],
  enderman: [{ item: 'ender_pearl', count: [0, 1], looting: 1 }]
}

/** A zombie leaves at most one of these. */
const ZOMBIE_RARITIES = ['iron_ingot', 'carrot', 'potato']
const ZOMBIE_RARITY = { chance: 0.025, lootingChance: 0.01 }

/**
 * @param {any} game
 * @param {string} kind
 * @param {{burning: boolean, byPlayer: boolean, looting: number}} death `looting` is the level of the weapon's enchantment
 * @returns {any[]} items
 */
function rollLoot ({ items, random }, kind, { burning, byPlayer, looting }) {
  const left = []
  for (const drop of LOOT[kind]) {
    if (drop.byPlayer && !byPlayer) continue
    if (drop.chance && !random.chance(drop.chance + (drop.lootingChance ?? 0) * looting)) continue
    const count = random.between(...drop.count) + (drop.looting ? random.between(0, looting) : 0)
    if (count > 0) left.push(items.create(burning && drop.cooked ? drop.cooked : drop.item, count))
  }
  if (kind === 'zombie' && byPlayer && random.chance(ZOMBIE_RARITY.chance + ZOMBIE_RARITY.lootingChance * looting)) {
    left.push(items.create(random.pick(ZOMBIE_RARITIES)))
  }
  const bow = left.find(item => item.name === 'bow')
  if (bow) bow.durabilityUsed = random.between(1, bow.maxDurability - 1)
  return left
}

module.exports = { rollLoot }
