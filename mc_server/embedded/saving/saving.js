'use strict'
/** Saves the world as it is played, never more than a second behind. What is saved is said in `snapshots.js`. */

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
    /** @type {NodeJS.Timeout | null} */
    this.timer = null
  }

  /** Puts back what was saved. */
  load () {
    const { game } = this
    const saved = this.file.read({ seed: game.options.seed, version: game.version })
    if (!saved) return this.markChanged()
    game.snapshots.apply(saved)
  }

  start () {
    this.game.world.on('change', () => this.markChanged())
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
      await this.file.write(this.game.snapshots.capture() + '\n')
    } finally {
      this.busy = false
    }
  }
}

module.exports = { Saving }
