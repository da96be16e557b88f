'use strict'
/** Things that are two blocks: double chests, beds, doors and tall plants. What happens to the other half. */

const { beside, clockwise, counterclockwise, OPPOSITE } = require('../world/directions')
const { DOUBLE_PLANTS } = require('../tables/placing')

const CHEST = /^(trapped_)?chest$/

/** @typedef {{x: number, y: number, z: number}} Point */

/**
 * @param {Point} at
 * @param {any} properties of the chest
 * @returns {Point | null} where its other half is: clockwise of where a left half faces
 */
function chestPartner (at, { type, facing }) {
  if (type === 'single') return null
  return beside(at, type === 'left' ? clockwise(facing) : counterclockwise(facing))
}

/**
 * @param {string} name
 * @param {Point} at
 * @param {any} properties
 * @returns {Point | null} the other half of a bed, door or tall plant
 */
function otherHalf (name, at, properties) {
  if (name.endsWith('_bed')) return beside(at, properties.part === 'foot' ? properties.facing : OPPOSITE[properties.facing])
  if (name.endsWith('_door') || DOUBLE_PLANTS.has(name)) return beside(at, properties.half === 'lower' ? 'up' : 'down')
  return null
}

class Pairs {
  /** @param {any} game */
  constructor (game) {
    this.game = game
    this.busy = false
    game.world.on('change', (/** @type {Point} */ at, /** @type {number} */ state, /** @type {number} */ old) => {
      if (!this.busy && game.blocks.block(state) !== game.blocks.block(old)) this.#gone(at, old)
    })
  }

  /** Runs something that makes another block of one half; the other half stays as it is. */
  asOne (/** @type {() => void} */ run) {
    this.busy = true
    run()
    this.busy = false
  }

  /** A block is no longer there: a double chest becomes a single one, the other half of a door goes too. */
  #gone (/** @type {Point} */ at, /** @type {number} */ old) {
    const { world, blocks } = this.game
    const name = blocks.nameOf(old)
    const isChest = CHEST.test(name)
    if (!isChest && !/_bed$|_door$/.test(name) && !DOUBLE_PLANTS.has(name)) return
    const properties = blocks.properties(old)
    const other = isChest ? chestPartner(at, properties) : otherHalf(name, at, properties)
    const state = other && world.get(other.x, other.y, other.z)
    if (!other || blocks.nameOf(state) !== name) return
    if (!isChest) {
      const { waterlogged } = blocks.properties(state)
      return world.set(other.x, other.y, other.z, waterlogged ? blocks.defaultOf('water') : 0)
    }
    world.set(other.x, other.y, other.z, blocks.change(state, { type: 'single' }), { quiet: true })
    this.game.containers.closeWindows(other)
  }

  /**
   * Joins a chest that is about to be placed with a single one beside it, unless the player sneaks.
   * @param {Point} at
   * @param {number} state of the chest
   * @param {boolean} keptSingle
   * @returns {number} the state it gets
   */
  joinChest (at, state, keptSingle) {
    const { world, blocks, containers } = this.game
    if (keptSingle) return state
    const { facing } = blocks.properties(state)
    for (const type of ['left', 'right']) {
      const other = /** @type {Point} */ (chestPartner(at, { type, facing }))
      const there = world.get(other.x, other.y, other.z)
      if (blocks.nameOf(there) !== blocks.nameOf(state)) continue
      const properties = blocks.properties(there)
      if (properties.type !== 'single' || properties.facing !== facing) continue
      containers.closeWindows(other)
      world.set(other.x, other.y, other.z, blocks.change(there, { type: type === 'left' ? 'right' : 'left' }), { quiet: true })
      return blocks.change(state, { type })
    }
    return state
  }

  /** Opens or closes a door, a trapdoor or a gate, both halves with the same changes. */
  change (/** @type {Point} */ at, /** @type {Record<string, any>} */ changes) {
    const { world, blocks } = this.game
    const state = world.get(at.x, at.y, at.z)
    const name = blocks.nameOf(state)
    const other = otherHalf(name, at, blocks.properties(state))
    world.set(at.x, at.y, at.z, blocks.change(state, changes), { quiet: true })
    if (!other) return
    const otherState = world.get(other.x, other.y, other.z)
    if (blocks.nameOf(otherState) === name) world.set(other.x, other.y, other.z, blocks.change(otherState, changes), { quiet: true })
  }
}

module.exports = { Pairs, chestPartner, otherHalf }
