'use strict'
/**
 * Levers, buttons and pressure plates, and the doors, gates and lamps they work.
 *
 * Power goes as far as one block: from a switch to what is beside it, and through the block it is fixed to. Lit redstone
 * torches and blocks of redstone give it too. Not covered: redstone dust, repeaters, pistons and all other circuits.
 */

const { beside, OPPOSITE, SIDES } = require('../world/directions')

/** @typedef {{x: number, y: number, z: number}} Point */

const BUTTON = /_button$/
const SWITCH = /_button$|^lever$/
const PLATE = /_pressure_plate$/
const TORCH = /^redstone_(wall_)?torch$/
const SOURCE = /_button$|^lever$|_pressure_plate$|^redstone_(wall_)?torch$|^redstone_block$/
const CONSUMER = /_door$|_trapdoor$|_fence_gate$|^redstone_lamp$|copper_bulb$/
const STONE_BUTTON_TICKS = 20
const WOODEN_BUTTON_TICKS = 30
const PLATE_TICKS = 20
const WEIGHTED_PLATE_TICKS = 10
/** A plate is looked for under bodies this far above the floor of their block. */
const PLATE_HEIGHT = 0.25
/** How many bodies give the heavy plate one step of power. */
const HEAVY_STEP = 10
const FULL_POWER = 15

class Switches {
  /** @param {any} game */
  constructor (game) {
    this.game = game
    this.plates = this.#statesOf(PLATE)
    this.sources = this.#statesOf(SOURCE)
    this.consumers = this.#statesOf(CONSUMER)
    game.blockTicks.on('switch', (/** @type {Point} */ at) => this.#release(at))
    game.world.on('change', (/** @type {Point} */ at, /** @type {number} */ state, /** @type {number} */ old) => {
      if (this.sources[state] || this.sources[old]) this.#feed(at)
      else if (this.consumers[state] && !this.consumers[old]) this.#supply(at)
    })
  }

  #statesOf (/** @type {RegExp} */ names) {
    const found = new Uint8Array(this.game.blocks.solid.length)
    for (const { name, minStateId, maxStateId } of this.game.registry.blocksArray) {
      if (names.test(name)) found.fill(1, minStateId, maxStateId + 1)
    }
    return found
  }

  #stateAt (/** @type {Point} */ { x, y, z }) {
    return this.game.world.get(x, y, z)
  }

  /** A hand at a lever or button. @returns {boolean} */
  use (/** @type {Point} */ at) {
    const { world, blocks, blockTicks } = this.game
    const state = this.#stateAt(at)
    const name = blocks.nameOf(state)
    const { powered } = blocks.properties(state)
    if (!BUTTON.test(name)) {
      world.set(at.x, at.y, at.z, blocks.change(state, { powered: !powered }), { quiet: true })
    } else if (!powered) {
      world.set(at.x, at.y, at.z, blocks.change(state, { powered: true }), { quiet: true })
      blockTicks.schedule(at, /stone/.test(name) ? STONE_BUTTON_TICKS : WOODEN_BUTTON_TICKS, 'switch')
    }
    return true
  }

  tick () {
    const { players, entities } = this.game
    for (const player of players.all()) if (!player.survivor.dead) this.#step(player.position)
    for (const entity of entities.all.values()) this.#step(entity)
  }

  /** A body presses the plate it is on. */
  #step (/** @type {Point} */ { x, y, z }) {
    if (y - Math.floor(y) > PLATE_HEIGHT || !this.game.world.isLoaded(x, z)) return
    const state = this.game.world.get(x, y, z)
    if (!this.plates[state]) return
    const at = { x: Math.floor(x), y: Math.floor(y), z: Math.floor(z) }
    if (!this.game.blockTicks.isScheduled(at, 'switch')) this.#weigh(at, state)
  }

  #release (/** @type {Point} */ at) {
    const { world, blocks } = this.game
    const state = this.#stateAt(at)
    if (BUTTON.test(blocks.nameOf(state))) world.set(at.x, at.y, at.z, blocks.change(state, { powered: false }), { quiet: true })
    else if (this.plates[state]) this.#weigh(at, state)
  }

  /** Sets a plate by what lies on it now, and looks again later while there is something. */
  #weigh (/** @type {Point} */ at, /** @type {number} */ state) {
    const { world, blocks, blockTicks } = this.game
    const name = blocks.nameOf(state)
    const weighted = /weighted/.test(name)
    const bodies = this.#bodiesOn(at, !/^(polished_blackstone|stone)_/.test(name))
    const power = Math.min(FULL_POWER, name.startsWith('heavy') ? Math.ceil(bodies / HEAVY_STEP) : bodies)
    world.set(at.x, at.y, at.z, blocks.change(state, weighted ? { power } : { powered: bodies > 0 }), { quiet: true })
    if (bodies > 0) blockTicks.schedule(at, weighted ? WEIGHTED_PLATE_TICKS : PLATE_TICKS, 'switch')
  }

  /** Stone plates feel living bodies only, the others also items. */
  #bodiesOn (/** @type {Point} */ at, /** @type {boolean} */ feelsThings) {
    const { players, entities } = this.game
    const isOn = (/** @type {Point} */ { x, y, z }, /** @type {number} */ half) => y >= at.y && y <= at.y + PLATE_HEIGHT &&
      x + half > at.x + 0.125 && x - half < at.x + 0.875 && z + half > at.z + 0.125 && z - half < at.z + 0.875
    const walking = players.all().filter((/** @type {any} */ { survivor, position }) => !survivor.dead && isOn(position, 0.3))
    const others = [...entities.all.values()].filter(entity => (feelsThings || entity.health !== undefined) && isOn(entity, entity.width / 2))
    return walking.length + others.length
  }

  /** Something around a switch may have more or less power now. */
  #feed (/** @type {Point} */ at) {
    const seen = new Set()
    for (const first of SIDES) {
      const near = beside(at, first)
      for (const place of [near, ...SIDES.map(side => beside(near, side))]) {
        const key = `${place.x},${place.y},${place.z}`
        if (seen.has(key)) continue
        seen.add(key)
        if (this.game.world.isLoaded(place.x, place.z) && this.consumers[this.#stateAt(place)]) this.#supply(place)
      }
    }
  }

  /** Gives a door, gate or lamp the power it gets. */
  #supply (/** @type {Point} */ at) {
    const { blocks, pairs, world } = this.game
    const state = this.#stateAt(at)
    const name = blocks.nameOf(state)
    const properties = blocks.properties(state)
    const other = /_door$/.test(name) ? beside(at, properties.half === 'lower' ? 'up' : 'down') : null
    const powered = this.isPowered(at) || (other !== null && this.isPowered(other))
    if (name === 'redstone_lamp') {
      if (properties.lit !== powered) world.set(at.x, at.y, at.z, blocks.change(state, { lit: powered }))
    } else if (properties.powered !== powered) {
      const bulb = /copper_bulb$/.test(name)
      pairs.change(at, bulb ? { powered, lit: powered ? !properties.lit : properties.lit } : { powered, open: powered })
    }
  }

  /** Whether a place gets power from a side, directly or through a block. */
  isPowered (/** @type {Point} */ at) {
    return SIDES.some(side => {
      const near = beside(at, side)
      const state = this.#stateAt(near)
      if (this.sources[state]) return this.#gives(state, OPPOSITE[side])
      return this.game.blocks.isSturdy(state, OPPOSITE[side]) && this.#isCharged(near)
    })
  }

  /** Whether a source is on and gives power to a side of itself. */
  #gives (/** @type {number} */ state, /** @type {string} */ side) {
    const { blocks } = this.game
    const name = blocks.nameOf(state)
    if (name === 'redstone_block') return true
    const properties = blocks.properties(state)
    if (TORCH.test(name)) return properties.lit === true && side !== heldBy(name, properties)
    return properties.powered === true || Number(properties.power) > 0
  }

  /** Whether a switch that is on is fixed to a block, a plate lies on it, or a torch burns below it. */
  #isCharged (/** @type {Point} */ at) {
    const { blocks } = this.game
    return SIDES.some(side => {
      const state = this.#stateAt(beside(at, side))
      if (!this.sources[state] || !this.#gives(state, OPPOSITE[side])) return false
      const name = blocks.nameOf(state)
      if (TORCH.test(name)) return side === 'down'
      return (SWITCH.test(name) || PLATE.test(name)) && heldBy(name, blocks.properties(state)) === OPPOSITE[side]
    })
  }
}

/** The side of itself at which a switch or torch is fixed. */
function heldBy (/** @type {string} */ name, /** @type {any} */ { face, facing }) {
  if (face === 'ceiling') return 'up'
  return face === 'wall' || /wall_torch$/.test(name) ? OPPOSITE[facing] : 'down'
}

module.exports = { Switches }
