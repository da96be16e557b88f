'use strict'
/** What a program finds in its compartment besides primitives, console and timers. */

const { Vec3 } = require('vec3')

/**
 * @param {import('./membrane').Membrane} membrane
 * @param {any} bot
 * @returns {Record<string, any>}
 */
function programGlobals (membrane, bot) {
  return { bot: membrane.out(bot), registry: membrane.out(bot.registry), Vec3 }
}

module.exports = { programGlobals }
