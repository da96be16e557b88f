'use strict'
/** Blows: how hard they are, whom they reach. */

const { weapon } = require('./tables/combat')

const ATTACK = 1
const EXHAUSTION = 0.1
const TICKS_PER_SECOND = 20

class Combat {
  /** @param {any} game */
  constructor (game) {
    this.game = game
  }

  handle (/** @type {any} */ player, /** @type {any} */ { target, mouse }) {
    if (mouse !== ATTACK || player.survivor.dead) return
    const { entities, players, reach, windows } = this.game
    const entity = entities.all.get(target)
    const damage = this.#damage(player)
    if (entity && entities.families[entity.family].hurt && reach.canHit(player, entity)) {
      this.game.hurt(entity, damage, { cause: 'attack', attacker: player })
      windows.wearHeld(player, /_(axe|pickaxe|shovel)$/.test(windows.held(player)?.name) ? 2 : 1)
      return
    }
    const other = players.all().find((/** @type {any} */ each) => each.id === target)
    const body = other && { ...other.position, height: 1.8 }
    if (other && other !== player && reach.canHit(player, body)) this.game.hurt(other, damage, { cause: 'attack', attacker: player })
  }

  /** Half hearts of a blow now: less when the last one was a moment ago. */
  #damage (/** @type {any} */ player) {
    const { survivor } = player
    const { damage, attacksPerSecond } = weapon(this.game.windows.held(player)?.name)
    const elapsed = this.game.tick - survivor.lastAttackTick + 0.5
    const charge = Math.min(1, elapsed * attacksPerSecond / TICKS_PER_SECOND)
    survivor.lastAttackTick = this.game.tick
    survivor.exhaustion += EXHAUSTION
    return damage * (0.2 + 0.8 * charge * charge)
  }
}

module.exports = { Combat }
