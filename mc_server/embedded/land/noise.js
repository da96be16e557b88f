'use strict'
/**
 * Smooth noise over a seeded lattice: in the plane, in space, and in octaves.
 *
 * Gradient noise: every corner of the lattice has a direction, and the value between corners blends how far one went along
 * each. Values lie between -1 and 1, mostly near 0.
 */

const DIAGONAL = Math.SQRT1_2
const DIRECTIONS_X = Float64Array.of(1, -1, 0, 0, DIAGONAL, -DIAGONAL, DIAGONAL, -DIAGONAL)
const DIRECTIONS_Z = Float64Array.of(0, 0, 1, -1, DIAGONAL, DIAGONAL, -DIAGONAL, -DIAGONAL)
/** Brings the greatest value in the plane, half a diagonal, to 1. */
const PLANE_SCALE = Math.SQRT2
/** How much the values of `field2` must grow, by octaves, so that their standard deviation is 1. */
const SPREAD = [0, 3.27, 4.39, 5, 5.32]

const fade = (/** @type {number} */ t) => t * t * t * (t * (t * 6 - 15) + 10)

/** Mixes the bits of three whole numbers. */
function scramble (/** @type {number} */ seed, /** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ z) {
  let mixed = seed ^ Math.imul(x, 0x85ebca6b) ^ Math.imul(y, 0x9e3779b1) ^ Math.imul(z, 0xc2b2ae35)
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x27d4eb2f)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0x165667b1)
  return mixed ^ (mixed >>> 16)
}

function corner2 (/** @type {number} */ seed, /** @type {number} */ x, /** @type {number} */ z, /** @type {number} */ dx, /** @type {number} */ dz) {
  const direction = scramble(seed, x, 0, z) & 7
  return DIRECTIONS_X[direction] * dx + DIRECTIONS_Z[direction] * dz
}

/**
 * @param {number} seed
 * @param {number} x
 * @param {number} z
 */
function noise2 (seed, x, z) {
  const x0 = Math.floor(x)
  const z0 = Math.floor(z)
  const dx = x - x0
  const dz = z - z0
  const u = fade(dx)
  const near0 = corner2(seed, x0, z0, dx, dz)
  const near = near0 + (corner2(seed, x0 + 1, z0, dx - 1, dz) - near0) * u
  const far0 = corner2(seed, x0, z0 + 1, dx, dz - 1)
  const far = far0 + (corner2(seed, x0 + 1, z0 + 1, dx - 1, dz - 1) - far0) * u
  return (near + (far - near) * fade(dz)) * PLANE_SCALE
}

/** The twelve directions to the edges of a cube, four of them twice. */
function corner3 (/** @type {number} */ seed, /** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ z,
  /** @type {number} */ dx, /** @type {number} */ dy, /** @type {number} */ dz) {
  const direction = scramble(seed, x, y, z) & 15
  const along = direction < 8 ? dx : dy
  const across = direction < 4 ? dy : direction === 12 || direction === 14 ? dx : dz
  return ((direction & 1) === 0 ? along : -along) + ((direction & 2) === 0 ? across : -across)
}

/**
 * @param {number} seed
 * @param {number} x
 * @param {number} y
 * @param {number} z
 */
function noise3 (seed, x, y, z) {
  const x0 = Math.floor(x)
  const y0 = Math.floor(y)
  const z0 = Math.floor(z)
  const dx = x - x0
  const dy = y - y0
  const dz = z - z0
  const u = fade(dx)
  const w = fade(dz)
  const low = layer3(seed, x0, y0, z0, dx, dy, dz, u, w)
  return low + (layer3(seed, x0, y0 + 1, z0, dx, dy - 1, dz, u, w) - low) * fade(dy)
}

function layer3 (/** @type {number} */ seed, /** @type {number} */ x0, /** @type {number} */ y0, /** @type {number} */ z0,
  /** @type {number} */ dx, /** @type {number} */ dy, /** @type {number} */ dz, /** @type {number} */ u, /** @type {number} */ w) {
  const near0 = corner3(seed, x0, y0, z0, dx, dy, dz)
  const near = near0 + (corner3(seed, x0 + 1, y0, z0, dx - 1, dy, dz) - near0) * u
  const far0 = corner3(seed, x0, y0, z0 + 1, dx, dy, dz - 1)
  const far = far0 + (corner3(seed, x0 + 1, y0, z0 + 1, dx - 1, dy, dz - 1) - far0) * u
  return near + (far - near) * w
}

/**
 * Sum of one to four noises, each twice as fine and half as strong as the one before, with a standard deviation of 1: it lies
 * between -2 and 2 nearly everywhere, below 0 in half of the plane and above 1 in a sixth.
 * @param {number} seed
 * @param {number} x
 * @param {number} z
 * @param {number} period blocks from corner to corner of the coarsest lattice
 * @param {number} octaves
 */
function field2 (seed, x, z, period, octaves) {
  let sum = 0
  let total = 0
  let strength = 1
  let scale = 1 / period
  for (let octave = 0; octave < octaves; octave++) {
    // Gradient noise is 0 at every corner of its lattice: the octaves must not have corners in common, nor all worlds.
    const shift = scramble(seed, octave, 0, 0)
    sum += strength * noise2(seed + octave * 1013, x * scale + (shift & 4095) / 4096, z * scale + (shift >>> 20) / 4096)
    total += strength
    strength /= 2
    scale *= 2
  }
  return sum / total * SPREAD[octaves]
}

module.exports = { noise2, noise3, field2, scramble }
