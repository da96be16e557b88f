'use strict'
/**
 * Takes creatures along the ways found for them. Searching is bounded by the number of places looked at, for each creature and
 * for all in a tick; who gets none asks again later.
 */

const { Ground } = require('./ground')
const { PathSearch } = require('./paths')

/** A creature looks at so many places for each block that it can see. */
const PLACES_PER_BLOCK = 16
const PLACES_PER_TICK = 800
/** A way on which nothing was gained for so long is given up. */
const PATIENCE_TICKS = 100
const GAIN = 1.5
const WIDE_BODY = 0.75

class Navigation {
  /** @param {any} game */
  constructor (game) {
    this.game = game
    this.ground = new Ground(game)
    this.budget = { tick: -1, places: 0 }
  }

  /**
   * Sets a creature on a way to a point, as near as it gets.
   * @param {any} entity
   * @param {{x: number, y: number, z: number}} goal
   * @param {number} pace multiplies its speed
   * @param {import('./kinds').Kind} kind
   * @returns {boolean} whether it goes anywhere
   */
  goTo (entity, goal, pace, kind) {
    const { game, budget } = this
    if (budget.tick !== game.tick) this.budget = { tick: game.tick, places: PLACES_PER_TICK }
    const allowed = Math.min(kind.followRange * PLACES_PER_BLOCK, this.budget.places)
    if (allowed <= 0 || !(entity.onGround || game.creatures.motion.mediumOf(entity))) return false
    const body = { width: Math.floor(entity.width + 1), height: Math.floor(entity.height + 1) }
    const shift = body.width > 1 ? 0.5 : 0
    const search = new PathSearch(this.ground, body)
    const start = { x: Math.floor(entity.x - shift), y: Math.floor(entity.y + 0.5), z: Math.floor(entity.z - shift) }
    const end = { x: Math.floor(goal.x - shift), y: Math.floor(goal.y + 0.5), z: Math.floor(goal.z - shift) }
    const found = search.find(start, end, allowed)
    this.budget.places -= search.visited
    entity.path = found && { places: found.places, next: 0, pace, arrives: found.arrives, from: [entity.x, entity.z], since: entity.age }
    return found !== null
  }

  stop (/** @type {any} */ entity) {
    entity.path = null
    entity.wish = null
  }

  /** Turns the way into the next wish. */
  follow (/** @type {any} */ entity) {
    const { path } = entity
    if (!path) return
    this.#passReached(entity, path)
    if (path.next >= path.places.length || this.#stuck(entity, path)) return this.stop(entity)
    entity.wish = { ...centre(path.places[path.next], entity), pace: path.pace, hop: entity.hops === true }
  }

  #passReached (/** @type {any} */ entity, /** @type {any} */ path) {
    const near = entity.width > WIDE_BODY ? entity.width / 2 : WIDE_BODY - entity.width / 2
    while (path.next < path.places.length) {
      const { x, y, z } = centre(path.places[path.next], entity)
      const last = path.next === path.places.length - 1
      const reach = last ? Math.min(near, 0.4) : near
      if (Math.abs(x - entity.x) > reach || Math.abs(z - entity.z) > reach || Math.abs(y - entity.y) >= 1) return
      path.next++
    }
  }

  #stuck (/** @type {any} */ entity, /** @type {any} */ path) {
    if (Math.hypot(entity.x - path.from[0], entity.z - path.from[1]) > GAIN) {
      path.from = [entity.x, entity.z]
      path.since = entity.age
    }
    return entity.age - path.since > PATIENCE_TICKS
  }
}

/** Where a body stands in a place of a way. */
function centre (/** @type {number[]} */ [x, y, z], /** @type {any} */ { width }) {
  const half = Math.floor(width + 1) / 2
  return { x: x + half, y, z: z + half }
}

module.exports = { Navigation }
