'use strict'
/** What hurts creatures, and how they die: blows, falls, drowning, fire, lava, cactus, walls, the void. */

const { rollLoot } = require('./loot')

/** A hurt creature feels for so long only what is worse. */
const INVULNERABLE_TICKS = 10
const KNOCK_BACK = 0.4
/** Smaller bodies do no harm to farmland; cubic blocks. */
const TRAMPLING_SIZE = 0.512
const SAFE_FALL = 3
const FULL_AIR = 300
const DROWNING_AIR = -20
const VOID_LEVEL = -128
const DYING_TICKS = 20
const STATUS_DEAD = 3
const STATUS_VANISHES = 60
const FIRE_DAMAGE_TICKS = 20
/** Ticks of burning by what set it on fire. */
const IGNITION = { lava: 300, fire: 160, daylight: 160 }
/** A player's blow counts as the death's cause for so long. */
const CREDIT_TICKS = 100

class Life {
  /** @param {any} game */
  constructor (game) {
    this.game = game
  }

  /** Values of a creature that was just born. */
  fresh () {
    return {
      fallDistance: 0, landed: 0, air: FULL_AIR, fireTicks: 0, hurtTick: -100, lastDamage: 0, dyingTicks: 0, struckBy: null, struckByPlayer: null, struckAge: -1000
    }
  }

  /** What the surroundings do to a creature in a tick. */
  endure (/** @type {any} */ entity, /** @type {import('./kinds').Kind} */ kind) {
    const { game } = this
    const { x, y, z } = entity
    if (y < VOID_LEVEL) return game.hurt(entity, 4, { cause: 'void' })
    if (entity.landed > 0 && entity.width ** 2 * entity.height > TRAMPLING_SIZE && game.rules.get('mobGriefing')) {
      game.farmland.trample({ x: Math.floor(x), y: Math.floor(y - 0.2), z: Math.floor(z) }, entity.landed)
    }
    const fall = Math.ceil(entity.landed - SAFE_FALL - 0.01)
    if (fall > 0 && !kind.fallsSoftly) game.hurt(entity, fall, { cause: 'fall' })
    const feet = game.world.get(x, y + 0.01, z)
    const head = game.world.get(x, y + entity.height * 0.85, z)
    this.#burn(entity, feet)
    if (kind.breathes) this.#breathe(entity, head)
    if (this.#inWall(entity, head)) game.hurt(entity, 1, { cause: 'suffocation' })
    if (entity.age % 5 === 0 && this.#touchesCactus(entity)) game.hurt(entity, 1, { cause: 'cactus' })
    if (kind.burnsByDay) this.#daylight(entity)
  }

  ignite (/** @type {any} */ entity, /** @type {number} */ ticks) {
    const burned = entity.fireTicks > 0
    entity.fireTicks = Math.max(entity.fireTicks, ticks)
    if (!burned && ticks > 0) this.game.entities.sendMetadata(entity)
  }

  #burn (/** @type {any} */ entity, /** @type {number} */ feet) {
    const { game } = this
    const { blocks, weather, entities } = game
    if (blocks.isLava(feet)) {
      this.ignite(entity, IGNITION.lava)
      game.hurt(entity, 4, { cause: 'lava' })
    } else if (/^(soul_)?fire$/.test(blocks.nameOf(feet))) {
      this.ignite(entity, IGNITION.fire)
      game.hurt(entity, 1, { cause: 'fire' })
    }
    if (entity.fireTicks <= 0) return
    const wet = blocks.isWater(feet) || weather.rainsAt(entity.x, entity.y + 1, entity.z)
    entity.fireTicks = wet ? 0 : entity.fireTicks - 1
    if (entity.fireTicks === 0) entities.sendMetadata(entity)
    else if (entity.fireTicks % FIRE_DAMAGE_TICKS === 0) game.hurt(entity, 1, { cause: 'on_fire' })
  }

  #breathe (/** @type {any} */ entity, /** @type {number} */ head) {
    if (!this.game.blocks.isWater(head)) {
      entity.air = Math.min(FULL_AIR, entity.air + 4)
    } else if (--entity.air <= DROWNING_AIR) {
      entity.air = 0
      this.game.hurt(entity, 2, { cause: 'drowning' })
    }
  }

  #inWall (/** @type {any} */ { y, height }, /** @type {number} */ head) {
    const { blocks, entities } = this.game
    const block = blocks.block(head)
    if (block.boundingBox !== 'block' || block.transparent) return false
    const level = y + height * 0.85
    return entities.collisions.shapeOf(head).some((/** @type {number[]} */ box) =>
      box[0] === 0 && box[3] === 1 && box[2] === 0 && box[5] === 1 && level - Math.floor(level) < box[4])
  }

  #touchesCactus (/** @type {any} */ entity) {
    const { world, blocks } = this.game
    const half = entity.width / 2 + 0.07
    for (const [dx, dz] of [[half, 0], [-half, 0], [0, half], [0, -half], [0, 0]]) {
      if (blocks.nameOf(world.get(entity.x + dx, entity.y, entity.z + dz)) === 'cactus') return true
    }
    return blocks.nameOf(world.get(entity.x, entity.y - 0.1, entity.z)) === 'cactus'
  }

  /** Zombies and skeletons catch fire in bright daylight under the open sky. */
  #daylight (/** @type {any} */ entity) {
    const { time, light, random, weather, blocks, world } = this.game
    const { x, y, z } = entity
    const eyes = y + entity.height * 0.87
    if (time.isNight() || light.sky(x, eyes, z) < 15) return
    const brightness = light.at(x, eyes, z) / 15
    if (brightness <= 0.5 || random.next() * 30 >= (brightness - 0.4) * 2) return
    if (weather.rainsAt(x, eyes, z) || blocks.isWater(world.get(x, y + 0.1, z))) return
    this.ignite(entity, IGNITION.daylight)
  }

  /**
   * @param {any} entity
   * @param {number} damage half hearts
   * @param {{cause: string, attacker?: any, direct?: any}} blow
   * @returns {boolean} false when it was not felt
   */
  hurt (entity, damage, blow) {
    const { tick, saving, entities } = this.game
    if (entity.health <= 0) return false
    const sore = tick - entity.hurtTick < INVULNERABLE_TICKS && blow.cause !== 'void'
    if (sore && damage <= entity.lastDamage) return false
    entity.health -= sore ? damage - entity.lastDamage : damage
    entity.lastDamage = damage
    this.#remember(entity, blow)
    if (!sore) {
      entity.hurtTick = tick
      this.#show(entity, blow)
    }
    if (entity.health <= 0) this.#die(entity, blow)
    else entities.sendMetadata(entity)
    saving.markChanged()
    return true
  }

  #remember (/** @type {any} */ entity, /** @type {any} */ { attacker }) {
    if (!attacker) return
    entity.struckAge = entity.age
    if (attacker.survivor) entity.struckByPlayer = attacker.username
    entity.struckBy = attacker.survivor ? attacker.username : attacker.id
  }

  #show (/** @type {any} */ entity, /** @type {any} */ blow) {
    const { entities, damage } = this.game
    entities.broadcast(entity, 'damage_event', damage.event(entity, blow))
    entities.broadcast(entity, 'hurt_animation', { entityId: entity.id, yaw: 0 })
    const source = blow.direct ?? blow.attacker
    if (!source || blow.cause === 'explosion') return
    const from = source.position ?? source
    damage.knockBack(entity, KNOCK_BACK, from.x - entity.x, from.z - entity.z)
    entities.sendVelocity(entity)
  }

  #die (/** @type {any} */ entity, /** @type {any} */ blow) {
    const { entities, statistics, creatures } = this.game
    entity.health = 0
    entity.dyingTicks = DYING_TICKS
    entity.wish = entity.path = null
    entities.broadcast(entity, 'entity_status', { entityId: entity.id, entityStatus: STATUS_DEAD })
    entities.sendMetadata(entity)
    creatures.mindOf(entity).dies?.(entity, blow)
    if (!entity.baby || entity.family === 'monster') this.#leave(entity)
    statistics.killed++
  }

  /** Loot, and experience if a player did it. */
  #leave (/** @type {any} */ entity) {
    const { game } = this
    const { players, itemEntities, windows, creatures } = game
    if (!game.rules.get('doMobLoot')) return
    const recent = entity.struckByPlayer !== null && entity.age - entity.struckAge <= CREDIT_TICKS
    const killer = recent ? players.byName(entity.struckByPlayer) : null
    const looting = killer ? levelOfLooting(windows.held(killer)) : 0
    const death = { burning: entity.fireTicks > 0, byPlayer: recent, looting }
    const loot = [...rollLoot(game, entity.kind, death), ...(creatures.mindOf(entity).loot?.(entity) ?? [])]
    for (const item of loot) itemEntities.spawn({ x: entity.x, y: entity.y + 0.3, z: entity.z }, item)
    if (!recent) return
    const [low, high] = creatures.kindOf(entity).experience
    const amount = game.random.between(low, high)
    game.experience.drop(entity, entity.baby ? Math.floor(amount * 2.5) : amount)
  }

  /** The twenty ticks between death and vanishing. */
  fade (/** @type {any} */ entity) {
    if (--entity.dyingTicks > 0) return
    this.game.entities.broadcast(entity, 'entity_status', { entityId: entity.id, entityStatus: STATUS_VANISHES })
    this.game.entities.remove(entity)
  }
}

const levelOfLooting = (/** @type {any} */ weapon) => weapon?.enchants?.find((/** @type {any} */ { name }) => name === 'looting')?.lvl ?? 0

module.exports = { Life }
