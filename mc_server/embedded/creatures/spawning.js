'use strict'
/**
 * Creatures that appear by themselves: monsters in the dark, animals on bright grass, up to a cap for the land around players.
 *
 * Each tick every column near a player is tried once for monsters, at a random height, and once in 400 ticks for animals.
 */

const { MONSTERS, animalsOf, rabbitCoats, pickRow } = require('./habitats')
const { KINDS } = require('./kinds')

const MIN_Y = -64
const PEACEFUL = 0
/** Caps are for so many columns: a square of 17 around one player. */
const CAP_COLUMNS = 289
const CAP = { monster: 70, animal: 10 }
const COLUMN_RADIUS = 8
const ANIMAL_INTERVAL_TICKS = 400
const FORGET_INTERVAL_TICKS = 100
const NEAREST = 24
const FARTHEST = 128
const GROUPS = 3
const GROUP_TRIES = 4
const GROUP_SPREAD = 5
const ANIMAL_LIGHT = 9
/** Full light of the sky keeps monsters away as often as a roll from 0 to 31 is below it. */
const SKY_ROLL = 31
const DARKNESS_ROLL = 7
const BABY_CHANCE = 0.05
/** How much darker a thunderstorm counts, for monsters. */
const THUNDER_DARKENING = 10
const RABBIT_FLOOR = /^(grass_block|sand|snow|snow_block)$/

class Spawning {
  /** @param {any} game */
  constructor (game) {
    this.game = game
    this.enabled = true
  }

  pack () {
    return { enabled: this.enabled }
  }

  unpack (/** @type {{enabled: boolean}} */ { enabled }) {
    this.enabled = enabled
  }

  tick () {
    const { tick, rules } = this.game
    if (!this.enabled || !rules.get('doMobSpawning')) return
    if (tick % FORGET_INTERVAL_TICKS === 0) this.clearForgotten()
    const columns = this.#columns()
    const counts = this.#count()
    const room = (/** @type {'monster' | 'animal'} */ family) => Math.floor(CAP[family] * columns.length / CAP_COLUMNS) - counts[family]
    if (rules.difficulty !== PEACEFUL) this.#fill(columns, 'monster', room('monster'))
    if (tick % ANIMAL_INTERVAL_TICKS === 0) this.#fill(columns, 'animal', room('animal'))
  }

  /** @returns {[number, number][]} loaded columns around players, each once */
  #columns () {
    const { players, world, options } = this.game
    const radius = Math.min(COLUMN_RADIUS, options.viewDistance)
    /** @type {Map<number, [number, number]>} */
    const found = new Map()
    for (const { position } of players.all()) {
      const [middleX, middleZ] = [Math.floor(position.x) >> 4, Math.floor(position.z) >> 4]
      for (let x = middleX - radius; x <= middleX + radius; x++) {
        for (let z = middleZ - radius; z <= middleZ + radius; z++) {
          const key = x * 0x4000000 + z
          if (!found.has(key) && world.isLoaded(x * 16, z * 16)) found.set(key, [x, z])
        }
      }
    }
    return [...found.values()]
  }

  /** Monsters in land that is no longer loaded would be there for ever. */
  clearForgotten () {
    const { entities, world } = this.game
    for (const entity of [...entities.all.values()]) {
      if (entity.family === 'monster' && !entity.persistent && !world.isLoaded(entity.x, entity.z)) entities.remove(entity)
    }
  }

  #count () {
    const counts = { monster: 0, animal: 0 }
    const { entities, world } = this.game
    for (const { family, x, z, persistent } of entities.all.values()) {
      if ((family === 'monster' || family === 'animal') && !persistent && world.isLoaded(x, z)) counts[/** @type {'monster' | 'animal'} */ (family)]++
    }
    return counts
  }

  #fill (/** @type {[number, number][]} */ columns, /** @type {'monster' | 'animal'} */ family, /** @type {number} */ room) {
    for (const [chunkX, chunkZ] of columns) {
      if (room <= 0) return
      room -= this.#tryColumn(chunkX, chunkZ, family)
    }
  }

  /** @returns {number} how many appeared */
  #tryColumn (/** @type {number} */ chunkX, /** @type {number} */ chunkZ, /** @type {'monster' | 'animal'} */ family) {
    const { random, world, blocks } = this.game
    const x = chunkX * 16 + random.between(0, 15)
    const z = chunkZ * 16 + random.between(0, 15)
    const y = random.between(MIN_Y, this.#surface(x, z) + 1)
    if (y <= MIN_Y || blocks.solid[world.get(x, y, z)]) return 0
    let made = 0
    for (let group = 0; group < GROUPS && made < GROUP_TRIES; group++) made += this.#tryGroup({ x, y, z }, family, GROUP_TRIES - made)
    return made
  }

  #surface (/** @type {number} */ x, /** @type {number} */ z) {
    const { world, blocks } = this.game
    let y = world.terrain.heightAt(x, z)
    while (blocks.solid[world.get(x, y + 1, z)]) y++
    return y
  }

  #tryGroup (/** @type {{x: number, y: number, z: number}} */ { x, y, z }, /** @type {'monster' | 'animal'} */ family, /** @type {number} */ most) {
    const { random, world, creatures } = this.game
    let made = 0
    let row = null
    for (let left = random.between(1, GROUP_TRIES); left > 0 && made < most; left--) {
      x += random.between(0, GROUP_SPREAD) - random.between(0, GROUP_SPREAD)
      z += random.between(0, GROUP_SPREAD) - random.between(0, GROUP_SPREAD)
      const at = { x: x + 0.5, y, z: z + 0.5 }
      if (!world.isLoaded(x, z) || !this.#isFarEnough(at)) continue
      const biome = world.terrain.biomeAt(x, z)
      row ??= pickRow(family === 'monster' ? MONSTERS : animalsOf(biome), random)
      if (!row) return made
      const [kind] = row
      if (!this.mayAppear(kind, at)) continue
      creatures.spawn(kind, at, { baby: this.#isBaby(kind), coat: random.pick(rabbitCoats(biome)) })
      made++
    }
    return made
  }

  /** Whether a place is fit for a creature of a kind, whoever is near. */
  mayAppear (/** @type {string} */ kind, /** @type {{x: number, y: number, z: number}} */ at) {
    if (!this.hasRoom(kind, at)) return false
    return KINDS[kind].family === 'monster' ? this.#isFloor(at) && this.#isDark(at) : this.isPasture(kind, at)
  }

  #isBaby (/** @type {string} */ kind) {
    const mayBe = KINDS[kind].family === 'animal' || kind === 'zombie'
    return mayBe && this.game.random.chance(BABY_CHANCE)
  }

  #isFarEnough (/** @type {{x: number, y: number, z: number}} */ at) {
    const { spawnPoint } = this.game
    const distance = this.distanceToPlayers(at)
    const fromStart = Math.hypot(spawnPoint.x - at.x, spawnPoint.y - at.y, spawnPoint.z - at.z)
    return distance > NEAREST && distance <= FARTHEST && fromStart > NEAREST
  }

  distanceToPlayers (/** @type {{x: number, y: number, z: number}} */ { x, y, z }) {
    let nearest = Infinity
    for (const { position } of this.game.players.all()) {
      nearest = Math.min(nearest, Math.hypot(position.x - x, position.y - y, position.z - z))
    }
    return nearest
  }

  /** Whether a body fits, out of any fluid. */
  hasRoom (/** @type {string} */ kind, /** @type {{x: number, y: number, z: number}} */ at) {
    const { world, blocks, entities } = this.game
    const { width, height } = KINDS[kind]
    for (let up = 0; up < height; up++) if (blocks.isFluid(world.get(at.x, at.y + up, at.z))) return false
    return !entities.collisions.isBlocked(entities.collisions.boxOf({ ...at, width, height }))
  }

  /** Solid ground that is not bedrock, glass or leaves. */
  #isFloor (/** @type {{x: number, y: number, z: number}} */ { x, y, z }) {
    const { world, blocks } = this.game
    const state = world.get(x, y - 1, z)
    return blocks.isSturdy(state, 'up') && !/^(bedrock|barrier)$|glass$|leaves$/.test(blocks.nameOf(state))
  }

  /** Dark enough for monsters: no light of blocks, and little of the sky. */
  #isDark (/** @type {{x: number, y: number, z: number}} */ { x, y, z }) {
    const { light, random, weather } = this.game
    if (light.sky(x, y, z) > random.between(0, SKY_ROLL)) return false
    if (light.block(x, y, z) > 0) return false
    const level = weather.thundering ? Math.max(0, light.sky(x, y, z) - THUNDER_DARKENING) : light.at(x, y, z)
    return level <= random.between(0, DARKNESS_ROLL)
  }

  /** Where animals appear: grass, and enough light. */
  isPasture (/** @type {string} */ kind, /** @type {{x: number, y: number, z: number}} */ { x, y, z }) {
    const { light } = this.game
    return this.hasPasture(kind, { x, y, z }) && Math.max(light.sky(x, y, z), light.block(x, y, z)) >= ANIMAL_LIGHT
  }

  /** Whether a kind of animal lives on what is below. */
  hasPasture (/** @type {string} */ kind, /** @type {{x: number, y: number, z: number}} */ { x, y, z }) {
    const { world, blocks } = this.game
    const floor = blocks.nameOf(world.get(x, y - 1, z))
    return floor === 'grass_block' || (kind === 'rabbit' && RABBIT_FLOOR.test(floor))
  }
}

module.exports = { Spawning }
