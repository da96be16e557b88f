'use strict'
/**
 * Endermen mind nobody until they are looked in the eye or struck. They teleport: away from arrows, water, rain and the day,
 * towards a player that is far. They carry no blocks.
 */

const { Monster } = require('./monster')
const { isPrey } = require('./mind')

const STARE_TICKS = 5
const STARE_INTERVAL_TICKS = 5
const STARE_WIDTH = 0.025
const NEAR = 4
const FAR = 16
const FAR_TICKS = 30
const RANGE = { sideways: 32, up: 32 }
const TOWARDS = { step: 16, spread: 8, up: 16 }
const TRIES = 16
const DODGE_TRIES = 64
const WATER_DAMAGE = 1
const STATUS_TELEPORTS = 46
const METADATA = { ANGRY: 17, STARED_AT: 18 }
const DAYLIGHT = { brightness: 0.5, chance: 1 / 30 }
const ANGRY_PACE = 1.5

class Enderman extends Monster {
  born (/** @type {Record<string, any>} */ options) {
    return { ...super.born(options), staredFor: 0, farFor: 0, staredAt: false }
  }

  metadata (/** @type {any} */ { target, staredAt }) {
    return [
      { key: METADATA.ANGRY, type: 'boolean', value: target !== null },
      { key: METADATA.STARED_AT, type: 'boolean', value: staredAt }
    ]
  }

  isHostile () {
    return false
  }

  think (/** @type {any} */ enderman) {
    if (this.#isWet(enderman)) {
      this.game.hurt(enderman, WATER_DAMAGE, { cause: 'drowning' })
      if (enderman.health > 0) this.teleport(enderman)
      return
    }
    this.#fleeDaylight(enderman)
    super.think(enderman)
  }

  #isWet (/** @type {any} */ { x, y, z }) {
    const { blocks, world, weather } = this.game
    return blocks.isWater(world.get(x, y + 0.1, z)) || weather.rainsAt(x, y + this.kind.height, z)
  }

  #fleeDaylight (/** @type {any} */ enderman) {
    const { time, light, random } = this.game
    const { x, y, z } = enderman
    if (time.isNight() || enderman.age - enderman.struckAge < 600) return
    const brightness = light.at(x, y + this.kind.eyes, z) / 15
    if (brightness <= DAYLIGHT.brightness || light.sky(x, y + this.kind.eyes, z) < 15) return
    if (random.next() * 30 >= (brightness - 0.4) * 2) return
    this.forget(enderman)
    this.teleport(enderman)
  }

  /** Somebody who looks it in the eye for a quarter of a second becomes its target. */
  rest (/** @type {any} */ enderman) {
    if (enderman.age % STARE_INTERVAL_TICKS === 0) {
      const starer = this.nearestPlayer(enderman, this.kind.followRange, player => isPrey(player) && this.#staresAt(enderman, player))
      enderman.staredFor = starer ? enderman.staredFor + STARE_INTERVAL_TICKS : 0
      if (starer && enderman.staredFor > STARE_TICKS) {
        enderman.staredAt = true
        return this.turnOn(enderman, starer)
      }
    }
    super.rest(enderman)
  }

  #staresAt (/** @type {any} */ enderman, /** @type {any} */ player) {
    const { yaw, pitch, slots } = player.survivor
    if (slots[5]?.name === 'carved_pumpkin') return false
    const eyes = this.eyesOf(player)
    const way = [enderman.x - eyes.x, enderman.y + this.kind.eyes - eyes.y, enderman.z - eyes.z]
    const distance = Math.hypot(...way)
    const [turn, nod] = [yaw * Math.PI / 180, pitch * Math.PI / 180]
    const view = [-Math.sin(turn) * Math.cos(nod), -Math.sin(nod), Math.cos(turn) * Math.cos(nod)]
    const along = (way[0] * view[0] + way[1] * view[1] + way[2] * view[2]) / distance
    return along > 1 - STARE_WIDTH / distance && this.sees(enderman, player)
  }

  turnOn (/** @type {any} */ enderman, /** @type {any} */ player) {
    super.turnOn(enderman, player)
    this.game.entities.sendMetadata(enderman)
  }

  forget (/** @type {any} */ enderman) {
    super.forget(enderman)
    Object.assign(enderman, { staredAt: false, staredFor: 0 })
    this.game.entities.sendMetadata(enderman)
  }

  fight (/** @type {any} */ enderman, /** @type {any} */ target) {
    const distance = this.distanceTo(enderman, target)
    if (this.#staresAt(enderman, target)) {
      this.navigation.stop(enderman)
      this.watch(enderman, target)
      if (distance < NEAR) this.teleport(enderman)
      enderman.farFor = 0
    } else {
      this.watch(enderman, target)
      this.chase(enderman, target, ANGRY_PACE)
      enderman.farFor = distance > FAR ? enderman.farFor + 1 : 0
      if (enderman.farFor >= FAR_TICKS && this.#teleportTowards(enderman, target)) enderman.farFor = 0
    }
    this.strikeIfNear(enderman, target)
  }

  /** No arrow strikes it. */
  shrugsOff (/** @type {any} */ enderman, /** @type {{cause: string}} */ { cause }) {
    if (cause !== 'arrow' && cause !== 'thrown') return false
    for (let attempt = 0; attempt < DODGE_TRIES; attempt++) if (this.#teleportNear(enderman, enderman, RANGE)) break
    return true
  }

  struck (/** @type {any} */ enderman, /** @type {any} */ blow) {
    super.struck(enderman, blow)
    if (!blow.attacker && this.game.random.chance(0.9)) this.teleport(enderman)
  }

  /** Somewhere within 32 blocks. */
  teleport (/** @type {any} */ enderman) {
    for (let attempt = 0; attempt < TRIES; attempt++) if (this.#teleportNear(enderman, enderman, RANGE)) return true
    return false
  }

  #teleportTowards (/** @type {any} */ enderman, /** @type {any} */ { position }) {
    const distance = Math.hypot(position.x - enderman.x, position.z - enderman.z) || 1
    const middle = {
      x: enderman.x + (position.x - enderman.x) / distance * TOWARDS.step,
      y: position.y,
      z: enderman.z + (position.z - enderman.z) / distance * TOWARDS.step
    }
    return this.#teleportNear(enderman, middle, { sideways: TOWARDS.spread / 2, up: TOWARDS.up / 2 })
  }

  /** @returns {boolean} whether there was room on solid, dry ground */
  #teleportNear (/** @type {any} */ enderman, /** @type {any} */ middle, /** @type {{sideways: number, up: number}} */ range) {
    const { random, world, blocks, entities } = this.game
    const spread = (/** @type {number} */ size) => (random.next() - 0.5) * 2 * size
    const x = middle.x + spread(range.sideways)
    const z = middle.z + spread(range.sideways)
    let y = Math.floor(middle.y + spread(range.up))
    if (!world.isLoaded(x, z)) return false
    for (let down = 0; down < range.up * 2 && !blocks.solid[world.get(x, y - 1, z)]; down++) y--
    if (!blocks.solid[world.get(x, y - 1, z)] || blocks.isFluid(world.get(x, y, z))) return false
    if (entities.collisions.isBlocked(entities.collisions.boxOf({ ...enderman, x, y, z }))) return false
    Object.assign(enderman, { x, y, z, path: null, wish: null, fallDistance: 0, velocity: { x: 0, y: 0, z: 0 } })
    entities.broadcast(enderman, 'entity_status', { entityId: enderman.id, entityStatus: STATUS_TELEPORTS })
    return true
  }
}

module.exports = { Enderman }
