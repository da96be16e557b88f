'use strict'
/**
 * Where players say they are: what is believed, what it costs in food, and when a fall hurts.
 *
 * A step that no body can make (too far, too high, into solid rock) is undone by a teleport back. Hovering is not noticed.
 */

const { Vec3 } = require('vec3')

/** Longest step of one packet, in blocks. A sprinting jump covers 0.4, a blow throws by 0.5. */
const LONGEST_STEP = 1.2
const HIGHEST_STEP = 1.2
/** Falls are faster: terminal velocity is 3.92 blocks a tick. */
const DEEPEST_STEP = 8
const SAFE_FALL = 3
const WALKING_EXHAUSTION = 0
const SPRINTING_EXHAUSTION = 0.1
const SWIMMING_EXHAUSTION = 0.01
const JUMP_EXHAUSTION = 0.05
const SPRINT_JUMP_EXHAUSTION = 0.2
const BODY_MIDDLE = 0.9

/** Actions of the entity_action packet. */
const ACTION = { START_SNEAKING: 0, STOP_SNEAKING: 1, LEAVE_BED: 2, START_SPRINTING: 3, STOP_SPRINTING: 4 }

class Movement {
  /** @param {any} game */
  constructor (game) {
    this.game = game
  }

  handleLook (/** @type {any} */ player, /** @type {any} */ { yaw, pitch }) {
    const { survivor } = player
    if (survivor.awaitedTeleport !== null) return
    survivor.yaw = yaw
    survivor.pitch = pitch
    const bytes = { yaw: angleByte(yaw), pitch: angleByte(pitch) }
    player.yaw = bytes.yaw
    player.pitch = bytes.pitch
    for (const other of this.game.players.all()) {
      if (other === player) continue
      other._client.write('entity_look', { entityId: player.id, ...bytes, onGround: survivor.onGround })
      other._client.write('entity_head_rotation', { entityId: player.id, headYaw: bytes.yaw })
    }
  }

  handleTeleportConfirm (/** @type {any} */ player, /** @type {number} */ teleportId) {
    if (player.survivor.awaitedTeleport === teleportId) player.survivor.awaitedTeleport = null
  }

  handleAction (/** @type {any} */ player, /** @type {number} */ action) {
    const { survivor } = player
    if (action === ACTION.START_SNEAKING || action === ACTION.STOP_SNEAKING) {
      survivor.sneaking = action === ACTION.START_SNEAKING
    } else if (action === ACTION.START_SPRINTING || action === ACTION.STOP_SPRINTING) {
      survivor.sprinting = action === ACTION.START_SPRINTING
    } else if (action === ACTION.LEAVE_BED) {
      this.game.sleeping.wake(player)
    }
  }

  /** A step on the ground bit alone. */
  handleGround (/** @type {any} */ player, /** @type {boolean} */ onGround) {
    this.handlePosition(player, { ...player.position, onGround })
  }

  handlePosition (/** @type {any} */ player, /** @type {{x: number, y: number, z: number, onGround: boolean}} */ { x, y, z, onGround }) {
    const { survivor } = player
    if (survivor.dead || survivor.awaitedTeleport !== null || ![x, y, z].every(Number.isFinite)) return
    const from = player.position
    const to = new Vec3(x, y, z)
    if (!this.#possible(from, to)) {
      this.game.statistics.refusedMoves++
      this.game.players.teleport(player, from)
      return
    }
    this.#exhaust(player, from, to, onGround)
    this.#fall(player, from, to, onGround)
    survivor.onGround = onGround
    player.sendPosition(to, onGround)
    player.position = to
    if (!from.equals(to)) this.game.saving.markChanged()
  }

  #possible (/** @type {Vec3} */ from, /** @type {Vec3} */ to) {
    if (Math.hypot(to.x - from.x, to.z - from.z) > LONGEST_STEP) return false
    if (to.y - from.y > HIGHEST_STEP || from.y - to.y > DEEPEST_STEP) return false
    return !this.#inRock(to) || this.#inRock(from)
  }

  #inRock (/** @type {Vec3} */ { x, y, z }) {
    const { world, blocks } = this.game
    const block = blocks.block(world.get(x, y + BODY_MIDDLE, z))
    return block.boundingBox === 'block' && FULL_BLOCK.test(block.name)
  }

  #exhaust (/** @type {any} */ player, /** @type {Vec3} */ from, /** @type {Vec3} */ to, /** @type {boolean} */ onGround) {
    const { survivor } = player
    const { world, blocks } = this.game
    const distance = Math.hypot(to.x - from.x, to.z - from.z)
    const swimming = blocks.isWater(world.get(to.x, to.y, to.z))
    const perBlock = swimming ? SWIMMING_EXHAUSTION : survivor.sprinting ? SPRINTING_EXHAUSTION : WALKING_EXHAUSTION
    survivor.exhaustion += distance * perBlock
    const jumped = survivor.onGround && !onGround && to.y - from.y > 0.3
    if (jumped) survivor.exhaustion += survivor.sprinting ? SPRINT_JUMP_EXHAUSTION : JUMP_EXHAUSTION
  }

  #fall (/** @type {any} */ player, /** @type {Vec3} */ from, /** @type {Vec3} */ to, /** @type {boolean} */ onGround) {
    const { survivor } = player
    const { world, blocks, health } = this.game
    const at = world.get(to.x, to.y, to.z)
    const held = blocks.isFluid(at) || /ladder|vine|cobweb/.test(blocks.nameOf(at))
    if (held) survivor.fallDistance = 0
    else if (to.y < from.y) survivor.fallDistance += from.y - to.y
    else if (to.y > from.y) survivor.fallDistance = 0
    if (!onGround) return
    const damage = Math.ceil(survivor.fallDistance - SAFE_FALL - 0.01)
    survivor.fallDistance = 0
    if (damage > 0) health.hurt(player, damage, 'fall')
  }
}

/** Blocks that fill their whole cube, by name: enough to keep bodies out of the ground. */
const FULL_BLOCK = /(^|_)(stone|deepslate|dirt|grass_block|sand|gravel|cobblestone|sandstone|bedrock|ore|log|planks|clay|obsidian)$/

function angleByte (/** @type {number} */ degrees) {
  const byte = Math.floor((degrees % 360) * 256 / 360)
  if (byte < -128) return byte + 256
  return byte > 127 ? byte - 256 : byte
}

module.exports = { Movement }
