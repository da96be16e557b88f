'use strict'
/**
 * The fields that shape the land at a point: how far inland, how rugged, how warm and wet, how near to a river or lake, and
 * the height that follows from them. Each has a standard deviation of about 1.
 */

const { field2 } = require('./noise')

/** Height of the topmost block of water. */
const SEA_LEVEL = 62
/** Nothing is higher: there must be room above the mountains. */
const HIGHEST_GROUND = 172

/** Inland from here on; below it the sea. */
const COAST = 0
/** As far inland the sand of beaches reaches. */
const BEACH = 0.13
/** Half the width of a river, and of the valley around it, in units of the river's field. */
const RIVER = 0.075
const VALLEY = 0.5
/** A lake where its field is above this, and the dip around it. */
const LAKE = 1.75
const LAKE_SHORE = 1.3
/** Lowest ground that is not meant to lie under water. */
const DRY_GROUND = SEA_LEVEL + 1

/** Height of the ground by distance from the coast, before hills. */
const PROFILE = [[-3, 28], [-1.4, 33], [-0.7, 42], [-0.25, 53], [COAST, 61.6], [BEACH, 63.6], [0.6, 66.5], [1.6, 72], [3, 78]]

/**
 * @typedef {object} Climate
 * @property {number} inland
 * @property {number} rugged
 * @property {number} warmth
 * @property {number} wetness
 * @property {number} river 0 in the middle of a river
 * @property {number} lake
 * @property {number} mountain 0 to 1
 * @property {number} swamp 0 to 1
 * @property {number} height
 */

const clamp = (/** @type {number} */ value) => value < 0 ? 0 : value > 1 ? 1 : value
const mix = (/** @type {number} */ from, /** @type {number} */ to, /** @type {number} */ share) => from + (to - from) * share

/** 0 up to `low`, 1 from `high` on, smooth between. */
function step (/** @type {number} */ low, /** @type {number} */ high, /** @type {number} */ value) {
  const share = clamp((value - low) / (high - low))
  return share * share * (3 - 2 * share)
}

function profileAt (/** @type {number} */ inland) {
  let upper = 1
  while (upper < PROFILE.length - 1 && inland > PROFILE[upper][0]) upper++
  const [fromInland, fromHeight] = PROFILE[upper - 1]
  const [toInland, toHeight] = PROFILE[upper]
  return mix(fromHeight, toHeight, clamp((inland - fromInland) / (toInland - fromInland)))
}

/**
 * @param {number} seed
 * @param {number} x
 * @param {number} z
 * @returns {Climate}
 */
function climateAt (seed, x, z) {
  // Frays the borders of biomes, which would be smooth curves without it.
  const fray = field2(seed ^ 0xff, x, z, 26, 2) * 0.05
  const inland = field2(seed ^ 0x11, x, z, 700, 4) + 0.6 + fray * 0.5
  const rugged = field2(seed ^ 0x22, x, z, 420, 2)
  const warmth = field2(seed ^ 0x33, x, z, 520, 2) + fray
  const wetness = field2(seed ^ 0x44, x, z, 400, 2) - fray
  const river = Math.abs(field2(seed ^ 0x55, x, z, 400, 2))
  const lake = field2(seed ^ 0x66, x, z, 120, 2)
  const mountain = step(0.55, 1.5, rugged) * step(BEACH, 0.7, inland)
  const swamp = step(0.5, 0.9, wetness) * step(-0.1, -0.5, rugged) * step(-0.5, -0.2, warmth) * step(1.3, 1, warmth) *
    step(BEACH, 0.4, inland)
  const climate = { inland, rugged, warmth, wetness, river, lake, mountain, swamp, height: 0 }
  climate.height = heightOf(seed, x, z, climate)
  return climate
}

function heightOf (/** @type {number} */ seed, /** @type {number} */ x, /** @type {number} */ z, /** @type {Climate} */ climate) {
  const { inland, rugged, mountain, swamp } = climate
  const rolling = field2(seed ^ 0x77, x, z, 70, 2)
  let height = profileAt(inland)
  if (inland < COAST) return height + rolling * 1.5 * step(COAST, -0.3, inland)
  const hills = step(-0.7, 0.9, rugged) * step(BEACH, 0.5, inland)
  const hill = Math.max(0, field2(seed ^ 0x88, x, z, 110, 3) + 0.3)
  const ridge = 1 - Math.min(1, Math.abs(field2(seed ^ 0x99, x, z, 190, 4)) * 0.75)
  height += rolling * (0.5 + hills) * step(COAST, 0.4, inland) + hills * hill * 9 + mountain * (14 + 62 * ridge * ridge)
  if (swamp > 0) height = mix(height, SEA_LEVEL + 0.3 + rolling * 1.1, swamp)
  if (inland > BEACH && swamp < 0.3) height = Math.max(height, DRY_GROUND + 0.3)
  return Math.min(HIGHEST_GROUND, waterCarved(height, climate))
}

/** Rivers and lakes dig their beds down from the land, and flatten what is beside them. */
function waterCarved (/** @type {number} */ height, /** @type {Climate} */ { inland, river, lake, mountain, swamp }) {
  if (river < RIVER) {
    const depth = 1 - (river / RIVER) ** 2
    height = Math.min(height, SEA_LEVEL + 0.6 - 6 * depth)
  } else if (river < VALLEY) {
    height = Math.min(height, mix(SEA_LEVEL + 0.8, height, step(RIVER, VALLEY, river)))
  }
  if (mountain < 0.2 && swamp < 0.1 && inland > 0.3) {
    if (lake > LAKE) height = Math.min(height, SEA_LEVEL + 0.6 - Math.min(8, (lake - LAKE) * 14))
    else if (lake > LAKE_SHORE) height = Math.min(height, mix(height, SEA_LEVEL + 0.8, step(LAKE_SHORE, LAKE, lake)))
  }
  return height
}

/** Whether water may be so near that a cave must not open here. */
function nearWater (/** @type {Climate} */ { inland, river, lake, swamp }) {
  return inland < BEACH * 2 || river < RIVER * 2.2 || lake > LAKE - 0.2 || swamp > 0
}

module.exports = { climateAt, nearWater, clamp, SEA_LEVEL, COAST, BEACH, RIVER }
