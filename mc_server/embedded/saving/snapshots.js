'use strict'
/**
 * The whole state of a world as one text, and back: what is saved, and what a moment can be returned to.
 *
 * The text is canonical: one state, one text, so that its hash tells whether two worlds are the same. It holds seed, version,
 * tick, edits, and the state of every rule in `Game.stateful`. What a hand is doing at the moment (digging, eating, drawing a
 * bow, sleeping, an open window) is not part of the state; items on a cursor or in a crafting grid are, see `player_state.js`.
 * Not covered: where texts are kept (`snapshot_store.js`, `saving.js`).
 */

const { createHash } = require('node:crypto')
const { canonicalJson } = require('./canonical_json')
const { EmbeddedServerError } = require('../errors')
const { OverlayTexts } = require('./overlay_texts')

const FORMAT = 2

class Snapshots {
  /** @param {any} game */
  constructor (game) {
    this.game = game
    this.overlayTexts = new OverlayTexts(game.world)
    /** What each rule is like in a new world, for texts that do not know it. @type {Record<string, string>} */
    this.pristine = {}
    this.restoring = false
    /** @type {(() => void)[]} */
    this.postponed = []
  }

  /** Called once, before anything was loaded. */
  start () {
    for (const [name, part] of Object.entries(this.game.stateful)) this.pristine[name] = canonicalJson(part.pack())
  }

  /** @returns {string} the state of the world now */
  capture () {
    const { version, options, tick, stateful } = this.game
    const state = Object.entries(stateful).sort(([a], [b]) => a < b ? -1 : 1)
      .map(([name, part]) => `"${name}":${part.packText?.() ?? canonicalJson(part.pack())}`).join(',')
    const head = JSON.stringify({ format: FORMAT, version, seed: options.seed, tick })
    return `${head.slice(0, -1)},"state":{${state}},"overlay":{${this.overlayTexts.text()}}}`
  }

  hash (text = this.capture()) {
    return createHash('sha256').update(text).digest('hex')
  }

  /** Returns the world, and everybody who is in it, to a state that was captured. */
  restore (/** @type {string} */ text) {
    const { game } = this
    const saved = this.#read(text)
    this.restoring = true
    this.postponed = []
    try {
      for (const player of game.players.all()) game.players.letGo(player)
      this.apply(saved)
      for (const player of game.players.all()) game.players.takeBack(player)
      game.world.sortColumns()
    } finally {
      this.restoring = false
    }
    game.saving.markChanged()
  }

  /**
   * Runs something that changes the state at once, or, while a state is put back, when the world goes on: so that what is
   * captured right after is what was put back.
   */
  afterRestore (/** @type {() => void} */ run) {
    if (this.restoring) this.postponed.push(run)
    else run()
  }

  tick () {
    for (const run of this.postponed.splice(0)) run()
  }

  /** Puts a state into the world; the clients are not told. */
  apply (/** @type {any} */ saved) {
    const { game } = this
    const { overlay } = game.world
    game.world.forget()
    overlay.clear()
    this.overlayTexts.forget()
    for (const [key, flat] of Object.entries(saved.overlay)) {
      const edits = new Map()
      for (let index = 0; index < flat.length; index += 2) edits.set(flat[index], flat[index + 1])
      overlay.set(key, edits)
    }
    game.tick = saved.tick
    for (const [name, part] of Object.entries(game.stateful)) {
      part.unpack(name in saved.state ? saved.state[name] : JSON.parse(this.pristine[name]))
    }
  }

  /** @returns {any} */
  #read (/** @type {string} */ text) {
    const { version, options: { seed } } = this.game
    const saved = parseSnapshot(text)
    for (const [name, here] of Object.entries({ format: FORMAT, version, seed })) {
      if (saved[name] === here) continue
      throw new EmbeddedServerError('bad_snapshot',
        `The snapshot is of ${name} ${saved[name]}, and this world is of ${name} ${here}; restore one that was taken of this world.`)
    }
    return saved
  }
}

/** @returns {any} what a snapshot's text says; throws when it is none */
function parseSnapshot (/** @type {string} */ text) {
  try {
    const saved = JSON.parse(text)
    if (typeof saved.state !== 'object' || typeof saved.overlay !== 'object') throw new TypeError('it holds no state')
    return saved
  } catch (error) {
    throw new EmbeddedServerError('bad_snapshot', `The snapshot cannot be read (${/** @type {Error} */ (error).message}); restore another one.`)
  }
}

module.exports = { Snapshots, parseSnapshot, FORMAT }
