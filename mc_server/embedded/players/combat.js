'use strict'
/** Blows of players: how hard they are, whom they reach, what else they do; and right clicks on entities. */

const { weapon } = require('../tables/combat')

const MOUSE = { INTERACT: 0, ATTACK: 1, INTERACT_AT: 2 }
const OFF_HAND = 1
const EXHAUSTION = 0.1
const TICKS_PER_SECOND = 20
/** A blow counts as whole from here on. */
const WHOLE_BLOW = 0.9
const CRITICAL_FACTOR = 1.5
const STRENGTH_DAMAGE = 3
const WEAKNESS_DAMAGE = 4
const HASTE_SPEED = 0.1
const FATIGUE_SPEED = 0.1
/** A sprint, and each level of knock-back, throws by as much more. */
const KNOCKBACK_PER_LEVEL = 0.5
const SWEEP = { sideways: 1, upwards: 0.25, distance: 3, knockBack: 0.4 }
const FIRE_TICKS_PER_LEVEL = 80
const ANIMATION = { CRITICAL: 4, MAGIC: 5 }
/** Kinds that smite and bane hurt more. */
const UNDEAD = /zombie|skeleton|drowned|husk|stray|phantom|wither|zoglin/
const ARTHROPODS = /spider|silverfish|endermite|^bee$/
const WALKING_STEP = 0.1

class Combat {
  /** @param {any} game */
  constructor (game) {
    this.game = game
  }

  handle (/** @type {any} */ player, /** @type {any} */ { target, mouse, hand }) {
    if (player.survivor.dead) return
    const body = this.#bodyOf(player, target)
    if (!body || !this.#reaches(player, body)) return
    if (mouse === MOUSE.ATTACK) return this.#attack(player, body)
    if (mouse === MOUSE.INTERACT && hand !== OFF_HAND && !body.survivor) {
      this.game.entities.families[body.family].interact?.(body, player, this.game.windows.held(player))
    }
  }

  /** @returns {any} the player or entity of a number, if it is one that can be clicked */
  #bodyOf (/** @type {any} */ player, /** @type {number} */ id) {
    const entity = this.game.entities.all.get(id)
    if (entity) return entity
    const other = this.game.players.all().find((/** @type {any} */ each) => each.id === id)
    return other && other !== player && !other.survivor.dead ? other : null
  }

  #reaches (/** @type {any} */ player, /** @type {any} */ body) {
    const { reach } = this.game
    return reach.canHit(player, body.survivor ? { ...body.position, height: reach.bodyHeight(body) } : body)
  }

  /** A new item in the hand, or an arm that swings, makes the next blow weak. */
  resetCharge (/** @type {any} */ player) {
    player.survivor.lastAttackTick = this.game.tick
  }

  #attack (/** @type {any} */ player, /** @type {any} */ body) {
    const { game } = this
    if (!body.survivor && !game.entities.families[body.family].hurt) return
    const { survivor } = player
    const held = game.windows.held(player)
    const charge = this.#charge(player, held?.name)
    const whole = charge > WHOLE_BLOW
    const sprinting = survivor.sprinting && whole
    const critical = whole && !sprinting && this.#isFalling(player)
    const base = this.#strength(player, held?.name) * (0.2 + 0.8 * charge * charge)
    const magic = this.#enchantedDamage(held, body) * charge
    const damage = base * (critical ? CRITICAL_FACTOR : 1) + magic
    this.resetCharge(player)
    game.hunger.exhaust(player, EXHAUSTION)
    if (damage <= 0 || game.hurt(body, damage, { cause: 'attack', attacker: player }) === false) return
    this.#throwBack(player, body, levelOf(held, 'knockback') + (sprinting ? 1 : 0))
    if (whole && !critical && !sprinting && this.#stands(player) && /_sword$/.test(held?.name ?? '')) this.#sweep(player, body, held, base)
    if (critical) this.#show(body, ANIMATION.CRITICAL)
    if (magic > 0) this.#show(body, ANIMATION.MAGIC)
    if (levelOf(held, 'fire_aspect') > 0) game.setOnFire(body, FIRE_TICKS_PER_LEVEL * levelOf(held, 'fire_aspect'))
    this.#wear(player, held)
  }

  /** How much of a blow's strength is back since the last one, 0 to 1. */
  #charge (/** @type {any} */ player, /** @type {string | undefined} */ name) {
    const { effects, tick } = this.game
    const speed = weapon(name).attacksPerSecond *
      (1 + HASTE_SPEED * effects.level(player, 'haste')) * (1 - FATIGUE_SPEED * effects.level(player, 'mining_fatigue'))
    const elapsed = tick - player.survivor.lastAttackTick + 0.5
    return Math.max(0, Math.min(1, elapsed * speed / TICKS_PER_SECOND))
  }

  #strength (/** @type {any} */ player, /** @type {string | undefined} */ name) {
    const { effects } = this.game
    return Math.max(0, weapon(name).damage + STRENGTH_DAMAGE * effects.level(player, 'strength') -
      WEAKNESS_DAMAGE * effects.level(player, 'weakness'))
  }

  #enchantedDamage (/** @type {any} */ held, /** @type {any} */ { kind = 'player' }) {
    const sharpness = levelOf(held, 'sharpness')
    const smite = UNDEAD.test(kind) ? levelOf(held, 'smite') : 0
    const bane = ARTHROPODS.test(kind) ? levelOf(held, 'bane_of_arthropods') : 0
    return (sharpness > 0 ? 0.5 + 0.5 * sharpness : 0) + 2.5 * (smite + bane)
  }

  #isFalling (/** @type {any} */ player) {
    const { effects, hazards, movement } = this.game
    const { fallDistance, onGround } = player.survivor
    return fallDistance > 0 && !onGround && !movement.isClimbing(player) && !hazards.isInWater(player) && !effects.has(player, 'blindness')
  }

  /** Whether the player stands, or walks and does not run. */
  #stands (/** @type {any} */ { survivor, position }) {
    const { lastPosition, onGround } = survivor
    const step = lastPosition ? Math.hypot(position.x - lastPosition.x, position.z - lastPosition.z) : 0
    return onGround && step < WALKING_STEP
  }

  /** Throws the victim along the player's view, and ends its sprint. */
  #throwBack (/** @type {any} */ player, /** @type {any} */ body, /** @type {number} */ levels) {
    if (levels === 0) return
    const yaw = player.survivor.yaw * Math.PI / 180
    this.game.damage.knockBack(body, levels * KNOCKBACK_PER_LEVEL, Math.sin(yaw), -Math.cos(yaw))
    player.survivor.sprinting = false
  }

  /** A sword that swings whole strikes all who stand next to the victim. */
  #sweep (/** @type {any} */ player, /** @type {any} */ body, /** @type {any} */ held, /** @type {number} */ base) {
    const { game } = this
    const level = levelOf(held, 'sweeping')
    const damage = 1 + base * level / (level + 1)
    const middle = body.survivor ? body.position : body
    const yaw = player.survivor.yaw * Math.PI / 180
    const others = [...game.entities.all.values(), ...game.players.all()].filter(other => other !== body && other !== player)
    for (const other of others) {
      const feet = other.survivor ? other.position : other
      const near = Math.abs(feet.x - middle.x) < SWEEP.sideways + 0.6 && Math.abs(feet.z - middle.z) < SWEEP.sideways + 0.6 &&
        Math.abs(feet.y - middle.y) < SWEEP.upwards + 1.8
      const inReach = Math.hypot(feet.x - player.position.x, feet.y - player.position.y, feet.z - player.position.z) < SWEEP.distance
      const living = other.survivor ? !other.survivor.dead : game.entities.families[other.family].hurt
      if (!near || !inReach || !living) continue
      if (game.hurt(other, damage, { cause: 'attack', attacker: player }) === false) continue
      game.damage.knockBack(other, SWEEP.knockBack, Math.sin(yaw), -Math.cos(yaw))
    }
  }

  #show (/** @type {any} */ body, /** @type {number} */ animation) {
    this.game.players.broadcast('animation', { entityId: body.id, animation })
  }

  #wear (/** @type {any} */ player, /** @type {any} */ held) {
    if (!held || this.game.gameModes.isCreative(player)) return
    this.game.windows.wearHeld(player, /_(axe|pickaxe|shovel|hoe)$/.test(held.name) ? 2 : 1)
  }
}

function levelOf (/** @type {any} */ item, /** @type {string} */ enchantment) {
  return (item?.enchants ?? []).find((/** @type {any} */ { name }) => name === enchantment)?.lvl ?? 0
}

module.exports = { Combat }
