'use strict'
/** Which creatures live in which land (Minecraft Wiki, 'Biome' pages, Java Edition 1.20.4): kind, weight, group from and to. */

/** @typedef {[string, number, number, number]} Row */

/** @type {Row[]} */
const FARM = [['sheep', 12, 4, 4], ['pig', 10, 4, 4], ['chicken', 10, 4, 4], ['cow', 8, 4, 4]]
/** @type {Row[]} */
const RABBITS = [['rabbit', 4, 2, 3]]

/** @type {Row[]} */
const MONSTERS = [['spider', 100, 4, 4], ['zombie', 100, 4, 4], ['skeleton', 100, 4, 4], ['creeper', 100, 4, 4], ['enderman', 10, 1, 4]]

/** @returns {Row[]} animals of a biome */
function animalsOf (/** @type {string} */ biome) {
  if (/ocean|river|beach|shore|badlands|stony_peaks|cave|deep_dark|jagged|frozen_peaks/.test(biome)) return []
  if (biome === 'desert') return RABBITS
  if (/snowy_plains|ice_spikes/.test(biome)) return [['rabbit', 10, 2, 3]]
  if (/taiga|grove|snowy_slopes|meadow|flower_forest|cherry/.test(biome)) return biome === 'grove' ? RABBITS : [...FARM, ...RABBITS]
  return FARM
}

/** Coats of rabbits, as often as they are listed. */
function rabbitCoats (/** @type {string} */ biome) {
  if (biome === 'desert') return ['gold']
  if (/snowy|grove|frozen|ice/.test(biome)) return ['white', 'white', 'white', 'white', 'spotted']
  return ['brown', 'brown', 'brown', 'brown', 'brown', 'salt', 'salt', 'salt', 'salt', 'black']
}

/** @returns {Row | null} one by its weight */
function pickRow (/** @type {Row[]} */ rows, /** @type {import('../random').Random} */ random) {
  let roll = random.next() * rows.reduce((sum, row) => sum + row[1], 0)
  for (const row of rows) {
    roll -= row[1]
    if (roll < 0) return row
  }
  return null
}

module.exports = { MONSTERS, animalsOf, rabbitCoats, pickRow }
