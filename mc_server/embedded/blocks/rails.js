'use strict'
/** Which way a rail runs: it turns to the rails beside it and climbs to those one block higher. */

const { beside, AROUND, OPPOSITE } = require('../world/directions')

/** @typedef {{x: number, y: number, z: number}} Point */

const STRAIGHT = /** @type {Record<string, string>} */ ({ north: 'north_south', south: 'north_south', west: 'east_west', east: 'east_west' })

/** The two sides that a shape leads to. */
function endsOf (/** @type {string} */ shape) {
  if (shape.startsWith('ascending_')) {
    const up = shape.slice('ascending_'.length)
    return [up, OPPOSITE[up]]
  }
  return shape.split('_')
}

/** @returns {{at: Point, climbs: boolean, shape: string} | null} the rail on a side: level, one up, or one down */
function railOn (/** @type {any} */ game, /** @type {Point} */ at, /** @type {string} */ side) {
  const level = beside(at, side)
  for (const place of [level, beside(level, 'up'), beside(level, 'down')]) {
    const state = game.world.get(place.x, place.y, place.z)
    if (/(^|_)rail$/.test(game.blocks.nameOf(state))) {
      return { at: place, climbs: place.y > at.y, shape: String(game.blocks.properties(state).shape) }
    }
  }
  return null
}

/** Whether a rail has an end free for another on that side, or leads there already. */
function takes (/** @type {any} */ game, /** @type {Point} */ rail, /** @type {string} */ shape, /** @type {string} */ side) {
  const ends = endsOf(shape)
  if (ends.includes(side)) return true
  return ends.some(end => {
    const next = railOn(game, rail, end)
    return next === null || !endsOf(next.shape).includes(OPPOSITE[end])
  })
}

/**
 * @param {any} game
 * @param {Point} at
 * @param {number} state
 * @returns {string} the shape the rail takes among its neighbours
 */
function joinedRail (game, at, state) {
  const { blocks } = game
  const shape = String(blocks.properties(state).shape)
  const bends = blocks.nameOf(state) === 'rail'
  const joined = AROUND.filter(side => {
    const other = railOn(game, at, side)
    return other !== null && takes(game, other.at, other.shape, OPPOSITE[side])
  })
  if (joined.length === 0) return shape
  const [first, second] = ends(joined, endsOf(shape), bends)
  const climbing = [first, second].find(side => side && railOn(game, at, side)?.climbs)
  if (second && second !== OPPOSITE[first]) return ['north', 'south'].includes(first) ? `${first}_${second}` : `${second}_${first}`
  return climbing ? `ascending_${climbing}` : STRAIGHT[first]
}

/** Chooses two sides to lead to: those it leads to already, else opposite ones, else a bend. */
function ends (/** @type {string[]} */ joined, /** @type {string[]} */ old, /** @type {boolean} */ bends) {
  if (old.every(side => joined.includes(side))) return old
  const straight = joined.find(side => joined.includes(OPPOSITE[side]))
  if (straight) return [straight, OPPOSITE[straight]]
  if (joined.length === 1 || !bends) return [joined[0]]
  return [joined[0], /** @type {string} */ (joined.find(side => side !== joined[0] && side !== OPPOSITE[joined[0]]))]
}

module.exports = { joinedRail }
