'use strict'
/**
 * What a program finds besides the language, the primitives, `console` and timers: the bot and what is used with it, under the
 * names that Mineflayer's documentation gives them.
 */

const { Vec3 } = require('vec3')
const { requireFor } = require('./program_modules')

/**
 * @param {import('./membrane').Membrane} membrane
 * @param {any} bot
 * @returns {Record<string, any>} each safe to hold
 */
function programGlobals (membrane, bot) {
  const data = membrane.out(bot.registry)
  const { pathfinder } = membrane
  const goals = pathfinder?.goals.classes
  const Movements = pathfinder?.movements.Movements
  return {
    bot: membrane.out(bot),
    registry: data,
    mcData: data,
    Vec3,
    ...pathfinder && { ...goals, goals, Movements },
    require: requireFor({ data, version: bot.version, goals, Movements })
  }
}

module.exports = { programGlobals }
