'use strict'
/**
 * What broke of a bot, where that was no program's doing: told once when it breaks and once when the bot stands in the world again.
 *
 * Not covered: putting it right (`supervisor.js`).
 */

const { ABORTED } = require('./program_watch')

const NO_ANSWER = 'it did not answer'
const OUT_OF_MEMORY = 'it took too much memory'

/** The tool that gives a process its namespaces, when that process was killed and the tool fails at dying of the same signal. */
const KILLED_UNDER_UNSHARE = /^unshare: sigprocmask/

class Faults {
  /** @param {(event: object) => void} tell */
  constructor (tell) {
    this.tell = tell
    /** Whether the bot ever stood in the world: before that nothing is lost. */
    this.stood = false
    this.lasts = false
  }

  /**
   * The bot's process has ended.
   * @param {import('./bot_child').End} end
   * @param {boolean} running whether a program ran
   * @param {string} lastWords what it printed last
   */
  processEnded ({ how, reason, stopped }, running, lastWords) {
    if (how === 'exited' && !(running && ABORTED.includes(reason))) {
      const killed = KILLED_UNDER_UNSHARE.test(lastWords)
      this.#begin('bot', 'ended', killed ? "The bot's process ended (a signal)." : `The bot's process ended (${reason}). ${lastWords}`.trim())
    } else if (how === 'killed' && (stopped || reason === NO_ANSWER)) {
      this.#begin('bot', 'froze', `The bot's process was ${stopped ? 'stopped from outside' : 'silent'} and was ended: ${reason}.`)
    } else if (how === 'killed' && !running && reason.startsWith(OUT_OF_MEMORY)) {
      this.#begin('bot', 'ended', `The bot's process was ended between programs: ${reason}.`)
    }
  }

  /**
   * @param {string} reason
   * @param {boolean} kicked
   */
  connectionLost (reason, kicked) {
    const said = kicked ? 'The server has thrown the bot out' : 'The connection to the server was lost'
    this.#begin('server', kicked ? 'kicked' : 'unreachable', `${said}: ${reason}.`.replace(/\.+$/, '.'))
  }

  /** The bot stands in the world. */
  joined () {
    if (this.lasts) this.tell({ type: 'fault_over', how: 'The bot has joined again.' })
    this.stood = true
    this.lasts = false
  }

  /**
   * @param {string} part
   * @param {string} kind
   * @param {string} cause
   */
  #begin (part, kind, cause) {
    if (!this.stood || this.lasts) return
    this.lasts = true
    this.tell({ type: 'fault', part, kind, cause })
  }
}

module.exports = { Faults, NO_ANSWER, OUT_OF_MEMORY }
