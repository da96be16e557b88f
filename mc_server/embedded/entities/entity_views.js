'use strict'
/** What clients see of entities: that they appear, move, turn, carry and vanish. */

const VIEW_DISTANCE = 64
const FORGET_DISTANCE = 80
/** Velocities in packets are in 1/8000 block a tick, moves in 1/4096 block. */
const VELOCITY_UNIT = 8000
const MOVE_UNIT = 4096
/** A relative move in a packet is shorter than eight blocks. */
const LONGEST_MOVE = 7.9
const FASTEST = 3.9

class EntityViews {
  /** @param {any} game */
  constructor (game) {
    this.game = game
  }

  /** Tells each client of an entity that came into view, left it, or moved. */
  show (/** @type {any} */ entity) {
    for (const player of this.game.players.all()) {
      const distance = Math.hypot(player.position.x - entity.x, player.position.z - entity.z)
      const seen = entity.seenBy.has(player.id)
      if (!seen && distance < VIEW_DISTANCE && this.game.chunks.hasSent(player, entity.x, entity.z)) {
        entity.seenBy.add(player.id)
        this.#sendSpawn(player, entity)
      } else if (seen && distance > FORGET_DISTANCE) {
        entity.seenBy.delete(player.id)
        player._client.write('entity_destroy', { entityIds: [entity.id] })
      }
    }
    const interval = this.game.entities.families[entity.family].moveInterval ?? 1
    if (entity.age % interval === 0) this.#sendMove(entity)
  }

  #sendSpawn (/** @type {any} */ player, /** @type {any} */ entity) {
    const { registry, entities } = this.game
    const family = entities.families[entity.family]
    if (family.sendSpawn) return family.sendSpawn(player, entity)
    const { sent } = entity
    player._client.write('spawn_entity', {
      entityId: entity.id,
      objectUUID: entity.uuid,
      type: registry.entitiesByName[entity.kind].id,
      x: sent.x,
      y: sent.y,
      z: sent.z,
      pitch: sent.pitch,
      yaw: sent.yaw,
      headPitch: sent.headYaw,
      objectData: family.objectData?.(entity) ?? 0,
      velocity: velocityOf(entity)
    })
    const metadata = family.metadata?.(entity) ?? []
    if (metadata.length > 0) player._client.write('entity_metadata', { entityId: entity.id, metadata })
    const equipments = family.equipment?.(entity) ?? []
    if (equipments.length > 0) player._client.write('entity_equipment', { entityId: entity.id, equipments })
  }

  #sendMove (/** @type {any} */ entity) {
    const { sent } = entity
    const turned = this.#turn(entity)
    const units = (/** @type {'x' | 'y' | 'z'} */ axis) => Math.round((entity[axis] - sent[axis]) * MOVE_UNIT)
    const [dX, dY, dZ] = [units('x'), units('y'), units('z')]
    const { entities } = this.game
    const look = { yaw: sent.yaw, pitch: sent.pitch }
    if (Math.max(Math.abs(dX), Math.abs(dY), Math.abs(dZ)) > LONGEST_MOVE * MOVE_UNIT) {
      const { x, y, z } = entity
      Object.assign(sent, { x, y, z })
      entities.broadcast(entity, 'entity_teleport', { entityId: entity.id, x, y, z, ...look, onGround: entity.onGround })
      return
    }
    sent.x += dX / MOVE_UNIT
    sent.y += dY / MOVE_UNIT
    sent.z += dZ / MOVE_UNIT
    const moved = dX !== 0 || dY !== 0 || dZ !== 0
    const move = { entityId: entity.id, dX, dY, dZ, onGround: entity.onGround }
    if (moved && turned) entities.broadcast(entity, 'entity_move_look', { ...move, ...look })
    else if (moved) entities.broadcast(entity, 'rel_entity_move', move)
    else if (turned) entities.broadcast(entity, 'entity_look', { entityId: entity.id, ...look, onGround: entity.onGround })
  }

  /** Turns the head. @returns {boolean} whether the body turned */
  #turn (/** @type {any} */ entity) {
    const { sent } = entity
    if (entity.yaw === undefined) return false
    const [yaw, pitch, headYaw] = [angleByte(entity.yaw), angleByte(entity.pitch ?? 0), angleByte(entity.headYaw ?? entity.yaw)]
    if (headYaw !== sent.headYaw) {
      sent.headYaw = headYaw
      this.game.entities.broadcast(entity, 'entity_head_rotation', { entityId: entity.id, headYaw })
    }
    if (yaw === sent.yaw && pitch === sent.pitch) return false
    Object.assign(sent, { yaw, pitch })
    return true
  }
}

/** Of a packet, from blocks a tick. */
function velocityOf (/** @type {any} */ { velocity }) {
  const unit = (/** @type {number} */ speed) => Math.round(Math.max(-FASTEST, Math.min(FASTEST, speed)) * VELOCITY_UNIT)
  return { x: unit(velocity.x), y: unit(velocity.y), z: unit(velocity.z) }
}

/** Degrees as a signed byte. */
function angleByte (/** @type {number} */ degrees) {
  return (Math.floor(degrees * 256 / 360) << 24) >> 24
}

/** What clients believe of an entity that nobody has seen. */
function unseen (/** @type {any} */ { x, y, z, yaw = 0, pitch = 0, headYaw = yaw }) {
  return { x, y, z, yaw: angleByte(yaw), pitch: angleByte(pitch), headYaw: angleByte(headYaw) }
}

module.exports = { EntityViews, velocityOf, unseen }
