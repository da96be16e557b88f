'use strict'
/**
 * Breaking blocks: how long it takes with the tool in hand, reach, what comes of it. Also throwing the held item away
 * and swapping hands, which travel in the same packet.
 */

const createBlockClass = require('prismarine-block')
const { FIRST_HOTBAR, OFF_HAND } = require('../inventory/window_views')

const STATUS = { START: 0, CANCEL: 1, FINISH: 2, DROP_STACK: 3, DROP_ONE: 4, RELEASE: 5, SWAP_HANDS: 6 }
/** The original server accepts a block that is broken by seven tenths when the client says it is done. */
const ACCEPTED_SHARE = 0.7
const TICK_MILLISECONDS = 50
const EXHAUSTION_PER_BLOCK = 0.005
const HELMET_SLOT = 5
/** Cracks are shown in ten stages; this number takes them away. */
const CRACK_STAGES = 10
const NO_CRACKS = -1
/** Effects that change how fast a player digs: their names here and in the registry. */
const EFFECTS = /** @type {Record<string, string>} */ ({ haste: 'Haste', conduit_power: 'ConduitPower', mining_fatigue: 'MiningFatigue' })
/** How a tool wears by a block that is not soft. */
const WEAR = /** @type {[RegExp, number][]} */ ([[/_(pickaxe|axe|shovel|hoe)$/, 1], [/_sword$|^trident$/, 2]])
const BLOCK_BROKEN_EVENT = 2001

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
      case STATUS.RELEASE: return this.game.using.release(player)
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
    const enchantments = [...held?.enchants ?? [], ...player.survivor.slots[HELMET_SLOT]?.enchants ?? []]
    return block.digTime(held ? held.type : null, false, inWater, !onGround, enchantments, this.#effects(player)) / TICK_MILLISECONDS
  }

  /** @returns {Record<number, {amplifier: number}>} by the registry's numbers */
  #effects (/** @type {any} */ player) {
    const { effects, registry } = this.game
    /** @type {Record<number, {amplifier: number}>} */
    const active = {}
    for (const [name, registryName] of Object.entries(EFFECTS)) {
      const level = effects.level(player, name)
      if (level > 0) active[registry.effectsByName[registryName].id] = { amplifier: level - 1 }
    }
    return active
  }

  /** Shows the others how far each player has come. */
  tick () {
    for (const player of this.game.players.all()) {
      const { digging } = player.survivor
      if (!digging) continue
      const needed = this.ticksFor(player, digging.state)
      const stage = Math.min(CRACK_STAGES - 1, Math.floor((this.game.tick - digging.tick) / needed * CRACK_STAGES))
      if (stage === digging.stage) continue
      digging.stage = stage
      this.#showCracks(player, digging, stage)
    }
  }

  #showCracks (/** @type {any} */ player, /** @type {{x: number, y: number, z: number}} */ { x, y, z }, /** @type {number} */ stage) {
    this.#tellOthers(player, { x, y, z }, 'block_break_animation', { entityId: player.id, location: { x, y, z }, destroyStage: stage })
  }

  #tellOthers (/** @type {any} */ player, /** @type {{x: number, y: number, z: number}} */ { x, z }, /** @type {string} */ name, /** @type {any} */ data) {
    const { players, chunks } = this.game
    for (const other of players.all()) if (other !== player && chunks.hasSent(other, x, z)) other._client.write(name, data)
  }

  /** Stops digging, whatever came of it. */
  #stop (/** @type {any} */ player) {
    const { digging } = player.survivor
    player.survivor.digging = null
    if (digging?.stage > NO_CRACKS) this.#showCracks(player, digging, NO_CRACKS)
    return digging
  }

  /** The player is in no state to go on: dead or gone. */
  abandon (/** @type {any} */ player) {
    this.#stop(player)
  }

  #start (/** @type {any} */ player, /** @type {any} */ { location, sequence }) {
    const { world, reach, players } = this.game
    const { x, y, z } = location
    const state = world.get(x, y, z)
    players.acknowledge(player, sequence)
    const may = state !== 0 && reach.canTouch(player, location) && this.game.gameModes.mayBuild(player)
    if (!may) return players.sendBlock(player, location)
    const { onGround } = player.survivor
    const ticks = this.ticksFor(player, state)
    this.#stop(player)
    player.survivor.digging = { x, y, z, state, tick: this.game.tick, time: Date.now(), onGround, ticks, stage: NO_CRACKS }
    if (this.game.gameModes.isCreative(player)) this.#takeAway(player, location, state)
    else if (ticks <= 0) this.breakBlock(player, location, state)
  }

  /** A creative player's block goes at once, and leaves nothing; with a sword in hand it stays. */
  #takeAway (/** @type {any} */ player, /** @type {any} */ at, /** @type {number} */ state) {
    this.#stop(player)
    if (/_sword$|^trident$/.test(this.game.windows.held(player)?.name)) return this.game.players.sendBlock(player, at)
    this.game.breaking.destroy(at, { drop: false })
    this.#tellOthers(player, at, 'world_event', { effectId: BLOCK_BROKEN_EVENT, location: at, data: state, global: false })
  }

  #cancel (/** @type {any} */ player, /** @type {any} */ { sequence }) {
    this.#stop(player)
    this.game.players.acknowledge(player, sequence)
  }

  #finish (/** @type {any} */ player, /** @type {any} */ { location, sequence }) {
    const { world, reach, players, statistics } = this.game
    const { x, y, z } = location
    const state = world.get(x, y, z)
    const started = this.#stop(player)
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
    // Whoever bobs in water has the eyes over it now and then: the client reckons with how it stood when it began.
    const needed = Math.min(started.ticks, this.ticksFor(player, started.state, started.onGround || player.survivor.onGround))
    return elapsed >= needed * ACCEPTED_SHARE - 1
  }

  /** Breaks a block with what the player holds. */
  breakBlock (/** @type {any} */ player, /** @type {any} */ at, /** @type {number} */ state) {
    const { windows, drops, statistics, experience, breaking, blocks } = this.game
    const tool = windows.held(player)
    const points = drops.experience(state, tool)
    this.#stop(player)
    breaking.destroy(at, { tool, byHand: true })
    if (points > 0) experience.drop({ x: at.x + 0.5, y: at.y + 0.5, z: at.z + 0.5 }, points)
    this.game.hunger.exhaust(player, EXHAUSTION_PER_BLOCK)
    const wear = wearOf(tool, blocks.block(state))
    if (wear > 0) windows.wearHeld(player, wear)
    this.#tellOthers(player, at, 'world_event', { effectId: BLOCK_BROKEN_EVENT, location: at, data: state, global: false })
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

/** How much a tool wears by breaking a block: shears by all but fire, others only by what has a hardness. */
function wearOf (/** @type {any} */ tool, /** @type {any} */ block) {
  if (!tool) return 0
  if (tool.name === 'shears') return block.name === 'fire' ? 0 : 1
  return block.hardness > 0 ? WEAR.find(([tools]) => tools.test(tool.name))?.[1] ?? 0 : 0
}

module.exports = { Digging }
