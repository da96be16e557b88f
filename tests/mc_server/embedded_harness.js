'use strict'
/**
 * An embedded server for tests, and plain Mineflayer bots in it.
 *
 * Time runs RATE times as fast in both; requiring this file first makes the clocks of the test process do so too. At rate `max`
 * the server is in the test's own process, and time passes, without taking any, while `simulate` runs.
 */

const RATE = process.env.WORLD_RATE ??= '3'

const { spawn } = require('node:child_process')
const { createRequire } = require('node:module')
const { once } = require('node:events')
const fs = require('node:fs')
const os = require('node:os')
const path = require('node:path')
const readline = require('node:readline')

const packageFolder = path.resolve(__dirname, '..', '..', 'mc_server')
const { simulation } = require(path.join(packageFolder, 'clock.js'))
const requireFromServer = createRequire(path.join(packageFolder, 'package.json'))

/** For what comes at once: in time of the world, which is the machine's too unless it is simulated, and the machine may be busy. */
const PATIENCE_MILLISECONDS = simulation ? 10000 : 60000 * Number(RATE)

/** One embedded server in a process of its own. */
class TestServer {
  /**
   * @param {string} folder the world's folder
   * @param {number} [seed]
   * @param {string[]} [more] arguments of the server
   * @param {{forTests?: boolean}} [play] forTests: whether test operations are allowed
   */
  constructor (folder, seed = 1, more = [], { forTests = true } = {}) {
    const main = path.join(packageFolder, 'embedded', 'main.js')
    const options = ['--world-folder', folder, '--seed', String(seed), ...(forTests ? ['--allow-test-operations'] : []), ...more]
    const environment = { ...process.env, WORLD_RATE: RATE }
    this.process = spawn(process.execPath, ['-r', path.join(packageFolder, 'clock.js'), main, ...options], {
      env: environment, stdio: ['pipe', 'pipe', 'ignore']
    })
    this.port = 0
    this.folder = folder
    /** @type {Map<number, (message: any) => void>} */
    this.waiting = new Map()
    this.requests = 0
    /** Faults the server told of. @type {any[]} */
    this.errors = []
    /** @type {Promise<any>} the first thing the server says */
    this.ready = new Promise(resolve => {
      readline.createInterface({ input: this.process.stdout }).on('line', line => {
        const message = JSON.parse(line)
        if (message.id !== undefined) this.waiting.get(message.id)?.(message)
        else resolve(message)
        if (message.event === 'error') this.errors.push(message)
      })
    })
  }

  /**
   * Where time is simulated, a server within this process, which answers the same calls.
   * @returns {Promise<TestServer>}
   */
  static async start (folder = temporaryFolder(), seed = 1, more = /** @type {string[]} */ ([]), play = {}) {
    if (simulation) return /** @type {any} */ (await SimulatedServer.start(folder, seed))
    const server = new TestServer(folder, seed, more, play)
    const { port } = await server.ready
    server.port = port
    return server
  }

  /**
   * @param {string} op
   * @param {Record<string, any>} [request]
   * @returns {Promise<any>} the value of the answer
   */
  async operate (op, request = {}) {
    const id = ++this.requests
    const message = await new Promise(resolve => {
      this.waiting.set(id, resolve)
      this.process.stdin.write(JSON.stringify({ id, op, ...request }) + '\n')
    })
    if (!message.ok) throw new Error(message.message)
    return message.value
  }

  async stop () {
    this.process.stdin.end()
    if (this.process.exitCode === null) await once(this.process, 'exit')
    fs.rmSync(this.folder, { recursive: true, force: true })
  }
}

/** The same within this process, in simulated time. */
class SimulatedServer {
  /**
   * @param {any} world
   * @param {string} folder
   */
  constructor (world, folder) {
    this.world = world
    this.folder = folder
    /** Stands for a port. */
    this.port = SimulatedServer.worlds.push(world) - 1
    /** Faults the server told of. @type {any[]} */
    this.errors = []
    world.game.events.on('fault', (/** @type {Error} */ fault) => this.errors.push({ message: fault.stack }))
    const { createOperations, createTestOperations } = require(path.join(packageFolder, 'embedded', 'operations.js'))
    /** @type {Record<string, (request: any) => any>} */
    this.operations = { ...createOperations(world.game), ...createTestOperations(world.game) }
  }

  /** By port. @type {any[]} */
  static worlds = []

  static async start (folder = temporaryFolder(), seed = 1) {
    const { SimulatedWorld } = require(path.join(packageFolder, 'simulation', 'simulated_world.js'))
    return new SimulatedServer(await SimulatedWorld.open({ seed, folder, allowTestOperations: true }), folder)
  }

  /** As over the pipe of a process: values go through JSON, and what bots have sent before is there before. */
  async operate (/** @type {string} */ op, /** @type {Record<string, any>} */ request = {}) {
    if (!Object.hasOwn(this.operations, op)) throw new Error(`There is no operation '${op}'.`)
    await new Promise(resolve => setTimeout(resolve, 1))
    const value = await simulation.clock.outside(Promise.resolve(this.operations[op](JSON.parse(JSON.stringify(request)))))
    await new Promise(resolve => setTimeout(resolve, 1))
    return JSON.parse(JSON.stringify(value ?? null))
  }

  async stop () {
    await this.world.stop()
    fs.rmSync(this.folder, { recursive: true, force: true })
  }
}

/**
 * Lets something come to its end; simulated time passes only within.
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
const simulate = work => simulation ? simulation.clock.run(work) : work()

const temporaryFolder = () => fs.mkdtempSync(path.join(os.tmpdir(), 'embedded-world-'))

/**
 * A bot that stands in the world.
 * @returns {Promise<any>}
 */
async function join (/** @type {number} */ port, username = 'tester') {
  const address = simulation ? SimulatedServer.worlds[port].clientOptions() : { host: '127.0.0.1', port }
  const bot = requireFromServer('mineflayer').createBot({ ...address, username, version: '1.20.4', auth: 'offline' })
  await within(3 * PATIENCE_MILLISECONDS, once(bot, 'spawn'), 'the bot to spawn')
  await bot.waitForChunksToLoad()
  return bot
}

/**
 * @template T
 * @param {number} milliseconds
 * @param {Promise<T>} promise
 * @param {string} what is waited for
 * @returns {Promise<T>}
 */
async function within (milliseconds, promise, what) {
  /** @type {NodeJS.Timeout | undefined} */
  let timer
  const timeout = new Promise((resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`Waited ${milliseconds} ms for ${what}.`)), milliseconds)
  })
  try {
    return /** @type {T} */ (await Promise.race([promise, timeout]))
  } finally {
    clearTimeout(timer)
  }
}

/** Waits, tick by tick, for something to be true of the bot's world. */
async function until (/** @type {any} */ bot, /** @type {() => any} */ condition, /** @type {string} */ what, milliseconds = PATIENCE_MILLISECONDS) {
  const deadline = Date.now() + milliseconds
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`Waited ${milliseconds} ms for ${what}.`)
    await bot.waitForTicks(1)
  }
}

module.exports = { PATIENCE_MILLISECONDS, TestServer, simulate, join, within, until, temporaryFolder, requireFromServer, packageFolder }
