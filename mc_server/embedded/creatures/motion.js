'use strict'
/** How creatures move: where they want to go becomes steps, jumps and strokes; gravity, water and each other do the rest. */

const GRAVITY = 0.08
const AIR_DRAG = 0.98
const AIR_FRICTION = 0.91
const SLIPPERINESS = /** @type {Record<string, number>} */ ({ ice: 0.98, packed_ice: 0.98, frosted_ice: 0.98, blue_ice: 0.989, slime_block: 0.8 })
const COMMON_SLIPPERINESS = 0.6
/** Acceleration where the feet have no hold. */
const AIR_ACCELERATION = 0.02
const WATER = { drag: 0.8, sinking: GRAVITY / 16, leap: 0.3 }
const LAVA = { drag: 0.5, sinking: GRAVITY / 4 }
const FLOATING = { chance: 0.8, lift: 0.04, depth: 0.4 }
const JUMP_SPEED = 0.42
const JUMP_PAUSE_TICKS = 10
const STEP_HEIGHT = 0.6
const CLIMBING_SPEED = 0.2
const HEAD_TURN_DEGREES = 30
const BODY_TURN_DEGREES = 90
const HEAD_LIMIT_DEGREES = 75
const PUSH = 0.1
const SLOW = 0.003

class Motion {
  /** @param {any} game */
  constructor (game) {
    this.game = game
    /** Living bodies of this tick, for who stands in whose way. @type {any[]} */
    this.bodies = []
    this.bodiesTick = -1
  }

  /**
   * One tick of movement. `entity.wish` is where it wants to go: {x, y, z, pace}, or null.
   * @param {any} entity
   * @param {import('./kinds').Kind} kind
   */
  travel (entity, kind) {
    const medium = this.mediumOf(entity)
    const hold = this.#holdOf(entity)
    this.#accelerate(entity, kind, medium, hold)
    if (medium && kind.floats) this.#float(entity)
    if (kind.climbs && entity.blocked) entity.velocity.y = CLIMBING_SPEED
    const before = entity.y
    this.game.entities.slide(entity, STEP_HEIGHT)
    this.#slow(entity, kind, medium, hold)
    this.#countFall(entity, medium, before)
    this.#turn(entity)
    this.#push(entity)
  }

  /** @returns {'water' | 'lava' | null} what the body is in, deeper than the ankles */
  mediumOf (/** @type {any} */ { x, y, z }) {
    const { world, blocks } = this.game
    const state = world.get(x, y + FLOATING.depth, z)
    if (blocks.isLava(state)) return 'lava'
    return blocks.isWater(state) ? 'water' : null
  }

  #holdOf (/** @type {any} */ { x, y, z, onGround }) {
    if (!onGround) return 1
    return SLIPPERINESS[this.game.blocks.nameOf(this.game.world.get(x, y - 0.5, z))] ?? COMMON_SLIPPERINESS
  }

  #accelerate (/** @type {any} */ entity, /** @type {any} */ kind, /** @type {string | null} */ medium, /** @type {number} */ hold) {
    const { wish, velocity } = entity
    if (entity.jumpIn > 0) entity.jumpIn--
    if (!wish) return
    const way = { x: wish.x - entity.x, z: wish.z - entity.z }
    const distance = Math.hypot(way.x, way.z)
    if (distance < 0.01) return
    const speed = kind.speed * wish.pace * (entity.baby && kind.family === 'monster' ? 1.5 : 1)
    const friction = (hold * AIR_FRICTION) ** 3
    const acceleration = speed * (medium || !entity.onGround ? AIR_ACCELERATION : speed * 0.16277 / friction)
    velocity.x += way.x / distance * acceleration
    velocity.z += way.z / distance * acceleration
    entity.yaw = turned(entity.yaw, degreesTowards(way.x, way.z), BODY_TURN_DEGREES)
    const high = wish.y - entity.y > STEP_HEIGHT && distance < Math.max(1, entity.width)
    if ((high || wish.hop) && entity.onGround && !entity.jumpIn) this.jump(entity)
  }

  jump (/** @type {any} */ entity) {
    entity.velocity.y = JUMP_SPEED
    entity.jumpIn = JUMP_PAUSE_TICKS
    entity.onGround = false
  }

  #float (/** @type {any} */ entity) {
    if (this.game.random.chance(FLOATING.chance)) entity.velocity.y += FLOATING.lift
  }

  #slow (/** @type {any} */ entity, /** @type {any} */ kind, /** @type {string | null} */ medium, /** @type {number} */ hold) {
    const { velocity } = entity
    if (medium) {
      const { drag, sinking } = medium === 'water' ? WATER : LAVA
      const ashore = entity.blocked && medium === 'water'
      Object.assign(velocity, { x: velocity.x * drag, y: ashore ? WATER.leap : velocity.y * drag - sinking, z: velocity.z * drag })
    } else {
      const friction = hold * AIR_FRICTION
      velocity.x *= friction
      velocity.z *= friction
      velocity.y = (velocity.y - GRAVITY) * AIR_DRAG
      if (kind.fallsSoftly && velocity.y < 0 && !entity.onGround) velocity.y *= 0.6
    }
    if (Math.abs(velocity.x) < SLOW) velocity.x = 0
    if (Math.abs(velocity.z) < SLOW) velocity.z = 0
  }

  /** Keeps how far it has fallen; `entity.landed` is the depth of a fall that ended in this tick. */
  #countFall (/** @type {any} */ entity, /** @type {string | null} */ medium, /** @type {number} */ before) {
    const gripping = entity.kind === 'spider' && entity.blocked
    if (medium || gripping) entity.fallDistance = 0
    else if (entity.y < before) entity.fallDistance += before - entity.y
    entity.landed = entity.onGround ? entity.fallDistance : 0
    if (entity.onGround) entity.fallDistance = 0
  }

  /** Turns the head towards what is looked at (`entity.gaze`), else ahead; the body follows where the head cannot. */
  #turn (/** @type {any} */ entity) {
    const { gaze } = entity
    let [yaw, pitch] = [entity.yaw, 0]
    if (gaze) {
      const way = { x: gaze.x - entity.x, y: gaze.y - entity.y - entity.height * 0.85, z: gaze.z - entity.z }
      yaw = degreesTowards(way.x, way.z)
      pitch = -Math.atan2(way.y, Math.hypot(way.x, way.z)) * 180 / Math.PI
    }
    entity.headYaw = turned(entity.headYaw, yaw, HEAD_TURN_DEGREES)
    entity.pitch = turned(entity.pitch, pitch, HEAD_TURN_DEGREES)
    const twist = wrapped(entity.headYaw - entity.yaw)
    if (Math.abs(twist) > HEAD_LIMIT_DEGREES) {
      entity.yaw = wrapped(entity.headYaw - Math.sign(twist) * HEAD_LIMIT_DEGREES)
    }
  }

  /** Bodies that overlap move apart; each pair is looked at once. */
  #push (/** @type {any} */ entity) {
    const { players } = this.game
    for (const other of this.#others()) {
      if (other.id <= entity.id || other.health <= 0) continue
      this.#part(entity, other, other.velocity)
    }
    for (const { position, survivor } of players.all()) {
      if (!survivor.dead) this.#part(entity, { x: position.x, y: position.y, z: position.z, width: 0.6, height: 1.8 }, null)
    }
  }

  #others () {
    const { entities, tick, world } = this.game
    if (this.bodiesTick !== tick) {
      this.bodiesTick = tick
      this.bodies = [...entities.all.values()].filter(({ family, x, z }) =>
        (family === 'animal' || family === 'monster') && world.isLoaded(x, z))
    }
    return this.bodies
  }

  #part (/** @type {any} */ a, /** @type {any} */ b, /** @type {any} */ velocity) {
    const reach = (a.width + b.width) / 2
    const x = a.x - b.x
    const z = a.z - b.z
    if (Math.abs(x) >= reach || Math.abs(z) >= reach || a.y >= b.y + b.height || b.y >= a.y + a.height) return
    const larger = Math.max(Math.abs(x), Math.abs(z))
    if (larger < 0.01) return
    const strength = PUSH / 2 / Math.max(1, Math.sqrt(larger)) / Math.sqrt(larger)
    a.velocity.x += x * strength
    a.velocity.z += z * strength
    if (!velocity) return
    velocity.x -= x * strength
    velocity.z -= z * strength
  }
}

/** Yaw of a direction: 0 is south, 90 west. */
const degreesTowards = (/** @type {number} */ x, /** @type {number} */ z) => Math.atan2(-x, z) * 180 / Math.PI

/** An angle from -180 to 180. */
const wrapped = (/** @type {number} */ degrees) => degrees - 360 * Math.floor((degrees + 180) / 360)

function turned (/** @type {number} */ from, /** @type {number} */ to, /** @type {number} */ most) {
  return wrapped(from + Math.max(-most, Math.min(most, wrapped(to - from))))
}

module.exports = { Motion, degreesTowards, wrapped }
