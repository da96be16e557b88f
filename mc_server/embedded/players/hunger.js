'use strict'
/** Food, saturation and exhaustion: what makes hungry, what heals by itself, starving (Minecraft Wiki, 'Hunger'). */

const FULL_FOOD = 20
const EXHAUSTION_PER_FOOD = 4
const MOST_EXHAUSTION = 40
/** Ticks between two healings: well fed with saturation left, and otherwise; the latter also between two pains of hunger. */
const FAST_INTERVAL_TICKS = 10
const INTERVAL_TICKS = 80
const HEALING_FOOD = 18
const HEALING_EXHAUSTION = 6
/** Health at which hunger hurts no more: peaceful, easy, normal, hard. */
const STARVING_LIMIT = [20, 10, 1, 0]
const PEACEFUL = 0

class Hunger {
  /** @param {any} game */
  constructor (game) {
    this.game = game
  }

  exhaust (/** @type {any} */ player, /** @type {number} */ amount) {
    const { survivor } = player
    if (this.game.gameModes.isFree(player)) return
    survivor.exhaustion = Math.min(MOST_EXHAUSTION, survivor.exhaustion + amount)
  }

  /** @param {any} player @param {number} points @param {number} saturation */
  eat (player, points, saturation) {
    const { survivor } = player
    survivor.food = Math.min(FULL_FOOD, survivor.food + points)
    survivor.saturation = Math.min(survivor.food, survivor.saturation + saturation)
    this.game.health.send(player)
  }

  tick (/** @type {any} */ player) {
    const { survivor } = player
    const { food, saturation } = survivor
    this.#digest(survivor)
    this.#healOrStarve(player)
    if (survivor.food !== food || survivor.saturation !== saturation) this.game.health.send(player)
  }

  #digest (/** @type {any} */ survivor) {
    if (survivor.exhaustion <= EXHAUSTION_PER_FOOD) return
    survivor.exhaustion -= EXHAUSTION_PER_FOOD
    if (survivor.saturation > 0) survivor.saturation = Math.max(0, survivor.saturation - 1)
    else if (this.game.rules.difficulty !== PEACEFUL) survivor.food = Math.max(0, survivor.food - 1)
  }

  #healOrStarve (/** @type {any} */ player) {
    const { survivor } = player
    const { health, rules } = this.game
    const hurt = survivor.health > 0 && survivor.health < 20 && rules.get('naturalRegeneration')
    if (hurt && survivor.food >= FULL_FOOD && survivor.saturation > 0) {
      if (!passed(survivor, FAST_INTERVAL_TICKS)) return
      const spent = Math.min(survivor.saturation, HEALING_EXHAUSTION)
      health.heal(player, spent / HEALING_EXHAUSTION)
      this.exhaust(player, spent)
    } else if (hurt && survivor.food >= HEALING_FOOD) {
      if (!passed(survivor, INTERVAL_TICKS)) return
      health.heal(player, 1)
      this.exhaust(player, HEALING_EXHAUSTION)
    } else if (survivor.food <= 0) {
      if (!passed(survivor, INTERVAL_TICKS)) return
      if (survivor.health > STARVING_LIMIT[rules.difficulty]) this.game.hurt(player, 1, { cause: 'starvation' })
    } else {
      survivor.hungerTicks = 0
    }
  }
}

/** Counts on; true when so many ticks are over. */
function passed (/** @type {any} */ survivor, /** @type {number} */ ticks) {
  if (++survivor.hungerTicks < ticks) return false
  survivor.hungerTicks = 0
  return true
}

module.exports = { Hunger, FULL_FOOD }
