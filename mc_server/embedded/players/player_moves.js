'use strict'
/** Where players are, and what the others see of that: in place of what flying-squid does, which comes some turns too late. */

/** Moves in packets are in 1/4096 block, and shorter than eight blocks. */
const MOVE_UNIT = 4096
const LONGEST_MOVE = 7
/** After so many blocks it is looked anew who sees whom. */
const LOOK_AROUND_DISTANCE = 2

/**
 * @param {any} game
 * @param {any} player
 * @param {import('vec3').Vec3} to
 * @param {boolean} onGround
 */
function movePlayer (game, player, to, onGround) {
  const known = player.knownPosition ?? player.position
  player.position = to
  player.onGround = onGround
  const units = to.minus(known).scaled(MOVE_UNIT).rounded()
  const { x: dX, y: dY, z: dZ } = units
  const move = { entityId: player.id, onGround }
  if (Math.max(Math.abs(dX), Math.abs(dY), Math.abs(dZ)) > LONGEST_MOVE * MOVE_UNIT) {
    player.knownPosition = to.clone()
    tellOthers(game, player, 'entity_teleport', { ...move, x: to.x, y: to.y, z: to.z, yaw: player.yaw ?? 0, pitch: player.pitch ?? 0 })
  } else if (dX !== 0 || dY !== 0 || dZ !== 0) {
    player.knownPosition = known.plus(units.scaled(1 / MOVE_UNIT))
    tellOthers(game, player, 'rel_entity_move', { ...move, dX, dY, dZ })
  }
  const { lastPositionPlayersUpdated: looked } = player
  if (looked && to.distanceTo(looked) > LOOK_AROUND_DISTANCE) player.updateAndSpawn()
}

function tellOthers (/** @type {any} */ game, /** @type {any} */ player, /** @type {string} */ name, /** @type {any} */ data) {
  for (const other of game.players.all()) {
    if (other !== player && other.nearbyEntities?.includes(player)) other._client.write(name, data)
  }
}

module.exports = { movePlayer }
