'use strict'
/**
 * What blocks do when they are clicked with the right button: windows, beds, doors, switches, signs, cake, composters, pots.
 *
 * Not covered: what the held item does to a block (`tools.js`).
 */

const { beside, facingOf, OPPOSITE } = require('../world/directions')
const { POTTED } = require('../tables/placing')
const { compostChance, COMPOST_FULL, COMPOST_READY } = require('../tables/compost')
const { FULL_FOOD } = require('../players/health')

/** @typedef {{x: number, y: number, z: number}} Point */
/** @typedef {{clicked: Point, side: string, cursor: Point}} Click */
/** @typedef {(this: Interactions, player: any, click: Click, held: any, state: number) => boolean} Use */

const CAKE = { food: 2, saturation: 0.4, bites: 7 }
const COMPOST_TICKS = 20
const NOTES = 25
const PLAY_NOTE = 0

/** Blocks by name and what a click does; the first pattern that fits counts. @type {[RegExp, Use][]} */
const USES = [
  [/_bed$/, function (player, { clicked }) {
    this.game.sleeping.lieDown(player, clicked)
    return true
  }],
  [/^(?!iron_).*_(door|trapdoor|fence_gate)$/, function (player, { clicked }, _held, state) {
    return this.openDoor(player, clicked, state)
  }],
  [/_button$|^lever$/, function (_player, { clicked }) { return this.game.switches.use(clicked) }],
  [/_sign$/, function (player, { clicked }, held) { return this.game.signs.use(player, clicked, held) }],
  [/^cake$/, function (player, { clicked }, _held, state) { return this.eatCake(player, clicked, state) }],
  [/^composter$/, function (player, { clicked }, held, state) { return this.compost(player, clicked, held, state) }],
  [/cauldron$/, function (player, { clicked }, held, state) { return this.game.cauldrons.use(player, clicked, held, state) }],
  [/^flower_pot$/, function (player, { clicked }, held) { return this.pot(player, clicked, held) }],
  [/^potted_/, function (player, { clicked }, held, state) { return this.unpot(player, clicked, held, state) }],
  [/campfire$/, function (player, { clicked }, held, state) { return this.game.campfires.add(player, clicked, held, state) }],
  [/(^|_)candle$|candle_cake$/, function (_player, { clicked }, held, state) { return !held && this.change(clicked, state, { lit: false }, 'lit') }],
  [/^sweet_berry_bush$/, function (_player, { clicked }, held, state) { return this.pickBerries(clicked, held, state) }],
  [/^cave_vines/, function (_player, { clicked }, _held, state) { return this.pickGlowBerries(clicked, state) }],
  [/^note_block$/, function (_player, { clicked }, _held, state) { return this.tune(clicked, state) }],
  [/^repeater$/, function (_player, { clicked }, _held, state) {
    return this.change(clicked, state, { delay: Number(this.game.blocks.properties(state).delay) % 4 + 1 })
  }],
  [/^comparator$/, function (_player, { clicked }, _held, state) {
    return this.change(clicked, state, { mode: this.game.blocks.properties(state).mode === 'compare' ? 'subtract' : 'compare' })
  }],
  [/^daylight_detector$/, function (_player, { clicked }, _held, state) {
    return this.change(clicked, state, { inverted: !this.game.blocks.properties(state).inverted })
  }]
]

class Interactions {
  /** @param {any} game */
  constructor (game) {
    this.game = game
    game.blockTicks.on('compost', (/** @type {Point} */ at) => this.ripen(at))
    game.blockTicks.on('lid', (/** @type {Point} */ at) => game.containers.showLid(at))
  }

  /** @returns {boolean} whether the click did something with the block itself */
  use (/** @type {any} */ player, /** @type {Click} */ click, /** @type {any} */ held) {
    const { x, y, z } = click.clicked
    const state = this.game.world.get(x, y, z)
    if (this.game.containers.open(player, click.clicked)) return true
    const name = this.game.blocks.nameOf(state)
    const rule = USES.find(([names]) => names.test(name))
    return rule !== undefined && rule[1].call(this, player, click, held, state)
  }

  /**
   * Changes properties of a block.
   * @returns {boolean} whether it was done; with `onlyIf`, a property that must be true
   */
  change (/** @type {Point} */ { x, y, z }, /** @type {number} */ state, /** @type {Record<string, any>} */ changes, onlyIf = '') {
    const { world, blocks } = this.game
    if (onlyIf && !blocks.properties(state)[onlyIf]) return false
    world.set(x, y, z, blocks.change(state, changes))
    return true
  }

  /** A gate opens away from who opens it. */
  openDoor (/** @type {any} */ player, /** @type {Point} */ at, /** @type {number} */ state) {
    const { blocks, pairs } = this.game
    const { open, facing } = blocks.properties(state)
    const towards = facingOf(player.survivor.yaw)
    const turned = blocks.nameOf(state).endsWith('_gate') && !open && isOpposite(towards, facing) ? { facing: towards } : {}
    pairs.change(at, { open: !open, ...turned })
    return true
  }

  eatCake (/** @type {any} */ player, /** @type {Point} */ at, /** @type {number} */ state) {
    const { survivor } = player
    const { world, blocks, health } = this.game
    if (survivor.food >= FULL_FOOD) return false
    survivor.food = Math.min(FULL_FOOD, survivor.food + CAKE.food)
    survivor.saturation = Math.min(survivor.food, survivor.saturation + CAKE.saturation)
    health.send(player)
    const bites = Number(blocks.properties(state).bites) + 1
    world.set(at.x, at.y, at.z, bites >= CAKE.bites ? 0 : blocks.change(state, { bites }))
    return true
  }

  compost (/** @type {any} */ player, /** @type {Point} */ at, /** @type {any} */ held, /** @type {number} */ state) {
    const { blocks, world, random, windows, items, itemEntities, blockTicks } = this.game
    const level = Number(blocks.properties(state).level)
    if (level === COMPOST_READY) {
      world.set(at.x, at.y, at.z, blocks.change(state, { level: 0 }))
      itemEntities.spawn({ x: at.x + 0.5, y: at.y + 1.01, z: at.z + 0.5 }, items.create('bone_meal'))
      return true
    }
    const chance = held ? compostChance(held.name) : 0
    if (chance === 0) return false
    if (level >= COMPOST_FULL) return true
    windows.spendHeld(player)
    if (level > 0 && !random.chance(chance)) return true
    world.set(at.x, at.y, at.z, blocks.change(state, { level: level + 1 }))
    if (level + 1 === COMPOST_FULL) blockTicks.schedule(at, COMPOST_TICKS, 'compost')
    return true
  }

  /** A full composter is ready a second later. */
  ripen (/** @type {Point} */ at) {
    const { world, blocks } = this.game
    const state = world.get(at.x, at.y, at.z)
    const { level } = blocks.properties(state)
    if (blocks.nameOf(state) === 'composter' && level === COMPOST_FULL) this.change(at, state, { level: COMPOST_READY })
  }

  pot (/** @type {any} */ player, /** @type {Point} */ { x, y, z }, /** @type {any} */ held) {
    const { blocks, world, windows } = this.game
    const name = `potted_${potName(held?.name ?? '')}`
    if (!held || !POTTED.test(held.name) || !blocks.has(name)) return false
    world.set(x, y, z, blocks.defaultOf(name))
    windows.spendHeld(player)
    return true
  }

  /** The plant comes out, unless the hand holds another. */
  unpot (/** @type {any} */ player, /** @type {Point} */ { x, y, z }, /** @type {any} */ held, /** @type {number} */ state) {
    const { blocks, world, windows, items, itemEntities } = this.game
    if (held && POTTED.test(held.name)) return true
    const name = blocks.nameOf(state).replace('potted_', '')
    const plant = items.create(items.has(name) ? name : name.replace('_bush', ''))
    world.set(x, y, z, blocks.defaultOf('flower_pot'))
    if (windows.give(player, plant) > 0) itemEntities.throwFrom(player, plant)
    return true
  }

  pickBerries (/** @type {Point} */ at, /** @type {any} */ held, /** @type {number} */ state) {
    const { blocks, random, items, itemEntities } = this.game
    const age = Number(blocks.properties(state).age)
    if (age < 2 || (age < 3 && held?.name === 'bone_meal')) return false
    itemEntities.spawnInBlock(at, items.create('sweet_berries', random.between(1, 2) + (age === 3 ? 1 : 0)))
    return this.change(at, state, { age: 1 })
  }

  pickGlowBerries (/** @type {Point} */ at, /** @type {number} */ state) {
    if (!this.change(at, state, { berries: false }, 'berries')) return false
    this.game.itemEntities.spawnInBlock(at, this.game.items.create('glow_berries'))
    return true
  }

  tune (/** @type {Point} */ at, /** @type {number} */ state) {
    const { blocks, players } = this.game
    this.change(at, state, { note: (Number(blocks.properties(state).note) + 1) % NOTES })
    const above = beside(at, 'up')
    if (this.game.world.get(above.x, above.y, above.z) !== 0) return true
    players.broadcast('block_action', { location: at, byte1: PLAY_NOTE, byte2: 0, blockId: blocks.block(state).id })
    return true
  }
}

const isOpposite = (/** @type {string} */ a, /** @type {any} */ b) => OPPOSITE[a] === b

/** The two azaleas have another name in a pot. */
const potName = (/** @type {string} */ name) => name.endsWith('azalea') ? `${name}_bush` : name

module.exports = { Interactions }
