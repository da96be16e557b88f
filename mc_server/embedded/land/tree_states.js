'use strict'
/** Trees as blocks, for new land and for saplings alike. */

const { shapeTree, KINDS } = require('./tree_shapes')
const { PIECE } = require('./tree_draft')

/** Farthest distance that leaves know. */
const DISTANCES = 7

class TreeStates {
  /** @param {any} registry prismarine-registry of the version */
  constructor (registry) {
    /** By kind and piece: the state. @type {Record<string, Uint16Array>} */
    this.states = {}
    /** By state: how far leaves are from wood, 0 for anything else. */
    this.distances = new Uint8Array(1 + Math.max(...registry.blocksArray.map((/** @type {any} */ block) => block.maxStateId)))
    for (const [kind, { wood, leaves = wood }] of Object.entries(KINDS)) {
      const log = registry.blocksByName[`${wood}_log`].minStateId
      const firstLeaf = this.#leaves(registry.blocksByName[`${leaves}_leaves`])
      const states = new Uint16Array(PIECE.LEAVES + DISTANCES + 1)
      states.set([log, log + 1, log + 2], PIECE.LOG_X)
      for (let distance = 1; distance <= DISTANCES; distance++) states[PIECE.LEAVES + distance] = firstLeaf + (distance - 1) * 4
      this.states[kind] = states
    }
  }

  /**
   * Leaves count their states by distance, then `persistent`, then `waterlogged`, true before false.
   * @returns {number} the state of natural dry leaves next to a log
   */
  #leaves (/** @type {any} */ { minStateId }) {
    for (let distance = 1; distance <= DISTANCES; distance++) this.distances.fill(distance, minStateId + (distance - 1) * 4, minStateId + distance * 4)
    return minStateId + 3
  }

  /**
   * @param {string} kind a wood, or one of its other shapes, see `KINDS` in `tree_shapes.js`
   * @param {{x: number, y: number, z: number}} root the lowest log; of the four of a dark oak the one to the north-west
   * @param {import('./tree_shapes').Chance} random
   * @returns {{x: number, y: number, z: number, state: number}[]} logs first, then leaves outwards from them
   */
  treeBlocks (kind, root, random) {
    const { pieces } = shapeTree(kind, random)
    const states = this.states[kind]
    const blocks = []
    for (let at = 0; at < pieces.length; at += 4) {
      blocks.push({ x: root.x + pieces[at], y: root.y + pieces[at + 1], z: root.z + pieces[at + 2], state: states[pieces[at + 3]] })
    }
    return blocks
  }
}

module.exports = { TreeStates }
