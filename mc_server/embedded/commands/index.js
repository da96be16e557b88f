'use strict'
/**
 * Slash commands, for tests: refused unless the server was started with `--allow-test-operations`.
 *
 * Written and answered as in the original game as far as they go: what a command takes is said beside it. Whoever joins such
 * a server may use all of them. Not covered: command blocks, functions, most of `/execute`.
 */

const { sendSystemChat } = require('../players/chat_text')
const { CommandError, Words } = require('./words')
const { bodyCommands } = require('./bodies')
const { talkCommands } = require('./talk')
const { thingCommands } = require('./things')
const { worldCommands } = require('./world')

/**
 * @typedef {object} Source who gives a command, and where; a `player` of null is the server itself
 * @property {any} player
 * @property {{x: number, y: number, z: number}} position
 * @typedef {(words: Words, source: Source) => any} Command returns what is answered
 */

const REFUSAL = 'There are no commands in this world.'

class Commands {
  /** @param {any} game */
  constructor (game) {
    this.game = game
    /** @type {Record<string, Command>} */
    this.all = { ...bodyCommands(game), ...thingCommands(game), ...worldCommands(game), ...talkCommands(game), ...this.#own() }
  }

  /** @returns {Record<string, Command>} */
  #own () {
    return {
      // Everybody may do everything here.
      op: words => ({ translate: 'commands.op.success', with: [words.next()] }),
      deop: words => ({ translate: 'commands.deop.success', with: [words.next()] }),
      // Of its forms only the one that names the one dimension there is: `execute in overworld run ...`.
      execute: (words, source) => {
        for (const word of ['in', 'overworld', 'run']) words.expect(word)
        return this.#dispatch(words.next(), words, source)
      }
    }
  }

  /** A command of a player's chat, without its slash. */
  handle (/** @type {any} */ player, /** @type {string} */ text) {
    if (!this.game.options.allowTestOperations) return sendSystemChat(player, REFUSAL)
    const { x, y, z } = player.position
    const { answer, refused } = this.#attempt(text, { player, position: { x, y, z } })
    if (refused) sendSystemChat(player, { color: 'red', ...answer })
    else if (answer && this.game.rules.get('sendCommandFeedback')) sendSystemChat(player, answer)
  }

  /** A command of the server itself. @returns {any} what it answers */
  run (/** @type {string} */ text) {
    const { answer, refused } = this.#attempt(text, { player: null, position: this.game.spawnPoint })
    if (refused) throw new Error(answer.text)
    return answer ?? null
  }

  /** @returns {{answer: any, refused: boolean}} */
  #attempt (/** @type {string} */ text, /** @type {Source} */ source) {
    try {
      const words = new Words(this.game, text.replace(/^\//, ''), source)
      return { answer: this.#dispatch(words.next(), words, source), refused: false }
    } catch (error) {
      if (error instanceof CommandError || error instanceof RangeError) return { answer: { text: error.message }, refused: true }
      throw error
    }
  }

  #dispatch (/** @type {string} */ name, /** @type {Words} */ words, /** @type {Source} */ source) {
    const command = name.replace(/^minecraft:/, '')
    if (!Object.hasOwn(this.all, command)) throw new CommandError(`Unknown or incomplete command: ${name}`)
    return this.all[command](words, source)
  }

  /** What a client may complete its text with: nothing. */
  complete (/** @type {any} */ player, /** @type {{transactionId: number, text: string}} */ { transactionId, text }) {
    player._client.write('tab_complete', { transactionId, start: text.length, length: 0, matches: [] })
  }
}

module.exports = { Commands }
