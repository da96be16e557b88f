'use strict'
/**
 * The host's watch over one run of a program: its deadline, its cancellation, whether its process still answers, and how it ended.
 */

const { Seen } = require('./seen')

/**
 * After its first answer a process that was told to cancel gets this: for the program half a second, as much for its primitives, and
 * then it observes the world. On a machine that is busy it takes more.
 */
const CANCEL_MILLISECONDS = 1750
const SLOW_FACTOR = 2
/** A process that does not even answer in this time will not do all that; one that is slow by itself gets more. */
const ANSWER_MILLISECONDS = { least: 250, most: 1500 }
const USUAL_DELAYS = 8
/** A process that was silent for so long may have to be replaced. */
const DOUBT_MILLISECONDS = 50
const PING_MILLISECONDS = 1000
/**
 * A process whose event loop stands still for so long is taken for an endless loop. Counted in pings: while the host itself
 * stands still nothing is missed.
 */
const MISSED_PINGS = 8
/** How a process ends that has aborted, by its signal or as the tools around it tell. */
const ABORTED = ['signal SIGABRT', 'signal SIGTRAP', 'signal SIGILL', 'exit code 132', 'exit code 133', 'exit code 134']
const KILLED = ['signal SIGKILL', 'exit code 137']

class ProgramWatch {
  /**
   * @param {object} options
   * @param {number} options.id
   * @param {import('./bot_child').BotChild} options.child
   * @param {any} options.before what was last seen of the world
   * @param {(text: string) => void} options.progress
   * @param {(step: {module: string | null, line: number | null, text: string}) => void} options.onStep is told of each step of the trace
   * @param {(milliseconds: number) => number} options.worldSeconds how much of the world's time that was
   * @param {() => void} options.onDoubt is told when the process might have to be replaced
   */
  constructor ({ id, child, before, progress, onStep, worldSeconds, onDoubt }) {
    this.id = id
    this.child = child
    this.seen = new Seen(before, progress)
    this.onStep = onStep
    this.worldSeconds = worldSeconds
    this.onDoubt = onDoubt
    this.startedAt = performance.now()
    /** @type {string | null} */ this.cancelled = null
    /** @type {(ended: any) => void} */ this.resolve = () => {}
    /** Its execution; `after` is null when the bot has to be brought back first. @type {Promise<any>} */
    this.ended = new Promise(resolve => { this.resolve = resolve })
    this.missedPings = 0
    this.pingTimer = setInterval(() => this.checkLife(), PING_MILLISECONDS)
    child.ping()
  }

  /**
   * @param {number} milliseconds
   * @param {string} reason
   */
  cancelAfter (milliseconds, reason) {
    this.deadlineTimer = setTimeout(() => this.cancel(reason), milliseconds)
  }

  /** @param {string} reason */
  cancel (reason) {
    if (this.cancelled !== null) return
    this.cancelled = reason
    const { child } = this
    const at = performance.now()
    child.send({ type: 'cancel', id: this.id, reason })
    child.ping()
    const silent = () => child.heard < at
    const kill = () => child.kill('it did not end its program')
    const answerMilliseconds = this.#answerMilliseconds()
    this.doubtTimer = setTimeout(() => { if (silent()) this.onDoubt() }, DOUBT_MILLISECONDS)
    this.killTimer = setTimeout(() => {
      this.killTimer = setTimeout(kill, CANCEL_MILLISECONDS + SLOW_FACTOR * (answerMilliseconds - ANSWER_MILLISECONDS.least))
      // What has come while the host was busy is heard first.
      setImmediate(() => { if (silent()) kill() })
    }, answerMilliseconds)
  }

  /** A machine that is busy with other things makes all answers late. */
  #answerMilliseconds () {
    const { least, most } = ANSWER_MILLISECONDS
    return Math.min(most, Math.max(least, USUAL_DELAYS * Math.max(0, ...this.child.delays)))
  }

  /** A process that answers no ping has a program that never lets go of it. */
  checkLife () {
    const { child } = this
    this.missedPings = child.awaitsPong() ? this.missedPings + 1 : 0
    if (this.missedPings >= MISSED_PINGS && this.cancelled === null) {
      const seconds = MISSED_PINGS * PING_MILLISECONDS / 1000
      child.kill(`the program kept the bot from doing anything for ${seconds} s (an endless loop?)`)
    } else if (this.missedPings > 0) this.onDoubt()
    else child.ping()
  }

  /**
   * @param {any} message that has been checked
   * @param {number} bytes
   */
  receive (message, bytes) {
    if (message.type === 'trace') this.onStep(message.entry)
    if (message.type !== 'ended') return this.seen.add(message, bytes)
    const { outcome, result, error, stuck, seconds } = message
    const after = stuck ? null : message.after
    this.#finish({ outcome, result, error, stuck, after, seconds })
  }

  /** The process has ended without a word about the program. @param {import('./bot_child').End} end */
  processEnded (end) {
    const { outcome, code, message } = this.#withoutProcess(end)
    const error = { name: 'ProgramKilled', message, code, module: null, line: null }
    this.#finish({ outcome, result: null, error, stuck: false, after: null })
  }

  /** @param {import('./bot_child').End} end */
  #withoutProcess ({ how, reason }) {
    if (this.cancelled !== null) {
      return { outcome: 'timed_out', code: 'timeout', message: `${this.cancelled}, and the program did not end by itself` }
    }
    if (how === 'disconnected') return { outcome: how, code: how, message: `disconnected: ${reason}` }
    const message = how === 'killed' ? `the bot's process was killed: ${reason}` : describeExit(reason)
    return { outcome: 'killed', code: 'killed', message }
  }

  /** @param {{seconds?: number} & Record<string, any>} ending `seconds` when its process has a clock of its own */
  #finish (ending) {
    for (const timer of [this.deadlineTimer, this.doubtTimer, this.killTimer]) clearTimeout(timer)
    clearInterval(this.pingTimer)
    const seconds = ending.seconds ?? this.worldSeconds(performance.now() - this.startedAt)
    this.resolve({ ...this.seen.soFar(seconds), ...ending, seconds })
  }
}

/** @param {string} reason */
function describeExit (reason) {
  if (ABORTED.includes(reason)) return `the bot's process aborted, which it does when it has no memory left (${reason})`
  if (KILLED.includes(reason)) return `the bot's process was killed by the system or by another process (${reason}; too much memory?)`
  return `the bot's process ended while the program ran (${reason}): the program ended it, or it was killed from outside (too much memory?)`
}

module.exports = { ABORTED, ProgramWatch }
