'use strict'
/** Sends each player the columns around it, nearest first, and takes back those left behind. */

const { encodeSections } = require('./chunk_encoding')
const { LightPackets } = require('./light_packets')
const { columnKey } = require('./world_state')

/** Columns sent at once when a player joins or is teleported: (2 * 1 + 1)^2. */
const FIRST_RADIUS = 1
/** Columns sent to each player in a tick. */
const COLUMNS_PER_TICK = 2
/** Columns made in a tick for all players together: what comes later is sent later. */
const NEW_COLUMNS_PER_TICK = 4
/** Columns kept in memory beyond the view of the players. */
const KEPT_MARGIN = 2
const UNLOAD_INTERVAL_TICKS = 200

/** The client computes nothing from it, but wants it. */
const HEIGHTMAPS = {
  type: 'compound', name: '', value: { MOTION_BLOCKING: { type: 'longArray', value: new Array(36).fill([0, 0]) } }
}

class Chunks {
  /** @param {any} game */
  constructor (game) {
    this.game = game
    this.lightPackets = new LightPackets(game)
  }

  hasSent (/** @type {any} */ player, /** @type {number} */ x, /** @type {number} */ z) {
    return player.survivor.columns.has(columnKey(Math.floor(x) >> 4, Math.floor(z) >> 4))
  }

  /** Sends what a player needs to stand where it is. */
  sendFirst (/** @type {any} */ player) {
    this.#centre(player)
    for (const [chunkX, chunkZ] of this.#missing(player, FIRST_RADIUS)) this.#send(player, chunkX, chunkZ)
  }

  /** Takes back everything a client was sent. */
  unloadAll (/** @type {any} */ player) {
    const { survivor } = player
    for (const key of survivor.columns) {
      const [chunkX, chunkZ] = key.split(',').map(Number)
      player._client.write('unload_chunk', { chunkX, chunkZ })
    }
    this.forget(player)
    Object.assign(survivor, { centre: null, complete: false })
  }

  /** The client was told to forget its world. */
  forget (/** @type {any} */ player) {
    player.survivor.columns.clear()
  }

  tick () {
    const players = this.game.players.all()
    let budget = NEW_COLUMNS_PER_TICK
    // Each tick another player comes first, so that nobody waits for all others.
    for (let turn = 0; turn < players.length; turn++) {
      budget -= this.#serve(players[(this.game.tick + turn) % players.length], budget)
    }
    this.lightPackets.tick()
    if (this.game.tick % UNLOAD_INTERVAL_TICKS === 0) this.#unload()
  }

  /** Sends a player some columns. @returns {number} how many were made for it, at most `budget` */
  #serve (/** @type {any} */ player, /** @type {number} */ budget) {
    this.#centre(player)
    let made = 0
    for (const [chunkX, chunkZ] of this.#missing(player, this.game.options.viewDistance).slice(0, COLUMNS_PER_TICK)) {
      const absent = this.#absentAround(chunkX, chunkZ)
      for (const [x, z] of absent.slice(0, budget - made)) this.game.world.column(x, z)
      if (absent.length > budget - made) return budget
      made += absent.length
      this.#send(player, chunkX, chunkZ)
    }
    return made
  }

  /** @returns {[number, number][]} columns that are to be made before one can be sent: its light comes from those beside it too */
  #absentAround (/** @type {number} */ chunkX, /** @type {number} */ chunkZ) {
    const { columns } = this.game.world
    /** @type {[number, number][]} */
    const absent = []
    for (let x = chunkX - 1; x <= chunkX + 1; x++) {
      for (let z = chunkZ - 1; z <= chunkZ + 1; z++) if (!columns.has(columnKey(x, z))) absent.push([x, z])
    }
    return absent
  }

  #send (/** @type {any} */ player, /** @type {number} */ chunkX, /** @type {number} */ chunkZ) {
    const light = this.lightPackets.ofColumn(chunkX, chunkZ)
    const column = this.game.world.column(chunkX, chunkZ)
    player.survivor.columns.add(columnKey(chunkX, chunkZ))
    player._client.write('map_chunk', {
      x: chunkX,
      z: chunkZ,
      heightmaps: HEIGHTMAPS,
      chunkData: encodeSections(column.allStates(), column.biomes),
      blockEntities: this.game.blockEntities?.of(chunkX, chunkZ) ?? [],
      ...light
    })
  }

  /** Tells the client which column is in the middle, and to drop those out of view. */
  #centre (/** @type {any} */ player) {
    const { survivor, position } = player
    const chunkX = Math.floor(position.x) >> 4
    const chunkZ = Math.floor(position.z) >> 4
    const centre = columnKey(chunkX, chunkZ)
    if (survivor.centre === centre) return
    survivor.centre = centre
    survivor.complete = false
    player._client.write('update_view_position', { chunkX, chunkZ })
    const farthest = this.game.options.viewDistance + 1
    for (const key of survivor.columns) {
      const [x, z] = key.split(',').map(Number)
      if (Math.abs(x - chunkX) <= farthest && Math.abs(z - chunkZ) <= farthest) continue
      survivor.columns.delete(key)
      player._client.write('unload_chunk', { chunkX: x, chunkZ: z })
    }
  }

  /** @returns {[number, number][]} columns within a radius that were not sent, nearest first */
  #missing (/** @type {any} */ player, /** @type {number} */ radius) {
    const { survivor, position } = player
    if (survivor.complete) return []
    const middleX = Math.floor(position.x) >> 4
    const middleZ = Math.floor(position.z) >> 4
    /** @type {[number, number][]} */
    const missing = []
    for (let x = middleX - radius; x <= middleX + radius; x++) {
      for (let z = middleZ - radius; z <= middleZ + radius; z++) {
        if (!survivor.columns.has(columnKey(x, z))) missing.push([x, z])
      }
    }
    const distance = (/** @type {[number, number]} */ [x, z]) => (x - middleX) ** 2 + (z - middleZ) ** 2
    missing.sort((a, b) => distance(a) - distance(b))
    if (missing.length === 0 && radius >= this.game.options.viewDistance) survivor.complete = true
    return missing
  }

  #unload () {
    const kept = this.game.options.viewDistance + KEPT_MARGIN
    const players = this.game.players.all()
    this.game.world.unload((/** @type {number} */ chunkX, /** @type {number} */ chunkZ) =>
      players.some((/** @type {any} */ player) =>
        Math.abs((Math.floor(player.position.x) >> 4) - chunkX) <= kept &&
        Math.abs((Math.floor(player.position.z) >> 4) - chunkZ) <= kept))
    this.game.spawning.clearForgotten()
    this.game.farEntities.putAway()
  }
}

module.exports = { Chunks }
