'use strict'

const { PrimitiveError } = require('./support/errors')
const { runPrimitive } = require('./support/scope')
const { guard, waitAtMost } = require('./support/waiting')
const { resolveItems, requireCount } = require('./support/names')
const { inventoryCounts, mostCarried } = require('./support/inventory')
const { planFuel } = require('./support/fuels')
const { withStation } = require('./support/station')
const { defend, nearestThreat } = require('./support/combat')
const { goWithinReach } = require('./support/reaching')

/** A furnace takes 10 seconds for an item; it may start late. */
const SECONDS_PER_ITEM = 10
const START_SECONDS = 8
/** How often a batch is left to fight. */
const MAX_FIGHTS = 4
/** With so little breath, of 20, it is left: while its window is open nobody swims up. */
const SHORT_OF_BREATH = 7

/**
 * Smelt items in a furnace: one that stands near, else a carried one that is placed and taken back
 * (with a pickaxe). Burns exactly as much fuel as needed, waits for the output and takes it,
 * and what is left in the furnace, back. Takes 10 seconds an item.
 *
 * @brief Smelt or cook, 10 seconds each, with a near or carried furnace and carried fuel.
 *   `input` is what goes in: `raw_iron`, `beef`, `log` for charcoal.
 * @param {import('./support/scope').Context} context
 * @param {string|string[]} input what to smelt: `raw_iron`, `beef`, or a family: `log` gives charcoal
 * @param {number} [count] how many
 * @param {string|string[]} [fuel] what to burn; by default coal, charcoal, planks, logs or sticks, whatever suffices
 * @returns {Promise<{item: string, smelted: number}>} `item` is what came out
 * @throws `missing_ingredients` (input, fuel or furnace), `no_space` for the furnace,
 *   `inventory_full`, `invalid_argument` when the input does not smelt, `timeout`, `died`, `cancelled`
 */
async function smeltItem (context, input, count = 1, fuel) {
  const inputs = resolveItems(context, input)
  const only = fuel === undefined || fuel === null ? undefined : resolveItems(context, fuel)
  requireCount(count)
  return runPrimitive(context, async scope => {
    const { bot } = scope
    const carried = inventoryCounts(bot)
    const kind = mostCarried(bot, inputs)
    if (kind.count < count) {
      throw new PrimitiveError('missing_ingredients', `To smelt ${count} ${kind.name}, ${count - kind.count} more must be in the inventory.`, { missing: { [kind.name]: count - kind.count } })
    }
    const plan = planFuel(carried, count, { only, spare: { [kind.name]: count } })
    if (!plan) {
      throw new PrimitiveError('missing_ingredients', `There is not enough fuel to smelt ${count} ${kind.name}${only ? ` with ${only[0]}` : ''}. Get coal, or more planks or logs.`, { missing: { [only?.[0] ?? 'coal']: Math.ceil(count / 8) } })
    }
    if (bot.inventory.emptySlotCount() === 0) {
      throw new PrimitiveError('inventory_full', 'There is no room for what is smelted. Put items into a chest with deposit first.')
    }
    return withStation(scope, 'furnace', block => smeltAt(scope, block, kind.name, count, plan))
  })
}

/** @param {any} scope @param {any} block @param {string} input @param {number} count @param {Array<{name: string, count: number}>} plan */
async function smeltAt (scope, block, input, count, plan) {
  const { bot, registry } = scope
  const oven = { block, furnace: await openFurnace(scope, block) }
  try {
    await emptyFurnace(scope, oven.furnace)
    let smelted = 0
    let item = ''
    for (let waiting = count; waiting > 0;) { // at most a stack at a time
      const batch = Math.min(waiting, 64)
      await guard(scope, oven.furnace.putInput(registry.itemsByName[input].id, null, batch), 8000, 'loading the furnace')
      const result = await smeltBatch(scope, oven, input, batch, plan)
      item = result.item
      smelted += result.count
      waiting -= batch
    }
    return { item, smelted }
  } finally {
    if (!scope.signal.aborted) await emptyFurnace(scope, oven.furnace).catch(() => {})
    if (bot.currentWindow) bot.closeWindow(oven.furnace)
  }
}

/** @param {any} scope @param {any} block */
function openFurnace (scope, block) {
  return guard(scope, scope.bot.openFurnace(block), 8000, 'opening the furnace')
}

/** Leave the furnace to fight, and come back to it. @param {any} scope @param {{block: any, furnace: any}} oven */
async function fightAndReturn (scope, oven) {
  scope.bot.closeWindow(oven.furnace)
  await defend(scope)
  await goWithinReach(scope, oven.block.position)
  oven.furnace = await openFurnace(scope, oven.block)
}

/** @param {any} bot */
const isOutOfBreath = bot => (bot.oxygenLevel ?? 20) <= SHORT_OF_BREATH

/** Feed fuel when the slot is empty and take the output when it is complete. */
async function smeltBatch (/** @type {any} */ scope, /** @type {{block: any, furnace: any}} */ oven, /** @type {string} */ input, /** @type {number} */ batch, /** @type {Array<{name: string, count: number}>} */ plan) {
  const { bot, registry } = scope
  let done = 0
  for (let fights = 0; ;) {
    const { furnace } = oven
    if (!furnace.fuelItem() && plan.length > 0) {
      const { name, count } = /** @type {any} */ (plan.shift())
      await guard(scope, furnace.putFuel(registry.itemsByName[name].id, null, count), 8000, 'putting fuel in')
    }
    const came = await waitAtMost(scope, {
      what: 'the furnace',
      timeoutMs: (SECONDS_PER_ITEM + START_SECONDS) * 1000,
      events: [[furnace, 'updateSlot'], [furnace, 'update'], [bot, 'physicsTick']],
      until: () => isOutOfBreath(bot) || (furnace.outputItem()?.count ?? 0) > done || (fights < MAX_FIGHTS && nearestThreat(scope))
    })
    if (isOutOfBreath(bot)) throw new PrimitiveError('unreachable', 'There is no air to breathe at the furnace. Smelt on dry ground.')
    if (came?.position) { // a monster
      fights++
      await fightAndReturn(scope, oven)
      continue
    }
    if (!came && (plan.length === 0 || furnace.fuelItem())) {
      if (done > 0) throw new PrimitiveError('timeout', `The furnace stopped after ${done} of ${batch} ${input}. Smelt the rest with more fuel.`)
      throw new PrimitiveError('invalid_argument', `${input} does not smelt in a furnace, or the fuel does not burn.`)
    }
    done = furnace.outputItem()?.count ?? done
    if (done >= batch || !furnace.inputItem()) break
  }
  const output = oven.furnace.outputItem()
  const item = output?.name ?? ''
  const count = output?.count ?? 0
  await guard(scope, oven.furnace.takeOutput(), 8000, 'taking the output')
  return { item, count }
}

/** Take everything out of a furnace, so that nothing of ours is lost. @param {any} scope @param {any} furnace */
async function emptyFurnace (scope, furnace) {
  if (furnace.outputItem()) await guard(scope, furnace.takeOutput(), 8000, 'emptying the furnace')
  if (furnace.inputItem()) await guard(scope, furnace.takeInput(), 8000, 'emptying the furnace')
  if (furnace.fuelItem()) await guard(scope, furnace.takeFuel(), 8000, 'emptying the furnace')
}

module.exports = { smeltItem }
