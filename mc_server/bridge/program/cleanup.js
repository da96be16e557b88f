'use strict'
/**
 * Leaves the bot as if no program had run: nothing of it walks, digs, eats, rides, sleeps or holds a window open any more, and
 * what hung on the cursor is in the inventory again.
 *
 * Not here: what the program itself holds (`membrane.js`, `program_timers.js`).
 */

const { withTimeout } = require('../bot/waiting')

const PUT_BACK_MILLISECONDS = 600
/** What acts of the bot, and primitives, are driven by. */
const DRIVING_EVENTS = ['physicsTick', 'move']
const PATHFINDER_SETTINGS = ['thinkTimeout', 'tickTimeout', 'searchRadius', 'enablePathShortcut', 'LOSWhenPlacingBlocks']
const CRAFTING_SLOTS = [1, 2, 3, 4]

/** @typedef {{movements: any, settings: Record<string, any>, listeners: Map<string, Set<Function>>}} BotState */

/**
 * What a program may change of the bot's own, to be put back after it.
 * @param {any} bot
 * @returns {BotState}
 */
function rememberState (bot) {
  const { pathfinder } = bot
  return {
    movements: pathfinder.movements,
    settings: Object.fromEntries(PATHFINDER_SETTINGS.map(name => [name, pathfinder[name]])),
    listeners: new Map(DRIVING_EVENTS.map(event => [event, new Set(bot.rawListeners(event))]))
  }
}

/**
 * Stops at once what can be stopped at once.
 * @param {any} bot
 * @param {BotState} before
 */
function stopAll (bot, before) {
  attempt([
    () => {
      if (bot.pathfinder.movements !== before.movements) bot.pathfinder.setMovements(before.movements)
      bot.pathfinder.setGoal(null)
      Object.assign(bot.pathfinder, before.settings)
    },
    () => bot.clearControlStates(),
    () => bot.targetDigBlock && bot.stopDigging(),
    () => bot.usingHeldItem && bot.deactivateItem(),
    () => bot.vehicle && bot.dismount(),
    () => bot.isSleeping && bot.wake().catch(() => {}),
    // A look without interpolation ends one that is still turning the head.
    () => bot.look(bot.entity.yaw, bot.entity.pitch, true).catch(() => {})
  ])
}

/**
 * What is left when no call is under way any more: handlers that keep acting, items on the cursor or in a grid, windows.
 * @param {any} bot
 * @param {BotState} before
 */
async function tidyUp (bot, before) {
  for (const [event, known] of before.listeners) {
    for (const listener of bot.rawListeners(event)) if (!known.has(listener)) bot.removeListener(event, listener)
  }
  if (bot.isAlive !== false) await withTimeout(putItemsBack(bot).catch(() => {}), PUT_BACK_MILLISECONDS)
  attempt([() => bot.currentWindow && bot.closeWindow(bot.currentWindow)])
}

/** @param {any} bot whose items would be thrown, or lost, with the window that they hang in */
async function putItemsBack (bot) {
  const window = bot.currentWindow ?? bot.inventory
  if (window.selectedItem) await bot.putSelectedItemRange(window.inventoryStart, window.inventoryEnd, window, null)
  if (bot.currentWindow) return
  for (const slot of CRAFTING_SLOTS) if (bot.inventory.slots[slot]) await bot.putAway(slot)
}

/** @param {any} bot whose line is out; using the rod once more takes it in */
function reelIn (bot) {
  attempt([() => bot.heldItem?.name === 'fishing_rod' && bot.activateItem()])
}

/**
 * A window that the server opens after the program that asked for it has ended.
 * @param {any} bot
 * @returns {() => void} stops doing so
 */
function closeStrayWindows (bot) {
  const close = (/** @type {any} */ window) => attempt([() => bot.closeWindow(window)])
  bot.on('windowOpen', close)
  return () => bot.removeListener('windowOpen', close)
}

/** @param {(() => any)[]} steps each fails when there is nothing to undo, or when the connection is gone */
function attempt (steps) {
  for (const step of steps) {
    try {
      step()
    } catch {
      // The other steps are worth trying all the same.
    }
  }
}

module.exports = { closeStrayWindows, reelIn, rememberState, stopAll, tidyUp }
