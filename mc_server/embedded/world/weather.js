'use strict'
/**
 * Rain and thunder: when they come, how they fade in and out, and where they fall.
 *
 * Rain and thunder go by clocks of their own; a thunderstorm is where both meet. Not here: lightning.
 */

const { MIN_Y } = require('./world_state')

const DRY_TICKS = [12000, 180000]
const RAIN_TICKS = [12000, 24000]
const CALM_TICKS = [12000, 180000]
const THUNDER_TICKS = [3600, 15600]
/** Rain and thunder fade in and out within five seconds. */
const FADE_TICKS = 100
/** From these levels on it rains and thunders. */
const RAINING_LEVEL = 0.2
const THUNDERING_LEVEL = 0.9

/** What `game_state_change` says. */
const REASON = { startRaining: 1, stopRaining: 2, rainLevel: 7, thunderLevel: 8 }

/** Below this temperature it snows; from this height on it gets colder with every block. */
const SNOW_TEMPERATURE = 0.15
const MOUNTAIN_Y = 80
const COLDER_BY_BLOCK = 0.05 / 40

class Weather {
  /** @param {any} game */
  constructor (game) {
    this.game = game
    /** What is on its way: the levels follow. Ticks are those until it changes. */
    this.rain = { on: false, ticksLeft: 0, fade: 0 }
    this.thunder = { on: false, ticksLeft: 0, fade: 0 }
  }

  /** How heavily it rains, 0 to 1. */
  get rainLevel () {
    return this.rain.fade / FADE_TICKS
  }

  /** How dark the clouds are, 0 to 1; without rain there is no thunder. */
  get thunderLevel () {
    return this.thunder.fade / FADE_TICKS
  }

  get raining () {
    return this.rainLevel > RAINING_LEVEL
  }

  get thundering () {
    return this.thunderLevel * this.rainLevel > THUNDERING_LEVEL
  }

  tick () {
    const rained = this.raining
    const { rain, thunder } = this
    const levels = [rain.fade, thunder.fade]
    if (this.game.rules.get('doWeatherCycle')) {
      this.#advance(thunder, THUNDER_TICKS, CALM_TICKS)
      this.#advance(rain, RAIN_TICKS, DRY_TICKS)
    }
    for (const phase of [thunder, rain]) phase.fade = Math.min(FADE_TICKS, Math.max(0, phase.fade + (phase.on ? 1 : -1)))
    if (rained !== this.raining) for (const player of this.game.players.all()) this.send(player)
    else if (levels[0] !== rain.fade || levels[1] !== thunder.fade) for (const player of this.game.players.all()) this.#sendLevels(player)
  }

  #advance (/** @type {{on: boolean, ticksLeft: number, fade: number}} */ phase, /** @type {number[]} */ onTicks, /** @type {number[]} */ offTicks) {
    if (phase.ticksLeft > 0) {
      phase.ticksLeft--
      if (phase.ticksLeft === 0) phase.on = !phase.on
    } else {
      const [shortest, longest] = phase.on ? onTicks : offTicks
      phase.ticksLeft = this.game.random.between(shortest, longest)
    }
  }

  /** The weather clears up. */
  clear () {
    this.set('clear')
  }

  /**
   * @param {string} kind clear, rain or thunder
   * @param {number} [ticks] for how long; as long as weather lasts, if it is not said
   * @param {{atOnce?: boolean}} [options] atOnce: without fading in or out
   */
  set (kind, ticks = 0, { atOnce = false } = {}) {
    for (const [phase, on] of /** @type {const} */ ([[this.rain, kind !== 'clear'], [this.thunder, kind === 'thunder']])) {
      phase.on = on
      phase.ticksLeft = ticks
      if (atOnce) phase.fade = on ? FADE_TICKS : 0
    }
    if (atOnce) for (const player of this.game.players.all()) this.send(player)
    this.game.saving.markChanged()
  }

  /** Tells a client of the weather. */
  send (/** @type {any} */ player) {
    player._client.write('game_state_change', { reason: this.raining ? REASON.startRaining : REASON.stopRaining, gameMode: 0 })
    this.#sendLevels(player)
  }

  #sendLevels (/** @type {any} */ player) {
    player._client.write('game_state_change', { reason: REASON.rainLevel, gameMode: this.rainLevel })
    player._client.write('game_state_change', { reason: REASON.thunderLevel, gameMode: this.thunderLevel })
  }

  /** Whether rain, not snow, falls on a block: it rains, the biome has rain, nothing is above it. */
  rainsAt (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ z) {
    return this.raining && this.precipitationAt(x, y, z) === 'rain' && this.isBelowSky(x, y, z)
  }

  /** @returns {'none' | 'rain' | 'snow'} what falls there when it rains */
  precipitationAt (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ z) {
    const { registry, world } = this.game
    const { biomes } = world.column(Math.floor(x) >> 4, Math.floor(z) >> 4)
    const biome = registry.biomes[biomes[(Math.floor(z) & 12) | (Math.floor(x) & 12) >> 2]]
    if (!biome.has_precipitation) return 'none'
    const temperature = biome.temperature - Math.max(0, y - MOUNTAIN_Y) * COLDER_BY_BLOCK
    return temperature < SNOW_TEMPERATURE ? 'snow' : 'rain'
  }

  /** Whether neither this block nor one above it stops rain: leaves, glass and water do. */
  isBelowSky (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ z) {
    return Math.floor(y) >= this.openFrom(x, z)
  }

  /** @returns {number} height of the lowest block that rain comes to */
  openFrom (/** @type {number} */ x, /** @type {number} */ z) {
    const { world, blocks } = this.game
    const { states } = world.column(Math.floor(x) >> 4, Math.floor(z) >> 4)
    const at = (Math.floor(z) & 15) << 4 | (Math.floor(x) & 15)
    let y = states.length >> 8
    for (; y > 0; y--) {
      const state = states[((y - 1) << 8) | at]
      if (blocks.solid[state] || blocks.isFluid(state)) break
    }
    return y + MIN_Y
  }

  pack () {
    return { rain: { ...this.rain }, thunder: { ...this.thunder } }
  }

  unpack (/** @type {any} */ { rain, thunder }) {
    if (rain) this.rain = { ...rain }
    if (thunder) this.thunder = { ...thunder }
  }
}

module.exports = { Weather }
