'use strict'

const { PrimitiveError, isFinal } = require('./errors')
const { travel, walkStage, near } = require('./movement')
const { feetOf, underSky, look } = require('./world')

/** Size of the squares in which it is remembered where a bot was. */
const SQUARE = 32
/** Length of one leg. */
const LEG = 48

/** Squares visited, by bot. @type {WeakMap<any, Map<string, number>>} */
const visited = new WeakMap()

const DIRECTIONS = {
  north: [0, -1], northeast: [0.7, -0.7], east: [1, 0], southeast: [0.7, 0.7], south: [0, 1], southwest: [-0.7, 0.7], west: [-1, 0], northwest: [-0.7, -0.7]
}

/** @param {any} bot */
function visitsOf (bot) {
  let map = visited.get(bot)
  if (!map) visited.set(bot, map = new Map())
  return map
}

/** @param {{x: number, z: number}} place */
function squareOf ({ x, z }) {
  return `${Math.floor(x / SQUARE)},${Math.floor(z / SQUARE)}`
}

/** Remember that the bot was here. @param {any} bot */
function markVisited (bot) {
  const map = visitsOf(bot)
  const square = squareOf(bot.entity.position)
  map.set(square, (map.get(square) ?? 0) + 1)
}

/**
 * Of the directions that are not blocked the one whose ground is least known and least wet; the last one is kept when equal.
 * @param {any} context @param {string|undefined} last @param {Set<string>} blocked
 */
function chooseDirection (context, last, blocked) {
  const { bot } = context
  const map = visitsOf(bot)
  const { x, z } = bot.entity.position
  let best = { name: 'north', score: Infinity }
  for (const [name, [dx, dz]] of Object.entries(DIRECTIONS)) {
    if (blocked.has(name)) continue
    let score = name === last ? -0.5 : 0
    for (const away of [SQUARE, 2 * SQUARE, 3 * SQUARE]) {
      score += map.get(squareOf({ x: x + dx * away, z: z + dz * away })) ?? 0
    }
    for (const away of [12, 24, 36, 48]) {
      if (surfaceIsWater(context, Math.floor(x + dx * away), Math.floor(z + dz * away))) score += 1.5
    }
    if (score < best.score) best = { name, score }
  }
  return best.name
}

/** @param {any} context @param {number} x @param {number} z */
function surfaceIsWater (context, x, z) {
  const { bot } = context
  const top = Math.floor(bot.entity.position.y) + 24
  for (let y = top; y > top - 64; y--) {
    const traits = look(context, x, y, z)
    if (traits.name === 'unknown') return false
    if (!traits.passable) return traits.liquid !== null
  }
  return false
}

/** Climb until nothing but leaves is overhead. @param {import('./scope').Context} context */
async function goToSurface (context) {
  const feet = feetOf(context.bot)
  if (underSky(context, feet)) return
  let top = feet.y
  for (let y = feet.y; y < feet.y + 200; y++) {
    const traits = look(context, feet.x, y, feet.z)
    if (!traits.passable && traits.name !== 'unknown' && !/_(leaves|log)$/.test(traits.name)) top = y + 1
  }
  await travel(context, {
    middle: { x: feet.x, y: top, z: feet.z },
    isGoal: cell => underSky(context, cell),
    distance: cell => Math.max(1, top - cell.y)
  }, { what: 'the surface', timeoutSeconds: 240 })
}

/**
 * Walk over the surface, preferring ground not seen before, until `found()` gives something.
 * @param {import('./scope').Context} context
 * @param {() => any} found
 * @param {{maxSeconds?: number, direction?: string, what: string}} options
 * @returns {Promise<any>} what `found` gave; throws `not_found` when the time is over
 */
async function explore (context, found, { maxSeconds = 300, direction, what }) {
  const { bot } = context
  const startedAt = Date.now()
  const from = feetOf(bot)
  let last = direction
  /** @type {Set<string>} */
  const blocked = new Set()
  for (;;) {
    markVisited(bot)
    const value = found()
    if (value) return value
    if (Date.now() - startedAt > maxSeconds * 1000) {
      const { x, y, z } = feetOf(bot)
      throw new PrimitiveError('not_found', `Saw no ${what} on the way from ${from.x}, ${from.y}, ${from.z} to ${x}, ${y}, ${z}. Explore another direction or for longer.`)
    }
    last = direction && !blocked.has(direction) ? direction : chooseDirection(context, last, blocked)
    if (await walkLeg(context, last, found)) blocked.clear()
    else if (blocked.add(last).size === Object.keys(DIRECTIONS).length) {
      // Going round once more would find the same, without any time passing.
      const { x, y, z } = feetOf(bot)
      throw new PrimitiveError('unreachable', `No way leads on from ${x}, ${y}, ${z} in any direction. Dig or build a way out first.`)
    }
  }
}

/** One leg in a direction; false when it led nowhere. */
async function walkLeg (/** @type {any} */ context, /** @type {string} */ direction, /** @type {() => any} */ found) {
  const { bot } = context
  const [dx, dz] = /** @type {Object<string, number[]>} */ (DIRECTIONS)[direction]
  try {
    await goToSurface(context)
    const start = bot.entity.position.clone()
    const middle = { x: Math.floor(start.x + dx * LEG), y: Math.floor(start.y), z: Math.floor(start.z + dz * LEG) }
    for (let stage = 0; stage < LEG / 16 && !found(); stage++) {
      if (!await walkStage(context, near(middle, 2), 16)) {
        await travel(context, {
          middle,
          isGoal: cell => Math.hypot(cell.x - middle.x, cell.z - middle.z) < Math.max(4, LEG - 16 * (stage + 1)),
          distance: cell => Math.hypot(cell.x - middle.x, cell.z - middle.z)
        }, { timeoutSeconds: 40, what: `the ground to the ${direction}`, until: () => Boolean(found()) })
      }
      markVisited(bot)
    }
    return bot.entity.position.distanceTo(start) > 8
  } catch (error) {
    if (isFinal(error) || !(error instanceof PrimitiveError)) throw error
    return false
  }
}

module.exports = { explore, goToSurface, markVisited, DIRECTIONS }
