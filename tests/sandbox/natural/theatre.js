'use strict'
/**
 * A world and its bot, in simulated time, where a program is played twice from the same moment: confined, as it always is, and
 * bare, with the bot as it is.
 *
 * Must be the first to load the game's modules: the clock is replaced and the language frozen before any other. Not covered: what
 * two plays are compared by (`compare.js`), and what a scene is made of (`scenes.js`).
 */

process.env.WORLD_RATE = 'max'

const { createRequire } = require('node:module')
const path = require('node:path')
const vm = require('node:vm')

const PACKAGE = path.resolve(__dirname, '..', '..', '..', 'mc_server')
const PRIMITIVES = path.resolve(PACKAGE, '..', 'skills', 'primitives')
const requireFromServer = createRequire(path.join(PACKAGE, 'package.json'))
const { simulation } = require(path.join(PACKAGE, 'clock.js'))
const { withoutExtensions } = require(path.join(PACKAGE, 'simulation', 'without_extensions.js'))
withoutExtensions(() => createRequire(requireFromServer.resolve('flying-squid'))('colors'))
const { SimulationProcess } = require(path.join(PACKAGE, 'simulation', 'simulation_process.js'))
const { hash } = require(path.join(PACKAGE, 'embedded', 'random.js'))
const { consoleFor } = require(path.join(PACKAGE, 'bridge', 'program', 'compartment.js'))
const { bareGlobals, stopBot, Traces } = require('./bare')

const { machine } = /** @type {any} */ (simulation)
const SEED = 1
const USERNAME = 'tester'
const DEADLINE_SECONDS = 180
/** Until a client that was put somewhere else stands there and knows it. */
const SETTLE_TICKS = 12
/** Both plays are looked at the same number of ticks after they began: the next multiple of this after the end. */
const PERIOD_TICKS = 20
/** What chance begins with, as in a run of the agent's. */
const CHANCE = 0x63686e63

/**
 * @typedef {{outcome: string, result: any, error: {name: string, message: string} | null, lines: string[], world: string,
 *   milliseconds: number, ticks: number}} Play `world` is its text after; `milliseconds` are the machine's
 */

class Theatre extends SimulationProcess {
  constructor () {
    super()
    /** What it would tell the host. @type {any[]} */
    this.said = []
    this.lastId = 0
    /** @type {Traces} */
    this.traces = /** @type {any} */ (null)
    process.on('unhandledRejection', error => {
      if (!this.session?.onUnhandled) throw error
      this.session.onUnhandled(error)
    })
  }

  /** @param {any} message */
  send (message) {
    this.said.push(message)
  }

  get bot () {
    return this.session.bot
  }

  get game () {
    return this.world.game
  }

  /** @param {{sight?: boolean}} [settings] */
  static async open ({ sight = false } = {}) {
    const theatre = new Theatre()
    await theatre.open({ seed: SEED, view_distance: 2, difficulty: 'normal', allow_test_operations: true, text: null })
    await theatre.join({
      username: USERNAME, host: 'simulation', port: 0, version: '1.20.4', world_rate: 'max', primitives_folder: PRIMITIVES, chests: [], line_of_sight: sight
    })
    const failure = theatre.said.find(({ type }) => type === 'join_failed')
    if (failure) throw new Error(failure.message)
    theatre.traces = new Traces(theatre.bot)
    return theatre
  }

  /** @param {number} count */
  async ticks (count) {
    for (let tick = 0; tick < count; tick++) await this.world.nextTick()
  }

  /**
   * @param {string} ground the world to begin with
   * @param {() => Promise<void>} prepare makes the scene
   * @returns {Promise<string>} the world as it is then
   */
  prepare (ground, prepare) {
    return this.clock.run(async () => {
      stopBot(this.bot)
      this.game.snapshots.restore(ground)
      await this.ticks(2)
      await prepare()
      await this.ticks(SETTLE_TICKS)
      return this.world.text()
    })
  }

  /** Back to a moment, with the client as if it had always been there. @param {string} text */
  goBackTo (text) {
    return this.clock.run(async () => {
      stopBot(this.bot)
      this.game.snapshots.restore(text)
      await this.ticks(SETTLE_TICKS)
      this.said = []
    })
  }

  /**
   * As a program of the agent is run.
   * @param {string} name
   * @param {string} source
   * @returns {Promise<Play>}
   */
  async confined (name, source) {
    const started = machine.now()
    const tick = this.game.tick
    await this.execute(++this.lastId, { modules: [{ name, source }], entry: name, arguments: [] }, DEADLINE_SECONDS)
    const milliseconds = machine.now() - started
    const ended = this.said.findLast(({ type }) => type === 'ended')
    const lines = this.said.filter(({ type }) => type === 'progress').map(({ text }) => text)
    const error = ended.error && { name: ended.error.name, message: ended.error.message }
    return { outcome: ended.outcome, result: ended.result ?? null, error, lines, milliseconds, ...await this.aftermath(tick) }
  }

  /**
   * With nothing between the program and the bot.
   * @param {string} name
   * @param {string} source
   * @returns {Promise<Play>}
   */
  async bare (name, source) {
    const started = machine.now()
    const { tick } = this.game
    /** @type {string[]} */
    const lines = []
    // What the confined play before left to guard the bot until the next one.
    this.traces.remove()
    const globals = { ...bareGlobals(this.bot, requireFromServer), ...this.traces.timers, console: consoleFor((/** @type {string} */ text) => lines.push(text.slice(0, 300))) }
    // The language is frozen, and has lost the constructor of async functions.
    const play = vm.runInThisContext(`(async function (${Object.keys(globals)}) { 'use strict'\n${source}\nreturn ${name}() })`)
    const ending = await this.clock.run(async () => {
      await this.world.nextTick()
      this.chance.unpack(hash(SEED, this.game.tick, CHANCE, 0))
      this.setDate()
      return this.ending(play(...Object.values(globals)))
    })
    const milliseconds = machine.now() - started
    this.traces.remove()
    return { ...ending, lines, milliseconds, ...await this.aftermath(tick) }
  }

  /**
   * @param {Promise<any>} promise
   * @returns {Promise<{outcome: string, result: any, error: any}>}
   */
  async ending (promise) {
    const fail = (/** @type {any} */ error) => ({ outcome: 'program_error', result: null, error: { name: error.name, message: error.message } })
    const completed = promise.then(value => ({ outcome: 'completed', result: JSON.parse(JSON.stringify(value ?? null)), error: null }), fail)
    const unhandled = new Promise(resolve => { this.session.onUnhandled = (/** @type {any} */ error) => resolve(fail(error)) })
    let timer
    const late = new Promise(resolve => {
      timer = setTimeout(() => resolve({ outcome: 'timed_out', result: null, error: null }), DEADLINE_SECONDS * 1000)
    })
    const ending = await Promise.race([completed, unhandled, late])
    clearTimeout(timer)
    this.session.onUnhandled = null
    stopBot(this.bot)
    return ending
  }

  /** @param {number} tick when it began */
  aftermath (tick) {
    const ticks = this.game.tick - tick
    return this.clock.run(async () => {
      await this.ticks(PERIOD_TICKS - ticks % PERIOD_TICKS)
      return { world: this.world.text(), ticks }
    })
  }
}

module.exports = { Theatre, machine }
