'use strict'
/** Rain and thunder. */

class Weather {
  /** @param {any} game */
  constructor (game) {
    this.game = game
    this.raining = false
    this.thundering = false
  }

  /** Whether rain falls on a block: it rains, the biome has rain, nothing is above it. */
  rainsAt (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ z) {
    return this.raining && this.game.light.sky(x, y, z) === 15
  }

  tick () {}

  pack () {
    return { raining: this.raining, thundering: this.thundering }
  }

  unpack (/** @type {any} */ saved) {
    Object.assign(this, saved)
  }
}

module.exports = { Weather }
