'use strict'
/**
 * Caves: winding tunnels where two fields of noise are both near zero, chambers where a third is strong, and ravines along
 * lines in the plane. The fields are sampled every four blocks and interpolated between. Lava fills what lies deepest.
 */

const { noise3 } = require('./noise')
const { SEA_LEVEL } = require('./climate')
const { CAVE_MOUTH, RAVINE, ravineAt } = require('./tile')
const { MIN_Y, indexOf } = require('./blocks_of_chunk')

const LOWEST = MIN_Y + 4
/** Caves at or below this height hold lava. */
const LAVA_LEVEL = -54
/** Half the width of a tunnel, in units of the noise. */
const TUNNEL = 0.1
const TUNNEL_PERIOD = { across: 34, up: 24 }
/** How strong the third field is in chambers; they grow rarer upwards. */
const CHAMBER = 0.44
const CHAMBER_PERIOD = { across: 58, up: 30 }
const HIGHEST_CHAMBER = 44
/** Blocks of ground left above a cave, and the highest cave beside water. */
const ROOF = 6
const HIGHEST_BESIDE_WATER = SEA_LEVEL - 12
const ROOF_BELOW_WATER = 9
/** Ravines reach down to here in their middle. */
const RAVINE_FLOOR = 14

const STEP = 4
const CELLS = 16 / STEP + 1
const LAYER = CELLS * CELLS
const CORNERS = [0, 1, CELLS, CELLS + 1, LAYER, LAYER + 1, LAYER + CELLS, LAYER + CELLS + 1]
const MOST_LAYERS = 64

const first = new Float64Array(LAYER * MOST_LAYERS)
const second = new Float64Array(LAYER * MOST_LAYERS)
const chambers = new Float64Array(LAYER * MOST_LAYERS)
const tops = new Int16Array(256)

/** Fills `samples` with one field, index `(layer * CELLS + z) * CELLS + x`. */
function sample (/** @type {Float64Array} */ samples, /** @type {number} */ seed, /** @type {import('./blocks_of_chunk').Draft} */ { chunkX, chunkZ },
  /** @type {number} */ layers, /** @type {{across: number, up: number}} */ { across, up }) {
  let at = 0
  for (let layer = 0; layer < layers; layer++) {
    const y = (LOWEST + layer * STEP) / up
    for (let z = 0; z < CELLS; z++) {
      for (let x = 0; x < CELLS; x++) {
        samples[at++] = noise3(seed, (chunkX * 16 + x * STEP) / across, y, (chunkZ * 16 + z * STEP) / across)
      }
    }
  }
}

/**
 * @param {import('./blocks_of_chunk').Draft} draft
 * @param {number} seed
 * @param {import('./blocks_of_chunk').Palette} palette
 */
function carveCaves (draft, seed, palette) {
  const highest = findTops(draft)
  const layers = Math.min(MOST_LAYERS, ((highest - LOWEST) >> 2) + 2)
  const chamberLayers = Math.min(layers, ((HIGHEST_CHAMBER - LOWEST) >> 2) + 2)
  sample(first, seed ^ 0x101, draft, layers, TUNNEL_PERIOD)
  sample(second, seed ^ 0x202, draft, layers, TUNNEL_PERIOD)
  sample(chambers, seed ^ 0x303, draft, chamberLayers, CHAMBER_PERIOD)
  for (let layer = 0; layer < layers - 1; layer++) {
    for (let z = 0; z < CELLS - 1; z++) {
      for (let x = 0; x < CELLS - 1; x++) {
        const base = layer * LAYER + z * CELLS + x
        if (mayBeThin(first, base) && mayBeThin(second, base)) carveTunnels(draft, palette, base, x, layer, z)
        if (layer < chamberLayers - 1 && mayBeStrong(base)) carveChambers(draft, palette, base, x, layer, z)
      }
    }
  }
  carveRavines(draft, seed, palette)
}

/** Finds how high each column may be carved. @returns {number} the highest of them */
function findTops (/** @type {import('./blocks_of_chunk').Draft} */ { tile }) {
  let highest = LOWEST
  for (let column = 0; column < 256; column++) {
    const height = tile.heights[column]
    const wet = tile.wet[((column >> 6) << 2) | ((column >> 2) & 3)] === 1
    let top = height - ((tile.open[column] & CAVE_MOUTH) === 0 ? ROOF : 0)
    if (wet) top = Math.min(height - ROOF_BELOW_WATER, HIGHEST_BESIDE_WATER)
    tops[column] = top
    if (top > highest) highest = top
  }
  return highest
}

/** Whether a field can be near zero in the cell between eight samples. */
function mayBeThin (/** @type {Float64Array} */ samples, /** @type {number} */ base) {
  let low = false
  let high = false
  for (const corner of CORNERS) {
    const value = samples[base + corner]
    if (value < TUNNEL) low = true
    if (value > -TUNNEL) high = true
  }
  return low && high
}

function mayBeStrong (/** @type {number} */ base) {
  for (const corner of CORNERS) if (chambers[base + corner] > CHAMBER) return true
  return false
}

/** Value of a sampled field inside of a cell; u, v and w are shares of its sides. */
function between (/** @type {Float64Array} */ samples, /** @type {number} */ base, /** @type {number} */ u, /** @type {number} */ v, /** @type {number} */ w) {
  const lowNear = samples[base] + (samples[base + 1] - samples[base]) * u
  const lowFar = samples[base + CELLS] + (samples[base + CELLS + 1] - samples[base + CELLS]) * u
  const above = base + LAYER
  const highNear = samples[above] + (samples[above + 1] - samples[above]) * u
  const highFar = samples[above + CELLS] + (samples[above + CELLS + 1] - samples[above + CELLS]) * u
  const low = lowNear + (lowFar - lowNear) * w
  return low + (highNear + (highFar - highNear) * w - low) * v
}

function carveTunnels (/** @type {import('./blocks_of_chunk').Draft} */ draft, /** @type {import('./blocks_of_chunk').Palette} */ palette,
  /** @type {number} */ base, /** @type {number} */ cellX, /** @type {number} */ layer, /** @type {number} */ cellZ) {
  for (let inside = 0; inside < 64; inside++) {
    const u = (inside & 3) / STEP
    const w = ((inside >> 2) & 3) / STEP
    const v = (inside >> 4) / STEP
    if (Math.abs(between(first, base, u, v, w)) > TUNNEL || Math.abs(between(second, base, u, v, w)) > TUNNEL) continue
    carve(draft, palette, (cellX << 2) | (inside & 3), LOWEST + layer * STEP + (inside >> 4), (cellZ << 2) | ((inside >> 2) & 3))
  }
}

function carveChambers (/** @type {import('./blocks_of_chunk').Draft} */ draft, /** @type {import('./blocks_of_chunk').Palette} */ palette,
  /** @type {number} */ base, /** @type {number} */ cellX, /** @type {number} */ layer, /** @type {number} */ cellZ) {
  for (let inside = 0; inside < 64; inside++) {
    const y = LOWEST + layer * STEP + (inside >> 4)
    const least = CHAMBER + Math.max(0, y) * 0.004
    if (between(chambers, base, (inside & 3) / STEP, (inside >> 4) / STEP, ((inside >> 2) & 3) / STEP) < least) continue
    if (y <= HIGHEST_CHAMBER) carve(draft, palette, (cellX << 2) | (inside & 3), y, (cellZ << 2) | ((inside >> 2) & 3))
  }
}

function carve (/** @type {import('./blocks_of_chunk').Draft} */ { states }, /** @type {import('./blocks_of_chunk').Palette} */ palette,
  /** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ z) {
  if (y <= tops[(z << 4) | x]) states[indexOf(x, y, z)] = y <= LAVA_LEVEL ? palette.lava : 0
}

/** Ravines: open to the sky where they may be, widest in the upper half. */
function carveRavines (/** @type {import('./blocks_of_chunk').Draft} */ draft, /** @type {number} */ seed, /** @type {import('./blocks_of_chunk').Palette} */ palette) {
  const { tile, chunkX, chunkZ, states } = draft
  for (let column = 0; column < 256; column++) {
    if ((tile.open[column] & RAVINE) === 0) continue
    const inside = ravineAt(seed, chunkX * 16 + (column & 15), chunkZ * 16 + (column >> 4))
    const height = tile.heights[column]
    const floor = RAVINE_FLOOR + Math.floor((1 - inside) * (height - RAVINE_FLOOR) * 0.6)
    for (let y = floor; y <= height; y++) states[((y - MIN_Y) << 8) | column] = palette.air
  }
}

module.exports = { carveCaves, LAVA_LEVEL }
