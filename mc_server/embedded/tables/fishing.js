'use strict'
/** What comes up on a hook (Minecraft Wiki, 'Fishing', Java Edition 1.20): rows are [item, weight, count]. */

/** Weight of each kind, and what a level of luck adds. */
const KINDS = { fish: [85, -1], junk: [10, -2], treasure: [5, 2] }

const ITEMS = /** @type {Record<string, [string, number, number][]>} */ ({
  fish: [['cod', 60, 1], ['salmon', 25, 1], ['tropical_fish', 2, 1], ['pufferfish', 13, 1]],
  junk: [
    ['lily_pad', 17, 1], ['leather_boots', 10, 1], ['leather', 10, 1], ['bone', 10, 1], ['potion', 10, 1], ['string', 5, 1],
    ['fishing_rod', 2, 1], ['bowl', 10, 1], ['stick', 5, 1], ['ink_sac', 1, 10], ['tripwire_hook', 10, 1], ['rotten_flesh', 10, 1]
  ],
  treasure: [['name_tag', 1, 1], ['saddle', 1, 1], ['bow', 1, 1], ['fishing_rod', 1, 1], ['enchanted_book', 1, 1], ['nautilus_shell', 1, 1]]
})

/** The most that tools and boots from the water are worn. */
const WORN = { junk: 0.9, treasure: 0.25 }
/** Enchantments of what comes as treasure: [name, level]. */
const ENCHANTMENTS = /** @type {Record<string, [string, number][]>} */ ({
  bow: [['power', 3], ['punch', 1], ['flame', 1], ['infinity', 1], ['unbreaking', 3]],
  fishing_rod: [['lure', 2], ['luck_of_the_sea', 2], ['unbreaking', 3]],
  enchanted_book: [['mending', 1], ['protection', 3], ['sharpness', 3], ['efficiency', 3], ['fortune', 2], ['silk_touch', 1], ['looting', 2]]
})

module.exports = { KINDS, ITEMS, WORN, ENCHANTMENTS }
