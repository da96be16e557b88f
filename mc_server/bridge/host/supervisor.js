'use strict'
/**
 * The trusted side of one bot: starts its process, runs programs in it, and brings the bot back when the process has ended.
 *
 * Nothing the bot's process says is believed beyond its own run: messages are data, checked and passed on as data. One that comes
 * when it cannot come costs the process its life. Not covered: the process (`bot_child.js`) and the run (`program_watch.js`).
 */

const { BotChild } = require('./bot_child')
const { BotError } = require('./bot_error')
const { Faults, NO_ANSWER } = require('./faults')
const { BotNews } = require('./bot_news')
const { ProgramWatch } = require('./program_watch')
const { Questions } = require('./questions')
const { Spare } = require('./spare')

const JOINS_AFTER_KILL = 3
const NOT_NEEDED = 'it is not needed any more'

class Supervisor {
  /**
   * @param {any} settings as sent with `join`
   * @param {(event: object) => void} emit
   */
  constructor (settings, emit) {
    this.settings = { ...settings, chests: settings.chests ?? [] }
    this.emit = emit
    /** Tells of the bot, which in a simulation is asked under another name than its world. */
    this.tell = emit
    this.news = new BotNews(event => this.tell(event))
    this.faults = new Faults(event => this.tell(event))
    /** @type {BotChild | null} */ this.child = null
    this.spare = new Spare(() => this.startChild())
    /** @type {Promise<void> | null} */ this.entering = null
    /** @type {{expected: string, settle: (message: any) => void} | null} */ this.entrance = null
    this.questions = new Questions(reason => this.breach(reason))
    /** @type {ProgramWatch | null} */ this.run = null
    /** @type {any} */ this.lastObservation = null
    this.lastId = 0
    this.closed = false
    /** @type {string | null} */ this.interrupted = null
  }

  // ---- what can be asked

  /** @returns {Promise<any>} the version's data */
  async join () {
    await this.ensureJoined()
    return this.ask('game_data')
  }

  async observe () {
    await this.ensureJoined()
    try {
      this.lastObservation = await this.ask('observe')
    } catch (error) {
      if (this.closed) throw error
      // The process hung or died over the question, which the remains of a program can cause: a new one answers.
      this.kill(NO_ANSWER)
      await this.ensureJoined(JOINS_AFTER_KILL)
      this.lastObservation = await this.ask('observe')
    }
    this.settings.chests = this.lastObservation.chests
    return this.lastObservation
  }

  /**
   * The world was put back to a moment at which these chests were known: a new process begins there, which remembers nothing since.
   * @param {any[]} chests
   */
  async putBack (chests) {
    this.settings.chests = chests
    this.kill('the world was put back')
    await this.ensureJoined(JOINS_AFTER_KILL)
    return this.observe()
  }

  /**
   * @param {object} script
   * @param {number} deadlineSeconds in the world's time
   * @param {(text: string) => void} progress
   */
  async execute (script, deadlineSeconds, progress) {
    this.interrupted = null
    await this.ensureJoined()
    if (!this.lastObservation) await this.observe()
    const { stuck, ...ended } = await this.runProgram(script, deadlineSeconds, progress)
    if (stuck) this.kill('something of its program goes on')
    // It will say so itself, but the next program may be asked for before that.
    if (ended.outcome === 'disconnected') this.lost(String(ended.error?.message).replace('disconnected: ', ''), ended.error?.code === 'kicked')
    if (ended.after === null) ended.after = await this.observeAgain()
    this.spare.drop()
    this.lastObservation = ended.after
    this.settings.chests = ended.after.chests
    return ended
  }

  /** The world after the process was ended; what was last seen of it when the server is gone. */
  async observeAgain () {
    try {
      await this.ensureJoined(JOINS_AFTER_KILL)
      return await this.observe()
    } catch {
      return this.lastObservation
    }
  }

  /** @param {string} reason */
  cancel (reason) {
    this.interrupted = reason
    this.run?.cancel(reason)
  }

  close () {
    this.closed = true
    this.kill(NOT_NEEDED)
    this.spare.drop()
  }

  /** The bot is not wanted any more. */
  leave () {
    this.close()
  }

  // ---- the process

  /** @param {number} attempts how often to try */
  async ensureJoined (attempts = 1) {
    while (this.entering) await this.entering.catch(() => {})
    if (this.closed) throw new BotError('closed', 'The bot has left.')
    if (this.child) return
    this.entering = this.bringIn(attempts)
    try {
      await this.entering
      this.faults.joined()
    } finally {
      this.entering = null
    }
  }

  /** @param {number} attempts */
  async bringIn (attempts) {
    while (!this.child) {
      attempts--
      try {
        await this.start()
      } catch (error) {
        this.kill('it did not get into the world')
        if (attempts <= 0 || this.closed) throw error
      }
    }
  }

  async start () {
    const child = await this.launch()
    await this.enter({ type: 'join', settings: { ...this.settings, game_socket: child.hasGameSocket } }, 'joined')
  }

  /** A process of our own, which is loading or has loaded. */
  async launch () {
    const child = await this.spare.take() ?? await this.startChild()
    child.onMessage = (message, bytes) => { if (child === this.child) this.receive(message, bytes) }
    child.onGone = end => this.gone(child, end)
    this.child = child
    if (child.end) this.gone(child, child.end)
    else if (this.closed) child.kill(NOT_NEEDED)
    return child
  }

  startChild () {
    return BotChild.start(this.settings, text => this.emit({ type: 'log', text }))
  }

  /**
   * Sends the process a message that it answers when it is ready for others.
   * @param {object} message
   * @param {'joined' | 'opened'} expected its answer, if it is not `join_failed`
   */
  enter (message, expected) {
    return /** @type {Promise<void>} */ (new Promise((resolve, reject) => {
      const { host, port, join_timeout_seconds: seconds } = this.settings
      const timer = setTimeout(() => settle({ code: 'unreachable', message: `The server at ${host}:${port} did not let the bot in within ${seconds} s.` }), seconds * 1000)
      const settle = (/** @type {any} */ message) => {
        clearTimeout(timer)
        this.entrance = null
        if (message.type === 'joined') this.settings.version = message.version
        if (message.type === expected) resolve()
        else reject(new BotError(message.code ?? 'internal', message.message))
      }
      this.entrance = { expected, settle }
      if (!this.child) settle({ message: 'The bot\'s process ended before it could join.' })
      else if (!this.child.send(message)) settle({ message: 'The bot\'s process could not be told to join.' })
    }))
  }

  /**
   * The connection of its process is gone, and the process with it.
   * @param {string} reason
   * @param {boolean} kicked
   */
  lost (reason, kicked) {
    if (!this.closed && this.child) this.faults.connectionLost(reason, kicked)
    this.child?.kill(reason, 'disconnected')
  }

  /** @param {string} reason */
  kill (reason) {
    this.child?.kill(reason)
  }

  /**
   * @param {BotChild} child
   * @param {import('./bot_child').End} end
   */
  gone (child, end) {
    if (child !== this.child) return
    this.child = null
    if (!this.closed) this.faults.processEnded(end, this.run !== null, child.lastWords)
    this.entrance?.settle({ message: `The bot's process ended while joining (${end.reason}). ${child.lastWords}` })
    this.questions.fail(`The bot's process ended (${end.reason}).`)
    this.endRun(run => run.processEnded(end))
  }

  /** @param {(run: ProgramWatch) => void} end */
  endRun (end) {
    const { run } = this
    this.run = null
    this.news.programEnded()
    if (run) end(run)
  }

  // ---- what it says

  /**
   * @param {any} message that has been checked
   * @param {number} bytes
   */
  receive (message, bytes) {
    const { type, id } = message
    if (type === 'pong') return
    if (type === 'state') return this.news.state(message.state)
    if (type === 'died') return this.tell({ type, death: message.death })
    if (type === 'reflex') this.tell({ type, act: message.act })
    if (type === 'reflex' && id === undefined) return
    if (type === 'disconnected') return this.lost(message.reason, message.kicked)
    if (type === 'join_failed' || type === 'joined' || type === 'opened') return this.receiveEntrance(message)
    if (id > this.lastId) return this.breach(`it spoke of something that it was not asked: ${type}`)
    if (type === 'answer') return this.questions.answered(message)
    const { run } = this
    // What a program has left behind may still speak of it, but it ends only once.
    if (run === null || run.id !== id) {
      if (type === 'ended') this.breach('it ended a program that had ended')
    } else if (type === 'started' && run.seen.started) this.breach('it started a program twice')
    else if (type === 'ended') this.endRun(run => run.receive(message, bytes))
    else run.receive(message, bytes)
  }

  /** @param {any} message */
  receiveEntrance (message) {
    const { entrance } = this
    const fits = entrance && (message.type === 'join_failed' || message.type === entrance.expected)
    if (fits) entrance.settle(message)
    else this.breach(`it was not joining and said: ${message.type}`)
  }

  /** @param {string} reason */
  breach (reason) {
    this.kill(`it broke the rules of the channel: ${reason}`)
  }

  /**
   * @param {'observe' | 'game_data' | 'operate'} type
   * @param {object} [content]
   * @returns {Promise<any>}
   */
  ask (type, content = {}) {
    return this.questions.ask(this.child, { type, id: ++this.lastId, ...content })
  }

  // ---- a program

  /**
   * @param {object} script
   * @param {number} deadlineSeconds
   * @param {(text: string) => void} progress
   * @returns {Promise<any>} the execution; `after` is null when the bot has to be brought back first
   */
  runProgram (script, deadlineSeconds, progress) {
    const id = ++this.lastId
    const child = /** @type {BotChild} */ (this.child)
    child.renew()
    const run = this.run = new ProgramWatch({
      id,
      child,
      before: this.lastObservation,
      progress,
      onStep: step => this.news.step(step),
      worldSeconds: milliseconds => this.worldSeconds(milliseconds),
      onDoubt: () => this.spare.prepare()
    })
    const sent = child.send({ type: 'execute', id, script, deadline_seconds: deadlineSeconds })
    if (!sent) child.kill('it could not be told to run the program, which may be too long')
    this.startDeadline(run, deadlineSeconds)
    if (this.interrupted !== null) run.cancel(this.interrupted)
    return run.ended
  }

  /**
   * @param {ProgramWatch} run
   * @param {number} seconds in the world's time
   */
  startDeadline (run, seconds) {
    run.cancelAfter(seconds * 1000 / this.settings.world_rate, `the deadline of ${seconds} s has passed`)
  }

  /** @param {number} milliseconds of the machine's time */
  worldSeconds (milliseconds) {
    return milliseconds / 1000 * this.settings.world_rate
  }
}

module.exports = { Supervisor }
