'use strict'
/**
 * Creatures: animals and monsters. One rule for both families: it makes them, lets them think, move and live each tick, and
 * tells clients what they look like. What a kind does is in its mind (`minds/`), its body in `kinds.js`.
 *
 * Not here: villagers, fish, bats, other monsters, riding, leads, names.
 */

const { KINDS, BABY_SCALE } = require('./kinds')
const { Life } = require('./life')
const { Motion } = require('./motion')
const { Navigation } = require('./navigation')
const { Animal } = require('./minds/animal')
const { Sheep } = require('./minds/sheep')
const { Chicken } = require('./minds/chicken')
const { Rabbit } = require('./minds/rabbit')
const { Zombie } = require('./minds/zombie')
const { Skeleton } = require('./minds/skeleton')
const { Spider } = require('./minds/spider')
const { Creeper } = require('./minds/creeper')
const { Enderman } = require('./minds/enderman')

const MINDS = /** @type {Record<string, any>} */ ({
  cow: Animal, pig: Animal, sheep: Sheep, chicken: Chicken, rabbit: Rabbit, zombie: Zombie, skeleton: Skeleton, spider: Spider, creeper: Creeper, enderman: Enderman
})

/** Keys of metadata that all creatures have. */
const METADATA = { FLAGS: 0, HEALTH: 9, MOB_FLAGS: 15, BABY: 16 }
const FLAG_BURNING = 0x01
const FLAG_AGGRESSIVE = 0x04
const HAND = 0
/** Fields of a creature that has nothing on its mind. */
const AT_REST = { persistent: false, path: null, wish: null, gaze: null, gazeUntil: 0, jumpIn: 0, idleTicks: 0 }

class Creatures {
  /** @param {any} game */
  constructor (game) {
    this.game = game
    this.life = new Life(game)
    this.motion = new Motion(game)
    this.navigation = new Navigation(game)
    /** @type {Record<string, any>} */
    this.minds = {}
    for (const [kind, Mind] of Object.entries(MINDS)) this.minds[kind] = new Mind(game, KINDS[kind])
    /** Values that most creatures have; they are not written down. @type {Record<string, any>} */
    this.usual = { ...AT_REST, ...this.life.fresh() }
    /** Ticks between packets of moves, as the original server has it. */
    this.moveInterval = 3
  }

  has (/** @type {string} */ kind) {
    return kind in KINDS
  }

  /** @returns {import('./kinds').Kind} */
  kindOf (/** @type {any} */ entity) {
    return KINDS[entity.kind]
  }

  mindOf (/** @type {any} */ entity) {
    return this.minds[entity.kind]
  }

  /**
   * @param {string} kind
   * @param {{x: number, y: number, z: number}} at
   * @param {Record<string, any>} [options] `baby`, `color` of a sheep, `persistent`: never vanishes
   * @returns {any} the creature
   */
  spawn (kind, { x, y, z }, { baby = false, persistent = false, ...options } = {}) {
    const { game } = this
    const { family, health } = KINDS[kind]
    const yaw = game.random.next() * 360 - 180
    game.saving.markChanged()
    return game.entities.spawn({
      family,
      kind,
      x,
      y,
      z,
      yaw,
      headYaw: yaw,
      pitch: 0,
      ...sizeOf(kind, baby),
      baby,
      health,
      ...this.usual,
      persistent,
      ...this.minds[kind].born({ baby, ...options })
    })
  }

  /** What of a creature is written down: most of a herd is at rest, far from everybody. */
  packEntity (/** @type {Record<string, any>} */ fields) {
    return Object.fromEntries(Object.entries(fields).filter(([name, value]) => value !== this.usual[name]))
  }

  unpackEntity (/** @type {Record<string, any>} */ fields) {
    return { ...this.usual, ...fields }
  }

  /** A baby is half as large, until it grows up. */
  setBaby (/** @type {any} */ entity, /** @type {boolean} */ baby) {
    Object.assign(entity, sizeOf(entity.kind, baby), { baby })
    this.game.entities.sendMetadata(entity)
  }

  tick (/** @type {any} */ entity) {
    if (entity.dyingTicks > 0) return this.life.fade(entity)
    const { entities } = this.game
    const kind = KINDS[entity.kind]
    entity.wish = null
    this.minds[entity.kind].think(entity)
    if (!entities.all.has(entity.id)) return
    this.navigation.follow(entity)
    this.motion.travel(entity, kind)
    this.life.endure(entity, kind)
  }

  hurt (/** @type {any} */ entity, /** @type {number} */ damage, /** @type {any} */ blow) {
    const mind = this.minds[entity.kind]
    if (mind.shrugsOff?.(entity, blow)) return false
    const felt = this.life.hurt(entity, damage, blow)
    if (felt && entity.health > 0) mind.struck?.(entity, blow)
    return felt
  }

  ignite (/** @type {any} */ entity, /** @type {number} */ ticks) {
    this.life.ignite(entity, ticks)
  }

  interact (/** @type {any} */ entity, /** @type {any} */ player, /** @type {any} */ held) {
    if (entity.health > 0) this.minds[entity.kind].interact?.(entity, player, held)
  }

  metadata (/** @type {any} */ entity) {
    const rows = [
      { key: METADATA.FLAGS, type: 'byte', value: entity.fireTicks > 0 ? FLAG_BURNING : 0 },
      { key: METADATA.HEALTH, type: 'float', value: Math.max(0, entity.health) }
    ]
    if (entity.family === 'monster') rows.push({ key: METADATA.MOB_FLAGS, type: 'byte', value: entity.aggressive ? FLAG_AGGRESSIVE : 0 })
    const young = entity.family === 'animal' || entity.kind === 'zombie'
    return [
      ...rows,
      ...(young ? [{ key: METADATA.BABY, type: 'boolean', value: entity.baby }] : []),
      ...(this.minds[entity.kind].metadata?.(entity) ?? [])
    ]
  }

  equipment (/** @type {any} */ entity) {
    const { items } = this.game
    const held = this.minds[entity.kind].holds
    return held ? [{ slot: HAND, item: items.toPacket(items.create(held)) }] : []
  }
}

function sizeOf (/** @type {string} */ kind, /** @type {boolean} */ baby) {
  const scale = baby ? BABY_SCALE : 1
  return { width: KINDS[kind].width * scale, height: KINDS[kind].height * scale }
}

module.exports = { Creatures }
