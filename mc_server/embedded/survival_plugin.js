'use strict'
/**
 * Joins our rules to flying-squid, which loads this file as a plugin.
 *
 * flying-squid keeps login, encryption, compression and the list of players; its own handlers of what players do are taken
 * off each connection and ours put on. Its world, its files and its commands are not used.
 */

const { Ticker } = require('./ticker')

const { movePlayer } = require('./players/player_moves')

/** Packets of the client whose built-in handlers are replaced. */
const REPLACED = [
  'window_click', 'block_dig', 'block_place', 'use_entity', 'use_item', 'close_window', 'client_command',
  'set_creative_slot', 'held_item_slot', 'chat_command', 'chat_message', 'position', 'position_look', 'look', 'flying', 'settings',
  'tab_complete', 'update_sign'
]
const PERFORM_RESPAWN = [0, 'perform_respawn']

/** The game that the next server belongs to; set by `server.js`. @type {{create: (serv: any) => any}} */
const next = { create: () => { throw new Error('No game was prepared for this server.') } }

/** Called by flying-squid once per server. */
function server (/** @type {any} */ serv) {
  serv.game = next.create(serv)
  serv.doDaylightCycle = false
  const ticker = new Ticker(() => serv.game.step())
  serv.on('tick', () => ticker.beat())
  serv.on('asap', () => adjustServer(serv))
  serv.on('pluginsReady', () => adjustServer(serv))
}

/** Replaces functions of flying-squid that write packets no client of this version reads. */
function adjustServer (/** @type {any} */ serv) {
  serv.playSound = () => {}
  serv.handleCommand = async () => {}
  // Of its colours only the one that it says goodbye in is ever used, and clients are shown it as letters.
  serv.color.yellow = ''
}

/** Called by flying-squid once per player, before it logs in. */
function player (/** @type {any} */ player, /** @type {any} */ serv) {
  const { game } = serv
  player.on('asap', () => {
    for (const name of REPLACED) player._client.removeAllListeners(name)
    player.removeAllListeners('playerChangeRenderDistance')
    player.save = async () => {}
    player._unloadAllChunks = () => {}
    player.playSound = player.playSoundAtSelf = player.collect = () => {}
    player.sendPosition = (/** @type {any} */ to, /** @type {boolean} */ onGround) => movePlayer(game, player, to, onGround)
    player.login = () => game.players.join(player)
    const { spawnEntity } = player
    player.spawnEntity = (/** @type {any} */ entity) => {
      spawnEntity(entity)
      game.appearance.introduce(player, entity)
    }
    // flying-squid sets this one anew for every player.
    serv._sendPlayerEventLeave = (/** @type {any} */ left) => game.players.broadcast('player_remove', { players: [left.uuid] })
    listen(player, game)
  })
  player.on('disconnected', () => game.guard(() => game.players.leave(player)))
}

/** Sends what the client does to the rules. */
function listen (/** @type {any} */ player, /** @type {any} */ game) {
  /** @type {Record<string, (packet: any) => void>} */
  const handlers = {
    position: packet => game.movement.handlePosition(player, packet),
    position_look: packet => {
      game.movement.handleLook(player, packet)
      game.movement.handlePosition(player, packet)
    },
    look: packet => game.movement.handleLook(player, packet),
    flying: packet => game.movement.handleGround(player, packet.onGround),
    teleport_confirm: packet => game.movement.handleTeleportConfirm(player, packet.teleportId),
    entity_action: packet => game.movement.handleAction(player, actionNumber(packet.actionId)),
    block_dig: packet => game.digging.handle(player, packet),
    block_place: packet => game.placing.handle(player, packet),
    use_item: packet => game.useItem.handle(player, packet),
    use_entity: packet => game.combat.handle(player, packet),
    arm_animation: () => game.combat.resetCharge(player),
    held_item_slot: packet => {
      if (packet.slotId >= 0 && packet.slotId <= 8) player.survivor.heldSlot = packet.slotId
      game.combat.resetCharge(player)
      game.players.sendEquipment(player)
    },
    update_sign: packet => game.signs.handleUpdate(player, packet),
    window_click: packet => game.windows.handleClick(player, packet),
    close_window: () => { if (!player.survivor.dead) game.windows.close(player) },
    client_command: packet => { if (PERFORM_RESPAWN.includes(packet.actionId)) game.health.respawn(player) },
    set_creative_slot: packet => game.gameModes.handleCreativeSlot(player, packet),
    chat_message: packet => game.chat.say(player, packet.message),
    chat_command: packet => game.chat.command(player, packet.command),
    tab_complete: packet => game.commands.complete(player, packet)
  }
  for (const [name, handle] of Object.entries(handlers)) {
    player._client.on(name, (/** @type {any} */ packet) => {
      if (player.survivor && !player.disconnected) game.guard(() => handle(packet))
    })
  }
}

const ACTION_NAMES = ['start_sneaking', 'stop_sneaking', 'stop_sleeping', 'start_sprinting', 'stop_sprinting']

/** Newer protocol data names the actions instead of numbering them. */
const actionNumber = (/** @type {string | number} */ action) => typeof action === 'number' ? action : ACTION_NAMES.indexOf(action)

module.exports = { server, player, next }
