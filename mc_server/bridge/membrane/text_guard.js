'use strict'
/**
 * Looks over every text that a program lets the bot send, so that none of them can become a command of the server.
 *
 * What a player writes comes out as a chat line, a private message, a sign or the name of an item. Books, command blocks and
 * completions are not offered to programs at all (`views/allowed.js`).
 */

const { ProgramFault } = require('../program/errors')

/** The shortest limit of any version: a longer text is cut in pieces, and a piece could begin with a slash. */
const MAXIMUM_CHAT_LENGTH = 100
const MAXIMUM_SIGN_LINES = 4
const MAXIMUM_SIGN_LINE_LENGTH = 45
const MAXIMUM_NAME_LENGTH = 35
/** A slash with nothing before it that a reader would see. */
const COMMAND = /^[\s\p{C}\p{Z}]*\//u
/** Control characters, lone halves of a pair, and the sign that begins a colour: a server may cut the text there or end the connection. */
const UNSENDABLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u00a7]/u
const PLAYER_NAME = /^\w{1,16}$/
/** What servers of some versions read as text with actions attached. */
const MARKUP = /^\s*[[{"]/

/** @param {string} message */
const refuse = message => { throw new ProgramFault('invalid_argument', message) }

/**
 * @param {any} text
 * @param {string} what
 * @param {number} maximumLength
 */
function checkLine (text, what, maximumLength) {
  if (typeof text !== 'string' || text.length > maximumLength) refuse(`${what} takes a text of at most ${maximumLength} characters`)
  if (COMMAND.test(text)) refuse(`commands (a leading slash) are refused in ${what}`)
  if (UNSENDABLE.test(text)) refuse(`${what} takes no line breaks, control characters or section signs`)
}

/** @type {Record<string, (...args: any[]) => void>} */
const CHECKS = {
  chat: text => checkLine(text, 'chat', MAXIMUM_CHAT_LENGTH),
  whisper: (name, text) => {
    if (typeof name !== 'string' || !PLAYER_NAME.test(name)) refuse('whisper takes the name of a player')
    checkLine(text, 'whisper', MAXIMUM_CHAT_LENGTH)
  },
  updateSign: (_, text) => {
    if (typeof text !== 'string') refuse('updateSign takes a block and a text')
    const lines = text.split('\n')
    if (lines.length > MAXIMUM_SIGN_LINES) refuse(`a sign has ${MAXIMUM_SIGN_LINES} lines`)
    for (const line of lines) {
      checkLine(line, 'updateSign', MAXIMUM_SIGN_LINE_LENGTH)
      if (MARKUP.test(line)) refuse('a line of a sign begins with no bracket, brace or quotation mark')
    }
  },
  rename: (_, name) => {
    checkLine(name, 'rename', MAXIMUM_NAME_LENGTH)
    if (MARKUP.test(name)) refuse('a name begins with no bracket, brace or quotation mark')
  },
  combine: (_, __, name) => { if (name !== undefined && name !== null) CHECKS.rename(null, name) }
}

/**
 * @param {string} method of the bot, or of a window
 * @param {any[]} args what it will be called with, copied
 * @throws {ProgramFault} when a text among them is not to be sent
 */
function checkTexts (method, args) {
  if (Object.hasOwn(CHECKS, method)) CHECKS[method](...args)
}

module.exports = { checkTexts }
