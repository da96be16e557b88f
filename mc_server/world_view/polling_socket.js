'use strict'
/**
 * The server's end of a Socket.IO connection over HTTP long polling, as far as the viewer's page needs it: events to the
 * page. Engine.IO protocol 4, Socket.IO protocol 5. Not covered: events from the page, binary data, other transports.
 */

const { randomBytes } = require('node:crypto')

const SEPARATOR = '\x1e'
const PING_MILLISECONDS = 20000
const GONE_MILLISECONDS = 60000
const MOST_BYTES_AT_ONCE = 2000000

class PollingSocket {
  constructor () {
    this.id = randomBytes(12).toString('hex')
    /** @type {string[]} */
    this.queue = []
    /** @type {((text: string) => void) | null} */
    this.waiting = null
    this.connected = false
    this.heardAt = Date.now()
  }

  /** @returns {string} the first answer */
  greeting () {
    return '0' + JSON.stringify({ sid: this.id, upgrades: [], pingInterval: PING_MILLISECONDS, pingTimeout: PING_MILLISECONDS, maxPayload: 100000 })
  }

  get gone () {
    return Date.now() - this.heardAt > GONE_MILLISECONDS
  }

  /** Whether there is room: the page takes what is queued before more is made. */
  get idle () {
    return this.connected && this.queue.length === 0
  }

  /** @param {string} name @param {any} value */
  emit (name, value) {
    this.#send('42' + JSON.stringify([name, value]))
  }

  /** @param {string} body what the page posted @returns {boolean} whether the page has just connected */
  heard (body) {
    this.heardAt = Date.now()
    if (!body.split(SEPARATOR).includes('40') || this.connected) return false
    this.connected = true
    this.#send('40' + JSON.stringify({ sid: this.id }))
    return true
  }

  /** @returns {Promise<string>} what is queued, or a ping after a while */
  poll () {
    this.heardAt = Date.now()
    return new Promise(resolve => {
      const timer = setTimeout(() => this.#send('2'), PING_MILLISECONDS)
      this.waiting = text => {
        clearTimeout(timer)
        this.waiting = null
        resolve(text)
      }
      this.#flush()
    })
  }

  #send (/** @type {string} */ packet) {
    this.queue.push(packet)
    this.#flush()
  }

  #flush () {
    if (this.waiting === null || this.queue.length === 0) return
    const packets = []
    let bytes = 0
    while (this.queue.length > 0 && bytes < MOST_BYTES_AT_ONCE) {
      const packet = /** @type {string} */ (this.queue.shift())
      packets.push(packet)
      bytes += packet.length
    }
    this.waiting(packets.join(SEPARATOR))
  }
}

module.exports = { PollingSocket }
