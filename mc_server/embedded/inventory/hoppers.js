'use strict'
/**
 * Hoppers at work: every eight ticks one item goes on into the container they point to, and one comes in from the container
 * above or from what lies on them. Power holds them still.
 *
 * Not covered: minecarts with chests or hoppers.
 */

const { beside } = require('../world/directions')
const { isFuel } = require('./smelting')
const { FURNACE } = require('./containers')
const { isShulkerBox } = require('./container_kinds')

/** @typedef {{x: number, y: number, z: number}} Point */

const INTERVAL_TICKS = 8
/** An item is taken when it lies in the block above. */
const REACH_UP = 1

class Hoppers {
  /** @param {any} game */
  constructor (game) {
    this.game = game
    game.world.on('change', (/** @type {Point} */ at, /** @type {number} */ state, /** @type {number} */ old) => {
      const [now, before] = [game.blocks.nameOf(state), game.blocks.nameOf(old)]
      if (now === 'hopper' && before !== 'hopper') game.containers.holderAt(at)
    })
  }

  tick () {
    for (const hopper of [...this.game.containers.holders.values()]) {
      if (hopper.type !== 'hopper' || !this.game.world.isLoaded(hopper.x, hopper.z)) continue
      hopper.restTicks = Math.max(0, (hopper.restTicks ?? 0) - 1)
      if (hopper.restTicks === 0) this.#work(hopper)
    }
  }

  #work (/** @type {any} */ hopper) {
    const { world, blocks, switches, saving } = this.game
    if (switches.isPowered(hopper)) return
    const { facing } = blocks.properties(world.get(hopper.x, hopper.y, hopper.z))
    const pushed = hopper.slots.some(Boolean) && this.#push(hopper, beside(hopper, facing), facing)
    const pulled = this.#pull(hopper)
    if (!pushed && !pulled) return
    hopper.restTicks = INTERVAL_TICKS
    saving.markChanged()
  }

  /** @returns {boolean} whether an item went on */
  #push (/** @type {any} */ hopper, /** @type {Point} */ at, /** @type {string} */ facing) {
    const target = this.game.containers.holderAt(at)
    if (!target) return false
    const from = hopper.slots.findIndex((/** @type {any} */ item) => item && this.#insert(target, item, facing))
    if (from < 0) return false
    this.#take(hopper, from)
    this.#show(target)
    return true
  }

  /** @returns {boolean} whether an item came in */
  #pull (/** @type {any} */ hopper) {
    const above = beside(hopper, 'up')
    const source = this.game.containers.holderAt(above)
    if (!source) return this.#swallow(hopper)
    const from = source.slots.findIndex((/** @type {any} */ item, /** @type {number} */ slot) =>
      item && mayLeave(source, slot, item) && this.#insert(hopper, item, 'down'))
    if (from < 0) return false
    this.#take(source, from)
    return true
  }

  /** Takes in what lies in the block above. */
  #swallow (/** @type {any} */ hopper) {
    const { entities } = this.game
    for (const entity of entities.all.values()) {
      if (entity.family !== 'item' || Math.floor(entity.x) !== hopper.x || Math.floor(entity.z) !== hopper.z) continue
      if (entity.y < hopper.y || entity.y >= hopper.y + 1 + REACH_UP) continue
      const count = entity.item.count
      while (entity.item.count > 0 && this.#insert(hopper, entity.item, 'down')) entity.item.count--
      if (entity.item.count === count) continue
      if (entity.item.count === 0) entities.remove(entity)
      else entities.sendMetadata(entity)
      this.#show(hopper)
      return true
    }
    return false
  }

  /** Lays one of an item into a container. @returns {boolean} */
  #insert (/** @type {any} */ target, /** @type {any} */ item, /** @type {string} */ facing) {
    const { items } = this.game
    const slots = slotsFor(target, item, facing)
    const like = slots.find(slot => items.sameKind(target.slots[slot], item) && target.slots[slot].count < item.stackSize)
    const free = like ?? slots.find(slot => !target.slots[slot])
    if (free === undefined) return false
    if (like === undefined) target.slots[free] = items.clone(item, 1)
    else target.slots[like].count++
    return true
  }

  #take (/** @type {any} */ holder, /** @type {number} */ slot) {
    holder.slots[slot].count--
    if (holder.slots[slot].count <= 0) holder.slots[slot] = null
    this.#show(holder)
  }

  /** Who looks into a container sees it. */
  #show (/** @type {any} */ holder) {
    for (const player of this.game.players.all()) {
      if (player.survivor.view.holders.includes(holder)) this.game.windows.sendChanges(player)
    }
  }
}

/**
 * Slots of a container that an item may go to: a furnace takes what to smelt from above and fuel from the sides.
 * @param {any} target
 * @param {any} item
 * @param {string} facing
 * @returns {number[]}
 */
function slotsFor (target, item, facing) {
  if (isShulkerBox(target.type) && isShulkerBox(item.name)) return []
  if (target.burnTicks === undefined) return target.slots.map((/** @type {any} */ _, /** @type {number} */ slot) => slot)
  if (facing === 'down') return [FURNACE.INPUT]
  return isFuel(item.name) ? [FURNACE.FUEL] : []
}

/** From a furnace come its work and empty buckets. */
function mayLeave (/** @type {any} */ source, /** @type {number} */ slot, /** @type {any} */ item) {
  if (source.burnTicks === undefined) return true
  return slot === FURNACE.OUTPUT || (slot === FURNACE.FUEL && item.name === 'bucket')
}

module.exports = { Hoppers }
