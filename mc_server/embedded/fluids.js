'use strict'
/**
 * Water and lava that flow. Level 0 is a source, 1 to 7 flows, 8 falls. Flowing fluid that is no longer fed dries up;
 * water and lava make stone. Simplified: no search for the nearest drop, and two sources make no third.
 */

const MIN_Y = -64
const SIDES = [[1, 0], [-1, 0], [0, 1], [0, -1]]
const MOST_PER_TICK = 300
const FALLING_LEVEL = 8
const WATER = { delayTicks: 5, step: 1 }
const LAVA = { delayTicks: 30, step: 2 }
const HIGHEST_LEVEL = 7
/** What a flow washes away, besides what can be replaced anyway. */
const WASHED_AWAY = /^(torch|wall_torch|redstone_wire|wheat|carrots|potatoes|beetroots|dandelion|poppy)$|_sapling$/

/** @typedef {{x: number, y: number, z: number}} Point */

class Fluids {
  /** @param {any} game */
  constructor (game) {
    this.game = game
    /** Fluid blocks to look at, and when. @type {Map<string, Point & {tick: number}>} */
    this.waiting = new Map()
    game.world.on('change', (/** @type {Point} */ at, /** @type {number} */ _state, /** @type {number} */ _old, /** @type {boolean} */ quiet) => {
      if (!quiet) this.touch(at)
    })
  }

  touch (/** @type {Point} */ { x, y, z }) {
    this.#schedule(x, y, z)
    this.#schedule(x, y + 1, z)
    this.#schedule(x, y - 1, z)
    for (const [dx, dz] of SIDES) this.#schedule(x + dx, y, z + dz)
  }

  #schedule (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ z) {
    const { world, blocks, tick } = this.game
    if (!world.isLoaded(x, z)) return
    const state = world.get(x, y, z)
    if (!blocks.isFluid(state)) return
    const key = `${x},${y},${z}`
    const { delayTicks } = blocks.isWater(state) ? WATER : LAVA
    if (!this.waiting.has(key)) this.waiting.set(key, { x, y, z, tick: tick + delayTicks })
  }

  tick () {
    let handled = 0
    for (const [key, at] of this.waiting) {
      if (at.tick > this.game.tick) continue
      this.waiting.delete(key)
      if (this.game.world.isLoaded(at.x, at.z)) this.#flow(at)
      if (++handled >= MOST_PER_TICK) return
    }
  }

  #flow (/** @type {Point} */ { x, y, z }) {
    const { world, blocks } = this.game
    const state = world.get(x, y, z)
    if (!blocks.isFluid(state)) return
    const kind = blocks.isWater(state) ? blocks.water : blocks.lava
    const { step } = kind === blocks.water ? WATER : LAVA
    const level = state - kind.first
    const supplied = level === 0 ? 0 : this.#suppliedLevel(x, y, z, kind, step)
    if (supplied !== level) {
      world.set(x, y, z, supplied === null ? 0 : kind.first + supplied)
      return
    }
    const falls = this.#enter(x, y - 1, z, kind, FALLING_LEVEL, true)
    const next = (level >= FALLING_LEVEL ? 0 : level) + step
    if ((falls && level !== 0) || next > HIGHEST_LEVEL) return
    for (const [dx, dz] of SIDES) this.#enter(x + dx, y, z + dz, kind, next, false)
  }

  /** @returns {number | null} the level a flowing block should have; null when nothing feeds it */
  #suppliedLevel (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ z, /** @type {any} */ kind, /** @type {number} */ step) {
    const { world } = this.game
    const levelAt = (/** @type {number} */ state) => state >= kind.first && state <= kind.last ? state - kind.first : null
    if (levelAt(world.get(x, y + 1, z)) !== null) return FALLING_LEVEL
    let best = HIGHEST_LEVEL + 1
    for (const [dx, dz] of SIDES) {
      const level = levelAt(world.get(x + dx, y, z + dz))
      if (level !== null) best = Math.min(best, (level >= FALLING_LEVEL ? 0 : level) + step)
    }
    return best > HIGHEST_LEVEL ? null : best
  }

  /** Flows into a block if it can. @returns {boolean} whether the way is open */
  #enter (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ z, /** @type {any} */ kind, /** @type {number} */ level, /** @type {boolean} */ downwards) {
    const { world, blocks } = this.game
    if (y <= MIN_Y || !world.isLoaded(x, z)) return false
    const there = world.get(x, y, z)
    const isWater = kind === blocks.water
    if (blocks.isFluid(there) && blocks.isWater(there) !== isWater) {
      this.#harden({ x, y, z }, there, isWater, downwards)
      return false
    }
    if (there >= kind.first && there <= kind.last) {
      const current = there - kind.first
      if (current !== 0 && current < FALLING_LEVEL && level < current) world.set(x, y, z, kind.first + level)
      return true
    }
    if (!blocks.replaceable[there] && !WASHED_AWAY.test(blocks.nameOf(there))) return false
    world.set(x, y, z, kind.first + level)
    return true
  }

  /** Water meets lava. */
  #harden (/** @type {Point} */ { x, y, z }, /** @type {number} */ there, /** @type {boolean} */ byWater, /** @type {boolean} */ downwards) {
    const { world, blocks } = this.game
    const byLava = downwards ? 'stone' : 'cobblestone'
    const isSource = there === blocks.lava.first
    world.set(x, y, z, blocks.defaultOf(byWater ? (isSource ? 'obsidian' : 'cobblestone') : byLava))
  }
}

module.exports = { Fluids }
