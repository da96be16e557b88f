'use strict'
/** What a furnace makes and burns, from `mc_server/smelting.json`, and the experience it gives. */

const table = /** @type {{smelting: Record<string, string[]>, fuels: Record<string, number>}} */ (require('../../smelting.json'))

/** Ticks to smelt one item. */
const SMELTING_TICKS = 200

const DEFAULT_EXPERIENCE = 0.1
/** Experience of one item smelted (Minecraft Wiki, 'Smelting'). */
const EXPERIENCE = /** @type {Record<string, number>} */ ({
  iron_ingot: 0.7,
  copper_ingot: 0.7,
  gold_ingot: 1,
  diamond: 1,
  emerald: 1,
  redstone: 0.7,
  lapis_lazuli: 0.2,
  quartz: 0.2,
  netherite_scrap: 2,
  charcoal: 0.15,
  brick: 0.3,
  terracotta: 0.35,
  green_dye: 1,
  sponge: 0.15
})

/** @type {Map<string, string>} */
const outputs = new Map()
for (const [output, inputs] of Object.entries(table.smelting)) {
  for (const input of inputs) outputs.set(input, output)
}
/** What a smoker cooks and a blast furnace smelts, by what comes of it; a furnace does all. */
const OUTPUTS_OF = /** @type {Record<string, RegExp>} */ ({
  smoker: /^cooked_|^baked_potato$|^dried_kelp$/,
  campfire: /^cooked_|^baked_potato$|^dried_kelp$/,
  blast_furnace: /^(iron|gold|copper)_ingot$|^(iron|gold)_nugget$|^(coal|diamond|emerald|lapis_lazuli|redstone|quartz|netherite_scrap)$/
})
/** Those two work and burn twice as fast. */
const FAST = ['smoker', 'blast_furnace']

const suffixes = Object.entries(table.fuels)
  .filter(([name]) => name.startsWith('*'))
  .map(([name, items]) => /** @type {[string, number]} */ ([name.slice(1), items]))

/** @returns {string | undefined} name of what an item becomes in a block of that kind */
function smeltedFrom (/** @type {string} */ name, kind = 'furnace') {
  const output = outputs.get(name)
  const made = OUTPUTS_OF[kind]
  return output !== undefined && (made === undefined || made.test(output)) ? output : undefined
}

/** How many times as fast as a furnace a block of that kind is. */
const speedOf = (/** @type {string} */ kind) => FAST.includes(kind) ? 2 : 1

/** @returns {number} ticks that one piece burns; 0 for no fuel */
function fuelTicks (/** @type {string} */ name) {
  const items = table.fuels[name] ?? suffixes.find(([suffix]) => name.endsWith(suffix))?.[1] ?? 0
  return Math.round(items * SMELTING_TICKS)
}

const isFuel = (/** @type {string} */ name) => fuelTicks(name) > 0

/** @returns {number} experience points for one item */
function smeltingExperience (/** @type {string} */ output) {
  if (/^cooked_|^baked_/.test(output)) return 0.35
  return EXPERIENCE[output] ?? DEFAULT_EXPERIENCE
}

module.exports = { SMELTING_TICKS, smeltedFrom, speedOf, fuelTicks, isFuel, smeltingExperience }
