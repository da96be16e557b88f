'use strict'
/**
 * Saplings that become trees, by themselves in the light or with bone meal; four in a square make a dark oak, a giant spruce or a
 * giant jungle tree. Simplified: room is asked for the logs alone.
 */

const { TreeStates } = require('../land/tree_states')

const LIGHT = 9
const ODDS = 7
const BIG_OAK_CHANCE = 0.1
const PINE_CHANCE = 0.33
const TREES = /^(oak|spruce|birch|jungle|acacia|dark_oak|cherry)_sapling$/
/** What four saplings in a square become; dark oaks want all four. */
const GIANTS = /** @type {Record<string, string>} */ ({
  dark_oak_sapling: 'dark_oak', spruce_sapling: 'giant_spruce', jungle_sapling: 'giant_jungle'
})
const ROOM = /_leaves$|_sapling$|_log$|^(air|cave_air|vine|snow)$/

/** @typedef {{x: number, y: number, z: number}} Point */

class Saplings {
  /** @param {any} game */
  constructor (game) {
    this.game = game
    this.trees = new TreeStates(game.registry)
    this.names = game.registry.blocksArray.map((/** @type {any} */ { name }) => name).filter((/** @type {string} */ name) => TREES.test(name))
    game.randomTicks.on(this.names, (/** @type {Point} */ at, /** @type {number} */ state) => {
      if (game.light.at(at.x, at.y + 1, at.z) >= LIGHT && game.random.between(1, ODDS) === 1) this.advance(at, state)
    })
  }

  /** First the sapling is one stage older, then it is a tree. */
  advance (/** @type {Point} */ at, /** @type {number} */ state) {
    const { world, blocks } = this.game
    if (blocks.properties(state).stage === 0) world.set(at.x, at.y, at.z, blocks.change(state, { stage: 1 }))
    else this.growTree(at)
  }

  /** A tree where the sapling is, if there is room. @returns {boolean} */
  growTree (/** @type {Point} */ at) {
    const { world, blocks, random } = this.game
    const name = blocks.nameOf(world.get(at.x, at.y, at.z))
    const square = name in GIANTS ? this.#square(at, name) : []
    if (name === 'dark_oak_sapling' && square.length === 0) return false
    const roots = square.length > 0 ? square : [at]
    const tree = this.trees.treeBlocks(square.length > 0 ? GIANTS[name] : this.#kindOf(name), roots[0], random)
    const logs = tree.filter(({ state }) => blocks.nameOf(state).endsWith('_log'))
    if (!logs.every(log => this.#isFree(log))) return false
    for (const { x, y, z } of roots) {
      world.set(x, y, z, 0, { quiet: true })
      world.set(x, y - 1, z, blocks.defaultOf('dirt'))
    }
    const placed = tree.filter(part => logs.includes(part) || blocks.replaceable[world.get(part.x, part.y, part.z)])
    for (const { x, y, z, state } of placed) world.set(x, y, z, state)
    return true
  }

  #kindOf (/** @type {string} */ name) {
    const { random } = this.game
    if (name === 'oak_sapling' && random.chance(BIG_OAK_CHANCE)) return 'big_oak'
    if (name === 'spruce_sapling' && random.chance(PINE_CHANCE)) return 'pine'
    return name.replace('_sapling', '')
  }

  #isFree (/** @type {Point} */ { x, y, z }) {
    const { world, blocks } = this.game
    const state = world.get(x, y, z)
    return blocks.replaceable[state] === 1 || ROOM.test(blocks.nameOf(state))
  }

  /** Four saplings in a square around a place, the one to the north-west first; none when there is no such square. */
  #square (/** @type {Point} */ at, /** @type {string} */ name) {
    const { world, blocks } = this.game
    for (const [dx, dz] of [[0, 0], [-1, 0], [0, -1], [-1, -1]]) {
      const corners = [[0, 0], [1, 0], [0, 1], [1, 1]].map(([x, z]) => ({ x: at.x + dx + x, y: at.y, z: at.z + dz + z }))
      if (corners.every(({ x, y, z }) => blocks.nameOf(world.get(x, y, z)) === name)) return corners
    }
    return []
  }
}

module.exports = { Saplings }
