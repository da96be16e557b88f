'use strict'
/** Things that are two blocks: double chests, beds and doors. What happens to the other half. */

const AHEAD = /** @type {Record<string, [number, number]>} */ ({ north: [0, -1], south: [0, 1], west: [-1, 0], east: [1, 0] })
/** From a chest's left half, its other half lies clockwise of where it faces. */
const CLOCKWISE = /** @type {Record<string, [number, number]>} */ ({ north: [1, 0], east: [0, 1], south: [-1, 0], west: [0, -1] })

/** @typedef {{x: number, y: number, z: number}} Point */

/**
 * @param {Point} at
 * @param {any} properties of the chest
 * @returns {Point | null} where its other half is
 */
function chestPartner ({ x, y, z }, { type, facing }) {
  if (type === 'single') return null
  const [dx, dz] = CLOCKWISE[facing]
  return type === 'left' ? { x: x + dx, y, z: z + dz } : { x: x - dx, y, z: z - dz }
}

/**
 * @param {string} name
 * @param {Point} at
 * @param {any} properties
 * @returns {Point | null} the other half of a bed or door
 */
function otherHalf (name, { x, y, z }, properties) {
  if (name.endsWith('_bed')) {
    const [dx, dz] = AHEAD[properties.facing]
    return properties.part === 'foot' ? { x: x + dx, y, z: z + dz } : { x: x - dx, y, z: z - dz }
  }
  if (name.endsWith('_door')) return { x, y: properties.half === 'lower' ? y + 1 : y - 1, z }
  return null
}

class Pairs {
  /** @param {any} game */
  constructor (game) {
    this.game = game
  }

  /** Looks after the other half of a block that was just removed. */
  afterBreak (/** @type {Point} */ at, /** @type {number} */ state) {
    const { world, blocks } = this.game
    const name = blocks.nameOf(state)
    const properties = blocks.properties(state)
    if (name === 'chest') return this.#splitChest(chestPartner(at, properties))
    const other = otherHalf(name, at, properties)
    if (!other || blocks.nameOf(world.get(other.x, other.y, other.z)) !== name) return
    const dropped = properties.part === 'head' || properties.half === 'upper'
    world.set(other.x, other.y, other.z, 0)
    if (dropped) this.game.itemEntities.spawnInBlock(at, this.game.items.create(name))
  }

  #splitChest (/** @type {Point | null} */ at) {
    if (!at) return
    const { world, blocks } = this.game
    const state = world.get(at.x, at.y, at.z)
    if (blocks.nameOf(state) === 'chest') world.set(at.x, at.y, at.z, blocks.change(state, { type: 'single' }), { quiet: true })
  }

  /**
   * Joins a chest that is about to be placed with a single one beside it.
   * @param {Point} at
   * @param {string} facing
   * @returns {'single' | 'left' | 'right'} what the new chest becomes
   */
  joinChest (at, facing) {
    const { world, blocks } = this.game
    for (const type of /** @type {('left' | 'right')[]} */ (['left', 'right'])) {
      const beside = /** @type {Point} */ (chestPartner(at, { type, facing }))
      const state = world.get(beside.x, beside.y, beside.z)
      if (blocks.nameOf(state) !== 'chest') continue
      const properties = blocks.properties(state)
      if (properties.type !== 'single' || properties.facing !== facing) continue
      const opposite = type === 'left' ? 'right' : 'left'
      world.set(beside.x, beside.y, beside.z, blocks.change(state, { type: opposite }), { quiet: true })
      return type
    }
    return 'single'
  }

  /** Opens or closes a door, a trapdoor or a gate. */
  toggle (/** @type {Point} */ at) {
    const { world, blocks } = this.game
    const state = world.get(at.x, at.y, at.z)
    const name = blocks.nameOf(state)
    const properties = blocks.properties(state)
    const open = !properties.open
    world.set(at.x, at.y, at.z, blocks.change(state, { open }), { quiet: true })
    const other = otherHalf(name, at, properties)
    if (!other) return
    const otherState = world.get(other.x, other.y, other.z)
    if (blocks.nameOf(otherState) === name) world.set(other.x, other.y, other.z, blocks.change(otherState, { open }), { quiet: true })
  }
}

module.exports = { Pairs, chestPartner, otherHalf, AHEAD }
