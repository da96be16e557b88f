'use strict'

const { PrimitiveError } = require('./errors')
const { guard } = require('./waiting')
const { holdNamed } = require('./inventory')
const { look, feetOf, eyeDistance, touches, SIDES } = require('./world')
const { clearCell, REACH } = require('./digging')

/** What is laid under the feet or stacked, in the order of preference. */
const SCAFFOLDING = ['cobblestone', 'dirt', 'cobbled_deepslate', 'netherrack', 'granite', 'diorite', 'andesite', 'tuff', 'stone', 'deepslate', 'sandstone']
const INTERACTIVE = /chest|furnace|crafting_table|smoker|barrel|_bed$|_door$|trapdoor|gate$|lever|button|shulker|anvil|hopper|dispenser|dropper/

/** How many blocks for scaffolding are carried. @param {any} bot */
function scaffoldingCount (bot) {
  return bot.inventory.items().filter((/** @type {any} */ item) => SCAFFOLDING.includes(item.name))
    .reduce((/** @type {number} */ sum, /** @type {any} */ item) => sum + item.count, 0)
}

/** @param {any} bot @returns {string|null} */
function scaffoldingName (bot) {
  const carried = new Set(bot.inventory.items().map((/** @type {any} */ item) => item.name))
  return SCAFFOLDING.find(name => carried.has(name)) ?? null
}

/** A neighbour to place against: the floor first. @param {any} context @param {any} cell */
function referenceFor (context, cell) {
  const order = [[0, -1, 0], ...SIDES.filter(([, dy]) => dy !== -1)]
  for (const [dx, dy, dz] of order) {
    const traits = look(context, cell.x + dx, cell.y + dy, cell.z + dz)
    if (traits.block && traits.block.boundingBox === 'block' && !traits.liquid) {
      return { offset: { x: dx, y: dy, z: dz }, traits }
    }
  }
  return null
}

/**
 * Place a carried item at a cell within reach and check that the block stands there.
 * @param {import('./scope').Context} context
 * @param {string} name
 * @param {{x: number, y: number, z: number}} cell
 */
async function placeAt (context, name, cell) {
  const { bot, Vec3 } = context
  const reference = referenceFor(context, cell)
  if (!reference) throw new PrimitiveError('no_space', `There is nothing to place ${name} against at ${new Vec3(cell.x, cell.y, cell.z)}.`)
  const { x, y, z } = reference.offset
  const position = new Vec3(cell.x, cell.y, cell.z)
  const block = bot.blockAt(position.offset(x, y, z), false)
  const before = bot.blockAt(position, false).name
  await holdNamed(context, name)
  const sneaks = INTERACTIVE.test(reference.traits.name)
  if (sneaks) bot.setControlState('sneak', true)
  try {
    await guard(context, bot.placeBlock(block, new Vec3(-x, -y, -z)), 6000, `placing ${name}`)
  } catch (error) {
    if (error instanceof PrimitiveError && error.code !== 'timeout') throw error
    throw new PrimitiveError('no_space', `The server did not let ${name} be placed at ${position}.`)
  } finally {
    if (sneaks) bot.setControlState('sneak', false)
  }
  if (bot.blockAt(position, false).name === before) {
    throw new PrimitiveError('no_space', `The server did not let ${name} be placed at ${position}.`)
  }
}

/** @param {any} cell @param {any} feet */
function overlapsBody (cell, feet) {
  return cell.x === feet.x && cell.z === feet.z && (cell.y === feet.y || cell.y === feet.y + 1)
}

/** Whether some creature or player stands in a cell. @param {any} bot @param {any} cell */
function occupied (bot, cell) {
  return Object.values(bot.entities).some((/** @type {any} */ entity) => {
    if (['item', 'experience_orb', 'arrow'].includes(entity.name)) return false
    const { x, y, z } = entity.position
    const half = (entity.width ?? 0.6) / 2
    return x + half > cell.x && x - half < cell.x + 1 && z + half > cell.z && z - half < cell.z + 1 &&
      y + (entity.height ?? 1.8) > cell.y && y < cell.y + 1
  })
}

/**
 * Cells near the bot where a block can be put, best first: free ones with a floor, then ones that
 * have to be dug out.
 * @param {any} context
 * @returns {Array<{cell: any, dig: boolean}>}
 */
function spotsNearby (context) {
  const { bot } = context
  const feet = feetOf(bot)
  const free = []
  const solid = []
  for (let dy = -1; dy <= 1; dy++) {
    for (let dx = -3; dx <= 3; dx++) {
      for (let dz = -3; dz <= 3; dz++) {
        const cell = { x: feet.x + dx, y: feet.y + dy, z: feet.z + dz }
        if (overlapsBody(cell, feet) || eyeDistance(feet, cell) > REACH - 0.5 || (dx === 0 && dz === 0)) continue
        const here = look(context, cell.x, cell.y, cell.z)
        const floor = look(context, cell.x, cell.y - 1, cell.z)
        if (!floor.standable || INTERACTIVE.test(floor.name) || occupied(bot, cell)) continue
        const cost = eyeDistance(feet, cell) + Math.abs(dy)
        if (here.passable) free.push({ cell, dig: false, cost })
        else if (!here.keep && !here.liquid && Math.abs(dx) + Math.abs(dz) === 1 && dy >= 0 &&
          !look(context, cell.x, cell.y + 1, cell.z).falls && !touches(context, cell, traits => Boolean(traits.liquid))) {
          solid.push({ cell, dig: true, cost })
        }
      }
    }
  }
  const byCost = (/** @type {any} */ a, /** @type {any} */ b) => a.cost - b.cost
  return [...free.sort(byCost), ...solid.sort(byCost)]
}

/**
 * Place a carried block somewhere near, digging room if there is none.
 * @param {import('./scope').Context} context @param {string} name
 * @returns {Promise<{x: number, y: number, z: number}>} where it stands
 */
async function placeNearby (context, name) {
  for (const { cell, dig } of spotsNearby(context).slice(0, 8)) {
    try {
      if (dig || look(context, cell.x, cell.y, cell.z).name !== 'air') await clearCell(context, cell)
      await placeAt(context, name, cell)
      return cell
    } catch (error) {
      if (!(error instanceof PrimitiveError) || !['no_space', 'unreachable'].includes(error.code)) throw error
    }
  }
  throw new PrimitiveError('no_space', `There is no room near the bot to place ${name}. Go to open ground first.`)
}

module.exports = { SCAFFOLDING, scaffoldingCount, scaffoldingName, placeAt, placeNearby, spotsNearby }
