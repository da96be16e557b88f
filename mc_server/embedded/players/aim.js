'use strict'
/** Where a player's shots and throws start and how they go. */

/** How far a shot strays, as the original spreads it. */
const SPREAD = 0.0172275
const BELOW_EYES = 0.1

/** @returns {{x: number, y: number, z: number}} where what a player shoots or throws appears */
function muzzle (/** @type {any} */ game, /** @type {any} */ player) {
  const { x, y, z } = game.reach.eyes(player)
  return { x, y: y - BELOW_EYES, z }
}

/** @returns {{x: number, y: number, z: number}} the direction a player looks in, of length 1 */
function viewOf (/** @type {any} */ { survivor }, raised = 0) {
  const yaw = survivor.yaw * Math.PI / 180
  const pitch = survivor.pitch * Math.PI / 180
  const view = {
    x: -Math.sin(yaw) * Math.cos(pitch),
    y: -Math.sin(pitch + raised * Math.PI / 180),
    z: Math.cos(yaw) * Math.cos(pitch)
  }
  const length = Math.hypot(view.x, view.y, view.z)
  return { x: view.x / length, y: view.y / length, z: view.z / length }
}

/**
 * The velocity of a shot along a player's view, with a little chance in it.
 * @param {any} game
 * @param {any} player
 * @param {number} speed blocks a tick
 * @param {number} [raised] degrees; less than 0 is higher
 */
function aimed ({ random }, player, speed, raised = 0) {
  const view = viewOf(player, raised)
  const stray = () => SPREAD * (random.next() - random.next())
  return { x: (view.x + stray()) * speed, y: (view.y + stray()) * speed, z: (view.z + stray()) * speed }
}

module.exports = { muzzle, aimed, viewOf }
