'use strict'
/** What a program has that nothing confines: the globals that Mineflayer's documentation takes for granted, and what it leaves behind. */

/**
 * @param {any} bot
 * @param {NodeJS.Require} requireFromServer
 * @returns {Record<string, any>}
 */
function bareGlobals (bot, requireFromServer) {
  const { goals, Movements } = requireFromServer('mineflayer-pathfinder')
  const { Vec3 } = requireFromServer('vec3')
  return { bot, registry: bot.registry, mcData: bot.registry, Vec3, goals, ...goals, Movements, require: requireFromServer }
}

/** Timers, listeners and settings that were not there in the beginning, and must not reach into the next play. */
class Traces {
  /** @param {any} bot */
  constructor (bot) {
    this.bot = bot
    /** @type {Map<string | symbol, Function[]>} */
    this.listeners = new Map(bot.eventNames().map((/** @type {string} */ event) => [event, bot.rawListeners(event)]))
    const { movements, thinkTimeout } = bot.pathfinder
    this.settings = { movements, thinkTimeout }
    /** @type {any[]} */
    this.started = []
    const started = (/** @type {any} */ timer) => {
      this.started.push(timer)
      return timer
    }
    this.timers = {
      setTimeout: (/** @type {any} */ run, /** @type {number} */ wait, /** @type {any[]} */ ...args) => started(setTimeout(run, wait, ...args)),
      setInterval: (/** @type {any} */ run, /** @type {number} */ wait, /** @type {any[]} */ ...args) => started(setInterval(run, wait, ...args)),
      clearTimeout,
      clearInterval
    }
  }

  remove () {
    for (const timer of this.started.splice(0)) clearTimeout(timer)
    for (const event of this.bot.eventNames()) {
      const before = this.listeners.get(event) ?? []
      for (const listener of this.bot.rawListeners(event)) if (!before.includes(listener)) this.bot.removeListener(event, listener.listener ?? listener)
    }
    this.bot.pathfinder.setMovements(this.settings.movements)
    this.bot.pathfinder.thinkTimeout = this.settings.thinkTimeout
  }
}

/** @param {any} bot which then does nothing more */
function stopBot (bot) {
  bot.pathfinder.setGoal(null)
  bot.clearControlStates()
  if (bot.targetDigBlock) bot.stopDigging()
  if (bot.usingHeldItem) bot.deactivateItem()
  if (bot.currentWindow) bot.closeWindow(bot.currentWindow)
}

module.exports = { bareGlobals, stopBot, Traces }
