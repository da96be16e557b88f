'use strict'
/**
 * Items that are used for a while: food and drink, a shield that is held up, a bow or crossbow that is drawn.
 *
 * `survivor.using` is `{item, offHand, since}` meanwhile. What the item does at the end is said by the rule it belongs to.
 */

const { FIRST_HOTBAR, OFF_HAND } = require('../inventory/window_views')

class Using {
  /** @param {any} game */
  constructor (game) {
    this.game = game
  }

  /** The rule that an item obeys, or null for what is not used for a while. */
  #ruleOf (/** @type {string} */ name) {
    const { meals, shield, bow, crossbow } = this.game
    if (meals.isMeal(name)) return meals
    switch (name) {
      case 'shield': return shield
      case 'bow': return bow
      case 'crossbow': return crossbow
      default: return null
    }
  }

  slotOf (/** @type {any} */ { survivor }, /** @type {boolean} */ offHand) {
    return offHand ? OFF_HAND : FIRST_HOTBAR + survivor.heldSlot
  }

  /**
   * A right click with an item.
   * @returns {boolean} whether the item is of this kind
   */
  start (/** @type {any} */ player, /** @type {boolean} */ offHand) {
    const { survivor } = player
    const item = survivor.slots[this.slotOf(player, offHand)]
    const rule = item && this.#ruleOf(item.name)
    if (!rule) return false
    if (survivor.dead || this.isCoolingDown(player, item.name) || !rule.mayStart(player, item)) return true
    survivor.using = { item: item.name, offHand, since: this.game.tick }
    return true
  }

  /** Ticks that the item has been in use. */
  ticks (/** @type {any} */ { survivor }) {
    return this.game.tick - survivor.using.since
  }

  tick (/** @type {any} */ player) {
    const { using } = player.survivor
    if (!using) return
    const item = player.survivor.slots[this.slotOf(player, using.offHand)]
    if (item?.name !== using.item) return this.stop(player)
    this.#ruleOf(using.item).whileUsed?.(player, item, this.ticks(player))
  }

  /** The button is let go. */
  release (/** @type {any} */ player) {
    const { using } = player.survivor
    if (!using) return
    const slot = this.slotOf(player, using.offHand)
    const item = player.survivor.slots[slot]
    const ticks = this.ticks(player)
    this.stop(player)
    if (item?.name === using.item) this.#ruleOf(using.item).release?.(player, item, ticks, slot)
  }

  stop (/** @type {any} */ player) {
    player.survivor.using = null
  }

  /** Keeps an item from being used for a while. */
  coolDown (/** @type {any} */ player, /** @type {string} */ name, /** @type {number} */ ticks) {
    player.survivor.cooldowns[name] = this.game.tick + ticks
    player._client.write('set_cooldown', { itemID: this.game.registry.itemsByName[name].id, cooldownTicks: ticks })
  }

  isCoolingDown (/** @type {any} */ { survivor }, /** @type {string} */ name) {
    return this.game.tick < (survivor.cooldowns[name] ?? 0)
  }
}

module.exports = { Using }
