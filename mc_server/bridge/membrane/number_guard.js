'use strict'
/**
 * Looks over the plain values of calls that Mineflayer takes as they come: what it believes of the bot afterwards, such as a hand
 * that is no slot or a head turned by no angle, would stay when the program has ended, and no player could send it.
 *
 * Not covered: texts (`text_guard.js`).
 */

const { ProgramFault } = require('../program/errors')

const CONTROLS = ['forward', 'back', 'left', 'right', 'jump', 'sprint', 'sneak']
const QUICK_BAR_SLOTS = 9
/** No window has more slots; outside of it is -999. */
const MAXIMUM_SLOT = 999
/** In radians: some turns are usual, so many are none. */
const MAXIMUM_ANGLE = 10000

/** @param {string} message */
const refuse = message => { throw new ProgramFault('invalid_argument', message) }

/**
 * @param {string} name
 * @param {any[]} values
 * @param {number} least
 * @param {number} most
 */
function checkWhole (name, values, least, most) {
  for (const value of values) {
    if (!Number.isInteger(value) || value < least || value > most) refuse(`${name} takes whole numbers from ${least} to ${most}`)
  }
}

/**
 * @param {string} name
 * @param {any[]} values
 * @param {number} most
 */
function checkSize (name, values, most) {
  for (const value of values) {
    if (typeof value !== 'number' || !(Math.abs(value) <= most)) refuse(`${name} takes numbers from -${most} to ${most}`)
  }
}

/** @type {Record<string, (...args: any[]) => void>} */
const CHECKS = {
  setQuickBarSlot: slot => checkWhole('setQuickBarSlot', [slot], 0, QUICK_BAR_SLOTS - 1),
  clickWindow: (slot, button, mode) => checkWhole('clickWindow', [slot, button, mode], -MAXIMUM_SLOT, MAXIMUM_SLOT),
  moveSlotItem: (from, to) => checkWhole('moveSlotItem', [from, to], 0, MAXIMUM_SLOT),
  putAway: slot => checkWhole('putAway', [slot], 0, MAXIMUM_SLOT),
  look: (yaw, pitch) => checkSize('look', [yaw, pitch], MAXIMUM_ANGLE),
  moveVehicle: (left, forward) => checkSize('moveVehicle', [left, forward], 1),
  setControlState: (control, state) => {
    if (!CONTROLS.includes(control)) refuse(`setControlState takes one of ${CONTROLS.join(', ')}`)
    if (typeof state !== 'boolean') refuse('setControlState takes true or false')
  }
}

/**
 * @param {string} method of the bot
 * @param {any[]} args what it will be called with, copied
 * @throws {ProgramFault} when Mineflayer is not to have them
 */
function checkNumbers (method, args) {
  if (Object.hasOwn(CHECKS, method)) CHECKS[method](...args)
}

module.exports = { checkNumbers }
