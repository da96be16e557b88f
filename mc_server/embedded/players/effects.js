'use strict'
/**
 * Effects on players: speed, poison, regeneration and the like. `survivor.effects` maps the original's names
 * (`jump_boost`) to `{amplifier, ticks}`, ticks being those left.
 *
 * Others see none of them, and a weaker effect that a stronger one covers is forgotten. What an effect does to other
 * rules (resistance, water breathing, haste) they look up here. A changed walking speed is left to the client.
 */

const { effectName, strikes, STROKE_TICKS } = require('../tables/effects')

const HUNGER_EXHAUSTION = 0.005
const ABSORPTION_PER_LEVEL = 4

class Effects {
  /** @param {any} game */
  constructor (game) {
    this.game = game
    /** Numbers of the effects in packets, by name. @type {Record<string, number>} */
    this.ids = {}
    for (const { name, id } of game.registry.effectsArray) this.ids[effectName(name)] = id
  }

  /**
   * Gives a player an effect. A weaker one than the player has changes nothing, nor does a shorter one of the same strength.
   * @param {any} player
   * @param {string} name as in the original, `jump_boost`
   * @param {number} [amplifier] level less one
   * @param {number} [ticks]
   */
  add (player, name, amplifier = 0, ticks = 600) {
    if (this.ids[name] === undefined) throw new RangeError(`There is no effect '${name}'.`)
    const { survivor } = player
    if (survivor.dead) return
    if (name === 'instant_health') return this.#heal(player, 4 << amplifier)
    if (name === 'instant_damage') return this.game.hurt(player, 6 << amplifier, { cause: 'magic' })
    const present = survivor.effects[name]
    const stronger = !present || amplifier > present.amplifier || (amplifier === present.amplifier && ticks > present.ticks)
    if (!stronger) return
    survivor.effects[name] = { amplifier, ticks }
    if (name === 'absorption') survivor.absorption = Math.max(survivor.absorption, ABSORPTION_PER_LEVEL * (amplifier + 1))
    this.#send(player, name)
    this.game.saving.markChanged()
  }

  has (/** @type {any} */ player, /** @type {string} */ name) {
    return player.survivor.effects[name] !== undefined
  }

  /** @returns {number} 1 for the first level, 0 without the effect */
  level (/** @type {any} */ player, /** @type {string} */ name) {
    const effect = player.survivor.effects[name]
    return effect ? effect.amplifier + 1 : 0
  }

  /** Ends one effect, or all of them. */
  clear (/** @type {any} */ player, /** @type {string | undefined} */ name = undefined) {
    const { survivor } = player
    for (const each of name === undefined ? Object.keys(survivor.effects) : [name]) {
      if (!survivor.effects[each]) continue
      delete survivor.effects[each]
      if (each === 'absorption') survivor.absorption = 0
      player._client.write('remove_entity_effect', { entityId: player.id, effectId: this.ids[each] })
      this.game.saving.markChanged()
    }
  }

  /** Tells a player that comes into the world of all effects it has. */
  sendAll (/** @type {any} */ player) {
    for (const name of Object.keys(player.survivor.effects)) this.#send(player, name)
  }

  #send (/** @type {any} */ player, /** @type {string} */ name) {
    const { amplifier, ticks } = player.survivor.effects[name]
    player._client.write('entity_effect', {
      entityId: player.id, effectId: this.ids[name], amplifier: amplifier << 24 >> 24, duration: ticks, hideParticles: 0
    })
  }

  tick (/** @type {any} */ player) {
    const { survivor } = player
    // In an order that does not depend on what came first: a state put back has none.
    for (const name of Object.keys(survivor.effects).sort()) {
      const effect = survivor.effects[name]
      if (!effect) continue
      if (name in STROKE_TICKS ? strikes(name, effect.amplifier, effect.ticks) : true) this.#strike(player, name, effect.amplifier)
      if (survivor.dead) return
      if (--effect.ticks <= 0) this.clear(player, name)
    }
  }

  #strike (/** @type {any} */ player, /** @type {string} */ name, /** @type {number} */ amplifier) {
    const { game } = this
    switch (name) {
      case 'regeneration': return this.#heal(player, 1)
      case 'poison': if (player.survivor.health > 1) game.hurt(player, 1, { cause: 'poison' }); return
      case 'wither': game.hurt(player, 1, { cause: 'wither' }); return
      case 'hunger': game.hunger.exhaust(player, HUNGER_EXHAUSTION * (amplifier + 1)); return
      case 'saturation': game.hunger.eat(player, amplifier + 1, 2 * (amplifier + 1))
    }
  }

  #heal (/** @type {any} */ player, /** @type {number} */ halfHearts) {
    this.game.health.heal(player, halfHearts)
  }
}

module.exports = { Effects }
