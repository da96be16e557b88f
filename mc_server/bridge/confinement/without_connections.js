'use strict'
/**
 * Loaded first in a process that is handed its one connection: no socket of it can be connected or listen.
 *
 * A network of its own has nothing to reach, but sockets of the system that have a name in the file system can be reached from
 * every network, and Node's permissions do not look at them. Not covered: datagrams, which have no such names.
 */

const net = require('node:net')

/** As Node tells it where its own permissions refuse. @this {net.Socket | net.Server} */
function refuse () {
  const error = Object.assign(new Error('this process makes no connections'), { code: 'ERR_ACCESS_DENIED' })
  process.nextTick(() => {
    if (this instanceof net.Socket) this.destroy(error)
    else this.emit('error', error)
  })
  return this
}

for (const [owner, name] of /** @type {[object, string][]} */ ([[net.Socket.prototype, 'connect'], [net.Server.prototype, 'listen']])) {
  Object.defineProperty(owner, name, { value: refuse, writable: false, configurable: false })
}
