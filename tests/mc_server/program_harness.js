'use strict'
/** A bot in an embedded world, in simulated time, and programs that are run with it as in the process of a bot. */

process.env.WORLD_RATE = 'max'

const { createRequire } = require('node:module')
const path = require('node:path')
const { TestServer, simulate, join, packageFolder, requireFromServer } = require('./embedded_harness')

const bridge = path.join(packageFolder, 'bridge')
const { withoutExtensions } = require(path.join(packageFolder, 'simulation', 'without_extensions.js'))
withoutExtensions(() => createRequire(requireFromServer.resolve('flying-squid'))('colors'))
require(path.join(bridge, 'program', 'lockdown.js'))
const { Containers } = require(path.join(bridge, 'bot', 'containers.js'))
const { GameEvents } = require(path.join(bridge, 'bot', 'events.js'))
const { NearbyBlocks } = require(path.join(bridge, 'bot', 'nearby_blocks.js'))
const { ProgramRun } = require(path.join(bridge, 'program', 'program_run.js'))
const { pathfinder, Movements } = requireFromServer('mineflayer-pathfinder')

const FLOOR = 200

class ProgramTheatre {
  /**
   * @param {any} server
   * @param {any} bot
   */
  constructor (server, bot) {
    this.server = server
    this.bot = bot
    const containers = new Containers(bot, [])
    /** @type {any} */
    this.session = {
      bot,
      primitives: new Map(),
      containers,
      events: new GameEvents(bot, containers),
      sight: null,
      nearbyBlocks: new NearbyBlocks(bot, null),
      onUnhandled: null
    }
    /** What no program was told of. @type {any[]} */
    this.stray = []
    // In place of the test runner's, which takes each for a failure.
    process.removeAllListeners('unhandledRejection')
    process.on('unhandledRejection', error => {
      if (this.session.onUnhandled) this.session.onUnhandled(error)
      else this.stray.push(error)
    })
  }

  static async open () {
    return simulate(async () => {
      const server = await TestServer.start()
      const bot = await join(server.port)
      bot.loadPlugin(pathfinder)
      bot.pathfinder.setMovements(new Movements(bot))
      const theatre = new ProgramTheatre(server, bot)
      await theatre.reset()
      return theatre
    })
  }

  /** A flat stage at noon, with nothing on it and nothing carried. */
  async reset () {
    await this.server.operate('reset_stage', { floor: FLOOR, radius: 12, height: 12, time: 1000, player: 'tester' })
    await this.bot.waitForTicks(5)
  }

  /**
   * @param {string | {name: string, source: string}[]} modules a body of `main`, or whole modules of which the last is run
   * @param {{primitives?: Record<string, any>, meanwhile?: (run: any) => any}} [options] `meanwhile` is called when the program has
   *   begun
   * @returns {Promise<any>} the last message, with what was sent before it by type
   */
  async run (modules, { primitives = {}, meanwhile } = {}) {
    const all = typeof modules === 'string' ? [{ name: 'main', source: `async function main () {\n${modules}\n}` }] : modules
    this.session.primitives = new Map(Object.entries(primitives))
    /** @type {any[]} */ const sent = []
    return simulate(async () => {
      const script = { modules: all, entry: all[all.length - 1].name, arguments: [] }
      const run = new ProgramRun({ session: this.session, script, send: (/** @type {any} */ message) => sent.push(message) })
      const ended = run.run()
      await meanwhile?.(run)
      const last = /** @type {any} */ (await ended)
      const ofType = (/** @type {string} */ type, /** @type {string} */ field) =>
        sent.filter(message => message.type === type).map(message => message[field])
      return {
        ...last,
        run,
        calls: ofType('call', 'call'),
        events: ofType('event', 'event'),
        trace: ofType('trace', 'entry'),
        lines: ofType('progress', 'text'),
        sent
      }
    })
  }

  async close () {
    this.bot.end()
    await simulate(() => this.server.stop())
  }
}

module.exports = { FLOOR, ProgramTheatre, simulate }
