'use strict'
/** Finds what a crafting grid makes, by the recipes of the version: shaped (also mirrored) and shapeless. */

/** What stays in the grid when an item is used up. */
const REMAINDERS = /** @type {Record<string, string>} */ ({
  milk_bucket: 'bucket', water_bucket: 'bucket', lava_bucket: 'bucket', honey_bottle: 'glass_bottle'
})

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
    const ids = grid.map(item => item ? item.type : 0)
    if (ids.every(id => id === 0)) return null
    const rows = []
    for (let start = 0; start < ids.length; start += width) rows.push(ids.slice(start, start + width))
    const result = this.shaped.get(keyOfShape(trim(rows))) ?? this.shapeless.get(keyOfHeap(ids.filter(id => id !== 0)))
    return result ? new this.items.Item(result.id, result.count) : null
  }

  /** @returns {any | null} what is left of an ingredient besides itself, such as the bucket of the milk */
  remainderOf (/** @type {any} */ item) {
    const name = REMAINDERS[item.name]
    return name ? this.items.create(name) : null
  }
}

module.exports = { Crafting }
