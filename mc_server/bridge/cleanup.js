'use strict'
/** Leaves the bot as if no program had run: nothing of it walks, digs, eats or holds a window open any more. */

/** @param {any} bot */
function cleanUp (bot) {
  const steps = [
    () => bot.pathfinder.setGoal(null),
    () => bot.clearControlStates(),
    () => bot.stopDigging(),
    () => bot.usingHeldItem && bot.deactivateItem(),
    () => bot.currentWindow && bot.closeWindow(bot.currentWindow)
  ]
  for (const step of steps) {
    try {
      step()
    } catch {
      // Each step fails when there is nothing to undo, or when the connection is gone.
    }
  }
}

module.exports = { cleanUp }
