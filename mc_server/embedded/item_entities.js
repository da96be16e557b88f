'use strict'
/** Items that lie in the world: they fall, join into stacks, are picked up, and vanish after five minutes. */

const LIFETIME_TICKS = 6000
/** Ticks until a mined drop and a thrown item can be picked up. */
const DROP_DELAY_TICKS = 10
const THROW_DELAY_TICKS = 40
/** The box a player picks up from: its own box, widened. */
const REACH_SIDEWAYS = 1.425
const REACH_DOWN = 0.75
const REACH_UP = 2.3
const MERGE_DISTANCE = 0.9
/** Key of the item shown, in an item's metadata. */
const METADATA_ITEM = 8
/** How often resting items look around, in ticks. */
const REST_INTERVAL = 10

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
    const drift = () => (random.next() - 0.5) * 0.1
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
      delayTicks,
      velocity: velocity ?? { x: drift(), y: 0.15, z: drift() }
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

  /** Forward from a player's face. */
  throwFrom (/** @type {any} */ player, /** @type {any} */ item) {
    const yaw = player.survivor.yaw * Math.PI / 180
    const { x, y, z } = player.position
    const velocity = { x: -Math.sin(yaw) * 0.3, y: 0.1, z: Math.cos(yaw) * 0.3 }
    return this.spawn({ x, y: y + 1.3, z }, item, { delayTicks: THROW_DELAY_TICKS, velocity })
  }

  tick (/** @type {any} */ entity) {
    const { entities, world, blocks } = this.game
    if (entity.age > LIFETIME_TICKS) return entities.remove(entity)
    this.#fall(entity)
    if (blocks.isLava(world.get(entity.x, entity.y, entity.z)) || entity.y < -80) return entities.remove(entity)
    if (entity.age % REST_INTERVAL === 0) this.#merge(entity)
    if (entity.age >= entity.delayTicks) this.#offer(entity)
  }

  #fall (/** @type {any} */ entity) {
    if (entity.resting && entity.age % REST_INTERVAL !== 0) return
    const before = { x: entity.x, y: entity.y, z: entity.z }
    this.game.entities.move(entity)
    const moved = Math.abs(entity.x - before.x) + Math.abs(entity.y - before.y) + Math.abs(entity.z - before.z)
    entity.resting = entity.onGround && moved < 0.001
  }

  #merge (/** @type {any} */ entity) {
    const { entities, items } = this.game
    for (const other of entities.all.values()) {
      if (other === entity || !other.item || !items.sameKind(other.item, entity.item)) continue
      const near = Math.abs(other.x - entity.x) < MERGE_DISTANCE && Math.abs(other.y - entity.y) < MERGE_DISTANCE &&
        Math.abs(other.z - entity.z) < MERGE_DISTANCE
      if (!near || other.item.count + entity.item.count > entity.item.stackSize) continue
      entity.item.count += other.item.count
      entity.age = Math.min(entity.age, other.age)
      entities.remove(other)
      entities.sendMetadata(entity)
    }
  }

  /** Lets the first player in reach take what fits. */
  #offer (/** @type {any} */ entity) {
    const { players, windows, entities, saving } = this.game
    for (const player of players.all()) {
      if (player.survivor.dead || !inReach(player, entity)) continue
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

function inReach (/** @type {any} */ player, /** @type {any} */ entity) {
  const { x, y, z } = player.position
  return Math.abs(x - entity.x) <= REACH_SIDEWAYS && Math.abs(z - entity.z) <= REACH_SIDEWAYS &&
    entity.y >= y - REACH_DOWN && entity.y <= y + REACH_UP
}

module.exports = { ItemEntities }
