'use strict'

const { PrimitiveError } = require('./support/errors')
const { runPrimitive } = require('./support/scope')
const { resolveItems } = require('./support/names')
const { foodsCarried, eatItem } = require('./support/eating')

/**
 * Eat one piece of food: the one named, or the most nourishing carried that does no harm. When the
 * bot is not hungry nothing is eaten and `item` is null.
 *
 * @brief Eat the best food carried, or the one named; nothing when not hungry.
 * @param {import('./support/scope').Context} context
 * @param {string|string[]} [name] item name, family or list
 * @returns {Promise<{item: string|null, food: number}>} `food` is the hunger bar afterwards, 0 to 20
 * @throws `missing_ingredients` when nothing to eat is carried, `timeout`, `invalid_argument`, `died`, `cancelled`
 */
async function eat (context, name) {
  const only = name === undefined || name === null ? undefined : resolveItems(context, name)
  if (only && !only.some(food => context.registry.foodsByName[food])) {
    throw new PrimitiveError('invalid_argument', `${only[0]} cannot be eaten.`)
  }
  return runPrimitive(context, async scope => {
    const { bot } = scope
    const [food] = foodsCarried(scope, only)
    if (!food) {
      throw new PrimitiveError('missing_ingredients', `There is no ${only ? only[0] : 'food'} in the inventory. Get food first, for instance with killMob('cow').`, { missing: { [only?.[0] ?? 'food']: 1 } })
    }
    if (bot.food >= 20) return { item: null, food: bot.food }
    await eatItem(scope, food)
    return { item: food.name, food: bot.food }
  })
}

module.exports = { eat }
