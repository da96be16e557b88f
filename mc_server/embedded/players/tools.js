'use strict'
/**
 * What held items do to blocks: hoes till, shovels make paths, axes strip logs and scrape copper, shears carve, flint and steel
 * lights, honeycomb waxes, bone meal helps plants, eggs bring creatures.
 *
 * Not covered: buckets (`buckets.js`) and items used in the air (`use_item.js`).
 */

const { beside, facingOf, isHorizontal, OPPOSITE } = require('../world/directions')

/** @typedef {{x: number, y: number, z: number}} Point */
/** @typedef {{player: any, at: Point, side: string, state: number, name: string, held: any}} Work */

const TILLED = /** @type {Record<string, string>} */ ({
  grass_block: 'farmland', dirt: 'farmland', dirt_path: 'farmland', coarse_dirt: 'dirt', rooted_dirt: 'dirt'
})
const PATHS = ['grass_block', 'dirt', 'coarse_dirt', 'mycelium', 'podzol', 'rooted_dirt']
const LOG = /_(log|wood|stem|hyphae)$|^bamboo_block$/
const OXIDISED = /^(exposed|weathered|oxidized)_(?=.*(copper|copper_))/
const YOUNGER = /** @type {Record<string, string>} */ ({ exposed_: '', weathered_: 'exposed_', oxidized_: 'weathered_' })
const PUMPKIN_SEEDS = 4
const LIT = /campfire$|(^|_)candle$|candle_cake$/

class Tools {
  /** @param {any} game */
  constructor (game) {
    this.game = game
    /** By the held item; the first pattern that fits counts. @type {[RegExp, (work: Work) => boolean][]} */
    this.works = [
      [/_hoe$/, work => this.#till(work)],
      [/_shovel$/, work => this.#makePath(work)],
      [/_axe$/, work => this.#strip(work)],
      [/^shears$/, work => this.#carve(work)],
      [/^(flint_and_steel|fire_charge)$/, work => this.#light(work)],
      [/^honeycomb$/, work => this.#wax(work)],
      [/^bone_meal$/, work => this.#fertilise(work)],
      [/_spawn_egg$/, work => this.#hatch(work)]
    ]
  }

  /** @returns {boolean} whether the held item did something to the block */
  use (/** @type {any} */ player, /** @type {{clicked: Point, side: string}} */ { clicked, side }, /** @type {any} */ held) {
    const rule = this.works.find(([names]) => names.test(held.name))
    if (!rule) return false
    const state = this.game.world.get(clicked.x, clicked.y, clicked.z)
    return rule[1]({ player, at: clicked, side, state, name: this.game.blocks.nameOf(state), held })
  }

  /** Makes another block of one, with the properties both have, and wears the tool. */
  #become (/** @type {Work} */ { player, at, state }, /** @type {string} */ name, /** @type {Record<string, any>} */ properties = {}) {
    const { world, blocks, windows } = this.game
    world.set(at.x, at.y, at.z, blocks.withProperties(name, { ...blocks.properties(state), ...properties }))
    windows.wearHeld(player)
    return true
  }

  #isFreeAbove (/** @type {Point} */ { x, y, z }) {
    return this.game.world.get(x, y + 1, z) === 0
  }

  #till (/** @type {Work} */ work) {
    const { at, side, name } = work
    const tilled = TILLED[name]
    if (!tilled || (name !== 'rooted_dirt' && (side === 'down' || !this.#isFreeAbove(at)))) return false
    if (name === 'rooted_dirt') this.game.itemEntities.spawnInBlock(beside(at, side), this.game.items.create('hanging_roots'))
    return this.#become(work, tilled)
  }

  #makePath (/** @type {Work} */ work) {
    const { at, side, name, state } = work
    if (/campfire$/.test(name) && this.game.blocks.properties(state).lit) return this.#become(work, name, { lit: false })
    return PATHS.includes(name) && side !== 'down' && this.#isFreeAbove(at) && this.#become(work, 'dirt_path')
  }

  #strip (/** @type {Work} */ work) {
    const { name } = work
    const { blocks } = this.game
    if (LOG.test(name) && blocks.has(`stripped_${name}`)) return this.#become(work, `stripped_${name}`)
    if (name.startsWith('waxed_')) return this.#scrape(work, name.replace('waxed_', ''))
    if (!OXIDISED.test(name)) return false
    const younger = name.replace(OXIDISED, found => YOUNGER[found])
    return this.#scrape(work, younger === 'copper' ? 'copper_block' : younger)
  }

  /** Doors are scraped as a whole. */
  #scrape (/** @type {Work} */ work, /** @type {string} */ name) {
    const { at, state } = work
    if (!this.game.blocks.has(name)) return false
    this.#replaceDoorHalf(at, state, name)
    return this.#become(work, name)
  }

  #replaceDoorHalf (/** @type {Point} */ at, /** @type {number} */ state, /** @type {string} */ name) {
    const { world, blocks, pairs } = this.game
    if (!/_door$/.test(name)) return
    const other = beside(at, blocks.properties(state).half === 'lower' ? 'up' : 'down')
    const otherState = world.get(other.x, other.y, other.z)
    pairs.asOne(() => world.set(other.x, other.y, other.z, blocks.withProperties(name, blocks.properties(otherState)), { quiet: true }))
  }

  #wax (/** @type {Work} */ work) {
    const { name, at, state, player } = work
    if (!this.game.blocks.has(`waxed_${name}`)) return false
    this.#replaceDoorHalf(at, state, `waxed_${name}`)
    this.#become(work, `waxed_${name}`)
    this.game.windows.spendHeld(player)
    return true
  }

  #carve (/** @type {Work} */ work) {
    const { name, side, player, at } = work
    if (name !== 'pumpkin') return false
    const facing = isHorizontal(side) ? side : OPPOSITE[facingOf(player.survivor.yaw)]
    this.game.itemEntities.spawnInBlock(beside(at, facing), this.game.items.create('pumpkin_seeds', PUMPKIN_SEEDS))
    return this.#become(work, 'carved_pumpkin', { facing })
  }

  /** Lights candles and campfires, else a fire beside the block. */
  #light (/** @type {Work} */ { player, at, side, state, name, held }) {
    const { blocks, world, windows, fire } = this.game
    const { lit, waterlogged } = blocks.properties(state)
    if (LIT.test(name) && lit === false && !waterlogged) world.set(at.x, at.y, at.z, blocks.change(state, { lit: true }))
    else if (!fire?.lightAt(beside(at, side))) return false
    if (held.name === 'fire_charge') windows.spendHeld(player)
    else windows.wearHeld(player)
    return true
  }

  #fertilise (/** @type {Work} */ { player, at }) {
    if (!this.game.growth.fertilise(at)) return false
    this.game.windows.spendHeld(player)
    return true
  }

  /** The creature stands beside the clicked side. */
  #hatch (/** @type {Work} */ { player, at, side, held, state }) {
    const { blocks, windows, creatures } = this.game
    const { x, y, z } = blocks.solid[state] ? beside(at, side) : at
    const kind = held.name.replace('_spawn_egg', '')
    if (!creatures.has(kind)) return true
    creatures.spawn(kind, { x: x + 0.5, y, z: z + 0.5 }, { persistent: true })
    windows.spendHeld(player)
    return true
  }
}

module.exports = { Tools }
