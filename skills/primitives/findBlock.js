'use strict'

const { PrimitiveError } = require('./support/errors')
const { resolveBlocks, plain } = require('./support/names')
const { findBlocks } = require('./support/search')

/**
 * Where the nearest loaded block of some kinds is; answers at once. Sees about 64 blocks far, also
 * underground.
 *
 * @brief Where the nearest loaded one is, at once, also underground.
 * @param {import('./support/scope').Context} context
 * @param {string|string[]} names block name, family (`log`) or list
 * @param {number} [maxDistance] in blocks
 * @returns {{x: number, y: number, z: number}|null} null when none is loaded that near
 * @throws `invalid_argument`
 */
function findBlock (context, names, maxDistance = 64) {
  const blocks = resolveBlocks(context, names)
  if (!(maxDistance > 0)) throw new PrimitiveError('invalid_argument', 'maxDistance must be a number above 0.')
  const [cell] = findBlocks(context, blocks, { maxDistance: Math.min(maxDistance, 160), limit: 1 })
  return cell ? plain(cell) : null
}

module.exports = { findBlock }
