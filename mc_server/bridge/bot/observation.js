'use strict'
/**
 * What the client knows now, as JSON for `mc_server/observation.py`. Only what the server sent; no program has a say in it.
 */

const RADIUS_IN_BLOCKS = 64
const MAXIMUM_ENTITIES = 60
/** The result slot of the crafting grid shows what could be made, not what is owned. */
const FIRST_OWNED_SLOT = 1
const EQUIPMENT = ['head', 'torso', 'legs', 'feet', 'off-hand']

/** @param {number} value */
const rounded = value => Math.round(value * 100) / 100

/** @param {{x: number, y: number, z: number}} point */
const positionOf = ({ x, y, z }) => ({ x: rounded(x), y: rounded(y), z: rounded(z) })

/** @param {string} name */
const plain = name => String(name ?? '').replace(/^minecraft:/, '')

/** @param {any} bot */
function ownedItems (bot) {
  const items = bot.inventory.slots.slice(FIRST_OWNED_SLOT).filter(Boolean)
  const carried = bot.inventory.selectedItem
  return carried ? [...items, carried] : items
}

/**
 * @param {{name: string, count: number}[]} items
 * @returns {Record<string, number>}
 */
function countByName (items) {
  /** @type {Record<string, number>} */
  const counts = {}
  for (const item of items) counts[item.name] = (counts[item.name] ?? 0) + item.count
  return counts
}

/** @param {any} bot */
function usesLeft (bot) {
  /** @type {Record<string, number>} */
  const uses = {}
  for (const item of ownedItems(bot)) {
    const uses1 = bot.registry.itemsByName[item.name]?.maxDurability
    if (uses1) uses[item.name] = (uses[item.name] ?? 0) + uses1 - (item.durabilityUsed || 0)
  }
  return uses
}

/** @param {any} bot */
function equipmentOf (bot) {
  const worn = EQUIPMENT.map(place => {
    const slot = bot.supportFeature('doesntHaveOffHandSlot') && place === 'off-hand' ? -1 : bot.getEquipmentDestSlot(place)
    return [place, bot.inventory.slots[slot]?.name ?? null]
  })
  return { hand: bot.heldItem?.name ?? null, ...Object.fromEntries(worn) }
}

/** @param {any} entity */
function nameOfEntity (entity) {
  if (entity.type === 'player') return entity.username ?? 'player'
  const item = droppedItem(entity)
  return item ? item.name : plain(entity.name ?? 'unknown')
}

/** @param {any} entity */
function droppedItem (entity) {
  if (String(entity.name).toLowerCase() !== 'item') return null
  try {
    return entity.getDroppedItem()
  } catch {
    return null
  }
}

/** @param {any} bot */
function nearbyEntities (bot) {
  const here = bot.entity.position
  return Object.values(bot.entities)
    .filter(entity => entity !== bot.entity && entity.position)
    .map(entity => ({
      name: nameOfEntity(entity),
      kind: droppedItem(entity) ? 'item' : String(entity.type ?? 'other'),
      position: positionOf(entity.position),
      distance: rounded(here.distanceTo(entity.position))
    }))
    .filter(entity => entity.distance <= RADIUS_IN_BLOCKS)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, MAXIMUM_ENTITIES)
}

/** @param {any} bot */
function biomeOf (bot) {
  const id = bot.world.getBiome(bot.entity.position.floored())
  return plain(bot.registry.biomes[id]?.name ?? 'unknown')
}

/** @param {any} bot @returns {number} ticks from 0 to 23999 */
const timeOfDay = bot => ((bot.time.timeOfDay ?? 0) % 24000 + 24000) % 24000

/** @param {any} bot @returns {number} ticks that the world has lived */
const worldAge = bot => Math.round(Number(bot.time.age ?? 0))

/**
 * @param {{bot: any, nearbyBlocks: import('./nearby_blocks').NearbyBlocks,
 *   containers: import('./containers').Containers}} session
 */
function observe ({ bot, nearbyBlocks, containers }) {
  return {
    position: positionOf(bot.entity.position),
    dimension: plain(bot.game.dimension),
    biome: biomeOf(bot),
    time_of_day: timeOfDay(bot),
    health: bot.health ?? 20,
    food: bot.food ?? 20,
    inventory: countByName(ownedItems(bot)),
    free_slots: bot.inventory.emptySlotCount(),
    equipment: equipmentOf(bot),
    uses_left: usesLeft(bot),
    nearby_blocks: nearbyBlocks.kinds(RADIUS_IN_BLOCKS).map(({ name, x, y, z, distance, count }) =>
      ({ name, position: { x, y, z }, distance: rounded(distance), count })),
    nearby_entities: nearbyEntities(bot),
    chests: containers.list(),
    world_age_ticks: worldAge(bot)
  }
}

module.exports = { biomeOf, countByName, droppedItem, equipmentOf, nameOfEntity, observe, ownedItems, plain, positionOf, timeOfDay, worldAge }
