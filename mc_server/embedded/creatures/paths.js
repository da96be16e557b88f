'use strict'
/**
 * Finds ways for creatures: A* over the blocks they can stand in. They walk, jump up one block, drop down three, swim, and keep
 * away from lava, fire and cactus. A search looks at a limited number of places; when there is no way, or none was found, it
 * leads to the place nearest to the goal.
 */

const { GROUND } = require('./ground')

const DEEPEST_DROP = 3
const WATER_COST = 8
/** How much the guess of what is left is trusted: more finds a way sooner, though not the shortest. */
const EAGERNESS = 1.5
const STRAIGHT = [[1, 0], [-1, 0], [0, 1], [0, -1]]
const DIAGONAL = [[1, 1], [1, -1], [-1, 1], [-1, -1]]
/** Places are numbered within this many blocks of the start. */
const SPAN = 64

/** @typedef {{x: number, y: number, z: number, cost: number, guess: number, from: Place | null, done: boolean}} Place */

class PathSearch {
  /**
   * @param {import('./ground').Ground} ground
   * @param {{width: number, height: number}} body in whole blocks
   */
  constructor (ground, body) {
    this.ground = ground
    this.body = body
    /** @type {Map<number, Place>} */
    this.places = new Map()
    /** @type {Map<number, number>} */
    this.seen = new Map()
    this.origin = { x: 0, y: 0, z: 0 }
    this.visited = 0
  }

  /**
   * @param {{x: number, y: number, z: number}} start whole numbers
   * @param {{x: number, y: number, z: number}} goal whole numbers
   * @param {number} mostVisited
   * @returns {{places: number[][], arrives: boolean} | null} the places after the start
   */
  find (start, goal, mostVisited) {
    this.origin = start
    const heap = new Heap()
    const guess = (/** @type {any} */ at) => Math.hypot(at.x - goal.x, at.y - goal.y, at.z - goal.z)
    const first = { ...start, cost: 0, guess: guess(start), from: null, done: false }
    this.places.set(this.#key(start.x, start.y, start.z), first)
    heap.push(first, first.guess)
    let best = first
    for (let place = heap.pop(); place; place = heap.pop()) {
      if (place.done) continue
      place.done = true
      if (place.guess < best.guess) best = place
      if (place.guess < 0.5 || ++this.visited >= mostVisited) break
      for (const [x, y, z, extra] of this.#neighbours(place)) {
        if (Math.abs(x - start.x) >= SPAN || Math.abs(z - start.z) >= SPAN || Math.abs(y - start.y) >= SPAN) continue
        const cost = place.cost + Math.hypot(x - place.x, y - place.y, z - place.z) + extra
        const key = this.#key(x, y, z)
        let next = this.places.get(key)
        if (next && (next.done || next.cost <= cost)) continue
        if (!next) {
          next = { x, y, z, cost, guess: 0, from: place, done: false }
          next.guess = guess(next)
          this.places.set(key, next)
        } else {
          next.cost = cost
          next.from = place
        }
        heap.push(next, cost + next.guess * EAGERNESS)
      }
    }
    return trace(best)
  }

  #key (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ z) {
    const side = SPAN * 2 + 8
    const { origin } = this
    return ((x - origin.x + SPAN + 4) * side + (z - origin.z + SPAN + 4)) * side * 2 + (y - origin.y + SPAN + 8)
  }

  #at (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ z) {
    const key = this.#key(x, y, z)
    let kind = this.seen.get(key)
    if (kind === undefined) {
      kind = this.ground.at(x, y, z)
      this.seen.set(key, kind)
    }
    return kind
  }

  /** Whether the whole body has room with its feet in a place: the worst that is in its way, of GROUND. */
  #room (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ z) {
    const { width, height } = this.body
    let room = GROUND.FREE
    for (let dx = 0; dx < width; dx++) {
      for (let dz = 0; dz < width; dz++) {
        for (let dy = 0; dy < height; dy++) {
          const kind = this.#at(x + dx, y + dy, z + dz)
          if (kind === GROUND.WATER) room = GROUND.WATER
          else if (kind !== GROUND.FREE && kind !== GROUND.THIN) return kind
        }
      }
    }
    return room
  }

  #open (/** @type {number} */ room) {
    return room === GROUND.FREE || room === GROUND.WATER
  }

  /** What the feet would stand on: solid if any block below is, harmful if any is. */
  #floor (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ z) {
    const { width } = this.body
    let floor = GROUND.FREE
    for (let dx = 0; dx < width; dx++) {
      for (let dz = 0; dz < width; dz++) {
        const below = this.#at(x + dx, y - 1, z + dz)
        if (below === GROUND.LAVA || below === GROUND.HARMFUL) return below
        if (below === GROUND.SOLID || below === GROUND.TALL || below === GROUND.CLOSED_DOOR) floor = GROUND.SOLID
        if (this.#at(x + dx, y, z + dz) === GROUND.THIN) floor = GROUND.SOLID
      }
    }
    return floor
  }

  /** Where a step into a place ends. @returns {number[] | null} x, y, z and what it costs besides the way */
  #land (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ z, mayClimb = true) {
    const room = this.#room(x, y, z)
    if (room === GROUND.SOLID && mayClimb) return this.#climb(x, y + 1, z)
    if (!this.#open(room)) return null
    for (let down = 0; down <= DEEPEST_DROP; down++) {
      const here = down === 0 ? room : this.#room(x, y - down, z)
      if (!this.#open(here)) return null
      if (here === GROUND.WATER) return [x, y - down, z, WATER_COST]
      const floor = this.#floor(x, y - down, z)
      if (floor === GROUND.SOLID) return [x, y - down, z, 0]
      if (floor !== GROUND.FREE) return null
    }
    return null
  }

  #climb (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ z) {
    const landing = this.#land(x, y, z, false)
    return landing && landing[1] === y ? landing : null
  }

  /** @returns {number[][]} */
  #neighbours (/** @type {Place} */ { x, y, z }) {
    const found = []
    const mayClimb = this.#open(this.#room(x, y + 1, z))
    const flat = new Set()
    for (const [dx, dz] of STRAIGHT) {
      const landing = this.#land(x + dx, y, z + dz, mayClimb)
      if (!landing) continue
      found.push(landing)
      if (landing[1] === y) flat.add(dx * 2 + dz)
    }
    for (const [dx, dz] of DIAGONAL) {
      if (!flat.has(dx * 2) || !flat.has(dz)) continue
      const landing = this.#land(x + dx, y, z + dz, false)
      if (landing && landing[1] === y) found.push(landing)
    }
    if (this.#room(x, y, z) === GROUND.WATER) {
      if (this.#room(x, y + 1, z) === GROUND.WATER) found.push([x, y + 1, z, WATER_COST])
      if (this.#room(x, y - 1, z) === GROUND.WATER) found.push([x, y - 1, z, WATER_COST])
    }
    return found
  }
}

/** @returns {{places: number[][], arrives: boolean} | null} */
function trace (/** @type {Place} */ end) {
  const places = []
  for (let place = end; place.from; place = place.from) places.push([place.x, place.y, place.z])
  return places.length > 0 ? { places: places.reverse(), arrives: end.guess < 0.5 } : null
}

/** Gives back what was put in, least first; what came first of equals. */
class Heap {
  constructor () {
    /** @type {{value: any, weight: number, order: number}[]} */
    this.rows = []
    this.count = 0
  }

  push (/** @type {any} */ value, /** @type {number} */ weight) {
    const { rows } = this
    const row = { value, weight, order: this.count++ }
    let index = rows.length
    while (index > 0) {
      const parent = (index - 1) >> 1
      if (!before(row, rows[parent])) break
      rows[index] = rows[parent]
      index = parent
    }
    rows[index] = row
  }

  pop () {
    const { rows } = this
    if (rows.length === 0) return null
    const top = rows[0]
    const last = /** @type {any} */ (rows.pop())
    if (rows.length > 0) this.#sink(last)
    return top.value
  }

  #sink (/** @type {any} */ row) {
    const { rows } = this
    let index = 0
    for (;;) {
      let child = index * 2 + 1
      if (child >= rows.length) break
      if (child + 1 < rows.length && before(rows[child + 1], rows[child])) child++
      if (!before(rows[child], row)) break
      rows[index] = rows[child]
      index = child
    }
    rows[index] = row
  }
}

const before = (/** @type {any} */ a, /** @type {any} */ b) => a.weight < b.weight || (a.weight === b.weight && a.order < b.order)

module.exports = { PathSearch }
