'use strict'
/**
 * What a bot's process prints: its last lines are kept, some are passed on, and the rest is only counted.
 *
 * A program that makes its process print without end costs neither memory nor the log. Characters that move a terminal's cursor or
 * change the order of a text are taken out.
 */

const { StringDecoder } = require('node:string_decoder')
const { plainLine } = require('../channel/plain_text')

const KEPT_LINES = 40
const LINE_CHARACTERS = 500
const LINES_PER_SECOND = 20
const PASSED_CHARACTERS = 100_000
const SECOND = 1000
/** Of a piece that will not be passed on, only the end is looked at. */
const LOOKED_AT_BYTES = 4000
const NEW_LINE = 10

class ChildLog {
  /** @param {(line: string) => void} pass */
  constructor (pass) {
    this.pass = pass
    /** @type {string[]} */ this.lines = []
    this.secondStarted = -Infinity
    this.inThisSecond = 0
    this.passedCharacters = 0
    this.leftOut = { lines: 0, bytes: 0 }
  }

  /** @param {import('node:stream').Readable | null} stream */
  follow (stream) {
    const decoder = new StringDecoder('utf8')
    let unfinished = ''
    stream?.on('data', (/** @type {Buffer} */ chunk) => {
      const chatter = this.#full() && chunk.length > LOOKED_AT_BYTES
      if (chatter) this.#count(chunk.subarray(0, -LOOKED_AT_BYTES))
      const lines = (unfinished + decoder.write(chatter ? chunk.subarray(-LOOKED_AT_BYTES) : chunk)).split('\n')
      unfinished = (lines.pop() ?? '').slice(0, LOOKED_AT_BYTES)
      for (const line of lines) this.#add(line)
    })
    stream?.on('end', () => {
      this.#add(unfinished)
      this.tellLeftOut()
    })
    stream?.on('error', () => {})
  }

  /** A new run begins, with the whole measure of what may be passed on. */
  renew () {
    this.tellLeftOut()
    this.passedCharacters = 0
  }

  /** One line for all that was not passed on. */
  tellLeftOut () {
    const { lines, bytes } = this.leftOut
    this.leftOut = { lines: 0, bytes: 0 }
    if (bytes > 0) this.pass(`(${lines} more lines of ${bytes} bytes in all were left out)`)
  }

  /** @param {number} lines the last ones, as one text */
  last (lines) {
    return this.lines.slice(-lines).join(' | ')
  }

  #full () {
    if (this.passedCharacters >= PASSED_CHARACTERS) return true
    if (performance.now() - this.secondStarted >= SECOND) {
      this.secondStarted = performance.now()
      this.inThisSecond = 0
    }
    return this.inThisSecond >= LINES_PER_SECOND
  }

  #count (/** @type {Buffer} */ bytes) {
    this.leftOut.bytes += bytes.length
    for (let at = bytes.indexOf(NEW_LINE); at !== -1; at = bytes.indexOf(NEW_LINE, at + 1)) this.leftOut.lines++
  }

  #add (/** @type {string} */ printed) {
    const line = plainLine(printed.slice(0, LINE_CHARACTERS)).trim()
    if (!line) return
    this.lines.push(line)
    if (this.lines.length > KEPT_LINES) this.lines.shift()
    if (this.#full()) {
      this.leftOut.lines++
      this.leftOut.bytes += printed.length + 1
      return
    }
    this.inThisSecond++
    this.passedCharacters += line.length
    this.pass(line)
  }
}

module.exports = { ChildLog }
