'use strict'
/**
 * What burns: how readily fire comes beside a block (`catches`), and how soon it burns away (`burns`)
 * (Minecraft Wiki, 'Fire', Java Edition 1.20). The first pattern that fits counts.
 */

const WOOD = '(oak|spruce|birch|jungle|acacia|cherry|dark_oak|mangrove|bamboo)'

/** @type {[RegExp, {catches: number, burns: number}][]} */
const FLAMMABLE = [
  [new RegExp(`^${WOOD}_(mosaic_)?(planks|slab|fence|fence_gate|stairs)$|^bamboo_mosaic$`), { catches: 5, burns: 20 }],
  [new RegExp(`^(stripped_)?${WOOD}_(log|wood|block)$|^coal_block$`), { catches: 5, burns: 5 }],
  [/^mangrove_roots$/, { catches: 5, burns: 20 }],
  [/_leaves$|_wool$|^dried_kelp_block$/, { catches: 30, burns: 60 }],
  [/^(bookshelf|bee_nest|lectern)$/, { catches: 30, burns: 20 }],
  [/^tnt$|^(vine|glow_lichen|cave_vines|cave_vines_plant)$/, { catches: 15, burns: 100 }],
  [/_carpet$|^(hay_block)$/, { catches: 60, burns: 20 }],
  [/^(bamboo|scaffolding)$/, { catches: 60, burns: 60 }],
  [/^target$/, { catches: 15, burns: 20 }],
  [/^(composter|beehive)$/, { catches: 5, burns: 20 }],
  [/_tulip$|^(short_grass|fern|dead_bush|tall_grass|large_fern|sunflower|lilac|rose_bush|peony|dandelion|poppy|blue_orchid|allium|azure_bluet|oxeye_daisy|cornflower|lily_of_the_valley|torchflower|pitcher_plant|wither_rose|pink_petals|sweet_berry_bush|spore_blossom|hanging_roots|big_dripleaf|big_dripleaf_stem|small_dripleaf)$/,
    { catches: 60, burns: 100 }],
  [/^(flowering_)?azalea$/, { catches: 30, burns: 60 }]
]

module.exports = { FLAMMABLE }
