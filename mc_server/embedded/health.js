'use strict'
/**
 * Health, food, breath, damage, death and respawn of players.
 *
 * Damage from blocks and hunger is looked at once a tick; falls come from `movement.js`, blows from `combat.js`.
 */

const { INVENTORY_SIZE } = require('./window_views')
const { ARMOUR_POINTS } = require('./tables/combat')

const FULL_HEALTH = 20
const FULL_FOOD = 20
const STARTING_SATURATION = 5
const FULL_AIR = 300
/** Ticks in which a hurt player cannot be hurt again. */
const INVULNERABLE_TICKS = 10
const EXHAUSTION_PER_FOOD = 4
const REGENERATION_EXHAUSTION = 6
const REGENERATION_FOOD = 18
/** Healing and starving happen once in so many ticks. */
const HUNGER_INTERVAL = 80
/** Hunger stops at half a heart (on normal difficulty). */
const STARVING_LIMIT = 1
const VOID_LEVEL = -84
const DAMAGE_EXHAUSTION = 0.1
/** Causes that armour protects from. */
const ARMOURED = ['attack', 'lava']

class Health {
  /** @param {any} game */
  constructor (game) {
    this.game = game
  }

  /** Values of a player who starts or comes back to life. */
  fresh () {
    return {
      health: FULL_HEALTH,
      food: FULL_FOOD,
      saturation: STARTING_SATURATION,
      exhaustion: 0,
      air: FULL_AIR,
      fallDistance: 0,
      effects: {},
      absorption: 0,
      nextOrbTick: 0,
      dead: false,
      eatingUntil: 0,
      digging: null,
      lastPosition: null,
      invulnerableUntil: 0
    }
  }

  send (/** @type {any} */ player) {
    const { health, food, saturation } = player.survivor
    player._client.write('update_health', { health: Math.max(0, health), food, foodSaturation: saturation })
  }

  heal (/** @type {any} */ player, /** @type {number} */ halfHearts) {
    const { survivor } = player
    if (survivor.dead || survivor.health >= FULL_HEALTH) return
    survivor.health = Math.min(FULL_HEALTH, survivor.health + halfHearts)
    this.send(player)
  }

  tick (/** @type {any} */ player) {
    const { survivor } = player
    if (survivor.dead) return
    const before = `${survivor.health} ${survivor.food} ${survivor.saturation}`
    this.game.effects.tick(player)
    this.#surroundings(player)
    if (!survivor.dead) this.#hunger(player)
    if (`${survivor.health} ${survivor.food} ${survivor.saturation}` !== before && !survivor.dead) this.send(player)
  }

  #surroundings (/** @type {any} */ player) {
    const { world, blocks, reach } = this.game
    const { survivor, position } = player
    const eyes = reach.eyes(player)
    const atHead = world.get(eyes.x, eyes.y, eyes.z)
    const atFeet = world.get(position.x, position.y + 0.1, position.z)
    if (position.y < VOID_LEVEL) this.hurt(player, 4, 'void')
    if (blocks.isLava(atHead) || blocks.isLava(atFeet)) this.hurt(player, 4, 'lava')
    if (suffocates(blocks.block(atHead))) this.hurt(player, 1, 'suffocation')
    if (!blocks.isWater(atHead)) {
      survivor.air = Math.min(FULL_AIR, survivor.air + 4)
    } else if (--survivor.air <= -20) {
      survivor.air = 0
      this.hurt(player, 2, 'drowning')
    }
  }

  #hunger (/** @type {any} */ player) {
    const { survivor } = player
    while (survivor.exhaustion >= EXHAUSTION_PER_FOOD) {
      survivor.exhaustion -= EXHAUSTION_PER_FOOD
      if (survivor.saturation > 0) survivor.saturation = Math.max(0, survivor.saturation - 1)
      else survivor.food = Math.max(0, survivor.food - 1)
    }
    if (this.game.tick % HUNGER_INTERVAL !== 0) return
    if (survivor.health < FULL_HEALTH && survivor.food >= REGENERATION_FOOD) {
      survivor.health = Math.min(FULL_HEALTH, survivor.health + 1)
      survivor.exhaustion += REGENERATION_EXHAUSTION
    } else if (survivor.food === 0 && survivor.health > STARVING_LIMIT) {
      this.hurt(player, 1, 'starvation')
    }
  }

  /**
   * @param {any} player
   * @param {number} damage half hearts
   * @param {string} cause
   * @param {any} [attacker] player or entity
   */
  hurt (player, damage, cause, attacker) {
    const { survivor } = player
    const { tick } = this.game
    if (survivor.dead || (tick < survivor.invulnerableUntil && cause !== 'void')) return
    const left = ARMOURED.includes(cause) ? this.#absorb(player, damage) : damage
    survivor.invulnerableUntil = tick + INVULNERABLE_TICKS
    survivor.exhaustion += DAMAGE_EXHAUSTION
    survivor.health = Math.max(0, survivor.health - left)
    const source = attacker ? attacker.id + 1 : 0
    this.game.players.broadcast('damage_event', {
      entityId: player.id, sourceTypeId: 0, sourceCauseId: source, sourceDirectId: source
    })
    this.send(player)
    this.game.saving.markChanged()
    if (survivor.health <= 0) this.#die(player, cause)
  }

  /** What armour lets through; it wears. */
  #absorb (/** @type {any} */ player, /** @type {number} */ damage) {
    const { slots } = player.survivor
    let points = 0
    for (let slot = 5; slot <= 8; slot++) {
      const material = /^([a-z]+)_/.exec(slots[slot]?.name ?? '')?.[1]
      if (!material || !ARMOUR_POINTS[material]) continue
      points += ARMOUR_POINTS[material][slot - 5]
      slots[slot] = this.game.items.wear(slots[slot])
    }
    this.game.windows.sendChanges(player)
    return damage * (1 - Math.min(20, points) / 25)
  }

  #die (/** @type {any} */ player, /** @type {string} */ cause) {
    const { survivor } = player
    const { windows, itemEntities, experience, serv, statistics, random } = this.game
    survivor.dead = true
    statistics.deaths++
    windows.close(player)
    for (let slot = 1; slot < INVENTORY_SIZE; slot++) {
      const item = survivor.slots[slot]
      survivor.slots[slot] = null
      const velocity = { x: (random.next() - 0.5) * 0.4, y: 0.2, z: (random.next() - 0.5) * 0.4 }
      itemEntities.spawn(player.position.offset(0, 0.5, 0), item, { velocity })
    }
    windows.sendChanges(player)
    survivor.experience = 0
    experience.send(player)
    serv.broadcast(`${player.username} died (${cause})`)
    this.game.events.emit('death', { username: player.username, cause })
  }

  respawn (/** @type {any} */ player) {
    if (!player.survivor.dead) return
    const { players, windows, saving, sleeping } = this.game
    Object.assign(player.survivor, this.fresh())
    players.sendRespawn(player)
    players.teleport(player, sleeping.bedOf(player) ?? this.game.spawnPoint)
    windows.sendAll(player)
    this.send(player)
    saving.markChanged()
  }
}

/** Full blocks that a head cannot be in. */
function suffocates (/** @type {any} */ block) {
  return block.boundingBox === 'block' && !block.transparent && !/slab|stairs|door|chest|bed$|fence|wall|leaves|glass|farmland/.test(block.name)
}

module.exports = { Health, FULL_FOOD }
