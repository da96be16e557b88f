'use strict'
/** Smooth noise over a seeded lattice: in the plane, in space, and in octaves. Values lie between -1 and 1. */

const { hash } = require('./random')

const fade = (/** @type {number} */ t) => t * t * t * (t * (t * 6 - 15) + 10)
const mix = (/** @type {number} */ a, /** @type {number} */ b, /** @type {number} */ t) => a + (b - a) * t
const lattice = (/** @type {number} */ seed, /** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ z) =>
  hash(seed, x, y, z) / 2147483648 - 1

/**
 * @param {number} seed
 * @param {number} x
 * @param {number} z
 */
function noise2 (seed, x, z) {
  const x0 = Math.floor(x)
  const z0 = Math.floor(z)
  const u = fade(x - x0)
  const near = mix(lattice(seed, x0, 0, z0), lattice(seed, x0 + 1, 0, z0), u)
  const far = mix(lattice(seed, x0, 0, z0 + 1), lattice(seed, x0 + 1, 0, z0 + 1), u)
  return mix(near, far, fade(z - z0))
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
  const u = fade(x - x0)
  const w = fade(z - z0)
  const layer = (/** @type {number} */ level) => mix(
    mix(lattice(seed, x0, level, z0), lattice(seed, x0 + 1, level, z0), u),
    mix(lattice(seed, x0, level, z0 + 1), lattice(seed, x0 + 1, level, z0 + 1), u),
    w)
  return mix(layer(y0), layer(y0 + 1), fade(y - y0))
}

/**
 * Sum of `octaves` noises, each twice as fine and half as strong as the one before.
 * @param {number} seed
 * @param {number} x
 * @param {number} z
 * @param {number} octaves
 */
function octaves2 (seed, x, z, octaves) {
  let sum = 0
  let total = 0
  let strength = 1
  let scale = 1
  for (let octave = 0; octave < octaves; octave++) {
    sum += strength * noise2(seed + octave * 1013, x * scale, z * scale)
    total += strength
    strength /= 2
    scale *= 2
  }
  return sum / total
}

module.exports = { noise2, noise3, octaves2 }
