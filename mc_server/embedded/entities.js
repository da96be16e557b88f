'use strict'
/**
 * Things that move and are no players: their bodies, their fall, and what clients see of them.
 *
 * What each does is said by its family (`item`, `animal`, ...): a rule of the game with `tick(entity)` and, where it matters,
 * `hurt(entity, damage, {cause, attacker})`, `metadata(entity)` (rows of an `entity_metadata` packet) and
 * `objectData(entity)`.
 */

const VIEW_DISTANCE = 64
const FORGET_DISTANCE = 80
/** Velocities in packets are in 1/8000 block a tick, moves in 1/4096 block. */
const VELOCITY_UNIT = 8000
const MOVE_UNIT = 4096
const LONGEST_MOVE = 7

const GRAVITY = 0.08
const ITEM_GRAVITY = 0.04
const AIR_DRAG = 0.98
const GROUND_FRICTION = 0.546
const AIR_FRICTION = 0.91

/**
 * @typedef {object} Entity
 * @property {number} id
 * @property {string} uuid
 * @property {string} family key in `Entities.families`
 * @property {string} kind name in the registry
 * @property {number} x
 * @property {number} y
 * @property {number} z
 * @property {{x: number, y: number, z: number}} velocity blocks a tick
 * @property {number} width
 * @property {number} height
 * @property {number} age ticks
 * @property {boolean} onGround
 * @property {boolean} blocked it ran into a wall
 * @property {any} [item]
 * @property {number} [health]
 */

class Entities {
  /** @param {any} game */
  constructor (game) {
    this.game = game
    /** @type {Map<number, any>} */
    this.all = new Map()
    /** The rule that each family of entities obeys; filled where the game is put together. @type {Record<string, any>} */
    this.families = {}
  }

  /** @returns {any} the new entity */
  spawn (/** @type {any} */ fields) {
    const { game } = this
    game.serv.entityMaxId++
    const entity = {
      velocity: { x: 0, y: 0, z: 0 },
      age: 0,
      onGround: false,
      blocked: false,
      ...fields,
      id: game.serv.entityMaxId,
      uuid: this.#randomUuid(),
      seenBy: new Set(),
      sent: { x: fields.x, y: fields.y, z: fields.z }
    }
    this.all.set(entity.id, entity)
    return entity
  }

  remove (/** @type {any} */ entity) {
    if (!this.all.delete(entity.id)) return
    this.broadcast(entity, 'entity_destroy', { entityIds: [entity.id] })
    this.game.saving.markChanged()
  }

  /** Writes a packet to everybody who sees the entity. */
  broadcast (/** @type {any} */ entity, /** @type {string} */ name, /** @type {any} */ data) {
    for (const player of this.game.players.all()) {
      if (entity.seenBy.has(player.id)) player._client.write(name, data)
    }
  }

  /** A player left or was sent to a new world: show everything again. */
  forgetPlayer (/** @type {any} */ player) {
    for (const entity of this.all.values()) entity.seenBy.delete(player.id)
  }

  tick () {
    const { world } = this.game
    for (const entity of this.all.values()) {
      if (!world.isLoaded(entity.x, entity.z)) continue
      entity.age++
      this.families[entity.family].tick(entity)
      if (this.all.has(entity.id)) this.#show(entity)
    }
  }

  /** Moves an entity by its velocity, stopped by blocks. */
  move (/** @type {any} */ entity) {
    const { velocity } = entity
    const { world, blocks } = this.game
    const swimming = blocks.isFluid(world.get(entity.x, entity.y, entity.z))
    const gravity = entity.gravity ?? (entity.item ? ITEM_GRAVITY : GRAVITY)
    velocity.y = swimming ? Math.min(velocity.y + 0.02, 0.1) : (velocity.y - gravity) * AIR_DRAG
    this.#moveVertically(entity)
    entity.blocked = false
    for (const axis of /** @type {('x' | 'z')[]} */ (['x', 'z'])) this.#moveAlong(entity, axis)
    const friction = entity.onGround ? GROUND_FRICTION : AIR_FRICTION
    velocity.x = slowed(velocity.x * friction)
    velocity.z = slowed(velocity.z * friction)
  }

  #moveVertically (/** @type {any} */ entity) {
    const { velocity } = entity
    const target = entity.y + velocity.y
    entity.onGround = false
    if (!this.#collides(entity, entity.x, target, entity.z)) {
      entity.y = target
      return
    }
    if (velocity.y < 0) {
      entity.onGround = true
      const floor = Math.floor(target) + 1
      if (!this.#collides(entity, entity.x, floor, entity.z) && floor - entity.y < 1) entity.y = floor
    }
    velocity.y = 0
  }

  #moveAlong (/** @type {any} */ entity, /** @type {'x' | 'z'} */ axis) {
    const speed = entity.velocity[axis]
    if (speed === 0) return
    const target = { x: entity.x, z: entity.z }
    target[axis] += speed
    if (this.#collides(entity, target.x, entity.y + 0.01, target.z)) {
      entity.blocked = true
      entity.velocity[axis] = 0
    } else {
      entity[axis] = target[axis]
    }
  }

  #collides (/** @type {any} */ entity, /** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ z) {
    const half = entity.width * 0.45
    const { world, blocks } = this.game
    for (let blockX = Math.floor(x - half); blockX <= Math.floor(x + half); blockX++) {
      for (let blockY = Math.floor(y); blockY <= Math.floor(y + entity.height - 0.001); blockY++) {
        for (let blockZ = Math.floor(z - half); blockZ <= Math.floor(z + half); blockZ++) {
          if (blocks.solid[world.get(blockX, blockY, blockZ)]) return true
        }
      }
    }
    return false
  }

  /** Tells each client of an entity that came into view, left it, or moved. */
  #show (/** @type {any} */ entity) {
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
    this.#sendMove(entity)
  }

  #sendSpawn (/** @type {any} */ player, /** @type {any} */ entity) {
    const { registry } = this.game
    const family = this.families[entity.family]
    if (family.sendSpawn) return family.sendSpawn(player, entity)
    player._client.write('spawn_entity', {
      entityId: entity.id,
      objectUUID: entity.uuid,
      type: registry.entitiesByName[entity.kind].id,
      x: entity.sent.x,
      y: entity.sent.y,
      z: entity.sent.z,
      pitch: 0,
      yaw: 0,
      headPitch: 0,
      objectData: family.objectData?.(entity) ?? 0,
      velocity: {
        x: Math.round(entity.velocity.x * VELOCITY_UNIT),
        y: Math.round(entity.velocity.y * VELOCITY_UNIT),
        z: Math.round(entity.velocity.z * VELOCITY_UNIT)
      }
    })
    const metadata = family.metadata?.(entity) ?? []
    if (metadata.length > 0) player._client.write('entity_metadata', { entityId: entity.id, metadata })
  }

  /** Tells everybody who sees an entity of its metadata again. */
  sendMetadata (/** @type {any} */ entity) {
    const metadata = this.families[entity.family].metadata?.(entity) ?? []
    if (metadata.length > 0) this.broadcast(entity, 'entity_metadata', { entityId: entity.id, metadata })
  }

  #sendMove (/** @type {any} */ entity) {
    const { sent } = entity
    const units = (/** @type {'x' | 'y' | 'z'} */ axis) => Math.round((entity[axis] - sent[axis]) * MOVE_UNIT)
    const [dX, dY, dZ] = [units('x'), units('y'), units('z')]
    if (dX === 0 && dY === 0 && dZ === 0) return
    if (Math.max(Math.abs(dX), Math.abs(dY), Math.abs(dZ)) > LONGEST_MOVE * MOVE_UNIT) {
      this.broadcast(entity, 'entity_destroy', { entityIds: [entity.id] })
      entity.seenBy.clear()
      Object.assign(sent, { x: entity.x, y: entity.y, z: entity.z })
      return
    }
    sent.x += dX / MOVE_UNIT
    sent.y += dY / MOVE_UNIT
    sent.z += dZ / MOVE_UNIT
    this.broadcast(entity, 'rel_entity_move', { entityId: entity.id, dX, dY, dZ, onGround: entity.onGround })
  }

  #randomUuid () {
    const digits = () => this.game.random.between(0, 0xffff).toString(16).padStart(4, '0')
    return `${digits()}${digits()}-${digits()}-4${digits().slice(1)}-8${digits().slice(1)}-${digits()}${digits()}${digits()}`
  }

  /** Everything worth saving. */
  pack () {
    return [...this.all.values()].map(({ seenBy, sent, id, uuid, item, x, y, z, velocity, ...rest }) => {
      const body = { ...rest, x: rounded(x), y: rounded(y), z: rounded(z), velocity: { x: 0, y: 0, z: 0 } }
      return item ? { ...body, item: this.game.items.pack(item) } : body
    })
  }

  unpack (/** @type {any[]} */ packed) {
    for (const { item, ...rest } of packed) {
      this.spawn(item ? { ...rest, item: this.game.items.unpack(item) } : rest)
    }
  }
}

/** Too slow to see is at rest. */
const slowed = (/** @type {number} */ speed) => Math.abs(speed) < 0.003 ? 0 : speed

const rounded = (/** @type {number} */ coordinate) => Math.round(coordinate * 1000) / 1000

module.exports = { Entities }
