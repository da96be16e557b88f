'use strict'
/**
 * A connection between a client and a server of the same process: two streams, with nothing of the system between them.
 *
 * What one end writes reaches the other in a later turn of the event loop, as on a network: who writes and then waits for the answer
 * must not get it before.
 */

const { Duplex, PassThrough } = require('node:stream')
const { EventEmitter } = require('node:events')
const { Client, Server, states } = /** @type {any} */ (require('minecraft-protocol'))
const nbt = /** @type {any} */ (require('prismarine-nbt'))

/** A client gets itself ready after it asked for the connection, and must be when the server's first word comes. */
const CONNECT_MILLISECONDS = 10

/** Each chunk is one packet. */
class MemorySocket extends Duplex {
  constructor () {
    super({ allowHalfOpen: false, objectMode: true })
    /** @type {MemorySocket | null} */
    this.other = null
    /** Written, and not yet on the way. @type {any[]} */
    this.outbox = []
  }

  /** @returns {[MemorySocket, MemorySocket]} two ends */
  static pair () {
    const one = new MemorySocket()
    const two = new MemorySocket()
    one.other = two
    two.other = one
    return [one, two]
  }

  _read () {}

  /**
   * @param {any} chunk
   * @param {string} _encoding
   * @param {() => void} done
   */
  _write (chunk, _encoding, done) {
    this.#post(chunk)
    done()
  }

  /** @param {() => void} done */
  _final (done) {
    this.#post(null)
    done()
  }

  /**
   * @param {Error | null} error
   * @param {(error: Error | null) => void} done
   */
  _destroy (error, done) {
    if (this.other && !this.other.destroyed) this.#post(null)
    done(error)
  }

  #post (/** @type {any} */ chunk) {
    this.outbox.push(chunk)
    if (this.outbox.length > 1) return
    setImmediate(() => {
      for (const each of this.outbox.splice(0)) if (this.other && !this.other.readableEnded && !this.other.destroyed) this.other.push(each)
    })
  }
}

/** Stands for the listening socket that flying-squid asks for its address. */
class MemoryListener extends EventEmitter {
  address () {
    return { address: 'memory', port: 0 }
  }

  close () {
    setImmediate(() => this.emit('close'))
  }
}

/** A Minecraft server without a port: clients come by `connect`. */
class MemoryServer extends Server {
  listen () {
    this.socketServer = new MemoryListener()
    this.socketServer.on('close', () => this.emit('close'))
    setImmediate(() => this.emit('listening'))
  }

  /** @returns {any} options of minecraft-protocol for a client that joins */
  clientOptions () {
    return {
      connect: (/** @type {any} */ client) => {
        leaveUnframed(client)
        client.setSocket(this.#connect())
      }
    }
  }

  #connect () {
    const [near, far] = MemorySocket.pair()
    const client = new Client(true, this.version, this.customPackets, this.hideErrors)
    const endConnection = client.end.bind(client)
    client.end = (/** @type {string} */ reason) => {
      if (client.state === states.PLAY) client.write('kick_disconnect', { reason: nbt.comp({ text: nbt.string(reason) }) })
      else if (client.state === states.LOGIN) client.write('disconnect', { reason: JSON.stringify({ text: reason }) })
      endConnection(reason)
    }
    leaveUnframed(client)
    leaveUncompressed(client)
    client.id = this.connections = (this.connections ?? 0) + 1
    this.clients[client.id] = client
    client.on('end', () => { delete this.clients[client.id] })
    client.setSocket(far)
    this.emit('connection', client)
    setTimeout(() => near.emit('connect'), CONNECT_MILLISECONDS)
    return near
  }
}

/**
 * Packets need no lengths in front of them to be told apart, and looking for the length of one that has not come is what costs most
 * in reading them.
 */
function leaveUnframed (/** @type {any} */ client) {
  client.splitter = new PassThrough({ objectMode: true })
  client.framer = new PassThrough({ objectMode: true })
  // Joins them to the rest.
  client.state = states.HANDSHAKING
}

/** Nothing is gained by compressing what never leaves the process. */
function leaveUncompressed (/** @type {any} */ client) {
  const write = client.write.bind(client)
  client.write = (/** @type {string} */ name, /** @type {any} */ data) => { if (name !== 'compress') write(name, data) }
  Object.defineProperty(client, 'compressionThreshold', { get: () => -2, set: () => {} })
}

module.exports = { MemoryServer, MemorySocket }
