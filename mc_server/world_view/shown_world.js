'use strict'
/** What a page of the viewer is shown: the columns around the bot, those first that are nearest, and the bot. */

const DISTANCE = 4
const MOST_AT_ONCE = 2

class ShownWorld {
  /** @param {import('./polling_socket').PollingSocket} socket @param {string} version */
  constructor (socket, version) {
    this.socket = socket
    /** Columns that the page has. @type {Set<string>} */
    this.columns = new Set()
    /** @type {any} */
    this.position = null
    socket.emit('version', version)
  }

  /** @param {string[]} keys columns that are others now */
  changed (keys) {
    for (const key of keys) this.columns.delete(key)
  }

  /** The bot is there. @param {{x: number, y: number, z: number, yaw: number}} position */
  move (position) {
    const { x, y, z, yaw } = position
    if (JSON.stringify(position) === JSON.stringify(this.position)) return
    this.position = position
    this.socket.emit('position', { pos: { x, y, z }, yaw, addMesh: true })
  }

  /** Sends some of what is missing, and takes back what is far away. @param {import('./saved_world').SavedWorld} world */
  go (world) {
    if (this.position === null || !this.socket.idle) return
    const here = { x: Math.floor(this.position.x) >> 4, z: Math.floor(this.position.z) >> 4 }
    const far = (/** @type {string} */ key) => {
      const [x, z] = key.split(',').map(Number)
      return Math.max(Math.abs(x - here.x), Math.abs(z - here.z)) > DISTANCE
    }
    for (const key of [...this.columns].filter(far)) {
      const [x, z] = key.split(',').map(Number)
      this.columns.delete(key)
      this.socket.emit('unloadChunk', { x: x * 16, z: z * 16 })
    }
    for (const [x, z] of this.#missing(here).slice(0, MOST_AT_ONCE)) {
      this.columns.add(`${x},${z}`)
      this.socket.emit('loadChunk', { x: x * 16, z: z * 16, chunk: world.column(x, z) })
    }
  }

  #missing (/** @type {{x: number, z: number}} */ here) {
    const missing = []
    for (let x = here.x - DISTANCE; x <= here.x + DISTANCE; x++) {
      for (let z = here.z - DISTANCE; z <= here.z + DISTANCE; z++) {
        if (!this.columns.has(`${x},${z}`)) missing.push([x, z])
      }
    }
    const away = (/** @type {number[]} */ [x, z]) => Math.hypot(x - here.x, z - here.z)
    return missing.sort((one, other) => away(one) - away(other))
  }
}

module.exports = { ShownWorld }
