'use strict'
/**
 * Players: joining, being seen by others, teleports, respawn packets, and what of them is saved.
 *
 * flying-squid authenticates and creates the player object; its own login, which leaks a timer per player and knows
 * nothing of our world, is replaced by `join`. Everything we know of a player is in `player.survivor`.
 */

const { once } = require('node:events')
const { Vec3 } = require('vec3')
const { playerView, INVENTORY_SIZE, FIRST_HOTBAR } = require('./window_views')

const SURVIVAL = 0
/** How long an older connection of the same name may take to end. */
const REPLACE_TIMEOUT_MILLISECONDS = 5000
const LIST_ACTIONS = {
  _value: 0, add_player: true, update_game_mode: true, update_listed: true, update_latency: true
}

class Players {
  /** @param {any} game */
  constructor (game) {
    this.game = game
    /** Saved states of players who are away, by name. @type {Map<string, any>} */
    this.away = new Map()
  }

  /** @returns {any[]} players who are in the world */
  all () {
    return this.game.serv.players.filter((/** @type {any} */ player) => player.survivor)
  }

  byName (/** @type {string} */ username) {
    return this.all().find(player => player.username === username)
  }

  /** Writes a packet to everybody. */
  broadcast (/** @type {string} */ name, /** @type {any} */ data) {
    for (const player of this.all()) player._client.write(name, data)
  }

  /** Tells everybody who sees the block what it is. */
  broadcastBlock (/** @type {{x: number, y: number, z: number}} */ at) {
    for (const player of this.all()) {
      if (this.game.chunks.hasSent(player, at.x, at.z)) this.sendBlock(player, at)
    }
  }

  sendBlock (/** @type {any} */ player, /** @type {{x: number, y: number, z: number}} */ { x, y, z }) {
    player._client.write('block_change', { location: { x, y, z }, type: this.game.world.get(x, y, z) })
  }

  /** Confirms an action on a block. */
  acknowledge (/** @type {any} */ player, sequence = 0) {
    player._client.write('acknowledge_player_digging', { sequenceId: sequence })
  }

  /** Lets a connected client into the world. */
  async join (/** @type {any} */ player) {
    const { serv, health, windows, experience, time, chunks, saving } = this.game
    await this.#replaceOlder(player._client.uuid)
    if (player._client.ended) return
    this.#prepare(player)
    serv.players.push(player)
    serv.uuidToPlayer[player.uuid] = player
    this.#sendLogin(player)
    player._client.write('spawn_position', { location: this.game.spawnPoint, angle: 0 })
    chunks.sendFirst(player)
    this.teleport(player, player.position)
    player._client.write('held_item_slot', { slot: player.survivor.heldSlot })
    windows.sendAll(player)
    experience.send(player)
    time.send(player)
    this.#introduce(player)
    player.updateAndSpawn()
    // Mineflayer takes the health packet for its spawn, so this comes last.
    health.send(player)
    player.emit('spawned')
    serv.broadcast(`${player.username} joined the game.`)
    saving.markChanged()
    this.game.events.emit('joined', { username: player.username })
  }

  /** A client that lost its connection may come back before the old one is known to be dead. */
  async #replaceOlder (/** @type {string} */ uuid) {
    const older = this.game.serv.uuidToPlayer[uuid]
    if (!older) return
    const signal = AbortSignal.timeout(REPLACE_TIMEOUT_MILLISECONDS)
    const gone = once(older, 'disconnected', { signal }).catch(() => {})
    older._client.end('The same player joined again.')
    await gone
  }

  #prepare (/** @type {any} */ player) {
    const { game } = this
    const slots = new Array(INVENTORY_SIZE).fill(null)
    const inventory = playerView(slots)
    Object.assign(player, {
      type: 'player',
      op: false,
      gameMode: SURVIVAL,
      username: player._client.username,
      uuid: player._client.uuid,
      entityType: game.registry.entitiesByName.player.id,
      loadedChunks: {},
      spawnPoint: game.spawnPoint,
      position: game.spawnPoint.clone()
    })
    player.survivor = {
      ...game.health.fresh(),
      slots,
      inventory,
      view: inventory,
      heldSlot: 0,
      cursor: null,
      remoteCursor: null,
      drag: null,
      windowId: 0,
      stateId: 0,
      experience: 0,
      yaw: 0,
      pitch: 0,
      onGround: true,
      sprinting: false,
      sneaking: false,
      lastAttackTick: -100,
      teleportId: 0,
      awaitedTeleport: null,
      bed: null,
      asleepSince: null,
      columns: new Set(),
      centre: null,
      complete: false,
      shownEquipment: null
    }
    const saved = this.away.get(player.username)
    if (saved) this.#restore(player, saved)
    this.away.delete(player.username)
  }

  /** Called when the connection has ended. */
  leave (/** @type {any} */ player) {
    if (!player.survivor) return
    this.game.windows.close(player)
    this.away.set(player.username, this.packPlayer(player))
    this.game.entities.forgetPlayer(player)
    this.game.saving.markChanged()
    this.game.events.emit('left', { username: player.username })
  }

  #sendLogin (/** @type {any} */ player) {
    const { registry, options, serv } = this.game
    player._client.write('login', {
      ...registry.loginPacket,
      entityId: player.id,
      gameMode: SURVIVAL,
      previousGameMode: -1,
      worldNames: ['minecraft:overworld'],
      worldName: 'minecraft:overworld',
      hashedSeed: [0, 0],
      maxPlayers: serv._server.maxPlayers,
      viewDistance: options.viewDistance,
      simulationDistance: options.viewDistance,
      enableRespawnScreen: true
    })
    player._client.write('difficulty', { difficulty: serv.difficulty, difficultyLocked: false })
  }

  sendRespawn (/** @type {any} */ player) {
    const { registry, entities, chunks } = this.game
    player._client.write('respawn', {
      dimension: registry.loginPacket.worldType,
      worldName: 'minecraft:overworld',
      hashedSeed: [0, 0],
      gamemode: SURVIVAL,
      previousGamemode: 255,
      isDebug: false,
      isFlat: false,
      death: undefined,
      portalCooldown: 0,
      copyMetadata: false
    })
    entities.forgetPlayer(player)
    chunks.forget(player)
    player.survivor.centre = null
  }

  /** Puts a player somewhere; its packets count again when it confirmed that. */
  teleport (/** @type {any} */ player, /** @type {any} */ position) {
    const { survivor } = player
    player.position = new Vec3(position.x, position.y, position.z)
    survivor.fallDistance = 0
    survivor.lastPosition = null
    survivor.teleportId++
    survivor.awaitedTeleport = survivor.teleportId
    this.game.chunks.sendFirst(player)
    player._client.write('position', {
      x: position.x, y: position.y, z: position.z, yaw: survivor.yaw, pitch: survivor.pitch, flags: 0, teleportId: survivor.teleportId
    })
  }

  /** Tells the newcomer of everybody, and everybody of the newcomer. */
  #introduce (/** @type {any} */ player) {
    const row = (/** @type {any} */ each) => ({
      uuid: each.uuid,
      player: { name: each.username, properties: each.profileProperties ?? [] },
      gamemode: SURVIVAL,
      latency: 1,
      listed: true
    })
    player._client.write('player_info', { action: LIST_ACTIONS, data: this.all().map(row) })
    for (const other of this.all()) {
      if (other !== player) other._client.write('player_info', { action: LIST_ACTIONS, data: [row(player)] })
    }
  }

  /** Shows others what a player holds, when it changed. */
  sendEquipment (/** @type {any} */ player) {
    const { survivor } = player
    const held = survivor.slots[FIRST_HOTBAR + survivor.heldSlot]
    if (survivor.shownEquipment === (held?.name ?? null)) return
    survivor.shownEquipment = held?.name ?? null
    const equipments = [{ slot: 0, item: this.game.items.toPacket(held) }]
    for (const other of this.all()) {
      if (other !== player) other._client.write('entity_equipment', { entityId: player.id, equipments })
    }
  }

  /** What of a player goes into the world file. */
  packPlayer (/** @type {any} */ player) {
    const { survivor, position, username } = player
    const { items } = this.game
    const { heldSlot, yaw, pitch, health, food, saturation, exhaustion, air, experience, dead, bed } = survivor
    return {
      username,
      position: [position.x, position.y, position.z],
      slots: survivor.slots.map((/** @type {any} */ item) => items.pack(item)),
      ...{ heldSlot, yaw, pitch, health, food, saturation, exhaustion, air, experience, dead, bed }
    }
  }

  #restore (/** @type {any} */ player, /** @type {any} */ { username, position, slots, ...rest }) {
    player.position = new Vec3(position[0], position[1], position[2])
    slots.forEach((/** @type {any} */ packed, /** @type {number} */ slot) => {
      player.survivor.slots[slot] = slot === 0 ? null : this.game.items.unpack(packed)
    })
    Object.assign(player.survivor, rest)
  }

  /** Everybody, present or away. */
  pack () {
    return [...this.away.values(), ...this.all().map(player => this.packPlayer(player))]
  }

  unpack (/** @type {any[]} */ packed) {
    for (const player of packed) this.away.set(player.username, player)
  }
}

module.exports = { Players }
