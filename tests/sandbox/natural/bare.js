'use strict'
/** The globals of a program that nothing confines: what the documentation of Mineflayer and of its path finder takes for granted. */

const TIMERS = { setTimeout, clearTimeout, setInterval, clearInterval }

/**
 * @param {any} bot
 * @param {NodeJS.Require} requireFromServer
 * @returns {Record<string, any>}
 */
function bareGlobals (bot, requireFromServer) {
  const { goals, Movements } = requireFromServer('mineflayer-pathfinder')
  const { Vec3 } = requireFromServer('vec3')
  return { bot, registry: bot.registry, mcData: bot.registry, Vec3, goals, ...goals, Movements, ...TIMERS }
}

module.exports = { bareGlobals }
