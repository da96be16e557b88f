'use strict'
/** How bright it is at a block: light of the sky and light of blocks, 0 to 15. */

const FULL = 15

class Light {
  /** @param {any} game */
  constructor (game) {
    this.game = game
  }

  /** Light that falls from the sky, whatever the time of day. */
  sky (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ z) {
    return y > this.game.world.terrain.heightAt(Math.floor(x), Math.floor(z)) ? FULL : 0
  }

  /** Light of torches, lava and the like. */
  block (/** @type {number} */ _x, /** @type {number} */ _y, /** @type {number} */ _z) {
    return 0
  }

  /** What creatures go by: the brighter of both, with the sky as dark as hour and weather make it. */
  at (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ z) {
    const darkening = this.game.time.isNight() ? 11 : 0
    return Math.max(this.block(x, y, z), this.sky(x, y, z) - darkening)
  }
}

module.exports = { Light }
