'use strict'
/**
 * Things that move and are no players: their list, their bodies, their way through the blocks.
 *
 * What each does is said by its family (`item`, `animal`, ...): a rule of the game with `tick(entity)` and, where it matters,
 * `hurt(entity, damage, {cause, attacker, direct})`, `interact(entity, player, heldItem)`, `metadata(entity)` (rows of an
 * `entity_metadata` packet), `equipment(entity)` (rows of `entity_equipment`), `objectData(entity)`, `sendSpawn(player, entity)`
 * (in place of the common packets), `moveInterval` (ticks between packets of its moves), `packEntity(fields)` and
 * `unpackEntity(fields)` (what of it is written down). What clients see of them is in `entity_views.js`.
 */

const { Collisions } = require('../world/collisions')
const { EntityViews, velocityOf, unseen } = require('./entity_views')

/** Above the numbers of players, see `players.js`. */
const FIRST_ID = 1000000

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
 * @property {number} [yaw] degrees, 0 is south
 * @property {number} [gravity] blocks a tick, each tick
 * @property {any} [item]
 * @property {number} [health]
 */

class Entities {
  /** @param {any} game */
  constructor (game) {
    this.game = game
    /** @type {Map<number, any>} */
    this.all = new Map()
    this.nextId = FIRST_ID
    /** The rule that each family of entities obeys; filled where the game is put together. @type {Record<string, any>} */
    this.families = {}
    this.collisions = new Collisions(game)
    this.views = new EntityViews(game)
  }

  /** @returns {any} the new entity */
  spawn (/** @type {any} */ fields) {
    return this.#add({
      velocity: { x: 0, y: 0, z: 0 },
      age: 0,
      onGround: false,
      blocked: false,
      ...fields,
      id: this.nextId++,
      uuid: this.#randomUuid(),
      sent: unseen(fields)
    })
  }

  #add (/** @type {any} */ entity) {
    entity.seenBy = new Set()
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
    if (entity.seenBy.size === 0) return
    for (const player of this.game.players.all()) {
      if (entity.seenBy.has(player.id)) player._client.write(name, data)
    }
  }

  /** Tells everybody who sees an entity of its metadata again. */
  sendMetadata (/** @type {any} */ entity) {
    const metadata = this.families[entity.family].metadata?.(entity) ?? []
    if (metadata.length > 0) this.broadcast(entity, 'entity_metadata', { entityId: entity.id, metadata })
  }

  /** Tells everybody who sees an entity how fast it moves. */
  sendVelocity (/** @type {any} */ entity) {
    this.broadcast(entity, 'entity_velocity', { entityId: entity.id, velocity: velocityOf(entity) })
  }

  /** A player left or was sent to a new world: what it saw is gone, and shown again if it is still near. */
  forgetPlayer (/** @type {any} */ player) {
    const seen = [...this.all.values()].filter(entity => entity.seenBy.delete(player.id)).map(({ id }) => id)
    if (seen.length > 0 && !player._client.ended) player._client.write('entity_destroy', { entityIds: seen })
  }

  tick () {
    const { game } = this
    for (const entity of this.all.values()) {
      if (!game.world.isLoaded(entity.x, entity.z)) continue
      entity.age++
      game.guard(() => this.families[entity.family].tick(entity))
      if (this.all.has(entity.id)) this.views.show(entity)
    }
  }

  /** Lets an entity fall and slide by its velocity, stopped by blocks: a body with no will of its own. */
  move (/** @type {any} */ entity) {
    const { velocity } = entity
    const { world, blocks } = this.game
    const swimming = blocks.isFluid(world.get(entity.x, entity.y, entity.z))
    const gravity = entity.gravity ?? (entity.item ? ITEM_GRAVITY : GRAVITY)
    velocity.y = swimming ? Math.min(velocity.y + 0.02, 0.1) : (velocity.y - gravity) * AIR_DRAG
    this.slide(entity)
    const friction = entity.onGround ? GROUND_FRICTION : AIR_FRICTION
    velocity.x = slowed(velocity.x * friction)
    velocity.z = slowed(velocity.z * friction)
  }

  /**
   * One step of an entity's velocity, stopped by blocks; what stops it takes that part of the velocity.
   * @param {any} entity
   * @param {number} [stepHeight] what it walks up without a jump
   */
  slide (entity, stepHeight = 0) {
    const { velocity } = entity
    const box = this.collisions.boxOf(entity)
    let moved = this.collisions.sweep(box, velocity)
    const stopped = (/** @type {any} */ way) => way.x !== velocity.x || way.z !== velocity.z
    const grounded = entity.onGround || (velocity.y < 0 && moved.y !== velocity.y)
    if (stepHeight > 0 && grounded && stopped(moved)) moved = this.#stepUp(box, velocity, moved, stepHeight)
    entity.x += moved.x
    entity.y += moved.y
    entity.z += moved.z
    entity.onGround = velocity.y < 0 && moved.y !== velocity.y
    entity.blocked = stopped(moved)
    for (const axis of /** @type {('x' | 'y' | 'z')[]} */ (['x', 'y', 'z'])) {
      if (moved[axis] !== velocity[axis]) velocity[axis] = 0
    }
  }

  /** The same step over something low, when that leads further. */
  #stepUp (/** @type {number[]} */ box, /** @type {any} */ velocity, /** @type {any} */ flat, /** @type {number} */ height) {
    const raised = box.slice()
    const up = this.collisions.sweep(raised, { x: 0, y: height, z: 0 }).y
    raised[1] += up
    raised[4] += up
    const over = this.collisions.sweep(raised, { x: velocity.x, y: 0, z: velocity.z })
    if (over.x ** 2 + over.z ** 2 <= flat.x ** 2 + flat.z ** 2) return flat
    const above = [raised[0] + over.x, raised[1], raised[2] + over.z, raised[3] + over.x, raised[4], raised[5] + over.z]
    const down = this.collisions.sweep(above, { x: 0, y: -up, z: 0 }).y
    return { x: over.x, y: up + down, z: over.z }
  }

  #randomUuid () {
    const digits = () => this.game.random.between(0, 0xffff).toString(16).padStart(4, '0')
    return `${digits()}${digits()}-${digits()}-4${digits().slice(1)}-8${digits().slice(1)}-${digits()}${digits()}${digits()}`
  }

  /** Every entity with its id and to the last bit: what follows from a packed state is what would have followed anyway. */
  pack () {
    return { nextId: this.nextId, entities: [...this.all.values()].map(entity => this.packOne(entity)) }
  }

  /** @returns {any} a JSON value */
  packOne (/** @type {any} */ { seenBy, item, ...rest }) {
    const fields = this.families[rest.family].packEntity?.(rest) ?? rest
    return item ? { ...fields, item: this.game.items.pack(item) } : fields
  }

  /** Puts packed entities in place of those there are. */
  unpack (/** @type {{nextId: number, entities: any[]}} */ { nextId, entities }) {
    for (const entity of [...this.all.values()]) this.remove(entity)
    this.nextId = nextId
    this.add(structuredClone(entities))
  }

  /** Adds packed entities, whose values are taken over. */
  add (/** @type {any[]} */ packed) {
    for (const { item, ...rest } of packed) {
      const fields = this.families[rest.family].unpackEntity?.(rest) ?? rest
      this.#add(item ? { ...fields, item: this.game.items.unpack(item) } : fields)
    }
  }
}

/** Too slow to see is at rest. */
const slowed = (/** @type {number} */ speed) => Math.abs(speed) < 0.003 ? 0 : speed

module.exports = { Entities }
