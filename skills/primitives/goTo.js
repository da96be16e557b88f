'use strict'

const { PrimitiveError } = require('./support/errors')
const { runPrimitive } = require('./support/scope')
const { requirePosition, plain } = require('./support/names')
const { travel, near } = require('./support/movement')
const { feetOf } = require('./support/world')

/**
 * Go to a place, digging and building the way where there is none. Long ways take several minutes.
 *
 * @brief Go to a place, digging and building the way; not needed before other primitives.
 * @param {import('./support/scope').Context} context
 * @param {number} x
 * @param {number} y height of the feet
 * @param {number} z
 * @param {number} [range] how near is near enough, in blocks
 * @returns {Promise<{position: {x: number, y: number, z: number}}>} where the bot stands then
 * @throws `unreachable`, `timeout`, `invalid_argument`, `died`, `cancelled`
 */
async function goTo (context, x, y, z, range = 1) {
  const place = requirePosition(context, { x, y, z }, 'x, y, z')
  if (!(range >= 0)) throw new PrimitiveError('invalid_argument', 'range must be a number of at least 0.')
  return runPrimitive(context, async scope => {
    const away = scope.bot.entity.position.distanceTo(place)
    await travel(scope, near(place, range), { what: `${place}`, timeoutSeconds: 60 + 3 * away })
    return { position: plain(feetOf(scope.bot)) }
  })
}

module.exports = { goTo }
