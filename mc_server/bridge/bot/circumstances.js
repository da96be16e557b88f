'use strict'
/**
 * The game at one instant, as JSON for `Circumstances` in `mc_server/skill_call.py`: what is known at once, so that it can be taken at
 * every call of a skill. Not here: what is near and far (`observation.js`).
 */

const { biomeOf, countByName, equipmentOf, ownedItems, plain, positionOf, timeOfDay } = require('./observation')

/** Blocks that things are made at. */
const STATIONS = [
  'crafting_table', 'furnace', 'blast_furnace', 'smoker', 'campfire', 'soul_campfire', 'brewing_stand', 'enchanting_table', 'anvil',
  'chipped_anvil', 'damaged_anvil', 'smithing_table', 'grindstone', 'stonecutter', 'loom', 'cartography_table', 'cauldron', 'water_cauldron'
]
/** How far from the bot's block it reaches one. */
const REACH_IN_BLOCKS = 4
const BRIGHTEST = 15

/**
 * The light of the bot's own block: of what shines or of an open sky, whichever is more.
 * @param {any} bot
 * @returns {number | null} null where the client does not know it
 */
function lightOf (bot) {
  const place = bot.entity.position.floored()
  if (!bot.world.getColumnAt(place)) return null
  const light = Math.max(bot.world.getBlockLight(place) ?? 0, bot.world.getSkyLight(place) ?? 0)
  return Number.isInteger(light) && light >= 0 && light <= BRIGHTEST ? light : null
}

/** @param {{bot: any, nearbyBlocks: import('./nearby_blocks').NearbyBlocks}} session */
function circumstancesOf ({ bot, nearbyBlocks }) {
  const { hand, ...others } = equipmentOf(bot)
  return {
    position: positionOf(bot.entity.position),
    dimension: plain(bot.game.dimension),
    biome: biomeOf(bot),
    time_of_day: timeOfDay(bot),
    light: lightOf(bot),
    health: bot.health ?? 20,
    food: bot.food ?? 20,
    inventory: countByName(ownedItems(bot)),
    free_slots: bot.inventory.emptySlotCount(),
    hand,
    worn: Object.values(others).filter(name => name !== null),
    stations: nearbyBlocks.among(STATIONS, REACH_IN_BLOCKS)
  }
}

module.exports = { circumstancesOf }
