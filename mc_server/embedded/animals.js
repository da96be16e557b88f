'use strict'
/** Cows, pigs, sheep and chickens: where herds stand, how they wander and flee, what they leave. */

const { hash, Random } = require('./random')
const { SEA_LEVEL } = require('./terrain')
const { ANIMALS } = require('./tables/combat')

const KINDS = Object.keys(ANIMALS)
/** Share of chunks with a herd, and near the start of the world. */
const HERD_CHANCE = 0.1
const HERD_CHANCE_AT_START = 0.25
const START_RADIUS_CHUNKS = 3
const INVULNERABLE_TICKS = 10
const FLEEING_TICKS = 100
const FLEEING_SPEED = 1.7
const WANDERING_SPEED = 0.5
const JUMP_SPEED = 0.42
const KNOCKBACK = { sideways: 0.4, up: 0.35 }
const SAFE_FALL = 3
/** Entity status of a dying animal. */
const STATUS_DEAD = 3

class Animals {
  /** @param {any} game */
  constructor (game) {
    this.game = game
    /** Columns whose herd was already placed. @type {Set<string>} */
    this.herded = new Set()
  }

  pack () {
    return [...this.herded]
  }

  unpack (/** @type {string[]} */ herded) {
    this.herded = new Set(herded)
  }

  /** @returns {any} the animal, or null when there is no such kind */
  spawn (/** @type {string} */ kind, /** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ z) {
    const animal = ANIMALS[kind]
    if (!animal) return null
    const { health, width, height } = animal
    this.game.saving.markChanged()
    return this.game.entities.spawn({ family: 'animal', kind, x, y, z, health, width, height, hurtTick: -100, fleeUntil: 0, heading: null, turnAt: 0 })
  }

  /** Places the herd of a column, the first time somebody sees it. */
  populate (/** @type {number} */ chunkX, /** @type {number} */ chunkZ) {
    const key = `${chunkX},${chunkZ}`
    if (this.herded.has(key)) return
    const { world, spawnPoint } = this.game
    const random = new Random(hash(world.terrain.seed, chunkX, chunkZ, 4242))
    const fromStart = Math.max(Math.abs((spawnPoint.x >> 4) - chunkX), Math.abs((spawnPoint.z >> 4) - chunkZ))
    const chance = fromStart <= START_RADIUS_CHUNKS ? HERD_CHANCE_AT_START : HERD_CHANCE
    if (!random.chance(chance) || world.terrain.biomeAt(chunkX * 16, chunkZ * 16) === 'desert') return
    this.herded.add(key)
    const kind = random.pick(KINDS)
    for (let count = random.between(2, 4); count > 0; count--) {
      this.#spawnOnGrass(kind, chunkX * 16 + 2 + random.next() * 12, chunkZ * 16 + 2 + random.next() * 12)
    }
  }

  #spawnOnGrass (/** @type {string} */ kind, /** @type {number} */ x, /** @type {number} */ z) {
    const { world, blocks } = this.game
    const height = world.terrain.heightAt(Math.floor(x), Math.floor(z))
    const grass = blocks.nameOf(world.get(x, height, z)) === 'grass_block'
    const free = !blocks.solid[world.get(x, height + 1, z)] && !blocks.solid[world.get(x, height + 2, z)]
    if (height > SEA_LEVEL && grass && free) this.spawn(kind, x, height + 1, z)
  }

  tick (/** @type {any} */ animal) {
    const { entities, game } = { entities: this.game.entities, game: this.game }
    this.#walk(animal)
    const before = animal.y
    entities.move(animal)
    this.#fall(animal, before)
    if (game.blocks.isLava(game.world.get(animal.x, animal.y, animal.z))) this.hurt(animal, 4, { cause: 'lava' })
    if (animal.y < -80) entities.remove(animal)
  }

  #walk (/** @type {any} */ animal) {
    const { random, tick } = this.game
    const fleeing = tick < animal.fleeUntil
    if (!fleeing && animal.age >= animal.turnAt) {
      animal.turnAt = animal.age + random.between(40, 200)
      animal.heading = random.chance(0.5) ? null : random.next() * 2 * Math.PI
    }
    if (animal.heading === null) return
    const direction = { x: Math.cos(animal.heading), z: Math.sin(animal.heading) }
    if (!fleeing && this.#dangerAhead(animal, direction)) {
      animal.heading = null
      return
    }
    if (animal.onGround) {
      const speed = ANIMALS[animal.kind].speed * 0.6 * (fleeing ? FLEEING_SPEED : WANDERING_SPEED)
      animal.velocity.x += direction.x * speed
      animal.velocity.z += direction.z * speed
      if (animal.blocked) animal.velocity.y = JUMP_SPEED
    }
  }

  #dangerAhead (/** @type {any} */ { x, y, z }, /** @type {{x: number, z: number}} */ direction) {
    const { world, blocks } = this.game
    const ahead = (/** @type {number} */ down) => world.get(x + direction.x, y - down, z + direction.z)
    if (!world.isLoaded(x + direction.x, z + direction.z)) return true
    return blocks.isFluid(ahead(0.5)) || blocks.isFluid(ahead(1.5)) || (ahead(1) === 0 && ahead(2) === 0 && ahead(3) === 0)
  }

  #fall (/** @type {any} */ animal, /** @type {number} */ before) {
    const { blocks, world } = this.game
    const swimming = blocks.isFluid(world.get(animal.x, animal.y, animal.z))
    animal.fallDistance = swimming ? 0 : (animal.fallDistance ?? 0) + Math.max(0, before - animal.y)
    if (!animal.onGround) return
    const damage = Math.ceil(animal.fallDistance - SAFE_FALL)
    animal.fallDistance = 0
    if (damage > 0 && animal.kind !== 'chicken') this.hurt(animal, damage, { cause: 'fall' })
  }

  /**
   * @param {any} animal
   * @param {number} damage half hearts
   * @param {{cause: string, attacker?: any}} blow
   */
  hurt (animal, damage, { attacker = null }) {
    const { tick, entities, saving } = this.game
    if (tick - animal.hurtTick < INVULNERABLE_TICKS) return
    animal.health -= damage
    animal.hurtTick = tick
    const source = attacker ? attacker.id + 1 : 0
    entities.broadcast(animal, 'damage_event', {
      entityId: animal.id, sourceTypeId: 0, sourceCauseId: source, sourceDirectId: source
    })
    if (attacker) this.#knockBack(animal, attacker)
    if (animal.health <= 0) this.#die(animal, attacker)
    saving.markChanged()
  }

  #knockBack (/** @type {any} */ animal, /** @type {any} */ { position }) {
    const away = { x: animal.x - position.x, z: animal.z - position.z }
    const distance = Math.hypot(away.x, away.z) || 1
    animal.velocity.x += away.x / distance * KNOCKBACK.sideways
    animal.velocity.z += away.z / distance * KNOCKBACK.sideways
    animal.velocity.y = KNOCKBACK.up
    animal.fleeUntil = this.game.tick + FLEEING_TICKS
    animal.heading = Math.atan2(away.z, away.x)
  }

  #die (/** @type {any} */ animal, /** @type {any} */ attacker) {
    const { entities, items, itemEntities, experience, random, statistics } = this.game
    entities.broadcast(animal, 'entity_status', { entityId: animal.id, entityStatus: STATUS_DEAD })
    for (const [name, low, high] of ANIMALS[animal.kind].drops) {
      itemEntities.spawn({ x: animal.x, y: animal.y + 0.3, z: animal.z }, items.create(name, random.between(low, high)))
    }
    if (attacker) experience.add(attacker, random.between(1, 3))
    statistics.killed++
    entities.remove(animal)
  }
}

module.exports = { Animals }
