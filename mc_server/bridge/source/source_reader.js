'use strict'
/** What the host is asked of sources: answered by a thread of its own within a time limit, so that no source can keep the host. */

const path = require('node:path')
const { Worker } = require('node:worker_threads')
const { BotError } = require('../host/bot_error')
const { TOO_COMPLICATED, shapeless, tooComplicated } = require('./no_facts')

const THREAD = path.join(__dirname, 'source_thread.js')
const LIMIT_MILLISECONDS = 2000
/** Until the thread has loaded, on a machine that has much else to do. */
const FIRST_LIMIT_MILLISECONDS = 15_000
const MEMORY_MEGABYTES = 256

class SourceReader {
  /** @param {number} [limitMilliseconds] for one source */
  constructor (limitMilliseconds = LIMIT_MILLISECONDS) {
    this.limitMilliseconds = limitMilliseconds
    /** @type {Worker | null} */ this.thread = null
    this.isLoaded = false
    this.lastId = 0
    /** @type {Map<number, {resolve: (value: any) => void, reject: (error: Error) => void, timer: NodeJS.Timeout}>} */ this.waiting = new Map()
  }

  /**
   * @param {string} source of a program
   * @returns {Promise<any>} its facts; of one that takes too long that it does
   */
  async read (source) {
    try {
      return await this.ask({ type: 'facts', source })
    } catch (/** @type {any} */ error) {
      if (error.code === 'timeout') return tooComplicated()
      throw error
    }
  }

  /**
   * @param {string} source of a program
   * @param {string} entry the function in it that is called
   * @param {string[]} constants parameters of that which are read as their defaults
   * @returns {Promise<any>} its shape; of one that takes too long that it does
   */
  async shape (source, entry, constants) {
    try {
      return await this.ask({ type: 'shape', source, entry, constants })
    } catch (/** @type {any} */ error) {
      if (error.code === 'timeout') return shapeless(TOO_COMPLICATED)
      throw error
    }
  }

  /** @returns {Promise<any>} what there is of the bot for a program */
  describe () {
    return this.ask({ type: 'bot' })
  }

  /** @param {import('./source_thread').Question} question */
  ask (question) {
    const thread = this.thread ??= this.start()
    const id = ++this.lastId
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.giveUp(thread, 'timeout', 'The source could not be read in time.'),
        this.isLoaded ? this.limitMilliseconds : FIRST_LIMIT_MILLISECONDS)
      this.waiting.set(id, { resolve, reject, timer })
      thread.postMessage({ id, question })
    })
  }

  start () {
    // The host's own options are about its pipe, which is not the thread's.
    const thread = new Worker(THREAD, { env: {}, execArgv: [], resourceLimits: { maxOldGenerationSizeMb: MEMORY_MEGABYTES } })
    this.isLoaded = false
    thread.on('message', message => this.answered(message))
    thread.on('error', error => this.giveUp(thread, 'internal', `The source could not be read: ${error.message}`))
    thread.on('exit', () => this.giveUp(thread, 'internal', 'The thread that reads sources has ended.'))
    // It alone does not keep the process: while it is asked something a timer does.
    thread.unref()
    return thread
  }

  /** @param {{id: number, value?: any, message?: string}} answer */
  answered ({ id, value, message }) {
    this.isLoaded = true
    const asked = this.waiting.get(id)
    if (!asked) return
    this.waiting.delete(id)
    clearTimeout(asked.timer)
    if (message === undefined) asked.resolve(value)
    else asked.reject(new BotError('internal', `The source could not be read: ${message}`))
  }

  /**
   * Gives up a thread and what it was asked; the next question starts another.
   * @param {Worker} thread
   * @param {string} code
   * @param {string} message
   */
  giveUp (thread, code, message) {
    if (thread !== this.thread) return
    this.thread = null
    const asked = [...this.waiting.values()]
    this.waiting.clear()
    for (const { reject, timer } of asked) {
      clearTimeout(timer)
      reject(new BotError(code, message))
    }
    thread.terminate()
  }
}

module.exports = { SourceReader }
