'use strict'
/** What a change does to the blocks around it: sand and gravel fall, plants and torches without ground break. */

const MIN_Y = -64
const FALLING = new Set(['sand', 'red_sand', 'gravel'])
/** Blocks that stand on the one below. */
const STANDING = /^(short_grass|tall_grass|fern|dandelion|poppy|dead_bush|wheat|carrots|potatoes|beetroots|torch|redstone_torch|sugar_cane|cactus|snow|redstone_wire)$|_sapling$|_carpet$/
/** Blocks that hang at the one behind them. */
const HANGING = /(^|_)wall_torch$|^ladder$/
/** Plants that may stand on themselves. */
const STACKING = new Set(['sugar_cane', 'cactus'])
const BEHIND = /** @type {Record<string, [number, number]>} */ ({ north: [0, 1], south: [0, -1], west: [1, 0], east: [-1, 0] })
const AROUND = [[0, 0, 0], [0, 1, 0], [1, 0, 0], [-1, 0, 0], [0, 0, 1], [0, 0, -1], [0, -1, 0]]
const MOST_PER_TICK = 400

/** @typedef {{x: number, y: number, z: number}} Point */

class BlockUpdates {
  /** @param {any} game */
  constructor (game) {
    this.game = game
    /** @type {Point[]} */
    this.waiting = []
    game.world.on('change', (/** @type {Point} */ at, /** @type {number} */ _state, /** @type {number} */ _old, /** @type {boolean} */ quiet) => {
      if (!quiet) this.touch(at)
    })
  }

  /** The block and its neighbours look after themselves in the next tick. */
  touch (/** @type {Point} */ { x, y, z }) {
    for (const [dx, dy, dz] of AROUND) this.waiting.push({ x: x + dx, y: y + dy, z: z + dz })
  }

  tick () {
    for (const at of this.waiting.splice(0, MOST_PER_TICK)) {
      if (this.game.world.isLoaded(at.x, at.z)) this.#update(at)
    }
  }

  #update (/** @type {Point} */ at) {
    const { world, blocks } = this.game
    const state = world.get(at.x, at.y, at.z)
    if (state === 0) return
    if (FALLING.has(blocks.nameOf(state))) this.#fall(at, state)
    else if (!this.isSupported(at, state)) this.#break(at, state)
  }

  /** Whether a block has what it stands on or hangs at. */
  isSupported (/** @type {Point} */ { x, y, z }, /** @type {number} */ state) {
    const { world, blocks } = this.game
    const name = blocks.nameOf(state)
    if (HANGING.test(name)) {
      const [dx, dz] = BEHIND[String(blocks.properties(state).facing)]
      return blocks.solid[world.get(x + dx, y, z + dz)] === 1
    }
    if (!STANDING.test(name)) return true
    const below = world.get(x, y - 1, z)
    return blocks.solid[below] === 1 || (STACKING.has(name) && blocks.nameOf(below) === name)
  }

  /** A falling block arrives at once. */
  #fall (/** @type {Point} */ { x, y, z }, /** @type {number} */ state) {
    const { world, blocks } = this.game
    let floor = y
    while (floor - 1 > MIN_Y && blocks.replaceable[world.get(x, floor - 1, z)]) floor--
    if (floor === y) return
    world.set(x, y, z, 0)
    world.set(x, floor, z, state)
  }

  #break (/** @type {Point} */ at, /** @type {number} */ state) {
    const { world, drops, itemEntities } = this.game
    world.set(at.x, at.y, at.z, 0)
    for (const item of drops.of(state, null)) itemEntities.spawnInBlock(at, item)
  }
}

module.exports = { BlockUpdates }
