'use strict'
/** What armour is worth (Minecraft Wiki, 'Armor', Java Edition 1.20). */

/** Points of helmet, chestplate, leggings, boots. */
const POINTS = /** @type {Record<string, number[]>} */ ({
  leather: [1, 3, 2, 1],
  golden: [2, 5, 3, 1],
  chainmail: [2, 5, 4, 1],
  iron: [2, 6, 5, 2],
  diamond: [3, 8, 6, 3],
  netherite: [3, 8, 6, 3],
  turtle: [2, 0, 0, 0]
})
/** Toughness and knock-back resistance of each piece. */
const TOUGHNESS = /** @type {Record<string, number>} */ ({ diamond: 2, netherite: 3 })
const STEADINESS = /** @type {Record<string, number>} */ ({ netherite: 0.1 })

/** How much a level of an enchantment holds off, by the kind of damage. */
const PROTECTION = /** @type {Record<string, {perLevel: number, causes: string[] | null}>} */ ({
  protection: { perLevel: 1, causes: null },
  fire_protection: { perLevel: 2, causes: ['fire', 'on_fire', 'lava', 'hot_floor'] },
  feather_falling: { perLevel: 3, causes: ['fall'] },
  blast_protection: { perLevel: 2, causes: ['explosion'] },
  projectile_protection: { perLevel: 2, causes: ['arrow', 'thrown'] }
})

/**
 * @param {string} name of the item
 * @param {number} index 0 for a helmet to 3 for boots
 * @returns {{points: number, toughness: number, steadiness: number} | null} null for what is no armour
 */
function armourOf (name, index) {
  const material = /^([a-z]+)_(helmet|chestplate|leggings|boots)$/.exec(name)?.[1] ?? ''
  if (!POINTS[material]) return null
  return { points: POINTS[material][index], toughness: TOUGHNESS[material] ?? 0, steadiness: STEADINESS[material] ?? 0 }
}

module.exports = { armourOf, PROTECTION }
