'use strict'
/**
 * What hurts players where they are: fire, lava, water over the head, cactus, berry bushes, magma, campfires, walls around
 * the head, the void. Not covered: powder snow, lightning.
 */

const { bodyBox } = require('../world/rays')

const FULL_AIR = 300
const AIR_RECOVERY = 4
/** Air at which a drowning player is hurt. */
const NO_AIR = -20
const VOID_LEVEL = -128
/** In fire a player starts to burn after a second, burns on for eight, and for fifteen after lava. */
const NOT_BURNING = -20
const FIRE_TICKS = 160
const LAVA_TICKS = 300
const BURN_INTERVAL_TICKS = 20
const SHRUNK = 1e-7
/** Height of the surface of water that has none above. */
const SURFACE = 8 / 9
const HEAD_HALF_WIDTH = 0.24
const MOVED = 0.003

/** @typedef {{x: number, y: number, z: number}} Point */

class Hazards {
  /** @param {any} game */
  constructor (game) {
    this.game = game
  }

  tick (/** @type {any} */ player) {
    const { survivor } = player
    const { gameModes } = this.game
    if (player.position.y < VOID_LEVEL) this.game.hurt(player, 4, { cause: 'void' })
    if (!gameModes.isFree(player)) {
      if (this.isInWall(player)) this.game.hurt(player, 1, { cause: 'suffocation' })
      this.#breathe(player)
      this.#touch(player)
    }
    if (!survivor.dead) this.#burn(player)
    survivor.lastPosition = { x: player.position.x, y: player.position.y, z: player.position.z }
  }

  /** Sets a player on fire, unless it burns longer already. */
  ignite (/** @type {any} */ { survivor }, /** @type {number} */ ticks) {
    survivor.fireTicks = Math.max(survivor.fireTicks, ticks)
  }

  isBurning (/** @type {any} */ player) {
    return player.survivor.fireTicks > 0
  }

  /** Every block that a player's body is in. @returns {(Point & {state: number})[]} */
  blocksInside (/** @type {any} */ player) {
    const { world, reach } = this.game
    const { low, high } = bodyBox(player.position, 0.6, reach.bodyHeight(player), -SHRUNK)
    const blocks = []
    for (let x = Math.floor(low.x); x <= Math.floor(high.x); x++) {
      for (let y = Math.floor(low.y); y <= Math.floor(high.y); y++) {
        for (let z = Math.floor(low.z); z <= Math.floor(high.z); z++) blocks.push({ x, y, z, state: world.get(x, y, z) })
      }
    }
    return blocks
  }

  isInWater (/** @type {any} */ player) {
    return this.blocksInside(player).some(({ y, state }) => this.game.blocks.holdsWater(state) && player.position.y < y + SURFACE)
  }

  /** Whether the eyes are under water. */
  isUnderWater (/** @type {any} */ player) {
    const { world, blocks, reach } = this.game
    const eyes = reach.eyes(player)
    const state = world.get(eyes.x, eyes.y, eyes.z)
    if (!blocks.holdsWater(state)) return false
    return blocks.holdsWater(world.get(eyes.x, eyes.y + 1, eyes.z)) || eyes.y - Math.floor(eyes.y) < this.#depth(state)
  }

  #depth (/** @type {number} */ state) {
    const { blocks } = this.game
    const level = blocks.isWater(state) ? Number(blocks.properties(state).level) : 0
    return level >= 8 ? SURFACE : (8 - level) / 9
  }

  /** Whether a whole, opaque block is around the eyes. */
  isInWall (/** @type {any} */ player) {
    const { world, blocks, reach, entities } = this.game
    const eyes = reach.eyes(player)
    for (const sideX of [-HEAD_HALF_WIDTH, HEAD_HALF_WIDTH]) {
      for (const sideZ of [-HEAD_HALF_WIDTH, HEAD_HALF_WIDTH]) {
        const state = world.get(eyes.x + sideX, eyes.y, eyes.z + sideZ)
        if (state !== 0 && !blocks.block(state).transparent && isCube(entities.collisions.shapeOf(state))) return true
      }
    }
    return false
  }

  #breathe (/** @type {any} */ player) {
    const { survivor } = player
    const { blocks, world, reach, effects, armour, random } = this.game
    const eyes = reach.eyes(player)
    const bubbles = blocks.nameOf(world.get(eyes.x, eyes.y, eyes.z)) === 'bubble_column'
    if (!this.isUnderWater(player) || bubbles) {
      survivor.air = Math.min(FULL_AIR, survivor.air + AIR_RECOVERY)
      return
    }
    if (effects.has(player, 'water_breathing') || effects.has(player, 'conduit_power')) return
    const respiration = armour.enchantment(player, 'respiration')
    if (respiration === 0 || random.next() < 1 / (respiration + 1)) survivor.air--
    if (survivor.air > NO_AIR) return
    survivor.air = 0
    this.game.hurt(player, 2, { cause: 'drowning' })
  }

  /** What the blocks do that the body is in, and the one it stands on. */
  #touch (/** @type {any} */ player) {
    const { blocks, world } = this.game
    const { survivor, position } = player
    let inFire = false
    for (const { state } of this.blocksInside(player)) {
      if (state === 0) continue
      inFire = this.#touchBlock(player, blocks.nameOf(state), state) || inFire
      if (survivor.dead) return
    }
    if (!inFire && survivor.fireTicks <= 0) survivor.fireTicks = NOT_BURNING
    const below = blocks.nameOf(world.get(position.x, position.y - 0.1, position.z))
    if (below === 'magma_block' && survivor.onGround && !survivor.sneaking) this.game.hurt(player, 1, { cause: 'hot_floor' })
  }

  /** @returns {boolean} whether the block is fire */
  #touchBlock (/** @type {any} */ player, /** @type {string} */ name, /** @type {number} */ state) {
    const { blocks, game } = { blocks: this.game.blocks, game: this.game }
    switch (name) {
      case 'lava':
        this.ignite(player, LAVA_TICKS)
        player.survivor.fallDistance *= 0.5
        game.hurt(player, 4, { cause: 'lava' })
        return true
      case 'fire':
      case 'soul_fire':
        if (++player.survivor.fireTicks === 0) this.ignite(player, FIRE_TICKS)
        game.hurt(player, name === 'fire' ? 1 : 2, { cause: 'fire' })
        return true
      case 'campfire':
      case 'soul_campfire':
        if (blocks.properties(state).lit) game.hurt(player, name === 'campfire' ? 1 : 2, { cause: 'fire' })
        return false
      case 'cactus':
        game.hurt(player, 1, { cause: 'cactus' })
        return false
      case 'sweet_berry_bush':
        if (Number(blocks.properties(state).age) > 0 && hasMoved(player)) game.hurt(player, 1, { cause: 'sweet_berry_bush' })
    }
    return false
  }

  #burn (/** @type {any} */ player) {
    const { survivor, position } = player
    const { weather, reach, gameModes } = this.game
    if (survivor.fireTicks <= 0) return
    const wet = this.isInWater(player) || weather.rainsAt(position.x, position.y, position.z) ||
      weather.rainsAt(position.x, position.y + reach.bodyHeight(player), position.z)
    if (wet || gameModes.isFree(player)) {
      survivor.fireTicks = NOT_BURNING
      return
    }
    const inLava = this.blocksInside(player).some(({ state }) => this.game.blocks.isLava(state))
    if (survivor.fireTicks % BURN_INTERVAL_TICKS === 0 && !inLava) this.game.hurt(player, 1, { cause: 'on_fire' })
    survivor.fireTicks--
  }
}

/** Since the last tick, sideways. */
function hasMoved (/** @type {any} */ { position, survivor: { lastPosition } }) {
  return lastPosition && Math.max(Math.abs(position.x - lastPosition.x), Math.abs(position.z - lastPosition.z)) >= MOVED
}

/** Whether boxes fill a whole block. */
function isCube (/** @type {number[][]} */ shapes) {
  return shapes.length === 1 && shapes[0].every((edge, index) => edge === (index < 3 ? 0 : 1))
}

module.exports = { Hazards, FULL_AIR, NOT_BURNING }
