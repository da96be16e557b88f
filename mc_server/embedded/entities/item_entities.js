'use strict'
/**
 * Items that lie in the world: they fall, float and drift, join into stacks, burn, are picked up, and vanish after five
 * minutes.
 */

const { viewOf } = require('../players/aim')
const { currentAt } = require('../blocks/currents')

const LIFETIME_TICKS = 6000
/** Ticks until a mined drop and a thrown item can be picked up. */
const DROP_DELAY_TICKS = 10
const THROW_DELAY_TICKS = 40
/** The box a player picks up from: its own box, widened. */
const REACH_SIDEWAYS = 1.425
const REACH_DOWN = 0.75
const REACH_UP = 2.3
/** Stacks join within half a block sideways and next to none upwards. */
const MERGE = { sideways: 0.75, upwards: 0.25 }
/** Key of the item shown, in an item's metadata. */
const METADATA_ITEM = 8
/** How often resting items look around, in ticks. */
const REST_INTERVAL = 10
const GRAVITY = 0.04
const DRAG = 0.98
const GROUND = { usual: 0.6, ice: 0.98 }
const BOUNCE = -0.5
const WATER = { drag: 0.99, lift: 0.0005, fastest: 0.06, current: 0.014 }
const THROW = { speed: 0.3, up: 0.1, belowEyes: 0.3, stray: 0.02 }
/** Strength an item has, and what it loses in a tick; netherite minds cactus alone. */
const HEALTH = 5
const WASTED_IN = /** @type {Record<string, number>} */ ({ lava: 4, fire: 1, soul_fire: 2, cactus: 1 })
const HALF_WIDTH = 0.125
const FIREPROOF = /^(netherite_|ancient_debris)/
const UNSTICK_SPEED = 0.2
const UNSTICK_SLOWING = 0.75
const LOWEST = -128
const UP = [0, 1, 0]
const AXES = /** @type {('x' | 'y' | 'z')[]} */ (['x', 'y', 'z'])
const SIDES = [[1, 0, 0], [-1, 0, 0], [0, 0, 1], [0, 0, -1], UP]

class ItemEntities {
  /** @param {any} game */
  constructor (game) {
    this.game = game
  }

  /**
   * @param {{x: number, y: number, z: number}} at
   * @param {any} item
   * @param {{delayTicks?: number, velocity?: {x: number, y: number, z: number}}} [options]
   */
  spawn (at, item, { delayTicks = DROP_DELAY_TICKS, velocity } = {}) {
    if (!item || item.count <= 0) return null
    const { entities, random, saving } = this.game
    const drift = () => (random.next() - 0.5) * 0.2
    saving.markChanged()
    return entities.spawn({
      family: 'item',
      kind: 'item',
      item,
      x: at.x,
      y: at.y,
      z: at.z,
      width: 0.25,
      height: 0.25,
      strength: HEALTH,
      resting: false,
      delayTicks,
      velocity: velocity ?? { x: drift(), y: 0.2, z: drift() }
    })
  }

  metadata (/** @type {any} */ { item }) {
    return [{ key: METADATA_ITEM, type: 'item_stack', value: this.game.items.toPacket(item) }]
  }

  objectData () {
    return 1
  }

  /** In the middle of a block. */
  spawnInBlock (/** @type {{x: number, y: number, z: number}} */ block, /** @type {any} */ item) {
    return this.spawn({ x: block.x + 0.5, y: block.y + 0.25, z: block.z + 0.5 }, item)
  }

  /** The way a player looks. */
  throwFrom (/** @type {any} */ player, /** @type {any} */ item) {
    const { reach, random } = this.game
    const { x, y, z } = reach.eyes(player)
    const view = viewOf(player)
    const angle = random.next() * 2 * Math.PI
    const stray = THROW.stray * random.next()
    const velocity = {
      x: view.x * THROW.speed + Math.cos(angle) * stray,
      y: view.y * THROW.speed + THROW.up + (random.next() - random.next()) * 0.1,
      z: view.z * THROW.speed + Math.sin(angle) * stray
    }
    return this.spawn({ x, y: y - THROW.belowEyes, z }, item, { delayTicks: THROW_DELAY_TICKS, velocity })
  }

  tick (/** @type {any} */ entity) {
    const { entities } = this.game
    if (entity.age > LIFETIME_TICKS || entity.y < LOWEST) return entities.remove(entity)
    this.#drift(entity)
    if (this.#wastes(entity)) return entities.remove(entity)
    if (entity.age % REST_INTERVAL === 0) this.#merge(entity)
    if (entity.age >= entity.delayTicks) this.#offer(entity)
  }

  /** Moves it; what lies still is looked at now and then only. */
  #drift (/** @type {any} */ entity) {
    if (entity.resting && entity.age % REST_INTERVAL !== 0) return
    const before = { x: entity.x, y: entity.y, z: entity.z }
    this.#accelerate(entity)
    if (this.game.entities.collisions.isBlocked(inner(entity))) this.#pushOut(entity)
    else this.game.entities.slide(entity)
    this.#slow(entity)
    const moved = Math.abs(entity.x - before.x) + Math.abs(entity.y - before.y) + Math.abs(entity.z - before.z)
    entity.resting = entity.onGround && moved < 0.001
  }

  #accelerate (/** @type {any} */ entity) {
    const { world, blocks } = this.game
    const { velocity } = entity
    const state = world.get(entity.x, entity.y + 0.1, entity.z)
    if (blocks.holdsWater(state)) {
      const current = currentAt(this.game, entity)
      velocity.x = (velocity.x + current.x * WATER.current) * WATER.drag
      velocity.z = (velocity.z + current.z * WATER.current) * WATER.drag
      if (velocity.y < WATER.fastest) velocity.y += WATER.lift
    } else {
      velocity.y -= GRAVITY
    }
  }

  /** A block was set where it lay: it goes where there is room. */
  #pushOut (/** @type {any} */ entity) {
    const { collisions } = this.game.entities
    const depth = (/** @type {number[]} */ side) => {
      const axis = side.findIndex(step => step !== 0)
      const within = entity[AXES[axis]] - Math.floor(entity[AXES[axis]])
      return side[axis] > 0 ? 1 - within : within
    }
    const nearest = [...SIDES].sort((a, b) => depth(a) - depth(b))
    const free = nearest.find(([x, y, z]) => !collisions.isBlocked(inner({ x: entity.x + x, y: entity.y + y, z: entity.z + z })))
    const { velocity } = entity
    for (const [index, axis] of AXES.entries()) {
      const push = (free ?? UP)[index]
      velocity[axis] = push === 0 ? velocity[axis] * UNSTICK_SLOWING : push * UNSTICK_SPEED
      entity[axis] += velocity[axis]
    }
    entity.onGround = false
  }

  #slow (/** @type {any} */ entity) {
    const { world, blocks } = this.game
    const { velocity } = entity
    const ground = entity.onGround ? blocks.nameOf(world.get(entity.x, entity.y - 0.5, entity.z)) : ''
    const slipperiness = !entity.onGround ? 1 : /ice$/.test(ground) ? GROUND.ice : GROUND.usual
    velocity.x = atRest(velocity.x * slipperiness * DRAG)
    velocity.z = atRest(velocity.z * slipperiness * DRAG)
    velocity.y *= DRAG
    if (entity.onGround && velocity.y < 0) velocity.y *= BOUNCE
  }

  /** @returns {boolean} whether fire, lava or a cactus has eaten it up; what lies still and is whole is looked at now and then */
  #wastes (/** @type {any} */ entity) {
    if (entity.resting && entity.strength === HEALTH && entity.age % REST_INTERVAL !== 0) return false
    const { world, blocks } = this.game
    let loss = 0
    for (const dx of [-HALF_WIDTH, HALF_WIDTH]) {
      for (const dz of [-HALF_WIDTH, HALF_WIDTH]) {
        const name = blocks.nameOf(world.get(entity.x + dx, entity.y, entity.z + dz))
        if (name === 'cactus' || !FIREPROOF.test(entity.item.name)) loss = Math.max(loss, WASTED_IN[name] ?? 0)
      }
    }
    entity.strength -= loss
    return entity.strength <= 0
  }

  #merge (/** @type {any} */ entity) {
    const { entities, items } = this.game
    for (const other of entities.all.values()) {
      if (other === entity || other.family !== 'item' || !items.sameKind(other.item, entity.item)) continue
      const near = Math.abs(other.x - entity.x) < MERGE.sideways && Math.abs(other.y - entity.y) < MERGE.upwards &&
        Math.abs(other.z - entity.z) < MERGE.sideways
      if (!near || other.item.count + entity.item.count > entity.item.stackSize) continue
      entity.item.count += other.item.count
      entity.delayTicks = Math.max(entity.delayTicks - entity.age, other.delayTicks - other.age) + Math.min(entity.age, other.age)
      entity.age = Math.min(entity.age, other.age)
      entities.remove(other)
      entities.sendMetadata(entity)
    }
  }

  /** Lets the first player in reach take what fits. */
  #offer (/** @type {any} */ entity) {
    const { players, windows, entities, saving } = this.game
    for (const player of players.all()) {
      if (player.survivor.dead || player.survivor.gameMode === 3 || !inReach(player, entity)) continue
      const count = entity.item.count
      const left = windows.give(player, entity.item)
      if (left === count) continue
      saving.markChanged()
      entities.broadcast(entity, 'collect', {
        collectedEntityId: entity.id, collectorEntityId: player.id, pickupItemCount: count - left
      })
      if (left === 0) return entities.remove(entity)
      entities.sendMetadata(entity)
    }
  }
}

/** The box of an entity, a little smaller, so that what it lies on is not in it. */
function inner (/** @type {any} */ { x, y, z }) {
  return [x - 0.1, y + 0.02, z - 0.1, x + 0.1, y + 0.2, z + 0.1]
}

function inReach (/** @type {any} */ player, /** @type {any} */ entity) {
  const { x, y, z } = player.position
  return Math.abs(x - entity.x) <= REACH_SIDEWAYS && Math.abs(z - entity.z) <= REACH_SIDEWAYS &&
    entity.y >= y - REACH_DOWN && entity.y <= y + REACH_UP
}

/** Too slow to see is at rest. */
const atRest = (/** @type {number} */ speed) => Math.abs(speed) < 0.003 ? 0 : speed

module.exports = { ItemEntities }
