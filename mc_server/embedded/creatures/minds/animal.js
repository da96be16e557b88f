'use strict'
/** What cows, pigs and other animals have in common: they flee, mate, come for food, follow their parents, stroll; cows are milked. */

const { Mind } = require('./mind')
const { FIRST_HOTBAR, OFF_HAND } = require('../../inventory/window_views')

const GROWING_TICKS = 24000
const REST_TICKS = 6000
const LOVE_TICKS = 600
/** Two in love stand together this long before there is a young one. */
const COURTING_TICKS = 60
const COURTING_DISTANCE = 3
const MATE_DISTANCE = 8
const TEMPT = { distance: 10, stop: 2.5 }
const PARENT = { distance: 8, near: 3 }
const PANIC_TICKS = 100
const STATUS_HEARTS = 18
/** Feeding a young one takes a tenth off what is left of its growing. */
const FEEDING_SHARE = 0.1
const REPLAN_TICKS = 10

class Animal extends Mind {
  /** `growth` counts up to 0 in the young, and down to 0 while the grown rest; `love` is how long it looks for a mate. */
  born (/** @type {Record<string, any>} */ { baby = false }) {
    return { growth: baby ? -GROWING_TICKS : 0, love: 0, courting: 0, mate: null, temptedUntil: 0 }
  }

  think (/** @type {any} */ animal) {
    this.#grow(animal)
    if (this.#panics(animal)) return
    if (animal.love > 0 && this.#courts(animal)) return
    if (this.#tempted(animal)) return
    if (animal.baby && this.#followsParent(animal)) return
    if (this.habit(animal)) return
    this.idle(animal)
  }

  /** What only this kind does when nothing matters more. @returns {boolean} whether it is busy with that */
  habit (/** @type {any} */ _animal) {
    return false
  }

  #grow (/** @type {any} */ animal) {
    if (animal.love > 0) animal.love--
    if (animal.growth > 0) animal.growth--
    if (animal.growth >= 0) return
    animal.growth++
    if (animal.growth === 0) this.game.creatures.setBaby(animal, false)
  }

  #panics (/** @type {any} */ animal) {
    const struck = animal.struckBy !== null && animal.age - animal.struckAge < PANIC_TICKS
    if (!struck && animal.fireTicks <= 0) return false
    animal.love = 0
    if (!animal.path || animal.path.pace !== this.kind.panic) this.flee(animal, this.kind.panic ?? 1)
    return true
  }

  struck (/** @type {any} */ animal) {
    animal.path = null
    animal.love = 0
  }

  /** Looks for somebody of its kind who is in love as well. */
  #courts (/** @type {any} */ animal) {
    const mate = this.#nearest(animal, MATE_DISTANCE, (/** @type {any} */ other) => other.love > 0 && !other.baby)
    if (!mate) {
      animal.courting = 0
      return false
    }
    animal.gaze = { x: mate.x, y: mate.y + mate.height * 0.85, z: mate.z }
    animal.gazeUntil = animal.age + 1
    animal.courting++
    const distance = between(animal, mate)
    if (animal.age % REPLAN_TICKS === 0 && distance > 1.2) this.goTo(animal, mate, 1)
    if (animal.courting >= COURTING_TICKS && distance < COURTING_DISTANCE) this.#breed(animal, mate)
    return true
  }

  #breed (/** @type {any} */ animal, /** @type {any} */ mate) {
    const { creatures, experience, random, entities } = this.game
    for (const parent of [animal, mate]) Object.assign(parent, { love: 0, courting: 0, growth: REST_TICKS, path: null })
    creatures.spawn(animal.kind, animal, { baby: true, ...this.inherit(animal, mate) })
    entities.broadcast(animal, 'entity_status', { entityId: animal.id, entityStatus: STATUS_HEARTS })
    experience.drop(animal, random.between(1, 7))
  }

  /** What a young one gets from its parents. @returns {Record<string, any>} */
  inherit (/** @type {any} */ _animal, /** @type {any} */ _mate) {
    return {}
  }

  #tempted (/** @type {any} */ animal) {
    if (animal.age < animal.temptedUntil) return false
    const player = this.nearestPlayer(animal, TEMPT.distance, each => this.#offers(each))
    if (!player) {
      if (animal.tempter) {
        Object.assign(animal, { tempter: null, path: null, temptedUntil: animal.age + PANIC_TICKS })
      }
      return false
    }
    animal.tempter = player.username
    this.watch(animal, player)
    if (this.distanceTo(animal, player) < TEMPT.stop) animal.path = null
    else if (!animal.path || animal.age % REPLAN_TICKS === 0) this.goTo(animal, player.position, this.kind.tempt ?? 1)
    return true
  }

  #offers (/** @type {any} */ { survivor: { slots, heldSlot } }) {
    return [slots[FIRST_HOTBAR + heldSlot], slots[OFF_HAND]].some(item => item && this.kind.food?.includes(item.name))
  }

  #followsParent (/** @type {any} */ animal) {
    if (animal.age % REPLAN_TICKS !== 0) return animal.path !== null && animal.following === true
    const parent = this.#nearest(animal, PARENT.distance, (/** @type {any} */ other) => !other.baby)
    animal.following = parent !== null && between(animal, parent) > PARENT.near
    if (animal.following) this.goTo(animal, parent, this.kind.babySpeed ?? 1)
    return animal.following
  }

  /** @returns {any} */
  #nearest (/** @type {any} */ animal, /** @type {number} */ distance, /** @type {(other: any) => boolean} */ fits) {
    let nearest = null
    let least = distance
    for (const other of this.game.entities.all.values()) {
      if (other.kind !== animal.kind || other === animal || other.health <= 0) continue
      const away = between(animal, other)
      if (away > least || !fits(other)) continue
      least = away
      nearest = other
    }
    return nearest
  }

  /** A right click: food makes it look for a mate or grow. */
  interact (/** @type {any} */ animal, /** @type {any} */ player, /** @type {any} */ held) {
    if (animal.kind === 'cow' && held?.name === 'bucket' && !animal.baby) return this.#milk(player)
    if (!held || !this.kind.food?.includes(held.name)) return
    if (animal.baby) {
      animal.growth = Math.min(-1, animal.growth + Math.floor(-animal.growth * FEEDING_SHARE))
    } else if (animal.growth === 0 && animal.love === 0) {
      animal.love = LOVE_TICKS
      const { entities } = this.game
      entities.broadcast(animal, 'entity_status', { entityId: animal.id, entityStatus: STATUS_HEARTS })
    } else {
      return
    }
    this.game.windows.spendHeld(player)
    this.game.saving.markChanged()
  }

  #milk (/** @type {any} */ player) {
    const { windows, items, itemEntities } = this.game
    const milk = items.create('milk_bucket')
    if (windows.held(player).count === 1) return windows.setHeld(player, milk)
    windows.spendHeld(player)
    if (windows.give(player, milk) > 0) itemEntities.throwFrom(player, milk)
  }
}

const between = (/** @type {any} */ a, /** @type {any} */ b) => Math.hypot(a.x - b.x, a.y - b.y, a.z - b.z)

module.exports = { Animal }
