'use strict'
/**
 * What blocks drop when it is not themselves, and the experience they give (Minecraft Wiki, Java Edition 1.20).
 *
 * An entry is a list of {item, count, chance, fortune}; counts are a number or [low, high]. `fortune` says what the
 * enchantment does: `ore` multiplies, `more` adds up to a level's worth (at most `most`), a list gives the chance for each
 * level. Blocks that are not named drop themselves. Whether the tool is good enough is not decided here.
 */

/**
 * @typedef {object} Drop
 * @property {string} item
 * @property {number | [number, number]} count
 * @property {number} chance
 * @property {'ore' | 'more' | 'twice' | number[]} [fortune]
 * @property {number} [most]
 */

/** @returns {Drop} */
const one = (/** @type {string} */ item, /** @type {number | [number, number]} */ count = 1, chance = 1, /** @type {Partial<Drop>} */ rest = {}) =>
  ({ item, count, chance, ...rest })

/** @returns {Drop[]} */
const ore = (/** @type {string} */ item, /** @type {number | [number, number]} */ count = 1) => [one(item, count, 1, { fortune: 'ore' })]

/** @returns {Drop[]} */
const more = (/** @type {string} */ item, /** @type {number | [number, number]} */ count, most = 64) => [one(item, count, 1, { fortune: 'more', most })]

const seeds = [one('wheat_seeds', 1, 0.125, { fortune: 'twice' })]

/** @type {Record<string, Drop[]>} */
const DROPS = {
  stone: [one('cobblestone')],
  deepslate: [one('cobbled_deepslate')],
  grass_block: [one('dirt')],
  farmland: [one('dirt')],
  dirt_path: [one('dirt')],
  mycelium: [one('dirt')],
  podzol: [one('dirt')],
  crimson_nylium: [one('netherrack')],
  warped_nylium: [one('netherrack')],
  coal_ore: ore('coal'),
  iron_ore: ore('raw_iron'),
  gold_ore: ore('raw_gold'),
  copper_ore: ore('raw_copper', [2, 5]),
  diamond_ore: ore('diamond'),
  emerald_ore: ore('emerald'),
  lapis_ore: ore('lapis_lazuli', [4, 9]),
  nether_quartz_ore: ore('quartz'),
  nether_gold_ore: ore('gold_nugget', [2, 6]),
  redstone_ore: more('redstone', [4, 5]),
  amethyst_cluster: ore('amethyst_shard', 4),
  glowstone: more('glowstone_dust', [2, 4], 4),
  melon: more('melon_slice', [3, 7], 9),
  sea_lantern: more('prismarine_crystals', [2, 3], 5),
  nether_wart: [one('nether_wart')],
  clay: [one('clay_ball', 4)],
  gravel: [one('gravel')],
  short_grass: seeds,
  fern: seeds,
  tall_grass: seeds,
  large_fern: seeds,
  dead_bush: [one('stick', [0, 2])],
  bookshelf: [one('book', 3)],
  ender_chest: [one('obsidian', 8)],
  cobweb: [one('string')],
  snow_block: [one('snowball', 4)],
  campfire: [one('charcoal', 2)],
  soul_campfire: [one('soul_soil')],
  brown_mushroom_block: [one('brown_mushroom', [-6, 2])],
  red_mushroom_block: [one('red_mushroom', [-6, 2])],
  attached_melon_stem: [one('melon_seeds', 1, 0.7)],
  attached_pumpkin_stem: [one('pumpkin_seeds', 1, 0.7)],
  twisting_vines: [one('twisting_vines', 1, 0.33, { fortune: [0.33, 0.55, 0.77, 1] })],
  weeping_vines: [one('weeping_vines', 1, 0.33, { fortune: [0.33, 0.55, 0.77, 1] })]
}

for (const kind of ['tube', 'brain', 'bubble', 'fire', 'horn']) DROPS[`${kind}_coral_block`] = [one(`dead_${kind}_coral_block`)]

/** Dropped as themselves only to silk touch; else nothing. Besides glass, ice and coral. */
const ONLY_SILK = /(?<!tinted_)glass(_pane)?$|^(ice|packed_ice|blue_ice|turtle_egg|bee_nest|mushroom_stem|chiseled_bookshelf|sculk.*|calibrated_sculk_sensor|(small|medium|large)_amethyst_bud)$|coral(_fan|_wall_fan)?$/

/** Never dropped, by whatever tool. */
const NEVER = /^(air|cave_air|void_air|water|lava|fire|soul_fire|bubble_column|spawner|trial_spawner|bedrock|barrier|light|cake|budding_amethyst|frosted_ice|frogspawn|reinforced_deepslate|infested_.*|piston_head|moving_piston|nether_portal|end_portal|end_portal_frame|end_gateway|structure_.*|jigsaw|.*command_block|powder_snow|chorus_flower|suspicious_.*)$/

/** Given only to shears, or to silk touch as well; else the rule of `DROPS` holds. The value is what is given. */
const SHEARED = /** @type {Record<string, [string, number]>} */ ({
  short_grass: ['short_grass', 1],
  fern: ['fern', 1],
  tall_grass: ['short_grass', 2],
  large_fern: ['fern', 2],
  dead_bush: ['dead_bush', 1],
  vine: ['vine', 1],
  glow_lichen: ['glow_lichen', 1],
  seagrass: ['seagrass', 1],
  tall_seagrass: ['seagrass', 2],
  hanging_roots: ['hanging_roots', 1],
  nether_sprouts: ['nether_sprouts', 1],
  small_dripleaf: ['small_dripleaf', 1],
  cobweb: ['cobweb', 1],
  twisting_vines: ['twisting_vines', 1],
  weeping_vines: ['weeping_vines', 1]
})
/** Of those, what silk touch does not give. */
const ONLY_SHEARS = ['short_grass', 'fern', 'tall_grass', 'large_fern', 'dead_bush', 'vine', 'glow_lichen', 'seagrass', 'tall_seagrass',
  'hanging_roots', 'nether_sprouts', 'small_dripleaf']

/** What silk touch leaves as it is: the ordinary rule holds. */
const NO_SILK = ['farmland', 'dirt_path', 'nether_wart', 'attached_melon_stem', 'attached_pumpkin_stem']

/** Blocks that hold several of one thing, by the property that counts them. */
const COUNTED = [[/candle$/, 'candles'], [/^sea_pickle$/, 'pickles'], [/^pink_petals$/, 'flower_amount']]

/** Chances by level of fortune, from none up. */
const GRAVEL_FLINT_CHANCES = [0.1, 0.14285715, 0.25, 1]
const LEAF_CHANCES = {
  sapling: [0.05, 0.0625, 0.083333336, 0.1],
  jungleSapling: [0.025, 0.027777778, 0.03125, 0.041666668],
  sticks: [0.02, 0.022222223, 0.025, 0.033333335],
  apple: [0.005, 0.0055555557, 0.00625, 0.008333334]
}
const LEAVES_WITH_APPLES = ['oak_leaves', 'dark_oak_leaves']
/** What grows from leaves whose sapling is not named after them; null: nothing does. */
const OTHER_SAPLINGS = /** @type {Record<string, string | null>} */ ({ azalea_leaves: 'azalea', flowering_azalea_leaves: 'flowering_azalea', mangrove_leaves: null })

/** Crops: what is planted, what is harvested, the age at which it is ripe. */
const CROPS = /** @type {Record<string, {seed: string, harvest: string, ripeAge: number}>} */ ({
  wheat: { seed: 'wheat_seeds', harvest: 'wheat', ripeAge: 7 },
  carrots: { seed: 'carrot', harvest: 'carrot', ripeAge: 7 },
  potatoes: { seed: 'potato', harvest: 'potato', ripeAge: 7 },
  beetroots: { seed: 'beetroot_seeds', harvest: 'beetroot', ripeAge: 3 }
})
/** A ripe crop gives one more with each of three tries, and of one more a level of fortune. */
const CROP_BONUS = { tries: 3, chance: 0.5714286 }
const POISONOUS_POTATO_CHANCE = 0.02

/** Stems give a seed with each of three tries, the likelier the older they are. */
const STEM_SEEDS = /** @type {Record<string, string>} */ ({ melon_stem: 'melon_seeds', pumpkin_stem: 'pumpkin_seeds' })

/** Experience of a block: lowest and highest. */
const ORE_EXPERIENCE = /** @type {Record<string, [number, number]>} */ ({
  coal_ore: [0, 2],
  diamond_ore: [3, 7],
  emerald_ore: [3, 7],
  redstone_ore: [1, 5],
  lapis_ore: [2, 5],
  nether_quartz_ore: [2, 5],
  nether_gold_ore: [0, 1],
  spawner: [15, 43],
  sculk: [1, 1],
  sculk_catalyst: [5, 5],
  sculk_sensor: [5, 5],
  sculk_shrieker: [5, 5]
})

module.exports = {
  DROPS,
  ONLY_SILK,
  NEVER,
  SHEARED,
  ONLY_SHEARS,
  NO_SILK,
  COUNTED,
  GRAVEL_FLINT_CHANCES,
  LEAF_CHANCES,
  LEAVES_WITH_APPLES,
  OTHER_SAPLINGS,
  CROPS,
  CROP_BONUS,
  POISONOUS_POTATO_CHANCE,
  STEM_SEEDS,
  ORE_EXPERIENCE
}
