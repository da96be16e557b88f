'use strict'
/**
 * Water and lava that flow (Minecraft Wiki, 'Fluid', 'Water', 'Lava').
 *
 * Level 0 is a source, 1 to 7 flows, 8 falls. A flow seeks the nearest edge, dries up when it is no longer fed, and two
 * sources of water make a third. Water washes loose blocks away, lava burns them; where both meet there is stone. Each step
 * is a tick asked of `block_ticks.js`. Not covered: fire from lava (`fire.js`), buckets (`use_item.js`), bubble columns.
 */

const { AROUND, OPPOSITE, beside } = require('../world/directions')
const { MIN_Y } = require('../world/world_state')

const FALLING = 8
const FULL_AMOUNT = 8
/** Ticks a step, what a step loses, and how far a flow looks for an edge. */
const WATER = { name: 'water', delayTicks: 5, loss: 1, sight: 4, renews: true }
const LAVA = { name: 'lava', delayTicks: 30, loss: 2, sight: 2, renews: false }
/** Codes of `Fluids.codes`: 0 is dry, then the levels of water, then those of lava. */
const LEVELS = 16
const FIRST_WATER = 1
const FIRST_LAVA = FIRST_WATER + LEVELS
const NO_EDGE = 1000
const SOURCES_THAT_RENEW = 2
/** A falling flow in the midst of so many sources spreads as well. */
const SOURCES_THAT_SPREAD = 3
/** Loose though a body cannot pass them, and firm though it can. */
const LOOSE = /_carpet$|^(snow|repeater|comparator|lily_pad|cobweb)$/
const FIRM = /_pressure_plate$|_banner$|_portal$|^(sugar_cane|kelp|kelp_plant|seagrass|tall_seagrass|bubble_column|end_gateway|structure_void|moving_piston|light)$/

/** @typedef {{x: number, y: number, z: number}} Point */
/** @typedef {typeof WATER} Kind */

class Fluids {
  /** @param {any} game */
  constructor (game) {
    this.game = game
    const { blocks, registry } = game
    /** What fluid a state holds: water in waterlogged blocks counts as a source. */
    this.codes = new Uint8Array(blocks.solid.length)
    /** 1 where a flow may come in. */
    this.enterable = new Uint8Array(blocks.solid.length)
    for (const block of registry.blocksArray) {
      const waterlogged = blocks.hasProperty(block.name, 'waterlogged')
      const loose = !waterlogged && !FIRM.test(block.name) && (LOOSE.test(block.name) || block.boundingBox === 'empty')
      for (let state = block.minStateId; state <= block.maxStateId; state++) {
        if (loose) this.enterable[state] = 1
        if (blocks.isWater(state)) this.codes[state] = FIRST_WATER + state - blocks.water.first
        else if (blocks.isLava(state)) this.codes[state] = FIRST_LAVA + state - blocks.lava.first
        else if (blocks.holdsWater(state)) this.codes[state] = FIRST_WATER
      }
    }
    game.updates.on(['lava'], (/** @type {Point} */ at, /** @type {number} */ state) => this.#harden(at, state))
    game.blockTicks.on('fluid', (/** @type {Point} */ at) => this.#flow(at))
    game.world.on('change', (/** @type {Point} */ at, /** @type {number} */ _state, /** @type {number} */ _old, /** @type {boolean} */ quiet) => {
      if (!quiet) this.touch(at)
    })
  }

  /** Fluids in and beside a block that changed look where they can flow. */
  touch (/** @type {Point} */ at) {
    for (const place of [at, beside(at, 'up'), beside(at, 'down'), ...AROUND.map(side => beside(at, side))]) {
      if (!this.game.world.isLoaded(place.x, place.z)) continue
      const kind = this.kindOf(this.#state(place))
      if (kind) this.game.blockTicks.schedule(place, kind.delayTicks, 'fluid')
    }
  }

  /** @returns {Kind | null} the fluid in a state */
  kindOf (/** @type {number} */ state) {
    const code = this.codes[state]
    if (code === 0) return null
    return code < FIRST_LAVA ? WATER : LAVA
  }

  /** Lava beside or below water turns to stone. */
  #harden (/** @type {Point} */ at, /** @type {number} */ state) {
    const { world, blocks } = this.game
    const meetsWater = ['up', ...AROUND].some(side => this.kindOf(this.#state(beside(at, side))) === WATER)
    if (meetsWater) world.set(at.x, at.y, at.z, blocks.defaultOf(state === blocks.lava.first ? 'obsidian' : 'cobblestone'))
  }

  #state (/** @type {Point} */ { x, y, z }) {
    return this.game.world.get(x, y, z)
  }

  /** @returns {number | null} the level of a fluid at a place */
  #level (/** @type {Point} */ at, /** @type {Kind} */ kind) {
    const state = this.#state(at)
    if (this.kindOf(state) !== kind) return null
    return this.codes[state] - (kind === WATER ? FIRST_WATER : FIRST_LAVA)
  }

  #flow (/** @type {Point} */ at) {
    const { world, blocks } = this.game
    const state = this.#state(at)
    const kind = this.kindOf(state)
    if (!kind) return
    let level = /** @type {number} */ (this.#level(at, kind))
    if (level !== 0) {
      const fed = this.#fedLevel(at, kind)
      if (fed === null) {
        world.set(at.x, at.y, at.z, 0)
        return
      }
      level = fed
      world.set(at.x, at.y, at.z, blocks[kind.name].first + level)
    }
    this.#spread(at, kind, level)
  }

  /** @returns {number | null} the level a place should have by what is around it; null when nothing feeds it */
  #fedLevel (/** @type {Point} */ at, /** @type {Kind} */ kind) {
    const { blocks } = this.game
    let most = 0
    let sources = 0
    for (const side of AROUND) {
      const level = this.#level(beside(at, side), kind)
      if (level === null || !this.#isOpen(at, side)) continue
      if (level === 0) sources++
      most = Math.max(most, amountOf(level))
    }
    if (kind.renews && sources >= SOURCES_THAT_RENEW) {
      const below = beside(at, 'down')
      if (blocks.solid[this.#state(below)] || this.#level(below, kind) === 0) return 0
    }
    if (this.#level(beside(at, 'up'), kind) !== null && this.#isOpen(at, 'up')) return FALLING
    const amount = most - kind.loss
    return amount <= 0 ? null : FULL_AMOUNT - amount
  }

  #spread (/** @type {Point} */ at, /** @type {Kind} */ kind, /** @type {number} */ level) {
    const below = beside(at, 'down')
    if (this.#canEnter(at, 'down', kind)) {
      this.#enter(below, kind, this.#fedLevel(below, kind), true)
      const sources = AROUND.filter(side => this.#level(beside(at, side), kind) === 0).length
      if (sources >= SOURCES_THAT_SPREAD) this.#spreadAround(at, kind, level)
    } else if (level === 0 || !this.#isHole(at, kind)) {
      this.#spreadAround(at, kind, level)
    }
  }

  #spreadAround (/** @type {Point} */ at, /** @type {Kind} */ kind, /** @type {number} */ level) {
    if (level < FALLING && amountOf(level) <= kind.loss) return
    let nearest = NO_EDGE
    /** @type {string[]} */
    let sides = []
    for (const side of AROUND) {
      if (!this.#isPassable(at, side, kind)) continue
      const place = beside(at, side)
      const distance = this.#isHole(place, kind) ? 0 : this.#edgeDistance(place, 1, OPPOSITE[side], kind)
      if (distance < nearest) sides = []
      if (distance <= nearest) sides.push(side)
      nearest = Math.min(nearest, distance)
    }
    const entering = sides.filter(side => this.#canEnter(at, side, kind)).map(side => beside(at, side))
    for (const place of entering) this.#enter(place, kind, this.#fedLevel(place, kind), false)
  }

  /** Steps from a place to the nearest one where the flow would fall. */
  #edgeDistance (/** @type {Point} */ at, /** @type {number} */ steps, /** @type {string} */ from, /** @type {Kind} */ kind) {
    let nearest = NO_EDGE
    for (const side of AROUND) {
      if (side === from || !this.#isPassable(at, side, kind)) continue
      const place = beside(at, side)
      if (this.#isHole(place, kind)) return steps
      if (steps < kind.sight) nearest = Math.min(nearest, this.#edgeDistance(place, steps + 1, OPPOSITE[side], kind))
    }
    return nearest
  }

  /** Whether nothing between a place and the one beside it stops a flow. */
  #isOpen (/** @type {Point} */ at, /** @type {string} */ side) {
    const { blocks } = this.game
    const from = this.#state(at)
    const to = this.#state(beside(at, side))
    return !(blocks.solid[from] && blocks.isSturdy(from, side)) && !(blocks.solid[to] && blocks.isSturdy(to, OPPOSITE[side]))
  }

  /** Whether a flow's way may lead to a side: into what is loose, or into flowing fluid of its kind. */
  #isPassable (/** @type {Point} */ at, /** @type {string} */ side, /** @type {Kind} */ kind) {
    const place = beside(at, side)
    return this.#level(place, kind) !== 0 && this.enterable[this.#state(place)] === 1 && this.#isOpen(at, side)
  }

  /** Whether fluid at a place would fall on. */
  #isHole (/** @type {Point} */ at, /** @type {Kind} */ kind) {
    const below = beside(at, 'down')
    if (below.y < MIN_Y || !this.#isOpen(at, 'down')) return false
    return this.#level(below, kind) !== null || this.enterable[this.#state(below)] === 1
  }

  /** Whether fluid comes into a side now: there is none of its kind yet, and of the other only below. */
  #canEnter (/** @type {Point} */ at, /** @type {string} */ side, /** @type {Kind} */ kind) {
    const place = beside(at, side)
    if (place.y < MIN_Y || this.enterable[this.#state(place)] === 0 || !this.#isOpen(at, side)) return false
    const there = this.kindOf(this.#state(place))
    return there === null || (there !== kind && side === 'down')
  }

  #enter (/** @type {Point} */ at, /** @type {Kind} */ kind, /** @type {number | null} */ level, /** @type {boolean} */ downwards) {
    const { world, blocks, breaking } = this.game
    if (level === null) return
    const state = this.#state(at)
    if (this.kindOf(state) !== null) {
      if (kind === LAVA && downwards) world.set(at.x, at.y, at.z, blocks.defaultOf('stone'))
      return
    }
    if (state !== 0) breaking.destroy(at, { drop: kind === WATER })
    world.set(at.x, at.y, at.z, blocks[kind.name].first + level)
  }
}

/** How much fluid a level is, up to 8. */
const amountOf = (/** @type {number} */ level) => level === 0 || level >= FALLING ? FULL_AMOUNT : FULL_AMOUNT - level

module.exports = { Fluids }
