'use strict'
/** Commands that say something: in the chat, over the middle of the screen, to one player. */

const { chatText, sendSystemChat } = require('../players/chat_text')
const { CommandError } = require('./words')
const { nameOf } = require('./bodies')

/** @typedef {import('.').Command} Command */
/** @typedef {import('.').Source} Source */

const SERVER = 'Server'

/** @returns {Record<string, Command>} */
function talkCommands (/** @type {any} */ game) {
  const toAll = (/** @type {any} */ text) => game.players.all().forEach((/** @type {any} */ player) => sendSystemChat(player, text))
  const speaker = (/** @type {Source} */ { player }) => player ? nameOf(player) : SERVER
  /** @type {Command} */
  const whisper = (words, source) => {
    const players = words.players()
    const message = words.remainder()
    for (const player of players) sendSystemChat(player, { translate: 'commands.message.display.incoming', with: [speaker(source), message] })
    return { translate: 'commands.message.display.outgoing', with: [nameOf(players[0]), message] }
  }
  return {
    say: (words, source) => toAll({ translate: 'chat.type.announcement', with: [speaker(source), words.remainder()] }),
    me: (words, source) => toAll({ translate: 'chat.type.emote', with: [speaker(source), words.remainder()] }),
    tell: whisper,
    msg: whisper,
    w: whisper,
    tellraw: words => {
      const players = words.players()
      const text = component(words.remainder())
      for (const player of players) sendSystemChat(player, text)
    },
    // PLAYERS title|subtitle|actionbar TEXT, times IN STAY OUT, clear, reset
    title: words => {
      const players = words.players()
      const [name, packet] = titlePacket(words)
      for (const player of players) player._client.write(name, packet)
    }
  }
}

/** @returns {[string, any]} */
function titlePacket (/** @type {import('./words').Words} */ words) {
  const kind = words.oneOf(['title', 'subtitle', 'actionbar', 'times', 'clear', 'reset'])
  if (kind === 'times') return ['set_title_time', { fadeIn: words.number(), stay: words.number(), fadeOut: words.number() }]
  if (kind === 'clear' || kind === 'reset') return ['clear_titles', { reset: kind === 'reset' }]
  const text = titleText(component(words.remainder()))
  if (kind === 'actionbar') return ['action_bar', { text }]
  return [kind === 'title' ? 'set_title_text' : 'set_title_subtitle', { text }]
}

/** Of a text alone the original sends nothing else, and Mineflayer reads it so. */
function titleText (/** @type {any} */ text) {
  const plain = typeof text === 'string' ? text : Object.keys(text).join() === 'text' ? text.text : null
  return plain === null ? chatText(text) : { type: 'string', name: '', value: plain }
}

/** A text as commands write it. */
function component (/** @type {string} */ json) {
  try {
    return JSON.parse(json)
  } catch (error) {
    throw new CommandError(`Invalid chat component: ${/** @type {Error} */ (error).message}`)
  }
}

module.exports = { talkCommands }
