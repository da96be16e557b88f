'use strict'
/**
 * Where players start: dry, mostly flat, grassy land with enough wood near it that can be walked to.
 *
 * Candidates are looked at in growing squares around the origin, so the start of a seed never changes.
 */

const { SEA_LEVEL } = require('./terrain')
const { COVER } = require('./tile')
const { BIOMES } = require('../tables/biomes')

const STRIDE = 8
const FARTHEST = 2400
/** Trees are counted, and the land must be dry, within this distance in blocks. */
const NEIGHBOURHOOD = 36
const LOGS_WANTED = 24
/** Logs of a tree that a player reaches without building. */
const LOGS_IN_REACH = 6
const MOST_CLIMB = 8
const DRY_SHARE = 0.85
/** Animals need grass. */
const GRASSY_SHARE = 0.5
/** No lava at the surface within this distance, in chunks. */
const LAVA_DISTANCE = 3
const START_BIOMES = new Set(BIOMES.filter(({ start }) => start).map(({ name }) => name))

/** @typedef {import('./terrain').Terrain} Terrain */

/** Yields points of squares around the origin, nearest first. */
function * squares () {
  yield [0, 0]
  for (let radius = STRIDE; radius <= FARTHEST; radius += STRIDE) {
    for (let along = -radius; along < radius; along += STRIDE) {
      yield [along, -radius]
      yield [radius, along]
      yield [0 - along, radius]
      yield [-radius, 0 - along]
    }
  }
}

/** Whether the neighbourhood is above the sea, without cliffs, and mostly grass. */
function isPleasant (/** @type {Terrain} */ terrain, /** @type {number} */ x, /** @type {number} */ z) {
  const height = terrain.heightAt(x, z)
  let samples = 0
  let walkable = 0
  let grassy = 0
  for (let dx = -NEIGHBOURHOOD; dx <= NEIGHBOURHOOD; dx += 6) {
    for (let dz = -NEIGHBOURHOOD; dz <= NEIGHBOURHOOD; dz += 6) {
      const there = terrain.heightAt(x + dx, z + dz)
      samples++
      if (there > SEA_LEVEL && Math.abs(there - height) <= 2 * MOST_CLIMB && !terrain.isOpen(x + dx, z + dz)) walkable++
      if (terrain.coverAt(x + dx, z + dz) === COVER.grass) grassy++
    }
  }
  return walkable >= DRY_SHARE * samples && grassy >= GRASSY_SHARE * samples
}

function lavaNear (/** @type {Terrain} */ terrain, /** @type {number} */ x, /** @type {number} */ z) {
  for (let dx = -LAVA_DISTANCE; dx <= LAVA_DISTANCE; dx++) {
    for (let dz = -LAVA_DISTANCE; dz <= LAVA_DISTANCE; dz++) {
      if (terrain.lavaPoolIn((x >> 4) + dx, (z >> 4) + dz)) return true
    }
  }
  return false
}

/** Logs of trees around a point that stand at about its height. */
function logsAround (/** @type {Terrain} */ terrain, /** @type {number} */ x, /** @type {number} */ z) {
  const height = terrain.heightAt(x, z)
  const chunks = Math.ceil(NEIGHBOURHOOD / 16)
  let logs = 0
  for (let dx = -chunks; dx <= chunks; dx++) {
    for (let dz = -chunks; dz <= chunks; dz++) {
      for (const tree of terrain.treesIn((x >> 4) + dx, (z >> 4) + dz)) {
        const near = Math.hypot(tree.x - x, tree.z - z) <= NEIGHBOURHOOD
        if (near && Math.abs(tree.y - 1 - height) <= MOST_CLIMB) logs += Math.min(tree.shape.logs, LOGS_IN_REACH)
      }
    }
  }
  return logs
}

/**
 * @param {Terrain} terrain
 * @returns {{x: number, z: number}} a column on dry land
 */
function findSpawnColumn (terrain) {
  let bestLogs = -1
  let best = { x: 0, z: 0 }
  for (const [x, z] of squares()) {
    if (terrain.heightAt(x, z) <= SEA_LEVEL + 1 || terrain.isOpen(x, z) || !START_BIOMES.has(terrain.biomeAt(x, z))) continue
    const underTree = terrain.treesIn(x >> 4, z >> 4).some(tree => Math.hypot(tree.x - x, tree.z - z) < 4)
    if (underTree || !isPleasant(terrain, x, z) || lavaNear(terrain, x, z)) continue
    const logs = logsAround(terrain, x, z)
    if (logs >= LOGS_WANTED) return { x, z }
    if (logs > bestLogs) {
      bestLogs = logs
      best = { x, z }
    }
  }
  return best
}

module.exports = { findSpawnColumn, logsAround }
