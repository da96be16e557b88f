'use strict'
/**
 * Right clicks on blocks: using them (windows, doors, beds), working on them (hoe, bone meal), placing against them.
 *
 * Clients wait until the server has told them about both the clicked block and the place beside it, also when nothing
 * was placed, so both are always sent.
 */

const { blockToPlace } = require('./placed_block')
const { CROPS } = require('./tables/drops')

const DIRECTIONS = [[0, -1, 0], [0, 1, 0], [0, 0, -1], [0, 0, 1], [-1, 0, 0], [1, 0, 0]]
const UP = 1
const OFF_HAND = 1
const TILLABLE = ['dirt', 'grass_block', 'dirt_path']
const SOIL = ['dirt', 'grass_block', 'podzol', 'farmland', 'coarse_dirt']
const PLAYER_HALF_WIDTH = 0.3
const PLAYER_HEIGHT = 1.8

/** @typedef {{x: number, y: number, z: number}} Point */

class Placing {
  /** @param {any} game */
  constructor (game) {
    this.game = game
  }

  handle (/** @type {any} */ player, /** @type {any} */ packet) {
    const { players, windows, world, blocks } = this.game
    players.acknowledge(player, packet.sequence)
    const clicked = packet.location
    const [dx, dy, dz] = DIRECTIONS[packet.direction] ?? DIRECTIONS[UP]
    const beside = { x: clicked.x + dx, y: clicked.y + dy, z: clicked.z + dz }
    const replaced = blocks.replaceable[world.get(clicked.x, clicked.y, clicked.z)] === 1
    const target = replaced ? clicked : beside
    if (this.#mayAct(player, clicked, packet)) {
      const used = !player.survivor.sneaking && this.#useBlock(player, clicked)
      const held = windows.held(player)
      if (!used && held && !this.#workOn(player, clicked, held)) this.#place(player, packet, target, held)
    }
    players.sendBlock(player, clicked)
    players.sendBlock(player, beside)
    if (replaced) players.sendBlock(player, { x: clicked.x, y: clicked.y + 1, z: clicked.z })
  }

  #mayAct (/** @type {any} */ player, /** @type {Point} */ clicked, /** @type {any} */ packet) {
    const { world, reach } = this.game
    if (player.survivor.dead || packet.hand === OFF_HAND) return false
    return world.get(clicked.x, clicked.y, clicked.z) !== 0 && reach.canTouch(player, clicked)
  }

  /** @returns {boolean} whether a click did something with the block itself */
  #useBlock (/** @type {any} */ player, /** @type {Point} */ at) {
    const { world, blocks, containers, pairs, sleeping } = this.game
    const name = blocks.nameOf(world.get(at.x, at.y, at.z))
    if (containers.open(player, at)) return true
    if (name.endsWith('_bed')) {
      sleeping.lieDown(player, at)
      return true
    }
    if (/_(door|trapdoor|fence_gate)$/.test(name) && !name.startsWith('iron_')) {
      pairs.toggle(at)
      return true
    }
    return false
  }

  /** @returns {boolean} whether the held item changed the block (hoe, bone meal) */
  #workOn (/** @type {any} */ player, /** @type {Point} */ at, /** @type {any} */ held) {
    const { world, blocks, windows, growth } = this.game
    const name = blocks.nameOf(world.get(at.x, at.y, at.z))
    const coveredBy = world.get(at.x, at.y + 1, at.z)
    if (held.name.endsWith('_hoe') && TILLABLE.includes(name) && !blocks.solid[coveredBy]) {
      world.set(at.x, at.y, at.z, blocks.defaultOf('farmland'))
      windows.wearHeld(player)
      return true
    }
    if (held.name === 'bone_meal' && growth.fertilise(at)) {
      windows.spendHeld(player)
      return true
    }
    return false
  }

  #place (/** @type {any} */ player, /** @type {any} */ packet, /** @type {Point} */ at, /** @type {any} */ held) {
    const { world, blocks, windows, statistics } = this.game
    const parts = blockToPlace(this.game, player, packet, at, held.name)
    if (!parts || !parts.every(part => this.#isFree(part, part.state)) || !this.#hasGround(at, parts[0].state)) return
    // The far half first: when a client sees the near one, the thing is whole.
    for (const { x, y, z, state } of [...parts].reverse()) world.set(x, y, z, state)
    if (blocks.nameOf(parts[0].state) === 'chest') this.#joinChest(parts[0])
    windows.spendHeld(player)
    statistics.placed++
  }

  #joinChest (/** @type {any} */ { x, y, z, state }) {
    const { world, blocks, pairs } = this.game
    const type = pairs.joinChest({ x, y, z }, String(blocks.properties(state).facing))
    if (type !== 'single') world.set(x, y, z, blocks.change(state, { type }), { quiet: true })
  }

  /** Nothing solid may stand in the place, and no body if the new block is solid. */
  #isFree (/** @type {Point} */ at, /** @type {number} */ state) {
    const { world, blocks, players, entities } = this.game
    if (!blocks.replaceable[world.get(at.x, at.y, at.z)]) return false
    if (!blocks.solid[state]) return true
    const inPlayer = players.all().some((/** @type {any} */ player) => !player.survivor.dead &&
      overlaps(at, player.position, PLAYER_HALF_WIDTH, PLAYER_HEIGHT))
    if (inPlayer) return false
    return ![...entities.all.values()].some(entity => !entity.item && overlaps(at, entity, entity.width / 2, entity.height))
  }

  /** Plants want their soil; torches and the like want something to stand on. */
  #hasGround (/** @type {Point} */ at, /** @type {number} */ state) {
    const { world, blocks, updates } = this.game
    const name = blocks.nameOf(state)
    const below = blocks.nameOf(world.get(at.x, at.y - 1, at.z))
    if (name in CROPS) return below === 'farmland'
    if (name.endsWith('_sapling')) return SOIL.includes(below)
    return updates.isSupported(at, state)
  }
}

function overlaps (/** @type {Point} */ block, /** @type {Point} */ feet, /** @type {number} */ halfWidth, /** @type {number} */ height) {
  const apart = 0.01
  return feet.x + halfWidth > block.x + apart && feet.x - halfWidth < block.x + 1 - apart &&
    feet.z + halfWidth > block.z + apart && feet.z - halfWidth < block.z + 1 - apart &&
    feet.y + height > block.y + apart && feet.y < block.y + 1 - apart
}

module.exports = { Placing }
