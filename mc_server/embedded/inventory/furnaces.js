'use strict'
/** Furnaces, smokers and blast furnaces at work: burning fuel, smelting, glowing, and the bars of their windows. */

const { FURNACE } = require('./containers')
const { SMELTING_TICKS, smeltedFrom, speedOf, fuelTicks, smeltingExperience } = require('./smelting')

/** Properties of the craft_progress_bar packet. */
const BAR = { BURN_LEFT: 0, BURN_TOTAL: 1, PROGRESS: 2, PROGRESS_TOTAL: 3 }
const BAR_INTERVAL_TICKS = 5
/** Progress lost per tick when the fire is out. */
const COOLING = 2

class Furnaces {
  /** @param {any} game */
  constructor (game) {
    this.game = game
  }

  tick () {
    for (const holder of this.game.containers.holders.values()) {
      if (holder.burnTicks !== undefined && this.game.world.isLoaded(holder.x, holder.z)) this.#run(holder)
    }
  }

  #run (/** @type {any} */ furnace) {
    const wasBurning = furnace.burnTicks > 0
    const wasCooking = furnace.cookTicks > 0
    if (wasBurning) furnace.burnTicks--
    const output = this.#outputThatFits(furnace)
    let moved = false
    if (furnace.burnTicks === 0 && output) moved = this.#light(furnace)
    if (furnace.burnTicks > 0 && output) {
      furnace.cookTicks++
      if (furnace.cookTicks >= SMELTING_TICKS / speedOf(furnace.type)) {
        this.#smeltOne(furnace, output)
        moved = true
      }
    } else {
      furnace.cookTicks = Math.max(0, furnace.cookTicks - COOLING)
    }
    const burning = furnace.burnTicks > 0
    if (wasBurning !== burning) this.#glow(furnace, burning)
    if (moved) this.#showSlots(furnace)
    const stopped = (wasBurning && !burning) || (wasCooking && furnace.cookTicks === 0)
    const atWork = burning || wasCooking
    if (moved || stopped || (atWork && this.game.tick % BAR_INTERVAL_TICKS === 0)) this.sendProgress(furnace)
    if (burning || wasBurning) this.game.saving.markChanged()
  }

  /** @returns {string | null} what the input becomes, if the output slot takes it */
  #outputThatFits (/** @type {any} */ { slots, type }) {
    const input = slots[FURNACE.INPUT]
    const output = input && smeltedFrom(input.name, type)
    if (!output) return null
    const there = slots[FURNACE.OUTPUT]
    return !there || (there.name === output && there.count < there.stackSize) ? output : null
  }

  /** Puts one piece of fuel on the fire. @returns {boolean} */
  #light (/** @type {any} */ furnace) {
    const fuel = furnace.slots[FURNACE.FUEL]
    const ticks = fuel ? fuelTicks(fuel.name) : 0
    if (ticks === 0) return false
    furnace.burnTicks = furnace.burnTotal = Math.floor(ticks / speedOf(furnace.type))
    fuel.count--
    if (fuel.count <= 0) furnace.slots[FURNACE.FUEL] = fuel.name === 'lava_bucket' ? this.game.items.create('bucket') : null
    return true
  }

  #smeltOne (/** @type {any} */ furnace, /** @type {string} */ output) {
    const { slots } = furnace
    furnace.cookTicks = 0
    if (slots[FURNACE.OUTPUT]) slots[FURNACE.OUTPUT].count++
    else slots[FURNACE.OUTPUT] = this.game.items.create(output)
    slots[FURNACE.INPUT].count--
    if (slots[FURNACE.INPUT].count <= 0) slots[FURNACE.INPUT] = null
    furnace.experience += smeltingExperience(output)
  }

  /** What was learned by smelting appears as orbs; a part of a point is there by chance. */
  giveExperience (/** @type {any} */ furnace, /** @type {{x: number, y: number, z: number}} */ { x, y, z }) {
    const whole = Math.floor(furnace.experience)
    const points = whole + (this.game.random.chance(furnace.experience - whole) ? 1 : 0)
    furnace.experience = 0
    if (points > 0) this.game.experience.drop({ x, y, z }, points)
  }

  #glow (/** @type {any} */ { x, y, z }, /** @type {boolean} */ lit) {
    const { world, blocks } = this.game
    const state = world.get(x, y, z)
    if (blocks.hasProperty(blocks.nameOf(state), 'lit')) world.set(x, y, z, blocks.change(state, { lit }), { quiet: true })
  }

  #viewers (/** @type {any} */ furnace) {
    return this.game.players.all().filter((/** @type {any} */ player) => player.survivor.view.holders.includes(furnace))
  }

  #showSlots (/** @type {any} */ furnace) {
    for (const player of this.#viewers(furnace)) this.game.windows.sendChanges(player)
  }

  sendProgress (/** @type {any} */ furnace) {
    const values = [
      [BAR.BURN_TOTAL, furnace.burnTotal || SMELTING_TICKS],
      [BAR.BURN_LEFT, furnace.burnTicks],
      [BAR.PROGRESS_TOTAL, SMELTING_TICKS / speedOf(furnace.type)],
      [BAR.PROGRESS, furnace.cookTicks]
    ]
    for (const player of this.#viewers(furnace)) {
      for (const [property, value] of values) {
        player._client.write('craft_progress_bar', { windowId: player.survivor.view.id, property, value })
      }
    }
  }
}

module.exports = { Furnaces }
