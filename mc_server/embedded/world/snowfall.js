'use strict'
/**
 * Snow that settles while it rains elsewhere, and water that freezes, where it is cold.
 *
 * As in the original game a column of 16 by 16 has one such place drawn in 16 ticks on average, from seed, tick and place
 * alone. The land is made with its snow and ice, so only columns are looked at in which something was changed. Not here: snow
 * that gets deeper, which the original game does not do by default either; melting (`random_ticks.js`).
 */

const { hash } = require('../random')
const { MIN_Y } = require('./world_state')

/** One of so many ticks of a column. */
const DRAW_INTERVAL = 16
/** Snow and ice stay away from this much light of blocks. */
const WARM_LIGHT = 10
const SALT = 0x50f7

class Snowfall {
  /** @param {any} game */
  constructor (game) {
    this.game = game
    const { blocks } = game
    this.snow = blocks.defaultOf('snow')
    this.ice = blocks.defaultOf('ice')
    this.water = blocks.defaultOf('water')
    /** 1 where snow can lie on. */
    this.carries = new Uint8Array(blocks.solid.length)
    const { opacity } = game.light.columns.tables
    for (let state = 0; state < this.carries.length; state++) {
      const name = blocks.block(state)?.name ?? 'air'
      if ((opacity[state] === 15 || name.endsWith('_leaves')) && !/^(packed_ice|barrier)$/.test(name)) this.carries[state] = 1
    }
  }

  tick () {
    const { world, tick, options, randomTicks } = this.game
    for (const [key, chunkX, chunkZ] of randomTicks.active) {
      if (!world.overlay.has(key) || !world.columns.has(key)) continue
      const drawn = hash(options.seed ^ SALT, chunkX, chunkZ, tick)
      if (drawn % DRAW_INTERVAL === 0) this.#settle(chunkX * 16 + ((drawn >>> 8) & 15), chunkZ * 16 + ((drawn >>> 16) & 15))
    }
  }

  #settle (/** @type {number} */ x, /** @type {number} */ z) {
    const { world, weather, light } = this.game
    const y = weather.openFrom(x, z)
    if (y <= MIN_Y || weather.precipitationAt(x, y, z) !== 'snow') return
    const below = world.get(x, y - 1, z)
    if (below === this.water) {
      if (light.block(x, y - 1, z) < WARM_LIGHT && this.#isShore(x, y - 1, z)) world.set(x, y - 1, z, this.ice)
    } else if (weather.raining && this.carries[below] && world.get(x, y, z) === 0 && light.block(x, y, z) < WARM_LIGHT) {
      world.set(x, y, z, this.snow)
    }
  }

  /** Water freezes from its edges. */
  #isShore (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ z) {
    const { world, blocks } = this.game
    return [[1, 0], [-1, 0], [0, 1], [0, -1]].some(([dx, dz]) => !blocks.isWater(world.get(x + dx, y, z + dz)))
  }
}

module.exports = { Snowfall }
