'use strict'
/**
 * The path finder's settings of how to move, as programs set them: `new Movements(bot)`, then `movements.canDig = false`.
 *
 * A program has plain values of its own; they are checked and copied into the real settings whenever the path finder is told
 * to go somewhere.
 */

const { Movements: RealMovements } = require('mineflayer-pathfinder')
const { ProgramFault } = require('../../program/errors')
const { harden } = require('../../program/lockdown')

const MAXIMUM_VALUES = 5000
const MAXIMUM_FUNCTIONS = 10
const FUNCTIONS = ['exclusionAreasStep', 'exclusionAreasBreak', 'exclusionAreasPlace']

/** @param {string} message */
const refuse = message => { throw new ProgramFault('invalid_argument', message) }

/**
 * The settings of the real movements that a program gets: switches, costs, and sets and lists of ids and names.
 * @param {any} real
 */
function settingsOf (real) {
  return Object.keys(real).filter(name => {
    const value = real[name]
    return ['boolean', 'number'].includes(typeof value) || value instanceof Set || Array.isArray(value)
  })
}

/**
 * @param {string} name
 * @param {any} given of the program
 * @param {any} usual what the setting was
 * @param {import('../membrane').Membrane} membrane
 */
function checked (name, given, usual, membrane) {
  if (typeof usual === 'boolean') return Boolean(given)
  if (typeof usual === 'number') return typeof given === 'number' && given >= 0 ? given : refuse(`movements.${name} must be a number of at least 0`)
  if (FUNCTIONS.includes(name)) return exclusionAreas(name, given, membrane)
  const values = given instanceof Set ? valuesOf(given) : membrane.in(given)
  if (!Array.isArray(values) || values.length > MAXIMUM_VALUES || !values.every(value => ['number', 'string'].includes(typeof value))) {
    refuse(`movements.${name} must hold ids (numbers) or names`)
  }
  return Array.isArray(usual) ? [...values] : new Set(values)
}

/**
 * By the language's own function: a set of the program's could answer differently each time.
 * @param {Set<any>} set
 */
function valuesOf (set) {
  /** @type {any[]} */ const values = []
  Set.prototype.forEach.call(set, value => { values.push(value) })
  return values
}

/**
 * Functions that say what it costs to step on, break or place a block. One that fails must not stop the path finder.
 * @param {string} name
 * @param {any} given
 * @param {import('../membrane').Membrane} membrane
 */
function exclusionAreas (name, given, membrane) {
  const length = Array.isArray(given) ? Number(given.length) : Infinity
  if (!(length <= MAXIMUM_FUNCTIONS)) refuse(`movements.${name} must be a list of at most ${MAXIMUM_FUNCTIONS} functions`)
  const areas = []
  for (let index = 0; index < length; index++) {
    const area = given[index]
    if (typeof area !== 'function') refuse(`movements.${name} must be a list of functions`)
    const ask = membrane.callback(area)
    areas.push((/** @type {any} */ block) => {
      try {
        const cost = ask(block)
        return typeof cost === 'number' && cost >= 0 ? cost : 0
      } catch (error) {
        if (membrane.live) membrane.onListenerError(error)
        return 0
      }
    })
  }
  return areas
}

/**
 * @param {import('../membrane').Membrane} membrane
 * @returns {{Movements: any, realOf: (given: any) => any, wrap: (real: any) => any}} `Movements` for the program; `realOf` gives
 *   the real settings with what the program set by now; `wrap` makes a program's settings of real ones
 */
function movementsFor (membrane) {
  /** @type {WeakMap<object, {real: any, usual: Record<string, any>}>} */
  const reals = new WeakMap()

  class Movements {
    constructor () {
      membrane.assertLive()
      fill(this, new /** @type {any} */ (RealMovements)(membrane.bot))
    }
  }

  /**
   * @param {any} view
   * @param {any} real
   */
  function fill (view, real) {
    const usual = Object.fromEntries(settingsOf(real).map(name => [name, real[name]]))
    for (const [name, value] of Object.entries(usual)) {
      // Areas of our own primitives are no program's to call.
      view[name] = value instanceof Set ? new Set(value) : FUNCTIONS.includes(name) ? [] : Array.isArray(value) ? [...value] : value
    }
    reals.set(view, { real, usual })
    return view
  }

  /** @param {any} given */
  function realOf (given) {
    const known = reals.get(given) ?? refuse('movements must be made with new Movements(bot)')
    for (const [name, value] of Object.entries(known.usual)) known.real[name] = checked(name, given[name], value, membrane)
    return known.real
  }

  const wrap = (/** @type {any} */ real) => {
    const own = Object.assign(new /** @type {any} */ (RealMovements)(membrane.bot), Object.fromEntries(settingsOf(real)
      .map(name => [name, real[name] instanceof Set ? new Set(real[name]) : real[name]])))
    return fill(Object.create(Movements.prototype), own)
  }
  return { Movements: harden(Movements), realOf, wrap }
}

module.exports = { movementsFor }
