'use strict'
/** What a player can touch, and what it looks at. */

const { Vec3 } = require('vec3')

const EYE_HEIGHT = { standing: 1.62, sneaking: 1.27, sleeping: 0.2 }
const BODY_HEIGHT = { standing: 1.8, sneaking: 1.5, sleeping: 0.2 }
/** From the eyes to the middle of a block: 4.5 blocks of reach and what the original server adds for the block's size. */
const BLOCK_REACH = 6
const ENTITY_REACH = 5
const WINDOW_REACH = 8
const RAY_STEP = 0.05
/** How far buckets, bottles and lily pads are used: further than a hand. */
const RAY_LENGTH = 5

class Reach {
  /** @param {any} game */
  constructor (game) {
    this.game = game
  }

  /** @returns {Vec3} */
  eyes (/** @type {any} */ player) {
    return player.position.offset(0, EYE_HEIGHT[poseOf(player)], 0)
  }

  bodyHeight (/** @type {any} */ player) {
    return BODY_HEIGHT[poseOf(player)]
  }

  canTouch (/** @type {any} */ player, /** @type {{x: number, y: number, z: number}} */ block) {
    return this.eyes(player).distanceTo(new Vec3(block.x + 0.5, block.y + 0.5, block.z + 0.5)) <= BLOCK_REACH
  }

  /** Whether a window of a block stays open. */
  isNear (/** @type {any} */ player, /** @type {{x: number, y: number, z: number}} */ { x, y, z }) {
    return player.position.distanceTo(new Vec3(x + 0.5, y + 0.5, z + 0.5)) <= WINDOW_REACH
  }

  canHit (/** @type {any} */ player, /** @type {any} */ entity) {
    return this.eyes(player).distanceTo(new Vec3(entity.x, entity.y + entity.height / 2, entity.z)) <= ENTITY_REACH
  }

  /**
   * Follows the player's view.
   * @param {any} player
   * @param {(state: number) => boolean} stops which blocks end the view
   * @returns {{hit: Vec3, before: Vec3 | null} | null} the block that stopped it and the one before it
   */
  look (player, stops) {
    const yaw = player.survivor.yaw * Math.PI / 180
    const pitch = player.survivor.pitch * Math.PI / 180
    const step = new Vec3(-Math.sin(yaw) * Math.cos(pitch), -Math.sin(pitch), Math.cos(yaw) * Math.cos(pitch)).scaled(RAY_STEP)
    let point = this.eyes(player)
    let before = null
    for (let travelled = 0; travelled < RAY_LENGTH; travelled += RAY_STEP) {
      point = point.plus(step)
      const block = point.floored()
      if (stops(this.game.world.get(block.x, block.y, block.z))) return { hit: block, before }
      before = block
    }
    return null
  }
}

function poseOf (/** @type {any} */ { survivor }) {
  if (survivor.asleepSince !== null) return 'sleeping'
  return survivor.sneaking ? 'sneaking' : 'standing'
}

module.exports = { Reach }
