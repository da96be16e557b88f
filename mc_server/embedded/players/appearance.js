'use strict'
/**
 * How players look to others and to themselves: crouching, sprinting, burning, asleep, drawing a bow, out of breath, and
 * what they wear and hold. Sent when it changed, and whole to whom they come into view.
 */

const { FIRST_HOTBAR, OFF_HAND } = require('../inventory/window_views')

/** Rows of a player's metadata. */
const KEY = { FLAGS: 0, AIR: 1, POSE: 6, HAND: 8, HEALTH: 9, BED: 14, ABSORPTION: 15 }
const FLAG = { FIRE: 1, CROUCHING: 2, SPRINTING: 8 }
const POSE = { STANDING: 0, SLEEPING: 2, CROUCHING: 5 }
/** Bits of the row that tells of a hand in use. */
const HAND = { ACTIVE: 1, OFF: 2 }
/** Slots of the inventory in the order of an `entity_equipment` packet: boots to helmet after both hands. */
const ARMOUR_SLOTS = [8, 7, 6, 5]

class Appearance {
  /** @param {any} game */
  constructor (game) {
    this.game = game
  }

  /** @returns {{key: number, type: string, value: any}[]} */
  #looks (/** @type {any} */ { survivor }) {
    const { using, asleepSince } = survivor
    const flags = (survivor.fireTicks > 0 ? FLAG.FIRE : 0) | (survivor.sneaking ? FLAG.CROUCHING : 0) |
      (survivor.sprinting ? FLAG.SPRINTING : 0)
    const pose = asleepSince !== null ? POSE.SLEEPING : survivor.sneaking ? POSE.CROUCHING : POSE.STANDING
    const bed = asleepSince !== null && survivor.bed
      ? { x: survivor.bed[0], y: survivor.bed[1], z: survivor.bed[2] }
      : undefined
    return [
      { key: KEY.FLAGS, type: 'byte', value: flags },
      { key: KEY.AIR, type: 'int', value: survivor.air },
      { key: KEY.POSE, type: 'pose', value: pose },
      { key: KEY.HAND, type: 'byte', value: using ? HAND.ACTIVE | (using.offHand ? HAND.OFF : 0) : 0 },
      { key: KEY.HEALTH, type: 'float', value: survivor.health },
      { key: KEY.BED, type: 'optional_block_pos', value: bed },
      { key: KEY.ABSORPTION, type: 'float', value: survivor.absorption }
    ]
  }

  /** Tells everybody, the player too, what changed. */
  show (/** @type {any} */ player) {
    const { survivor } = player
    const looks = this.#looks(player)
    const texts = looks.map(({ value }) => JSON.stringify(value))
    const changed = looks.filter((_, index) => texts[index] !== survivor.shownLooks?.[index])
    survivor.shownLooks = texts
    if (changed.length === 0) return
    const packet = { entityId: player.id, metadata: changed }
    player._client.write('entity_metadata', packet)
    player._writeOthersNearby('entity_metadata', packet)
  }

  /** Tells a player all of its own looks: its client was made new. */
  sendAll (/** @type {any} */ player) {
    player.survivor.shownLooks = null
    this.show(player)
  }

  /** Tells a player everything about another one that comes into its view. */
  introduce (/** @type {any} */ player, /** @type {any} */ other) {
    if (!other.survivor) return
    player._client.write('entity_metadata', { entityId: other.id, metadata: this.#looks(other) })
    player._client.write('entity_equipment', { entityId: other.id, equipments: this.#equipment(other) })
  }

  #equipment (/** @type {any} */ { survivor }) {
    const slots = [FIRST_HOTBAR + survivor.heldSlot, OFF_HAND, ...ARMOUR_SLOTS]
    return slots.map((slot, place) => ({ slot: place, item: this.game.items.toPacket(survivor.slots[slot]) }))
  }

  /** Shows others what a player holds and wears, where that changed. */
  sendEquipment (/** @type {any} */ player) {
    const { survivor } = player
    const equipment = this.#equipment(player)
    const texts = equipment.map(({ item }) => JSON.stringify(item))
    const changed = equipment.filter((_, index) => texts[index] !== survivor.shownEquipment?.[index])
    survivor.shownEquipment = texts
    if (changed.length > 0) player._writeOthersNearby('entity_equipment', { entityId: player.id, equipments: changed })
  }
}

module.exports = { Appearance }
