'use strict'
/** What two plays of one program have to have in common. */

const { isDeepStrictEqual } = require('node:util')

/** Of the state of a world, what a program did to it; the rest counts the ticks it took. */
const COMPARED = ['outcome', 'result', 'error', 'lines']

/** @param {any} value */
const shown = value => {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > 600 ? `${text.slice(0, 600)}...` : text
}

/**
 * @param {any} bare
 * @param {any} confined
 * @returns {string[]} what differs, in words
 */
function differences (bare, confined) {
  const found = COMPARED.filter(part => !isDeepStrictEqual(bare[part], confined[part]))
    .map(part => `${part}: bare ${shown(bare[part])}, confined ${shown(confined[part])}`)
  const [one, other] = [JSON.parse(bare.world), JSON.parse(confined.world)]
  return [...found, ...differentBlocks(one.overlay, other.overlay), ...differentBodies(one.state, other.state)]
}

/**
 * @param {Record<string, number[]>} bare by column: place and state of each block that was changed
 * @param {Record<string, number[]>} confined
 */
function differentBlocks (bare, confined) {
  const columns = [...new Set([...Object.keys(bare), ...Object.keys(confined)])]
  return columns.filter(column => !isDeepStrictEqual(bare[column], confined[column]))
    .map(column => `blocks of column ${column}: ${countOf(bare[column])} changed bare, ${countOf(confined[column])} confined, and not the same`)
}

const countOf = (/** @type {number[] | undefined} */ flat) => (flat?.length ?? 0) / 2

function differentBodies () { return [] }

module.exports = { differences }
