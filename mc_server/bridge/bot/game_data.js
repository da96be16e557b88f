'use strict'
/**
 * The version's own data, as JSON for `mc_server/game_data.py`.
 *
 * Everything but smelting comes from the bot's registry. A recipe is given by what it uses up, counted by name.
 */

const fs = require('node:fs')
const path = require('node:path')

const SMELTING_FILE = path.join(__dirname, '..', '..', 'smelting.json')
/** The inventory's own crafting grid has two rows and two columns. */
const SMALL_GRID = 2
/** A drop below this chance is luck, nothing to hunt a mob for. */
const OFTEN = 0.3
/** What the loot tables of the data leave out, though a mob always drops it: most sheep are white. */
const ALSO_DROPPED = /** @type {Record<string, string[]>} */ ({ sheep: ['white_wool'] })

/** What only shears bring home, which the loot tables do not say. */
const SHEARED = /(_leaves|^(fern|grass|short_grass|dead_bush|seagrass))$/

/** Blocks whose loot the data has under the name they had before. */
const NAMED_BEFORE = /** @type {Record<string, string>} */ ({ short_grass: 'grass' })

/** @typedef {any} Registry */

/**
 * @param {Registry} registry
 * @param {any} entry an item's id, an object with one, or null for an empty place
 * @returns {string | null}
 */
function itemName (registry, entry) {
  const id = typeof entry === 'object' ? entry?.id : entry
  return id === null || id === undefined || id < 0 ? null : registry.items[id]?.name ?? null
}

/**
 * @param {Registry} registry
 * @param {any} recipe
 */
function readRecipe (registry, recipe) {
  const rows = recipe.inShape ?? []
  const places = recipe.inShape ? rows.flat() : recipe.ingredients ?? []
  /** @type {Record<string, number>} */
  const ingredients = {}
  for (const place of places) {
    const name = itemName(registry, place)
    if (name) ingredients[name] = (ingredients[name] ?? 0) + 1
  }
  const width = Math.max(0, ...rows.map((/** @type {any[]} */ row) => row.length))
  const tooLarge = recipe.inShape
    ? rows.length > SMALL_GRID || width > SMALL_GRID
    : places.length > SMALL_GRID * SMALL_GRID
  return { count: recipe.result.count ?? 1, ingredients, needs_table: tooLarge }
}

/** @param {Registry} registry */
function readRecipes (registry) {
  /** @type {Record<string, object[]>} */
  const recipes = {}
  for (const [id, ways] of Object.entries(registry.recipes ?? {})) {
    const name = itemName(registry, Number(id))
    if (!name) continue
    const distinct = new Map(ways.map((/** @type {any} */ way) => {
      const recipe = readRecipe(registry, way)
      return [JSON.stringify(recipe), recipe]
    }))
    recipes[name] = [...distinct.values()].filter(recipe => Object.keys(recipe.ingredients).length > 0)
  }
  return recipes
}

/**
 * The items that fall from a block dug without silk touch. Loot tables mark those that need it; what a mob or a hand must
 * bring along is not in them.
 * @param {Registry} registry
 * @param {any} block
 * @returns {string[]}
 */
function lootOf (registry, block) {
  const names = lootTable(registry, block).filter(drop => !drop.silkTouch).map(drop => drop.item)
  return [...new Set(names)].filter(name => registry.itemsByName[name])
}

/**
 * @param {Registry} registry
 * @param {any} block
 * @returns {{item: string, dropChance?: number, silkTouch?: boolean}[]}
 */
function lootTable ({ blockLoot }, { name }) {
  return (blockLoot?.[name] ?? blockLoot?.[NAMED_BEFORE[name]])?.drops ?? []
}

/**
 * What always falls. The version's list of drops says so, except where a version lists nothing (1.18) or what silk touch
 * would give (1.16); there the loot table has it, if it leaves no doubt.
 * @param {Registry} registry
 * @param {any} block
 * @returns {string[]}
 */
function dropsOf (registry, block) {
  const listed = (block.drops ?? []).map((/** @type {any} */ drop) => itemName(registry, drop?.drop ?? drop))
  const names = /** @type {string[]} */ ([...new Set(listed)].filter(name => name && name !== 'air'))
  const loot = lootOf(registry, block)
  const contradicted = names.includes(block.name) && loot.length > 0 && !loot.includes(block.name)
  if (names.length > 0 && !contradicted) return names
  const seldom = lootTable(registry, block).filter(drop => (drop.dropChance ?? 1) < OFTEN).map(drop => drop.item)
  const always = loot.length === 1 ? loot.filter(name => !seldom.includes(name)) : loot.filter(name => name === block.name)
  return always.filter(name => name !== block.name || !SHEARED.test(name))
}

/**
 * What the loot tables add: it falls only now and then (flint from gravel).
 * @param {Registry} registry
 * @param {any} block
 * @param {string[]} drops
 */
function rareDropsOf (registry, block, drops) {
  return lootOf(registry, block).filter(name => name !== block.name && !drops.includes(name))
}

/** @param {Registry} registry */
function readBlocks (registry) {
  return registry.blocksArray.map((/** @type {any} */ block) => {
    const drops = dropsOf(registry, block)
    return {
      name: block.name,
      hardness: block.hardness ?? null,
      diggable: Boolean(block.diggable),
      drops,
      rare_drops: rareDropsOf(registry, block, drops),
      harvest_tools: Object.keys(block.harvestTools ?? {}).map(id => itemName(registry, Number(id))).filter(Boolean)
    }
  })
}

/**
 * Every mob there is loot data for, with what it drops often enough to be hunted for.
 * @param {Registry} registry
 */
function readEntityDrops (registry) {
  const entries = Object.entries(registry.entityLoot ?? {}).map(([entity, loot]) => {
    const often = loot.drops.filter((/** @type {any} */ drop) => (drop.dropChance ?? 1) >= OFTEN)
    const listed = /** @type {string[]} */ (often.map((/** @type {any} */ drop) => drop.item))
    const names = [...new Set([...listed, ...ALSO_DROPPED[entity] ?? []])]
    return [entity, names.filter(name => registry.itemsByName[name])]
  })
  return Object.fromEntries(entries)
}

/** @param {Registry} registry */
function readSmelting (registry) {
  if (!fs.existsSync(SMELTING_FILE)) return { smelting: {}, fuels: {} }
  const table = JSON.parse(fs.readFileSync(SMELTING_FILE, 'utf8'))
  const known = (/** @type {string} */ name) => name in registry.itemsByName
  const smelting = Object.entries(table.smelting)
    .filter(([output]) => known(output))
    .map(([output, inputs]) => [output, inputs.filter(known)])
    .filter(([, inputs]) => inputs.length > 0)
  /** @type {Record<string, number>} */
  const fuels = {}
  for (const [pattern, items] of Object.entries(table.fuels)) {
    if (pattern.startsWith('*')) {
      const matching = Object.keys(registry.itemsByName).filter(name => name.endsWith(pattern.slice(1)))
      for (const name of matching) fuels[name] ??= items
    } else if (known(pattern)) fuels[pattern] = items
  }
  return { smelting: Object.fromEntries(smelting), fuels }
}

/** @param {{version: string, registry: Registry}} bot */
function readGameData ({ version, registry }) {
  const items = registry.itemsArray.filter((/** @type {any} */ item) => item.name !== 'air')
  const tools = items.filter((/** @type {any} */ item) => item.maxDurability)
  return {
    version,
    items: items.map((/** @type {any} */ item) => item.name),
    blocks: readBlocks(registry),
    recipes: readRecipes(registry),
    ...readSmelting(registry),
    tool_uses: Object.fromEntries(tools.map((/** @type {any} */ item) => [item.name, item.maxDurability])),
    food_points: Object.fromEntries((registry.foodsArray ?? []).map((/** @type {any} */ food) => [food.name, food.foodPoints])),
    entity_drops: readEntityDrops(registry)
  }
}

module.exports = { readGameData }
