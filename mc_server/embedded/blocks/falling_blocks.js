'use strict'
/**
 * Sand, gravel, anvils and concrete powder that fall as entities: two ticks after nothing holds them they leave their place,
 * and where they land they are blocks again, or an item when something is in the way. Concrete powder that meets water is
 * concrete. Not covered: suspicious sand and gravel, dripstone.
 */

const { SIDES, beside } = require('../world/directions')

const DELAY_TICKS = 2
const GRAVITY = 0.04
const SIZE = 0.98
/** Longer than that nothing falls: it becomes an item. */
const LONGEST_FALL_TICKS = 600
const OUT_OF_WORLD = -80
/** An anvil hurts by two half hearts for each block beyond the first, and takes harm itself. */
const ANVIL_DAMAGE = 2
const MOST_ANVIL_DAMAGE = 40
const ANVIL_WEAR_CHANCE = 0.05
const WORN = /** @type {Record<string, string | null>} */ ({ anvil: 'chipped_anvil', chipped_anvil: 'damaged_anvil', damaged_anvil: null })
const OPEN = /^(air|cave_air|void_air|fire|soul_fire|water|lava)$/

/** @typedef {{x: number, y: number, z: number}} Point */

class FallingBlocks {
  /** @param {any} game */
  constructor (game) {
    this.game = game
    const names = game.registry.blocksArray.map((/** @type {any} */ { name }) => name)
    const powders = names.filter((/** @type {string} */ name) => name.endsWith('_concrete_powder'))
    const plain = ['sand', 'red_sand', 'gravel', 'dragon_egg', ...Object.keys(WORN)]
    /** What falls. */
    this.names = new Set([...plain, ...powders])
    game.updates.on(plain, (/** @type {Point} */ at) => this.#plan(at))
    game.updates.on(powders, (/** @type {Point} */ at, /** @type {number} */ state) => {
      if (this.#meetsWater(at)) this.#harden(at, state)
      else this.#plan(at)
    })
    game.blockTicks.on('fall', (/** @type {Point} */ at) => this.#letGo(at))
  }

  /** Falls soon, if nothing holds it. */
  #plan (/** @type {Point} */ at) {
    if (this.#isOpen(beside(at, 'down'))) this.game.blockTicks.schedule(at, DELAY_TICKS, 'fall')
  }

  /** Whether a falling block would pass. */
  #isOpen (/** @type {Point} */ { x, y, z }) {
    const { world, blocks } = this.game
    const state = world.get(x, y, z)
    return OPEN.test(blocks.nameOf(state)) || blocks.replaceable[state] === 1
  }

  #letGo (/** @type {Point} */ at) {
    const { world, entities, blocks } = this.game
    const state = world.get(at.x, at.y, at.z)
    if (!this.names.has(blocks.nameOf(state)) || !this.#isOpen(beside(at, 'down'))) return
    world.set(at.x, at.y, at.z, 0)
    entities.spawn({
      family: 'falling_block', kind: 'falling_block', state, x: at.x + 0.5, y: at.y, z: at.z + 0.5, startY: at.y, width: SIZE, height: SIZE, gravity: GRAVITY
    })
  }

  objectData (/** @type {any} */ { state }) {
    return state
  }

  tick (/** @type {any} */ entity) {
    const { entities, world, blocks } = this.game
    const { velocity } = entity
    velocity.y = (velocity.y - GRAVITY) * 0.98
    entities.slide(entity)
    const at = { x: Math.floor(entity.x), y: Math.floor(entity.y + 0.001), z: Math.floor(entity.z) }
    const name = blocks.nameOf(entity.state)
    const wet = name.endsWith('_powder') && blocks.holdsWater(world.get(at.x, at.y, at.z))
    if (entity.onGround || wet) return this.#land(entity, at)
    if (entity.age > LONGEST_FALL_TICKS || entity.y < OUT_OF_WORLD) {
      entities.remove(entity)
      if (entity.y >= OUT_OF_WORLD) this.#drop(entity, at)
    }
  }

  #land (/** @type {any} */ entity, /** @type {Point} */ at) {
    const { entities, world, blocks } = this.game
    const powder = blocks.nameOf(entity.state).endsWith('_powder')
    const there = world.get(at.x, at.y, at.z)
    entities.remove(entity)
    const state = this.#strike(entity, at)
    if (state === null) return
    const wet = powder && (blocks.holdsWater(there) || this.#meetsWater(at))
    if (there !== 0 && !blocks.replaceable[there]) return this.#drop(entity, at)
    if (!wet && this.#isOpen(beside(at, 'down'))) return this.#drop(entity, at)
    world.set(at.x, at.y, at.z, wet ? this.#concrete(state) : state)
  }

  /** What an anvil does where it lands. @returns {number | null} the block it is then; null when it broke */
  #strike (/** @type {any} */ entity, /** @type {Point} */ at) {
    const { blocks, players, entities, random } = this.game
    const name = blocks.nameOf(entity.state)
    const distance = Math.ceil(entity.startY - entity.y - 1)
    if (!(name in WORN) || distance <= 0) return entity.state
    const damage = Math.min(MOST_ANVIL_DAMAGE, distance * ANVIL_DAMAGE)
    const under = (/** @type {Point} */ body) => Math.abs(body.x - at.x - 0.5) < 0.8 && Math.abs(body.z - at.z - 0.5) < 0.8 && Math.abs(body.y - at.y) < 1
    const struck = [...players.all().filter((/** @type {any} */ player) => under(player.position)), ...[...entities.all.values()].filter(under)]
    for (const target of struck) this.game.hurt(target, damage, { cause: 'falling_anvil', direct: entity })
    if (!random.chance(ANVIL_WEAR_CHANCE * (1 + distance))) return entity.state
    const worn = WORN[name]
    return worn === null ? null : blocks.withProperties(worn, blocks.properties(entity.state))
  }

  #drop (/** @type {any} */ { state }, /** @type {Point} */ at) {
    const { items, blocks, itemEntities } = this.game
    itemEntities.spawnInBlock(at, items.create(blocks.nameOf(state)))
  }

  #meetsWater (/** @type {Point} */ at) {
    const { world, blocks } = this.game
    return SIDES.filter(side => side !== 'down').some(side => {
      const { x, y, z } = beside(at, side)
      return blocks.holdsWater(world.get(x, y, z))
    })
  }

  #concrete (/** @type {number} */ state) {
    const { blocks } = this.game
    return blocks.defaultOf(blocks.nameOf(state).replace('_powder', ''))
  }

  #harden (/** @type {Point} */ { x, y, z }, /** @type {number} */ state) {
    this.game.world.set(x, y, z, this.#concrete(state))
  }
}

module.exports = { FallingBlocks }
