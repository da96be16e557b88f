'use strict'
/** Items that become a block of another name when they are placed, and what plants stand on (Minecraft Wiki, Java Edition 1.20). */

/** Item name to block name, where they differ. */
const BLOCK_OF_ITEM = /** @type {Record<string, string>} */ ({
  redstone: 'redstone_wire',
  string: 'tripwire',
  wheat_seeds: 'wheat',
  carrot: 'carrots',
  potato: 'potatoes',
  beetroot_seeds: 'beetroots',
  pumpkin_seeds: 'pumpkin_stem',
  melon_seeds: 'melon_stem',
  torchflower_seeds: 'torchflower_crop',
  pitcher_pod: 'pitcher_crop',
  cocoa_beans: 'cocoa',
  sweet_berries: 'sweet_berry_bush',
  glow_berries: 'cave_vines',
  powder_snow_bucket: 'powder_snow'
})

const DIRT = [
  'dirt', 'grass_block', 'podzol', 'coarse_dirt', 'mycelium', 'rooted_dirt', 'moss_block', 'mud', 'muddy_mangrove_roots'
]
const GROUND = [...DIRT, 'farmland']
const SAND = ['sand', 'red_sand', 'suspicious_sand']
const NYLIUM = ['crimson_nylium', 'warped_nylium', 'soul_soil', 'mycelium', ...GROUND]
const TERRACOTTA = /terracotta$/

/**
 * Plants and the blocks below them that they take: names, or a pattern of names. The first pattern that fits counts.
 * @type {[RegExp, {names: string[], pattern?: RegExp}][]}
 */
const SOILS = [
  [/^(wheat|carrots|potatoes|beetroots|pumpkin_stem|melon_stem|torchflower_crop|pitcher_crop)$/, { names: ['farmland'] }],
  [/^nether_wart$/, { names: ['soul_sand'] }],
  [/^dead_bush$/, { names: [...SAND, ...DIRT], pattern: TERRACOTTA }],
  [/^cactus$/, { names: ['cactus', ...SAND] }],
  [/^sugar_cane$/, { names: ['sugar_cane', ...DIRT, ...SAND] }],
  [/^bamboo(_sapling)?$/, { names: ['bamboo', 'bamboo_sapling', 'gravel', 'suspicious_gravel', ...SAND, ...DIRT] }],
  [/^(crimson|warped)_(fungus|roots)$|^nether_sprouts$/, { names: NYLIUM }],
  [/^wither_rose$/, { names: [...GROUND, 'netherrack', 'soul_sand', 'soul_soil'] }],
  [/^chorus_flower$/, { names: ['end_stone', 'chorus_plant'] }],
  [/^(big_dripleaf|small_dripleaf)$/, { names: [...GROUND, 'clay', 'big_dripleaf', 'big_dripleaf_stem'] }],
  [/^(azalea|flowering_azalea|mangrove_propagule)$/, { names: [...GROUND, 'clay'] }],
  [/_sapling$|_tulip$|^(dandelion|poppy|blue_orchid|allium|azure_bluet|oxeye_daisy|cornflower|lily_of_the_valley|torchflower)$/, { names: GROUND }],
  [/^(sunflower|lilac|rose_bush|peony|pitcher_plant|tall_grass|large_fern|short_grass|fern|sweet_berry_bush|pink_petals)$/, { names: GROUND }]
]

/** Plants of two blocks. */
const DOUBLE_PLANTS = new Set([
  'sunflower', 'lilac', 'rose_bush', 'peony', 'pitcher_plant', 'tall_grass', 'large_fern', 'small_dripleaf'
])

/** Blocks of which several fit in one place: the property that counts them, and the most. */
const STACKING = /** @type {[RegExp, {property: string, most: number}][]} */ ([
  [/(^|_)candle$/, { property: 'candles', most: 4 }],
  [/^sea_pickle$/, { property: 'pickles', most: 4 }],
  [/^turtle_egg$/, { property: 'eggs', most: 4 }],
  [/^snow$/, { property: 'layers', most: 8 }],
  [/^pink_petals$/, { property: 'flower_amount', most: 4 }]
])

/** What may be put into a flower pot. */
const POTTED = /_sapling$|_tulip$|_mushroom$|_fungus$|_roots$|^(dandelion|poppy|blue_orchid|allium|azure_bluet|oxeye_daisy|cornflower|lily_of_the_valley|wither_rose|torchflower|fern|dead_bush|cactus|bamboo|azalea|flowering_azalea|mangrove_propagule)$/

module.exports = { BLOCK_OF_ITEM, SOILS, DOUBLE_PLANTS, STACKING, POTTED }
