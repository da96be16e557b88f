'use strict'
/**
 * The biomes of the overworld here, by their names in the registry, and what grows in each.
 *
 * `ground` covers the soil (grass unless said), `cold` has snow and ice, `emerald` has emeralds below. `trees` is how many of
 * 16 places in a chunk have a tree, `kinds` which ones, by weight. `grass` is how many tufts are tried in a chunk, of the
 * plants in `tufts`; `flowers` likewise, of the plants in `blossoms`.
 */

/**
 * @typedef {object} Biome
 * @property {string} name
 * @property {'grass' | 'sand' | 'gravel' | 'stone' | 'snow' | 'podzol' | 'rocky'} ground `rocky`: grass with bare stone in it
 * @property {boolean} cold
 * @property {boolean} emerald
 * @property {boolean} start whether a player may start in it
 * @property {number} trees
 * @property {Record<string, number>} kinds
 * @property {number} grass
 * @property {string[]} tufts
 * @property {number} flowers
 * @property {string[]} blossoms
 */

/** @type {Omit<Biome, 'name'>} */
const ORDINARY = {
  ground: 'grass', cold: false, emerald: false, start: false, trees: 0, kinds: {}, grass: 0, tufts: ['short_grass'], flowers: 0, blossoms: []
}
const MEADOW_FLOWERS = ['dandelion', 'poppy', 'azure_bluet', 'oxeye_daisy', 'cornflower']
const WOOD_FLOWERS = ['dandelion', 'poppy', 'lily_of_the_valley']
const TULIPS = ['red_tulip', 'orange_tulip', 'white_tulip', 'pink_tulip']
const TAIGA_TUFTS = ['fern', 'fern', 'fern', 'short_grass', 'large_fern']
const TALL_TUFTS = ['short_grass', 'short_grass', 'tall_grass']
const OAKS = { oak: 9, big_oak: 1 }

/** @type {Record<string, Partial<Biome>>} */
const DIFFERENCES = {
  plains: { start: true, trees: 0.5, kinds: OAKS, grass: 40, tufts: TALL_TUFTS, flowers: 4, blossoms: [...MEADOW_FLOWERS, ...TULIPS] },
  sunflower_plains: { start: true, trees: 0.4, kinds: OAKS, grass: 40, flowers: 8, blossoms: ['sunflower', 'sunflower', ...MEADOW_FLOWERS] },
  forest: { start: true, trees: 9, kinds: { oak: 14, birch: 4, big_oak: 2 }, grass: 8, flowers: 3, blossoms: [...WOOD_FLOWERS, 'rose_bush', 'lilac', 'peony'] },
  flower_forest: { start: true, trees: 5, kinds: { oak: 6, birch: 3, big_oak: 1 }, grass: 10, flowers: 60, blossoms: [...MEADOW_FLOWERS, ...TULIPS, 'allium', 'lily_of_the_valley', 'rose_bush', 'peony'] },
  birch_forest: { start: true, trees: 9, kinds: { birch: 1 }, grass: 8, flowers: 3, blossoms: [...WOOD_FLOWERS, 'lilac', 'peony'] },
  dark_forest: { trees: 14, kinds: { dark_oak: 14, oak: 3, birch: 1 }, grass: 6, flowers: 2, blossoms: [...WOOD_FLOWERS, 'rose_bush'] },
  taiga: { start: true, trees: 8, kinds: { spruce: 3, pine: 1 }, grass: 24, tufts: TAIGA_TUFTS, flowers: 1, blossoms: ['dandelion', 'poppy'] },
  old_growth_spruce_taiga: { ground: 'podzol', trees: 8, kinds: { tall_spruce: 2, spruce: 3, pine: 1 }, grass: 28, tufts: TAIGA_TUFTS, flowers: 1, blossoms: ['dandelion', 'poppy'] },
  snowy_taiga: { cold: true, trees: 7, kinds: { spruce: 3, pine: 1 }, grass: 6, tufts: ['fern', 'short_grass'] },
  snowy_plains: { cold: true, trees: 0.3, kinds: { spruce: 1 }, grass: 4 },
  desert: { ground: 'sand' },
  savanna: { trees: 1.6, kinds: { acacia: 4, oak: 1 }, grass: 90, tufts: TALL_TUFTS, flowers: 1, blossoms: ['dandelion', 'poppy'] },
  swamp: { trees: 3, kinds: { swamp_oak: 1 }, grass: 16, flowers: 2, blossoms: ['blue_orchid'] },
  jungle: { trees: 13, kinds: { jungle: 5, jungle_bush: 4, big_oak: 1 }, grass: 60, tufts: ['short_grass', 'short_grass', 'fern'], flowers: 2, blossoms: ['dandelion', 'poppy'] },
  sparse_jungle: { trees: 3, kinds: { jungle: 3, jungle_bush: 3, oak: 1 }, grass: 60, tufts: ['short_grass', 'short_grass', 'fern'], flowers: 2, blossoms: ['dandelion', 'poppy'] },
  meadow: { emerald: true, start: true, trees: 0.2, kinds: { birch: 1, big_oak: 2 }, grass: 60, tufts: TALL_TUFTS, flowers: 24, blossoms: [...MEADOW_FLOWERS, 'allium'] },
  cherry_grove: { emerald: true, trees: 3, kinds: { cherry: 1 }, grass: 30, tufts: TALL_TUFTS, flowers: 40, blossoms: ['pink_petals'] },
  windswept_hills: { ground: 'rocky', emerald: true, trees: 0.7, kinds: { spruce: 2, oak: 1 }, grass: 10 },
  windswept_forest: { ground: 'rocky', emerald: true, trees: 4, kinds: { spruce: 2, oak: 1 }, grass: 10 },
  windswept_gravelly_hills: { ground: 'gravel', emerald: true, trees: 0.3, kinds: { spruce: 1 } },
  windswept_savanna: { ground: 'rocky', trees: 1.5, kinds: { acacia: 1 }, grass: 40, tufts: TALL_TUFTS },
  grove: { ground: 'snow', cold: true, emerald: true, trees: 7, kinds: { spruce: 2, pine: 1 } },
  snowy_slopes: { ground: 'snow', cold: true, emerald: true },
  jagged_peaks: { ground: 'snow', cold: true, emerald: true },
  stony_peaks: { ground: 'stone', emerald: true },
  stony_shore: { ground: 'stone' },
  beach: { ground: 'sand' },
  snowy_beach: { ground: 'sand', cold: true },
  river: { grass: 4 },
  frozen_river: { cold: true },
  ocean: {},
  deep_ocean: {},
  warm_ocean: {},
  lukewarm_ocean: {},
  cold_ocean: {},
  frozen_ocean: { cold: true }
}

/** @type {Biome[]} */
const BIOMES = Object.entries(DIFFERENCES).map(([name, difference]) => ({ ...ORDINARY, ...difference, name }))
const BIOME_NUMBERS = /** @type {Record<string, number>} */ (Object.fromEntries(BIOMES.map(({ name }, number) => [name, number])))

module.exports = { BIOMES, BIOME_NUMBERS }
