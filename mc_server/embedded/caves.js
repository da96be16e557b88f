'use strict'
/**
 * Winding tunnels: the places where two fields of noise are both near zero. The fields are sampled every four blocks and
 * interpolated between. Lava fills what lies deepest.
 */

const { noise3 } = require('./noise')
const { SEA_LEVEL } = require('./terrain')

const MIN_Y = -64
const LOWEST = MIN_Y + 4
const HIGHEST = 128
/** Caves at or below this height hold lava. */
const LAVA_LEVEL = -54
/** Half the width of a tunnel, in units of the noise. */
const WIDTH = 0.13
/** Blocks of ground left above a cave, and more below water. */
const ROOF = 5
const ROOF_BELOW_WATER = 7

const STEP = 4
const CELLS = 16 / STEP + 1
const LAYERS = (HIGHEST - LOWEST) / STEP + 2

/**
 * @param {number} seed
 * @param {number} chunkX
 * @param {number} chunkZ
 * @returns {Float32Array} samples of one field, index `(layer * CELLS + z) * CELLS + x`
 */
function sampleField (seed, chunkX, chunkZ) {
  const samples = new Float32Array(CELLS * CELLS * LAYERS)
  for (let layer = 0; layer < LAYERS; layer++) {
    for (let z = 0; z < CELLS; z++) {
      for (let x = 0; x < CELLS; x++) {
        const worldX = chunkX * 16 + x * STEP
        const worldY = LOWEST + layer * STEP
        const worldZ = chunkZ * 16 + z * STEP
        samples[(layer * CELLS + z) * CELLS + x] = noise3(seed, worldX / 26, worldY / 17, worldZ / 26)
      }
    }
  }
  return samples
}

/** Value of a sampled field at a block of the chunk. */
function fieldAt (/** @type {Float32Array} */ samples, /** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ z) {
  const u = (x % STEP) / STEP
  const v = ((y - LOWEST) % STEP) / STEP
  const w = (z % STEP) / STEP
  const base = (((y - LOWEST) >> 2) * CELLS + (z >> 2)) * CELLS + (x >> 2)
  const row = (/** @type {number} */ at) => samples[at] + (samples[at + 1] - samples[at]) * u
  const layer = (/** @type {number} */ at) => row(at) + (row(at + CELLS) - row(at)) * w
  const below = layer(base)
  return below + (layer(base + CELLS * CELLS) - below) * v
}

/**
 * @param {import('./world_generator').Draft} draft
 * @param {import('./terrain').Terrain} terrain
 * @param {Record<string, number>} palette
 */
function carveCaves (draft, terrain, palette) {
  const first = sampleField(terrain.seed ^ 101, draft.chunkX, draft.chunkZ)
  const second = sampleField(terrain.seed ^ 202, draft.chunkX, draft.chunkZ)
  for (let z = 0; z < 16; z++) {
    for (let x = 0; x < 16; x++) {
      const height = draft.heights[(z << 4) | x]
      const top = Math.min(HIGHEST - 1, height - roofAt(draft, terrain, x, z, height))
      for (let y = LOWEST; y <= top; y++) {
        if (Math.abs(fieldAt(first, x, y, z)) > WIDTH) continue
        if (Math.abs(fieldAt(second, x, y, z)) > WIDTH) continue
        draft.states[((y - MIN_Y) << 8) | (z << 4) | x] = y <= LAVA_LEVEL ? palette.lava : 0
      }
    }
  }
}

function roofAt (/** @type {import('./world_generator').Draft} */ draft, /** @type {import('./terrain').Terrain} */ terrain,
  /** @type {number} */ x, /** @type {number} */ z, /** @type {number} */ height) {
  if (height < SEA_LEVEL + 2) return ROOF_BELOW_WATER
  return terrain.isCaveMouth(draft.chunkX * 16 + x, draft.chunkZ * 16 + z) ? 0 : ROOF
}

module.exports = { carveCaves }
