'use strict'
/** What players say and command: heard at the next tick, as in the original game, in the order in which it came. */

const { sendSystemChat } = require('./chat_text')

class Chat {
  /** @param {any} game */
  constructor (game) {
    this.game = game
    /** @type {(() => void)[]} */
    this.waiting = []
  }

  say (/** @type {any} */ player, /** @type {string} */ text) {
    const line = { text: `<${player.username}> ${text}` }
    this.waiting.push(() => this.game.players.all().forEach((/** @type {any} */ each) => sendSystemChat(each, line)))
  }

  /** A command, without its slash. */
  command (/** @type {any} */ player, /** @type {string} */ text) {
    this.waiting.push(() => { if (!player.disconnected) this.game.commands.handle(player, text) })
  }

  tick () {
    for (const act of this.waiting.splice(0)) this.game.guard(act)
  }
}

module.exports = { Chat }
