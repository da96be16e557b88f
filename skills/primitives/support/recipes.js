'use strict'

/**
 * Which recipe to use and what is missing for it.
 *
 * @typedef {{recipe: any, times: number, missing: Object<string, number>, lacking: number}} Choice
 */

/** Ingredients of one crafting, by item id. @param {any} recipe @returns {Map<number, number>} */
function ingredientsOf (recipe) {
  const needed = new Map()
  for (const { id, count } of recipe.delta) if (count < 0) needed.set(id, (needed.get(id) ?? 0) - count)
  return needed
}

/**
 * What lacks to craft `count` of something by one recipe.
 * @param {any} context @param {any} recipe @param {number} count @param {Object<string, number>} carried
 * @returns {Choice}
 */
function weigh ({ registry }, recipe, count, carried) {
  const times = Math.ceil(count / recipe.result.count)
  /** @type {Object<string, number>} */
  const missing = {}
  let lacking = 0
  for (const [id, each] of ingredientsOf(recipe)) {
    const { name } = registry.items[id]
    const short = each * times - (carried[name] ?? 0)
    if (short > 0) {
      missing[name] = short
      lacking += short + ((carried[name] ?? 0) > 0 ? 0 : 0.5)
    }
  }
  return { recipe, times, missing, lacking }
}

/**
 * The recipe for some of these items that lacks least; what lacks nothing comes first.
 * @param {any} context @param {string[]} names @param {number} count @param {Object<string, number>} carried
 * @returns {Choice|null} null when none of them can be crafted at all
 */
function chooseRecipe (context, names, count, carried) {
  const { bot, registry } = context
  /** @type {Choice|null} */
  let best = null
  for (const name of names) {
    for (const recipe of bot.recipesAll(registry.itemsByName[name].id, null, true)) {
      const choice = weigh(context, recipe, count, carried)
      if (!best || choice.lacking < best.lacking || (choice.lacking === best.lacking && best.recipe.requiresTable && !recipe.requiresTable)) best = choice
    }
  }
  return best
}

module.exports = { chooseRecipe, weigh, ingredientsOf }
