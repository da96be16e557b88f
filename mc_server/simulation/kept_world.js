'use strict'
/**
 * The world of a simulation as the host keeps it: its text, the file it is saved in, and its snapshots.
 *
 * The simulation's own process writes nothing; what it says of the world comes here. Not covered: that process
 * (`simulation_supervisor.js`).
 */

const fs = require('node:fs')
const { createHash } = require('node:crypto')
const { WorldFile, notWritable } = require('../embedded/saving/world_file')
const { SnapshotStore } = require('../embedded/saving/snapshot_store')
const { VERSION } = require('../embedded/version')

class KeptWorld {
  /**
   * @param {{world_folder: string, seed: number}} settings
   * @param {(event: object) => void} tell gets events as those of the embedded server
   */
  constructor ({ world_folder: folder, seed }, tell) {
    this.seed = seed
    this.tell = tell
    // The host has a command line of its own, by which others see that it still plays the world.
    this.file = new WorldFile(folder, process.argv[1])
    this.store = new SnapshotStore(folder)
    /** @type {string | null} */ this.text = null
    /** What the file holds. @type {string | null} */ this.saved = null
    this.writing = Promise.resolve()
    this.failing = false
  }

  /** Takes the world for this process, and reads it. Throws what is wrong with it. */
  async open () {
    await this.file.claim()
    try {
      if (this.file.read({ seed: this.seed, version: VERSION })) this.text = fs.readFileSync(this.file.path, 'utf8').trim()
    } catch (error) {
      this.file.release()
      throw error
    }
  }

  /** The world is now as the text says; it gets to the disk soon. */
  keep (/** @type {string} */ text) {
    this.text = text
    this.save().then(() => this.#recovered(), (/** @type {Error} */ error) => this.#failed(error))
  }

  /** Resolves when the world as it is now is on the disk. */
  save () {
    const next = this.writing.catch(() => {}).then(() => this.#write())
    this.writing = next
    return next
  }

  async #write () {
    const { text } = this
    if (text === null || text === this.saved) return
    try {
      await this.file.write(text + '\n')
    } catch (error) {
      throw notWritable(this.file.folder, /** @type {Error} */ (error))
    }
    this.saved = text
  }

  #failed (/** @type {Error} */ error) {
    if (!this.failing) this.tell({ event: 'error', code: 'not_saved', message: error.message })
    this.failing = true
  }

  #recovered () {
    if (this.failing) this.tell({ event: 'save_recovered' })
    this.failing = false
  }

  hash () {
    return createHash('sha256').update(this.text ?? '').digest('hex')
  }

  /** Saves a last time, and lets others play the world. */
  async close () {
    try {
      await this.save()
    } finally {
      this.file.release()
    }
  }
}

module.exports = { KeptWorld }
