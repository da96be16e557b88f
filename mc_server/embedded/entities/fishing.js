'use strict'
/**
 * Fishing: the bobber that is thrown, the bite that is waited for, and what is pulled out.
 *
 * Not covered: hooking creatures. Treasure carries one enchantment of a short list.
 */

const { KINDS, ITEMS, WORN, ENCHANTMENTS } = require('../tables/fishing')
const { viewOf } = require('../players/aim')
const { FIRST_HOTBAR, OFF_HAND } = require('../inventory/window_views')

const CAST = { speed: 0.6, along: 0.5, before: 0.3 }
const GRAVITY = 0.03
const DRAG = 0.92
const FLOAT = { slowing: 0.9, pull: 0.2, height: 0.75 }
const WAIT_TICKS = { low: 100, high: 600, lessPerLure: 100 }
const APPROACH_TICKS = { low: 20, high: 80 }
const NIBBLE_TICKS = { low: 20, high: 40 }
const LINE_LENGTH = 32
const LYING_LIFETIME_TICKS = 1200
const BITE_DIP = -0.4
/** Clients tell a bite by so many particles at the bobber. */
const BITE_PARTICLES = 6
const WEAR = { caught: 1, onGround: 2 }
const BITING_KEY = 9

class Fishing {
  /** @param {any} game */
  constructor (game) {
    this.game = game
  }

  /** Casts or pulls in. */
  use (/** @type {any} */ player, /** @type {any} */ rod, /** @type {number} */ slot) {
    const bobber = this.#bobberOf(player)
    if (!bobber) return this.#cast(player, rod)
    const wear = this.#pullIn(player, bobber, rod)
    if (wear > 0 && !this.game.gameModes.isCreative(player)) player.survivor.slots[slot] = this.game.items.wear(rod, wear)
    this.game.windows.sendChanges(player)
  }

  #bobberOf (/** @type {any} */ { username }) {
    return [...this.game.entities.all.values()].find(entity => entity.family === 'bobber' && entity.owner === username)
  }

  #cast (/** @type {any} */ player, /** @type {any} */ rod) {
    const { entities, reach } = this.game
    const view = viewOf(player)
    const flat = Math.hypot(view.x, view.z) || 1e-4
    const way = { x: view.x / flat, y: Math.max(-5, Math.min(5, view.y / flat)), z: view.z / flat }
    const speed = CAST.speed / Math.hypot(way.x, way.y, way.z) + CAST.along
    const eyes = reach.eyes(player)
    entities.spawn({
      family: 'bobber',
      kind: 'fishing_bobber',
      x: eyes.x + way.x * CAST.before,
      y: eyes.y,
      z: eyes.z + way.z * CAST.before,
      width: 0.25,
      height: 0.25,
      velocity: { x: way.x * speed, y: way.y * speed, z: way.z * speed },
      owner: player.username,
      lure: levelOf(rod, 'lure'),
      luck: levelOf(rod, 'luck_of_the_sea'),
      waitTicks: 0,
      approachTicks: 0,
      nibbleTicks: 0,
      lyingTicks: 0
    })
    this.game.saving.markChanged()
  }

  objectData (/** @type {any} */ { owner }) {
    return this.game.players.byName(owner)?.id ?? 0
  }

  metadata (/** @type {any} */ { nibbleTicks }) {
    return [{ key: BITING_KEY, type: 'boolean', value: nibbleTicks > 0 }]
  }

  tick (/** @type {any} */ bobber) {
    const { entities, players, world, blocks } = this.game
    const owner = players.byName(bobber.owner)
    if (!owner || owner.survivor.dead || !holdsRod(owner) || distance(owner.position, bobber) > LINE_LENGTH) return entities.remove(bobber)
    if (bobber.onGround && ++bobber.lyingTicks >= LYING_LIFETIME_TICKS) return entities.remove(bobber)
    const at = { x: Math.floor(bobber.x), y: Math.floor(bobber.y), z: Math.floor(bobber.z) }
    if (blocks.holdsWater(world.get(at.x, at.y, at.z))) {
      this.#float(bobber, at)
      this.#wait(bobber, at)
    } else {
      this.#fly(bobber)
    }
  }

  #fly (/** @type {any} */ bobber) {
    const { velocity } = bobber
    velocity.y -= GRAVITY
    this.game.entities.slide(bobber)
    if (bobber.onGround) velocity.x = velocity.z = 0
    for (const axis of /** @type {('x' | 'y' | 'z')[]} */ (['x', 'y', 'z'])) velocity[axis] *= DRAG
  }

  #float (/** @type {any} */ bobber, /** @type {Point} */ at) {
    const { world, blocks, entities } = this.game
    const { velocity } = bobber
    const deep = blocks.holdsWater(world.get(at.x, at.y + 1, at.z))
    velocity.x *= FLOAT.slowing
    velocity.z *= FLOAT.slowing
    velocity.y = velocity.y * 0.2 + (at.y + (deep ? 1.5 : FLOAT.height) - bobber.y) * FLOAT.pull
    entities.slide(bobber)
    bobber.onGround = false
  }

  /** Rain hurries fish, a roof keeps them away. */
  #wait (/** @type {any} */ bobber, /** @type {Point} */ { x, y, z }) {
    const { random, weather, light, entities } = this.game
    let steps = 1
    if (random.chance(0.25) && weather.rainsAt(x, y + 1, z)) steps++
    if (random.chance(0.5) && light.sky(x, y + 1, z) < 15) steps--
    if (bobber.nibbleTicks > 0) {
      if (--bobber.nibbleTicks === 0) entities.sendMetadata(bobber)
    } else if (bobber.approachTicks > 0) {
      bobber.approachTicks -= steps
      if (bobber.approachTicks <= 0) this.#bite(bobber)
    } else if (bobber.waitTicks > 0) {
      bobber.waitTicks -= steps
      if (bobber.waitTicks <= 0) bobber.approachTicks = random.between(APPROACH_TICKS.low, APPROACH_TICKS.high)
    } else {
      bobber.waitTicks = Math.max(1, random.between(WAIT_TICKS.low, WAIT_TICKS.high) - bobber.lure * WAIT_TICKS.lessPerLure)
    }
  }

  #bite (/** @type {any} */ bobber) {
    const { random, entities, registry } = this.game
    bobber.approachTicks = 0
    bobber.nibbleTicks = random.between(NIBBLE_TICKS.low, NIBBLE_TICKS.high)
    bobber.velocity.y = BITE_DIP
    entities.sendMetadata(bobber)
    entities.broadcast(bobber, 'world_particles', {
      particleId: registry.particlesByName.fishing.id,
      longDistance: false,
      x: bobber.x,
      y: bobber.y + 0.5,
      z: bobber.z,
      offsetX: bobber.width,
      offsetY: 0,
      offsetZ: bobber.width,
      particleData: 0.2,
      particles: BITE_PARTICLES,
      data: undefined
    })
  }

  /** @returns {number} how much the rod wears */
  #pullIn (/** @type {any} */ player, /** @type {any} */ bobber, /** @type {any} */ rod) {
    const { entities, itemEntities, experience, random } = this.game
    const caught = bobber.nibbleTicks > 0
    const wear = caught ? WEAR.caught : bobber.onGround ? WEAR.onGround : 0
    entities.remove(bobber)
    if (!caught) return wear
    const way = { x: player.position.x - bobber.x, y: player.position.y - bobber.y, z: player.position.z - bobber.z }
    const length = Math.hypot(way.x, way.y, way.z)
    const velocity = { x: way.x * 0.1, y: way.y * 0.1 + Math.sqrt(length) * 0.08, z: way.z * 0.1 }
    itemEntities.spawn(bobber, this.#loot(bobber, levelOf(rod, 'luck_of_the_sea')), { velocity })
    experience.drop({ x: player.position.x, y: player.position.y + 0.5, z: player.position.z }, random.between(1, 6))
    return wear
  }

  #loot (/** @type {any} */ bobber, /** @type {number} */ luck) {
    const { random, items } = this.game
    const open = this.#isOpenWater(bobber)
    const kinds = Object.entries(KINDS).filter(([kind]) => open || kind !== 'treasure')
      .map(([kind, [weight, perLuck]]) => /** @type {[string, number]} */ ([kind, Math.max(0, weight + perLuck * luck)]))
    const kind = weighted(random, kinds)[0]
    const [name, , count] = weighted(random, ITEMS[kind])
    const item = items.create(name, count)
    const worn = kind === 'fish' ? 0 : WORN[/** @type {'junk' | 'treasure'} */ (kind)]
    if (item.maxDurability && worn > 0) item.durabilityUsed = Math.floor(item.maxDurability * worn * random.next())
    if (name === 'potion') item.nbt = { type: 'compound', name: '', value: { Potion: { type: 'string', value: 'minecraft:water' } } }
    if (kind === 'treasure' && ENCHANTMENTS[name]) {
      const [enchantment, lvl] = random.pick(ENCHANTMENTS[name])
      item.enchants = [{ name: enchantment, lvl }]
    }
    return item
  }

  /** Treasure comes only from water that is five blocks wide and free above. */
  #isOpenWater (/** @type {Point} */ { x, y, z }) {
    const { world, blocks } = this.game
    const layer = (/** @type {number} */ up) => {
      const found = new Set()
      for (let dx = -2; dx <= 2; dx++) {
        for (let dz = -2; dz <= 2; dz++) {
          const state = world.get(x + dx, y + up, z + dz)
          const free = state === 0 || blocks.nameOf(state) === 'lily_pad'
          found.add(free ? 'air' : blocks.isWater(state) && blocks.properties(state).level === 0 ? 'water' : 'other')
        }
      }
      return found.size === 1 ? [...found][0] : 'other'
    }
    return /^(water)+(air)*$/.test([-1, 0, 1, 2].map(layer).join(''))
  }
}

/** @typedef {{x: number, y: number, z: number}} Point */

const levelOf = (/** @type {any} */ item, /** @type {string} */ enchantment) =>
  (item.enchants ?? []).find((/** @type {any} */ { name }) => name === enchantment)?.lvl ?? 0

const distance = (/** @type {Point} */ a, /** @type {Point} */ b) => Math.hypot(a.x - b.x, a.y - b.y, a.z - b.z)

const holdsRod = (/** @type {any} */ { survivor: { slots, heldSlot } }) =>
  slots[FIRST_HOTBAR + heldSlot]?.name === 'fishing_rod' || slots[OFF_HAND]?.name === 'fishing_rod'

/**
 * A row drawn by its weight, which comes second in it.
 * @template {[string, number, ...any[]]} T
 * @param {import('../random').Random} random
 * @param {T[]} rows
 * @returns {T}
 */
function weighted (random, rows) {
  let left = random.next() * rows.reduce((sum, [, weight]) => sum + weight, 0)
  return rows.find(([, weight]) => (left -= weight) < 0) ?? rows[rows.length - 1]
}

module.exports = { Fishing }
