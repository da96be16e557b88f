'use strict'
/** Cauldrons: filled and emptied with buckets, and water by the bottle. Not covered: rain and drips that fill them, washing. */

/** @typedef {{x: number, y: number, z: number}} Point */

const FULL = 3
const POURED = /** @type {Record<string, string>} */ ({
  water_bucket: 'water_cauldron', lava_bucket: 'lava_cauldron', powder_snow_bucket: 'powder_snow_cauldron'
})
const SCOOPED = /** @type {Record<string, string>} */ ({
  water_cauldron: 'water_bucket', lava_cauldron: 'lava_bucket', powder_snow_cauldron: 'powder_snow_bucket'
})

class Cauldrons {
  /** @param {any} game */
  constructor (game) {
    this.game = game
  }

  /** @returns {boolean} whether the held item did something to the cauldron */
  use (/** @type {any} */ player, /** @type {Point} */ at, /** @type {any} */ held, /** @type {number} */ state) {
    const { blocks, items, buckets } = this.game
    const name = blocks.nameOf(state)
    const level = Number(blocks.properties(state).level ?? FULL)
    if (!held) return false
    if (POURED[held.name]) {
      this.#become(at, POURED[held.name], FULL)
      buckets.exchange(player, items.create('bucket'))
    } else if (held.name === 'bucket' && SCOOPED[name] && level === FULL) {
      this.#become(at, 'cauldron')
      buckets.exchange(player, items.create(SCOOPED[name]))
    } else if (held.name === 'glass_bottle' && name === 'water_cauldron') {
      this.#become(at, name, level - 1)
      buckets.exchange(player, buckets.waterBottle())
    } else if (isWaterBottle(held) && (name === 'cauldron' || (name === 'water_cauldron' && level < FULL))) {
      this.#become(at, 'water_cauldron', name === 'cauldron' ? 1 : level + 1)
      buckets.exchange(player, items.create('glass_bottle'))
    } else {
      return false
    }
    return true
  }

  #become (/** @type {Point} */ { x, y, z }, /** @type {string} */ name, level = 0) {
    const { world, blocks } = this.game
    const left = level === 0 && name === 'water_cauldron' ? 'cauldron' : name
    world.set(x, y, z, blocks.withProperties(left, blocks.hasProperty(left, 'level') ? { level } : {}))
  }
}

const isWaterBottle = (/** @type {any} */ item) => item.name === 'potion' && item.nbt?.value.Potion?.value === 'minecraft:water'

module.exports = { Cauldrons }
