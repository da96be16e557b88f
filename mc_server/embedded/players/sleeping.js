'use strict'
/** Beds: lying down at night, waking up in the morning, and where one comes back to life. Beds that explode are not covered. */

const { sendSystemChat } = require('./chat_text')
const { OPPOSITE, beside } = require('../world/directions')

const SLEEP_TICKS = 100
/** From a bed's middle to a player that may lie down in it. */
const REACH = { sideways: 3, upwards: 2 }
/** Monsters this near keep everybody awake. */
const DANGER = { sideways: 8, upwards: 5 }
const LEAVE_BED_ANIMATION = 2
const MATTRESS = 0.5625
const BODY_HALF_WIDTH = 0.3
const BODY_HEIGHT = 1.8

/** @typedef {{x: number, y: number, z: number}} Point */

class Sleeping {
  /** @param {any} game */
  constructor (game) {
    this.game = game
  }

  /** A click on a bed: it becomes the place to come back to, and at night the player lies down. */
  lieDown (/** @type {any} */ player, /** @type {Point} */ clicked) {
    const { survivor } = player
    const { saving, tick } = this.game
    if (survivor.asleepSince !== null || survivor.dead) return
    const head = this.#headOf(clicked)
    if (!head) return
    if (this.#isTaken(head)) return this.#tell(player, 'block.minecraft.bed.occupied')
    if (!this.#isNear(player, head)) return this.#tell(player, 'block.minecraft.bed.too_far_away')
    if (this.#isCovered(head)) return this.#tell(player, 'block.minecraft.bed.obstructed')
    this.#remember(player, head)
    if (!this.#isTimeToSleep()) return this.#tell(player, 'block.minecraft.bed.no_sleep')
    if (this.#isDangerous(head)) return this.#tell(player, 'block.minecraft.bed.not_safe')
    survivor.asleepSince = tick
    survivor.sneaking = survivor.sprinting = false
    this.#setOccupied(head, true)
    this.game.appearance.show(player)
    saving.markChanged()
  }

  #tell (/** @type {any} */ player, /** @type {string} */ translate) {
    sendSystemChat(player, { translate }, true)
  }

  /** @returns {Point | null} the head's half of a bed */
  #headOf (/** @type {Point} */ { x, y, z }) {
    const { world, blocks } = this.game
    const state = world.get(x, y, z)
    if (!blocks.nameOf(state).endsWith('_bed')) return null
    const { part, facing } = blocks.properties(state)
    if (part === 'head') return { x, y, z }
    const head = beside({ x, y, z }, String(facing))
    return blocks.nameOf(world.get(head.x, head.y, head.z)).endsWith('_bed') ? head : null
  }

  #footOf (/** @type {Point} */ { x, y, z }) {
    const { world, blocks } = this.game
    return beside({ x, y, z }, OPPOSITE[String(blocks.properties(world.get(x, y, z)).facing)])
  }

  /** Somebody lies in the bed. */
  #isTaken (/** @type {Point} */ head) {
    return this.game.players.all().some((/** @type {any} */ { survivor }) => survivor.asleepSince !== null && isAt(survivor.bed, head))
  }

  #isNear (/** @type {any} */ { position }, /** @type {Point} */ head) {
    return [head, this.#footOf(head)].some(({ x, y, z }) => Math.abs(position.x - x - 0.5) <= REACH.sideways &&
      Math.abs(position.y - y) <= REACH.upwards && Math.abs(position.z - z - 0.5) <= REACH.sideways)
  }

  #isCovered (/** @type {Point} */ head) {
    const { world, blocks } = this.game
    const cube = (/** @type {Point} */ { x, y, z }) => {
      const state = world.get(x, y + 1, z)
      return blocks.solid[state] === 1 && !blocks.block(state).transparent
    }
    return cube(head) || cube(this.#footOf(head))
  }

  #isTimeToSleep () {
    const { time, weather } = this.game
    return time.isNight() || weather.thundering
  }

  #isDangerous (/** @type {Point} */ { x, y, z }) {
    for (const entity of this.game.entities.all.values()) {
      const near = Math.abs(entity.x - x - 0.5) <= DANGER.sideways && Math.abs(entity.y - y) <= DANGER.upwards &&
        Math.abs(entity.z - z - 0.5) <= DANGER.sideways
      if (near && this.#isHostile(entity)) return true
    }
    return false
  }

  #isHostile (/** @type {any} */ { kind }) {
    return this.game.registry.entitiesByName[kind]?.category === 'Hostile mobs' && kind !== 'slime'
  }

  #remember (/** @type {any} */ player, /** @type {Point} */ head) {
    const { survivor } = player
    if (isAt(survivor.bed, head)) return
    survivor.bed = [head.x, head.y, head.z]
    sendSystemChat(player, { translate: 'block.minecraft.set_spawn' })
    this.game.saving.markChanged()
  }

  #setOccupied (/** @type {Point} */ head, /** @type {boolean} */ occupied) {
    const { world, blocks } = this.game
    if (!this.#headOf(head)) return
    for (const { x, y, z } of [head, this.#footOf(head)]) {
      const state = world.get(x, y, z)
      if (blocks.nameOf(state).endsWith('_bed')) world.set(x, y, z, blocks.change(state, { occupied }), { quiet: true })
    }
  }

  /** Pain wakes. */
  disturb (/** @type {any} */ player) {
    this.wake(player)
  }

  wake (/** @type {any} */ player) {
    const { survivor } = player
    if (survivor.asleepSince === null) return
    const { players, appearance } = this.game
    const [x, y, z] = survivor.bed
    survivor.asleepSince = null
    this.#setOccupied({ x, y, z }, false)
    players.broadcast('animation', { entityId: player.id, animation: LEAVE_BED_ANIMATION })
    appearance.show(player)
    const place = this.#headOf({ x, y, z }) && this.#placeBeside({ x, y, z })
    if (place && !survivor.dead) players.teleport(player, place)
    this.game.saving.markChanged()
  }

  /** When enough have slept long enough, it is morning; who lies in no bed any more wakes. */
  tick () {
    const { players, time, weather, rules, tick } = this.game
    const sleepers = players.all().filter((/** @type {any} */ { survivor }) => survivor.asleepSince !== null)
    if (sleepers.length === 0) return
    for (const player of sleepers) {
      const [x, y, z] = player.survivor.bed
      if (!this.#headOf({ x, y, z }) || !this.#isTimeToSleep()) this.wake(player)
    }
    const awake = players.all().filter((/** @type {any} */ { survivor }) => survivor.gameMode !== 3)
    const needed = Math.max(1, Math.ceil(awake.length * Number(rules.get('playersSleepingPercentage')) / 100))
    const rested = sleepers.filter((/** @type {any} */ { survivor }) => survivor.asleepSince !== null && tick - survivor.asleepSince >= SLEEP_TICKS)
    if (rested.length < needed) return
    time.skipToMorning()
    if (weather.raining && rules.get('doWeatherCycle')) weather.set?.('clear')
    for (const player of sleepers) this.wake(player)
  }

  /** @returns {Point | null} where one comes back to life: beside the player's bed, if it stands and has room */
  bedOf (/** @type {any} */ { survivor: { bed } }) {
    if (!bed) return null
    const [x, y, z] = bed
    const head = this.#headOf({ x, y, z })
    return head && this.#placeBeside(head)
  }

  /** @returns {Point | null} feet of a free place to stand around a bed, or on it */
  #placeBeside (/** @type {Point} */ head) {
    const foot = this.#footOf(head)
    const away = { x: head.x - foot.x, z: head.z - foot.z }
    const right = { x: -away.z, z: away.x }
    for (const down of [0, -1, 1]) {
      for (const back of [0, 1, 2, -1]) {
        for (const side of [1, -1]) {
          const x = head.x + right.x * side - away.x * back
          const z = head.z + right.z * side - away.z * back
          const feet = this.#standAt(x, head.y + down, z)
          if (feet) return feet
        }
      }
    }
    const above = { x: head.x + 0.5, y: head.y + MATTRESS, z: head.z + 0.5 }
    return this.#isFree(above) ? above : null
  }

  #standAt (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ z) {
    const { world, entities, blocks } = this.game
    const floor = entities.collisions.shapeOf(world.get(x, y - 1, z))
    const top = Math.max(-1, ...floor.map((/** @type {number[]} */ box) => box[4]))
    const feet = { x: x + 0.5, y: y - 1 + top, z: z + 0.5 }
    if (top < 0.5 || blocks.isFluid(world.get(x, y, z)) || !this.#isFree(feet)) return null
    return feet
  }

  #isFree (/** @type {Point} */ { x, y, z }) {
    return !this.game.entities.collisions.isBlocked([
      x - BODY_HALF_WIDTH, y, z - BODY_HALF_WIDTH, x + BODY_HALF_WIDTH, y + BODY_HEIGHT, z + BODY_HALF_WIDTH
    ])
  }
}

const isAt = (/** @type {number[] | null} */ bed, /** @type {Point} */ { x, y, z }) =>
  bed !== null && bed[0] === x && bed[1] === y && bed[2] === z

module.exports = { Sleeping }
