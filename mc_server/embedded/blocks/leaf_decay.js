'use strict'
/**
 * Leaves know how far they are from a log, from 1 to 7; natural leaves at 7 fall to dust by random ticks, with their drops.
 * A change passes from leaf to leaf, one step a tick.
 */

const { SIDES, beside } = require('../world/directions')

const FARTHEST = 7
const LOG = /_(log|wood)$/

/** @typedef {{x: number, y: number, z: number}} Point */

class LeafDecay {
  /** @param {any} game */
  constructor (game) {
    this.game = game
    const { blocks, registry, updates, blockTicks, randomTicks } = game
    const names = registry.blocksArray.map((/** @type {any} */ { name }) => name).filter((/** @type {string} */ name) => name.endsWith('_leaves'))
    /** Distance of things from a log by state: logs 0, leaves 1 to 7, all else 7. */
    this.distances = new Uint8Array(blocks.solid.length).fill(FARTHEST)
    for (const { name, minStateId, maxStateId } of registry.blocksArray) {
      for (let state = minStateId; state <= maxStateId; state++) {
        if (LOG.test(name)) this.distances[state] = 0
        else if (name.endsWith('_leaves')) this.distances[state] = Number(blocks.properties(state).distance)
      }
    }
    updates.on(names, (/** @type {Point} */ at, /** @type {number} */ state) => {
      if (this.#distanceAt(at) !== this.distances[state]) blockTicks.schedule(at, 1, 'leaves')
    })
    blockTicks.on('leaves', (/** @type {Point} */ at) => this.#measure(at))
    const decays = (/** @type {number} */ state) => this.distances[state] === FARTHEST && !blocks.properties(state).persistent
    randomTicks.on(names, (/** @type {Point} */ at) => game.breaking.destroy(at), { only: decays })
  }

  #distanceAt (/** @type {Point} */ at) {
    const { world } = this.game
    const around = SIDES.map(side => {
      const { x, y, z } = beside(at, side)
      return this.distances[world.get(x, y, z)]
    })
    return Math.min(FARTHEST, Math.min(...around) + 1)
  }

  #measure (/** @type {Point} */ at) {
    const { world, blocks } = this.game
    const state = world.get(at.x, at.y, at.z)
    if (blocks.nameOf(state).endsWith('_leaves')) world.set(at.x, at.y, at.z, blocks.change(state, { distance: this.#distanceAt(at) }))
  }
}

module.exports = { LeafDecay }
