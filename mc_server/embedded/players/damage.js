'use strict'
/**
 * Damage to players: what shields, armour and effects hold off, how long one is safe after a blow, knock-back.
 *
 * What hurts is decided elsewhere (`hazards.js`, `hunger.js`, `combat.js`, ...); what follows death is in `death.js`.
 */

const { damageType, BYPASSES_ARMOUR, BYPASSES_EFFECTS, FIRE, KNOCKS_BACK } = require('../tables/damage')

/** Ticks after a blow in which only a harder one hurts, and only by what it is harder. */
const INVULNERABLE_TICKS = 10
const DAMAGE_EXHAUSTION = 0.1
/** Causes that make nobody hungry. */
const WITHOUT_EXHAUSTION = new Set(['on_fire', 'drowning', 'suffocation', 'void', 'starvation', 'fall', 'magic', 'poison', 'wither', 'freeze', 'test'])
const KNOCKBACK = 0.4
const RESISTANCE_PER_LEVEL = 5
/** How long somebody who hurt a player is held to be the cause of its death. */
const BLAME_TICKS = 100
const VELOCITY_UNIT = 8000
const DIFFICULTY = { PEACEFUL: 0, EASY: 1, HARD: 3 }

/** @typedef {{cause: string, attacker?: any, direct?: any}} Blow */

class Damage {
  /** @param {any} game */
  constructor (game) {
    this.game = game
    /** Numbers of the damage types as the login packet lists them. @type {Record<string, number>} */
    this.typeIds = {}
    for (const { name, id } of game.registry.loginPacket.dimensionCodec.value['minecraft:damage_type'].value.value.value.value) {
      this.typeIds[name.value.replace('minecraft:', '')] = id.value
    }
  }

  /** Number of a kind of damage in a `damage_event`. */
  typeId (/** @type {string} */ cause, /** @type {any} */ attacker) {
    return this.typeIds[damageType(cause, attacker)] ?? this.typeIds.generic
  }

  /** The `damage_event` packet of a blow to a player or an entity. */
  event (/** @type {any} */ target, /** @type {Blow} */ { cause, attacker, direct }) {
    const id = (/** @type {any} */ body) => body ? body.id + 1 : 0
    return {
      entityId: target.id,
      sourceTypeId: this.typeId(cause, attacker),
      sourceCauseId: id(attacker),
      sourceDirectId: id(direct ?? attacker)
    }
  }

  /**
   * @param {any} player
   * @param {number} damage half hearts
   * @param {Blow} blow
   * @returns {boolean} whether it hurt
   */
  hurt (player, damage, blow) {
    const { survivor } = player
    const { cause, attacker } = blow
    const { game } = this
    if (survivor.dead || (cause !== 'void' && this.#isSafe(player, cause))) return false
    const scaled = attacker && !attacker.survivor ? this.#byDifficulty(damage) : damage
    if (scaled <= 0) return false
    game.sleeping.disturb(player)
    if (attacker) Object.assign(survivor, { blamed: nameOf(game, attacker), blamedUntil: game.tick + BLAME_TICKS })
    if (!BYPASSES_ARMOUR.has(cause) && game.shield.blocks(player, scaled, blow)) return false
    const fresh = game.tick >= survivor.invulnerableUntil
    if (!fresh && scaled <= survivor.lastDamage) return false
    this.#lose(player, fresh ? scaled : scaled - survivor.lastDamage, cause)
    survivor.lastDamage = scaled
    if (fresh) this.#show(player, blow)
    game.health.send(player)
    game.saving.markChanged()
    if (survivor.health <= 0) game.death.die(player, cause)
    return true
  }

  #isSafe (/** @type {any} */ player, /** @type {string} */ cause) {
    const { gameModes, effects, rules } = this.game
    if (gameModes.isFree(player)) return true
    if (FIRE.has(cause)) return effects.has(player, 'fire_resistance') || !rules.get('fireDamage')
    if (cause === 'fall') return !rules.get('fallDamage')
    return cause === 'drowning' && !rules.get('drowningDamage')
  }

  /** What creatures do depends on how hard the world is. */
  #byDifficulty (/** @type {number} */ damage) {
    switch (this.game.rules.difficulty) {
      case DIFFICULTY.PEACEFUL: return 0
      case DIFFICULTY.EASY: return Math.min(damage / 2 + 1, damage)
      case DIFFICULTY.HARD: return damage * 1.5
      default: return damage
    }
  }

  /** Takes from a player's health what nothing holds off. */
  #lose (/** @type {any} */ player, /** @type {number} */ damage, /** @type {string} */ cause) {
    const { survivor } = player
    const { armour, effects, hunger } = this.game
    let left = BYPASSES_ARMOUR.has(cause) ? damage : armour.absorb(player, damage, cause)
    if (!BYPASSES_EFFECTS.has(cause)) {
      left *= Math.max(0, 25 - effects.level(player, 'resistance') * RESISTANCE_PER_LEVEL) / 25
      left = armour.ward(player, left, cause)
    }
    const absorbed = Math.min(left, survivor.absorption)
    survivor.absorption -= absorbed
    survivor.health = Math.max(0, survivor.health - (left - absorbed))
    if (left > 0 && !WITHOUT_EXHAUSTION.has(cause)) hunger.exhaust(player, DAMAGE_EXHAUSTION)
  }

  /** Everybody sees the blow, and it throws the victim back. */
  #show (/** @type {any} */ player, /** @type {Blow} */ blow) {
    const { game } = this
    player.survivor.invulnerableUntil = game.tick + INVULNERABLE_TICKS
    game.players.broadcast('damage_event', this.event(player, blow))
    const source = blow.direct ?? blow.attacker
    if (!source || !KNOCKS_BACK.has(blow.cause)) return
    const from = source.survivor ? source.position : source
    this.knockBack(player, KNOCKBACK, from.x - player.position.x, from.z - player.position.z)
  }

  /**
   * Throws a player or an entity away from a direction.
   * @param {any} target
   * @param {number} strength blocks a tick
   * @param {number} x where the blow came from, seen from the target
   * @param {number} z
   */
  knockBack (target, strength, x, z) {
    const felt = target.survivor ? strength * (1 - this.game.armour.steadiness(target)) : strength
    const distance = Math.hypot(x, z)
    if (felt <= 0 || distance === 0) return
    const before = target.survivor ? { x: 0, y: 0, z: 0 } : target.velocity
    const onGround = target.survivor ? target.survivor.onGround : target.onGround
    const velocity = {
      x: before.x / 2 - x / distance * felt,
      y: onGround ? Math.min(0.4, before.y / 2 + felt) : before.y,
      z: before.z / 2 - z / distance * felt
    }
    if (target.survivor) this.push(target, velocity)
    else target.velocity = velocity
  }

  /** Gives a player a velocity, in blocks a tick; its client does the rest. */
  push (/** @type {any} */ player, /** @type {{x: number, y: number, z: number}} */ { x, y, z }) {
    const [unitsX, unitsY, unitsZ] = [x, y, z].map(speed => Math.round(Math.max(-3.9, Math.min(3.9, speed)) * VELOCITY_UNIT))
    player._client.write('entity_velocity', { entityId: player.id, velocity: { x: unitsX, y: unitsY, z: unitsZ } })
  }
}

/** What somebody is called in messages. */
function nameOf (/** @type {any} */ game, /** @type {any} */ body) {
  return body.survivor ? body.username : game.registry.entitiesByName[body.kind].displayName
}

module.exports = { Damage }
