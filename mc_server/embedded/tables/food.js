'use strict'
/** What food does besides filling (Minecraft Wiki, 'Food', Java Edition 1.20). Points and saturation are minecraft-data's. */

/** Foods that can be eaten when one is not hungry. */
const ALWAYS_EDIBLE = ['golden_apple', 'enchanted_golden_apple', 'chorus_fruit', 'honey_bottle', 'suspicious_stew']
const USUAL_TICKS = 32
const EATING_TICKS = /** @type {Record<string, number>} */ ({ dried_kelp: 16, honey_bottle: 40 })
/** What is left of a meal or a drink. */
const LEFT_OVER = /** @type {Record<string, string>} */ ({
  mushroom_stew: 'bowl',
  rabbit_stew: 'bowl',
  beetroot_soup: 'bowl',
  suspicious_stew: 'bowl',
  honey_bottle: 'glass_bottle',
  potion: 'glass_bottle',
  milk_bucket: 'bucket'
})

/** @typedef {{name: string, amplifier: number, ticks: number, chance: number}} MealEffect */

const effect = (/** @type {string} */ name, /** @type {number} */ seconds, amplifier = 0, chance = 1) =>
  ({ name, amplifier, ticks: seconds * 20, chance })

const EFFECTS = /** @type {Record<string, MealEffect[]>} */ ({
  golden_apple: [effect('regeneration', 5, 1), effect('absorption', 120)],
  enchanted_golden_apple: [
    effect('regeneration', 20, 1), effect('resistance', 300), effect('fire_resistance', 300), effect('absorption', 120, 3)
  ],
  rotten_flesh: [effect('hunger', 30, 0, 0.8)],
  chicken: [effect('hunger', 30, 0, 0.3)],
  spider_eye: [effect('poison', 5)],
  poisonous_potato: [effect('poison', 5, 0, 0.6)],
  pufferfish: [effect('hunger', 15, 2), effect('poison', 60, 1), effect('nausea', 15)]
})

/** Effects of drinking a potion, by its name without `long_` and `strong_`: [effect, seconds, long, strong]. */
const POTIONS = /** @type {Record<string, [string, number, number, number]>} */ ({
  night_vision: ['night_vision', 180, 480, 0],
  invisibility: ['invisibility', 180, 480, 0],
  leaping: ['jump_boost', 180, 480, 90],
  fire_resistance: ['fire_resistance', 180, 480, 0],
  swiftness: ['speed', 180, 480, 90],
  slowness: ['slowness', 90, 240, 20],
  water_breathing: ['water_breathing', 180, 480, 0],
  healing: ['instant_health', 0, 0, 0],
  harming: ['instant_damage', 0, 0, 0],
  poison: ['poison', 45, 90, 21.6],
  regeneration: ['regeneration', 45, 90, 22.5],
  strength: ['strength', 180, 480, 90],
  weakness: ['weakness', 90, 240, 0],
  slow_falling: ['slow_falling', 90, 240, 0],
  luck: ['luck', 300, 0, 0]
})

/** @returns {MealEffect[]} of a potion such as `minecraft:long_swiftness` */
function potionEffects (/** @type {string | undefined} */ potion) {
  const parts = /^(?:minecraft:)?(long_|strong_)?(\w+)$/.exec(potion ?? '')
  const row = POTIONS[parts?.[2] ?? '']
  if (!row) return []
  const [name, seconds, long, strong] = row
  if (parts?.[1] === 'long_') return [effect(name, long)]
  if (parts?.[1] === 'strong_') return [effect(name, strong, name === 'slowness' ? 3 : 1)]
  return [effect(name, seconds)]
}

const eatingTicks = (/** @type {string} */ name) => EATING_TICKS[name] ?? USUAL_TICKS

module.exports = { ALWAYS_EDIBLE, LEFT_OVER, EFFECTS, eatingTicks, potionEffects }
