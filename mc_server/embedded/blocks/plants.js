'use strict'
/**
 * Plants that grow by random ticks: crops, stems with their fruit, berries, cocoa, sugar cane, cactus, bamboo, kelp,
 * mushrooms, vines (Minecraft Wiki, Java Edition 1.20). Each has a `grow` for a random tick and, where bone meal helps, a `feed`.
 *
 * Not covered: chorus, cave vines, huge mushrooms, vines that spread sideways; saplings (`saplings.js`), grass (`grass.js`).
 */

const { AROUND, beside } = require('../world/directions')
const { CROPS } = require('../tables/drops')
const { SOILS } = require('../tables/placing')

/** Light a plant wants, of whatever kind, whatever the hour. */
const GROWING_LIGHT = 9
const LASTING_LIGHT = 8
const RIPE_STEM = 7
const STALK_HEIGHT = 3
const STALK_AGE = 15
const BAMBOO_HEIGHT = 16
const KELP_AGE = 25
const KELP_CHANCE = 0.14
const MUSHROOM_ODDS = 25
const MOST_MUSHROOMS = 5
const MUSHROOM_HOPS = 4
/** Of four ticks one, and of six directions one is down. */
const VINE_ODDS = 24
const FRUITS = /** @type {Record<string, string>} */ ({ melon_stem: 'melon', pumpkin_stem: 'pumpkin' })
/** Plants that just age: up to which age, and in one of how many ticks. */
const AGEING = /** @type {Record<string, {ripe: number, odds: number, light: boolean}>} */ ({
  sweet_berry_bush: { ripe: 3, odds: 5, light: true },
  cocoa: { ripe: 2, odds: 5, light: false },
  nether_wart: { ripe: 3, odds: 10, light: false }
})
const FRUIT_SOIL = SOILS.find(([plants]) => plants.test('poppy'))?.[1].names ?? []

/** @typedef {{x: number, y: number, z: number}} Point */

class Plants {
  /** @param {any} game */
  constructor (game) {
    this.game = game
    const { randomTicks, updates } = game
    /** What bone meal does to a plant; tells whether it was used up. @type {Record<string, (at: Point, state: number) => boolean>} */
    this.feeding = {}
    for (const name of Object.keys(CROPS)) this.#register(name, this.#growCrop, this.#feedCrop)
    for (const name of Object.keys(FRUITS)) this.#register(name, this.#growStem, this.#feedCrop)
    for (const name of Object.keys(AGEING)) this.#register(name, this.#growOlder, name === 'nether_wart' ? undefined : this.#feedOlder)
    for (const name of ['sugar_cane', 'cactus']) this.#register(name, this.#growStalk)
    for (const name of ['bamboo', 'bamboo_sapling']) this.#register(name, this.#growBamboo, this.#feedBamboo)
    randomTicks.on(['kelp'], (/** @type {Point} */ at, /** @type {number} */ state) => {
      if (game.random.chance(KELP_CHANCE)) this.#growKelp(at, state)
    })
    this.feeding.kelp = (at, state) => this.#growKelp(at, state)
    updates.on(['kelp_plant'], (/** @type {Point} */ at) => this.#keepKelp(at))
    randomTicks.on(['red_mushroom', 'brown_mushroom'], (/** @type {Point} */ at, /** @type {number} */ state) => this.#spreadMushroom(at, state))
    randomTicks.on(['vine'], (/** @type {Point} */ at, /** @type {number} */ state) => this.#growVine(at, state))
    updates.on([...Object.keys(CROPS), ...Object.keys(FRUITS)], (/** @type {Point} */ at) => this.#fadeInDark(at))
    updates.on(['attached_melon_stem', 'attached_pumpkin_stem'], (/** @type {Point} */ at, /** @type {number} */ state) => this.#detach(at, state))
  }

  #register (/** @type {string} */ name, /** @type {(at: Point, state: number) => void} */ grow,
    /** @type {((at: Point, state: number) => boolean) | undefined} */ feed = undefined) {
    this.game.randomTicks.on([name], grow.bind(this))
    if (feed) this.feeding[name] = feed.bind(this)
  }

  /** Light of either kind, as bright as it would be by day. */
  #light (/** @type {Point} */ { x, y, z }) {
    const { light } = this.game
    return Math.max(light.block(x, y, z), light.sky(x, y, z))
  }

  #name (/** @type {Point} */ { x, y, z }) {
    return this.game.blocks.nameOf(this.game.world.get(x, y, z))
  }

  #set (/** @type {Point} */ { x, y, z }, /** @type {number} */ state) {
    this.game.world.set(x, y, z, state)
  }

  #age (/** @type {number} */ state) {
    return Number(this.game.blocks.properties(state).age)
  }

  #fadeInDark (/** @type {Point} */ at) {
    if (this.#light(at) < LASTING_LIGHT) this.game.breaking.destroy(at)
  }

  /** One chance in so many, more on wet farmland and beside other crops. */
  #oddsOfCrop (/** @type {Point} */ at) {
    const { world, blocks } = this.game
    let speed = 1
    for (let dx = -1; dx <= 1; dx++) {
      for (let dz = -1; dz <= 1; dz++) {
        const state = world.get(at.x + dx, at.y - 1, at.z + dz)
        if (blocks.nameOf(state) !== 'farmland') continue
        const worth = Number(blocks.properties(state).moisture) > 0 ? 3 : 1
        speed += dx === 0 && dz === 0 ? worth : worth / 4
      }
    }
    return Math.floor(25 / (this.#isCrowded(at) ? speed / 2 : speed)) + 1
  }

  /** The same crop in both directions or at a corner slows growth: crops want rows. */
  #isCrowded (/** @type {Point} */ at) {
    const name = this.#name(at)
    const same = (/** @type {number} */ dx, /** @type {number} */ dz) => this.#name({ x: at.x + dx, y: at.y, z: at.z + dz }) === name
    const alongX = same(-1, 0) || same(1, 0)
    const alongZ = same(0, -1) || same(0, 1)
    return (alongX && alongZ) || same(-1, -1) || same(1, -1) || same(-1, 1) || same(1, 1)
  }

  #growCrop (/** @type {Point} */ at, /** @type {number} */ state) {
    const { blocks, random } = this.game
    const name = blocks.nameOf(state)
    if (this.#age(state) >= CROPS[name].ripeAge || this.#light(at) < GROWING_LIGHT) return
    if (name === 'beetroots' && random.between(0, 2) === 0) return
    if (random.between(1, this.#oddsOfCrop(at)) === 1) this.#grownBy(at, state, 1)
  }

  #feedCrop (/** @type {Point} */ at, /** @type {number} */ state) {
    const steps = this.game.random.between(2, 5)
    return this.#grownBy(at, state, this.game.blocks.nameOf(state) === 'beetroots' ? Math.floor(steps / 3) : steps)
  }

  /** @returns {boolean} whether it was not ripe yet */
  #grownBy (/** @type {Point} */ at, /** @type {number} */ state, /** @type {number} */ steps) {
    const { blocks } = this.game
    const ripe = CROPS[blocks.nameOf(state)]?.ripeAge ?? RIPE_STEM
    if (this.#age(state) >= ripe) return false
    this.#set(at, blocks.change(state, { age: Math.min(ripe, this.#age(state) + steps) }))
    return true
  }

  #growStem (/** @type {Point} */ at, /** @type {number} */ state) {
    const { random } = this.game
    if (this.#light(at) < GROWING_LIGHT || random.between(1, this.#oddsOfCrop(at)) !== 1) return
    if (!this.#grownBy(at, state, 1)) this.#bearFruit(at, state)
  }

  #bearFruit (/** @type {Point} */ at, /** @type {number} */ state) {
    const { blocks, random } = this.game
    const side = random.pick(AROUND)
    const place = beside(at, side)
    const fruit = FRUITS[blocks.nameOf(state)]
    if (this.#name(place) !== 'air' || !FRUIT_SOIL.includes(this.#name(beside(place, 'down')))) return
    this.#set(place, blocks.defaultOf(fruit))
    this.#set(at, blocks.withProperties(`attached_${fruit}_stem`, { facing: side }))
  }

  /** A stem whose fruit was taken bears again. */
  #detach (/** @type {Point} */ at, /** @type {number} */ state) {
    const { blocks } = this.game
    const stem = blocks.nameOf(state).replace('attached_', '')
    if (this.#name(beside(at, 'down')) !== 'farmland') this.game.breaking.destroy(at)
    else if (this.#name(beside(at, blocks.properties(state).facing)) !== FRUITS[stem]) this.#set(at, blocks.withProperties(stem, { age: RIPE_STEM }))
  }

  #growOlder (/** @type {Point} */ at, /** @type {number} */ state) {
    const { blocks, random } = this.game
    const { ripe, odds, light } = AGEING[blocks.nameOf(state)]
    if (this.#age(state) >= ripe || (light && this.#light(beside(at, 'up')) < GROWING_LIGHT)) return
    if (random.between(1, odds) === 1) this.#set(at, blocks.change(state, { age: this.#age(state) + 1 }))
  }

  #feedOlder (/** @type {Point} */ at, /** @type {number} */ state) {
    const { blocks } = this.game
    if (this.#age(state) >= AGEING[blocks.nameOf(state)].ripe) return false
    this.#set(at, blocks.change(state, { age: this.#age(state) + 1 }))
    return true
  }

  /** How many of the same plant are on each other, down from a place. */
  #heightOf (/** @type {Point} */ at, /** @type {string} */ name) {
    let height = 0
    while (this.#name({ ...at, y: at.y - height }) === name) height++
    return height
  }

  #growStalk (/** @type {Point} */ at, /** @type {number} */ state) {
    const { blocks } = this.game
    const above = beside(at, 'up')
    const name = blocks.nameOf(state)
    if (this.#name(above) !== 'air' || this.#heightOf(at, name) >= STALK_HEIGHT) return
    if (this.#age(state) < STALK_AGE) return this.#set(at, blocks.change(state, { age: this.#age(state) + 1 }))
    this.#set(at, blocks.change(state, { age: 0 }))
    this.#set(above, blocks.defaultOf(name))
  }

  #growBamboo (/** @type {Point} */ at) {
    if (this.game.random.between(1, 3) === 1 && this.#light(beside(at, 'up')) >= GROWING_LIGHT) this.#lengthen(at)
  }

  #feedBamboo (/** @type {Point} */ at) {
    let top = at
    while (/^bamboo/.test(this.#name(beside(top, 'up')))) top = beside(top, 'up')
    return this.#lengthen(top)
  }

  /** The new top has large leaves, the one below small ones, the next none. */
  #lengthen (/** @type {Point} */ at) {
    const { blocks } = this.game
    const above = beside(at, 'up')
    const below = beside(at, 'down')
    if (this.#name(above) !== 'air' || this.#heightOf(at, 'bamboo') >= BAMBOO_HEIGHT) return false
    this.#set(above, blocks.withProperties('bamboo', { leaves: this.#name(at) === 'bamboo' ? 'large' : 'small' }))
    this.#set(at, blocks.withProperties('bamboo', { leaves: this.#name(below) === 'bamboo' ? 'small' : 'none' }))
    if (this.#name(below) === 'bamboo') this.#set(below, blocks.withProperties('bamboo', { leaves: 'none' }))
    return true
  }

  #growKelp (/** @type {Point} */ at, /** @type {number} */ state) {
    const { blocks, world } = this.game
    const above = beside(at, 'up')
    if (this.#age(state) >= KELP_AGE || world.get(above.x, above.y, above.z) !== blocks.water.first) return false
    this.#set(above, blocks.change(state, { age: this.#age(state) + 1 }))
    this.#set(at, blocks.defaultOf('kelp_plant'))
    return true
  }

  /** A stem of kelp breaks without what it stands on, and is the top when nothing is on it. */
  #keepKelp (/** @type {Point} */ at) {
    const { blocks, world, breaking, random } = this.game
    const below = beside(at, 'down')
    const stands = this.#name(below) === 'kelp_plant' || blocks.isSturdy(world.get(below.x, below.y, below.z), 'up')
    if (!stands) breaking.destroy(at)
    else if (!/^kelp/.test(this.#name(beside(at, 'up')))) this.#set(at, blocks.withProperties('kelp', { age: random.between(0, KELP_AGE - 1) }))
  }

  /** Mushrooms wander off in the dark until five are near. */
  #spreadMushroom (/** @type {Point} */ at, /** @type {number} */ state) {
    const { random, world, ground } = this.game
    if (random.between(1, MUSHROOM_ODDS) !== 1) return
    let near = 0
    for (let dx = -4; dx <= 4; dx++) {
      for (let dy = -1; dy <= 1; dy++) for (let dz = -4; dz <= 4; dz++) if (world.get(at.x + dx, at.y + dy, at.z + dz) === state) near++
    }
    if (near >= MOST_MUSHROOMS) return
    let place = at
    for (let hop = 0; hop < MUSHROOM_HOPS; hop++) {
      const next = { x: place.x + random.between(-1, 1), y: place.y + random.between(0, 1) - random.between(0, 1), z: place.z + random.between(-1, 1) }
      if (this.#name(next) === 'air' && ground.holds(next, state)) place = next
    }
    if (place !== at) this.#set(place, state)
  }

  /** Vines hang on downwards, by some of the sides they cling with. */
  #growVine (/** @type {Point} */ at, /** @type {number} */ state) {
    const { blocks, random } = this.game
    const below = beside(at, 'down')
    if (random.between(1, VINE_ODDS) !== 1 || this.#name(below) !== 'air') return
    const properties = blocks.properties(state)
    const sides = AROUND.filter(side => properties[side] && random.chance(0.5))
    if (sides.length > 0) this.#set(below, blocks.withProperties('vine', { up: false, ...Object.fromEntries(AROUND.map(side => [side, sides.includes(side)])) }))
  }
}

module.exports = { Plants }
