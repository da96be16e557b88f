'use strict'
/**
 * What a change does to the blocks around it: they look after themselves in the next tick. Those without what they stand on
 * or hang at break, and so does a half without its other half.
 *
 * Other rules name blocks that do something of their own with `on(names, handler)`.
 */

const { SIDES, beside } = require('../world/directions')
const { otherHalf } = require('./pairs')

const MOST_PER_TICK = 20000

/** @typedef {{x: number, y: number, z: number}} Point */

class BlockUpdates {
  /** @param {any} game */
  constructor (game) {
    this.game = game
    /** @type {Point[]} */
    this.waiting = []
    /** What blocks do when something beside them changed, by state. @type {(((at: Point, state: number) => void) | undefined)[]} */
    this.handlers = []
    /** States that need nothing: whole blocks. @type {(boolean | undefined)[]} */
    this.carefree = []
    game.world.on('change', (/** @type {Point} */ at, /** @type {number} */ _state, /** @type {number} */ _old, /** @type {boolean} */ quiet) => {
      if (!quiet) this.touch(at)
    })
  }

  /** Says what blocks do when something beside them, or they themselves, changed. */
  on (/** @type {string[]} */ names, /** @type {(at: Point, state: number) => void} */ handler) {
    for (const name of names) {
      const { minStateId, maxStateId } = this.game.registry.blocksByName[name]
      for (let state = minStateId; state <= maxStateId; state++) this.handlers[state] = handler
    }
  }

  /** The block and its neighbours look after themselves in the next tick. */
  touch (/** @type {Point} */ at) {
    this.#await({ ...at })
    for (const side of SIDES) this.#await(beside(at, side))
  }

  /** What needs nothing as it is needs nothing later: if it is changed before, it is touched again. */
  #await (/** @type {Point} */ at) {
    const { world } = this.game
    const needsNothing = world.isLoaded(at.x, at.z) && this.#needsNothing(world.get(at.x, at.y, at.z))
    if (!needsNothing) this.waiting.push(at)
  }

  tick () {
    const seen = new Set()
    for (const at of this.waiting.splice(0, MOST_PER_TICK)) {
      const key = `${at.x},${at.y},${at.z}`
      if (seen.has(key) || !this.game.world.isLoaded(at.x, at.z)) continue
      seen.add(key)
      this.game.guard(() => this.#update(at))
    }
  }

  #update (/** @type {Point} */ at) {
    const { world, breaking } = this.game
    const state = world.get(at.x, at.y, at.z)
    if (this.#needsNothing(state)) return
    if (!this.isWhole(at, state)) breaking.destroy(at, { drop: false })
    else if (!this.isSupported(at, state)) breaking.destroy(at)
    else this.handlers[state]?.(at, state)
  }

  /** Air, and whole blocks without a rule of their own: most of the land. */
  #needsNothing (/** @type {number} */ state) {
    const { blocks } = this.game
    return state === 0 || (this.carefree[state] ??= this.handlers[state] === undefined && blocks.solid[state] === 1 &&
      blocks.isSturdy(state, 'up') && blocks.isSturdy(state, 'north') && blocks.isSturdy(state, 'down'))
  }

  /** Whether a block that is one of two has the other. */
  isWhole (/** @type {Point} */ at, /** @type {number} */ state) {
    const { world, blocks } = this.game
    const name = blocks.nameOf(state)
    const other = otherHalf(name, at, blocks.properties(state))
    return !other || blocks.nameOf(world.get(other.x, other.y, other.z)) === name
  }

  /** Whether a block has what it stands on or hangs at. */
  isSupported (/** @type {Point} */ at, /** @type {number} */ state) {
    return this.game.ground.holds(at, state)
  }

  pack () {
    return this.waiting.flatMap(({ x, y, z }) => [x, y, z])
  }

  unpack (/** @type {number[]} */ flat) {
    this.waiting = []
    for (let index = 0; index < flat.length; index += 3) {
      this.waiting.push({ x: flat[index], y: flat[index + 1], z: flat[index + 2] })
    }
  }
}

module.exports = { BlockUpdates }
