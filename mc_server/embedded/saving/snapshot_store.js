'use strict'
/**
 * Snapshots of a world as files: `snapshots/<name>.json` in the world's folder, each whole at any moment.
 *
 * A snapshot is a text as `Snapshots.capture` makes it, which is also what `world.json` holds: so one can be opened as a world
 * of its own. Not covered: taking and putting back (`snapshots.js`).
 */

const fs = require('node:fs')
const path = require('node:path')
const { createHash } = require('node:crypto')
const { EmbeddedServerError } = require('../errors')
const { parseSnapshot } = require('./snapshots')
const { makeFolder, replaceFile, notWritable } = require('./world_file')

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/
const ENDING = '.json'

/**
 * @typedef {object} SnapshotDescription
 * @property {string} name
 * @property {number} tick of the game, when it was taken
 * @property {number} worldAgeTicks ticks the world had been played
 * @property {number} sizeBytes
 * @property {string} hash SHA-256 of the text, in hexadecimal digits
 */

class SnapshotStore {
  /** @param {string} worldFolder */
  constructor (worldFolder) {
    this.folder = path.join(worldFolder, 'snapshots')
  }

  /**
   * Keeps a text under a name, in place of an older one; resolves when it is on the disk.
   * @returns {Promise<SnapshotDescription>}
   */
  async write (/** @type {string} */ name, /** @type {string} */ text) {
    const target = this.#path(name)
    try {
      makeFolder(this.folder)
      await replaceFile(target, text)
    } catch (error) {
      throw notWritable(this.folder, /** @type {Error} */ (error))
    }
    return describe(name, text)
  }

  /** @returns {string} */
  read (/** @type {string} */ name) {
    try {
      return fs.readFileSync(this.#path(name), 'utf8')
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') throw this.#missing(name)
      throw error
    }
  }

  /** @returns {SnapshotDescription[]} by name */
  list () {
    if (!fs.existsSync(this.folder)) return []
    const names = fs.readdirSync(this.folder).filter(file => file.endsWith(ENDING)).map(file => file.slice(0, -ENDING.length))
    return names.filter(name => NAME.test(name)).sort().map(name => describe(name, this.read(name)))
  }

  delete (/** @type {string} */ name) {
    const target = this.#path(name)
    if (!fs.existsSync(target)) throw this.#missing(name)
    fs.rmSync(target)
  }

  /** Makes a world of its own of a snapshot, in a folder that holds none. */
  async export (/** @type {string} */ name, /** @type {string} */ worldFolder) {
    const text = this.read(name)
    const target = path.join(worldFolder, 'world.json')
    if (fs.existsSync(target)) {
      throw new EmbeddedServerError('world_exists', `There is a world in ${worldFolder} already; choose another folder, or remove that world first.`)
    }
    try {
      makeFolder(worldFolder)
      await replaceFile(target, text + '\n')
    } catch (error) {
      throw notWritable(worldFolder, /** @type {Error} */ (error))
    }
  }

  #path (/** @type {string} */ name) {
    if (typeof name !== 'string' || !NAME.test(name)) {
      throw new EmbeddedServerError('bad_name', `A snapshot cannot be called '${name}'; use letters, digits, '.', '_' and '-', at most 100.`)
    }
    return path.join(this.folder, name + ENDING)
  }

  #missing (/** @type {string} */ name) {
    const known = this.list().map(each => each.name).join(', ')
    return new EmbeddedServerError('no_snapshot', `There is no snapshot '${name}'; ${known ? `there are ${known}` : 'none was taken yet'}.`)
  }
}

/** @returns {SnapshotDescription} */
function describe (/** @type {string} */ name, /** @type {string} */ text) {
  const { tick, state } = parseSnapshot(text)
  return {
    name,
    tick,
    worldAgeTicks: state.time.age,
    sizeBytes: Buffer.byteLength(text),
    hash: createHash('sha256').update(text).digest('hex')
  }
}

module.exports = { SnapshotStore }
