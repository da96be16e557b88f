'use strict'

const { look, touches } = require('./world')

/** @typedef {{x: number, y: number, z: number}} Cell */

/** All state ids of some blocks. @param {any} registry @param {string[]} names @returns {Set<number>} */
function statesOf (registry, names) {
  const states = new Set()
  for (const name of names) {
    const block = registry.blocksByName[name]
    for (let state = block.minStateId; state <= block.maxStateId; state++) states.add(state)
  }
  return states
}

/**
 * The wanted states of a section: by its palette, or its only value.
 * @param {any} section @param {Set<number>} states
 * @returns {boolean|null} null when this kind of section cannot be read so
 */
function sectionHolds (section, states) {
  if (!section) return false
  const palette = section.palette
  if (palette) {
    for (const state of palette) if (states.has(state)) return true
    return false
  }
  const data = section.data
  if (data && typeof data.value === 'number' && !data.data) return states.has(data.value)
  return null
}

/** @param {any} section @param {Set<number>} states @param {(x: number, y: number, z: number) => void} found */
function scanSection (section, states, found) {
  const { data } = section
  for (let index = 0; index < 4096; index++) {
    if (states.has(data.get(index))) found(index & 15, index >> 8, (index >> 4) & 15)
  }
}

/** Distance from a point to the nearest part of a box of 16 blocks. */
function boxDistance (/** @type {Cell} */ point, /** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ z) {
  const outside = (/** @type {number} */ at, /** @type {number} */ low) => Math.max(low - at, 0, at - low - 15)
  return Math.hypot(outside(point.x, x), outside(point.y, y), outside(point.z, z))
}

/**
 * Places of blocks in the loaded chunks, the nearest first; with `context.sight` only of those that
 * the bot can have seen. Looks at palettes first and scans only sections that hold a wanted block.
 *
 * @param {import('./scope').Context} context
 * @param {string[]} names exact block names
 * @param {{maxDistance?: number, limit?: number, from?: Cell, accept?: (cell: Cell) => boolean}} [options]
 * @returns {Cell[]}
 */
function findBlocks (context, names, { maxDistance = 64, limit = 64, from, accept } = {}) {
  const { bot, registry } = context
  const point = from ?? bot.entity.position.floored()
  const seen = context.sight
  const states = statesOf(registry, names)
  /** @type {Array<{cell: Cell, away: number}>} */
  const found = []
  for (const { section, x, y, z, away } of sectionsAround(bot, point, maxDistance)) {
    if (found.length >= limit && away > found[limit - 1].away) break
    const holds = sectionHolds(section, states)
    if (holds === false) continue
    if (holds === null && typeof section.data?.get !== 'function') return oldFindBlocks(context, names, point, maxDistance, limit, accept)
    scanSection(section, states, (dx, dy, dz) => {
      const cell = { x: x + dx, y: y + dy, z: z + dz }
      const distance = Math.hypot(cell.x - point.x, cell.y - point.y, cell.z - point.z)
      if (distance <= maxDistance && (!seen || seen.hasSeen(cell)) && (!accept || accept(cell))) found.push({ cell, away: distance })
    })
    found.sort((a, b) => a.away - b.away)
  }
  return found.slice(0, limit).map(entry => entry.cell)
}

/** Loaded sections, the nearest first. @param {any} bot @param {Cell} point @param {number} maxDistance */
function sectionsAround (bot, point, maxDistance) {
  const { minY } = bot.game
  const sections = []
  for (let cx = (point.x - maxDistance) >> 4; cx <= (point.x + maxDistance) >> 4; cx++) {
    for (let cz = (point.z - maxDistance) >> 4; cz <= (point.z + maxDistance) >> 4; cz++) {
      const column = bot.world.getColumn(cx, cz)
      if (!column?.sections) continue
      for (const [index, section] of column.sections.entries()) {
        const x = cx * 16
        const y = minY + index * 16
        const z = cz * 16
        const away = boxDistance(point, x, y, z)
        if (section && away <= maxDistance) sections.push({ section, x, y, z, away })
      }
    }
  }
  return sections.sort((a, b) => a.away - b.away)
}

/** For versions whose sections are built otherwise: Mineflayer's own search, by block id. */
function oldFindBlocks (/** @type {any} */ context, /** @type {string[]} */ names, /** @type {any} */ point, /** @type {number} */ maxDistance, /** @type {number} */ limit, /** @type {any} */ accept) {
  const { bot, registry, Vec3 } = context
  const matching = names.map(name => registry.blocksByName[name].id)
  return bot.findBlocks({ matching, maxDistance: Math.min(maxDistance, 48), count: limit, point: new Vec3(point.x, point.y, point.z) })
    .filter((/** @type {Cell} */ cell) => (!accept || accept(cell)) && (!context.sight || context.sight.hasSeen(cell)))
}

/**
 * What it takes to get at a block, in seconds, roughly.
 * @param {Cell} feet @param {Cell} cell
 * @param {{exposed: boolean, wet: boolean, hot: boolean, digSeconds?: number}} surroundings
 */
function estimateCost (feet, cell, { exposed, wet, hot, digSeconds = 1 }) {
  const horizontal = Math.hypot(cell.x - feet.x, cell.z - feet.z)
  const vertical = Math.abs(cell.y - feet.y)
  const perBlock = exposed ? 0.35 : 0.35 + digSeconds * 0.7
  return horizontal * perBlock + vertical * (0.5 + perBlock) + (exposed ? 0 : 2) + (wet ? 40 : 0) + (hot ? 80 : 0)
}

/**
 * Candidates ordered by what they cost to get at.
 * @param {import('./scope').Context} context @param {Cell} feet @param {Cell[]} cells
 * @param {{digSeconds?: number, extra?: (cell: Cell) => number}} [options]
 * @returns {Cell[]}
 */
function orderByCost (context, feet, cells, { digSeconds, extra = () => 0 } = {}) {
  return cells.map(cell => {
    const exposed = touches(context, cell, traits => traits.passable)
    const wet = look(context, cell.x, cell.y + 1, cell.z).liquid === 'water' || touches(context, cell, traits => traits.liquid === 'water')
    const hot = touches(context, cell, traits => traits.liquid === 'lava')
    return { cell, cost: extra(cell) + estimateCost(feet, cell, { exposed, wet, hot, digSeconds }) }
  }).sort((a, b) => a.cost - b.cost).map(entry => entry.cell)
}

module.exports = { findBlocks, estimateCost, orderByCost, statesOf }
