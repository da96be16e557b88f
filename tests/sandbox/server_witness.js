'use strict'
/**
 * Preload for the process of an embedded server: tells on file descriptor 3, a JSON line each, what bots send it.
 *
 * What a bot truly sent is known here and nowhere else. Not told: movement and what keeps the connection alive.
 */

const fs = require('node:fs')
const path = require('node:path')
const { createRequire } = require('node:module')

const WITNESS_FILE = 3
const UNTOLD = new Set(['position', 'position_look', 'look', 'flying', 'keep_alive', 'teleport_confirm', 'pong'])

const requireFromServer = createRequire(path.join(__dirname, '..', '..', 'mc_server', 'package.json'))
const protocol = requireFromServer('minecraft-protocol')
const { createServer } = protocol

protocol.createServer = (/** @type {any} */ options) => {
  const server = createServer(options)
  server.on('connection', (/** @type {any} */ client) => {
    client.on('packet', (/** @type {any} */ content, /** @type {{name: string}} */ { name }) => {
      if (!UNTOLD.has(name)) tell({ player: client.username, name, content })
    })
  })
  return server
}

/** @param {object} packet */
function tell (packet) {
  const text = JSON.stringify(packet, (_, value) => typeof value === 'bigint' ? String(value) : value)
  fs.writeSync(WITNESS_FILE, `${text.slice(0, 20000)}\n`)
}
