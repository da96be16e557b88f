'use strict'
/**
 * The trusted side of one bot: starts its process, keeps its deadlines, kills it when it hangs, and brings it back.
 *
 * Nothing the bot's process says is believed beyond its own run: messages are data, passed on as data.
 */

const { startBotProcess } = require('./launch')

/** A cancelled program gets half a second in the bot's process, its primitives as much, and then the world is observed. */
const CANCEL_MILLISECONDS = 2000
/** A process that does not even answer in this time will not do all that. */
const CANCEL_ANSWER_MILLISECONDS = 700
/** A process whose event loop stands still for so long is taken for an endless loop. */
const HANG_MILLISECONDS = 8000
const PING_MILLISECONDS = 1000
const ANSWER_MILLISECONDS = 8000
const JOINS_AFTER_KILL = 3
const LOG_LINES = 40
/** What a process says when it is ready. */
const READY = ['joined', 'opened']

/** An error for the other side, with a code it can tell apart. */
class BotError extends Error {
  /**
   * @param {string} code
   * @param {string} message
   */
  constructor (code, message) {
    super(message)
    this.code = code
  }
}

class Supervisor {
  /**
   * @param {any} settings as sent with `join`
   * @param {(event: object) => void} emit
   */
  constructor (settings, emit) {
    this.settings = { ...settings, chests: [] }
    this.emit = emit
    /** @type {import('node:child_process').ChildProcess | null} */ this.child = null
    /** @type {string[]} */ this.log = []
    /** @type {Map<number, (message: any) => void>} */ this.waiting = new Map()
    /** @type {any} */ this.run = null
    /** @type {any} */ this.lastObservation = null
    this.heard = 0
    this.nextId = 1
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
      this.kill()
      await this.ensureJoined(JOINS_AFTER_KILL)
      this.lastObservation = await this.ask('observe')
    }
    this.settings.chests = this.lastObservation.chests
    return this.lastObservation
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
    const ended = await this.runProgram(script, deadlineSeconds, progress)
    if (ended.stuck) this.kill()
    if (ended.after === null) ended.after = await this.observeAgain()
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
    const run = this.run
    if (!run || run.cancelled) return
    run.cancelled = reason
    const cancelled = performance.now()
    this.child?.send({ type: 'cancel', id: run.id, reason }, () => {})
    this.child?.send({ type: 'ping' }, () => {})
    run.killTimer = setTimeout(() => {
      if (this.heard < cancelled) return this.kill()
      run.killTimer = setTimeout(() => this.kill(), CANCEL_MILLISECONDS - CANCEL_ANSWER_MILLISECONDS)
    }, CANCEL_ANSWER_MILLISECONDS)
  }

  close () {
    this.closed = true
    this.kill()
  }

  /** The bot is not wanted any more. */
  leave () {
    this.close()
  }

  // ---- the process

  /** @param {number} attempts how often to try */
  async ensureJoined (attempts = 1) {
    if (this.closed) throw new BotError('closed', 'The bot has left.')
    while (!this.child) {
      attempts--
      try {
        await this.start()
      } catch (error) {
        this.kill()
        if (attempts <= 0) throw error
      }
    }
  }

  start () {
    this.spawn()
    return this.enter({ type: 'join', settings: this.settings })
  }

  spawn () {
    const child = this.child = startBotProcess(this.settings)
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', text => this.keepLog(String(text)))
    child.on('message', message => { if (child === this.child) this.receive(message) })
    child.on('error', error => this.gone(child, `it could not be started: ${error.message}`))
    child.on('exit', (code, signal) => this.gone(child, signal ? `signal ${signal}` : `exit code ${code}`))
  }

  /**
   * Sends the process a message that it answers when it is ready for others.
   * @param {object} message
   */
  enter (message) {
    return /** @type {Promise<void>} */ (new Promise((resolve, reject) => {
      const { host, port, join_timeout_seconds: seconds } = this.settings
      const timer = setTimeout(() => reject(new BotError('unreachable',
        `The server at ${host}:${port} did not let the bot in within ${seconds} s.`)), seconds * 1000)
      const settle = (/** @type {any} */ message) => {
        clearTimeout(timer)
        this.onJoin = null
        if (message.type === 'joined') this.settings.version = message.version
        if (READY.includes(message.type)) resolve()
        else reject(new BotError(String(message.code), String(message.message)))
      }
      this.onJoin = settle
      this.child?.send(message, () => {})
    }))
  }

  /** @param {string} text */
  keepLog (text) {
    const lines = text.slice(0, 4000).split('\n').filter(line => line.trim())
    this.log.push(...lines)
    this.log.splice(0, this.log.length - LOG_LINES)
    for (const line of lines) this.emit({ type: 'log', text: line.slice(0, 500) })
  }

  kill () {
    const child = this.child
    if (!child) return
    child.kill('SIGKILL')
    this.gone(child, 'killed')
  }

  /**
   * @param {import('node:child_process').ChildProcess} child
   * @param {string} how
   */
  gone (child, how) {
    if (child !== this.child) return
    this.child = null
    const said = this.log.slice(-3).join(' | ').slice(0, 300)
    this.onJoin?.({ code: 'internal', message: `The bot's process ended while joining (${how}). ${said}` })
    const error = { code: 'internal', message: `The bot's process ended (${how}).` }
    for (const settle of this.waiting.values()) settle({ error })
    this.waiting.clear()
    this.run?.processEnded(how)
  }

  /** @param {any} message */
  receive (message) {
    if (message === null || typeof message !== 'object') return
    this.heard = performance.now()
    if (message.type === 'join_failed' || READY.includes(message.type)) this.onJoin?.(message)
    else if (message.type === 'answer') this.waiting.get(message.id)?.(message)
    else if (message.type === 'disconnected' && this.child) this.gone(this.child, `disconnected: ${message.reason}`)
    else if (this.run && message.id === this.run.id) this.run.receive(message)
  }

  /**
   * @param {'observe' | 'game_data' | 'operate'} type
   * @param {object} [content]
   * @returns {Promise<any>}
   */
  ask (type, content = {}) {
    const id = this.nextId++
    return new Promise((resolve, reject) => {
      const settle = (/** @type {any} */ message) => {
        clearTimeout(timer)
        this.waiting.delete(id)
        if (message.error) reject(new BotError(String(message.error.code), String(message.error.message)))
        else resolve(message.value)
      }
      const silence = { code: 'internal', message: 'The bot did not answer.' }
      const timer = setTimeout(() => settle({ error: silence }), ANSWER_MILLISECONDS)
      this.waiting.set(id, settle)
      this.child?.send({ type, id, ...content }, error => error && settle({ error: { code: 'internal', message: error.message } }))
    })
  }

  // ---- a program

  /**
   * @param {object} script
   * @param {number} deadlineSeconds
   * @param {(text: string) => void} progress
   * @returns {Promise<any>} the execution; `after` is null when the bot has to be brought back first
   */
  runProgram (script, deadlineSeconds, progress) {
    return new Promise(resolve => {
      const started = this.heard = performance.now()
      const seen = new Seen(this.lastObservation, progress)
      const deadlineTimer = this.startDeadline(deadlineSeconds)
      const pingTimer = setInterval(() => this.checkLife(), PING_MILLISECONDS)
      const finish = (/** @type {any} */ ending) => {
        clearTimeout(deadlineTimer)
        clearInterval(pingTimer)
        clearTimeout(this.run.killTimer)
        this.run = null
        resolve({ ...seen.soFar(), seconds: this.worldSeconds(performance.now() - started), ...ending })
      }
      const id = this.nextId++
      this.run = {
        id,
        receive: (/** @type {any} */ message) => message.type === 'ended' ? finish(endingOf(message)) : seen.add(message),
        processEnded: (/** @type {string} */ how) => finish(this.endingWithoutProcess(how))
      }
      this.child?.send({ type: 'execute', id, script, deadline_seconds: deadlineSeconds }, () => {})
      if (this.interrupted !== null) this.cancel(this.interrupted)
    })
  }

  /**
   * @param {number} seconds in the world's time
   * @returns {NodeJS.Timeout | undefined}
   */
  startDeadline (seconds) {
    return setTimeout(() => this.cancel(`the deadline of ${seconds} s has passed`), seconds * 1000 / this.settings.world_rate)
  }

  /** @param {number} milliseconds of the machine's time */
  worldSeconds (milliseconds) {
    return milliseconds / 1000 * this.settings.world_rate
  }

  /** A process that answers no ping has a program that never lets go of it. */
  checkLife () {
    const silent = performance.now() - this.heard > HANG_MILLISECONDS
    if (silent && !this.run.cancelled) {
      this.run.hung = true
      this.kill()
    } else this.child?.send({ type: 'ping' }, () => {})
  }

  /** @param {string} how */
  endingWithoutProcess (how) {
    const { cancelled, hung } = this.run
    const ending = { result: null, after: null, stuck: false }
    const fault = (/** @type {string} */ code, /** @type {string} */ message) =>
      ({ name: 'ProgramKilled', message, code, module: null, line: null })
    if (cancelled) {
      return { ...ending, outcome: 'timed_out', error: fault('timeout', `${cancelled}, and the program did not end by itself`) }
    }
    if (how.startsWith('disconnected')) return { ...ending, outcome: 'disconnected', error: fault('disconnected', how) }
    const message = hung
      ? `the program kept the bot from doing anything for ${HANG_MILLISECONDS / 1000} s (an endless loop?)`
      : `the program ended the bot's process (${how}; too much memory?)`
    return { ...ending, outcome: 'killed', error: fault('killed', message) }
  }
}

/** What a program has done so far, kept here because its process may be killed. */
class Seen {
  /**
   * @param {any} before
   * @param {(text: string) => void} progress
   */
  constructor (before, progress) {
    this.before = before
    this.progress = progress
    /** @type {any[]} */ this.calls = []
    /** @type {any[]} */ this.events = []
    /** @type {string[]} */ this.chat = []
  }

  /** @param {any} message */
  add (message) {
    if (message.type === 'started') this.before = message.before
    else if (message.type === 'call') this.calls.push(message.call)
    else if (message.type === 'event') this.events.push(message.event)
    else if (message.type === 'chat') this.chat.push(String(message.text))
    else if (message.type === 'progress') this.progress(String(message.text))
  }

  soFar () {
    const { before, calls, events, chat } = this
    return { before, calls, events, chat }
  }
}

/** @param {any} message */
function endingOf ({ outcome, result, error, after, stuck, seconds }) {
  const ending = {
    outcome: String(outcome), result: result ?? null, error: error ?? null, stuck: Boolean(stuck), ...(seconds === undefined ? {} : { seconds: Number(seconds) })
  }
  return { ...ending, after: ending.stuck || !after ? null : after }
}

module.exports = { BotError, Supervisor }
