'use strict'
/** Chickens lay an egg every five to ten minutes. */

const { Animal } = require('./animal')

const EGG_TICKS = { least: 6000, most: 11999 }

class Chicken extends Animal {
  born (/** @type {Record<string, any>} */ { eggIn = this.#untilEgg(), ...options }) {
    return { ...super.born(options), eggIn }
  }

  #untilEgg () {
    return this.game.random.between(EGG_TICKS.least, EGG_TICKS.most)
  }

  think (/** @type {any} */ chicken) {
    super.think(chicken)
    if (chicken.baby || --chicken.eggIn > 0) return
    const { itemEntities, items } = this.game
    itemEntities.spawn(chicken, items.create('egg'))
    chicken.eggIn = this.#untilEgg()
  }
}

module.exports = { Chicken }
