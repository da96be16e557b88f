'use strict'
/**
 * The embedded server within this process: no port, no folder. Its time is that of the process's virtual clock.
 *
 * It is opened with the text of a world, or none for a new one, and says what the text is now; keeping it is for others.
 */

const { PassThrough } = require('node:stream')
const { startServer } = require('../embedded/server')
const { MemoryServer } = require('./memory_connection')

/** In the place of a world's file. */
class MemoryFile {
  /** @param {string | null} text */
  constructor (text) {
    this.folder = 'memory'
    this.text = text
  }

  claim () {}

  release () {}

  read () {
    return this.text === null ? null : JSON.parse(this.text)
  }

  async write (/** @type {string} */ text) {
    this.text = text
  }
}

class SimulatedWorld {
  /**
   * @param {any} game
   * @param {() => Promise<void>} stop
   */
  constructor (game, stop) {
    this.game = game
    this.stop = stop
  }

  /**
   * @param {object} options
   * @param {number} options.seed
   * @param {number} [options.viewDistance]
   * @param {import('../embedded/options').Options['difficulty']} [options.difficulty]
   * @param {boolean} [options.allowTestOperations]
   * @param {string | null} [options.text] what `text()` said before; it has been checked
   * @param {string} [options.folder] where operations keep snapshots
   */
  static async open ({ seed, viewDistance = 4, difficulty, allowTestOperations = false, text = null, folder = '' }) {
    /** @type {import('../embedded/options').Options} */
    const options = { worldFolder: folder, seed, port: 0, host: 'memory', viewDistance, worldRate: Infinity, difficulty, allowTestOperations }
    const giveBack = lendTerminal()
    try {
      const { game, stop } = await startServer(options, {
        file: new MemoryFile(text), network: { Server: MemoryServer, keepAlive: false }
      })
      game.serv.log = () => {}
      // Who wants the text asks for it.
      game.saving.stop()
      return new SimulatedWorld(game, stop)
    } finally {
      giveBack()
    }
  }

  /** @returns {any} options of Mineflayer for a bot that joins */
  clientOptions () {
    return this.game.serv._server.clientOptions()
  }

  /** @returns {string} the whole state of the world now */
  text () {
    return this.game.snapshots.capture()
  }

  hash () {
    return this.game.snapshots.hash()
  }

  /**
   * Waits until the world has just made a tick and everybody has heard of it: what begins then always begins at the same moment of
   * the world.
   */
  nextTick () {
    const { serv } = this.game
    return new Promise(resolve => serv.once('tick', () => setTimeout(resolve, 1)))
  }
}

/** flying-squid reads commands from standard input and writes a prompt; here it gets others. @returns {() => void} */
function lendTerminal () {
  const kept = ['stdin', 'stdout'].map(name => [name, Object.getOwnPropertyDescriptor(process, name)])
  for (const [name] of kept) Object.defineProperty(process, /** @type {string} */ (name), { value: new PassThrough(), configurable: true })
  return () => { for (const [name, own] of kept) Object.defineProperty(process, /** @type {string} */ (name), /** @type {any} */ (own)) }
}

module.exports = { SimulatedWorld }
