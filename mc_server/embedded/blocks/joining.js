'use strict'
/**
 * Blocks whose shape depends on their neighbours: fences, panes, walls, gates between walls, corners of stairs, snowy grass,
 * rails. When a block changes, those around it are looked at again at once.
 */

const { beside, AROUND, OPPOSITE, AXIS, clockwise, counterclockwise } = require('../world/directions')
const { joinedRail } = require('./rails')

/** @typedef {{x: number, y: number, z: number}} Point */

const FENCE = /_fence$/
const GATE = /_fence_gate$/
const PANE = /_pane$|^iron_bars$/
const WALL = /_wall$/
const STAIRS = /_stairs$/
const RAIL = /(^|_)rail$/
const SNOWY = /^(grass_block|podzol|mycelium)$/
/** Nothing joins with these, though they are whole blocks. */
const ALONE = /_leaves$|shulker_box$|^(barrier|carved_pumpkin|jack_o_lantern|melon|pumpkin)$/
/** What keeps the post of a wall up when it lies on it. */
const ON_POST = /torch$|_sign$|_banner$|_pressure_plate$|^tripwire$/
const KINDS = [FENCE, GATE, PANE, WALL, STAIRS, RAIL, SNOWY]
/** Rectangles of a wall seen from above, in sixteenths, along x and z. */
const ARMS = /** @type {Record<string, number[]>} */ ({
  north: [7, 0, 9, 9], south: [7, 7, 9, 16], west: [0, 7, 9, 9], east: [7, 7, 16, 9]
})
const POST = [7, 7, 9, 9]

class Joining {
  /** @param {any} game */
  constructor (game) {
    this.game = game
    /** 1 for states of blocks that join. */
    this.joins = new Uint8Array(game.blocks.solid.length)
    for (const { name, minStateId, maxStateId } of game.registry.blocksArray) {
      if (KINDS.some(kind => kind.test(name))) this.joins.fill(1, minStateId, maxStateId + 1)
    }
    this.busy = false
    game.world.on('change', (/** @type {Point} */ at, /** @type {number} */ state) => this.#changed(at, state))
  }

  /** @returns {number} the state with its shape as its neighbours want it */
  joined (/** @type {Point} */ at, /** @type {number} */ state) {
    if (!this.joins[state]) return state
    const { blocks } = this.game
    const name = blocks.nameOf(state)
    if (STAIRS.test(name)) return blocks.change(state, { shape: this.#corner(at, blocks.properties(state)) })
    if (WALL.test(name)) return blocks.change(state, this.#wall(at))
    if (FENCE.test(name)) return blocks.change(state, this.#sides(at, side => this.#fenceJoins(name, at, side)))
    if (PANE.test(name)) return blocks.change(state, this.#sides(at, side => this.#paneJoins(at, side)))
    if (GATE.test(name)) return blocks.change(state, { in_wall: this.#isInWall(at, blocks.properties(state).facing) })
    if (RAIL.test(name)) return blocks.change(state, { shape: joinedRail(this.game, at, state) })
    return blocks.change(state, { snowy: /^(snow|snow_block|powder_snow)$/.test(this.#name(beside(at, 'up'))) })
  }

  #changed (/** @type {Point} */ at, /** @type {number} */ state) {
    if (this.busy) return
    this.busy = true
    try {
      // A block that came without a shape of its own, not by a player's hand.
      if (this.joins[state] && state === this.game.blocks.block(state).defaultState) this.#join(at)
      for (const side of [...AROUND, 'down', 'up']) this.#join(beside(at, side))
      if (RAIL.test(this.game.blocks.nameOf(state))) this.#joinSlopes(at)
    } finally {
      this.busy = false
    }
  }

  #join (/** @type {Point} */ at) {
    const { world } = this.game
    if (!world.isLoaded(at.x, at.z)) return
    const state = world.get(at.x, at.y, at.z)
    if (this.joins[state]) world.set(at.x, at.y, at.z, this.joined(at, state), { quiet: true })
  }

  /** Rails also join with those one step higher or lower. */
  #joinSlopes (/** @type {Point} */ at) {
    for (const side of AROUND) for (const step of ['up', 'down']) this.#join(beside(beside(at, side), step))
  }

  #state (/** @type {Point} */ { x, y, z }) {
    return this.game.world.get(x, y, z)
  }

  #name (/** @type {Point} */ at) {
    return this.game.blocks.nameOf(this.#state(at))
  }

  #sides (/** @type {Point} */ at, /** @type {(side: string) => boolean} */ joins) {
    return Object.fromEntries(AROUND.map(side => [side, joins(side)]))
  }

  /** Whether the block on a side has a whole face towards this one that things join with. */
  #isFirm (/** @type {Point} */ at, /** @type {string} */ side) {
    const state = this.#state(beside(at, side))
    return !ALONE.test(this.game.blocks.nameOf(state)) && this.game.blocks.isSturdy(state, OPPOSITE[side])
  }

  /** A gate joins with what stands at its posts. */
  #isGateEnd (/** @type {Point} */ at, /** @type {string} */ side) {
    const state = this.#state(beside(at, side))
    if (!GATE.test(this.game.blocks.nameOf(state))) return false
    return AXIS[String(this.game.blocks.properties(state).facing)] !== AXIS[side]
  }

  #fenceJoins (/** @type {string} */ name, /** @type {Point} */ at, /** @type {string} */ side) {
    const other = this.#name(beside(at, side))
    if (FENCE.test(other)) return (name === 'nether_brick_fence') === (other === 'nether_brick_fence')
    return this.#isGateEnd(at, side) || this.#isFirm(at, side)
  }

  #paneJoins (/** @type {Point} */ at, /** @type {string} */ side) {
    const other = this.#name(beside(at, side))
    return PANE.test(other) || WALL.test(other) || this.#isFirm(at, side)
  }

  #wallJoins (/** @type {Point} */ at, /** @type {string} */ side) {
    const other = this.#name(beside(at, side))
    return WALL.test(other) || PANE.test(other) || this.#isGateEnd(at, side) || this.#isFirm(at, side)
  }

  /** Each arm is low, or tall when something lies on it; the post stands up unless the wall runs straight on. */
  #wall (/** @type {Point} */ at) {
    const { blocks } = this.game
    const above = this.#state(beside(at, 'up'))
    /** @type {Record<string, any>} */
    const shape = {}
    for (const side of AROUND) {
      if (!this.#wallJoins(at, side)) shape[side] = 'none'
      else shape[side] = blocks.covers(above, 'down', ARMS[side]) ? 'tall' : 'low'
    }
    shape.up = this.#hasPost(shape, above)
    return shape
  }

  #hasPost (/** @type {Record<string, any>} */ { north, south, west, east }, /** @type {number} */ above) {
    const { blocks } = this.game
    const name = blocks.nameOf(above)
    if (WALL.test(name) && blocks.properties(above).up) return true
    const none = (/** @type {string} */ arm) => arm === 'none'
    if ((none(north) && none(south) && none(west) && none(east)) || none(north) !== none(south) || none(west) !== none(east)) return true
    if ((north === 'tall' && south === 'tall') || (west === 'tall' && east === 'tall')) return false
    return ON_POST.test(name) || blocks.covers(above, 'down', POST)
  }

  #isInWall (/** @type {Point} */ at, /** @type {string} */ facing) {
    return [clockwise(facing), counterclockwise(facing)].some(side => WALL.test(this.#name(beside(at, side))))
  }

  /** @returns {any} the properties of stairs of the same half on a side, or null */
  #stairs (/** @type {Point} */ at, /** @type {string} */ side, /** @type {any} */ half) {
    const state = this.#state(beside(at, side))
    if (!STAIRS.test(this.game.blocks.nameOf(state))) return null
    const properties = this.game.blocks.properties(state)
    return properties.half === half ? properties : null
  }

  /** Stairs before or behind that are turned make a corner, unless the row goes on at that side. */
  #corner (/** @type {Point} */ at, /** @type {any} */ { facing, half }) {
    const goesOn = (/** @type {string} */ side) => this.#stairs(at, side, half)?.facing === facing
    const behind = this.#stairs(at, facing, half)
    if (behind && AXIS[behind.facing] !== AXIS[facing] && !goesOn(OPPOSITE[behind.facing])) {
      return behind.facing === counterclockwise(facing) ? 'outer_left' : 'outer_right'
    }
    const before = this.#stairs(at, OPPOSITE[facing], half)
    if (before && AXIS[before.facing] !== AXIS[facing] && !goesOn(before.facing)) {
      return before.facing === counterclockwise(facing) ? 'inner_left' : 'inner_right'
    }
    return 'straight'
  }
}

module.exports = { Joining }
