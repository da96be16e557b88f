'use strict'
/**
 * Where players say they are: what is believed, what it costs in food, and when a fall hurts.
 *
 * A step that no body can make (too far, too high, into solid rock) is undone by a teleport back, and so is walking on air.
 * Speed is not measured closer than that.
 */

const { Vec3 } = require('vec3')
const { bodyBox } = require('../world/rays')

/** Longest step of one packet, in blocks. A sprinting jump covers 0.4, a blow throws by 0.5. */
const LONGEST_STEP = 1.2
const HIGHEST_STEP = 1.2
/** Falls are faster: terminal velocity is 3.92 blocks a tick. */
const DEEPEST_STEP = 8
const SAFE_FALL = 3
/** Sums of small steps are not exact. */
const FALL_TOLERANCE = 0.01
const EXHAUSTION = { SPRINTING: 0.1, SWIMMING: 0.01, JUMP: 0.05, SPRINT_JUMP: 0.2 }
/** A hungrier player cannot sprint. */
const SPRINTING_FOOD = 6
const BODY_MIDDLE = 0.9
/** So many steps in a row that do not sink, with nothing near under the feet, are flying. */
const HOVERING_STEPS = 80
const SINKING = -0.03125
const NEAR_GROUND = 0.6
/** What part of the pain of a fall is felt on a block; on a bed the fall counts as half as deep. */
const SOFTNESS = /** @type {Record<string, number>} */ ({ slime_block: 0, hay_block: 0.2, honey_block: 0.2 })
const BED_DEPTH = 0.5
const CLIMBABLE = /^(ladder|scaffolding|vine|weeping_vines.*|twisting_vines.*|cave_vines.*)$/
/** They hold a body back, so that no fall goes on in them. */
const STICKY = /^(cobweb|sweet_berry_bush|powder_snow)$/

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
    if (action === ACTION.LEAVE_BED) return this.game.sleeping.wake(player)
    if (survivor.dead || survivor.asleepSince !== null) return
    if (action === ACTION.START_SNEAKING || action === ACTION.STOP_SNEAKING) {
      survivor.sneaking = action === ACTION.START_SNEAKING
    } else if (action === ACTION.START_SPRINTING || action === ACTION.STOP_SPRINTING) {
      survivor.sprinting = action === ACTION.START_SPRINTING && survivor.food > SPRINTING_FOOD
    }
  }

  /** A step on the ground bit alone. */
  handleGround (/** @type {any} */ player, /** @type {boolean} */ onGround) {
    this.handlePosition(player, { ...player.position, onGround })
  }

  handlePosition (/** @type {any} */ player, /** @type {{x: number, y: number, z: number, onGround: boolean}} */ { x, y, z, onGround }) {
    const { survivor } = player
    if (survivor.dead || survivor.awaitedTeleport !== null || survivor.asleepSince !== null) return
    if (![x, y, z].every(Number.isFinite)) return
    const from = player.position
    const to = new Vec3(x, y, z)
    if (!this.#possible(player, from, to)) {
      this.game.statistics.refusedMoves++
      this.game.players.teleport(player, from)
      return
    }
    this.#exhaust(player, from, to, onGround)
    player.sendPosition(to, onGround)
    player.position = to
    this.#fall(player, to.y - from.y, onGround)
    survivor.onGround = onGround
    if (!from.equals(to)) this.game.saving.markChanged()
  }

  #possible (/** @type {any} */ player, /** @type {Vec3} */ from, /** @type {Vec3} */ to) {
    if (this.game.gameModes.isFree(player)) return true
    if (Math.hypot(to.x - from.x, to.z - from.z) > LONGEST_STEP) return false
    if (to.y - from.y > HIGHEST_STEP || from.y - to.y > DEEPEST_STEP) return false
    if (this.#hovers(player, from, to)) return false
    return !this.#inRock(to) || this.#inRock(from)
  }

  /** Counts steps that no falling body makes. */
  #hovers (/** @type {any} */ player, /** @type {Vec3} */ from, /** @type {Vec3} */ to) {
    const { survivor } = player
    const { effects, entities, blocks, world } = this.game
    const held = to.y - from.y < SINKING || effects.has(player, 'levitation') || effects.has(player, 'slow_falling') ||
      blocks.holdsWater(world.get(to.x, to.y, to.z)) || this.#isNearSomething(entities, to)
    survivor.hoveringSteps = held ? 0 : survivor.hoveringSteps + 1
    if (survivor.hoveringSteps <= HOVERING_STEPS) return false
    survivor.hoveringSteps = 0
    return true
  }

  #isNearSomething (/** @type {any} */ entities, /** @type {Vec3} */ to) {
    const { low, high } = bodyBox(to, 0.6, 1.8, 0.0625)
    if (entities.collisions.isBlocked([low.x, low.y - NEAR_GROUND, low.z, high.x, high.y, high.z])) return true
    const { blocks, world } = this.game
    return [0, -1].some(down => /ladder|vine|scaffolding|cobweb|water|lava/.test(blocks.nameOf(world.get(to.x, to.y + down, to.z))))
  }

  #inRock (/** @type {Vec3} */ { x, y, z }) {
    const { world, blocks } = this.game
    const block = blocks.block(world.get(x, y + BODY_MIDDLE, z))
    return block.boundingBox === 'block' && FULL_BLOCK.test(block.name)
  }

  #exhaust (/** @type {any} */ player, /** @type {Vec3} */ from, /** @type {Vec3} */ to, /** @type {boolean} */ onGround) {
    const { survivor } = player
    const { hunger, hazards } = this.game
    if (survivor.food <= SPRINTING_FOOD) survivor.sprinting = false
    if (hazards.isInWater(player)) {
      hunger.exhaust(player, from.distanceTo(to) * EXHAUSTION.SWIMMING)
    } else if (survivor.sprinting) {
      hunger.exhaust(player, Math.hypot(to.x - from.x, to.z - from.z) * EXHAUSTION.SPRINTING)
    }
    const jumped = survivor.onGround && !onGround && to.y - from.y > 0.3
    if (jumped) hunger.exhaust(player, survivor.sprinting ? EXHAUSTION.SPRINT_JUMP : EXHAUSTION.JUMP)
  }

  isClimbing (/** @type {any} */ { position: { x, y, z } }) {
    const { world, blocks } = this.game
    return CLIMBABLE.test(blocks.nameOf(world.get(x, y, z)))
  }

  #fall (/** @type {any} */ player, /** @type {number} */ risen, /** @type {boolean} */ onGround) {
    const { survivor } = player
    if (this.#isHeld(player)) survivor.fallDistance = 0
    else if (risen < 0) survivor.fallDistance -= risen
    if (!onGround) return
    const distance = survivor.fallDistance
    survivor.fallDistance = 0
    if (distance > 0) this.#land(player, distance)
  }

  /** Whether something ends a fall without harm: water, ladders, cobwebs, effects. */
  #isHeld (/** @type {any} */ player) {
    const { effects, hazards, blocks } = this.game
    if (effects.has(player, 'slow_falling') || effects.has(player, 'levitation')) return true
    if (this.isClimbing(player) || hazards.isInWater(player)) return true
    return hazards.blocksInside(player).some((/** @type {{state: number}} */ { state }) => STICKY.test(blocks.nameOf(state)))
  }

  #land (/** @type {any} */ player, /** @type {number} */ distance) {
    const { world, blocks, effects } = this.game
    const { x, y, z } = player.position
    const ground = blocks.nameOf(world.get(x, y - 0.2, z))
    this.game.farmland.trample({ x: Math.floor(x), y: Math.floor(y - 0.2), z: Math.floor(z) }, distance)
    const felt = ground === 'slime_block' && player.survivor.sneaking ? 1 : SOFTNESS[ground] ?? 1
    const depth = ground.endsWith('_bed') ? distance * BED_DEPTH : distance
    const safe = SAFE_FALL + effects.level(player, 'jump_boost')
    const damage = Math.ceil((depth - safe) * felt - FALL_TOLERANCE)
    if (damage <= 0) return
    player.survivor.lastFall = distance
    this.game.hurt(player, damage, { cause: 'fall' })
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
