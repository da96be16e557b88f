'use strict'
/**
 * What flies straight until something stops it: arrows, snowballs, eggs, ender pearls.
 *
 * A projectile's path is followed by a ray each tick, so that nothing is passed through. Arrows stick in what they hit and,
 * when a player shot them, can be taken back. Not covered: tridents, fireworks, fireballs, arrows of potions.
 */

const { along, bodyBox, boxOnWay, boxesMeet } = require('../world/rays')

/** Fall and slowing in blocks a tick, by kind; the rest is as what is thrown. */
const FLIGHT = {
  arrow: { gravity: 0.05, waterDrag: 0.6, width: 0.5 },
  thrown: { gravity: 0.03, waterDrag: 0.8, width: 0.25 }
}
const AIR_DRAG = 0.99
/** How much wider than their body targets are for a projectile. */
const MARGIN = 0.3
const STUCK_LIFETIME_TICKS = 1200
const FLIGHT_LIFETIME_TICKS = 1200
/** An arrow that struck trembles before it can be taken. */
const SHAKE_TICKS = 7
const PICK_UP = { sideways: 1.3 + 0.25, down: 0.5 + 0.5, up: 1.8 + 0.5 }
const BOUNCE = -0.1
const PUNCH_SPEED = 0.6
const FLAME_TICKS = 100
const PEARL_DAMAGE = 5
const CHICKEN_CHANCE = 1 / 8
const LOWEST = -128

/** @typedef {{x: number, y: number, z: number}} Point */

class Projectiles {
  /** @param {any} game */
  constructor (game) {
    this.game = game
  }

  /**
   * @param {object} shot
   * @param {string} shot.kind arrow, snowball, egg or ender_pearl
   * @param {Point} shot.from
   * @param {Point} shot.velocity blocks a tick
   * @param {any} [shot.shooter] player or entity
   * @param {number} [shot.damage] of an arrow: half hearts for each block a tick of its speed
   * @param {any} [shot.item] what a player gets who picks it up; none when it cannot be
   * @param {boolean} [shot.critical] a fully drawn bow's
   * @param {number} [shot.punch] levels of further knock-back
   * @param {boolean} [shot.flame] it sets on fire what it hits
   * @returns {any} the projectile
   */
  shoot ({ kind, from, velocity, shooter = null, damage = 2, item = null, critical = false, punch = 0, flame = false }) {
    const { width } = flightOf(kind)
    this.game.saving.markChanged()
    return this.game.entities.spawn({
      family: 'projectile',
      kind,
      x: from.x,
      y: from.y,
      z: from.z,
      velocity: { ...velocity },
      ...directionOf(velocity),
      width,
      height: width,
      damage,
      critical,
      punch,
      flame,
      carried: item ? this.game.items.pack(item) : null,
      shooterName: shooter?.survivor ? shooter.username : null,
      shooterId: shooter && !shooter.survivor ? shooter.id : null,
      leftShooter: shooter === null,
      stuck: null,
      stuckTicks: 0
    })
  }

  /** Clients tell by this who shot. */
  objectData (/** @type {any} */ projectile) {
    return this.shooterOf(projectile)?.id ?? 0
  }

  /** @returns {any} the player or entity whose projectile it is, or null when it is gone */
  shooterOf (/** @type {any} */ { shooterName, shooterId }) {
    if (shooterName !== null) return this.game.players.byName(shooterName) ?? null
    return this.game.entities.all.get(shooterId) ?? null
  }

  tick (/** @type {any} */ projectile) {
    if (projectile.stuck) return this.#rest(projectile)
    if (projectile.age > FLIGHT_LIFETIME_TICKS || projectile.y < LOWEST) return this.game.entities.remove(projectile)
    const wall = this.game.rays.blockOnWay(projectile, projectile.velocity)
    const victim = this.#victim(projectile, wall?.share ?? 1)
    if (victim) return this.#strike(projectile, victim)
    if (wall) return this.#land(projectile, wall)
    this.#fly(projectile)
  }

  #fly (/** @type {any} */ projectile) {
    const { world, blocks } = this.game
    const { velocity } = projectile
    const { gravity, waterDrag } = flightOf(projectile.kind)
    Object.assign(projectile, along(projectile, velocity, 1), directionOf(velocity))
    const drag = blocks.isWater(world.get(projectile.x, projectile.y, projectile.z)) ? waterDrag : AIR_DRAG
    velocity.x *= drag
    velocity.y = velocity.y * drag - gravity
    velocity.z *= drag
    if (blocks.isLava(world.get(projectile.x, projectile.y, projectile.z))) projectile.flame = true
    else if (drag === waterDrag) projectile.flame = false
  }

  /** @returns {any} the first body on the way of this tick */
  #victim (/** @type {any} */ projectile, /** @type {number} */ freeShare) {
    const { players, entities } = this.game
    const shooter = projectile.leftShooter ? null : this.shooterOf(projectile)
    if (shooter && !this.#near(projectile, shooter)) projectile.leftShooter = true
    let nearest = freeShare
    let victim = null
    const consider = (/** @type {any} */ body, /** @type {Point} */ feet, /** @type {number} */ width, /** @type {number} */ height) => {
      if (body === shooter && !projectile.leftShooter) return
      const share = boxOnWay(projectile, projectile.velocity, bodyBox(feet, width, height, MARGIN))
      if (share === null || share > nearest) return
      nearest = share
      victim = body
    }
    for (const player of players.all()) {
      if (!player.survivor.dead) consider(player, player.position, 0.6, heightOf(player))
    }
    for (const entity of entities.all.values()) {
      if (entities.families[entity.family].hurt && entity.health > 0) consider(entity, entity, entity.width, entity.height)
    }
    return victim
  }

  /** Whether it has not yet left the body it came from. */
  #near (/** @type {any} */ projectile, /** @type {any} */ shooter) {
    const feet = shooter.survivor ? shooter.position : shooter
    const body = bodyBox(feet, shooter.survivor ? 0.6 : shooter.width, heightOf(shooter), 1)
    return boxesMeet(body, bodyBox(projectile, projectile.width, projectile.height))
  }

  #strike (/** @type {any} */ projectile, /** @type {any} */ victim) {
    const { entities, game } = { entities: this.game.entities, game: this.game }
    const attacker = this.shooterOf(projectile)
    if (projectile.kind !== 'arrow') {
      game.hurt(victim, 0, { cause: 'thrown', attacker, direct: projectile })
      return this.#burst(projectile)
    }
    const { x, y, z } = projectile.velocity
    let damage = Math.ceil(Math.hypot(x, y, z) * projectile.damage)
    if (projectile.critical) damage += game.random.between(0, Math.floor(damage / 2) + 1)
    const hurt = game.hurt(victim, damage, { cause: 'arrow', attacker, direct: projectile })
    if (hurt === false) {
      Object.assign(projectile.velocity, { x: x * BOUNCE, y: y * BOUNCE, z: z * BOUNCE })
      projectile.leftShooter = true
      projectile.critical = false
      return
    }
    if (projectile.punch > 0) game.damage.knockBack(victim, projectile.punch * PUNCH_SPEED, -x, -z)
    if (projectile.flame) game.setOnFire(victim, FLAME_TICKS)
    entities.remove(projectile)
  }

  #land (/** @type {any} */ projectile, /** @type {{at: Point, block: Point}} */ { at, block }) {
    const { world, saving } = this.game
    Object.assign(projectile, at)
    if (projectile.kind !== 'arrow') return this.#burst(projectile)
    projectile.velocity = { x: 0, y: 0, z: 0 }
    projectile.critical = false
    projectile.leftShooter = true
    projectile.stuck = { ...block, state: world.get(block.x, block.y, block.z) }
    projectile.stuckTicks = 0
    projectile.onGround = true
    saving.markChanged()
  }

  /** An arrow in a block: it waits, falls on when the block is gone, is taken, vanishes. */
  #rest (/** @type {any} */ projectile) {
    const { world, entities, saving } = this.game
    const { x, y, z, state } = projectile.stuck
    if (world.get(x, y, z) !== state) {
      Object.assign(projectile, { stuck: null, onGround: false, velocity: { x: 0, y: 0, z: 0 }, age: 0 })
      saving.markChanged()
    } else if (++projectile.stuckTicks >= STUCK_LIFETIME_TICKS) {
      entities.remove(projectile)
    } else if (projectile.carried && projectile.stuckTicks > SHAKE_TICKS) {
      this.#offer(projectile)
    }
  }

  #offer (/** @type {any} */ projectile) {
    const { players, windows, items, entities } = this.game
    for (const player of players.all()) {
      const { x, y, z } = player.position
      const near = Math.abs(projectile.x - x) <= PICK_UP.sideways && Math.abs(projectile.z - z) <= PICK_UP.sideways &&
        projectile.y >= y - PICK_UP.down && projectile.y <= y + PICK_UP.up
      if (player.survivor.dead || !near || windows.give(player, items.unpack(projectile.carried)) > 0) continue
      entities.broadcast(projectile, 'collect', {
        collectedEntityId: projectile.id, collectorEntityId: player.id, pickupItemCount: 1
      })
      return entities.remove(projectile)
    }
  }

  /** What was thrown breaks, and does what it does. */
  #burst (/** @type {any} */ projectile) {
    const { entities, players, random, creatures } = this.game
    entities.remove(projectile)
    if (projectile.kind === 'egg' && random.chance(CHICKEN_CHANCE)) {
      for (let count = random.chance(1 / 32) ? 4 : 1; count > 0; count--) {
        creatures.spawn('chicken', projectile, { baby: true })
      }
    }
    const thrower = projectile.kind === 'ender_pearl' ? this.shooterOf(projectile) : null
    if (!thrower?.survivor || thrower.survivor.dead) return
    players.teleport(thrower, projectile)
    this.game.hurt(thrower, PEARL_DAMAGE, { cause: 'fall' })
  }
}

/** Where its head points, in degrees. */
function directionOf (/** @type {Point} */ { x, y, z }) {
  return { yaw: Math.atan2(x, z) * 180 / Math.PI, pitch: Math.atan2(y, Math.hypot(x, z)) * 180 / Math.PI }
}

const flightOf = (/** @type {string} */ kind) => kind === 'arrow' ? FLIGHT.arrow : FLIGHT.thrown

const heightOf = (/** @type {any} */ body) => body.survivor ? (body.survivor.sneaking ? 1.5 : 1.8) : body.height

module.exports = { Projectiles }
