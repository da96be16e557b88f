'use strict'
/**
 * One run of a program in the bot's process: from the observation before it to the one after it.
 *
 * Ends when the program does, when it is cancelled, or when the bot dies or is disconnected; then everything the program held
 * is cut and the bot left clean (`cleanup.js`). A program that blocks this process cannot be ended here: the host kills it.
 *
 * A program has returned when nothing that it began is under way any more: a call that it did not await is its error, and so is
 * a rejection that nobody handled. Before the run is told to have ended the process has let go of all that came of it, so that
 * nothing of it is taken for the next program's.
 */

const { Vec3 } = require('vec3')
const { goals, Movements } = require('mineflayer-pathfinder')
const { Membrane } = require('../membrane/membrane')
const { PrimitiveCalls } = require('./primitives')
const { ProgramTimers } = require('./program_timers')
const { Trace, fullName, wordsFor } = require('./trace')
const { consoleFor, loadProgram } = require('./compartment')
const { currentCallSite, describeError, isOurs, notAwaited, placeOfError, ProgramFault } = require('./errors')
const { harden } = require('./lockdown')
const { closeStrayWindows, reelIn, rememberState, stopAll, tidyUp } = require('./cleanup')
const { circumstancesOf } = require('../bot/circumstances')
const { observe } = require('../bot/observation')
const { programGlobals } = require('../membrane/program_globals')
const { recordable } = require('./record_value')
const { SkillCalls } = require('./skill_calls')
const { whenAlive } = require('../bot/connection')
const { withTimeout } = require('../bot/waiting')

/** How long a cancelled program may take to end by itself. */
const GRACE_MILLISECONDS = 500
const TICK_MILLISECONDS = 100
const CHUNKS_MILLISECONDS = 5000
const MAXIMUM_LINES = 500
const MAXIMUM_CHAT_LINES = 500
/** Of more lines of the console it is not told where they were written, since finding that out takes time. */
const PLACED_LINES = 200
const MAXIMUM_RESULT_LENGTH = 100000
const MAXIMUM_LINE_LENGTH = 300
/** What only waits may be left waiting, as in a race with a time limit. */
const WAITS = /(^|\.)(waitFor\w*|awaitMessage)$/
/** What does nothing more by itself once the bot was stopped, however long its promise stays open. */
const PASSIVE = /(^|\.)(waitFor\w*|awaitMessage|consume|sleep|fish|placeBlock|placeEntity|open\w*|activate\w*|look\w*)$/

/** @typedef {{outcome: string, result?: any, error?: any}} Ending */

/** Buffers that a program leaves are given back late, and what the next one needs could be lacking: then the process is replaced. */
const holdsTooMuch = () => process.memoryUsage().arrayBuffers > 300_000_000
/** Runs of this process so far. */
let runs = 0

class ProgramRun {
  /**
   * @param {{session: any, script: any, send: (message: object) => void}} options `send` passes on what happens while
   *   it happens
   */
  constructor ({ session, script, send }) {
    this.session = session
    this.bot = session.bot
    this.number = ++runs
    this.script = { ...script, run: this.number }
    this.send = send
    this.lines = 0
    this.chatLines = 0
    this.abort = new AbortController()
    /** @type {Ending | null} */ this.stopped = null
    /** @type {(ending: Ending) => void} */ this.end = () => {}
    /** @type {Promise<Ending>} */ this.ended = new Promise(resolve => { this.end = resolve })
    /** Acts of the bot under way. @type {Set<{name: string}>} */ this.acts = new Set()
    this.onIdle = () => {}
    this.before = rememberState(this.bot)
    const worldSeconds = () => performance.now() / 1000
    this.trace = new Trace({ send: entry => this.send({ type: 'trace', entry }), worldSeconds })
    this.timers = new ProgramTimers({ onError: error => this.fail(error) })
    this.membrane = new Membrane({
      bot: this.bot,
      sight: session.sight,
      body: session.reflexes?.body,
      onListenerError: (/** @type {any} */ error) => this.fail(error),
      onAction: (/** @type {any} */ action) => this.act(action)
    })
    const context = Object.freeze({
      bot: this.bot,
      registry: this.bot.registry,
      Vec3,
      pathfinder: { goals, Movements },
      sight: session.sight,
      signal: this.abort.signal,
      body: session.reflexes?.body,
      progress: (/** @type {string} */ text) => this.progress(text),
      worldSeconds
    })
    this.calls = new PrimitiveCalls({
      membrane: this.membrane,
      context,
      onBegin: (name, args, site) => this.trace.add(`${name}(${args.map(wordsFor).join(', ')})`, site),
      onCall: call => this.send({ type: 'call', call })
    })
    this.calls.onIdle = () => this.onIdle()
    const show = (/** @type {any} */ value) => this.membrane.targetOf(value) === undefined ? value : this.membrane.shown(value)
    this.skillCalls = new SkillCalls({ look: () => circumstancesOf(session), show, worldSeconds, send })
  }

  // ---- what happens meanwhile

  /** @param {any} text */
  progress (text) {
    if (this.lines++ < MAXIMUM_LINES) this.send({ type: 'progress', text: String(text).slice(0, MAXIMUM_LINE_LENGTH) })
  }

  /** @param {string} text a line that the program itself wrote */
  print (text) {
    this.progress(text)
    this.trace.add(`console: ${text}`, this.lines <= PLACED_LINES ? currentCallSite() : '')
  }

  /** @param {string} text */
  heard (text) {
    if (this.chatLines++ < MAXIMUM_CHAT_LINES) this.send({ type: 'chat', text: String(text).slice(0, 1000) })
  }

  /** @param {{name: string, args: any[], site: string}} action that the bot begins for the program */
  act (action) {
    const traced = this.trace.action(action)
    const act = { name: action.name }
    this.acts.add(act)
    return (/** @type {any} */ error) => {
      this.acts.delete(act)
      if (this.membrane.live) traced(error)
      this.onIdle()
    }
  }

  /** @param {any} error of the program, which ends with it */
  fail (error) {
    this.end(this.stopped ?? { outcome: 'program_error', error: describeError(error) })
  }

  /** @param {any} error that nobody handled, of whatever this process does */
  unhandled (error) {
    const place = placeOfError(error)
    if (place ? place.run === this.number : !isOurs(error)) this.fail(error)
    else process.stderr.write(`unhandled rejection: ${String(error?.stack).slice(0, 2000)}\n`)
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

  // ---- its course

  /** @returns {Promise<object>} the last message about this run */
  async run () {
    const { bot, session } = this
    session.stopClosingWindows?.()
    session.reflexes?.begin(this.calls)
    const stopListening = this.listen()
    this.start()
    const ending = await this.ended
    await session.reflexes?.pause()
    const stuck = await this.cutOff()
    const hasDied = this.stopped?.outcome === 'died' || bot.isAlive === false
    if (hasDied && ending.outcome !== 'disconnected') ending.error = await this.comeBack(ending)
    else if (this.calls.acted || this.membrane.acted) await this.settle()
    await nextTurn()
    stopListening()
    session.stopClosingWindows = closeStrayWindows(bot)
    this.trace.tellLeftOut({ calls: this.calls.leftOut, 'calls of skills': this.skillCalls.leftOut, 'lines of progress': this.lines - MAXIMUM_LINES, 'lines of chat': this.chatLines - MAXIMUM_CHAT_LINES })
    this.trace.flush()
    session.reflexes?.end()
    return { type: 'ended', result: null, error: null, ...ending, stuck: stuck || holdsTooMuch(), after: observe(session) }
  }

  /** @returns {() => void} stops listening */
  listen () {
    const { bot, session } = this
    const died = () => this.stop({ outcome: 'died', error: describeError(new ProgramFault('died', 'the bot died')) })
    const disconnected = (/** @type {any} */ reason) => this.end({
      outcome: 'disconnected', error: describeError(new ProgramFault(session.kicked ? 'kicked' : 'disconnected', `disconnected: ${session.lostBecause ?? reason}`))
    })
    const heard = (/** @type {string} */ text) => this.heard(text)
    bot.once('death', died)
    bot.once('end', disconnected)
    bot.on('messagestr', heard)
    session.events.onProgramEvent = (/** @type {string} */ type, /** @type {object} */ data) => {
      session.reflexes?.noteEvent()
      this.send({ type: 'event', event: { type, data } })
    }
    session.onUnhandled = (/** @type {any} */ error) => this.unhandled(error)
    return () => {
      bot.removeListener('death', died)
      bot.removeListener('end', disconnected)
      bot.removeListener('messagestr', heard)
      session.events.onProgramEvent = null
      session.onUnhandled = null
    }
  }

  start () {
    const fail = (/** @type {any} */ error) => this.fail(error)
    try {
      const { skillCalls, script } = this
      const load = () => loadProgram(script, this.endowments(), (name, defined) => skillCalls.wrap(name, defined))
      const result = skillCalls.run(script.entry, script.arguments.map(harden), load)
      // A promise of our own: the program's could hand on what it is called with.
      if (typeof result === 'object') new Promise(resolve => { resolve(result) }).then(value => this.returned(value), fail)
      else this.returned(result)
    } catch (error) {
      fail(error)
    }
  }

  /** @param {any} value */
  async returned (value) {
    if (this.stopped) return this.end(this.stopped)
    const result = recordable(value, MAXIMUM_RESULT_LENGTH)
    // What failed in this turn is told before the next, and what has ended is not under way any more.
    await nextTurn()
    const acts = this.membrane.unfinished().filter(({ name }) => !WAITS.test(name))
    const open = [...this.calls.unfinished(), ...acts.map(({ name, site }) => ({ name: fullName(name), site }))]
    if (open.length > 0) return this.fail(notAwaited(open))
    this.end(this.stopped ?? { outcome: 'completed', result })
  }

  endowments () {
    return {
      ...programGlobals(this.membrane, this.bot),
      ...this.calls.endowments(this.session.primitives),
      ...this.timers.endowments(),
      console: consoleFor((/** @type {string} */ text) => this.print(text))
    }
  }

  // ---- its end

  /**
   * Nothing of the program acts after this.
   * @returns {Promise<boolean>} whether something is still at work and only the end of the process will stop it
   */
  async cutOff () {
    const { bot, before } = this
    clearTimeout(this.graceTimer)
    this.abort.abort()
    this.timers.dispose()
    this.membrane.dispose()
    this.calls.abandon()
    this.skillCalls.dispose()
    if ([...this.acts].some(({ name }) => name === 'fish')) reelIn(bot)
    stopAll(bot, before)
    if (this.isAtWork()) {
      await withTimeout(new Promise(resolve => {
        this.onIdle = () => { if (!this.isAtWork()) resolve(undefined) }
      }), GRACE_MILLISECONDS)
      // What began a moment later than it was stopped.
      stopAll(bot, before)
      await nextTurn()
    }
    const stuck = this.isAtWork()
    if (!stuck) await tidyUp(bot, before)
    return stuck
  }

  /** Whether a primitive, or an act of the bot that goes on by itself, is under way. */
  isAtWork () {
    return this.calls.running.size > 0 || [...this.acts].some(({ name }) => !PASSIVE.test(name))
  }

  /**
   * After a death the bot stands in the world again, and the cause is known.
   * @param {Ending} ending
   * @returns {Promise<any>} the error with the cause
   */
  async comeBack ({ outcome, error }) {
    const { bot, session } = this
    const cause = await session.events.causeOfDeath
    await whenAlive(bot)
    await withTimeout(bot.waitForChunksToLoad(), CHUNKS_MILLISECONDS)
    return outcome === 'died' ? { ...error, message: `the bot died: ${cause}` } : error
  }

  /** What the last action did reaches the client by the next tick, or with the server's answer. */
  async settle () {
    await withTimeout(new Promise(resolve => this.bot.once('physicsTick', resolve)), TICK_MILLISECONDS)
    await this.session.events.settled()
  }
}

/** All promises of this turn have gone on, and what they left unhandled was told. @returns {Promise<void>} */
const nextTurn = () => new Promise(resolve => setImmediate(resolve))

module.exports = { ProgramRun }
