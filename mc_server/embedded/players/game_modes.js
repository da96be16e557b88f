'use strict'
/** Survival, creative, adventure and spectator: what a client is told of them, and what players in them are spared. */

const GAME_MODES = ['survival', 'creative', 'adventure', 'spectator']
const MODE = { SURVIVAL: 0, CREATIVE: 1, ADVENTURE: 2, SPECTATOR: 3 }
const CHANGE_GAME_MODE = 3
/** Bits of the abilities packet. */
const ABILITY = { INVULNERABLE: 1, FLYING: 2, MAY_FLY: 4, INSTANT_BUILD: 8 }
const FLYING_SPEED = 0.05
const WALKING_SPEED = 0.1
const LIST_GAME_MODE = { _value: 0, update_game_mode: true }

class GameModes {
  /** @param {any} game */
  constructor (game) {
    this.game = game
  }

  isCreative (/** @type {any} */ player) {
    return player.survivor.gameMode === MODE.CREATIVE
  }

  /** Whether nothing hurts or tires a player, and no block holds it up. */
  isFree (/** @type {any} */ player) {
    return player.survivor.gameMode === MODE.CREATIVE || player.survivor.gameMode === MODE.SPECTATOR
  }

  /** Whether a player may change blocks. */
  mayBuild (/** @type {any} */ player) {
    return player.survivor.gameMode === MODE.SURVIVAL || player.survivor.gameMode === MODE.CREATIVE
  }

  set (/** @type {any} */ player, /** @type {number} */ mode) {
    player.survivor.gameMode = mode
    this.announce(player)
    this.sendAbilities(player)
    this.game.saving.markChanged()
  }

  /** Tells a client the mode it plays in, and everybody's list of players. */
  announce (/** @type {any} */ player) {
    const { gameMode } = player.survivor
    player.gameMode = gameMode
    player._client.write('game_state_change', { reason: CHANGE_GAME_MODE, gameMode })
    this.game.players.broadcast('player_info', { action: LIST_GAME_MODE, data: [{ uuid: player.uuid, gamemode: gameMode }] })
  }

  sendAbilities (/** @type {any} */ player) {
    const { gameMode } = player.survivor
    const flags = gameMode === MODE.CREATIVE
      ? ABILITY.INVULNERABLE | ABILITY.MAY_FLY | ABILITY.INSTANT_BUILD
      : gameMode === MODE.SPECTATOR ? ABILITY.INVULNERABLE | ABILITY.FLYING | ABILITY.MAY_FLY : 0
    player._client.write('abilities', { flags, flyingSpeed: FLYING_SPEED, walkingSpeed: WALKING_SPEED })
  }

  /** A creative player puts any item into a slot of its own, or throws one (slot -1). */
  handleCreativeSlot (/** @type {any} */ player, /** @type {{slot: number, item: any}} */ { slot, item: packed }) {
    const { items, windows, itemEntities } = this.game
    const { survivor } = player
    if (!this.isCreative(player) || survivor.dead) return windows.sendAll(player)
    const item = items.fromPacket(packed)
    if (slot === -1) {
      itemEntities.throwFrom(player, item)
    } else if (slot > 0 && slot < survivor.slots.length) {
      survivor.slots[slot] = item
      survivor.inventory.remote[slot] = items.clone(item)
      // Clients wait for the answer.
      windows.sendChanges(player, survivor.view === survivor.inventory ? [slot] : [])
    }
    this.game.saving.markChanged()
  }
}

module.exports = { GameModes, GAME_MODES, MODE }
