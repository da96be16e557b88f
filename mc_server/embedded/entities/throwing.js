'use strict'
/** Snowballs, eggs, ender pearls and bottles of experience: thrown by a right click. */

const { aimed, muzzle } = require('../players/aim')

const SPEED = 1.5
const PEARL_COOLDOWN_TICKS = 20
const KINDS = ['snowball', 'egg', 'ender_pearl', 'experience_bottle']
/** Bottles are thrown slower and higher. */
const BOTTLE = { speed: 0.7, raisedDegrees: -20 }

class Throwing {
  /** @param {any} game */
  constructor (game) {
    this.game = game
  }

  /** @returns {boolean} whether the item is one to throw */
  use (/** @type {any} */ player, /** @type {any} */ item, /** @type {number} */ slot) {
    if (!KINDS.includes(item.name)) return false
    const { game } = this
    if (game.using.isCoolingDown(player, item.name)) return true
    const isBottle = item.name === 'experience_bottle'
    const velocity = isBottle ? aimed(game, player, BOTTLE.speed, BOTTLE.raisedDegrees) : aimed(game, player, SPEED)
    game.projectiles.shoot({ kind: item.name, from: muzzle(game, player), velocity, shooter: player })
    if (item.name === 'ender_pearl') game.using.coolDown(player, 'ender_pearl', PEARL_COOLDOWN_TICKS)
    if (game.gameModes.isCreative(player)) return true
    item.count--
    if (item.count === 0) player.survivor.slots[slot] = null
    game.windows.sendChanges(player)
    return true
  }
}

module.exports = { Throwing }
