'use strict'
/** A bot that goes about by itself: to places here and there, digging and placing on the way, by a seed of its own. */

const path = require('node:path')
const { createRequire } = require('node:module')

const root = path.resolve(__dirname, '..', '..')
const requireFromServer = createRequire(path.join(root, 'mc_server', 'package.json'))
const bridge = (/** @type {string} */ name) => require(path.join(root, 'mc_server', 'bridge', name))
const { connect, whenAlive } = bridge('bot/connection.js')
const { Containers } = bridge('bot/containers.js')
const { GameEvents } = bridge('bot/events.js')
const { NearbyBlocks } = bridge('bot/nearby_blocks.js')
const { observe } = bridge('bot/observation.js')
const { Random } = require(path.join(root, 'mc_server', 'embedded', 'random.js'))
const { createMovements } = require(path.join(root, 'skills', 'primitives', 'support', 'pathfinder_movements.js'))
const { Vec3 } = requireFromServer('vec3')
const { Movements, goals } = requireFromServer('mineflayer-pathfinder')

const WALK_MILLISECONDS = 15000
const DEED_MILLISECONDS = 10000
/** Longer than all that a round waits for: who takes longer hangs. */
const ROUND_MILLISECONDS = 120000
const THINK_MILLISECONDS = 500
const NEAREST = 8
const FARTHEST = 32
/** Directions are kept for so many rounds, so that much land is seen. */
const ROUNDS_ONE_WAY = 12
const ANYTHING_BUT = /^(bedrock|obsidian|water|lava|air|cave_air|chest)$/

class Wanderer {
  /**
   * @param {any} bot
   * @param {number} seed
   */
  constructor (bot, seed) {
    this.bot = bot
    this.random = new Random(seed)
    const containers = new Containers(bot, [])
    // What the agent keeps beside every bot.
    this.session = { bot, containers, events: new GameEvents(bot, containers), sight: null, nearbyBlocks: new NearbyBlocks(bot) }
    this.counts = { rounds: 0, reached: 0, dug: 0, placed: 0, deaths: 0, hung: 0 }
    /** Kicks, errors and lost connections. @type {string[]} */
    this.troubles = []
    this.stopped = false
    bot.on('death', () => this.counts.deaths++)
    for (const name of ['kicked', 'error', 'end']) {
      bot.on(name, (/** @type {any} */ reason) => { if (!this.stopped) this.troubles.push(`${bot.username} ${name}: ${reason?.stack ?? reason}`) })
    }
  }

  /**
   * @param {any} world a `SimulatedWorld`
   * @param {string} username
   * @param {number} seed
   */
  static async join (world, username, seed) {
    const bot = await connect({ host: 'memory', port: 0, username, version: '1.20.4', world_rate: 'max', client: world.clientOptions() })
    return new Wanderer(bot, seed)
  }

  /**
   * Into a server on this machine, in real time.
   * @param {number} port
   * @param {string} username
   * @param {number} seed
   */
  static async joinServer (port, username, seed) {
    const bot = await connect({ host: '127.0.0.1', port, username, version: '1.20.4', world_rate: 1 })
    return new Wanderer(bot, seed)
  }

  /** Goes about until it is stopped. */
  async wander () {
    while (!this.stopped) {
      const ended = await within(ROUND_MILLISECONDS, this.#round().then(() => true))
      if (!ended && !this.stopped) this.counts.hung++
      this.counts.rounds++
    }
  }

  stop () {
    this.stopped = true
    this.bot.end()
  }

  async #round () {
    const { bot } = this
    await whenAlive(bot).catch(() => {})
    await this.#walk()
    await within(DEED_MILLISECONDS, this.#dig())
    await within(DEED_MILLISECONDS, this.#place())
    bot.stopDigging()
    observe(this.session)
    await bot.waitForTicks(5)
  }

  async #walk () {
    const { bot, random } = this
    if (this.counts.rounds % ROUNDS_ONE_WAY === 0) this.direction = random.next() * 2 * Math.PI
    const angle = this.direction + (random.next() - 0.5) * 2
    const distance = random.between(NEAREST, FARTHEST)
    const { x, z } = bot.entity.position
    bot.pathfinder.thinkTimeout = THINK_MILLISECONDS
    bot.pathfinder.setMovements(createMovements({ bot, registry: bot.registry, pathfinder: { Movements } }))
    const goal = new goals.GoalNearXZ(x + Math.cos(angle) * distance, z + Math.sin(angle) * distance, 2)
    const reached = await within(WALK_MILLISECONDS, bot.pathfinder.goto(goal).then(() => true))
    bot.pathfinder.setGoal(null)
    bot.clearControlStates()
    if (reached) this.counts.reached++
  }

  async #dig () {
    const { bot, random } = this
    const at = bot.entity.position.floored().offset(random.between(-2, 2), random.between(-1, 1), random.between(-2, 2))
    const block = bot.blockAt(at)
    if (!block?.diggable || ANYTHING_BUT.test(block.name) || !bot.canDigBlock(block)) return
    await bot.dig(block)
    this.counts.dug++
  }

  async #place () {
    const { bot, random } = this
    const item = bot.inventory.items().find((/** @type {any} */ { name }) => bot.registry.blocksByName[name]?.boundingBox === 'block')
    const floor = bot.blockAt(bot.entity.position.floored().offset(random.pick([-2, 2]), -1, random.pick([-2, 2])))
    if (!item || floor?.boundingBox !== 'block') return
    await bot.equip(item, 'hand')
    await bot.placeBlock(floor, new Vec3(0, 1, 0))
    this.counts.placed++
  }
}

/** What a promise comes to; undefined when it fails or takes too long. */
async function within (/** @type {number} */ milliseconds, /** @type {Promise<any>} */ promise) {
  /** @type {NodeJS.Timeout | undefined} */
  let timer
  const late = new Promise(resolve => { timer = setTimeout(resolve, milliseconds) })
  try {
    return await Promise.race([promise.catch(() => {}), late])
  } finally {
    clearTimeout(timer)
  }
}

module.exports = { Wanderer }
