'use strict'
/** Signs: what is written on their two sides, who may write, wax and dyes. */

const { keyOf } = require('./block_entities')

/** @typedef {{x: number, y: number, z: number}} Point */
/** @typedef {{messages: string[], color: string, glowing: boolean}} Side */

const LINES = 4
const LONGEST_LINE = 384
const DYE = /_dye$/

/** @returns {Side} */
const blank = () => ({ messages: new Array(LINES).fill(''), color: 'black', glowing: false })

class Signs {
  /** @param {any} game */
  constructor (game) {
    this.game = game
    /** By position. @type {Map<string, Point & {front: Side, back: Side, waxed: boolean}>} */
    this.written = new Map()
    /** Who is writing on which sign: player name by position. A moment of a hand, not kept. @type {Map<string, string>} */
    this.writers = new Map()
    game.world.on('change', (/** @type {Point} */ at, /** @type {number} */ state, /** @type {number} */ old) => {
      if (game.blocks.block(state) !== game.blocks.block(old)) this.#forget(at)
    })
  }

  #forget (/** @type {Point} */ at) {
    this.written.delete(keyOf(at))
    this.writers.delete(keyOf(at))
  }

  isSign (/** @type {Point} */ { x, y, z }) {
    return /_sign$/.test(this.game.blocks.nameOf(this.game.world.get(x, y, z)))
  }

  /** Lets a player write, as after placing a sign. */
  edit (/** @type {any} */ player, /** @type {Point} */ { x, y, z }, isFrontText = true) {
    this.writers.set(keyOf({ x, y, z }), player.username)
    player._client.write('open_sign_entity', { location: { x, y, z }, isFrontText })
  }

  /** A click on a sign that stands. @returns {boolean} */
  use (/** @type {any} */ player, /** @type {Point} */ at, /** @type {any} */ held) {
    const sign = this.#signAt(at)
    if (sign.waxed) return true
    const side = this.#isBefore(player, at) ? 'front' : 'back'
    if (held && this.#treat(sign, sign[side], held.name)) {
      this.game.windows.spendHeld(player)
      this.#changed(sign)
      return true
    }
    this.edit(player, at, side === 'front')
    return true
  }

  /** Wax, dye and ink. @returns {boolean} whether the item did something */
  #treat (/** @type {any} */ sign, /** @type {Side} */ side, /** @type {string} */ item) {
    if (item === 'honeycomb') sign.waxed = true
    else if (item === 'glow_ink_sac' && !side.glowing) side.glowing = true
    else if (item === 'ink_sac' && side.glowing) side.glowing = false
    else if (DYE.test(item) && side.color !== item.replace(DYE, '')) side.color = item.replace(DYE, '')
    else return false
    return true
  }

  /** What a client wrote. */
  handleUpdate (/** @type {any} */ player, /** @type {any} */ { location, isFrontText, text1, text2, text3, text4 }) {
    const at = { x: location.x, y: location.y, z: location.z }
    const mayWrite = this.writers.get(keyOf(at)) === player.username && this.isSign(at) && this.game.reach.isNear(player, at)
    if (!mayWrite || player.survivor.dead) return
    this.writers.delete(keyOf(at))
    const sign = this.#signAt(at)
    if (sign.waxed) return
    sign[isFrontText ? 'front' : 'back'].messages = [text1, text2, text3, text4].map(text => String(text ?? '').slice(0, LONGEST_LINE))
    this.#changed(sign)
  }

  /** @returns {any} */
  #signAt (/** @type {Point} */ { x, y, z }) {
    const key = keyOf({ x, y, z })
    if (!this.written.has(key)) this.written.set(key, { x, y, z, front: blank(), back: blank(), waxed: false })
    return this.written.get(key)
  }

  #changed (/** @type {any} */ sign) {
    this.game.blockEntities.send(sign)
    this.game.saving.markChanged()
  }

  /** Whether a player stands before a sign rather than behind it. */
  #isBefore (/** @type {any} */ player, /** @type {Point} */ at) {
    const { facing, rotation } = this.game.blocks.properties(this.game.world.get(at.x, at.y, at.z))
    const quarter = ['south', 'west', 'north', 'east'].indexOf(facing)
    const turn = (rotation === undefined ? quarter * 4 : Number(rotation)) * Math.PI / 8
    const dx = player.position.x - at.x - 0.5
    const dz = player.position.z - at.z - 0.5
    return -Math.sin(turn) * dx + Math.cos(turn) * dz >= 0
  }

  pack () {
    return [...this.written.values()]
  }

  unpack (/** @type {any[]} */ packed) {
    this.writers.clear()
    this.written = new Map(structuredClone(packed).map(sign => [keyOf(sign), sign]))
  }
}

module.exports = { Signs }
