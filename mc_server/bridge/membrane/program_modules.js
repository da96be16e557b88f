'use strict'
/**
 * What a program may `require`: the three modules with which every example of Mineflayer's documentation begins.
 *
 * Nothing is loaded: each name stands for what a program has as a global anyway. Every other name is refused, with what there is.
 */

const vec3 = /** @type {any} */ (require('vec3'))
const { ProgramFault } = require('../program/errors')
const { harden } = require('../program/lockdown')

const { Vec3 } = vec3

/**
 * @param {{data: any, version: string, goals: any, Movements: any}} globals of a program; each safe to hold
 * @returns {(name: string) => any}
 */
function requireFor ({ data, version, goals, Movements }) {
  const makeVector = (/** @type {any} */ x, /** @type {any} */ y, /** @type {any} */ z) => vec3(x, y, z)
  const readData = (/** @type {any} */ wanted) => {
    if (wanted === undefined || String(wanted) === version) return data
    throw new ProgramFault('invalid_argument', `this is Minecraft ${version}, and there is no data of others: use mcData`)
  }
  const modules = new Map(Object.entries({
    vec3: harden(Object.assign(makeVector, { Vec3 })),
    'minecraft-data': harden(readData),
    'mineflayer-pathfinder': Object.freeze({ goals, Movements })
  }))
  return harden((/** @type {any} */ name) => {
    if (modules.has(name)) return modules.get(name)
    throw new ProgramFault('invalid_argument', `a program can require ${[...modules.keys()].join(', ')} and nothing else; ` +
      'bot, Vec3, goals, Movements and mcData are there without it')
  })
}

module.exports = { requireFor }
