'use strict'
/** Skeletons shoot arrows from up to 15 blocks and keep a distance. */

const { Monster } = require('./monster')

const RANGE = 15
/** Nearer than this they step back. */
const TOO_NEAR = RANGE * 0.25
const DRAW_TICKS = 20
/** Between two shots, by difficulty: peaceful to hard. */
const PAUSE_TICKS = [40, 40, 40, 20]
const ARROW_SPEED = 1.6
const ARROW_DAMAGE = 2
/** How far arrows stray, by difficulty. */
const SPREAD = [14, 10, 6, 2]
const SPREAD_UNIT = 0.0172275
const AIM_SHARE = 1 / 3
/** Arrows are aimed above what they should hit by this share of the distance. */
const LIFT = 0.2
const METADATA_HANDS = 8
const HAND_ACTIVE = 0x01

class Skeleton extends Monster {
  get holds () {
    return 'bow'
  }

  born (/** @type {Record<string, any>} */ options) {
    return { ...super.born(options), drawn: 0, shootIn: 0, sawFor: 0 }
  }

  metadata (/** @type {any} */ { drawn }) {
    return [{ key: METADATA_HANDS, type: 'byte', value: drawn > 0 ? HAND_ACTIVE : 0 }]
  }

  forget (/** @type {any} */ skeleton) {
    super.forget(skeleton)
    this.#draw(skeleton, 0)
  }

  fight (/** @type {any} */ skeleton, /** @type {any} */ target) {
    this.watch(skeleton, target)
    const distance = this.distanceTo(skeleton, target)
    const sees = this.sees(skeleton, target)
    skeleton.sawFor = sees ? Math.max(0, skeleton.sawFor) + 1 : Math.min(0, skeleton.sawFor) - 1
    if (!sees || distance > RANGE) {
      this.chase(skeleton, target, 1)
    } else {
      if (skeleton.path) this.navigation.stop(skeleton)
      if (distance < TOO_NEAR) this.#stepBack(skeleton, target)
    }
    this.#shootIfReady(skeleton, target, sees && distance <= RANGE)
  }

  /** Walks backwards, away from the player. */
  #stepBack (/** @type {any} */ skeleton, /** @type {any} */ { position }) {
    skeleton.wish = { x: skeleton.x * 2 - position.x, y: skeleton.y, z: skeleton.z * 2 - position.z, pace: 0.5, hop: false }
  }

  #shootIfReady (/** @type {any} */ skeleton, /** @type {any} */ target, /** @type {boolean} */ inSight) {
    if (skeleton.shootIn > 0) skeleton.shootIn--
    if (!inSight) {
      if (skeleton.sawFor < -60) this.#draw(skeleton, 0)
    } else if (skeleton.drawn > 0 || skeleton.shootIn === 0) {
      this.#draw(skeleton, skeleton.drawn + 1)
    }
    if (skeleton.drawn <= DRAW_TICKS || !inSight) return
    this.#draw(skeleton, 0)
    skeleton.shootIn = PAUSE_TICKS[this.game.rules.difficulty]
    this.#shoot(skeleton, target)
  }

  #draw (/** @type {any} */ skeleton, /** @type {number} */ ticks) {
    const changed = (skeleton.drawn > 0) !== (ticks > 0)
    skeleton.drawn = ticks
    if (changed) this.game.entities.sendMetadata(skeleton)
  }

  #shoot (/** @type {any} */ skeleton, /** @type {any} */ { position }) {
    const { projectiles, random, rules } = this.game
    const from = { x: skeleton.x, y: skeleton.y + this.kind.eyes - 0.1, z: skeleton.z }
    const way = { x: position.x - from.x, y: position.y + 1.8 * AIM_SHARE - from.y, z: position.z - from.z }
    way.y += Math.hypot(way.x, way.z) * LIFT
    const length = Math.hypot(way.x, way.y, way.z)
    const stray = () => SPREAD_UNIT * SPREAD[rules.difficulty] * (random.next() - random.next())
    const along = (/** @type {number} */ part) => (part / length + stray()) * ARROW_SPEED
    projectiles.shoot({
      kind: 'arrow', from, velocity: { x: along(way.x), y: along(way.y), z: along(way.z) }, shooter: skeleton, damage: ARROW_DAMAGE
    })
  }
}

module.exports = { Skeleton }
