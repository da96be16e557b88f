'use strict'

const { isFinal } = require('../../primitives/support/errors')
const { nearestThreat } = require('../../primitives/support/combat')
const { near, travel } = require('../../primitives/support/movement')
const { feetOf } = require('../../primitives/support/world')

const NEAR = 2
/** Beyond that it would take the path finder, which is the program's. */
const FAR = 20
const SECONDS_AT_MOST = 15

/**
 * A program that moves the bot itself finds it where it was. Primitives see to that alone, and where none runs it is all the same.
 * @param {any} context @param {{inProgram: boolean, inPrimitive: boolean}} situation @param {{x: number, y: number, z: number}} place
 */
async function comeBack (context, { inProgram, inPrimitive }, place) {
  const feet = feetOf(context.bot)
  const away = Math.hypot(feet.x - place.x, feet.y - place.y, feet.z - place.z)
  if (!inProgram || inPrimitive || away <= NEAR || away > FAR || nearestThreat(context)) return
  try {
    await travel(context, near(place, 1), { timeoutSeconds: SECONDS_AT_MOST, what: 'where it was' })
  } catch (error) {
    if (isFinal(error) || context.signal.aborted) throw error
  }
}

module.exports = { comeBack }
