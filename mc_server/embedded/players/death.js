'use strict'
/** The end of a player: what it leaves, what is said of it, and where it comes back. */

const { INVENTORY_SIZE } = require('../inventory/window_views')
const { deathMessage } = require('../tables/damage')
const { chatText } = require('./chat_text')

/** Falls from higher than this are spoken of as such. */
const HIGH_FALL = 5
const STATUS_DEAD = 3
const NO_BED = 0

class Death {
  /** @param {any} game */
  constructor (game) {
    this.game = game
  }

  die (/** @type {any} */ player, /** @type {string} */ cause) {
    const { survivor } = player
    const { windows, experience, statistics, rules, players, using, digging, effects, events } = this.game
    const message = this.#message(player, cause)
    survivor.dead = true
    statistics.deaths++
    using.stop(player)
    digging.abandon(player)
    windows.dismiss(player)
    if (!rules.get('keepInventory')) {
      this.#dropAll(player)
      experience.lose(player)
    }
    effects.clear(player)
    players.broadcast('entity_status', { entityId: player.id, entityStatus: STATUS_DEAD })
    player._client.write('death_combat_event', { playerId: player.id, message: chatText(message) })
    if (rules.get('showDeathMessages')) players.broadcast('system_chat', { content: chatText(message), isActionBar: false })
    events.emit('death', { username: player.username, cause })
  }

  #message (/** @type {any} */ player, /** @type {string} */ cause) {
    const { survivor, username } = player
    const killer = this.game.tick <= survivor.blamedUntil ? survivor.blamed : null
    const how = cause === 'fall' && survivor.lastFall > HIGH_FALL ? 'high_fall' : cause
    return deathMessage(how, username, killer)
  }

  #dropAll (/** @type {any} */ player) {
    const { survivor } = player
    const { windows, itemEntities, random } = this.game
    for (let slot = 1; slot < INVENTORY_SIZE; slot++) {
      const item = survivor.slots[slot]
      survivor.slots[slot] = null
      if (!item || hasVanishingCurse(item)) continue
      const speed = random.next() * 0.5
      const angle = random.next() * 2 * Math.PI
      const velocity = { x: -Math.sin(angle) * speed, y: 0.2, z: Math.cos(angle) * speed }
      itemEntities.spawn(player.position.offset(0, 1.32, 0), item, { velocity, delayTicks: 40 })
    }
    windows.sendChanges(player)
  }

  respawn (/** @type {any} */ player) {
    if (!player.survivor.dead) return
    const { game } = this
    const { survivor } = player
    const bed = game.sleeping.bedOf(player)
    const lostBed = survivor.bed !== null && bed === null
    if (lostBed) survivor.bed = null
    Object.assign(survivor, game.health.fresh())
    game.players.sendRespawn(player)
    if (lostBed) player._client.write('game_state_change', { reason: NO_BED, gameMode: 0 })
    game.players.teleport(player, bed ?? survivor.forcedSpawn ?? game.spawnPoint)
    game.windows.sendAll(player)
    game.experience.send(player)
    game.gameModes.sendAbilities(player)
    game.appearance.sendAll(player)
    game.health.send(player)
    game.saving.markChanged()
  }
}

const hasVanishingCurse = (/** @type {any} */ item) => (item.enchants ?? []).some((/** @type {any} */ { name }) => name === 'vanishing_curse')

module.exports = { Death }
