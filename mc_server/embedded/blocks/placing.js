'use strict'
/**
 * Right clicks on blocks: what the block does with a hand, what the held item does to the block, placing against it.
 *
 * Clients wait until the server has told them about both the clicked block and the place beside it, also when nothing
 * was placed, so both are always sent.
 */

const { blockToPlace } = require('./placed_block')
const { beside, facingOf, looking, SIDES, OPPOSITE } = require('../world/directions')
const { BLOCK_OF_ITEM, STACKING } = require('../tables/placing')
const { OFF_HAND: OFF_HAND_SLOT } = require('../inventory/window_views')
const { MIN_Y, MAX_Y } = require('../world/world_state')

const UP = 1
const OFF_HAND = 1
const PLAYER_HALF_WIDTH = 0.3
const PLAYER_HEIGHT = 1.8
/** Bodies in these families are in nobody's way. */
const PASSABLE_FAMILIES = ['item', 'orb', 'projectile']

/** @typedef {{x: number, y: number, z: number}} Point */
/** @typedef {Point & {state: number, isAdded?: boolean}} Part isAdded: one more of what is there */

class Placing {
  /** @param {any} game */
  constructor (game) {
    this.game = game
  }

  handle (/** @type {any} */ player, /** @type {any} */ packet) {
    const { players, windows, interactions, tools } = this.game
    players.acknowledge(player, packet.sequence)
    const clicked = packet.location
    const click = {
      clicked,
      side: SIDES[packet.direction] ?? SIDES[UP],
      cursor: { x: packet.cursorX, y: packet.cursorY, z: packet.cursorZ }
    }
    const next = beside(clicked, click.side)
    if (this.#mayAct(player, clicked)) {
      const slot = packet.hand === OFF_HAND ? OFF_HAND_SLOT : windows.heldSlot(player)
      const held = player.survivor.slots[slot]
      const usesBlock = slot !== OFF_HAND_SLOT && !(player.survivor.sneaking && held)
      const used = (usesBlock && interactions.use(player, click, held)) || (held && slot !== OFF_HAND_SLOT && tools.use(player, click, held))
      if (!used && held) this.#place(player, click, held, slot)
    }
    players.sendBlock(player, clicked)
    players.sendBlock(player, next)
    players.sendBlock(player, beside(clicked, 'up'))
  }

  #mayAct (/** @type {any} */ player, /** @type {Point} */ clicked) {
    const { world, reach, gameModes } = this.game
    if (player.survivor.dead || !gameModes.mayBuild(player)) return false
    return world.get(clicked.x, clicked.y, clicked.z) !== 0 && reach.canTouch(player, clicked)
  }

  #place (/** @type {any} */ player, /** @type {any} */ click, /** @type {any} */ held, /** @type {number} */ slot) {
    const parts = this.#partsToPlace(player, click, held)
    if (!parts || !parts.every(part => this.#isFree(part))) return
    this.put(player, parts)
    this.#spend(player, parts[0], held, slot)
  }

  /** @returns {Part[] | null} */
  #partsToPlace (/** @type {any} */ player, /** @type {any} */ click, /** @type {any} */ held) {
    if (held.name === 'lily_pad') return null
    const { world, blocks } = this.game
    const stateAt = (/** @type {Point} */ { x, y, z }) => world.get(x, y, z)
    const name = BLOCK_OF_ITEM[held.name] ?? held.name
    const { clicked, side } = click
    const next = beside(clicked, side)
    for (const at of [clicked, next]) {
      const state = this.#stacked(player, stateAt(at), name, click, at === clicked)
      if (state !== null) return [{ ...at, state, isAdded: true }]
      if (at === clicked && !blocks.replaceable[stateAt(clicked)]) continue
      return blockToPlace(this.#placement(player, at, click, at === clicked), held.name)
    }
    return null
  }

  /** @returns {import('./placed_block').Placement} */
  #placement (/** @type {any} */ player, /** @type {Point} */ at, /** @type {any} */ { side, cursor }, /** @type {boolean} */ replaces) {
    const { yaw, sneaking } = player.survivor
    const looks = looking(player.survivor)
    const against = OPPOSITE[side]
    return {
      game: this.game,
      at,
      side,
      cursor,
      yaw,
      sneaking,
      facing: facingOf(yaw),
      ahead: looks[0],
      looking: replaces ? looks : [against, ...looks.filter(each => each !== against)]
    }
  }

  /** @returns {number | null} the state that a block and one more of its kind become in one place */
  #stacked (/** @type {any} */ player, /** @type {number} */ state, /** @type {string} */ name, /** @type {any} */ { side, cursor }, /** @type {boolean} */ isClicked) {
    const { blocks } = this.game
    if (blocks.nameOf(state) !== name) return null
    const properties = blocks.properties(state)
    if (name.endsWith('_slab')) {
      if (properties.type === 'double') return null
      const upper = side === 'up' || (side !== 'down' && cursor.y > 0.5)
      if (isClicked && upper !== (properties.type === 'bottom')) return null
      return blocks.change(state, { type: 'double', waterlogged: false })
    }
    const stack = STACKING.find(([names]) => names.test(name))?.[1]
    if (!stack || (player.survivor.sneaking && name !== 'snow')) return null
    if (name === 'snow' && isClicked && side !== 'up') return null
    const count = Number(properties[stack.property])
    return count < stack.most ? blocks.change(state, { [stack.property]: count + 1 }) : null
  }

  /** Sets the blocks, the far half first: when a client sees the near one, the thing is whole. */
  put (/** @type {any} */ player, /** @type {Part[]} */ parts) {
    const { world, blocks, pairs, signs, statistics } = this.game
    const [first] = parts
    const name = blocks.nameOf(first.state)
    if (/^(trapped_)?chest$/.test(name)) first.state = pairs.joinChest(first, first.state, player.survivor.sneaking)
    for (const { x, y, z, state } of [...parts].reverse()) world.set(x, y, z, state)
    if (/_sign$/.test(name)) signs.edit(player, first)
    statistics.placed++
  }

  #spend (/** @type {any} */ player, /** @type {Point} */ at, /** @type {any} */ held, /** @type {number} */ slot) {
    const { windows, containers, items } = this.game
    containers.fill(at, held)
    windows.spend(player, slot, held.name === 'powder_snow_bucket' ? items.create('bucket') : null)
  }

  /** Whether a block may go to a place: within the world, nothing there but what gives way, and no body in its shape. */
  #isFree (/** @type {Part} */ { state, isAdded, ...at }) {
    const { world, blocks, players, entities } = this.game
    if (at.y < MIN_Y || at.y > MAX_Y) return false
    if (!isAdded && !blocks.replaceable[world.get(at.x, at.y, at.z)]) return false
    const boxes = blocks.shapeOf(state)
    const inPlayer = players.all().some((/** @type {any} */ player) => !player.survivor.dead &&
      overlaps(boxes, at, player.position, PLAYER_HALF_WIDTH, PLAYER_HEIGHT))
    if (inPlayer) return false
    return ![...entities.all.values()].some(entity => !PASSABLE_FAMILIES.includes(entity.family) &&
      overlaps(boxes, at, entity, entity.width / 2, entity.height))
  }
}

/** Whether one of a block's boxes runs into a body. */
function overlaps (/** @type {number[][]} */ boxes, /** @type {Point} */ block, /** @type {Point} */ feet, /** @type {number} */ halfWidth, /** @type {number} */ height) {
  const apart = 0.01
  return boxes.some(([west, low, north, east, high, south]) =>
    feet.x + halfWidth > block.x + west + apart && feet.x - halfWidth < block.x + east - apart &&
    feet.z + halfWidth > block.z + north + apart && feet.z - halfWidth < block.z + south - apart &&
    feet.y + height > block.y + low + apart && feet.y < block.y + high - apart)
}

module.exports = { Placing }
