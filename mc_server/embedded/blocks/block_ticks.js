'use strict'
/**
 * Things that blocks will do at a set time: fluids that flow on, sand that starts to fall, leaves that look for their log.
 *
 * A rule names a kind of tick with `on(kind, handler)` and asks for one with `schedule(at, delayTicks, kind)`. Ticks come in
 * the order (time, order of asking); a place has one of each kind pending at most. Those of a column that is not loaded
 * wait until it is. Not covered: growth by chance (`random_ticks.js`), neighbours that look after themselves at once
 * (`block_updates.js`).
 */

const { columnKey } = require('../world/world_state')

const MOST_PER_TICK = 4000

/**
 * @typedef {{x: number, y: number, z: number}} Point
 * @typedef {Point & {kind: string}} Pending
 */

class BlockTicks {
  /** @param {any} game */
  constructor (game) {
    this.game = game
    /** @type {Record<string, (at: Point) => void>} */
    this.handlers = {}
    /** What is to happen in a tick of the game. @type {Map<number, Pending[]>} */
    this.due = new Map()
    /** What was due in a column that was not loaded, by the column's key. @type {Map<string, Pending[]>} */
    this.asleep = new Map()
    /** Keys of all that is pending. @type {Set<string>} */
    this.keys = new Set()
  }

  /** Names a kind of tick and says what it does. */
  on (/** @type {string} */ kind, /** @type {(at: Point) => void} */ handler) {
    this.handlers[kind] = handler
  }

  /** Asks for a tick, unless the place has one of this kind coming. */
  schedule (/** @type {Point} */ { x, y, z }, /** @type {number} */ delayTicks, /** @type {string} */ kind) {
    const key = keyOf({ x, y, z, kind })
    if (this.keys.has(key)) return
    this.keys.add(key)
    this.#put({ x, y, z, kind }, this.game.tick + Math.max(1, delayTicks))
  }

  isScheduled (/** @type {Point} */ { x, y, z }, /** @type {string} */ kind) {
    return this.keys.has(keyOf({ x, y, z, kind }))
  }

  tick () {
    const { tick, world } = this.game
    for (const key of this.asleep.keys()) if (world.columns.has(key)) this.#wake(key)
    const pending = this.due.get(tick) ?? []
    this.due.delete(tick)
    if (pending.length > MOST_PER_TICK) {
      this.due.set(tick + 1, [...pending.splice(MOST_PER_TICK), ...this.due.get(tick + 1) ?? []])
    }
    for (const each of pending) {
      if (!world.isLoaded(each.x, each.z)) {
        this.#sleep(each)
        continue
      }
      this.keys.delete(keyOf(each))
      this.game.guard(() => this.handlers[each.kind]?.({ x: each.x, y: each.y, z: each.z }))
    }
  }

  #put (/** @type {Pending} */ pending, /** @type {number} */ tick) {
    const list = this.due.get(tick)
    if (list) list.push(pending)
    else this.due.set(tick, [pending])
  }

  #sleep (/** @type {Pending} */ pending) {
    const key = columnKey(pending.x >> 4, pending.z >> 4)
    this.asleep.set(key, [...this.asleep.get(key) ?? [], pending])
  }

  #wake (/** @type {string} */ key) {
    for (const pending of this.asleep.get(key) ?? []) this.#put(pending, this.game.tick)
    this.asleep.delete(key)
  }

  /** Lists of [tick or column, x, y, z, kind, x, y, z, kind, ...]. */
  pack () {
    const ticks = [...this.due.keys()].sort((a, b) => a - b)
    const flat = (/** @type {Pending[]} */ list) => list.flatMap(({ x, y, z, kind }) => [x, y, z, kind])
    return {
      due: ticks.map(tick => [tick, ...flat(this.due.get(tick) ?? [])]),
      asleep: [...this.asleep].map(([key, list]) => [key, ...flat(list)])
    }
  }

  unpack (/** @type {{due: any[][], asleep: any[][]}} */ { due, asleep }) {
    const lists = (/** @type {any[][]} */ packed) => new Map(packed.map(([key, ...flat]) => [key, this.#listOf(flat)]))
    this.keys.clear()
    this.due = lists(due)
    this.asleep = lists(asleep)
  }

  #listOf (/** @type {any[]} */ flat) {
    /** @type {Pending[]} */
    const list = []
    for (let index = 0; index < flat.length; index += 4) {
      const [x, y, z, kind] = flat.slice(index, index + 4)
      list.push({ x, y, z, kind })
      this.keys.add(keyOf({ x, y, z, kind }))
    }
    return list
  }
}

const keyOf = (/** @type {Pending} */ { x, y, z, kind }) => `${x},${y},${z},${kind}`

module.exports = { BlockTicks }
