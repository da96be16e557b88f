'use strict'
/**
 * One process of a bot as the host sees it: what it says and prints, how much memory it takes, and its end.
 *
 * Its end is told once (`onGone`), in words, when everything it said before has been heard. Not covered: what is said
 * (`supervisor.js`), and how the process is confined (`launch.js`).
 */

const { Channel } = require('../channel/channel')
const { ChildLog } = require('./child_log')
const { openGameSocket } = require('./game_socket')
const { JoinError } = require('../bot/join_error')
const { startBotProcess } = require('../confinement/launch')
const { BOT_BYTES, SIMULATION_BYTES, fromBot, fromSimulation } = require('../channel/messages')
const { OUT_OF_MEMORY } = require('./faults')
const { BOT_MEGABYTES, SIMULATION_MEGABYTES, watchMemory } = require('./memory_watch')
const { isStopped } = require('./stopped_process')

/** Between the end of a process and the end of its channel, or the other way round. */
const END_MILLISECONDS = 1000
const SAID_LINES = 3
const SAID_CHARACTERS = 300
const UNKNOWN_VERSION = 'Neither a version nor what the server says of itself is known: name the version, or ask the server for it first.'
/** A process that says more than this between two things that it was told to do keeps the host from all else. */
const MAXIMUM_MESSAGES = 50_000
/** In bytes; the messages of a simulation hold its world. */
const MAXIMUM_SAID = { bot: 64_000_000, simulation: 512_000_000 }

/** @typedef {{how: 'exited' | 'killed' | 'disconnected', reason: string, stopped?: boolean}} End `killed`: by us, for the reason given;
 * `stopped`: it had been stopped from outside */

class BotChild {
  /**
   * @param {import('node:child_process').ChildProcess} child
   * @param {{simulated: boolean, hasGameSocket: boolean, onLog: (line: string) => void}} options
   */
  constructor (child, { simulated, hasGameSocket, onLog }) {
    this.child = child
    this.simulated = simulated
    this.hasGameSocket = hasGameSocket
    /** @type {(message: any, bytes: number) => void} */ this.onMessage = () => {}
    /** @type {(end: End) => void} */ this.onGone = () => {}
    /** When it last said anything. */
    this.heard = performance.now()
    this.pinged = 0
    /** How long the last answers to a ping took. @type {number[]} */
    this.delays = []
    this.said = { messages: 0, bytes: 0 }
    /** @type {End | null} */ this.end = null
    this.log = new ChildLog(onLog)
    this.log.follow(child.stdout)
    this.log.follow(child.stderr)
    this.#openChannel()
    child.on('error', error => this.#gone(`it could not be started: ${error.message}`))
    child.on('exit', (code, signal) => this.#exited(signal ? `signal ${signal}` : `exit code ${code}`))
    const limit = simulated ? SIMULATION_MEGABYTES : BOT_MEGABYTES
    this.endWatch = child.pid === undefined
      ? () => {}
      : watchMemory(child.pid, limit, used => this.kill(`${OUT_OF_MEMORY}: ${used} MB, of which ${limit} MB are allowed`))
  }

  /**
   * @param {any} settings as sent with `join`
   * @param {(line: string) => void} onLog
   * @returns {Promise<BotChild>}
   * @throws {JoinError} when there is no server to connect it to
   */
  static async start (settings, onLog) {
    const simulated = settings.world_rate === 'max'
    // To find the version out by itself a process would need a network, and programs would have it too.
    if (!simulated && !(settings.version ?? settings.server_version)) throw new JoinError('version', UNKNOWN_VERSION)
    const socket = await openGameSocket(settings)
    try {
      return new BotChild(startBotProcess(settings, socket), { simulated, hasGameSocket: socket !== null, onLog })
    } finally {
      // The process has its own hold on the connection now.
      socket?.destroy()
    }
  }

  /**
   * @param {object} message
   * @returns {boolean} whether it could be sent
   */
  send (message) {
    return this.channel?.send(message) ?? false
  }

  ping () {
    if (this.awaitsPong()) return
    this.pinged = performance.now()
    this.send({ type: 'ping' })
  }

  awaitsPong () {
    return this.pinged > this.heard
  }

  /** It is told to do something new: what it said before counts no more. */
  renew () {
    this.said = { messages: 0, bytes: 0 }
    this.log.renew()
  }

  /** Ends the process and all that it started, at once. @param {string} reason @param {End['how']} [how] */
  kill (reason, how = 'killed') {
    if (this.end) return
    const stopped = this.child.pid !== undefined && isStopped(this.child.pid)
    killGroup(this.child)
    this.#gone(reason, how, stopped)
  }

  #openChannel () {
    const stream = /** @type {import('node:stream').Duplex | undefined} */ (/** @type {any} */ (this.child.stdio[3]))
    if (!stream) return
    const channel = this.channel = new Channel(stream, this.simulated
      ? { maximumBytes: SIMULATION_BYTES, schema: fromSimulation }
      : { maximumBytes: BOT_BYTES, schema: fromBot })
    channel.onMessage = (message, bytes) => this.#receive(message, bytes)
    channel.onFault = reason => this.kill(`it broke the rules of the channel: ${reason}`)
    // The tool that gives it a namespace waits beside it and holds the channel too, so what closes its own end alone ends nothing
    // here: then it answers no ping.
    channel.onEnd = () => {
      if (this.exit) return this.#gone(this.exit)
      this.endTimer = setTimeout(() => this.kill('it closed its channel to the host'), END_MILLISECONDS)
    }
  }

  /** @param {any} message @param {number} bytes */
  #receive (message, bytes) {
    if (this.end) return
    const { said } = this
    said.messages++
    said.bytes += bytes
    if (said.messages > MAXIMUM_MESSAGES) return this.kill(`it sent more than ${MAXIMUM_MESSAGES} messages`)
    const most = this.simulated ? MAXIMUM_SAID.simulation : MAXIMUM_SAID.bot
    if (said.bytes > most) return this.kill(`it sent more than ${most / 1e6} MB`)
    // Nothing else shows that the process still comes round to what it is sent: an endless loop may well say something.
    if (message.type === 'pong' && this.awaitsPong()) {
      this.heard = performance.now()
      this.delays = [...this.delays.slice(-4), this.heard - this.pinged]
    }
    this.onMessage(message, bytes)
  }

  /** What it had said before it ended may still be on its way. @param {string} how */
  #exited (how) {
    this.exit = how
    clearTimeout(this.endTimer)
    if (!this.channel || this.channel.closed) return this.#gone(how)
    this.endTimer = setTimeout(() => this.#gone(how), END_MILLISECONDS)
  }

  /** @param {string} reason @param {End['how']} [how] @param {boolean} [stopped] */
  #gone (reason, how = 'exited', stopped = false) {
    if (this.end) return
    clearTimeout(this.endTimer)
    this.endWatch?.()
    this.channel?.close()
    // What is left of its group, when it ended by itself and something that it started did not.
    killGroup(this.child)
    this.end = { how, reason, stopped }
    this.onGone(this.end)
  }

  /** What it printed last. */
  get lastWords () {
    return this.log.last(SAID_LINES).slice(0, SAID_CHARACTERS)
  }
}

/**
 * The process leads a group of its own, in which the tools that confine it are as well.
 * @param {import('node:child_process').ChildProcess} child
 */
function killGroup (child) {
  if (child.pid === undefined) return
  try {
    if (process.platform !== 'win32') process.kill(-child.pid, 'SIGKILL')
  } catch {
    // The group is empty by now.
  }
  child.kill('SIGKILL')
}

module.exports = { BotChild }
