'use strict'

const { PrimitiveError, isFinal, isPrimitiveError } = require('./errors')
const { look, touches, feetOf, faceDistance, inSight } = require('./world')
const { digBlock, bestTool, harvests, missingTool, REACH } = require('./digging')
const { travel, stepsBetween } = require('./movement')
const { findBlocks, orderByCost } = require('./search')
const { pickUpDrops, watchDrops, droppedName } = require('./drops')
const { inventoryCounts, gained } = require('./inventory')
const { scaffoldingCount } = require('./placing')
const { keyOf } = require('./tunnel')
const { eatWhenStarving } = require('./eating')

/** How many blocks in a row may prove unreachable before giving up. */
const MAX_FAILURES = 10
/** Seconds that it is worth to stay with the kind of a family that was begun. */
const OTHER_KIND = 12
/** What is dug for blocks to stand on. */
const SCAFFOLD_SOURCES = ['dirt', 'grass_block', 'stone', 'cobblestone', 'deepslate', 'netherrack']

/** @typedef {{x: number, y: number, z: number}} Cell */

/** The block names that would drop something with what the bot carries. Throws `missing_tool`. */
function harvestable (/** @type {any} */ context, /** @type {string[]} */ names) {
  const { bot, registry } = context
  const items = [null, ...bot.inventory.items()]
  const able = names.filter(name => items.some(item => harvests(registry.blocksByName[name], item)))
  if (able.length === 0) throw missingTool(context, registry.blocksByName[names[0]])
  return able
}

/**
 * A stand from which a block can be dug: within reach, in sight, not on top of it.
 * @param {any} context @param {Cell} cell @returns {import('./movement').Target}
 */
function standFor (context, cell) {
  return {
    middle: cell,
    isGoal: feet => canDigFrom(context, feet, cell),
    distance: feet => Math.max(0, stepsBetween(feet, { x: cell.x, y: cell.y - 1, z: cell.z }) - 2)
  }
}

/** @param {any} context @param {Cell} feet @param {Cell} cell */
function canDigFrom (context, feet, cell) {
  if (faceDistance(feet, cell) > REACH - 0.1) return false
  if (cell.x === feet.x && cell.z === feet.z && cell.y === feet.y - 1) return false
  return inSight(context, feet, cell)
}

/** A block next to lava is left alone. @param {any} context @param {Cell} cell */
function isSafe (context, cell) {
  return !touches(context, cell, traits => traits.liquid === 'lava')
}

/**
 * What was mined so far. Of a family only the kind mined most counts, for recipes want one kind.
 */
class Tally {
  /** @param {boolean} oneKind */
  constructor (oneKind) {
    this.oneKind = oneKind
    /** @type {Object<string, number>} */
    this.byKind = {}
  }

  /** @param {string} name @param {number} count */
  add (name, count) {
    this.byKind[name] = (this.byKind[name] ?? 0) + count
  }

  get mined () {
    const counts = Object.values(this.byKind)
    return this.oneKind ? Math.max(0, ...counts) : counts.reduce((sum, n) => sum + n, 0)
  }

  /** The kind mined most, null when nothing was. */
  get block () {
    return Object.entries(this.byKind).sort((a, b) => b[1] - a[1])[0]?.[0] ?? null
  }
}

/**
 * Mine blocks that are loaded, cheapest first, until `count` are mined or none is left that can
 * be reached.
 * @param {import('./scope').Context} context @param {string[]} names @param {number} count
 * @param {Set<string>} failed keys of cells not to be tried (again)
 * @param {Tally} tally
 */
async function mineLoaded (context, names, count, failed, tally) {
  let failures = 0
  while (tally.mined < count) {
    const able = harvestable(context, names)
    await eatWhenStarving(context)
    const target = nextTarget(context, able, failed, tally)
    if (!target) return
    const { name } = look(context, target.x, target.y, target.z)
    try {
      await travel(context, standFor(context, target), { what: `${name} at ${keyOf(target)}`, timeoutSeconds: 120 })
      const kinds = tally.oneKind ? [name] : able
      const batch = await digAround(context, target, kinds, count - (tally.oneKind ? tally.byKind[name] ?? 0 : tally.mined), failed)
      if (batch.names.length === 0) failed.add(keyOf(target))
      tally.add(batch.names[0] ?? name, await collectBatch(context, batch))
      failures = 0
      context.progress(`mined ${tally.mined} of ${count} ${tally.block}`)
    } catch (error) {
      if (isFinal(error) || !isPrimitiveError(error, 'unreachable', 'timeout', 'no_space')) throw error
      context.progress(error.message)
      if (error.details.fought) continue
      if (names.every(name => !SCAFFOLD_SOURCES.includes(name)) && await fetchBlocksFor(context, target)) continue
      failed.add(keyOf(target))
      if (++failures >= MAX_FAILURES) return
    }
  }
}

/**
 * Dig some earth when a target overhead may be out of reach for want of blocks to stand on.
 * @param {import('./scope').Context} context @param {Cell} target
 * @returns {Promise<boolean>} whether there are blocks now that were not there before
 */
async function fetchBlocksFor (context, target) {
  const needed = target.y - feetOf(context.bot).y
  if (needed < 3 || scaffoldingCount(context.bot) >= Math.min(needed, 16)) return false
  const before = scaffoldingCount(context.bot)
  const earth = harvestable(context, [...SCAFFOLD_SOURCES])
  await mineLoaded(context, earth, Math.min(needed, 16) - before, new Set([keyOf(target)]), new Tally(false))
  return scaffoldingCount(context.bot) > before
}

/** What is worth going to: not tried yet, and safe. @param {any} context @param {Set<string>} failed */
function isTarget (context, failed) {
  return (/** @type {Cell} */ cell) => !failed.has(keyOf(cell)) && isSafe(context, cell)
}

/** @param {any} context @param {string[]} names @param {Set<string>} failed @param {Tally} tally @returns {Cell|undefined} */
function nextTarget (context, names, failed, tally) {
  const feet = feetOf(context.bot)
  const accept = isTarget(context, failed)
  let cells = findBlocks(context, names, { maxDistance: 24, limit: 60, accept })
  if (cells.length === 0) cells = findBlocks(context, names, { maxDistance: 96, limit: 60, accept })
  if (cells.length === 0) return undefined
  const around = look(context, cells[0].x, cells[0].y, cells[0].z)
  const rock = /ore|stone|deepslate/.test(around.name) ? bestTool(context.bot, around.block).seconds : 0.5
  const begun = tally.oneKind ? tally.block : null
  const detour = (/** @type {Cell} */ { x, y, z }) => begun && look(context, x, y, z).name !== begun ? OTHER_KIND : 0
  return orderByCost(context, feet, cells, { digSeconds: Math.min(rock, 4), extra: detour })[0]
}

/**
 * @typedef {Object} Batch
 * @property {string[]} names what was dug
 * @property {any[]} drops the items that came out
 * @property {number} empty how many blocks dropped nothing
 * @property {Cell} at
 * @property {Object<string, number>} before the inventory before
 */

/**
 * Dig a block and those of its kind that can be dug without a step.
 * @param {any} context @param {Cell} target @param {string[]} names @param {number} count
 * @param {Set<string>} failed @returns {Promise<Batch>}
 */
async function digAround (context, target, names, count, failed) {
  const { bot } = context
  /** @type {Batch} */
  const batch = { names: [], drops: [], empty: 0, at: target, before: inventoryCounts(bot) }
  const watch = watchDrops(context)
  try {
    for (let cell = target; cell && batch.names.length < count; cell = neighbourOf(context, target, names, failed)) {
      const { name } = look(context, cell.x, cell.y, cell.z)
      if (!names.includes(name)) {
        failed.add(keyOf(cell))
        continue
      }
      await digBlock(context, cell, { needDrop: true })
      const drops = await watch.from(cell)
      batch.names.push(name)
      batch.drops.push(...drops)
      if (drops.length === 0) batch.empty++
    }
  } finally {
    watch.stop()
  }
  return batch
}

/** Another wanted block that can be dug from here. @param {any} context @param {Cell} target @param {string[]} names @param {Set<string>} failed */
function neighbourOf (context, target, names, failed) {
  const feet = feetOf(context.bot)
  return findBlocks(context, names, {
    maxDistance: 6,
    limit: 1,
    from: target,
    accept: cell => !failed.has(keyOf(cell)) && isSafe(context, cell) && canDigFrom(context, feet, cell)
  })[0]
}

/**
 * Pick up what a batch dropped; blocks whose drops were lost do not count.
 * @param {any} context @param {Batch} batch @returns {Promise<number>} how many blocks count
 */
async function collectBatch (context, { names, drops, empty, at, before }) {
  if (names.length === 0) return 0
  const { bot, Vec3 } = context
  const around = new Vec3(at.x + 0.5, at.y + 0.5, at.z + 0.5)
  const { full } = await pickUpDrops(context, { around, maxDistance: 8, also: drops, timeoutSeconds: 30 + 5 * names.length })
  if (full) {
    throw new PrimitiveError('inventory_full', 'The inventory is full. Put items into a chest with deposit, or use them up.')
  }
  const kinds = new Set(drops.map(droppedName))
  const more = gained(before, inventoryCounts(bot))
  const total = Object.entries(more).reduce((sum, [name, n]) => sum + (kinds.has(name) || kinds.has(null) ? n : 0), 0)
  return Math.min(names.length, empty + total)
}

module.exports = { mineLoaded, harvestable, isTarget, canDigFrom, Tally }
