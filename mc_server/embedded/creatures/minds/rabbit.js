'use strict'
/** Rabbits hop and keep away from players, unless one has a carrot. Their coat is that of the land. */

const { Animal } = require('./animal')

const METADATA_COAT = 17
const COATS = { brown: 0, white: 1, black: 2, spotted: 3, gold: 4, salt: 5 }
const SHY = { distance: 8, pace: 2.2, flight: 8 }

class Rabbit extends Animal {
  born (/** @type {Record<string, any>} */ { coat, ...options }) {
    return { ...super.born(options), coat: coat ?? this.game.random.pick(['brown', 'brown', 'salt', 'black']) }
  }

  inherit (/** @type {any} */ rabbit, /** @type {any} */ mate) {
    return { coat: this.game.random.pick([rabbit.coat, mate.coat]) }
  }

  metadata (/** @type {{coat: keyof typeof COATS}} */ { coat }) {
    return [{ key: METADATA_COAT, type: 'int', value: COATS[coat] }]
  }

  think (/** @type {any} */ rabbit) {
    super.think(rabbit)
    rabbit.hops = rabbit.path !== null
  }

  habit (/** @type {any} */ rabbit) {
    const player = this.nearestPlayer(rabbit, SHY.distance)
    if (!player) return false
    if (!rabbit.path || rabbit.path.pace !== SHY.pace) this.flee(rabbit, SHY.pace, player.position, SHY.flight)
    return true
  }
}

module.exports = { Rabbit }
