'use strict'
/**
 * Players: joining, being seen by others, teleports, respawn packets, and what of them is saved.
 *
 * flying-squid authenticates and creates the player object; its own login, which leaks a timer per player and knows
 * nothing of our world, is replaced by `join`. Everything we know of a player is in `player.survivor`.
 */

const { once } = require('node:events')
const { Vec3 } = require('vec3')
const { chatText } = require('./chat_text')
const { hash } = require('../random')
const { packPlayer, unpackPlayer } = require('./player_state')
const { movePlayer } = require('./player_moves')

/** How long an older connection of the same name may take to end. */
const REPLACE_TIMEOUT_MILLISECONDS = 5000
/** Numbers of players as entities: a player has the same one in every world. */
const PLAYER_IDS = { first: 1000, count: 90000 }
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

  /** @returns {any[]} players who are in the world; flying-squid has no list while it starts */
  all () {
    return (this.game.serv.players ?? []).filter((/** @type {any} */ player) => player.survivor)
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
    const { serv, saving } = this.game
    await this.#replaceOlder(player._client.uuid)
    if (player._client.ended) return
    this.#prepare(player)
    serv.players.push(player)
    serv.uuidToPlayer[player.uuid] = player
    this.#sendLogin(player)
    this.#introduce(player)
    this.sendState(player)
    player.updateAndSpawn()
    player.emit('spawned')
    this.announce('multiplayer.player.joined', player.username)
    saving.markChanged()
    this.game.events.emit('joined', { username: player.username })
  }

  /** Tells a client everything about its player and what is around it; `returned`: it may believe something else. */
  sendState (/** @type {any} */ player, { returned = false } = {}) {
    const { game } = this
    const { survivor } = player
    const { fallDistance } = survivor
    player._client.write('spawn_position', { location: game.spawnPoint, angle: 0 })
    game.gameModes.sendAbilities(player)
    this.teleport(player, player.position)
    survivor.fallDistance = fallDistance
    player._client.write('held_item_slot', { slot: survivor.heldSlot })
    game.windows.sendAll(player)
    game.experience.send(player)
    game.time.send(player)
    game.weather.send(player, { always: returned })
    game.effects.sendAll(player)
    game.appearance.sendAll(player)
    game.appearance.sendAll(player)
    this.sendEquipment(player)
    // Mineflayer takes the health packet for its spawn, so this comes last.
    game.health.send(player)
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
    const { username, uuid } = player._client
    Object.assign(player, {
      type: 'player',
      op: false,
      username,
      uuid,
      entityType: game.registry.entitiesByName.player.id,
      loadedChunks: {},
      spawnPoint: game.spawnPoint
    })
    this.#number(player)
    unpackPlayer(game, player, this.away.get(username))
    player.gameMode = player.survivor.gameMode
    this.away.delete(username)
  }

  /** The number comes from the name, so that what is kept about a player as an entity is true whenever it joins. */
  #number (/** @type {any} */ player) {
    const { entities } = this.game.serv
    delete entities[player.id]
    let place = [...player.username].reduce((mixed, letter) => hash(mixed, letter.codePointAt(0), 0, 7), 0) % PLAYER_IDS.count
    while (entities[PLAYER_IDS.first + place]) place = (place + 1) % PLAYER_IDS.count
    player.id = PLAYER_IDS.first + place
    entities[player.id] = player
  }

  /** Called when the connection has ended. */
  leave (/** @type {any} */ player) {
    if (!player.survivor) return
    this.game.digging.abandon(player)
    this.game.windows.close(player)
    this.game.sleeping.wake(player)
    this.away.set(player.username, packPlayer(this.game, player))
    this.game.entities.forgetPlayer(player)
    this.game.saving.markChanged()
    this.game.events.emit('left', { username: player.username })
  }

  #sendLogin (/** @type {any} */ player) {
    const { registry, options, serv } = this.game
    player._client.write('login', {
      ...registry.loginPacket,
      entityId: player.id,
      gameMode: player.survivor.gameMode,
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
      gamemode: player.survivor.gameMode,
      previousGamemode: 255,
      isDebug: false,
      isFlat: false,
      death: undefined,
      portalCooldown: 0,
      copyMetadata: false
    })
    entities.forgetPlayer(player)
    // Clients keep what they have of a dimension that they come back to.
    chunks.unloadAll(player)
  }

  /** Puts a player somewhere; its packets count again when it confirmed that. */
  teleport (/** @type {any} */ player, /** @type {any} */ position) {
    const { survivor } = player
    movePlayer(this.game, player, new Vec3(position.x, position.y, position.z), survivor.onGround)
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
      gamemode: each.survivor.gameMode,
      latency: 1,
      listed: true
    })
    player._client.write('player_info', { action: LIST_ACTIONS, data: this.all().map(row) })
    for (const other of this.all()) {
      if (other !== player) other._client.write('player_info', { action: LIST_ACTIONS, data: [row(player)] })
    }
  }

  /** Shows others what a player holds and wears, when it changed. */
  sendEquipment (/** @type {any} */ player) {
    this.game.appearance.sendEquipment(player)
  }

  /** Gives back what lay in no slot when the state was kept, and counts newcomers as here to stay. */
  tick () {
    for (const player of this.all()) {
      const { survivor } = player
      survivor.newcomer = false
      if (survivor.dead || survivor.unplaced.length === 0) continue
      const { windows, itemEntities } = this.game
      for (const item of survivor.unplaced.splice(0)) if (windows.give(player, item) > 0) itemEntities.throwFrom(player, item)
    }
  }

  /** Everybody, present or away. */
  pack () {
    const present = this.all().filter(({ survivor }) => !survivor.newcomer).map(player => packPlayer(this.game, player))
    return [...this.away.values(), ...present].sort((a, b) => a.username < b.username ? -1 : 1)
  }

  /** Who is in the world takes up the state kept for it; who is not kept begins anew. */
  unpack (/** @type {any[]} */ packed) {
    this.away = new Map(packed.map(each => [each.username, each]))
    for (const player of this.all()) {
      const kept = this.away.get(player.username)
      this.away.delete(player.username)
      unpackPlayer(this.game, player, kept)
      player.survivor.newcomer = !kept
    }
  }

  /** Ends what a client is doing before its player is put back to another state. */
  letGo (/** @type {any} */ player) {
    const { survivor } = player
    const { sleeping, chunks, effects, digging } = this.game
    digging.abandon(player)
    if (survivor.view !== survivor.inventory) player._client.write('close_window', { windowId: survivor.view.id })
    sleeping.wake(player)
    effects.clear(player)
    chunks.unloadAll(player)
    // A client that shows its death has to be let out of it.
    if (survivor.dead) this.sendRespawn(player)
  }

  /** Tells a client what became of its player. */
  takeBack (/** @type {any} */ player) {
    this.game.gameModes.announce(player)
    this.sendState(player, { returned: true })
  }

  /** A line of the game itself in everybody's chat, which clients show in their own language. */
  announce (/** @type {string} */ translate, /** @type {string} */ username) {
    const name = { insertion: username, text: username }
    this.broadcast('system_chat', { content: chatText({ translate, color: 'yellow', with: [name] }), isActionBar: false })
  }
}

module.exports = { Players }
