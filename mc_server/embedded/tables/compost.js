'use strict'
/** What a composter takes, and how often one piece raises it by a level (Minecraft Wiki, 'Composter', 1.20). */

const COMPOST_FULL = 7
const COMPOST_READY = 8

/** Chance and names; the first that fits counts. @type {[number, RegExp][]} */
const CHANCES = [
  [0.3, /_leaves$|_sapling$|_seeds$|^(mangrove_propagule|beetroot_seeds|dried_kelp|glow_berries|short_grass|hanging_roots|kelp|mangrove_roots|moss_carpet|pink_petals|pitcher_pod|seagrass|small_dripleaf|sweet_berries)$/],
  [0.5, /^(cactus|dried_kelp_block|flowering_azalea_leaves|glow_lichen|melon_slice|nether_sprouts|sugar_cane|tall_grass|twisting_vines|vine|weeping_vines)$/],
  [0.65, /_tulip$|_fungus$|_roots$|_mushroom$|^(apple|azalea|beetroot|big_dripleaf|carrot|cocoa_beans|fern|dandelion|poppy|blue_orchid|allium|azure_bluet|oxeye_daisy|cornflower|lily_of_the_valley|wither_rose|large_fern|sunflower|lilac|rose_bush|peony|lily_pad|melon|moss_block|mushroom_stem|nether_wart|potato|pumpkin|carved_pumpkin|sea_pickle|shroomlight|spore_blossom|wheat)$/],
  [0.85, /^(baked_potato|bread|cookie|flowering_azalea|hay_block|brown_mushroom_block|red_mushroom_block|nether_wart_block|pitcher_plant|torchflower|warped_wart_block)$/],
  [1, /^(cake|pumpkin_pie)$/]
]

/** @returns {number} 0 when a composter does not take it */
const compostChance = (/** @type {string} */ name) => CHANCES.find(([, names]) => names.test(name))?.[0] ?? 0

module.exports = { compostChance, COMPOST_FULL, COMPOST_READY }
