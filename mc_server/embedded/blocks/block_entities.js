'use strict'
/**
 * What clients are told of blocks beyond their state: the text of signs, and which blocks hold things.
 *
 * Not covered: patterns of banners, heads of players.
 */

/** @typedef {{x: number, y: number, z: number}} Point */

const keyOf = (/** @type {Point} */ { x, y, z }) => `${x},${y},${z}`

/** Numbers of the kinds of block entity in the protocol of 1.20.4; the first pattern that fits counts. @type {[RegExp, number][]} */
const TYPES = [
  [/^furnace$/, 0], [/^chest$/, 1], [/^trapped_chest$/, 2], [/^ender_chest$/, 3], [/^dispenser$/, 5], [/^dropper$/, 6],
  [/hanging_sign$/, 8], [/_sign$/, 7], [/^hopper$/, 17], [/shulker_box$/, 23], [/^barrel$/, 26], [/^smoker$/, 27],
  [/^blast_furnace$/, 28], [/campfire$/, 32]
]

class BlockEntities {
  /** @param {any} game */
  constructor (game) {
    this.game = game
  }

  /** @returns {{x: number, z: number, y: number, type: number, nbtData: any}[]} those of a column, as its packet has them */
  of (/** @type {number} */ chunkX, /** @type {number} */ chunkZ) {
    const { signs, containers } = this.game
    const inColumn = (/** @type {Point} */ { x, z }) => x >> 4 === chunkX && z >> 4 === chunkZ
    const places = new Map()
    for (const each of [...containers.holders.values(), ...signs.written.values()]) {
      if (each.owner === undefined && inColumn(each)) places.set(keyOf(each), each)
    }
    return [...places.values()].flatMap(at => {
      const type = this.#typeAt(at)
      return type === null ? [] : [{ x: at.x & 15, z: at.z & 15, y: at.y, type, nbtData: this.#dataOf(at) }]
    })
  }

  /** Tells everybody who sees a block of its data. */
  send (/** @type {Point} */ { x, y, z }) {
    const { players, chunks } = this.game
    const type = this.#typeAt({ x, y, z })
    if (type === null) return
    for (const player of players.all()) {
      if (!chunks.hasSent(player, x, z)) continue
      player._client.write('tile_entity_data', { location: { x, y, z }, action: type, nbtData: this.#dataOf({ x, y, z }) })
    }
  }

  #typeAt (/** @type {Point} */ { x, y, z }) {
    const name = this.game.blocks.nameOf(this.game.world.get(x, y, z))
    return TYPES.find(([names]) => names.test(name))?.[1] ?? null
  }

  #dataOf (/** @type {Point} */ at) {
    const sign = this.game.signs.written.get(keyOf(at))
    const value = sign
      ? { front_text: sideToNbt(sign.front), back_text: sideToNbt(sign.back), is_waxed: { type: 'byte', value: sign.waxed ? 1 : 0 } }
      : {}
    return { type: 'compound', name: '', value }
  }
}

function sideToNbt (/** @type {{messages: string[], color: string, glowing: boolean}} */ { messages, color, glowing }) {
  return {
    type: 'compound',
    value: {
      messages: { type: 'list', value: { type: 'string', value: messages.map(text => JSON.stringify({ text })) } },
      color: { type: 'string', value: color },
      has_glowing_text: { type: 'byte', value: glowing ? 1 : 0 }
    }
  }
}

module.exports = { BlockEntities, keyOf }
