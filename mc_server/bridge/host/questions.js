'use strict'
/** What the bot's process was asked and has not answered yet. Each question ends: by its answer, its time, or the process's end. */

const { BotError } = require('./bot_error')
const { ANSWERS } = require('../channel/messages')

const ANSWER_MILLISECONDS = 8000

class Questions {
  /** @param {(reason: string) => void} onBreach is told of an answer that is none */
  constructor (onBreach) {
    this.onBreach = onBreach
    /** @type {Map<number, (message: any) => void>} */ this.waiting = new Map()
  }

  /**
   * @param {import('./bot_child').BotChild | null} child
   * @param {{type: keyof typeof ANSWERS, id: number}} question with what else it needs
   * @returns {Promise<any>}
   * @throws {BotError}
   */
  ask (child, question) {
    const { type, id } = question
    return new Promise((resolve, reject) => {
      const fail = (/** @type {any} */ { code, message }) => reject(new BotError(code ?? 'internal', message))
      const settle = (/** @type {any} */ message) => {
        clearTimeout(timer)
        this.waiting.delete(id)
        if (message.error) return fail(message.error)
        try {
          resolve(ANSWERS[type](message.value ?? null))
        } catch (/** @type {any} */ error) {
          fail({ message: `The bot's process gave an answer that is none (${type}: ${error.message}).` })
          this.onBreach(`an answer to '${type}' is none: ${error.message}`)
        }
      }
      const timer = setTimeout(() => settle({ error: { message: 'The bot did not answer.' } }), ANSWER_MILLISECONDS)
      this.waiting.set(id, settle)
      child?.renew()
      if (!child?.send(question)) settle({ error: { message: 'The bot\'s process could not be asked.' } })
    })
  }

  /** @param {any} message the answer */
  answered (message) {
    this.waiting.get(message.id)?.(message)
  }

  /** @param {string} message why no question will be answered any more */
  fail (message) {
    for (const settle of this.waiting.values()) settle({ error: { code: 'internal', message } })
  }
}

module.exports = { Questions }
