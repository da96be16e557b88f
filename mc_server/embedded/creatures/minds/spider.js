'use strict'
/** Spiders climb walls, leap, and mind nobody in the light unless they were struck. */

const { Monster } = require('./monster')

const CALM_LIGHT = 12
const CALM_CHANCE = 1 / 100
const LEAP = { least: 2, most: 4, chance: 1 / 5, speed: 0.4, kept: 0.2 }
const METADATA_CLIMBING = 16

class Spider extends Monster {
  metadata (/** @type {any} */ { climbing }) {
    return [{ key: METADATA_CLIMBING, type: 'byte', value: climbing ? 1 : 0 }]
  }

  isHostile (/** @type {any} */ spider) {
    return this.#lightAt(spider) < CALM_LIGHT
  }

  #lightAt (/** @type {any} */ { x, y, z }) {
    return this.game.light.at(x, y + this.kind.eyes, z)
  }

  keeps (/** @type {any} */ spider, /** @type {any} */ player) {
    if (this.#lightAt(spider) >= CALM_LIGHT && this.game.random.chance(CALM_CHANCE)) return false
    return super.keeps(spider, player)
  }

  think (/** @type {any} */ spider) {
    super.think(spider)
    if (spider.climbing === spider.blocked) return
    spider.climbing = spider.blocked
    this.game.entities.sendMetadata(spider)
  }

  fight (/** @type {any} */ spider, /** @type {any} */ target) {
    super.fight(spider, target)
    this.#leap(spider, target)
    // Where no way leads it walks straight at the player, and up the wall between.
    if (!spider.path) spider.wish = { ...target.position, pace: 1, hop: false }
  }

  #leap (/** @type {any} */ spider, /** @type {any} */ { position }) {
    const distance = Math.hypot(position.x - spider.x, position.y - spider.y, position.z - spider.z)
    if (!spider.onGround || distance < LEAP.least || distance > LEAP.most || !this.game.random.chance(LEAP.chance)) return
    const [x, z] = [position.x - spider.x, position.z - spider.z]
    const length = Math.hypot(x, z) || 1
    const { velocity } = spider
    velocity.x = x / length * LEAP.speed + velocity.x * LEAP.kept
    velocity.z = z / length * LEAP.speed + velocity.z * LEAP.kept
    velocity.y = LEAP.speed
  }
}

module.exports = { Spider }
