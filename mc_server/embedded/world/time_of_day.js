'use strict'
/** Day and night: 24,000 ticks a day, a moon of eight days, told to the clients every second. */

const DAY_TICKS = 24000
const TELL_INTERVAL_TICKS = 20
/** From this much taken from the light of the sky on it is night: one can sleep, and monsters are safe from the sun. */
const NIGHT_DARKENING = 4
const TWO_TO_32 = 2 ** 32

class TimeOfDay {
  /** @param {any} game */
  constructor (game) {
    this.game = game
    /** Ticks since sunrise. */
    this.ticks = 0
    /** Days that have passed. */
    this.day = 0
    /** Ticks the world has been played. */
    this.age = 0
  }

  pack () {
    return { ticks: this.ticks, day: this.day, age: this.age }
  }

  unpack (/** @type {any} */ saved) {
    Object.assign(this, { day: 0 }, saved)
  }

  tick () {
    this.age++
    if (this.#sunMoves()) this.#put(this.day * DAY_TICKS + this.ticks + 1)
    if (this.age % TELL_INTERVAL_TICKS === 0) this.tellAll()
  }

  #put (/** @type {number} */ total) {
    this.day = Math.floor(total / DAY_TICKS)
    this.ticks = total % DAY_TICKS
  }

  /** Tells everybody the time. */
  tellAll () {
    for (const player of this.game.players.all()) this.send(player)
  }

  /** Sets the time, in ticks since the first sunrise: with it day and moon. */
  set (/** @type {number} */ ticks) {
    this.#put(ticks)
    this.tellAll()
    this.game.saving.markChanged()
  }

  /** The sun rises: of the next day. */
  skipToMorning () {
    this.set((this.day + 1) * DAY_TICKS)
  }

  /** Moves the time on. */
  add (/** @type {number} */ ticks) {
    this.set(this.day * DAY_TICKS + this.ticks + ticks)
  }

  #sunMoves () {
    return this.game.rules.get('doDaylightCycle')
  }

  /** 0 is full, 4 is new. */
  get moonPhase () {
    return this.day % 8
  }

  /** Dark enough to sleep; a thunderstorm is, too. */
  isNight () {
    return this.game.light.darkening() >= NIGHT_DARKENING
  }

  send (/** @type {any} */ player) {
    const total = this.day * DAY_TICKS + this.ticks
    // A time below zero says that the sun stands still.
    const time = this.#sunMoves() ? [Math.floor(total / TWO_TO_32), total | 0] : [-1, -Math.max(1, total) | 0]
    player._client.write('update_time', { age: [Math.floor(this.age / TWO_TO_32), this.age | 0], time })
  }
}

module.exports = { TimeOfDay }
