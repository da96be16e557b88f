'use strict'
/**
 * What the bot carried a moment ago: at its death the server may have taken all before it says that the bot is dead.
 */

const { countByName, ownedItems } = require('./observation')

/** So long before its death, at most, the bot carried what it lost; in milliseconds of the world's time. */
const EVERY_MILLISECONDS = 500

class Carried {
  /** @param {any} bot */
  constructor (bot) {
    this.bot = bot
    this.at = -Infinity
    /** @type {Record<string, number>} */ this.last = {}
    /** @type {Record<string, number>} */ this.earlier = {}
    bot.on('physicsTick', () => { if (bot.health > 0 && Date.now() - this.at >= EVERY_MILLISECONDS) this.look() })
  }

  look () {
    this.at = Date.now()
    this.earlier = this.last
    this.last = countByName(ownedItems(this.bot))
  }

  /** @returns {Record<string, number>} of the last two looks what held more */
  beforeDeath () {
    return total(this.earlier) > total(this.last) ? this.earlier : this.last
  }

  /** The next life begins with what there is. */
  forget () {
    this.earlier = this.last = {}
  }
}

/** @param {Record<string, number>} counts */
const total = counts => Object.values(counts).reduce((sum, count) => sum + count, 0)

module.exports = { Carried }
