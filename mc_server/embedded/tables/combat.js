'use strict'
/** Damage of tools (Minecraft Wiki, Java Edition 1.20). */

const TIERS = ['wooden', 'golden', 'stone', 'iron', 'diamond', 'netherite']
/** What the tier adds to the damage of sword, pickaxe and shovel. */
const TIER_BONUS = { wooden: 0, golden: 0, stone: 1, iron: 2, diamond: 3, netherite: 4 }
const AXES = {
  wooden: [7, 0.8], golden: [7, 1], stone: [9, 0.8], iron: [9, 0.9], diamond: [9, 1], netherite: [10, 1]
}
const HOE_SPEED = { wooden: 1, golden: 1, stone: 2, iron: 3, diamond: 4, netherite: 4 }
const TRIDENT = { damage: 9, attacksPerSecond: 1.1 }
const FIST = { damage: 1, attacksPerSecond: 4 }

/** @returns {{damage: number, attacksPerSecond: number}} half hearts of a full blow */
function weapon (/** @type {string | undefined} */ name) {
  const parts = new RegExp(`^(${TIERS.join('|')})_(sword|axe|pickaxe|shovel|hoe)$`).exec(name ?? '')
  if (name === 'trident') return TRIDENT
  if (!parts) return FIST
  const tier = /** @type {keyof typeof TIER_BONUS} */ (parts[1])
  const bonus = TIER_BONUS[tier]
  switch (parts[2]) {
    case 'sword': return { damage: 4 + bonus, attacksPerSecond: 1.6 }
    case 'axe': return { damage: AXES[tier][0], attacksPerSecond: AXES[tier][1] }
    case 'pickaxe': return { damage: 2 + bonus, attacksPerSecond: 1.2 }
    case 'shovel': return { damage: 2.5 + bonus, attacksPerSecond: 1 }
    default: return { damage: 1, attacksPerSecond: HOE_SPEED[tier] }
  }
}

module.exports = { weapon }
