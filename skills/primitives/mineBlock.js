'use strict'

const { PrimitiveError } = require('./support/errors')
const { runPrimitive } = require('./support/scope')
const { resolveBlocks, requireCount } = require('./support/names')
const { inventoryCounts, gained } = require('./support/inventory')
const { findBlocks } = require('./support/search')
const { mineLoaded, harvestable, isTarget, Tally } = require('./support/mining')
const { explore } = require('./support/explore')
const { prospect, prospectingLevel } = require('./support/prospect')
const { feetOf } = require('./support/world')

/** How often to explore on when what was found cannot be reached. */
const MAX_SEARCHES = 6

/**
 * Find, reach and dig blocks with the best tool carried and pick up what they drop, until `count`
 * blocks were mined. Digs its own way through ground when it must, takes whole veins and high
 * logs, and explores when none is in sight. Of a family (`log`) it stays with one kind and counts
 * that kind alone. Name the block, not its drop: `stone` gives
 * cobblestone, `iron_ore` gives raw_iron. Ores below height 0 are named `deepslate_..._ore`, so
 * ask for both: `mineBlock(['iron_ore', 'deepslate_iron_ore'], 3)`.
 *
 * @brief Find, reach, dig and pick up `count` blocks, with the best tool carried.
 *   Name the block, not its drop, and both kinds of an ore: `['iron_ore', 'deepslate_iron_ore']`.
 * @param {import('./support/scope').Context} context
 * @param {string|string[]} names block name, family (`log`) or a list of them
 * @param {number} [count] how many blocks
 * @returns {Promise<{mined: number, block: string, collected: Object<string, number>}>} `block`
 *   is the kind mined most, `collected` what the inventory gained by item name
 * @throws `missing_tool` when nothing would drop (names the tool), `not_found` when exploring
 *   found none, `unreachable`, `inventory_full`, `invalid_argument`, `died`, `cancelled`
 */
async function mineBlock (context, names, count = 1) {
  const blocks = resolveBlocks(context, names)
  requireCount(count)
  return runPrimitive(context, async scope => {
    const { bot } = scope
    const before = inventoryCounts(bot)
    /** @type {Set<string>} */
    const failed = new Set()
    const tally = new Tally(typeof names === 'string' && blocks.length > 1)
    for (let search = 0; ; search++) {
      await mineLoaded(scope, blocks, count, failed, tally)
      if (tally.mined >= count) break
      if (search >= MAX_SEARCHES) {
        throw new PrimitiveError('unreachable', `Mined ${tally.mined} of ${count} ${blocks[0]}; no other one in sight could be reached.`, { mined: tally.mined })
      }
      await exploreFor(scope, blocks, failed, { mined: tally.mined, count })
    }
    return { mined: tally.mined, block: tally.block ?? blocks[0], collected: gained(before, inventoryCounts(bot)) }
  })
}

/** How far to look for blocks before others are looked for: what is loaded, or what can be made out. */
const SEARCH_DISTANCE = 96
const SIGHT_DISTANCE = 32
const SEARCH_SECONDS = 420
const LOOK_EVERY_MS = 1000

/** Walk on until a block is loaded that was not tried yet; who plays by sight digs for what lies in the rock. */
async function exploreFor (/** @type {any} */ scope, /** @type {string[]} */ blocks, /** @type {Set<string>} */ failed, /** @type {{mined: number, count: number}} */ { mined, count }) {
  const able = harvestable(scope, blocks)
  const what = able.slice(0, 4).join(', ')
  scope.progress(`looking for ${what}`)
  const found = nowAndThen(() => findBlocks(scope, able, {
    maxDistance: scope.sight ? SIGHT_DISTANCE : SEARCH_DISTANCE,
    limit: 1,
    accept: isTarget(scope, failed)
  }).length > 0)
  const level = scope.sight ? prospectingLevel(able, feetOf(scope.bot).y) : null
  try {
    if (level === null) await explore(scope, found, { maxSeconds: SEARCH_SECONDS, what })
    else await prospect(scope, found, { level, maxSeconds: SEARCH_SECONDS, what, check: () => harvestable(scope, blocks) })
  } catch (error) {
    if (error instanceof PrimitiveError) error.details = { ...error.details, mined, count }
    throw error
  }
}

/** Asks no more than once a second, for each look goes through all that is loaded. @param {() => boolean} ask */
function nowAndThen (ask) {
  let next = -Infinity
  let last = false
  return () => {
    if (last || Date.now() < next) return last
    last = ask()
    next = Date.now() + LOOK_EVERY_MS
    return last
  }
}

module.exports = { mineBlock }
