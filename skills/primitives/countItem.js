'use strict'

const { resolveItems } = require('./support/names')
const { mostCarried } = require('./support/inventory')

/**
 * How many of an item are in the inventory; answers at once. For a family (`planks`) or a list it
 * is the largest count of a single kind, since recipes want one kind.
 *
 * @brief How many are carried; of a family the kind there is most of.
 * @param {import('./support/scope').Context} context
 * @param {string|string[]} name item name, family or list
 * @returns {number}
 * @throws `invalid_argument` for a name that this version does not have
 */
function countItem (context, name) {
  return mostCarried(context.bot, resolveItems(context, name)).count
}

module.exports = { countItem }
