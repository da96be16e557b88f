'use strict'
/**
 * Saves the world as it is played, never more than a second behind.
 *
 * What is saved: seed, format and version, edits, and the state of every rule in `Game.stateful`.
 */

const { FORMAT } = require('./world_file')

/** In world time; half a second at rate 1. */
const INTERVAL_MILLISECONDS = 500
/** Without a change worth naming, time itself is saved this often. */
const TIME_INTERVAL_TICKS = 20

class Saving {
  /**
   * @param {any} game
   * @param {import('./world_file').WorldFile} file
   */
  constructor (game, file) {
    this.game = game
    this.file = file
    this.changed = false
    this.failing = false
    this.busy = false
    /** The write under way. @type {Promise<void>} */
    this.writing = Promise.resolve()
    /** Edits per column as text, so that only changed columns are written out anew. @type {Map<string, string>} */
    this.overlayTexts = new Map()
    /** @type {NodeJS.Timeout | null} */
    this.timer = null
  }

  /** Puts back what was saved. */
  load () {
    const { game } = this
    const saved = this.file.read({ seed: game.options.seed, version: game.version })
    if (!saved) return this.markChanged()
    for (const [key, flat] of Object.entries(saved.overlay)) {
      const edits = new Map()
      for (let index = 0; index < flat.length; index += 2) edits.set(flat[index], flat[index + 1])
      game.world.overlay.set(key, edits)
    }
    game.tick = saved.tick
    for (const [name, part] of Object.entries(game.stateful)) if (name in saved.state) part.unpack(saved.state[name])
  }

  start () {
    this.game.world.on('change', (/** @type {{x: number, z: number}} */ { x, z }) => {
      this.overlayTexts.delete(`${x >> 4},${z >> 4}`)
      this.markChanged()
    })
    this.timer = setInterval(() => this.#saveIfChanged(), INTERVAL_MILLISECONDS)
  }

  stop () {
    if (this.timer) clearInterval(this.timer)
    this.timer = null
  }

  markChanged () {
    this.changed = true
  }

  tick () {
    if (this.game.tick % TIME_INTERVAL_TICKS === 0) this.markChanged()
  }

  async #saveIfChanged () {
    if (!this.changed || this.busy) return
    try {
      await this.save()
      if (this.failing) this.game.events.emit('save_recovered', {})
      this.failing = false
    } catch (error) {
      if (!this.failing) this.game.events.emit('save_failed', { message: this.failureMessage(error) })
      this.failing = true
      this.changed = true
    }
  }

  failureMessage (/** @type {any} */ error) {
    const remedy = error.code === 'ENOSPC' ? 'free some space' : 'check the folder'
    return `The world could not be saved to ${this.file.folder} (${error.message}); ${remedy}.`
  }

  /** Saves the world as it is now; resolves when that is on the disk. */
  save () {
    const next = this.writing.catch(() => {}).then(() => this.#write())
    this.writing = next
    return next
  }

  async #write () {
    this.changed = false
    this.busy = true
    try {
      await this.file.write(this.#text())
    } finally {
      this.busy = false
    }
  }

  #text () {
    const { game } = this
    const rest = JSON.stringify({
      format: FORMAT,
      version: game.version,
      seed: game.options.seed,
      tick: game.tick,
      state: Object.fromEntries(Object.entries(game.stateful).map(([name, part]) => [name, part.pack()]))
    })
    return `${rest.slice(0, -1)},"overlay":{${this.#overlayText()}}}\n`
  }

  #overlayText () {
    const columns = []
    for (const [key, edits] of this.game.world.overlay) {
      let text = this.overlayTexts.get(key)
      if (text === undefined) {
        text = `"${key}":${JSON.stringify([...edits].flat())}`
        this.overlayTexts.set(key, text)
      }
      columns.push(text)
    }
    return columns.join(',')
  }
}

module.exports = { Saving }
