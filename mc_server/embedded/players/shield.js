'use strict'
/** Shields: held up, they stop blows from the front, wear, and fail for a while when an axe hits them. */

/** A shield protects so many ticks after it is raised. */
const RAISING_TICKS = 5
/** Lighter blows leave no mark. */
const WEARING_DAMAGE = 3
const DISABLED_TICKS = 100
const KNOCKBACK = 0.5
const STATUS = { BLOCKED: 29, BROKEN: 30 }

class Shield {
  /** @param {any} game */
  constructor (game) {
    this.game = game
  }

  mayStart () {
    return true
  }

  isRaised (/** @type {any} */ player) {
    const { using } = player.survivor
    return using?.item === 'shield' && this.game.using.ticks(player) >= RAISING_TICKS
  }

  /**
   * Whether a shield stops a blow; it bears the marks.
   * @param {any} player
   * @param {number} damage
   * @param {import('./damage').Blow} blow
   */
  blocks (player, damage, { cause, attacker, direct }) {
    const source = direct ?? attacker
    if (!source || !this.isRaised(player) || !this.#isInFront(player, source.survivor ? source.position : source)) return false
    const { windows, using, game } = { windows: this.game.windows, using: this.game.using, game: this.game }
    if (damage >= WEARING_DAMAGE) {
      const slot = using.slotOf(player, player.survivor.using.offHand)
      player.survivor.slots[slot] = game.items.wear(player.survivor.slots[slot], 1 + Math.floor(damage))
      if (!player.survivor.slots[slot]) using.stop(player)
      windows.sendChanges(player)
    }
    game.players.broadcast('entity_status', { entityId: player.id, entityStatus: STATUS.BLOCKED })
    if (cause === 'attack') this.#meet(player, attacker)
    return true
  }

  #isInFront (/** @type {any} */ player, /** @type {{x: number, z: number}} */ from) {
    const yaw = player.survivor.yaw * Math.PI / 180
    const towards = { x: from.x - player.position.x, z: from.z - player.position.z }
    return towards.x * -Math.sin(yaw) + towards.z * Math.cos(yaw) > 0
  }

  /** Who struck a shield is thrown back; an axe disables it. */
  #meet (/** @type {any} */ player, /** @type {any} */ attacker) {
    const { damage, windows, using, players } = this.game
    const feet = attacker.survivor ? attacker.position : attacker
    damage.knockBack(attacker, KNOCKBACK, player.position.x - feet.x, player.position.z - feet.z)
    const weapon = attacker.survivor ? windows.held(attacker)?.name : attacker.heldItem
    if (!/_axe$/.test(weapon ?? '')) return
    using.stop(player)
    using.coolDown(player, 'shield', DISABLED_TICKS)
    players.broadcast('entity_status', { entityId: player.id, entityStatus: STATUS.BROKEN })
  }
}

module.exports = { Shield }
