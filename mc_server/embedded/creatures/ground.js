'use strict'
/** What each block means to somebody who walks: free, in the way, water, or harmful; kept in a table by block state. */

/** @type {Record<string, number>} */
const GROUND = { FREE: 0, SOLID: 1, TALL: 2, WATER: 3, LAVA: 4, HARMFUL: 5, CLOSED_DOOR: 6, THIN: 7 }

const HARMFUL = /^(fire|soul_fire|cactus|sweet_berry_bush|wither_rose|campfire|soul_campfire|magma_block|powder_snow|lava_cauldron)$/
const DOOR = /_door$/
const CREATURES_OPEN = /^(?!iron_).*_door$/
/** Lower than this one stands in the block's own place, and steps up without a jump. */
const THIN_HEIGHT = 0.49

class Ground {
  /** @param {any} game */
  constructor (game) {
    this.game = game
    /** @type {number[]} */
    this.known = []
  }

  /** @returns {number} one of GROUND; land that is not loaded is solid */
  at (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ z) {
    const { world } = this.game
    if (!world.isLoaded(x, z)) return GROUND.TALL
    const state = world.get(x, y, z)
    return (this.known[state] ??= this.#kindOf(state))
  }

  #kindOf (/** @type {number} */ state) {
    const { blocks, entities } = this.game
    const name = blocks.nameOf(state)
    if (blocks.isLava(state)) return GROUND.LAVA
    if (HARMFUL.test(name)) return GROUND.HARMFUL
    const height = entities.collisions.shapeOf(state).reduce((/** @type {number} */ top, /** @type {number[]} */ box) => Math.max(top, box[4]), 0)
    if (DOOR.test(name)) return blocks.properties(state).open ? GROUND.FREE : CREATURES_OPEN.test(name) ? GROUND.CLOSED_DOOR : GROUND.TALL
    if (height > 1) return GROUND.TALL
    if (height > THIN_HEIGHT) return GROUND.SOLID
    if (height > 0) return GROUND.THIN
    return isWet(blocks, state) ? GROUND.WATER : GROUND.FREE
  }
}

function isWet (/** @type {any} */ blocks, /** @type {number} */ state) {
  return blocks.isWater(state) || /^(seagrass|tall_seagrass|kelp|kelp_plant|bubble_column)$/.test(blocks.nameOf(state))
}

module.exports = { Ground, GROUND }
