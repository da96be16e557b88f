'use strict'
/**
 * Right clicks into the air with something in hand: what is used for a while, what is thrown, buckets, lily pads,
 * armour.
 */

const { armourSlot } = require('../inventory/window_views')

const OFF_HAND = 1

class UseItem {
  /** @param {any} game */
  constructor (game) {
    this.game = game
  }

  handle (/** @type {any} */ player, /** @type {any} */ { hand, sequence }) {
    const { players, using, saving } = this.game
    players.acknowledge(player, sequence)
    if (player.survivor.dead) return
    const offHand = hand === OFF_HAND
    const slot = using.slotOf(player, offHand)
    const item = player.survivor.slots[slot]
    if (!item) return
    if (using.start(player, offHand) || this.#useAtOnce(player, item, slot) || (!offHand && this.#useHeld(player, item))) {
      saving.markChanged()
    }
  }

  /** @returns {boolean} whether it is something that flies from either hand */
  #useAtOnce (/** @type {any} */ player, /** @type {any} */ item, /** @type {number} */ slot) {
    const { throwing, fishing } = this.game
    if (item.name !== 'fishing_rod') return throwing.use(player, item, slot)
    fishing.use(player, item, slot)
    return true
  }

  /** @returns {boolean} whether the held item is of use here */
  #useHeld (/** @type {any} */ player, /** @type {any} */ held) {
    if (this.game.buckets.use(player, held)) return true
    if (held.name === 'lily_pad') this.#layOnWater(player, held)
    else if (armourSlot(held)) this.#wear(player, held)
    else return false
    return true
  }

  /** Lily pads go on the water that is looked at. */
  #layOnWater (/** @type {any} */ player, /** @type {any} */ held) {
    const { reach, blocks, world, windows, ground } = this.game
    const seen = reach.look(player, (/** @type {number} */ state) => blocks.isSource(state) || blocks.solid[state] === 1)
    if (!seen) return
    const at = { x: seen.hit.x, y: seen.hit.y + 1, z: seen.hit.z }
    const pad = blocks.defaultOf(held.name)
    if (world.get(at.x, at.y, at.z) !== 0 || !ground.holds(at, pad)) return
    world.set(at.x, at.y, at.z, pad)
    windows.spendHeld(player)
  }

  #wear (/** @type {any} */ player, /** @type {any} */ held) {
    const slot = armourSlot(held)
    const { slots } = player.survivor
    const worn = slots[slot] ?? null
    slots[slot] = held
    this.game.windows.setHeld(player, worn)
  }
}

module.exports = { UseItem }
