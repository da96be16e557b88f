'use strict'
/**
 * Where a mechanic is shown: an empty platform high above the land, a plain Mineflayer bot on it, and the test operations of
 * the embedded server. Positions are relative to the middle of the platform, at whose height 0 the bot's feet are.
 */

const { TestServer, join, until, within, simulate, requireFromServer } = require('../mc_server/embedded_harness')
const { Vec3 } = requireFromServer('vec3')

const FLOOR = 200
const RADIUS = 12
const HEIGHT = 12
const MORNING_TICKS = 1000

/** @typedef {[number, number, number]} Place */

class Stage {
  /**
   * @param {any} server
   * @param {any} bot
   */
  constructor (server, bot) {
    this.server = server
    this.bot = bot
    /** Bots that joined for one scene. @type {any[]} */
    this.guests = []
  }

  static async open () {
    const server = await TestServer.start()
    return new Stage(server, await join(server.port))
  }

  /** A test operation of the server, see `mc_server/embedded/operations.js`. */
  operate (/** @type {string} */ name, /** @type {Record<string, any>} */ request = {}) {
    return this.server.operate(name, request)
  }

  /** Makes the platform new and the bot whole, with nothing in its hands, on a clear morning. */
  async reset () {
    const { bot } = this
    for (const guest of this.guests.splice(0)) guest.end()
    bot.clearControlStates()
    if (bot.currentWindow) bot.closeWindow(bot.currentWindow)
    await this.operate('reset_stage', { floor: FLOOR, radius: RADIUS, height: HEIGHT, time: MORNING_TICKS })
    const clean = () => bot.entity.onGround && bot.entity.position.distanceTo(this.at(0.5, 0, 0.5)) < 0.3 &&
      bot.health === 20 && bot.inventory.items().length === 0 && bot.blockAt(this.at(0, -1, 0))?.name === 'stone'
    await this.until(clean, 'the stage to be empty')
  }

  /** @returns {any} a place of the stage as a position in the world */
  at (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ z) {
    return new Vec3(x, FLOOR + y, z)
  }

  give (/** @type {string} */ item, count = 1) {
    return this.operate('give', { item, count })
  }

  /** Gives an item and takes it into the hand. */
  async hold (/** @type {string} */ item, count = 1) {
    await this.give(item, count)
    await this.until(() => this.bot.inventory.items().some((/** @type {any} */ each) => each.name === item), `${item} to arrive`)
    await this.bot.equip(this.bot.registry.itemsByName[item].id, 'hand')
  }

  set (/** @type {string} */ block, /** @type {Place} */ [x, y, z], /** @type {any} */ properties = undefined) {
    return this.fill(block, [x, y, z], [x, y, z], properties)
  }

  /** Fills a box and waits until the bot sees it. */
  async fill (/** @type {string} */ block, /** @type {Place} */ from, to = from, /** @type {any} */ properties = undefined) {
    const corner = (/** @type {Place} */ [x, y, z]) => [x, FLOOR + y, z]
    await this.operate('fill', { from: corner(from), to: corner(to), block, properties })
    if (this.bot.registry.blocksByName[block].states.length === 0 || !properties) {
      await this.until(() => this.bot.blockAt(this.at(...to))?.name === block, `${block} to be seen`)
    }
  }

  /** @returns {Promise<{name: string, properties: any}>} a block as the server has it */
  block (/** @type {Place} */ [x, y, z]) {
    return this.operate('get_block', { x, y: FLOOR + y, z })
  }

  /** Summons a creature. @returns {Promise<any>} the entity as the bot sees it */
  async summon (/** @type {string} */ kind, /** @type {Place} */ [x, y, z], /** @type {Record<string, any>} */ fields = {}) {
    const id = await this.operate('summon', { kind, x: x + 0.5, y: FLOOR + y, z: z + 0.5, ...fields })
    await this.until(() => this.bot.entities[id], `${kind} to be seen`)
    return this.bot.entities[id]
  }

  /** How many of an item the bot has. */
  count (/** @type {string} */ item) {
    return this.bot.inventory.items().reduce((/** @type {number} */ sum, /** @type {any} */ each) => sum + (each.name === item ? each.count : 0), 0)
  }

  /** Waits, tick by tick, for something to be true. */
  until (/** @type {() => any} */ condition, /** @type {string} */ what, milliseconds = 15000) {
    return until(this.bot, condition, what, milliseconds)
  }

  /** Lets the server run ticks at once, without the time they would take; the bot does nothing meanwhile. */
  skip (/** @type {number} */ ticks) {
    return this.operate('run_ticks', { count: ticks })
  }

  /** Another bot, until the scene ends. */
  async join (username = 'guest') {
    const guest = await join(this.server.port, username)
    this.guests.push(guest)
    return guest
  }

  async close () {
    this.bot.end()
    await this.server.stop()
  }
}

module.exports = { Stage, within, simulate, FLOOR, RADIUS }
