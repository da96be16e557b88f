'use strict'
/**
 * Fire: it stands on firm ground or clings to what burns, eats it away, jumps to what is near, and goes out by rain, by age or
 * for want of fuel; on netherrack and magma it burns for ever. Lava sets what burns near it on fire (Minecraft Wiki, 'Fire').
 *
 * Not covered: what fire does to bodies, and dynamite.
 */

const { AROUND, SIDES, beside } = require('../world/directions')
const { FLAMMABLE } = require('../tables/flammable')

const OLDEST = 15
const SHORTEST_WAIT = 30
const WAIT_SPREAD = 9
const ETERNAL = /^(netherrack|magma_block)$/
const SOUL = /^soul_(sand|soil)$/
/** Fire on bare ground goes out at this age. */
const BARE_AGE = 3
const RAIN_CHANCE = 0.2
const RAIN_CHANCE_BY_AGE = 0.03
/** One in so many: how hard a block burns away beside, and above or below. */
const BESIDE_ODDS = 300
const ABOVE_ODDS = 250
const SPREAD_ODDS = 100
const HIGHEST_SPREAD = 4
const READINESS = 40
const READINESS_BY_DIFFICULTY = 7
/** Sparks of lava at its own height. */
const SPARKS = 3
const WITHOUT_FUEL = { catches: 0, burns: 0 }

/** @typedef {{x: number, y: number, z: number}} Point */

class Fire {
  /** @param {any} game */
  constructor (game) {
    this.game = game
    const { registry, blocks } = game
    /** By state. @type {{catches: number, burns: number}[]} */
    this.fuel = []
    for (const { name, minStateId, maxStateId } of registry.blocksArray) {
      const fuel = FLAMMABLE.find(([names]) => names.test(name))?.[1] ?? WITHOUT_FUEL
      for (let state = minStateId; state <= maxStateId; state++) {
        this.fuel[state] = blocks.properties(state).waterlogged === true ? WITHOUT_FUEL : fuel
      }
    }
    game.updates.on(['fire'], (/** @type {Point} */ at) => {
      if (this.#canStay(at)) this.#wait(at)
      else this.#putOut(at)
    })
    game.updates.on(['soul_fire'], (/** @type {Point} */ at) => {
      if (!SOUL.test(this.#name(beside(at, 'down')))) this.#putOut(at)
    })
    game.blockTicks.on('fire', (/** @type {Point} */ at) => this.#burn(at))
    game.randomTicks.on(['lava'], (/** @type {Point} */ at) => this.#kindle(at))
  }

  /** Lights a fire in a place, as flint and steel do. @returns {boolean} whether it burns */
  lightAt (/** @type {Point} */ at) {
    if (this.#state(at) !== 0) return false
    if (SOUL.test(this.#name(beside(at, 'down')))) this.#set(at, this.game.blocks.defaultOf('soul_fire'))
    else if (this.#canStay(at)) this.#light(at, 0)
    else return false
    return true
  }

  #state (/** @type {Point} */ { x, y, z }) {
    return this.game.world.get(x, y, z)
  }

  #name (/** @type {Point} */ at) {
    return this.game.blocks.nameOf(this.#state(at))
  }

  #set (/** @type {Point} */ { x, y, z }, /** @type {number} */ state) {
    this.game.world.set(x, y, z, state)
  }

  #putOut (/** @type {Point} */ at) {
    this.#set(at, 0)
  }

  #wait (/** @type {Point} */ at) {
    this.game.blockTicks.schedule(at, SHORTEST_WAIT + this.game.random.between(0, WAIT_SPREAD), 'fire')
  }

  #standsFirm (/** @type {Point} */ at) {
    return this.game.blocks.isSturdy(this.#state(beside(at, 'down')), 'up')
  }

  #hasFuelBeside (/** @type {Point} */ at) {
    return SIDES.some(side => this.fuel[this.#state(beside(at, side))].catches > 0)
  }

  #canStay (/** @type {Point} */ at) {
    return this.#standsFirm(at) || this.#hasFuelBeside(at)
  }

  /** On the ground a fire burns upright, in the air it licks at what burns beside it. */
  #light (/** @type {Point} */ at, /** @type {number} */ age) {
    const { blocks } = this.game
    /** @type {Record<string, boolean | number>} */
    const properties = { age }
    const clings = !this.#standsFirm(at) && this.fuel[this.#state(beside(at, 'down'))].catches === 0
    for (const side of ['up', ...AROUND]) properties[side] = clings && this.fuel[this.#state(beside(at, side))].catches > 0
    this.#set(at, blocks.withProperties('fire', properties))
    this.#wait(at)
  }

  #rainsNear (/** @type {Point} */ at) {
    const { weather } = this.game
    return [at, ...AROUND.map(side => beside(at, side))].some(({ x, y, z }) => weather.rainsAt(x, y, z))
  }

  #burn (/** @type {Point} */ at) {
    const { blocks, random, rules } = this.game
    if (this.#name(at) !== 'fire' || !rules.get('doFireTick')) return
    if (!this.#canStay(at)) return this.#putOut(at)
    const state = this.#state(at)
    const age = Number(blocks.properties(state).age)
    const eternal = ETERNAL.test(this.#name(beside(at, 'down')))
    if (!eternal && this.#rainsNear(at) && random.chance(RAIN_CHANCE + age * RAIN_CHANCE_BY_AGE)) return this.#putOut(at)
    const older = Math.min(OLDEST, age + Math.floor(random.between(0, 2) / 2))
    if (older !== age) this.#set(at, blocks.change(state, { age: older }))
    this.#wait(at)
    if (!eternal && this.#diesOut(at, age)) return this.#putOut(at)
    this.#eat(at, age)
    this.#spread(at, age)
  }

  #diesOut (/** @type {Point} */ at, /** @type {number} */ age) {
    if (!this.#hasFuelBeside(at)) return !this.#standsFirm(at) || age > BARE_AGE
    return age === OLDEST && this.game.random.between(0, 3) === 0 && this.fuel[this.#state(beside(at, 'down'))].catches === 0
  }

  /** Burns away what is beside. */
  #eat (/** @type {Point} */ at, /** @type {number} */ age) {
    const { random, weather } = this.game
    for (const side of SIDES) {
      const place = beside(at, side)
      const odds = side === 'up' || side === 'down' ? ABOVE_ODDS : BESIDE_ODDS
      if (random.between(0, odds - 1) >= this.fuel[this.#state(place)].burns) continue
      if (random.between(0, age + 9) < 5 && !weather.rainsAt(place.x, place.y, place.z)) this.#light(place, this.#aged(age))
      else this.game.breaking.destroy(place, { drop: false })
    }
  }

  #aged (/** @type {number} */ age) {
    return Math.min(OLDEST, age + Math.floor(this.game.random.between(0, 4) / 4))
  }

  /** Jumps to air that has something to burn beside it. */
  #spread (/** @type {Point} */ { x, y, z }, /** @type {number} */ age) {
    const { random, rules, weather } = this.game
    for (let dx = -1; dx <= 1; dx++) {
      for (let dz = -1; dz <= 1; dz++) {
        for (let dy = -1; dy <= HIGHEST_SPREAD; dy++) {
          const place = { x: x + dx, y: y + dy, z: z + dz }
          const catches = this.#readiness(place)
          if (catches === 0) continue
          const odds = SPREAD_ODDS * Math.max(1, dy)
          const chance = Math.floor((catches + READINESS + rules.difficulty * READINESS_BY_DIFFICULTY) / (age + 30))
          if (chance <= 0 || random.between(0, odds - 1) > chance) continue
          if (!weather.raining || !this.#rainsNear(place)) this.#light(place, this.#aged(age))
        }
      }
    }
  }

  /** How readily fire comes into a place. */
  #readiness (/** @type {Point} */ at) {
    if (this.#state(at) !== 0) return 0
    return Math.max(...SIDES.map(side => this.fuel[this.#state(beside(at, side))].catches))
  }

  /** Lava throws sparks: up a way through the air, or onto what lies beside it. */
  #kindle (/** @type {Point} */ at) {
    const { random, rules, blocks } = this.game
    if (!rules.get('doFireTick')) return
    const height = random.between(0, 2)
    const sideways = () => random.between(-1, 1)
    let place = at
    for (let step = 0; step < height; step++) {
      place = { x: place.x + sideways(), y: place.y + 1, z: place.z + sideways() }
      const state = this.#state(place)
      if (state === 0 && this.#hasFuelBeside(place)) return this.#light(place, 0)
      if (blocks.solid[state]) return
    }
    if (height > 0) return
    for (let spark = 0; spark < SPARKS; spark++) {
      place = { x: at.x + sideways(), y: at.y, z: at.z + sideways() }
      if (this.fuel[this.#state(place)].catches > 0 && this.#state(beside(place, 'up')) === 0) this.#light(beside(place, 'up'), 0)
    }
  }
}

module.exports = { Fire }
