'use strict'
/** What all minds can: look about, stroll, see. A mind keeps nothing of its own: what a creature knows is in its entity. */

const { MODE } = require('../../players/game_modes')

const STROLL_CHANCE = 1 / 120
const STROLL = { sideways: 10, up: 7 }
const STROLL_TRIES = 10
const GLANCE_CHANCE = 0.02
const GLANCE = { distance: 8, least: 20, most: 40 }
const PLAYER_EYES = 1.62

class Mind {
  /**
   * @param {any} game
   * @param {import('../kinds').Kind} kind
   */
  constructor (game, kind) {
    this.game = game
    this.kind = kind
  }

  /** @returns {Record<string, any>} the fields of a new creature that only this kind has */
  born (/** @type {Record<string, any>} */ _options) {
    return {}
  }

  get navigation () {
    return this.game.creatures.navigation
  }

  /** Sets out for a point. @returns {boolean} whether it goes anywhere */
  goTo (/** @type {any} */ entity, /** @type {{x: number, y: number, z: number}} */ goal, /** @type {number} */ pace) {
    return this.navigation.goTo(entity, goal, pace, this.kind)
  }

  /** With nothing else to do: walks somewhere near now and then, looks at players or around. */
  idle (/** @type {any} */ entity) {
    const { random } = this.game
    this.glance(entity)
    if (entity.path || !random.chance(STROLL_CHANCE)) return
    const goal = this.#somewhere(entity, STROLL)
    if (goal) this.goTo(entity, goal, 1)
  }

  /** Runs to a random place, away from a point when one is given. */
  flee (/** @type {any} */ entity, /** @type {number} */ pace, /** @type {{x: number, z: number} | null} */ from = null, distance = 5) {
    const goal = this.#somewhere(entity, { sideways: distance, up: 4 }, from)
    return goal !== null && this.goTo(entity, goal, pace)
  }

  /** @returns {{x: number, y: number, z: number} | null} a place to stand on near by */
  #somewhere (/** @type {any} */ entity, /** @type {{sideways: number, up: number}} */ range, /** @type {{x: number, z: number} | null} */ from = null) {
    const { random, world, blocks } = this.game
    for (let attempt = 0; attempt < STROLL_TRIES; attempt++) {
      const x = Math.floor(entity.x) + random.between(-range.sideways, range.sideways)
      const z = Math.floor(entity.z) + random.between(-range.sideways, range.sideways)
      let y = Math.floor(entity.y) + random.between(-range.up, range.up)
      if (!world.isLoaded(x, z)) continue
      if (from && (x - entity.x) * (entity.x - from.x) + (z - entity.z) * (entity.z - from.z) < 0) continue
      for (let up = 0; up < range.up && blocks.solid[world.get(x, y, z)]; up++) y++
      for (let down = 0; down < range.up && !blocks.solid[world.get(x, y - 1, z)]; down++) y--
      const dry = !blocks.isFluid(world.get(x, y, z)) && !blocks.isFluid(world.get(x, y - 1, z))
      if (dry && blocks.solid[world.get(x, y - 1, z)] && !blocks.solid[world.get(x, y, z)]) return { x: x + 0.5, y, z: z + 0.5 }
    }
    return null
  }

  /** Looks at a player or into the air for a while. */
  glance (/** @type {any} */ entity) {
    const { random } = this.game
    if (entity.age < entity.gazeUntil) return
    entity.gaze = null
    if (!random.chance(GLANCE_CHANCE)) return
    const player = this.nearestPlayer(entity, GLANCE.distance)
    const angle = random.next() * 2 * Math.PI
    entity.gaze = player && random.chance(0.5)
      ? this.eyesOf(player)
      : { x: entity.x + Math.cos(angle) * 4, y: entity.y + entity.height * 0.85, z: entity.z + Math.sin(angle) * 4 }
    entity.gazeUntil = entity.age + random.between(GLANCE.least, GLANCE.most)
  }

  /** Keeps the eyes on somebody. */
  watch (/** @type {any} */ entity, /** @type {any} */ player) {
    entity.gaze = this.eyesOf(player)
    entity.gazeUntil = entity.age + 1
  }

  eyesOf (/** @type {any} */ { position }) {
    return { x: position.x, y: position.y + PLAYER_EYES, z: position.z }
  }

  distanceTo (/** @type {any} */ entity, /** @type {any} */ player) {
    const { x, y, z } = player.position
    return Math.hypot(x - entity.x, y - entity.y, z - entity.z)
  }

  /** @returns {any} the nearest living player within a distance for whom `fits` is true, or null */
  nearestPlayer (/** @type {any} */ entity, /** @type {number} */ distance, fits = (/** @type {any} */ _player) => true) {
    let nearest = null
    let least = distance
    for (const player of this.game.players.all()) {
      if (player.survivor.dead || player.survivor.gameMode === MODE.SPECTATOR) continue
      const away = this.distanceTo(entity, player)
      if (away > least || !fits(player)) continue
      least = away
      nearest = player
    }
    return nearest
  }

  /** Whether nothing solid is between the creature's eyes and a player's. */
  sees (/** @type {any} */ entity, /** @type {any} */ player) {
    const eyes = { x: entity.x, y: entity.y + this.kind.eyes * (entity.baby ? 0.5 : 1), z: entity.z }
    return this.game.entities.collisions.isClear(eyes, this.eyesOf(player))
  }
}

/** Whether a player is alive and can be hurt. */
function isPrey (/** @type {any} */ player) {
  const { survivor } = player
  return !survivor.dead && survivor.gameMode !== MODE.CREATIVE && survivor.gameMode !== MODE.SPECTATOR
}

module.exports = { Mind, isPrey }
