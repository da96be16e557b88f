'use strict'
/**
 * Breaking blocks: how long it takes with the tool in hand, reach, what comes of it. Also throwing the held item away
 * and swapping hands, which travel in the same packet.
 */

const createBlockClass = require('prismarine-block')
const { FIRST_HOTBAR, OFF_HAND } = require('./window_views')

const STATUS = { START: 0, CANCEL: 1, FINISH: 2, DROP_STACK: 3, DROP_ONE: 4, RELEASE: 5, SWAP_HANDS: 6 }
/** The original server accepts a block that is broken by seven tenths when the client says it is done. */
const ACCEPTED_SHARE = 0.7
const TICK_MILLISECONDS = 50
const EXHAUSTION_PER_BLOCK = 0.005

class Digging {
  /** @param {any} game */
  constructor (game) {
    this.game = game
    this.Block = /** @type {any} */ (createBlockClass)(game.registry)
  }

  handle (/** @type {any} */ player, /** @type {any} */ packet) {
    const { survivor } = player
    if (survivor.dead) return
    switch (packet.status) {
      case STATUS.START: return this.#start(player, packet)
      case STATUS.CANCEL: return this.#cancel(player, packet)
      case STATUS.FINISH: return this.#finish(player, packet)
      case STATUS.DROP_STACK: return this.#dropHeld(player, true)
      case STATUS.DROP_ONE: return this.#dropHeld(player, false)
      case STATUS.RELEASE: survivor.eatingUntil = 0; return
      case STATUS.SWAP_HANDS: this.#swapHands(player)
    }
  }

  /** Ticks it takes the player to break a block, as it stands now. */
  ticksFor (/** @type {any} */ player, /** @type {number} */ state, onGround = player.survivor.onGround) {
    const { world, blocks, windows, reach } = this.game
    const held = windows.held(player)
    const eyes = reach.eyes(player)
    const inWater = blocks.isWater(world.get(eyes.x, eyes.y, eyes.z))
    const block = this.Block.fromStateId(state, 0)
    const enchantments = held?.enchants ?? []
    return block.digTime(held ? held.type : null, false, inWater, !onGround, enchantments, {}) / TICK_MILLISECONDS
  }

  #start (/** @type {any} */ player, /** @type {any} */ { location, sequence }) {
    const { world, reach, players } = this.game
    const { x, y, z } = location
    const state = world.get(x, y, z)
    players.acknowledge(player, sequence)
    if (state === 0 || !reach.canTouch(player, location)) return players.sendBlock(player, location)
    const { onGround } = player.survivor
    player.survivor.digging = { x, y, z, state, tick: this.game.tick, time: Date.now(), onGround }
    if (this.ticksFor(player, state) <= 0) this.breakBlock(player, location, state)
  }

  #cancel (/** @type {any} */ player, /** @type {any} */ { sequence }) {
    player.survivor.digging = null
    this.game.players.acknowledge(player, sequence)
  }

  #finish (/** @type {any} */ player, /** @type {any} */ { location, sequence }) {
    const { world, reach, players, statistics } = this.game
    const { survivor } = player
    const { x, y, z } = location
    const state = world.get(x, y, z)
    const started = survivor.digging
    survivor.digging = null
    players.acknowledge(player, sequence)
    const same = started && started.x === x && started.y === y && started.z === z && started.state === state
    if (same && reach.canTouch(player, location) && this.#longEnough(player, started)) {
      this.breakBlock(player, location, state)
    } else {
      if (state !== 0) statistics.refusedDigs++
      players.sendBlock(player, location)
    }
  }

  #longEnough (/** @type {any} */ player, /** @type {any} */ started) {
    // A busy machine may owe some ticks, so the clock counts as well.
    const elapsed = Math.max(this.game.tick - started.tick, (Date.now() - started.time) / TICK_MILLISECONDS)
    const needed = this.ticksFor(player, started.state, started.onGround || player.survivor.onGround)
    return elapsed >= needed * ACCEPTED_SHARE - 1
  }

  /** Breaks a block with what the player holds. */
  breakBlock (/** @type {any} */ player, /** @type {any} */ at, /** @type {number} */ state) {
    const { windows, drops, statistics, experience, world, itemEntities, containers, pairs } = this.game
    const tool = windows.held(player)
    const dropped = drops.of(state, tool)
    player.survivor.digging = null
    containers.spill(at)
    world.set(at.x, at.y, at.z, 0)
    pairs.afterBreak(at, state)
    for (const item of dropped) itemEntities.spawnInBlock(at, item)
    experience.add(player, drops.experience(state, tool))
    player.survivor.exhaustion += EXHAUSTION_PER_BLOCK
    if (this.game.blocks.block(state).hardness > 0) windows.wearHeld(player, /_sword$/.test(tool?.name) ? 2 : 1)
    statistics.dug++
  }

  #dropHeld (/** @type {any} */ player, /** @type {boolean} */ whole) {
    const { windows, items, itemEntities } = this.game
    const held = windows.held(player)
    if (!held) return
    const count = whole ? held.count : 1
    itemEntities.throwFrom(player, items.clone(held, count))
    held.count -= count
    windows.setHeld(player, held.count > 0 ? held : null)
  }

  #swapHands (/** @type {any} */ player) {
    const { slots, heldSlot } = player.survivor
    const held = slots[FIRST_HOTBAR + heldSlot]
    slots[FIRST_HOTBAR + heldSlot] = slots[OFF_HAND]
    slots[OFF_HAND] = held
    this.game.windows.sendChanges(player)
  }
}

module.exports = { Digging }
