'use strict'
/** Armour that players wear: what it holds off and how it wears. */

const { armourOf, PROTECTION } = require('../tables/armour')
const { FIRE } = require('../tables/damage')

const FIRST_SLOT = 5
const LAST_SLOT = 8
const MOST_PROTECTION = 20

class Armour {
  /** @param {any} game */
  constructor (game) {
    this.game = game
  }

  /** @returns {{slot: number, item: any, points: number, toughness: number, steadiness: number}[]} */
  #worn (/** @type {any} */ { survivor }) {
    const worn = []
    for (let slot = FIRST_SLOT; slot <= LAST_SLOT; slot++) {
      const item = survivor.slots[slot]
      const values = item && armourOf(item.name, slot - FIRST_SLOT)
      if (values) worn.push({ slot, item, ...values })
    }
    return worn
  }

  /** What armour lets through of a blow; it wears. */
  absorb (/** @type {any} */ player, /** @type {number} */ damage, /** @type {string} */ cause) {
    const worn = this.#worn(player)
    if (worn.length === 0) return damage
    const points = sum(worn.map(each => each.points))
    const toughness = sum(worn.map(each => each.toughness))
    const effective = Math.min(20, Math.max(points / 5, points - damage / (2 + toughness / 4)))
    for (const { slot, item } of worn) {
      if (FIRE.has(cause) && item.name.startsWith('netherite_')) continue
      player.survivor.slots[slot] = this.game.items.wear(item, Math.max(1, Math.floor(damage / 4)))
    }
    this.game.windows.sendChanges(player)
    return damage * (1 - effective / 25)
  }

  /** What the enchantments of armour let through. */
  ward (/** @type {any} */ player, /** @type {number} */ damage, /** @type {string} */ cause) {
    let factor = 0
    for (const { item } of this.#worn(player)) {
      for (const { name, lvl } of item.enchants ?? []) {
        const protection = PROTECTION[name]
        if (protection && (!protection.causes || protection.causes.includes(cause))) factor += protection.perLevel * lvl
      }
    }
    return damage * (1 - Math.min(MOST_PROTECTION, factor) / 25)
  }

  /** Share of a knock-back that is not felt, 0 to 1. */
  steadiness (/** @type {any} */ player) {
    return Math.min(1, sum(this.#worn(player).map(each => each.steadiness)))
  }

  /** The level of an enchantment on a worn piece, 0 without. */
  enchantment (/** @type {any} */ player, /** @type {string} */ enchantment) {
    const levels = this.#worn(player).flatMap(({ item }) => item.enchants ?? [])
      .filter((/** @type {any} */ { name }) => name === enchantment).map((/** @type {any} */ { lvl }) => lvl)
    return Math.max(0, ...levels)
  }
}

const sum = (/** @type {number[]} */ numbers) => numbers.reduce((total, each) => total + each, 0)

module.exports = { Armour }
