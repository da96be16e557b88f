'use strict'
/**
 * Finds what a crafting grid makes, by the recipes of the version: shaped (also mirrored) and shapeless, and those that no list
 * states (`special_crafting.js`).
 */

const { specialResult } = require('./special_crafting')

/** What stays in the grid when an item is used up. */
const REMAINDERS = /** @type {Record<string, string>} */ ({
  milk_bucket: 'bucket', water_bucket: 'bucket', lava_bucket: 'bucket', honey_bottle: 'glass_bottle'
})

/**
 * Kinds of which a recipe takes any, also several at once, when the list of recipes names one at a time. Two of each: what both
 * make does not depend on the kind. @type {{members: RegExp, examples: [string, string]}[]}
 */
const FAMILIES = [
  { members: /_planks$/, examples: ['oak_planks', 'spruce_planks'] },
  { members: /^(oak|spruce|birch|jungle|acacia|dark_oak|mangrove|cherry|bamboo|crimson|warped)_slab$/, examples: ['oak_slab', 'spruce_slab'] },
  { members: /_(log|wood|stem|hyphae)$/, examples: ['oak_log', 'spruce_log'] },
  { members: /^(cobblestone|blackstone|cobbled_deepslate)$/, examples: ['cobblestone', 'blackstone'] },
  { members: /^(red_)?sand$/, examples: ['sand', 'red_sand'] },
  { members: /^(char)?coal$/, examples: ['coal', 'charcoal'] }
]

const idOf = (/** @type {any} */ ingredient) => {
  if (ingredient === null || ingredient === undefined) return 0
  if (typeof ingredient === 'number') return Math.max(0, ingredient)
  return Array.isArray(ingredient) ? ingredient[0] : ingredient.id
}

/**
 * Cuts empty rows and columns off the edges.
 * @param {number[][]} rows
 */
function trim (rows) {
  const width = Math.max(...rows.map(row => row.length))
  let trimmed = rows.map(row => [...row, ...new Array(width - row.length).fill(0)])
  const emptyColumn = (/** @type {number} */ column) => trimmed.every(row => !row[column])
  while (trimmed.length && trimmed[0].every(id => !id)) trimmed = trimmed.slice(1)
  while (trimmed.length && trimmed[trimmed.length - 1].every(id => !id)) trimmed = trimmed.slice(0, -1)
  while (trimmed.length && emptyColumn(0)) trimmed = trimmed.map(row => row.slice(1))
  while (trimmed.length && emptyColumn(trimmed[0].length - 1)) trimmed = trimmed.map(row => row.slice(0, -1))
  return trimmed
}

const keyOfShape = (/** @type {number[][]} */ rows) => rows.map(row => row.join(',')).join(';')
const keyOfHeap = (/** @type {number[]} */ ids) => [...ids].sort((a, b) => a - b).join(',')

class Crafting {
  /**
   * @param {any} registry
   * @param {import('./items').Items} items
   */
  constructor (registry, items) {
    this.items = items
    /** @type {Map<string, {id: number, count: number}>} */
    this.shaped = new Map()
    /** @type {Map<string, {id: number, count: number}>} */
    this.shapeless = new Map()
    /** By item id, what stands for it in recipes that take any of its family. @type {Map<number, [number, number]>} */
    this.examples = new Map()
    for (const { members, examples: [first, second] } of FAMILIES) {
      for (const { name, id } of registry.itemsArray) {
        if (members.test(name)) this.examples.set(id, [registry.itemsByName[first].id, registry.itemsByName[second].id])
      }
    }
    for (const recipes of Object.values(registry.recipes)) {
      for (const recipe of /** @type {any[]} */ (recipes)) this.#learn(recipe)
    }
  }

  #learn (/** @type {any} */ recipe) {
    const result = { id: idOf(recipe.result), count: recipe.result.count ?? 1 }
    if (recipe.inShape) {
      const rows = trim(recipe.inShape.map((/** @type {any[]} */ row) => row.map(idOf)))
      this.shaped.set(keyOfShape(rows), result)
      this.shaped.set(keyOfShape(rows.map(row => [...row].reverse())), result)
    } else if (recipe.ingredients) {
      this.shapeless.set(keyOfHeap(recipe.ingredients.map(idOf)), result)
    }
  }

  /**
   * @param {(any | null)[]} grid items row by row
   * @param {number} width of the grid: 2 or 3
   * @returns {any | null} the item it makes
   */
  resultOf (grid, width) {
    const ingredients = grid.filter(Boolean)
    if (ingredients.length === 0) return null
    const ids = grid.map(item => item ? item.type : 0)
    const result = this.#listed(ids, width) ?? this.#mixed(ids, width)
    return result ? new this.items.Item(result.id, result.count) : specialResult(this.items, ingredients)
  }

  #listed (/** @type {number[]} */ ids, /** @type {number} */ width) {
    const rows = []
    for (let start = 0; start < ids.length; start += width) rows.push(ids.slice(start, start + width))
    return this.shaped.get(keyOfShape(trim(rows))) ?? this.shapeless.get(keyOfHeap(ids.filter(id => id !== 0)))
  }

  /** What is made of several kinds of wood or stone at once: that which any one kind would make. */
  #mixed (/** @type {number[]} */ ids, /** @type {number} */ width) {
    if (!ids.some(id => this.examples.has(id))) return undefined
    const [first, second] = [0, 1].map(which => this.#listed(ids.map(id => this.examples.get(id)?.[which] ?? id), width))
    return first && second && first.id === second.id && first.count === second.count ? first : undefined
  }

  /** @returns {any | null} what is left of an ingredient besides itself, such as the bucket of the milk */
  remainderOf (/** @type {any} */ item) {
    const name = REMAINDERS[item.name]
    return name ? this.items.create(name) : null
  }
}

module.exports = { Crafting }
