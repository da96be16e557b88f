'use strict'

const { Heap } = require('./heap')

/**
 * Plans a way on foot through anything: steps of one cell forward, a stair up or down, a drop, a
 * pillar, each with the cells to dig and the floor to lay. Pure: it sees the world through `look`.
 *
 * @typedef {{x: number, y: number, z: number}} Cell
 * @typedef {Object} Step
 * @property {Cell} from
 * @property {Cell} to where the feet are afterwards
 * @property {'forward'|'up'|'down'|'drop'|'pillar'|'sink'|'swim'} kind `sink` digs the block under the feet
 * @property {Cell[]} dig cells to empty first, in this order
 * @property {Cell|null} place cell to fill as the floor
 *
 * @typedef {Object} Ground
 * @property {(x: number, y: number, z: number) => import('./world').Traits} look
 * @property {(traits: import('./world').Traits) => number} digSeconds
 * @property {number} blocks how many blocks for floors are carried
 * @property {Set<string>} [avoid] keys (`x,y,z`) of cells not to be entered
 */

const WALK = 0.24
const JUMP = 0.5
const PLACE = 1.2
const PILLAR = 1.6
/** Added to digging under the own feet, so that stairs are dug where there is a choice. */
const SINK = 3
const SWIM = 0.6
const DIG_OVERHEAD = 0.25
/** A drop of three blocks does not hurt. */
const MAX_DROP = 3
const DIRECTIONS = [[1, 0], [-1, 0], [0, 1], [0, -1]]

/** @param {Cell} cell */
function keyOf ({ x, y, z }) {
  return `${x},${y},${z}`
}

/** A look at the world that remembers what it saw, for one search. @param {Ground} ground */
function remember (ground) {
  /** @type {Map<number, import('./world').Traits>} */
  const seen = new Map()
  /** @type {Map<number, number>} */
  const seconds = new Map()
  return {
    look: (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ z) => {
      const key = ((x & 0xffff) * 0x10000 + (z & 0xffff)) * 0x1000 + (y + 0x400)
      let traits = seen.get(key)
      if (traits === undefined) seen.set(key, traits = ground.look(x, y, z))
      return traits
    },
    digSeconds: (/** @type {import('./world').Traits} */ traits) => {
      let time = seconds.get(traits.type)
      if (time === undefined) seconds.set(traits.type, time = ground.digSeconds(traits))
      return time
    },
    avoid: ground.avoid ?? new Set()
  }
}

/**
 * What it costs to have a cell empty; `dig` gets the cell when it has to be dug.
 * @param {ReturnType<typeof remember>} ground
 * @param {number} x @param {number} y @param {number} z @param {Cell[]} dig
 * @param {boolean} [swims] whoever is in water lets none in
 * @returns {number} seconds, Infinity when it cannot or must not be
 */
function emptyCost (ground, x, y, z, dig, swims = false) {
  const traits = ground.look(x, y, z)
  if (traits.passable || (swims && traits.liquid === 'water')) return 0
  if (traits.liquid || traits.keep || traits.harmful) return Infinity
  const above = ground.look(x, y + 1, z)
  const around = [above, ...DIRECTIONS.map(([dx, dz]) => ground.look(x + dx, y, z + dz))]
  if (around.some(({ liquid }) => liquid !== null && !(swims && liquid === 'water'))) return Infinity
  if (ground.look(x, y - 1, z).liquid === 'lava') return Infinity
  dig.push({ x, y, z })
  const falling = above.falls ? 3 : 1
  return (ground.digSeconds(traits) + DIG_OVERHEAD) * falling
}

/** Whether lava is beside or under the cell that the feet would be in, or could flow there. */
function nearLava (/** @type {ReturnType<typeof remember>} */ ground, /** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ z) {
  const lava = (/** @type {number} */ dx, /** @type {number} */ dy, /** @type {number} */ dz) =>
    ground.look(x + dx, y + dy, z + dz).liquid === 'lava'
  if (lava(0, -1, 0) || lava(0, 0, 0)) return true
  return DIRECTIONS.some(([dx, dz]) => {
    if (lava(dx, 0, dz) || lava(dx, 1, dz)) return true
    return lava(dx, -1, dz) && ground.look(x + dx, y, z + dz).passable
  })
}

/** Feet may swim here: water with air over it. */
function swimmable (/** @type {ReturnType<typeof remember>} */ ground, /** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ z) {
  return ground.look(x, y, z).liquid === 'water' && ground.look(x, y + 1, z).passable
}

/**
 * The steps that can be taken from a cell.
 * @param {ReturnType<typeof remember>} ground @param {Cell} from @param {number} blocks
 * @returns {Array<{step: Step, cost: number}>}
 */
function stepsFrom (ground, from, blocks) {
  /** @type {Array<{step: Step, cost: number}>} */
  const steps = []
  const add = (/** @type {Step['kind']} */ kind, /** @type {Cell} */ to, /** @type {number} */ cost, /** @type {Cell[]} */ dig, /** @type {Cell|null} */ place = null) => {
    if (cost === Infinity || ground.avoid.has(keyOf(to)) || nearLava(ground, to.x, to.y, to.z)) return
    steps.push({ step: { from, to, kind, dig, place }, cost })
  }
  const inWater = ground.look(from.x, from.y, from.z).liquid === 'water'
  for (const [dx, dz] of DIRECTIONS) {
    forwardSteps(ground, from, { x: from.x + dx, y: from.y, z: from.z + dz }, blocks, inWater, add)
  }
  const { x, y, z } = from
  if (inWater) {
    /** @type {Cell[]} */
    const dig = [] // ice, or whatever else lies over the head
    const room = emptyCost(ground, x, y + 1, z, dig, true) + emptyCost(ground, x, y + 2, z, dig, true)
    add('swim', { x, y: y + 1, z }, SWIM + room, dig)
    return steps
  }
  if (blocks > 0) { // whoever does not swim stands: on the ground or on what an earlier step laid
    /** @type {Cell[]} */
    const dig = []
    add('pillar', { x, y: y + 1, z }, PILLAR + emptyCost(ground, x, y + 2, z, dig), dig, from)
  }
  if (ground.look(x, y - 1, z).standable && ground.look(x, y - 2, z).standable) {
    /** @type {Cell[]} */
    const dig = []
    add('sink', { x, y: y - 1, z }, SINK + emptyCost(ground, x, y - 1, z, dig), dig)
  }
  return steps
}

/** Forward, up, down and drop in one direction; `ahead` is the cell beside the feet. */
function forwardSteps (/** @type {any} */ ground, /** @type {Cell} */ from, /** @type {Cell} */ ahead, /** @type {number} */ blocks, /** @type {boolean} */ inWater, /** @type {Function} */ add) {
  const { x, y, z } = ahead
  if (swimmable(ground, x, y, z)) return add('swim', ahead, SWIM, [])
  const below = ground.look(x, y - 1, z)
  const beside = ground.look(x, y, z)

  if (beside.standable || (blocks > 0 && beside.passable && below.standable && !inWater)) { // a stair up
    /** @type {Cell[]} */
    const dig = []
    let cost = JUMP + emptyCost(ground, from.x, y + 2, from.z, dig) + emptyCost(ground, x, y + 2, z, dig) + emptyCost(ground, x, y + 1, z, dig)
    if (!beside.standable) cost += PLACE
    if (!beside.falls || dig.length === 0) add('up', { x, y: y + 1, z }, cost, dig, beside.standable ? null : ahead)
  }

  /** @type {Cell[]} */
  const dig = []
  const ahead2 = emptyCost(ground, x, y + 1, z, dig) + emptyCost(ground, x, y, z, dig)
  if (ahead2 === Infinity) return
  const slow = inWater ? SWIM : WALK
  if (below.standable) add('forward', ahead, slow + ahead2, dig)
  else if (blocks > 0 && !inWater && (below.passable || below.liquid === 'water')) {
    add('forward', ahead, slow + ahead2 + PLACE, dig, { x, y: y - 1, z })
  }

  if (inWater) return
  const digDown = dig.slice() // a stair down
  const downCost = ahead2 + emptyCost(ground, x, y - 1, z, digDown)
  if (downCost === Infinity) {
    if (swimmable(ground, x, y - 1, z)) add('drop', { x, y: y - 1, z }, SWIM + ahead2, dig)
    return
  }
  for (let depth = 1; depth <= MAX_DROP; depth++) {
    const floor = ground.look(x, y - depth - 1, z)
    if (floor.standable) return add(depth === 1 ? 'down' : 'drop', { x, y: y - depth, z }, WALK * (1 + depth) + downCost, digDown)
    if (swimmable(ground, x, y - depth - 1, z)) return add('drop', { x, y: y - depth - 1, z }, SWIM + downCost, digDown)
    if (!floor.passable) return
  }
}

/**
 * Search for steps from `start` until `isGoal`; weighted A* that prefers to get there soon to the
 * very best way.
 *
 * @param {Object} options
 * @param {Cell} options.start
 * @param {(cell: Cell) => boolean} options.isGoal
 * @param {(cell: Cell) => number} options.distance steps that remain at least
 * @param {Ground} options.ground
 * @param {number} [options.maxNodes]
 * @param {number} [options.perStep] seconds that one remaining step is taken to cost
 * @returns {{steps: Step[], complete: boolean, exhausted: boolean, cost: number, nodes: number}} incomplete:
 *   the way to the nearest cell seen; `exhausted`: everything that can be reached was looked at
 */
function planTunnel ({ start, isGoal, distance, ground: world, maxNodes = 5000, perStep = 0.8 }) {
  const ground = remember(world)
  const heap = new Heap()
  const first = { cell: start, cost: 0, parent: /** @type {any} */ (null), step: /** @type {any} */ (null), left: distance(start), blocks: world.blocks, closed: false }
  /** @type {Map<string, typeof first>} */
  const nodes = new Map([[keyOf(start), first]])
  heap.push(0, first)
  let nearest = first
  let count = 0
  while (heap.size > 0 && count < maxNodes) {
    const node = heap.pop()
    if (node.closed) continue
    node.closed = true
    count++
    if (isGoal(node.cell)) return { steps: stepsTo(node), complete: true, exhausted: false, cost: node.cost, nodes: count }
    if (node.left < nearest.left) nearest = node
    for (const { step, cost } of stepsFrom(ground, node.cell, node.blocks)) {
      const key = keyOf(step.to)
      const total = node.cost + cost
      const known = nodes.get(key)
      if (known && (known.closed || known.cost <= total)) continue
      const next = { cell: step.to, cost: total, parent: node, step, left: distance(step.to), blocks: node.blocks - (step.place ? 1 : 0), closed: false }
      nodes.set(key, next)
      heap.push(total + next.left * perStep, next)
    }
  }
  return { steps: stepsTo(nearest), complete: false, exhausted: heap.size === 0, cost: nearest.cost, nodes: count }
}

/** @param {any} node @returns {Step[]} */
function stepsTo (node) {
  const steps = []
  for (let at = node; at.step; at = at.parent) steps.push(at.step)
  return steps.reverse()
}

module.exports = { planTunnel, stepsFrom, remember, keyOf }
