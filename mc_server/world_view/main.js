'use strict'
/**
 * The 3D view as a process: `node main.js FILES`, where FILES is the `public` folder of prismarine-viewer.
 *
 * The parent writes lines of JSON to standard input: first `{"token"}`, then `{"world"}` (the folder of a world of the embedded
 * server) and `{"position": {x, y, z, yaw}}` as they change. The process answers `{"port"}`, and ends with its input.
 */

const readline = require('node:readline')
const { VERSION } = require('../embedded/version')
const { SavedWorld } = require('./saved_world')
const { ShownWorld } = require('./shown_world')
const { ViewServer } = require('./view_server')

const STEP_MILLISECONDS = 100

/** @type {Set<ShownWorld>} */
const shown = new Set()
/** @type {SavedWorld | null} */
let world = null
/** @type {any} */
let position = null

function step () {
  if (world === null) return
  try {
    const changed = world.refresh()
    for (const page of shown) {
      if (page.socket.gone) {
        shown.delete(page)
        continue
      }
      page.changed(changed)
      if (position !== null) page.move(position)
      page.go(world)
    }
  } catch (error) {
    // Not saved yet, or just being put in place: it is there a moment later.
    if (!['ENOENT', 'EBUSY', 'EPERM'].includes(/** @type {any} */ (error).code)) throw error
  }
}

async function begin (/** @type {string} */ token) {
  const server = new ViewServer({ token, files: process.argv[2], connected: socket => shown.add(new ShownWorld(socket, VERSION)) })
  const port = await server.listen()
  process.stdout.write(JSON.stringify({ port }) + '\n')
  setInterval(step, STEP_MILLISECONDS)
}

const lines = readline.createInterface({ input: process.stdin })
lines.on('line', line => {
  const message = JSON.parse(line)
  if (message.token) begin(message.token)
  if (message.world) {
    world = new SavedWorld(message.world)
    for (const page of shown) page.changed([...page.columns])
  }
  if (message.position) position = message.position
})
lines.once('close', () => process.exit(0))
