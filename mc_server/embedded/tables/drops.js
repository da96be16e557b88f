'use strict'
/**
 * What blocks drop when it is not themselves, and the experience of ores (Minecraft Wiki, Java Edition 1.20).
 *
 * An entry is a list of {item, count, chance}; counts are a number or [low, high]. Blocks that are not named drop
 * themselves. Whether the tool is good enough is not decided here.
 */

const one = (/** @type {string} */ item, /** @type {number | [number, number]} */ count = 1, chance = 1) => ({ item, count, chance })

/** @type {Record<string, {item: string, count: number | [number, number], chance: number}[]>} */
const DROPS = {
  stone: [one('cobblestone')],
  deepslate: [one('cobbled_deepslate')],
  grass_block: [one('dirt')],
  farmland: [one('dirt')],
  dirt_path: [one('dirt')],
  mycelium: [one('dirt')],
  podzol: [one('dirt')],
  coal_ore: [one('coal')],
  iron_ore: [one('raw_iron')],
  gold_ore: [one('raw_gold')],
  copper_ore: [one('raw_copper', [2, 5])],
  diamond_ore: [one('diamond')],
  emerald_ore: [one('emerald')],
  redstone_ore: [one('redstone', [4, 5])],
  lapis_ore: [one('lapis_lazuli', [4, 9])],
  clay: [one('clay_ball', 4)],
  glowstone: [one('glowstone_dust', [2, 4])],
  short_grass: [one('wheat_seeds', 1, 0.125)],
  tall_grass: [one('wheat_seeds', 1, 0.125)],
  fern: [one('wheat_seeds', 1, 0.125)],
  dead_bush: [one('stick', [0, 2])],
  melon: [one('melon_slice', [3, 7])],
  bookshelf: [one('book', 3)],
  cobweb: [one('string')],
  snow: [one('snowball')],
  wall_torch: [one('torch')],
  redstone_wire: [one('redstone')],
  glass: [],
  glass_pane: [],
  ice: [],
  fire: [],
  spawner: [],
  water: [],
  lava: []
}

const GRAVEL_FLINT_CHANCE = 0.1

/** Per kind of leaves: saplings, sticks, apples. */
const LEAF_CHANCES = { sapling: 0.05, sticks: 0.02, apple: 0.005 }
const LEAVES_WITH_APPLES = ['oak_leaves', 'dark_oak_leaves']

/** Crops: what is planted, what is harvested, the age at which it is ripe. */
const CROPS = /** @type {Record<string, {seed: string, harvest: string, ripeAge: number}>} */ ({
  wheat: { seed: 'wheat_seeds', harvest: 'wheat', ripeAge: 7 },
  carrots: { seed: 'carrot', harvest: 'carrot', ripeAge: 7 },
  potatoes: { seed: 'potato', harvest: 'potato', ripeAge: 7 },
  beetroots: { seed: 'beetroot_seeds', harvest: 'beetroot', ripeAge: 3 }
})

/** Experience of an ore: lowest and highest. */
const ORE_EXPERIENCE = /** @type {Record<string, [number, number]>} */ ({
  coal_ore: [0, 2], diamond_ore: [3, 7], emerald_ore: [3, 7], redstone_ore: [1, 5], lapis_ore: [2, 5]
})

module.exports = { DROPS, GRAVEL_FLINT_CHANCE, LEAF_CHANCES, LEAVES_WITH_APPLES, CROPS, ORE_EXPERIENCE }
