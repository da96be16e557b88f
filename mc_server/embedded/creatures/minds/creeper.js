'use strict'
/** Creepers hiss when a player is within three blocks, and blow up after 30 ticks of that. */

const { Monster } = require('./monster')

const FUSE_TICKS = 30
const LIGHT_DISTANCE = 3
const CALM_DISTANCE = 7
const POWER = 3
const METADATA = { SWELLING: 16, CHARGED: 17, IGNITED: 18 }

class Creeper extends Monster {
  born (/** @type {Record<string, any>} */ options) {
    return { ...super.born(options), fuse: 0, swelling: false, ignited: false }
  }

  metadata (/** @type {any} */ { swelling, ignited }) {
    return [
      { key: METADATA.SWELLING, type: 'int', value: swelling ? 1 : -1 },
      { key: METADATA.CHARGED, type: 'boolean', value: false },
      { key: METADATA.IGNITED, type: 'boolean', value: ignited }
    ]
  }

  think (/** @type {any} */ creeper) {
    super.think(creeper)
    if (creeper.target === null && !creeper.ignited) this.#swell(creeper, false)
    if (creeper.ignited) this.#swell(creeper, true)
    creeper.fuse = Math.max(0, creeper.fuse + (creeper.swelling ? 1 : -1))
    if (creeper.fuse >= FUSE_TICKS) this.#explode(creeper)
  }

  fight (/** @type {any} */ creeper, /** @type {any} */ target) {
    this.watch(creeper, target)
    if (creeper.ignited) return this.navigation.stop(creeper)
    const distance = this.distanceTo(creeper, target)
    if (creeper.swelling) this.#swell(creeper, distance <= CALM_DISTANCE && this.sees(creeper, target))
    else if (distance < LIGHT_DISTANCE) this.#swell(creeper, true)
    if (creeper.swelling) this.navigation.stop(creeper)
    else this.chase(creeper, target, 1)
  }

  #swell (/** @type {any} */ creeper, /** @type {boolean} */ swelling) {
    if (creeper.swelling === swelling) return
    creeper.swelling = swelling
    this.game.entities.sendMetadata(creeper)
  }

  #explode (/** @type {any} */ creeper) {
    const { explosions, entities, rules } = this.game
    entities.remove(creeper)
    explosions.explode(creeper, POWER, { attacker: creeper, breaks: rules.get('mobGriefing') })
  }

  /** Flint and steel lights the fuse for good. */
  interact (/** @type {any} */ creeper, /** @type {any} */ player, /** @type {any} */ held) {
    if (held?.name !== 'flint_and_steel') return
    creeper.ignited = true
    this.game.windows.wearHeld(player, 1)
    this.game.entities.sendMetadata(creeper)
  }
}

module.exports = { Creeper }
