'use strict'
/**
 * One run of a program in the bot's process: from the observation before it to the one after it.
 *
 * Ends when the program does, when it is cancelled, or when the bot dies or is disconnected; then everything the program held
 * is cut and the bot left clean. A program that blocks this process cannot be ended here: the host kills it.
 */

const { Vec3 } = require('vec3')
const { goals, Movements } = require('mineflayer-pathfinder')
const { Membrane } = require('./membrane')
const { PrimitiveCalls, recorded } = require('./primitives')
const { consoleFor, loadProgram } = require('./compartment')
const { describeError, ProgramFault } = require('./errors')
const { harden } = require('./lockdown')
const { cleanUp } = require('./cleanup')
const { observe } = require('./observation')
const { whenAlive } = require('./connection')
const { withTimeout } = require('./waiting')

/** How long a cancelled program may take to end by itself. */
const GRACE_MILLISECONDS = 500
const TICK_MILLISECONDS = 100
const MAXIMUM_LINES = 500
const MAXIMUM_RESULT_LENGTH = 100000
const MAXIMUM_LINE_LENGTH = 300

/** @typedef {{outcome: string, result?: any, error?: any}} Ending */

class ProgramRun {
  /**
   * @param {{session: any, script: any, send: (message: object) => void}} options `send` passes on what happens while
   *   it happens
   */
  constructor ({ session, script, send }) {
    this.session = session
    this.bot = session.bot
    this.script = script
    this.send = send
    this.lines = 0
    this.abort = new AbortController()
    /** @type {(ending: Ending) => void} */ this.end = () => {}
    /** @type {Promise<Ending>} */ this.ended = new Promise(resolve => { this.end = resolve })
    this.membrane = new Membrane({ bot: this.bot, sight: session.sight, onListenerError: error => this.fail(error) })
    const context = Object.freeze({
      bot: this.bot,
      registry: this.bot.registry,
      Vec3,
      pathfinder: { goals, Movements },
      sight: session.sight,
      signal: this.abort.signal,
      progress: (/** @type {string} */ text) => this.progress(text),
      worldSeconds: () => performance.now() / 1000
    })
    this.calls = new PrimitiveCalls({
      membrane: this.membrane, context, onCall: call => this.send({ type: 'call', call })
    })
  }

  /** @param {any} text */
  progress (text) {
    if (this.lines++ < MAXIMUM_LINES) this.send({ type: 'progress', text: String(text).slice(0, MAXIMUM_LINE_LENGTH) })
  }

  /** @param {any} error */
  fail (error) {
    this.end({ outcome: 'program_error', error: describeError(error) })
  }

  /** @param {string} reason */
  cancel (reason) {
    this.stop({ outcome: 'timed_out', error: describeError(new ProgramFault('cancelled', reason)) })
  }

  /**
   * Ask the program to end, and end without it when it does not.
   * @param {Ending} ending
   */
  stop (ending) {
    if (this.stopped) return
    this.stopped = ending
    this.abort.abort()
    this.graceTimer = setTimeout(() => this.end(ending), GRACE_MILLISECONDS)
  }

  /** @returns {Promise<object>} the last message about this run */
  async run () {
    const { bot, session } = this
    const died = () => this.stop({ outcome: 'died', error: describeError(new ProgramFault('died', 'the bot died')) })
    const disconnected = () => this.end({ outcome: 'disconnected', error: null })
    const chat = (/** @type {string} */ text) => this.send({ type: 'chat', text: String(text).slice(0, 1000) })
    bot.once('death', died)
    bot.once('end', disconnected)
    bot.on('messagestr', chat)
    session.events.onEvent = (/** @type {string} */ type, /** @type {object} */ data) => {
      this.send({ type: 'event', event: { type, data } })
    }
    session.onUnhandled = (/** @type {any} */ error) => this.fail(error)
    this.start()
    const ending = await this.ended
    const stuck = await this.cutOff()
    bot.removeListener('death', died)
    if (bot.isAlive === false) await whenAlive(bot)
    else if (this.calls.acted || this.membrane.acted) await this.settle()
    bot.removeListener('end', disconnected)
    bot.removeListener('messagestr', chat)
    session.events.onEvent = () => {}
    session.onUnhandled = null
    return { type: 'ended', result: null, error: null, ...ending, stuck, after: observe(session) }
  }

  start () {
    const finish = (/** @type {any} */ value) => this.end(this.stopped ?? { outcome: 'completed', result: recorded(value, MAXIMUM_RESULT_LENGTH) })
    const fail = (/** @type {any} */ error) => this.stopped ? this.end(this.stopped) : this.fail(error)
    try {
      const entry = loadProgram(this.script, this.endowments())
      const result = entry(...this.script.arguments.map(harden))
      if (typeof result?.then === 'function') Promise.resolve(result).then(finish, fail)
      else finish(result)
    } catch (error) {
      fail(error)
    }
  }

  endowments () {
    return {
      ...this.calls.endowments(this.session.primitives),
      bot: this.membrane.out(this.bot),
      registry: this.membrane.out(this.bot.registry),
      Vec3,
      console: consoleFor(text => this.progress(text))
    }
  }

  /**
   * Nothing of the program acts after this.
   * @returns {Promise<boolean>} whether a primitive is still at work and only the end of the process will stop it
   */
  async cutOff () {
    clearTimeout(this.graceTimer)
    this.abort.abort()
    this.membrane.dispose()
    this.calls.abandon()
    cleanUp(this.bot)
    if (this.calls.running.size > 0) {
      await withTimeout(new Promise(resolve => { this.calls.onIdle = () => resolve(undefined) }), GRACE_MILLISECONDS)
      cleanUp(this.bot)
    }
    return this.calls.running.size > 0
  }

  /** What the last action did reaches the client by the next tick, or with the server's answer. */
  async settle () {
    await withTimeout(new Promise(resolve => this.bot.once('physicsTick', resolve)), TICK_MILLISECONDS)
    await this.session.events.settled()
  }
}

module.exports = { ProgramRun }
