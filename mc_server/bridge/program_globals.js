'use strict'
/**
 * What a program finds besides the language, the primitives, `console` and timers: the bot and what is used with it, under the
 * names that Mineflayer's documentation gives them.
 */

const { Vec3 } = require('vec3')

/**
 * @param {import('./membrane').Membrane} membrane
 * @param {any} bot
 * @returns {Record<string, any>} each safe to hold
 */
function programGlobals (membrane, bot) {
  const data = membrane.out(bot.registry)
  const { pathfinder } = membrane
  return {
    bot: membrane.out(bot),
    registry: data,
    mcData: data,
    Vec3,
    ...pathfinder && { ...pathfinder.goals.classes, goals: pathfinder.goals.classes, Movements: pathfinder.movements.Movements }
  }
}

module.exports = { programGlobals }
