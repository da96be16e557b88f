'use strict'

const { PrimitiveError } = require('./errors')

/** Number of single-letter edits between two names. @param {string} a @param {string} b */
function editDistance (a, b) {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1))
    }
    row = next
  }
  return row[b.length]
}

/** The known names closest to a wrong one, best first. @param {string} name @param {string[]} known */
function nearestNames (name, known, count = 3) {
  const score = (/** @type {string} */ other) =>
    editDistance(name, other) - (other.includes(name) || name.includes(other) ? 4 : 0)
  return known.map(other => ({ other, score: score(other) }))
    .sort((a, b) => a.score - b.score || (a.other < b.other ? -1 : 1))
    .slice(0, count).map(entry => entry.other)
}

/**
 * Expand a name, a family or a list of either: an exact name, else every name ending in `_<name>`.
 *
 * @param {string|string[]} names
 * @param {Object<string, any>} byName the registry's table
 * @param {string} kind what the names are, for the error: 'item', 'block', 'entity'
 * @returns {string[]} exact names, in the registry's order within a family
 */
function resolveNames (names, byName, kind) {
  const list = Array.isArray(names) ? names : [names]
  if (list.length === 0) throw new PrimitiveError('invalid_argument', `Give at least one ${kind} name.`)
  /** @type {Set<string>} */
  const found = new Set()
  for (const name of list) {
    if (typeof name !== 'string' || name === '') {
      throw new PrimitiveError('invalid_argument', `A ${kind} name must be a string, not ${JSON.stringify(name)}.`)
    }
    const members = familyMembers(name, byName)
    if (members.length === 0) {
      const near = nearestNames(name, Object.keys(byName))
      throw new PrimitiveError('invalid_argument',
        `There is no ${kind} named "${name}" in this version. Nearest names: ${near.join(', ')}.`, { name, near })
    }
    for (const member of members) found.add(member)
  }
  return [...found]
}

/** @param {string} name @param {Object<string, any>} byName */
function familyMembers (name, byName) {
  if (Object.hasOwn(byName, name)) return [name]
  return Object.keys(byName).filter(other => other.endsWith(`_${name}`))
}

/** @param {import('./scope').Context} context @param {string|string[]} names */
function resolveItems (context, names) {
  return resolveNames(names, context.registry.itemsByName, 'item')
}

/**
 * Block names; a name that is only an item gets a hint to name the block.
 * @param {import('./scope').Context} context @param {string|string[]} names
 */
function resolveBlocks (context, names) {
  return resolveNames(names, context.registry.blocksByName, 'block')
}

/** A whole number of at least 1, or an `invalid_argument` error. @param {any} value @param {string} name */
function requireCount (value, name = 'count') {
  if (!Number.isInteger(value) || value < 1) {
    throw new PrimitiveError('invalid_argument', `${name} must be a whole number of at least 1, not ${JSON.stringify(value)}.`)
  }
  return value
}

/**
 * Accept `{x, y, z}` or a Vec3.
 * @param {import('./scope').Context} context @param {any} position
 */
function requirePosition (context, position, name = 'position') {
  const { x, y, z } = position ?? {}
  if (![x, y, z].every(Number.isFinite)) {
    throw new PrimitiveError('invalid_argument', `${name} must be {x, y, z} with numbers, not ${JSON.stringify(position)}.`)
  }
  return new context.Vec3(Math.floor(x), Math.floor(y), Math.floor(z))
}

/** `{x, y, z}` for results. @param {{x: number, y: number, z: number}} vector */
function plain ({ x, y, z }) {
  return { x: Math.floor(x), y: Math.floor(y), z: Math.floor(z) }
}

module.exports = {
  editDistance,
  nearestNames,
  resolveNames,
  familyMembers,
  resolveItems,
  resolveBlocks,
  requireCount,
  requirePosition,
  plain
}
