'use strict'
/** What monsters have in common: they choose a player, go after it, strike, and vanish when nobody is near. */

const { Mind, isPrey } = require('./mind')

const PEACEFUL = 0
const CHOOSE_INTERVAL_TICKS = 10
/** A player that was not seen for so long is forgotten. */
const MEMORY_TICKS = 60
const SNEAKING_SHARE = 0.8
/** How far a blow reaches beyond the body: the original's square root of 2.04, less 0.6. */
const REACH = Math.sqrt(2.04) - 0.6
const PLAYER = { width: 0.6, height: 1.8 }
const ATTACK_TICKS = 20
const DESPAWN = { atOnce: 128, safe: 32, idleTicks: 600, chance: 1 / 800 }
/** A way is looked for again after so many ticks, more when the player is far. */
const REPLAN = { least: 4, most: 10, far: 16, farTicks: 5, veryFar: 32, veryFarTicks: 10, failedTicks: 15, chance: 0.05 }

class Monster extends Mind {
  born (/** @type {Record<string, any>} */ _options) {
    return { target: null, unseenTicks: 0, attackIn: 0, replanIn: 0, plannedFor: null, aggressive: false }
  }

  think (/** @type {any} */ monster) {
    if (this.#vanishes(monster)) return this.game.entities.remove(monster)
    const target = this.chooseTarget(monster)
    if (monster.attackIn > 0) monster.attackIn--
    this.#showTemper(monster, target !== null)
    if (target) this.fight(monster, target)
    else this.rest(monster)
  }

  /** @param {any} monster @param {any} target a player */
  fight (monster, target) {
    this.watch(monster, target)
    this.chase(monster, target, 1)
    this.strikeIfNear(monster, target)
  }

  rest (/** @type {any} */ monster) {
    monster.plannedFor = null
    this.idle(monster)
  }

  /** Whether it goes for players unprovoked. */
  isHostile (/** @type {any} */ _monster) {
    return true
  }

  /** @returns {any} the player it is after, or null */
  chooseTarget (/** @type {any} */ monster) {
    const { players, rules } = this.game
    const current = monster.target === null ? null : players.byName(monster.target)
    if (current && this.keeps(monster, current)) return current
    if (current || monster.target !== null) this.forget(monster)
    if (monster.age % CHOOSE_INTERVAL_TICKS !== 0 || rules.difficulty === PEACEFUL || !this.isHostile(monster)) return null
    const found = this.nearestPlayer(monster, this.kind.followRange, player => this.#notices(monster, player))
    if (found) this.turnOn(monster, found)
    return found
  }

  #notices (/** @type {any} */ monster, /** @type {any} */ player) {
    const range = this.kind.followRange * (player.survivor.sneaking ? SNEAKING_SHARE : 1)
    return isPrey(player) && this.distanceTo(monster, player) <= range && this.sees(monster, player)
  }

  /** Whether it stays after the player it was after. */
  keeps (/** @type {any} */ monster, /** @type {any} */ player) {
    if (!isPrey(player) || this.distanceTo(monster, player) > this.kind.followRange) return false
    if (monster.age % CHOOSE_INTERVAL_TICKS === 0) {
      monster.unseenTicks = this.sees(monster, player) ? 0 : monster.unseenTicks + CHOOSE_INTERVAL_TICKS
    }
    return monster.unseenTicks <= MEMORY_TICKS
  }

  turnOn (/** @type {any} */ monster, /** @type {any} */ player) {
    Object.assign(monster, { target: player.username, unseenTicks: 0, replanIn: 0, plannedFor: null })
  }

  forget (/** @type {any} */ monster) {
    Object.assign(monster, { target: null, path: null, plannedFor: null })
  }

  /** A blow turns it on who struck. */
  struck (/** @type {any} */ monster, /** @type {any} */ { attacker }) {
    monster.idleTicks = 0
    if (attacker?.survivor && isPrey(attacker)) this.turnOn(monster, attacker)
  }

  /** Keeps on a way to the player, looked for again as the player moves. */
  chase (/** @type {any} */ monster, /** @type {any} */ target, /** @type {number} */ pace) {
    const { random } = this.game
    if (--monster.replanIn > 0) return
    const { x, y, z } = target.position
    const planned = monster.plannedFor
    const moved = !planned || Math.hypot(x - planned.x, y - planned.y, z - planned.z) >= 1
    if (!moved && monster.path && !random.chance(REPLAN.chance)) return
    const distance = this.distanceTo(monster, target)
    monster.replanIn = random.between(REPLAN.least, REPLAN.most)
    if (distance > REPLAN.veryFar) monster.replanIn += REPLAN.veryFarTicks
    else if (distance > REPLAN.far) monster.replanIn += REPLAN.farTicks
    monster.plannedFor = { x, y, z }
    if (!this.goTo(monster, target.position, pace) || !monster.path.arrives) monster.replanIn += REPLAN.failedTicks
  }

  strikeIfNear (/** @type {any} */ monster, /** @type {any} */ target) {
    if (monster.attackIn > 0 || !this.reaches(monster, target) || !this.sees(monster, target)) return
    monster.attackIn = ATTACK_TICKS
    this.game.entities.broadcast(monster, 'animation', { entityId: monster.id, animation: 0 })
    this.game.hurt(target, this.kind.attack ?? 0, { cause: 'attack', attacker: monster, direct: monster })
  }

  reaches (/** @type {any} */ monster, /** @type {any} */ { position: { x, y, z } }) {
    const sideways = (monster.width + PLAYER.width) / 2 + REACH
    return Math.abs(x - monster.x) < sideways && Math.abs(z - monster.z) < sideways &&
      y < monster.y + monster.height && y + PLAYER.height > monster.y
  }

  #showTemper (/** @type {any} */ monster, /** @type {boolean} */ aggressive) {
    if (monster.aggressive === aggressive) return
    monster.aggressive = aggressive
    this.game.entities.sendMetadata(monster)
  }

  /** Whether it is gone: nobody is near, or there is peace. */
  #vanishes (/** @type {any} */ monster) {
    if (this.game.rules.difficulty === PEACEFUL) return true
    if (monster.persistent) return false
    const distance = this.game.spawning.distanceToPlayers(monster)
    if (distance > DESPAWN.atOnce) return true
    if (distance < DESPAWN.safe) monster.idleTicks = 0
    else monster.idleTicks++
    return monster.idleTicks > DESPAWN.idleTicks && this.game.random.chance(DESPAWN.chance)
  }
}

module.exports = { Monster }
