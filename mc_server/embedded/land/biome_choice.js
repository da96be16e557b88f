'use strict'
/** Which biome is where: water by height, shores by distance from the sea, mountains by ruggedness, the rest by warmth and wetness. */

const { SEA_LEVEL, COAST, BEACH, RIVER } = require('./climate')

const FREEZING = -1.05
const COLD = -0.45
const WARM = 0.55
const HOT = 1.05
const DEEP_FLOOR = 44
/** Mountains end in bare peaks from this height on. */
const PEAKS = 128

/**
 * @param {import('./climate').Climate} climate
 * @returns {string}
 */
function biomeOf (climate) {
  const { inland, warmth, river, swamp, height } = climate
  if (inland < COAST && height < SEA_LEVEL) return oceanOf(climate)
  if (swamp > 0.5) return 'swamp'
  if (inland < BEACH && height < SEA_LEVEL + 4) return shoreOf(climate)
  if (river < RIVER * 1.05) return warmth < FREEZING ? 'frozen_river' : 'river'
  return climate.mountain > 0.3 ? highlandOf(climate) : lowlandOf(climate)
}

function oceanOf (/** @type {import('./climate').Climate} */ { warmth, height }) {
  if (warmth < FREEZING) return 'frozen_ocean'
  if (height < DEEP_FLOOR) return 'deep_ocean'
  if (warmth < COLD) return 'cold_ocean'
  if (warmth > HOT) return 'warm_ocean'
  return warmth > WARM ? 'lukewarm_ocean' : 'ocean'
}

function shoreOf (/** @type {import('./climate').Climate} */ { rugged, warmth }) {
  if (rugged > 1.1) return 'stony_shore'
  return warmth < FREEZING ? 'snowy_beach' : 'beach'
}

function highlandOf (/** @type {import('./climate').Climate} */ { warmth, wetness, height }) {
  if (height > PEAKS) return warmth > WARM ? 'stony_peaks' : 'jagged_peaks'
  if (warmth < FREEZING) return wetness > 0 ? 'grove' : 'snowy_slopes'
  if (warmth > HOT) return 'windswept_savanna'
  if (wetness > 0.45) return 'windswept_forest'
  return wetness < -1.1 ? 'windswept_gravelly_hills' : 'windswept_hills'
}

function lowlandOf (/** @type {import('./climate').Climate} */ { warmth, wetness, mountain }) {
  if (warmth < FREEZING) return wetness > 0.1 ? 'snowy_taiga' : 'snowy_plains'
  if (mountain > 0.08 && warmth < WARM && wetness < 0.6) return wetness < -0.5 && warmth > COLD ? 'cherry_grove' : 'meadow'
  if (warmth < COLD) {
    if (wetness < -0.6) return 'plains'
    return wetness > 1 ? 'old_growth_spruce_taiga' : 'taiga'
  }
  if (warmth < WARM) return temperateOf(wetness)
  if (wetness > 0.9) return 'jungle'
  if (wetness > 0.5) return 'sparse_jungle'
  if (warmth > HOT) return 'desert'
  return wetness > 0.2 ? 'forest' : 'savanna'
}

function temperateOf (/** @type {number} */ wetness) {
  if (wetness < -1.2) return 'sunflower_plains'
  if (wetness < -0.3) return 'plains'
  if (wetness < -0.15) return 'flower_forest'
  if (wetness < 0.35) return 'forest'
  return wetness < 0.8 ? 'birch_forest' : 'dark_forest'
}

module.exports = { biomeOf }
