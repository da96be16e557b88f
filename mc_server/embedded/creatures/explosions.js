'use strict'
/**
 * Explosions: rays that break what is weak enough, a blast that hurts and throws by distance and cover. No fire, no TNT.
 */

/** Rays go from the middle through the shell of a cube of so many points on each side. */
const GRID = 16
const STEP = 0.3
const STEP_LOSS = 0.22500001
const RESISTANCE_BASE = 0.3
const FLUID_RESISTANCE = 100
/** Items and orbs vanish from so much damage. */
const ITEM_HEALTH = 5
const PLAYER = { width: 0.6, height: 1.8, eyes: 1.62 }
/** Particles and sound. */
const LOOKS = { small: 'explosion', large: 'explosion_emitter', sound: 'entity.generic.explode' }
/** Blocks are destroyed, and drop by chance. */
const DESTROY_WITH_DECAY = 2

/** @typedef {{x: number, y: number, z: number}} Point */

class Explosions {
  /** @param {any} game */
  constructor (game) {
    this.game = game
  }

  /**
   * @param {Point} middle
   * @param {number} power 3 is a creeper's
   * @param {{attacker?: any, breaks?: boolean}} [how] `breaks`: whether blocks are broken
   */
  explode ({ x, y, z }, power, { attacker = null, breaks = true } = {}) {
    const { breaking, random } = this.game
    const middle = { x, y, z }
    const broken = breaks ? this.#brokenBlocks(middle, power) : []
    const thrown = this.#hurtBodies(middle, power, attacker)
    // Each block drops with a chance of one in the power.
    for (const at of broken) breaking.destroy(at, { drop: random.chance(1 / power) })
    this.#tell(middle, power, broken, thrown)
    this.game.saving.markChanged()
  }

  /** @returns {Point[]} */
  #brokenBlocks (/** @type {Point} */ middle, /** @type {number} */ power) {
    /** @type {Map<string, Point>} */
    const broken = new Map()
    const last = GRID - 1
    for (let i = 0; i < GRID; i++) {
      for (let j = 0; j < GRID; j++) {
        for (let k = 0; k < GRID; k++) {
          const onShell = [i, j, k].some(index => index === 0 || index === last)
          if (onShell) this.#castRay(middle, [i, j, k].map(index => index / last * 2 - 1), power, broken)
        }
      }
    }
    return [...broken.values()]
  }

  #castRay (/** @type {Point} */ middle, /** @type {number[]} */ way, /** @type {number} */ power, /** @type {Map<string, Point>} */ broken) {
    const { world, random } = this.game
    const length = Math.hypot(...way)
    const [dx, dy, dz] = way.map(part => part / length * STEP)
    let { x, y, z } = middle
    for (let strength = power * (0.7 + random.next() * 0.6); strength > 0; strength -= STEP_LOSS) {
      const at = { x: Math.floor(x), y: Math.floor(y), z: Math.floor(z) }
      if (!world.isLoaded(at.x, at.z)) return
      const state = world.get(at.x, at.y, at.z)
      if (state !== 0) {
        strength -= (this.#resistance(state) + RESISTANCE_BASE) * STEP
        if (strength > 0 && !this.game.blocks.isFluid(state)) broken.set(`${at.x},${at.y},${at.z}`, at)
      }
      x += dx
      y += dy
      z += dz
    }
  }

  #resistance (/** @type {number} */ state) {
    const { blocks } = this.game
    if (blocks.isFluid(state)) return FLUID_RESISTANCE
    const { resistance, hardness } = blocks.block(state)
    return hardness < 0 ? Infinity : resistance ?? 0
  }

  /** Hurts everybody within twice the power. @returns {Map<any, Point>} how players are thrown */
  #hurtBodies (/** @type {Point} */ middle, /** @type {number} */ power, /** @type {any} */ attacker) {
    const { players, entities } = this.game
    /** @type {Map<any, Point>} */
    const thrown = new Map()
    for (const player of players.all()) {
      if (player.survivor.dead) continue
      const push = this.#strike({ ...PLAYER, ...pointOf(player.position) }, player, middle, power, attacker)
      if (push) thrown.set(player, push)
    }
    for (const entity of [...entities.all.values()]) {
      const push = this.#strike({ eyes: entity.height * 0.85, ...entity }, entity, middle, power, attacker)
      if (!push) continue
      for (const axis of /** @type {('x' | 'y' | 'z')[]} */ (['x', 'y', 'z'])) entity.velocity[axis] += push[axis]
      entities.sendVelocity(entity)
    }
    return thrown
  }

  /** @returns {Point | null} how the body is thrown; null when it is out of reach */
  #strike (/** @type {any} */ body, /** @type {any} */ target, /** @type {Point} */ middle, /** @type {number} */ power, /** @type {any} */ attacker) {
    const reach = power * 2
    const distance = Math.hypot(body.x - middle.x, body.y - middle.y, body.z - middle.z) / reach
    if (distance > 1) return null
    const way = [body.x - middle.x, body.y + body.eyes - middle.y, body.z - middle.z]
    const length = Math.hypot(...way)
    if (length === 0) return null
    const impact = (1 - distance) * this.#exposure(body, middle)
    const damage = Math.floor((impact * impact + impact) / 2 * 7 * reach + 1)
    const loose = target.family === 'item' || target.family === 'orb'
    if (loose && damage >= ITEM_HEALTH) {
      this.game.entities.remove(target)
      return null
    }
    if (impact > 0 && !loose) this.game.hurt(target, damage, { cause: 'explosion', attacker, direct: attacker })
    return { x: way[0] / length * impact, y: way[1] / length * impact, z: way[2] / length * impact }
  }

  /** The share of a body that the middle can be seen from. */
  #exposure (/** @type {any} */ { x, y, z, width, height }, /** @type {Point} */ middle) {
    const { collisions } = this.game.entities
    const step = { sideways: 1 / (width * 2 + 1), up: 1 / (height * 2 + 1) }
    const shift = (1 - Math.floor(1 / step.sideways) * step.sideways) / 2
    let seen = 0
    let all = 0
    for (let i = 0; i <= 1; i += step.sideways) {
      for (let j = 0; j <= 1; j += step.up) {
        for (let k = 0; k <= 1; k += step.sideways) {
          const point = { x: x + (i - 0.5 + shift) * width, y: y + j * height, z: z + (k - 0.5 + shift) * width }
          if (collisions.isClear(point, middle)) seen++
          all++
        }
      }
    }
    return seen / all
  }

  #tell (/** @type {Point} */ middle, /** @type {number} */ power, /** @type {Point[]} */ broken, /** @type {Map<any, Point>} */ thrown) {
    const { players, chunks, registry } = this.game
    const affectedBlockOffsets = broken.map(({ x, y, z }) => ({ x: x - Math.floor(middle.x), y: y - Math.floor(middle.y), z: z - Math.floor(middle.z) }))
    for (const player of players.all()) {
      if (!chunks.hasSent(player, middle.x, middle.z)) continue
      const push = thrown.get(player) ?? { x: 0, y: 0, z: 0 }
      player._client.write('explosion', {
        ...middle,
        radius: power,
        affectedBlockOffsets,
        playerMotionX: push.x,
        playerMotionY: push.y,
        playerMotionZ: push.z,
        block_interaction_type: DESTROY_WITH_DECAY,
        small_explosion_particle: { type: LOOKS.small },
        large_explosion_particle: { type: LOOKS.large },
        sound: { soundId: registry.soundsByName[LOOKS.sound].id }
      })
    }
  }
}

const pointOf = (/** @type {Point} */ { x, y, z }) => ({ x, y, z })

module.exports = { Explosions }
