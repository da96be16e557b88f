'use strict'

const { PrimitiveError } = require('./errors')
const { waitAtMost, guard } = require('./waiting')

/** Counts by exact item name, worn and off-hand items left out. @param {any} bot @returns {Object<string, number>} */
function inventoryCounts (bot) {
  /** @type {Object<string, number>} */
  const counts = {}
  for (const item of bot.inventory.items()) counts[item.name] = (counts[item.name] ?? 0) + item.count
  return counts
}

/** The kind of a family that the bot carries most of. @param {any} bot @param {string[]} names */
function mostCarried (bot, names) {
  const counts = inventoryCounts(bot)
  let best = { name: names[0], count: 0 }
  for (const name of names) {
    if ((counts[name] ?? 0) > best.count) best = { name, count: counts[name] }
  }
  return best
}

/** What was gained between two counts. @param {Object<string, number>} before @param {Object<string, number>} after */
function gained (before, after) {
  /** @type {Object<string, number>} */
  const more = {}
  for (const [name, count] of Object.entries(after)) {
    const difference = count - (before[name] ?? 0)
    if (difference > 0) more[name] = difference
  }
  return more
}

/** Whether one more item of this name fits. @param {any} bot @param {string} name */
function hasRoomFor (bot, name) {
  if (bot.inventory.emptySlotCount() > 0) return true
  return bot.inventory.items().some((/** @type {any} */ item) => item.name === name && item.count < item.stackSize)
}

/** @param {any} bot @param {string} name */
function findItem (bot, name) {
  return bot.inventory.items().find((/** @type {any} */ item) => item.name === name) ?? null
}

/**
 * Wait until the bot carries at least `count` of an item.
 * @param {import('./scope').Context} context @param {string} name @param {number} count
 * @returns {Promise<boolean>} false when that did not come in time
 */
async function waitForItem (context, name, count, timeoutMs = 3000) {
  const { bot } = context
  return Boolean(await waitAtMost(context, {
    what: `${count} ${name} in the inventory`,
    timeoutMs,
    events: [[bot.inventory, 'updateSlot']],
    until: () => (inventoryCounts(bot)[name] ?? 0) >= count
  }))
}

/**
 * Hold an item, if it is not held already.
 * @param {import('./scope').Context} context @param {any} item
 */
async function hold (context, item) {
  const { bot } = context
  if (bot.heldItem && bot.heldItem.slot === item.slot && bot.heldItem.type === item.type) return
  await guard(context, bot.equip(item, 'hand'), 5000, `taking ${item.name} in the hand`)
}

/** @param {import('./scope').Context} context @param {string} name */
async function holdNamed (context, name) {
  const item = findItem(context.bot, name)
  if (!item) throw new PrimitiveError('missing_ingredients', `There is no ${name} in the inventory.`, { missing: { [name]: 1 } })
  await hold(context, item)
}

module.exports = {
  inventoryCounts, mostCarried, gained, hasRoomFor, findItem, waitForItem, hold, holdNamed
}
