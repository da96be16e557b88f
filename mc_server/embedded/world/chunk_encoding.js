'use strict'
/**
 * Turns the blocks and biomes of a column into the network format of 1.18 and later: sections with palettes, biomes in cells
 * of four blocks.
 */

const SECTION_BLOCKS = 4096
const MINIMUM_BITS = 4
/** Beyond this a section has no palette, and states of this many bits. */
const MOST_PALETTE_BITS = 8
const DIRECT_BITS = 15
/** More than there are block states. */
const STATES = 65536

/** Appends a variable-length integer to a list of bytes. */
function pushVarint (/** @type {number[]} */ bytes, /** @type {number} */ value) {
  do {
    const more = value > 127
    bytes.push((value & 127) | (more ? 128 : 0))
    value >>>= 7
  } while (value)
}

/**
 * @param {Uint16Array} states all blocks of a chunk, from the lowest section up
 * @param {Uint16Array} biomes registry ids of the 16 cells of 4 by 4 columns, index `(z >> 2) << 2 | x >> 2`
 * @returns {Buffer}
 */
function encodeSections (states, biomes) {
  const parts = []
  const encodedBiomes = encodeBiomes(biomes)
  for (let start = 0; start < states.length; start += SECTION_BLOCKS) {
    parts.push(...encodeBlocks(states.subarray(start, start + SECTION_BLOCKS)), encodedBiomes)
  }
  return Buffer.concat(parts)
}

/** Place of each state in the palette of the section at hand, valid where `stamps` holds the number of that section. */
const places = new Uint16Array(STATES)
const stamps = new Uint32Array(STATES)
let sections = 0
const indices = new Uint16Array(SECTION_BLOCKS)

/** @returns {Buffer[]} */
function encodeBlocks (/** @type {Uint16Array} */ states) {
  const section = ++sections
  const palette = /** @type {number[]} */ ([])
  let notAir = 0
  for (let block = 0; block < SECTION_BLOCKS; block++) {
    const state = states[block]
    if (state !== 0) notAir++
    if (stamps[state] !== section) {
      stamps[state] = section
      places[state] = palette.push(state) - 1
    }
    indices[block] = places[state]
  }
  const header = [notAir >> 8, notAir & 255]
  if (palette.length === 1) {
    header.push(0)
    pushVarint(header, palette[0])
    header.push(0)
    return [Buffer.from(header)]
  }
  const bits = Math.max(MINIMUM_BITS, 32 - Math.clz32(palette.length - 1))
  const direct = bits > MOST_PALETTE_BITS
  const longs = direct ? packIndices(states, DIRECT_BITS) : packIndices(indices, bits)
  header.push(direct ? DIRECT_BITS : bits)
  if (!direct) {
    pushVarint(header, palette.length)
    for (const state of palette) pushVarint(header, state)
  }
  pushVarint(header, longs.length / 8)
  return [Buffer.from(header), longs]
}

/** Packs indices of `bits` bits into 64-bit words; no index crosses a word. */
function packIndices (/** @type {Uint16Array} */ indices, /** @type {number} */ bits) {
  const perLong = Math.floor(64 / bits)
  const longs = Math.ceil(indices.length / perLong)
  const packed = Buffer.alloc(longs * 8)
  let block = 0
  for (let long = 0; long < longs; long++) {
    let low = 0
    let high = 0
    for (let slot = 0; slot < perLong && block < indices.length; slot++, block++) {
      const shift = slot * bits
      if (shift >= 32) {
        high |= indices[block] << (shift - 32)
      } else {
        low |= indices[block] << shift
        if (shift + bits > 32) high |= indices[block] >>> (32 - shift)
      }
    }
    packed.writeInt32BE(high, long * 8)
    packed.writeInt32BE(low, long * 8 + 4)
  }
  return packed
}

/** The biomes of a section: 4 by 4 by 4 cells, the same in each of the four layers. */
function encodeBiomes (/** @type {Uint16Array} */ biomes) {
  const palette = [...new Set(biomes)]
  if (palette.length === 1) {
    const single = [0]
    pushVarint(single, palette[0])
    single.push(0)
    return Buffer.from(single)
  }
  const bits = 32 - Math.clz32(palette.length - 1)
  const cells = new Uint16Array(64)
  for (let cell = 0; cell < 64; cell++) cells[cell] = palette.indexOf(biomes[cell & 15])
  const longs = packIndices(cells, bits)
  const header = [bits]
  pushVarint(header, palette.length)
  for (const biome of palette) pushVarint(header, biome)
  pushVarint(header, longs.length / 8)
  return Buffer.concat([Buffer.from(header), longs])
}

module.exports = { encodeSections }
