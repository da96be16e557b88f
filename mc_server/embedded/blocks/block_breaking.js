'use strict'
/** Takes a block out of the world with everything that belongs to it: its contents, its other half, the water in it, its drops. */

/** @typedef {{x: number, y: number, z: number}} Point */

class BlockBreaking {
  /** @param {any} game */
  constructor (game) {
    this.game = game
  }

  /**
   * @param {Point} at
   * @param {{drop?: boolean, tool?: any, byHand?: boolean}} [options] tool: what it was broken with; byHand: by a player
   * @returns {any[]} the items that it dropped
   */
  destroy (at, { drop = true, tool = null, byHand = false } = {}) {
    const { world, containers, drops, itemEntities, rules } = this.game
    const state = world.get(at.x, at.y, at.z)
    if (state === 0) return []
    const items = drop && rules.get('doTileDrops') ? drops.of(state, tool, { byHand }) : []
    containers.spill(at, items)
    world.set(at.x, at.y, at.z, this.#left(at, state, byHand && items.length === 0))
    for (const item of items) itemEntities.spawnInBlock(at, item)
    return items
  }

  /** What is there afterwards: the water that stood in the block, or that ice was. */
  #left (/** @type {Point} */ { x, y, z }, /** @type {number} */ state, /** @type {boolean} */ melts) {
    const { world, blocks } = this.game
    const below = world.get(x, y - 1, z)
    const wet = blocks.nameOf(state) === 'ice'
      ? melts && (blocks.solid[below] === 1 || blocks.isFluid(below))
      : blocks.holdsWater(state) && !blocks.isWater(state)
    return wet ? blocks.water.first : 0
  }
}

module.exports = { BlockBreaking }
