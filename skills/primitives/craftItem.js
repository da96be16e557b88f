'use strict'

const { PrimitiveError, isPrimitiveError, isFinal } = require('./support/errors')
const { runPrimitive } = require('./support/scope')
const { guard, waitAtMost } = require('./support/waiting')
const { resolveItems, requireCount } = require('./support/names')
const { inventoryCounts, hasRoomFor, waitForItem } = require('./support/inventory')
const { chooseRecipe, ingredientsOf } = require('./support/recipes')
const { withStation } = require('./support/station')

/**
 * Craft until `count` more of an item exist, by a recipe whose ingredients are carried. Crafts no
 * ingredient by itself: planks and sticks are to be crafted first. Where the recipe needs a
 * crafting table it uses one that stands near, else places a carried one and takes it back.
 *
 * @brief `count` more of carried ingredients, crafting none of them by itself (planks and sticks first).
 *   Brings a carried table where one is needed.
 * @param {import('./support/scope').Context} context
 * @param {string|string[]} name item name or family: `planks` crafts the kind there are most logs for
 * @param {number} [count] how many more items
 * @returns {Promise<{item: string, crafted: number}>} `crafted` may exceed `count`: a log gives 4 planks
 * @throws `missing_ingredients` (lists what lacks, or names crafting_table), `no_space` for the
 *   table, `inventory_full`, `invalid_argument` when nothing of that name can be crafted,
 *   `timeout`, `died`, `cancelled`
 */
async function craftItem (context, name, count = 1) {
  const names = resolveItems(context, name)
  requireCount(count)
  return runPrimitive(context, async scope => {
    const { bot, registry } = scope
    const carried = inventoryCounts(bot)
    const choice = chooseRecipe(scope, names, count, carried)
    if (!choice) {
      throw new PrimitiveError('invalid_argument', `${names[0]} cannot be crafted. Mine it, smelt it or take it from a creature.`)
    }
    const item = registry.items[choice.recipe.result.id].name
    if (choice.lacking > 0) throw missingIngredients(item, count, choice.missing)
    if (!hasRoomFor(bot, item) && !freesRoom(scope, choice.recipe, carried)) {
      throw new PrimitiveError('inventory_full', `There is no room for ${item}. Put items into a chest with deposit first.`)
    }
    const craft = (/** @type {any} */ table) => craftTimes(scope, choice, item, table)
    if (choice.recipe.requiresTable) await withStation(scope, 'crafting_table', craft)
    else await craft(null)
    return { item, crafted: (inventoryCounts(bot)[item] ?? 0) - (carried[item] ?? 0) }
  })
}

/** Whether one crafting takes all there is of some ingredient. @param {any} scope @param {any} recipe @param {Object<string, number>} carried */
function freesRoom ({ registry }, recipe, carried) {
  return [...ingredientsOf(recipe)].some(([id, each]) => carried[registry.items[id].name] === each)
}

/** @param {string} item @param {number} count @param {Object<string, number>} missing */
function missingIngredients (item, count, missing) {
  const list = Object.entries(missing).map(([name, n]) => `${n} ${name}`).join(', ')
  return new PrimitiveError('missing_ingredients', `To craft ${count} ${item}, ${list} more must be in the inventory.`, { missing })
}

/** @param {any} scope @param {import('./support/recipes').Choice} choice @param {string} item @param {any} table */
async function craftTimes (scope, { recipe, times }, item, table) {
  const { bot } = scope
  const start = inventoryCounts(bot)[item] ?? 0
  for (let done = 0, failures = 0; done < times;) {
    const wanted = start + (done + 1) * recipe.result.count
    try {
      await guard(scope, bot.craft(recipe, 1, table), 10000, `crafting ${item}`)
    } catch (error) {
      if (isFinal(error)) throw error
      if (isPrimitiveError(error) && !isPrimitiveError(error, 'timeout')) throw error
      if (++failures > 3) throw new PrimitiveError('timeout', `The server did not answer while crafting ${item}: ${/** @type {Error} */ (error).message}`)
      await resync(scope)
      if ((inventoryCounts(bot)[item] ?? 0) < wanted) continue
    }
    if (!await waitForItem(scope, item, wanted, 3000)) {
      if (++failures > 3) throw new PrimitiveError('timeout', `The server did not give ${item}.`)
      await resync(scope)
      continue
    }
    done++
  }
}

/** Close what is open and have the server send the inventory again. @param {any} scope */
async function resync (scope) {
  const { bot } = scope
  let updates = 0
  const onItems = () => { updates++ }
  bot._client.on('window_items', onItems)
  try {
    if (bot.currentWindow) bot.closeWindow(bot.currentWindow)
    else bot._client.write('close_window', { windowId: 0 })
    await waitAtMost(scope, { what: 'the inventory', timeoutMs: 1500, events: [[bot._client, 'window_items']], until: () => updates > 0 })
    if (bot.inventory.selectedItem) await guard(scope, bot.putAway?.(bot.inventory.selectedItem.slot) ?? Promise.resolve(), 2000, 'tidying the hand').catch(() => {})
  } finally {
    bot._client.removeListener('window_items', onItems)
  }
}

module.exports = { craftItem }
