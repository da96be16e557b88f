'use strict'
/**
 * What the process of one bot does when it is told: Mineflayer and the programs that are run with it.
 *
 * Takes `join`, `observe`, `game_data`, `execute`, `cancel` and `ping`; see `supervisor.js` for the other end. It holds one
 * connection, and exits when that is lost.
 */

require('../program/lockdown')
const net = require('node:net')
const { Channel } = require('../channel/channel')
const { BOT_BYTES, toBot } = require('../channel/messages')
const { connect, textOfReason, whenAlive } = require('./connection')
const { Containers } = require('./containers')
const { GameEvents } = require('./events')
const { NearbyBlocks } = require('./nearby_blocks')
const { countByName, observe, ownedItems } = require('./observation')
const { readGameData } = require('./game_data')
const { loadPrimitives } = require('../program/primitives')
const { ProgramRun } = require('../program/program_run')
const { Reflexes } = require('../reflexes/reflexes')
const { Sight } = require('./sight')
const { StateNews } = require('./state_news')

/** Where the host has put this end of the channel. */
const CHANNEL_DESCRIPTOR = 3

/** How an end is called by the library that speaks the protocol, in words. */
const END_REASONS = new Map([
  ['socketClosed', 'the server closed the connection'],
  ['keepAliveError', 'the server asked no more whether the bot was there']
])

class BotProcess {
  constructor () {
    /** The bot and what belongs to it, once it has joined. @type {any} */
    this.session = null
    /** @type {{id: number, run: ProgramRun, finished: Promise<void>} | null} */
    this.current = null
    /** @type {string | null} */
    this.kickReason = null
    /** @type {StateNews | null} */
    this.news = null
  }

  /** @param {number} maximumBytes of a message */
  listen (maximumBytes = BOT_BYTES) {
    const stream = new net.Socket({ fd: CHANNEL_DESCRIPTOR, readable: true, writable: true })
    this.channel = new Channel(stream, { maximumBytes, schema: toBot })
    this.channel.onMessage = message => this.receive(message)
    this.channel.onFault = reason => {
      process.stderr.write(`The channel to the host is broken: ${reason}\n`)
      process.exit(1)
    }
    this.channel.onEnd = () => process.exit(0)
    process.on('unhandledRejection', error => {
      if (this.session?.onUnhandled) this.session.onUnhandled(error)
      else process.stderr.write(`unhandled rejection: ${/** @type {any} */ (error)?.stack ?? error}\n`)
    })
  }

  /**
   * @param {object} message
   * @param {() => void} [sent]
   * @returns {boolean} whether it is on its way
   */
  send (message, sent) {
    return this.channel?.send(message, sent) ?? false
  }

  /** @param {any} message */
  receive (message) {
    const { type, id } = message
    if (type === 'join') this.join(message.settings)
    else if (type === 'ping') this.send({ type: 'pong' })
    else if (type === 'observe') this.answer(id, () => observe(this.session))
    else if (type === 'game_data') this.answer(id, () => readGameData(this.session.bot))
    else if (type === 'execute') this.execute(id, message.script, message.deadline_seconds)
    else if (type === 'cancel' && this.current && this.current.id === id) this.current.run.cancel(message.reason)
  }

  /** @param {any} settings */
  async join (settings) {
    try {
      const primitives = loadPrimitives(settings.primitives_folder)
      const bot = await this.connect(settings)
      const containers = new Containers(bot, settings.chests)
      const events = new GameEvents(bot, containers)
      events.onDeathBetweenPrograms = death => this.tellDeath(bot, death)
      const sight = settings.line_of_sight ? new Sight(bot) : null
      this.session = { bot, primitives, containers, events, sight, nearbyBlocks: new NearbyBlocks(bot, sight), onUnhandled: null }
      // Before the reflexes: who comes after them hears nothing while one acts.
      if (settings.tells_state) this.news = new StateNews(this.session, state => this.send({ type: 'state', state }))
      this.session.reflexes = this.reflexesOf(bot, sight, settings)
      bot.on('kicked', (/** @type {any} */ reason) => {
        this.kickReason = textOfReason(reason)
        this.session.kicked = true
      })
      bot.on('end', (/** @type {any} */ reason) => this.leave(this.kickReason ?? END_REASONS.get(reason) ?? String(reason)))
      this.send({ type: 'joined', version: bot.version })
      this.news?.look()
    } catch (/** @type {any} */ error) {
      this.send({ type: 'join_failed', code: error.code ?? 'internal', message: String(error.message) })
    }
  }

  /**
   * The last that listens to the bot: who listens later is held up while a reflex acts.
   * @param {any} bot
   * @param {any} sight
   * @param {any} settings
   */
  reflexesOf (bot, sight, { reflexes = [], reflexes_folder: folder = null }) {
    // Told of without a number where no program ran.
    const tell = (/** @type {object} */ act) => this.send({ type: 'reflex', ...(this.current ? { id: this.current.id } : {}), act })
    return new Reflexes({ bot, sight, names: reflexes, folder, tell })
  }

  /**
   * @param {any} settings
   * @returns {Promise<any>} the bot, standing in the world
   */
  connect (settings) {
    return connect(settings)
  }

  /**
   * The run that the loss of the connection ends is reported first.
   * @param {string} reason
   */
  leave (reason) {
    this.session.lostBecause = reason
    const exit = () => process.exit(0)
    setImmediate(async () => {
      await this.current?.finished
      if (!this.send({ type: 'disconnected', reason, kicked: this.session.kicked === true }, exit)) exit()
    })
  }

  /**
   * @param {number} id
   * @param {any} script
   * @param {number} _deadlineSeconds kept by the host
   */
  async execute (id, script, _deadlineSeconds) {
    const { session } = this
    await whenAlive(session.bot)
    await session.reflexes.settled()
    this.send({ type: 'started', id, before: observe(session) })
    const run = new ProgramRun({ session, script, send: message => this.send({ ...message, id }) })
    const finished = run.run().then(ended => { this.send({ ...ended, id }) })
    this.current = { id, run, finished }
    await finished
    this.current = null
    this.news?.look()
  }

  /**
   * A death while no program runs: nobody else would tell of it.
   * @param {any} bot
   * @param {object} death
   */
  async tellDeath (bot, death) {
    await whenAlive(bot)
    this.send({ type: 'died', death: { ...death, left: countByName(ownedItems(bot)) } })
  }

  /**
   * @param {number} id
   * @param {() => any} read
   */
  answer (id, read) {
    try {
      this.send({ type: 'answer', id, value: read() })
    } catch (/** @type {any} */ error) {
      this.send({ type: 'answer', id, error: { code: 'internal', message: String(error.stack ?? error) } })
    }
  }
}

module.exports = { BotProcess }
