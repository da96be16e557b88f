'use strict'
/** Which block an item becomes when it is placed, which way it faces, and its second half if it has one. */

const { AHEAD } = require('./pairs')
const { CROPS } = require('./tables/drops')

/** Where a player looks, by quarter turns of its yaw. */
const FACINGS = ['south', 'west', 'north', 'east']
const OPPOSITE = /** @type {Record<string, string>} */ ({ north: 'south', south: 'north', east: 'west', west: 'east' })
/** The side of a block that was clicked, by direction number. */
const SIDES = ['down', 'up', 'north', 'south', 'west', 'east']
const AXES = ['y', 'y', 'z', 'z', 'x', 'x']
const OTHER_NAMES = /** @type {Record<string, string>} */ ({ redstone: 'redstone_wire', string: 'tripwire' })
const FACES_PLAYER = /furnace|chest|smoker|barrel|lectern|dropper|dispenser|observer|piston|loom|stonecutter/
const DOWN = 0
const UP = 1

/**
 * @typedef {{x: number, y: number, z: number}} Point
 * @typedef {Point & {state: number}} Part
 */

/**
 * @param {any} game
 * @param {any} player
 * @param {{direction: number, cursorY: number}} packet
 * @param {Point} at
 * @param {string} itemName
 * @returns {Part[] | null} the block and its other half; null when the item cannot be placed there
 */
function blockToPlace (game, player, packet, at, itemName) {
  const { blocks } = game
  const name = nameToPlace(itemName, packet.direction)
  if (name === null || !blocks.has(name)) return null
  const facing = FACINGS[Math.floor((((player.survivor.yaw % 360) + 360) % 360) / 90 + 0.5) & 3]
  const properties = propertiesToPlace(blocks, name, facing, packet)
  if (properties === null) return null
  const state = (/** @type {any} */ extra = {}) => blocks.withProperties(name, { ...properties, ...extra })
  if (name.endsWith('_bed')) {
    const [dx, dz] = AHEAD[facing]
    return [{ ...at, state: state({ part: 'foot' }) }, { x: at.x + dx, y: at.y, z: at.z + dz, state: state({ part: 'head' }) }]
  }
  if (name.endsWith('_door')) {
    return [{ ...at, state: state({ half: 'lower' }) }, { x: at.x, y: at.y + 1, z: at.z, state: state({ half: 'upper' }) }]
  }
  return [{ ...at, state: state() }]
}

/** @returns {string | null} */
function nameToPlace (/** @type {string} */ itemName, /** @type {number} */ direction) {
  const crop = Object.keys(CROPS).find(name => CROPS[name].seed === itemName)
  if (crop) return crop
  if (/(^|_)torch$/.test(itemName) && direction !== UP) {
    return direction === DOWN ? null : itemName.replace(/torch$/, 'wall_torch')
  }
  return OTHER_NAMES[itemName] ?? itemName
}

/** @returns {Record<string, string> | null} */
function propertiesToPlace (/** @type {any} */ blocks, /** @type {string} */ name, /** @type {string} */ facing,
  /** @type {{direction: number, cursorY: number}} */ { direction, cursorY }) {
  /** @type {Record<string, string>} */
  const properties = {}
  const has = (/** @type {string} */ property) => blocks.hasProperty(name, property)
  const upperHalf = direction === DOWN || (direction > UP && cursorY > 0.5)
  if (has('axis')) properties.axis = AXES[direction]
  if (has('half') && /stairs|trapdoor/.test(name)) properties.half = upperHalf ? 'top' : 'bottom'
  if (has('type') && name.endsWith('_slab')) properties.type = upperHalf ? 'top' : 'bottom'
  if (!has('facing')) return properties
  if (/wall_torch|ladder/.test(name)) {
    if (direction <= UP) return null
    properties.facing = SIDES[direction]
  } else {
    properties.facing = FACES_PLAYER.test(name) ? OPPOSITE[facing] : facing
  }
  return properties
}

module.exports = { blockToPlace }
