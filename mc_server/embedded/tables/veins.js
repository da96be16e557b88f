'use strict'
/**
 * Veins of ore and patches of other rock: how many a chunk, how big, and where, as in 1.20.4 (minecraft.wiki/w/Ore#Distribution).
 *
 * `size` is the original's measure of a vein, not its number of blocks. `triangle` veins are most frequent in the middle of
 * their range, the others equally frequent everywhere in it; ranges reach beyond the world where the original's do. `hidden`
 * is the share of blocks beside air that is left out.
 */

/**
 * @typedef {object} Vein
 * @property {string} block an ore, whose deepslate kind is used in deepslate, or a rock
 * @property {number} count veins a chunk, on average
 * @property {number} size
 * @property {number} low
 * @property {number} high
 * @property {boolean} [triangle]
 * @property {number} [hidden]
 * @property {boolean} [mountains] only where emeralds are
 */

/** Rock comes first: ores may lie in it. @type {Vein[]} */
const ROCKS = [
  { block: 'dirt', count: 7, size: 33, low: 0, high: 160 },
  { block: 'gravel', count: 14, size: 33, low: -64, high: 320 },
  { block: 'granite', count: 2, size: 64, low: 0, high: 60 },
  { block: 'granite', count: 1 / 6, size: 64, low: 64, high: 128 },
  { block: 'diorite', count: 2, size: 64, low: 0, high: 60 },
  { block: 'diorite', count: 1 / 6, size: 64, low: 64, high: 128 },
  { block: 'andesite', count: 2, size: 64, low: 0, high: 60 },
  { block: 'andesite', count: 1 / 6, size: 64, low: 64, high: 128 },
  { block: 'tuff', count: 2, size: 64, low: -64, high: 0 }
]

/** @type {Vein[]} */
const ORES = [
  { block: 'coal', count: 30, size: 17, low: 136, high: 320 },
  { block: 'coal', count: 20, size: 17, low: 0, high: 192, triangle: true, hidden: 0.5 },
  { block: 'copper', count: 16, size: 10, low: -16, high: 112, triangle: true },
  { block: 'iron', count: 90, size: 9, low: 80, high: 384, triangle: true },
  { block: 'iron', count: 10, size: 9, low: -24, high: 56, triangle: true },
  { block: 'iron', count: 10, size: 4, low: -64, high: 72 },
  { block: 'gold', count: 4, size: 9, low: -64, high: 32, triangle: true, hidden: 0.5 },
  { block: 'gold', count: 0.5, size: 9, low: -64, high: -48, hidden: 0.5 },
  { block: 'redstone', count: 4, size: 8, low: -64, high: 15 },
  { block: 'redstone', count: 8, size: 8, low: -96, high: -32, triangle: true },
  { block: 'lapis', count: 2, size: 7, low: -32, high: 32, triangle: true },
  { block: 'lapis', count: 4, size: 7, low: -64, high: 64, hidden: 1 },
  { block: 'diamond', count: 7, size: 4, low: -144, high: 16, triangle: true, hidden: 0.5 },
  { block: 'diamond', count: 2, size: 8, low: -64, high: -4, hidden: 0.5 },
  { block: 'diamond', count: 1 / 9, size: 12, low: -144, high: 16, triangle: true, hidden: 0.7 },
  { block: 'diamond', count: 4, size: 8, low: -144, high: 16, triangle: true, hidden: 1 },
  // The original tries a hundred veins, of which two thirds come to nothing.
  { block: 'emerald', count: 30, size: 3, low: -16, high: 480, triangle: true, mountains: true }
]

module.exports = { ROCKS, ORES }
