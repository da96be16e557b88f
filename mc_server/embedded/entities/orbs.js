'use strict'
/** Experience orbs: they fall, are drawn to players, join with their like, and give their points to who touches them. */

/** What an orb can be worth; an amount is split into the largest that fit. */
const WORTHS = [2477, 1237, 617, 307, 149, 73, 37, 17, 7, 3, 1]
const LIFETIME_TICKS = 6000
const GRAVITY = 0.03
const FOLLOW_DISTANCE = 8
const FOLLOW_PULL = 0.1
const MERGE_INTERVAL_TICKS = 20
const MERGE_DISTANCE = 0.5
/** A player takes one orb in so many ticks. */
const TAKE_INTERVAL_TICKS = 2
const TOUCH = { sideways: 0.3 + 1 + 0.25, down: 0.5 + 0.5, up: 1.8 + 0.5 }

class Orbs {
  /** @param {any} game */
  constructor (game) {
    this.game = game
  }

  spawn (/** @type {{x: number, y: number, z: number}} */ at, /** @type {number} */ amount) {
    const { entities, random, saving } = this.game
    for (let left = Math.floor(amount); left > 0;) {
      const worth = /** @type {number} */ (WORTHS.find(each => each <= left))
      left -= worth
      entities.spawn({
        family: 'orb',
        kind: 'experience_orb',
        x: at.x,
        y: at.y,
        z: at.z,
        width: 0.5,
        height: 0.5,
        gravity: GRAVITY,
        velocity: { x: (random.next() - 0.5) * 0.4, y: random.next() * 0.4, z: (random.next() - 0.5) * 0.4 },
        worth,
        count: 1
      })
      saving.markChanged()
    }
  }

  /** Orbs have a packet of their own. */
  sendSpawn (/** @type {any} */ player, /** @type {any} */ orb) {
    const { x, y, z } = orb.sent
    player._client.write('spawn_entity_experience_orb', { entityId: orb.id, x, y, z, count: orb.worth })
  }

  tick (/** @type {any} */ orb) {
    const { entities, world, blocks } = this.game
    if (orb.age > LIFETIME_TICKS || orb.y < -128 || blocks.isLava(world.get(orb.x, orb.y, orb.z))) return entities.remove(orb)
    this.#follow(orb)
    entities.move(orb)
    if (orb.age % MERGE_INTERVAL_TICKS === 1) this.#merge(orb)
    this.#offer(orb)
  }

  #follow (/** @type {any} */ orb) {
    const { players } = this.game
    let nearest = FOLLOW_DISTANCE
    let way = null
    for (const { position, survivor } of players.all()) {
      if (survivor.dead) continue
      const to = { x: position.x - orb.x, y: position.y + 0.81 - orb.y, z: position.z - orb.z }
      const distance = Math.hypot(to.x, to.y, to.z)
      if (distance < nearest && distance > 0) [nearest, way] = [distance, to]
    }
    if (!way) return
    const pull = FOLLOW_PULL * (1 - nearest / FOLLOW_DISTANCE) ** 2 / nearest
    orb.velocity.x += way.x * pull
    orb.velocity.y += way.y * pull
    orb.velocity.z += way.z * pull
  }

  #merge (/** @type {any} */ orb) {
    const { entities } = this.game
    for (const other of entities.all.values()) {
      if (other === orb || other.family !== 'orb' || other.worth !== orb.worth) continue
      const near = Math.abs(other.x - orb.x) < MERGE_DISTANCE && Math.abs(other.y - orb.y) < MERGE_DISTANCE &&
        Math.abs(other.z - orb.z) < MERGE_DISTANCE
      if (!near) continue
      orb.count += other.count
      orb.age = Math.min(orb.age, other.age)
      entities.remove(other)
    }
  }

  #offer (/** @type {any} */ orb) {
    const { players, entities, experience, tick } = this.game
    for (const player of players.all()) {
      const { position, survivor } = player
      const touched = Math.abs(position.x - orb.x) <= TOUCH.sideways && Math.abs(position.z - orb.z) <= TOUCH.sideways &&
        orb.y >= position.y - TOUCH.down && orb.y <= position.y + TOUCH.up
      if (survivor.dead || !touched || tick < survivor.nextOrbTick) continue
      survivor.nextOrbTick = tick + TAKE_INTERVAL_TICKS
      entities.broadcast(orb, 'collect', { collectedEntityId: orb.id, collectorEntityId: player.id, pickupItemCount: 1 })
      experience.add(player, orb.worth)
      if (--orb.count === 0) return entities.remove(orb)
    }
  }
}

module.exports = { Orbs }
