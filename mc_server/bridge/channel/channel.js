'use strict'
/**
 * One end of the connection between the host and a bot's process: messages as lines of JSON, over a stream that goes both ways.
 *
 * What comes in is bounded in length and copied out by its schema before anybody sees it. What does not fit is a fault: `onFault`
 * gets a sentence, and nothing is read any more. `onEnd` tells that the other end is gone. Not covered: what messages mean.
 */

const NEW_LINE = 10
/** A line shorter than this cannot stand for more than memory has room for. */
const UNSUSPICIOUS_BYTES = 100_000
const DEEPEST = 100
/** Of a message: what its lists and objects hold, all together. */
const MOST_PARTS = 500_000
/** The other side may be behind by so many of the longest messages before it counts as one that does not listen. */
const UNREAD_MESSAGES = 3

class Channel {
  /**
   * @param {import('node:stream').Duplex} stream
   * @param {{maximumBytes: number, schema: import('./messages').Schema}} options `maximumBytes` of one message
   */
  constructor (stream, { maximumBytes, schema }) {
    this.stream = stream
    this.maximumBytes = maximumBytes
    this.schema = schema
    /** @type {(message: any, bytes: number) => void} */ this.onMessage = () => {}
    /** @type {(reason: string) => void} */ this.onFault = () => {}
    /** @type {() => void} */ this.onEnd = () => {}
    this.closed = false
    /** Of a line whose end has not come. @type {Buffer[]} */ this.pieces = []
    this.bytes = 0
    stream.on('data', chunk => this.#take(chunk))
    for (const event of ['end', 'close', 'error']) stream.on(event, () => this.#end())
  }

  /**
   * @param {object} message
   * @param {() => void} [sent] is called when the system has it
   * @returns {boolean} whether it could be sent
   */
  send (message, sent) {
    if (this.closed || this.stream.destroyed) return false
    const line = Buffer.from(JSON.stringify(message) + '\n')
    if (line.length > this.maximumBytes) return false
    if (this.stream.writableLength > UNREAD_MESSAGES * this.maximumBytes) {
      this.#fault('it does not read what it is told')
      return false
    }
    this.stream.write(line, () => sent?.())
    return true
  }

  close () {
    this.closed = true
    this.pieces = []
    this.stream.destroy()
  }

  #take (/** @type {Buffer} */ chunk) {
    let start = 0
    for (let end = chunk.indexOf(NEW_LINE); end !== -1 && !this.closed; end = chunk.indexOf(NEW_LINE, start)) {
      this.#keep(chunk.subarray(start, end))
      start = end + 1
      if (!this.closed) this.#read()
    }
    if (!this.closed && start < chunk.length) this.#keep(chunk.subarray(start))
  }

  #keep (/** @type {Buffer} */ piece) {
    this.bytes += piece.length
    if (this.bytes > this.maximumBytes) this.#fault(`a message is longer than ${this.maximumBytes / 1e6} MB`)
    else this.pieces.push(piece)
  }

  #read () {
    const { pieces, bytes } = this
    this.pieces = []
    this.bytes = 0
    /** @type {any} */ let message
    try {
      const line = pieces.length === 1 ? pieces[0] : Buffer.concat(pieces)
      if (bytes > UNSUSPICIOUS_BYTES && unfolds(line)) return this.#fault('a message has too many parts')
      message = this.schema(JSON.parse(line.toString('utf8')))
    } catch (/** @type {any} */ error) {
      return this.#fault(error instanceof SyntaxError ? 'a message is no JSON' : String(error.message).slice(0, 300))
    }
    this.onMessage(message, bytes)
  }

  /** @param {string} reason */
  #fault (reason) {
    if (this.closed) return
    this.close()
    this.onFault(reason)
  }

  #end () {
    if (this.closed) return
    this.close()
    this.onEnd()
  }
}

const [QUOTE, BACKSLASH, COMMA, OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = Buffer.from('"\\,[]{}')

/**
 * Whether a line of JSON would take far more memory as a value than as text: `[` takes one byte here and thirty there.
 * @param {Buffer} line
 */
function unfolds (line) {
  let depth = 0
  let parts = 0
  for (let index = 0; index < line.length; index++) {
    switch (line[index]) {
      case QUOTE:
        index = endOfText(line, index)
        break
      case OPEN_LIST:
      case OPEN_OBJECT:
        parts++
        if (++depth > DEEPEST) return true
        break
      case CLOSE_LIST:
      case CLOSE_OBJECT:
        depth--
        break
      case COMMA:
        parts++
    }
    if (parts > MOST_PARTS) return true
  }
  return false
}

/**
 * @param {Buffer} line
 * @param {number} start of the text
 */
function endOfText (line, start) {
  let index = start + 1
  while (index < line.length && line[index] !== QUOTE) index += line[index] === BACKSLASH ? 2 : 1
  return index
}

module.exports = { Channel }
