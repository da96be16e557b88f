'use strict'

const { PrimitiveError } = require('./support/errors')
const { runPrimitive } = require('./support/scope')
const { shelter } = require('./support/shelter')

/**
 * Dig in, close every way to the bot with what was dug or is carried, and wait there: until it is
 * day, or until health is back. The walls stay: other primitives dig their way out.
 *
 * @brief Wait in a closed hole until day, or until health is back.
 * @param {import('./support/scope').Context} context
 * @param {{until?: 'day'|'health', maxSeconds?: number}} [options]
 * @returns {Promise<{safe: boolean, health: number}>} `safe`: it was waited for as long as asked
 * @throws `invalid_argument`, `no_space` where no shelter can be made, `died`, `cancelled`
 */
async function takeShelter (context, { until = 'day', maxSeconds = 600 } = {}) {
  if (until !== 'day' && until !== 'health') throw new PrimitiveError('invalid_argument', "until must be 'day' or 'health'.")
  if (!(maxSeconds > 0)) throw new PrimitiveError('invalid_argument', 'maxSeconds must be a number above 0.')
  return runPrimitive(context, scope => shelter(scope, { until, maxSeconds }))
}

module.exports = { takeShelter }
