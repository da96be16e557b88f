'use strict'
/**
 * Things that happen to blocks by chance: plants grow, grass spreads, leaves decay, ice melts.
 *
 * As in the original game three of the 4096 blocks of each section get a tick each game tick. Which ones follows from seed,
 * tick and place alone, so it does not matter in which order columns were loaded. Only sections that hold a block that
 * cares are drawn from. Some blocks (grass, ice, natural leaves) change only where somebody built: they count only in
 * columns that were edited or lie beside one that was.
 */

const { hash } = require('../random')
const { MIN_Y, columnKey } = require('../world/world_state')

/** Apart, so that draws of one section are not those of another. */
const MOST_DRAWS = 4096
const SECTION_BITS = 12
const ALWAYS = 1
const WHERE_EDITED = 2

/** @typedef {{x: number, y: number, z: number}} Point */

class RandomTicks {
  /** @param {any} game */
  constructor (game) {
    this.game = game
    /** What a state does, by its number. @type {(((at: Point, state: number) => void) | undefined)[]} */
    this.handlers = []
    /** Whether a state cares: 0, ALWAYS or WHERE_EDITED. */
    this.cares = new Uint8Array(game.blocks.solid.length)
    /** Bit sets of the sections of a column that hold blocks that care. @type {Map<string, {always: number, edited: number}>} */
    this.sections = new Map()
    /** Columns around players in an order that depends on their places alone. @type {[string, number, number][]} */
    this.active = []
    this.activeFor = ''
    game.world.on('column', (/** @type {number} */ chunkX, /** @type {number} */ chunkZ) => this.#index(chunkX, chunkZ))
    game.world.on('change', (/** @type {Point} */ at, /** @type {number} */ state) => this.#mark(at, state))
  }

  /**
   * Says what random ticks do to some blocks.
   * @param {string[]} names
   * @param {(at: Point, state: number) => void} handler
   * @param {{whereEdited?: boolean, only?: (state: number) => boolean}} [options] whereEdited: only in and beside columns that
   *   somebody changed; only: which states of the blocks
   */
  on (names, handler, { whereEdited = false, only = () => true } = {}) {
    const { registry } = this.game
    for (const name of names) {
      const { minStateId, maxStateId } = registry.blocksByName[name]
      for (let state = minStateId; state <= maxStateId; state++) {
        if (!only(state)) continue
        this.handlers[state] = handler
        this.cares[state] = whereEdited ? WHERE_EDITED : ALWAYS
      }
    }
  }

  tick () {
    const { world } = this.game
    this.#refresh()
    for (const [key, chunkX, chunkZ] of this.active) {
      const column = world.columns.get(key)
      const flags = this.sections.get(key)
      if (!column || !flags) continue
      let wanted = flags.always
      if (flags.edited !== 0 && this.#nearEdits(chunkX, chunkZ)) wanted |= flags.edited
      for (let section = 0; wanted !== 0; section++, wanted >>>= 1) {
        if (wanted & 1) this.#draw(column, chunkX, chunkZ, section)
      }
    }
  }

  #draw (/** @type {any} */ column, /** @type {number} */ chunkX, /** @type {number} */ chunkZ, /** @type {number} */ section) {
    const { tick, options, rules } = this.game
    const draws = rules.get('randomTickSpeed')
    for (let draw = 0; draw < draws; draw++) {
      const drawn = hash(options.seed ^ Math.imul(tick, 0x9e3779b1), chunkX, chunkZ, section * MOST_DRAWS + draw) >>> (32 - SECTION_BITS)
      const inColumn = { x: drawn & 15, y: MIN_Y + section * 16 + (drawn >> 8), z: (drawn >> 4) & 15 }
      const state = column.get((section << SECTION_BITS) | drawn)
      const handler = this.handlers[state]
      if (!handler) continue
      const at = { x: chunkX * 16 + inColumn.x, y: inColumn.y, z: chunkZ * 16 + inColumn.z }
      this.game.guard(() => handler(at, state))
    }
  }

  /** Lists the columns around players anew when a player went from one to another. */
  #refresh () {
    const distance = this.game.options.viewDistance
    const centres = this.game.players.all().map((/** @type {any} */ { position }) => [Math.floor(position.x) >> 4, Math.floor(position.z) >> 4])
    const wantedFor = centres.map(String).sort().join(' ')
    if (wantedFor === this.activeFor) return
    this.activeFor = wantedFor
    /** @type {Map<string, [string, number, number]>} */
    const around = new Map()
    for (const [middleX, middleZ] of centres) {
      for (let x = middleX - distance; x <= middleX + distance; x++) {
        for (let z = middleZ - distance; z <= middleZ + distance; z++) around.set(columnKey(x, z), [columnKey(x, z), x, z])
      }
    }
    this.active = [...around.values()].sort((a, b) => a[1] - b[1] || a[2] - b[2])
    for (const key of this.sections.keys()) if (!this.game.world.columns.has(key)) this.sections.delete(key)
  }

  #nearEdits (/** @type {number} */ chunkX, /** @type {number} */ chunkZ) {
    const { overlay } = this.game.world
    for (let x = chunkX - 1; x <= chunkX + 1; x++) {
      for (let z = chunkZ - 1; z <= chunkZ + 1; z++) if (overlay.has(columnKey(x, z))) return true
    }
    return false
  }

  /** Looks which sections of a new column hold blocks that care. */
  #index (/** @type {number} */ chunkX, /** @type {number} */ chunkZ) {
    const key = columnKey(chunkX, chunkZ)
    const flags = { always: 0, edited: 0 }
    this.sections.set(key, flags)
    const { states } = this.game.world.columns.get(key)
    for (let index = 0; index < states.length; index++) {
      if (this.cares[states[index]] !== 0) this.#flag(flags, index >> SECTION_BITS, states[index])
    }
  }

  #mark (/** @type {Point} */ { x, y, z }, /** @type {number} */ state) {
    if (this.cares[state] === 0) return
    const flags = this.sections.get(columnKey(x >> 4, z >> 4))
    if (flags) this.#flag(flags, (y - MIN_Y) >> 4, state)
  }

  #flag (/** @type {{always: number, edited: number}} */ flags, /** @type {number} */ section, /** @type {number} */ state) {
    if (this.cares[state] === ALWAYS) flags.always |= 1 << section
    else if (this.cares[state] === WHERE_EDITED) flags.edited |= 1 << section
  }
}

module.exports = { RandomTicks }
