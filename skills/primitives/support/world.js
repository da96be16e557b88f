'use strict'

/**
 * What walking and digging need to know of a block, remembered by block state.
 *
 * @typedef {Object} Traits
 * @property {string} name
 * @property {number} type block id
 * @property {any} block a Mineflayer block of this state; its position is that of another
 * @property {boolean} passable a body can be in it without harm
 * @property {boolean} standable its top is a full floor
 * @property {'water'|'lava'|null} liquid
 * @property {boolean} falls sand, gravel and their like
 * @property {boolean} keep never to be dug on the way: containers, beds, what cannot be dug
 * @property {boolean} harmful touching it hurts
 */

const FALLING = /^(sand|red_sand|gravel|suspicious_sand|suspicious_gravel|anvil|dragon_egg)$|_concrete_powder$/
const KEEP = /chest|furnace|crafting_table|smoker|barrel|shulker_box|_bed$|spawner|hopper|enchanting_table|anvil|portal|brewing_stand|beacon/
const HARMFUL = /^(fire|soul_fire|cactus|magma_block|sweet_berry_bush|wither_rose|powder_snow|cobweb|campfire|soul_campfire)$/
const WATER = /^(water|flowing_water|bubble_column|seagrass|tall_seagrass|kelp|kelp_plant)$/
const LAVA = /^(lava|flowing_lava)$/

/** Where the chunk is not loaded: neither to be entered nor dug. @type {Traits} */
const UNKNOWN = Object.freeze({
  name: 'unknown', type: -1, block: null, passable: false, standable: false, liquid: null, falls: false, keep: true, harmful: true
})

/** @type {WeakMap<any, Map<number, Traits>>} */
const remembered = new WeakMap()

/** @param {any} block @returns {Traits} */
function traitsOf (block) {
  const { name } = block
  const liquid = WATER.test(name) || block.getProperties?.().waterlogged === true
    ? 'water'
    : LAVA.test(name) ? 'lava' : null
  const tops = block.shapes.map((/** @type {number[]} */ shape) => shape[4])
  const top = tops.length ? Math.max(...tops) : 0
  const harmful = HARMFUL.test(name)
  const covers = block.shapes.some((/** @type {number[]} */ [x0, , z0, x1, y1, z1]) =>
    x0 <= 0.07 && z0 <= 0.07 && x1 >= 0.93 && z1 >= 0.93 && y1 >= 0.87)
  return {
    name,
    type: block.type,
    block,
    passable: top <= 0.13 && !liquid && !harmful,
    standable: covers && top <= 1 && !harmful,
    liquid,
    falls: FALLING.test(name),
    keep: KEEP.test(name) || !block.diggable || block.hardness < 0,
    harmful
  }
}

/** The traits of the block at a place. @param {any} context @returns {Traits} */
function look (context, /** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ z) {
  const { bot } = context
  const column = bot.world.getColumn(x >> 4, z >> 4)
  if (!column || y < bot.game.minY) return UNKNOWN
  if (y >= bot.game.minY + bot.game.height) return lookUp(context, 0, () => column.getBlock({ x: 0, y: bot.game.minY, z: 0 }))
  const state = column.getBlockStateId({ x: x & 15, y, z: z & 15 })
  return lookUp(context, state, () => column.getBlock({ x: x & 15, y, z: z & 15 }))
}

/** @param {any} context @param {number} state @param {() => any} getBlock */
function lookUp ({ bot }, state, getBlock) {
  let byState = remembered.get(bot)
  if (!byState) remembered.set(bot, byState = new Map())
  let traits = byState.get(state)
  if (!traits) {
    const block = getBlock()
    if (block.stateId !== state && state === 0) return AIR
    byState.set(state, traits = traitsOf(block))
  }
  return traits
}

/** Above the world's top. @type {Traits} */
const AIR = Object.freeze({
  name: 'air', type: 0, block: null, passable: true, standable: false, liquid: null, falls: false, keep: false, harmful: false
})

const SIDES = [[1, 0, 0], [-1, 0, 0], [0, 0, 1], [0, 0, -1], [0, 1, 0], [0, -1, 0]]

/** Whether a block touches one of the six sides of a place for which `test` holds. */
function touches (/** @type {any} */ context, /** @type {any} */ { x, y, z }, /** @type {(traits: Traits) => boolean} */ test) {
  return SIDES.some(([dx, dy, dz]) => test(look(context, x + dx, y + dy, z + dz)))
}

/** The cell that holds the bot's feet. @param {any} bot */
function feetOf (bot) {
  const { x, y, z } = bot.entity.position
  return { x: Math.floor(x), y: Math.floor(y + 0.2), z: Math.floor(z) }
}

/** Distance from where the eyes are when standing in `feet` to the middle of `cell`. */
function eyeDistance (/** @type {any} */ feet, /** @type {any} */ cell) {
  return Math.hypot(cell.x - feet.x, cell.y + 0.5 - (feet.y + 1.62), cell.z - feet.z)
}

/** Distance from the eyes to the nearest point of a block: what limits a player's reach. */
function faceDistance (/** @type {any} */ feet, /** @type {any} */ cell) {
  const gap = (/** @type {number} */ eye, /** @type {number} */ low) => Math.max(low - eye, 0, eye - low - 1)
  return Math.hypot(gap(feet.x + 0.5, cell.x), gap(feet.y + 1.62, cell.y), gap(feet.z + 0.5, cell.z))
}

/** No block of the straight line from the eyes to the middle of `cell` hides it. */
function inSight (/** @type {any} */ context, /** @type {any} */ feet, /** @type {any} */ cell) {
  const from = [feet.x + 0.5, feet.y + 1.62, feet.z + 0.5]
  const to = [cell.x + 0.5, cell.y + 0.5, cell.z + 0.5]
  const steps = Math.ceil(Math.hypot(to[0] - from[0], to[1] - from[1], to[2] - from[2]) * 6)
  for (let i = 1; i < steps; i++) {
    const [x, y, z] = from.map((start, axis) => Math.floor(start + (to[axis] - start) * i / steps))
    if (x === cell.x && y === cell.y && z === cell.z) return true
    if (x === feet.x && z === feet.z && (y === feet.y || y === feet.y + 1)) continue // the bot's own room
    const traits = look(context, x, y, z)
    if (!traits.passable && !traits.liquid) return false
  }
  return true
}

/** Whether nothing but leaves is above a place. */
function underSky (/** @type {any} */ context, /** @type {any} */ { x, y, z }) {
  const top = Math.min(y + 64, context.bot.game.minY + context.bot.game.height)
  for (let above = y + 1; above < top; above++) {
    const traits = look(context, x, above, z)
    if (!traits.passable && !/_(leaves|log)$/.test(traits.name)) return false
  }
  return true
}

module.exports = { look, touches, feetOf, eyeDistance, faceDistance, inSight, underSky, traitsOf, UNKNOWN, SIDES }
