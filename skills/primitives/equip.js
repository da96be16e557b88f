'use strict'

const { PrimitiveError } = require('./support/errors')
const { runPrimitive } = require('./support/scope')
const { guard, waitFor } = require('./support/waiting')
const { resolveItems } = require('./support/names')
const { mostCarried, findItem } = require('./support/inventory')

const DESTINATIONS = ['hand', 'head', 'torso', 'legs', 'feet', 'off-hand']

/**
 * Put a carried item in the hand or wear it.
 *
 * @brief Hold or wear something; other primitives take the right tool by themselves.
 * @param {import('./support/scope').Context} context
 * @param {string|string[]} name item name or family
 * @param {'hand'|'head'|'torso'|'legs'|'feet'|'off-hand'} [destination]
 * @returns {Promise<{equipped: string, destination: string}>}
 * @throws `missing_ingredients` when it is not carried, `invalid_argument`, `timeout`, `died`, `cancelled`
 */
async function equip (context, name, destination = 'hand') {
  const names = resolveItems(context, name)
  if (!DESTINATIONS.includes(destination)) {
    throw new PrimitiveError('invalid_argument', `destination must be one of ${DESTINATIONS.join(', ')}, not ${JSON.stringify(destination)}.`)
  }
  return runPrimitive(context, async scope => {
    const { bot } = scope
    const slot = () => bot.inventory.slots[bot.getEquipmentDestSlot(destination)]
    const worn = () => names.includes(slot()?.name)
    if (worn()) return { equipped: slot().name, destination }
    const item = findItem(bot, mostCarried(bot, names).name)
    if (!item) {
      throw new PrimitiveError('missing_ingredients', `There is no ${names[0]} in the inventory. Craft or get it first.`, { missing: { [names[0]]: 1 } })
    }
    await guard(scope, bot.equip(item, destination), 5000, `equipping ${item.name}`)
    await waitFor(scope, { what: `${item.name} to be equipped`, timeoutMs: 3000, events: [[bot.inventory, 'updateSlot'], [bot, 'physicsTick']], until: worn })
    return { equipped: item.name, destination }
  })
}

module.exports = { equip }
