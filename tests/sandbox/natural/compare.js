'use strict'
/**
 * What two plays of one program have to have in common: what the program gave back, threw and printed, the blocks it changed, what the
 * player then has and is, and what lives and lies in the world.
 *
 * Not the tick at which each of these came to be: searches are slower when they are confined.
 */

const { isDeepStrictEqual } = require('node:util')

const SAID = ['outcome', 'result', 'error', 'lines']
const BODY = ['health', 'food', 'dead', 'effects', 'experience', 'bed', 'heldSlot', 'gameMode', 'sneaking']
/** Far below, plants grow at other ticks when a play takes longer. */
const LOWEST_Y = 190
const MINIMUM_Y = -64
/** Blocks that a player may stand away from where the other stood. */
const POSITION_TOLERANCE = 0.5
const MAXIMUM_SHOWN = 600

/** @param {any} value */
function shown (value) {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > MAXIMUM_SHOWN ? `${text.slice(0, MAXIMUM_SHOWN)}...` : text
}

/**
 * @param {any} bare
 * @param {any} confined
 * @returns {string[]} what differs, in words
 */
function differences (bare, confined) {
  const found = SAID.filter(part => !isDeepStrictEqual(bare[part], confined[part]))
    .map(part => `${part}: ${shownDifference(bare[part], confined[part])}`)
  if (bare.world === confined.world) return found
  const [one, other] = [bare, confined].map(({ world }) => JSON.parse(world))
  return [...found, ...differentParts(partsOf(one), partsOf(other)), ...differentPlaces(one, other)]
}

/**
 * @param {any} world
 * @returns {Record<string, any>}
 */
function partsOf ({ overlay, state }) {
  const columns = Object.fromEntries(Object.entries(overlay)
    .map(([column, flat]) => /** @type {const} */ ([`blocks of column ${column}`, blocksOfStage(flat)]))
    .filter(([, blocks]) => blocks.length > 0))
  const [player] = state.players
  const body = Object.fromEntries(BODY.map(part => [part, player[part]]))
  return { ...columns, ...body, signs: state.signs, entities: countsOf(state.entities.entities), items: countsOfItems(player.slots) }
}

/**
 * @param {number[]} flat pairs of a place in its column, layer by layer, and a state
 * @returns {string[]}
 */
function blocksOfStage (flat) {
  const blocks = []
  for (let index = 0; index < flat.length; index += 2) {
    if ((flat[index] >> 8) + MINIMUM_Y >= LOWEST_Y) blocks.push(`${flat[index]}: ${flat[index + 1]}`)
  }
  return blocks
}

/** @param {{kind: string, family: string}[]} entities */
function countsOf (entities) {
  /** @type {Record<string, number>} */
  const counts = {}
  for (const { kind, family } of entities) counts[kind ?? family] = (counts[kind ?? family] ?? 0) + 1
  return counts
}

/** @param {any[]} slots */
const countsOfItems = slots => slots.map((item, slot) => item && { ...item, slot }).filter(Boolean)

/**
 * @param {Record<string, any>} bare
 * @param {Record<string, any>} confined
 */
function differentParts (bare, confined) {
  const names = [...new Set([...Object.keys(bare), ...Object.keys(confined)])]
  return names.filter(name => !isDeepStrictEqual(bare[name], confined[name]))
    .map(name => `${name} afterwards: ${shownDifference(bare[name], confined[name])}`)
}

/** Of two lists and two objects only what is not the same. @param {any} bare @param {any} confined */
function shownDifference (bare, confined) {
  if (Array.isArray(bare) && Array.isArray(confined)) {
    const [one, other] = [bare, confined].map(list => new Set(list.map(each => JSON.stringify(each))))
    const [gone, added] = [[...one].filter(each => !other.has(each)), [...other].filter(each => !one.has(each))]
    if (gone.length + added.length > 0) return `bare only ${shown(gone)}, confined only ${shown(added)}`
  } else if (bare && confined && typeof bare === 'object' && typeof confined === 'object') {
    const keys = [...new Set([...Object.keys(bare), ...Object.keys(confined)])].filter(key => !isDeepStrictEqual(bare[key], confined[key]))
    const part = (/** @type {any} */ whole) => Object.fromEntries(keys.map(key => [key, whole[key]]))
    return `bare ${shown(part(bare))}, confined ${shown(part(confined))}`
  }
  return `bare ${shown(bare)}, confined ${shown(confined)}`
}

/**
 * @param {any} bare
 * @param {any} confined
 */
function differentPlaces (bare, confined) {
  const [one, other] = [bare, confined].map(({ state }) => state.players[0].position)
  const apart = Math.hypot(...one.map((/** @type {number} */ value, /** @type {number} */ axis) => value - other[axis]))
  return apart > POSITION_TOLERANCE ? [`place afterwards: bare ${shown(one)}, confined ${shown(other)}`] : []
}

module.exports = { differences }
