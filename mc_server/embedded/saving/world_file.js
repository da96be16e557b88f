'use strict'
/**
 * The file a world is kept in: `world.json` in the world's folder, replaced as a whole so that it is whole at any moment.
 *
 * A lock file beside it holds the number of the process that plays the world, and a part of its command line. Not covered: what is in the file
 * (`saving.js`).
 */

const fs = require('node:fs')
const path = require('node:path')
const { EmbeddedServerError } = require('../errors')
const { FORMAT } = require('./snapshots')

const LOCK_WAIT_MILLISECONDS = 5000
const LOCK_POLL_MILLISECONDS = 50

class WorldFile {
  /**
   * @param {string} folder
   * @param {string} program part of this process's command line, by which others know that it still plays the world
   */
  constructor (folder, program = path.dirname(__dirname)) {
    this.folder = folder
    this.program = program
    this.path = path.join(folder, 'world.json')
    this.lockPath = path.join(folder, 'world.lock')
    this.locked = false
  }

  /** Makes the folder and takes the world for this process. */
  async claim () {
    try {
      makeFolder(this.folder)
      const deadline = Date.now() + LOCK_WAIT_MILLISECONDS
      while (!this.#tryLock()) {
        const owner = this.#owner()
        if (!owner) fs.rmSync(this.lockPath, { force: true })
        else if (Date.now() > deadline) throw inUse(this.folder, owner)
        else await new Promise(resolve => setTimeout(resolve, LOCK_POLL_MILLISECONDS))
      }
    } catch (error) {
      if (error instanceof EmbeddedServerError) throw error
      throw notWritable(this.folder, /** @type {Error} */ (error))
    }
  }

  #tryLock () {
    try {
      fs.writeFileSync(this.lockPath, `${process.pid} ${this.program}`, { flag: 'wx' })
      this.locked = true
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error
    }
    return this.locked
  }

  /** @returns {number | null} the process that has the world, if it is alive */
  #owner () {
    try {
      const [, owner, program] = /^(\d+) (.*)$/s.exec(fs.readFileSync(this.lockPath, 'utf8')) ?? []
      return Number(owner) !== process.pid && isPlaying(Number(owner), program) ? Number(owner) : null
    } catch {
      return null
    }
  }

  release () {
    if (this.locked) fs.rmSync(this.lockPath, { force: true })
    this.locked = false
  }

  /**
   * @param {{seed: number, version: string}} expected
   * @returns {any} what was saved, or null for a new world
   */
  read ({ seed, version }) {
    let text
    try {
      text = fs.readFileSync(this.path, 'utf8')
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return null
      throw this.#bad(`cannot be read (${/** @type {Error} */ (error).message})`)
    }
    const saved = this.#parse(text)
    if (saved.format !== FORMAT) throw this.#otherFormat(saved.format)
    if (saved.version !== version) throw this.#bad(`is of Minecraft ${saved.version}, and this server plays ${version}`)
    if (saved.seed !== seed) {
      throw new EmbeddedServerError('bad_world', `The world in ${this.folder} was made with seed ${saved.seed}, not ${seed}; ` +
        `play it with seed ${saved.seed} or choose another world.`)
    }
    return saved
  }

  #parse (/** @type {string} */ text) {
    try {
      const saved = JSON.parse(text)
      if (typeof saved !== 'object' || saved === null) throw new TypeError('it holds no object')
      return saved
    } catch (error) {
      throw this.#bad(`is damaged (${/** @type {Error} */ (error).message})`)
    }
  }

  #otherFormat (/** @type {any} */ format) {
    return new EmbeddedServerError('bad_world', `The world file ${this.path} has format ${format}, and this server reads ` +
      `format ${FORMAT}; it was left as it is: play it with the version that made it, or choose another world.`)
  }

  #bad (/** @type {string} */ what) {
    return new EmbeddedServerError('bad_world',
      `The world file ${this.path} ${what}; it was left as it is: put back a copy of it, or choose another world.`)
  }

  /** Replaces the file; when this returns, the text is on the disk. */
  write (/** @type {string} */ text) {
    return replaceFile(this.path, text)
  }
}

/** Writes a file so that it is whole at any moment: the old one or the new one. */
async function replaceFile (/** @type {string} */ target, /** @type {string} */ text) {
  const temporaryPath = `${target}.new`
  const handle = await fs.promises.open(temporaryPath, 'w')
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await fs.promises.rename(temporaryPath, target)
}

/** Like mkdir -p, which in Node never returns where the file system refuses folders with ENOENT. */
function makeFolder (/** @type {string} */ folder) {
  if (fs.existsSync(folder)) return
  makeFolder(path.dirname(folder))
  fs.mkdirSync(folder)
}

const notWritable = (/** @type {string} */ folder, /** @type {NodeJS.ErrnoException} */ error) => new EmbeddedServerError('not_writable',
  `The world folder ${folder} cannot be written to (${error.message}); ` +
  (error.code === 'ENOSPC' ? 'free some space.' : 'choose another home folder or correct its permissions.'))

const inUse = (/** @type {string} */ folder, /** @type {number} */ owner) => new EmbeddedServerError('world_in_use',
  `The world in ${folder} is being played by process ${owner}; end that one first, or choose another world.`)

/** Whether a process is alive and, where that can be seen, the program that took the world. */
function isPlaying (/** @type {number} */ processId, /** @type {string} */ program) {
  try {
    process.kill(processId, 0)
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ESRCH') return false
  }
  try {
    return fs.readFileSync(`/proc/${processId}/cmdline`, 'utf8').includes(program)
  } catch {
    return fs.existsSync(`/proc/${process.pid}`) === false
  }
}

module.exports = { WorldFile, makeFolder, replaceFile, notWritable }
