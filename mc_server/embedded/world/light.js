'use strict'
/**
 * How bright it is at a block: light of the sky and light of blocks, 0 to 15, and how dark hour and weather make the sky.
 *
 * How light spreads is in `light_columns.js`, how clients learn of it in `light_packets.js`.
 */

const { MIN_Y, MAX_Y } = require('./world_state')
const { LightTables } = require('./light_tables')
const { LightColumns } = require('./light_columns')
const { lightAt, indexOf, OPEN } = require('./light_spread')

/** The darkest that an hour makes the sky. */
const NIGHT_DARKENING = 11
/** Share of the sky's light that rain takes, and thunder again. */
const WEATHER_SHARE = 5 / 16
const DAY_TICKS = 24000

class Light {
  /** @param {any} game */
  constructor (game) {
    this.game = game
    this.columns = new LightColumns(game.world, new LightTables(game.blocks))
  }

  /** Sky light << 4 | block light. */
  #both (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ z) {
    const blockX = Math.floor(x)
    const blockY = Math.floor(y)
    const blockZ = Math.floor(z)
    if (blockY > MAX_Y) return OPEN
    if (blockY < MIN_Y) return 0
    return lightAt(this.columns.exact(blockX >> 4, blockZ >> 4), indexOf(blockX, blockY - MIN_Y, blockZ))
  }

  /** Light that comes from the sky, whatever the time of day. */
  sky (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ z) {
    return this.#both(x, y, z) >> 4
  }

  /** Light of torches, lava and the like. */
  block (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ z) {
    return this.#both(x, y, z) & 15
  }

  /** What creatures go by: the brighter of both, with the sky as dark as hour and weather make it. */
  at (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ z) {
    const both = this.#both(x, y, z)
    return Math.max(both & 15, (both >> 4) - this.darkening())
  }

  /** What hour and weather take from the light of the sky: 0 on a clear day, 11 at night. */
  darkening () {
    const { time, weather } = this.game
    const brightness = Math.min(1, Math.max(0, 0.5 + 2 * Math.min(0.25, Math.max(-0.25, Math.cos(sunAngle(time.ticks) * 2 * Math.PI)))))
    const left = brightness * (1 - weather.rainLevel * WEATHER_SHARE) * (1 - weather.thunderLevel * weather.rainLevel * WEATHER_SHARE)
    return Math.floor((1 - left) * NIGHT_DARKENING)
  }
}

/** How far the sun has gone since noon, in turns; it lingers at noon and midnight. */
function sunAngle (/** @type {number} */ ticks) {
  const turn = (ticks / DAY_TICKS + 0.75) % 1
  const smooth = 0.5 - Math.cos(turn * Math.PI) / 2
  return (turn * 2 + smooth) / 3
}

module.exports = { Light }
