'use strict'
/**
 * Veins of ore per chunk. Counts, sizes and heights follow the overworld of 1.20 below y 128 (Minecraft Wiki, 'Ore');
 * `peak` veins are most frequent in the middle of their range, the others equally frequent everywhere in it.
 */

/** @type {{ore: string, veins: number, size: number, low: number, high: number, peak: boolean}[]} */
const ORE_VEINS = [
  { ore: 'coal', veins: 20, size: 12, low: 0, high: 128, peak: true },
  { ore: 'coal', veins: 4, size: 12, low: 40, high: 90, peak: false },
  { ore: 'copper', veins: 14, size: 9, low: -16, high: 96, peak: true },
  { ore: 'iron', veins: 12, size: 8, low: -24, high: 56, peak: true },
  { ore: 'iron', veins: 8, size: 6, low: 20, high: 80, peak: false },
  { ore: 'gold', veins: 2, size: 8, low: -64, high: 32, peak: true },
  { ore: 'redstone', veins: 4, size: 7, low: -62, high: 15, peak: false },
  { ore: 'redstone', veins: 3, size: 7, low: -62, high: -32, peak: false },
  { ore: 'lapis', veins: 1, size: 6, low: -32, high: 32, peak: true },
  { ore: 'lapis', veins: 1, size: 4, low: -62, high: 60, peak: false },
  { ore: 'diamond', veins: 1, size: 4, low: -62, high: 14, peak: false },
  { ore: 'diamond', veins: 1, size: 4, low: -62, high: -30, peak: false }
]

module.exports = { ORE_VEINS }
