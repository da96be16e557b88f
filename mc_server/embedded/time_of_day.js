'use strict'
/** Day and night: 24,000 ticks, told to the clients every second. */

const DAY_TICKS = 24000
const NIGHT = { from: 12542, to: 23459 }
const TELL_INTERVAL_TICKS = 20

class TimeOfDay {
  /** @param {any} game */
  constructor (game) {
    this.game = game
    /** Ticks since sunrise. */
    this.ticks = 0
    /** Ticks the world has been played. */
    this.age = 0
  }

  pack () {
    return { ticks: this.ticks, age: this.age }
  }

  unpack (/** @type {{ticks: number, age: number}} */ saved) {
    Object.assign(this, saved)
  }

  tick () {
    this.age++
    this.ticks = (this.ticks + 1) % DAY_TICKS
    if (this.age % TELL_INTERVAL_TICKS === 0) for (const player of this.game.players.all()) this.send(player)
  }

  set (/** @type {number} */ ticks) {
    this.ticks = ticks % DAY_TICKS
    for (const player of this.game.players.all()) this.send(player)
    this.game.saving.markChanged()
  }

  isNight () {
    return this.ticks >= NIGHT.from && this.ticks <= NIGHT.to
  }

  send (/** @type {any} */ player) {
    player._client.write('update_time', { age: [0, this.age], time: [0, this.ticks] })
  }
}

module.exports = { TimeOfDay }
