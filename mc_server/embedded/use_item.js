'use strict'
/** Right clicks into the air with something in hand: eating, buckets, lily pads, wearing armour. */

const { armourSlot } = require('./window_views')
const { FULL_FOOD } = require('./health')

const EATING_TICKS = 32
const OFF_HAND = 1
/** Entity status that tells a client it has finished eating. */
const STATUS_ATE = 9
const ALWAYS_EDIBLE = ['golden_apple', 'enchanted_golden_apple', 'chorus_fruit', 'honey_bottle', 'suspicious_stew']

class UseItem {
  /** @param {any} game */
  constructor (game) {
    this.game = game
  }

  handle (/** @type {any} */ player, /** @type {any} */ { hand, sequence }) {
    const { players, windows, registry, tick } = this.game
    players.acknowledge(player, sequence)
    const held = windows.held(player)
    if (player.survivor.dead || !held || hand === OFF_HAND) return
    if (registry.foodsByName[held.name]) {
      const hungry = player.survivor.food < FULL_FOOD || ALWAYS_EDIBLE.includes(held.name)
      if (hungry) Object.assign(player.survivor, { eatingUntil: tick + EATING_TICKS, eating: held.name })
    } else if (this.game.buckets.use(player, held)) {
      this.game.saving.markChanged()
    } else if (held.name === 'lily_pad') {
      this.#layOnWater(player, held)
    } else if (armourSlot(held)) {
      this.#wear(player, held)
    }
  }

  /** Finishes meals. */
  tick (/** @type {any} */ player) {
    const { survivor } = player
    const { windows, registry, tick, health } = this.game
    if (survivor.eatingUntil === 0 || survivor.dead) return
    const held = windows.held(player)
    if (held?.name !== survivor.eating) {
      survivor.eatingUntil = 0
    } else if (tick >= survivor.eatingUntil) {
      survivor.eatingUntil = 0
      const food = registry.foodsByName[held.name]
      survivor.food = Math.min(FULL_FOOD, survivor.food + food.foodPoints)
      survivor.saturation = Math.min(survivor.food, survivor.saturation + food.saturation)
      player._client.write('entity_status', { entityId: player.id, entityStatus: STATUS_ATE })
      this.#eaten(player, held)
      health.send(player)
    }
  }

  #eaten (/** @type {any} */ player, /** @type {any} */ held) {
    const { windows, items } = this.game
    const bowl = /_stew$|_soup$/.test(held.name)
    if (bowl) windows.setHeld(player, items.create('bowl'))
    else windows.spendHeld(player)
    this.game.saving.markChanged()
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
    if (slots[slot]) return
    slots[slot] = held
    this.game.windows.setHeld(player, null)
  }
}

module.exports = { UseItem }
