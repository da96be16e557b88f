'use strict'
/**
 * What a block needs around it to be there: soil for plants, a face to hang at, something to stand on.
 *
 * Asked when a block is placed. Not covered: what happens when the support goes (`block_updates.js`).
 */

const { beside, OPPOSITE, AROUND, clockwise, counterclockwise } = require('../world/directions')
const { SOILS } = require('../tables/placing')

/** @typedef {{x: number, y: number, z: number}} Point */
/** @typedef {(ground: Ground, at: Point, state: number) => boolean} Need */

const MUSHROOM_SOIL = ['mycelium', 'podzol', 'crimson_nylium', 'warped_nylium']
const MUSHROOM_LIGHT = 13

/** @type {[RegExp, Need][]} */
const NEEDS = [
  [/(^|_)wall_torch$|^ladder$|^tripwire_hook$/, (ground, at, state) => ground.hangs(at, ground.facing(state))],
  [/_wall_(sign|banner|fan)$/, (ground, at, state) => ground.solid(beside(at, OPPOSITE[ground.facing(state)]))],
  [/_wall_hanging_sign$/, (ground, at, state) => ground.hangsBetween(at, ground.facing(state))],
  [/_hanging_sign$/, (ground, at) => ground.middleAbove(at) || /_hanging_sign$/.test(ground.name(beside(at, 'up')))],
  [/^cocoa$/, (ground, at, state) => /jungle_(log|wood)$/.test(ground.name(beside(at, ground.facing(state))))],
  [/_button$|^lever$/, (ground, at, state) => ground.isFixed(at, state)],
  [/^vine$/, (ground, at, state) => ground.isClinging(at, state)],
  [/^bell$/, (ground, at, state) => ground.bellHolds(at, state)],
  [/_torch$|^torch$|(^|_)candle$|^(soul_)?lantern$/, (ground, at, state) => ground.carriesInMiddle(at, state)],
  [/_sign$|_banner$|^cake$|candle_cake$/, (ground, at) => ground.solid(beside(at, 'down'))],
  [/_carpet$/, (ground, at) => ground.name(beside(at, 'down')) !== 'air'],
  [/rail$|^repeater$|^comparator$|^redstone_wire$|_door$|_coral(_fan)?$/, (ground, at, state) =>
    ground.upperHalfOn(at, state) || ground.sturdyBelow(at) || ground.name(beside(at, 'down')) === 'hopper'],
  [/_pressure_plate$|^sea_pickle$/, (ground, at) => ground.sturdyBelow(at) || ground.holdsMiddle(beside(at, 'down'), 'up')],
  [/^snow$/, (ground, at) => ground.carriesSnow(at)],
  [/^lily_pad$/, (ground, at) => ground.isStillWater(beside(at, 'down')) || /ice$/.test(ground.name(beside(at, 'down')))],
  [/^(brown|red)_mushroom$/, (ground, at) => ground.growsMushroom(at)],
  [/^(kelp|seagrass|tall_seagrass)$/, (ground, at) => ground.isStillWater(at) && (ground.sturdyBelow(at) || ground.name(beside(at, 'down')).startsWith('kelp'))],
  [/^(spore_blossom|hanging_roots|cave_vines)$/, (ground, at) =>
    ground.middleAbove(at) || ground.name(beside(at, 'up')).startsWith('cave_vines')]
]

class Ground {
  /** @param {any} game */
  constructor (game) {
    this.game = game
  }

  /** Whether a block could be at a place. */
  holds (/** @type {Point} */ at, /** @type {number} */ state) {
    const name = this.game.blocks.nameOf(state)
    const properties = this.game.blocks.properties(state)
    if (properties.half === 'upper') return true
    const soil = SOILS.find(([plants]) => plants.test(name))
    if (soil && !this.#hasSoil(at, soil[1])) return false
    if (name === 'cactus') return this.#isFreeAround(at)
    if (name === 'sugar_cane') return this.#hasWaterBeside(beside(at, 'down'))
    const need = NEEDS.find(([names]) => names.test(name))
    return need === undefined || need[1](this, at, state)
  }

  state (/** @type {Point} */ { x, y, z }) {
    return this.game.world.get(x, y, z)
  }

  name (/** @type {Point} */ at) {
    return this.game.blocks.nameOf(this.state(at))
  }

  facing (/** @type {number} */ state) {
    return String(this.game.blocks.properties(state).facing)
  }

  solid (/** @type {Point} */ at) {
    return this.game.blocks.solid[this.state(at)] === 1
  }

  holdsMiddle (/** @type {Point} */ at, /** @type {string} */ face) {
    return this.game.blocks.holdsInMiddle(this.state(at), face)
  }

  isSturdy (/** @type {Point} */ at, /** @type {string} */ face) {
    return this.game.blocks.isSturdy(this.state(at), face)
  }

  sturdyBelow (/** @type {Point} */ at) {
    return this.isSturdy(beside(at, 'down'), 'up')
  }

  middleAbove (/** @type {Point} */ at) {
    return this.holdsMiddle(beside(at, 'up'), 'down')
  }

  /** Whether there is a wall behind something that faces away from it. */
  hangs (/** @type {Point} */ at, /** @type {string} */ facing) {
    return this.isSturdy(beside(at, OPPOSITE[facing]), facing)
  }

  /** A hanging sign at a wall needs one at its left or right. */
  hangsBetween (/** @type {Point} */ at, /** @type {string} */ facing) {
    return [clockwise(facing), counterclockwise(facing)].some(side =>
      this.isSturdy(beside(at, side), OPPOSITE[side]) || /_wall_hanging_sign$/.test(this.name(beside(at, side))))
  }

  /** Buttons and levers are at a floor, a ceiling or a wall. */
  isFixed (/** @type {Point} */ at, /** @type {number} */ state) {
    const { face, facing } = this.game.blocks.properties(state)
    if (face === 'floor') return this.sturdyBelow(at)
    if (face === 'ceiling') return this.isSturdy(beside(at, 'up'), 'down')
    return this.hangs(at, facing)
  }

  /** Vines cling to any whole face, those of leaves too, or hang from vines of the same side. */
  isClinging (/** @type {Point} */ at, /** @type {number} */ state) {
    const { blocks } = this.game
    const properties = blocks.properties(state)
    const above = this.state(beside(at, 'up'))
    const hangs = (/** @type {string} */ side) => blocks.nameOf(above) === 'vine' && blocks.properties(above)[side] === true
    return ['up', ...AROUND].some(side => properties[side] && (blocks.covers(this.state(beside(at, side)), OPPOSITE[side], [0, 0, 16, 16]) || hangs(side)))
  }

  bellHolds (/** @type {Point} */ at, /** @type {number} */ state) {
    const { attachment, facing } = this.game.blocks.properties(state)
    if (attachment === 'floor') return this.sturdyBelow(at)
    if (attachment === 'ceiling') return this.middleAbove(at)
    return this.isSturdy(beside(at, facing), OPPOSITE[facing])
  }

  carriesInMiddle (/** @type {Point} */ at, /** @type {number} */ state) {
    return this.game.blocks.properties(state).hanging ? this.middleAbove(at) : this.holdsMiddle(beside(at, 'down'), 'up')
  }

  /** The upper half of a door stands on the lower one. */
  upperHalfOn (/** @type {Point} */ at, /** @type {number} */ state) {
    return this.game.blocks.properties(state).half === 'upper' && this.name(beside(at, 'down')) === this.game.blocks.nameOf(state)
  }

  carriesSnow (/** @type {Point} */ at) {
    const below = this.name(beside(at, 'down'))
    if (/^(ice|packed_ice|barrier)$/.test(below)) return false
    const { layers } = this.game.blocks.properties(this.state(beside(at, 'down')))
    return /_leaves$/.test(below) || this.sturdyBelow(at) || layers === 8
  }

  isStillWater (/** @type {Point} */ at) {
    const { blocks } = this.game
    return blocks.isWater(this.state(at)) ? blocks.isSource(this.state(at)) : blocks.holdsWater(this.state(at))
  }

  growsMushroom (/** @type {Point} */ at) {
    if (MUSHROOM_SOIL.includes(this.name(beside(at, 'down')))) return true
    return this.sturdyBelow(at) && this.game.light.at(at.x, at.y, at.z) < MUSHROOM_LIGHT
  }

  #hasSoil (/** @type {Point} */ at, /** @type {{names: string[], pattern?: RegExp}} */ { names, pattern }) {
    const below = this.name(beside(at, 'down'))
    return names.includes(below) || (pattern?.test(below) ?? false)
  }

  #isFreeAround (/** @type {Point} */ at) {
    return AROUND.every(side => {
      const state = this.state(beside(at, side))
      return !this.game.blocks.solid[state] && !this.game.blocks.isLava(state)
    })
  }

  /** Sugar cane wants water beside its soil; cane on cane has had it. */
  #hasWaterBeside (/** @type {Point} */ soil) {
    if (this.name(soil) === 'sugar_cane') return true
    return AROUND.some(side => {
      const state = this.state(beside(soil, side))
      return this.game.blocks.holdsWater(state) || this.game.blocks.nameOf(state) === 'frosted_ice'
    })
  }
}

module.exports = { Ground }
