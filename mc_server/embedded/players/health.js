'use strict'
/** What a player's body is like when it starts, what its client is told of it, and its tick. */

const { FULL_FOOD } = require('./hunger')
const { FULL_AIR, NOT_BURNING } = require('./hazards')

const FULL_HEALTH = 20
const STARTING_SATURATION = 5

class Health {
  /** @param {any} game */
  constructor (game) {
    this.game = game
  }

  /** Values of a player who starts or comes back to life. */
  fresh () {
    return {
      health: FULL_HEALTH,
      absorption: 0,
      food: FULL_FOOD,
      saturation: STARTING_SATURATION,
      exhaustion: 0,
      hungerTicks: 0,
      air: FULL_AIR,
      fireTicks: NOT_BURNING,
      fallDistance: 0,
      lastFall: 0,
      effects: {},
      cooldowns: {},
      dead: false,
      invulnerableUntil: 0,
      lastDamage: 0,
      blamed: null,
      blamedUntil: 0,
      nextOrbTick: 0,
      hoveringSteps: 0,
      using: null,
      digging: null,
      lastPosition: null
    }
  }

  send (/** @type {any} */ player) {
    const { health, food, saturation } = player.survivor
    player._client.write('update_health', { health: Math.max(0, health), food, foodSaturation: saturation })
  }

  heal (/** @type {any} */ player, /** @type {number} */ halfHearts) {
    const { survivor } = player
    if (survivor.dead || survivor.health >= FULL_HEALTH) return
    survivor.health = Math.min(FULL_HEALTH, survivor.health + halfHearts)
    this.send(player)
  }

  /** @param {any} player @param {number} damage @param {string} cause @param {any} [attacker] */
  hurt (player, damage, cause, attacker) {
    return this.game.hurt(player, damage, { cause, attacker })
  }

  respawn (/** @type {any} */ player) {
    this.game.death.respawn(player)
  }

  tick (/** @type {any} */ player) {
    const { hazards, hunger, effects, using, appearance } = this.game
    const { survivor } = player
    for (const part of [hazards, effects, hunger, using]) if (!survivor.dead) part.tick(player)
    appearance.show(player)
  }
}

module.exports = { Health, FULL_FOOD }
