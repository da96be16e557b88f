'use strict'
/**
 * Puts ores and patches of rock into a chunk: its own veins, and what reaches into it of its neighbours'.
 *
 * A vein is a thick line that tapers at its ends, everything about it drawn from a hash of its chunk and number.
 */

const { scramble } = require('./noise')
const { BIOMES } = require('../tables/biomes')
const { ROCKS, ORES } = require('../tables/veins')
const { MIN_Y, indexOf } = require('./blocks_of_chunk')

/** Lowest height that veins reach, above the lowest bedrock. */
const LOWEST = MIN_Y + 1
/** Half of how far the ends of a vein are apart, and how thick it is, by its size. */
const LENGTH_SHARE = 1 / 8
const LEAST_THICKNESS = 0.5
const THICKNESS_SHARE = 0.85 / 16
/** How much thinner a vein is at its ends. */
const TAPER = 0.45
/** What a hash of 32 bits is divided by to be a share. */
const WHOLE = 4294967296

/** The veins of ROCKS and ORES with the states of their blocks. @typedef {import('../tables/veins').Vein & {inStone: number, inDeepslate: number, hiddenBelow: number}} Kind */
/** @typedef {import('./blocks_of_chunk').Draft} Draft */

class Veins {
  /** @param {any} registry prismarine-registry of the version */
  constructor (registry) {
    const state = (/** @type {string} */ name) => registry.blocksByName[name].defaultState
    /** What a vein may replace: 1 stone and its like, 2 deepslate and its like. */
    this.replaced = new Uint8Array(32768)
    for (const name of ['stone', 'granite', 'diorite', 'andesite']) this.replaced[state(name)] = 1
    for (const name of ['deepslate', 'tuff']) this.replaced[state(name)] = 2
    const kindOf = (/** @type {import('../tables/veins').Vein} */ vein, /** @type {number} */ inStone, /** @type {number} */ inDeepslate) =>
      ({ ...vein, inStone, inDeepslate, hiddenBelow: (vein.hidden ?? 0) * WHOLE })
    /** @type {Kind[]} */
    this.kinds = [
      ...ROCKS.map(vein => kindOf(vein, state(vein.block), state(vein.block))),
      ...ORES.map(vein => kindOf(vein, state(`${vein.block}_ore`), state(`deepslate_${vein.block}_ore`)))
    ]
  }

  /**
   * @param {Draft} draft
   * @param {number} seed
   * @param {(chunkX: number, chunkZ: number) => import('./tile').Tile} tileAt
   */
  place (draft, seed, tileAt) {
    this.kinds.forEach((kind, number) => {
      for (let dz = -1; dz <= 1; dz++) {
        for (let dx = -1; dx <= 1; dx++) this.#placeOf(draft, seed, kind, number, dx, dz, tileAt)
      }
    })
  }

  /** The veins of one kind that begin in a chunk nearby. */
  #placeOf (/** @type {Draft} */ draft, /** @type {number} */ seed, /** @type {Kind} */ kind, /** @type {number} */ number,
    /** @type {number} */ dx, /** @type {number} */ dz, /** @type {(chunkX: number, chunkZ: number) => import('./tile').Tile} */ tileAt) {
    const chunkX = draft.chunkX + dx
    const chunkZ = draft.chunkZ + dz
    const own = scramble(seed ^ Math.imul(number + 1, 0x51ed27), chunkX, 11, chunkZ)
    const share = (own >>> 0) / WHOLE
    const count = Math.floor(kind.count) + (share < kind.count % 1 ? 1 : 0)
    const reach = kind.size * LENGTH_SHARE + thicknessOf(kind.size, 1) + 1
    for (let vein = 0; vein < count; vein++) {
      const place = scramble(own, vein, 1, 0)
      const x = (place & 15) + dx * 16
      const z = ((place >>> 4) & 15) + dz * 16
      if (x < -reach || x > 15 + reach || z < -reach || z > 15 + reach) continue
      const y = heightOf(kind, own, vein)
      if (y < LOWEST - reach || y > draft.tile.highest + reach) continue
      if (kind.mountains && !BIOMES[tileAt(chunkX, chunkZ).biomes[((place >>> 6) & 3) << 2 | ((place >>> 2) & 3)]].emerald) continue
      this.#draw(draft, seed, kind, scramble(own, vein, 4, 0), x, y, z)
    }
  }

  /** Draws what lies inside the chunk of the vein around a point; `chance` holds its direction and thickness. */
  #draw (/** @type {Draft} */ draft, /** @type {number} */ seed, /** @type {Kind} */ kind, /** @type {number} */ chance,
    /** @type {number} */ middleX, /** @type {number} */ middleY, /** @type {number} */ middleZ) {
    const angle = (chance & 1023) / 1024 * Math.PI
    const lengthX = Math.sin(angle) * kind.size * LENGTH_SHARE
    const lengthZ = Math.cos(angle) * kind.size * LENGTH_SHARE
    const lengthY = (((chance >>> 10) & 3) - ((chance >>> 12) & 3)) / 3
    const thickness = thicknessOf(kind.size, ((chance >>> 14) & 255) / 255)
    const squared = lengthX * lengthX + lengthY * lengthY + lengthZ * lengthZ
    // The middle is at a corner of blocks for some veins and inside of a block for others.
    const offset = ((chance >>> 22) & 3) / 4
    const lowY = Math.max(LOWEST, Math.ceil(middleY - Math.abs(lengthY) - thickness - 1))
    const highY = Math.min(draft.tile.highest, Math.floor(middleY + Math.abs(lengthY) + thickness + 1))
    const reachX = Math.abs(lengthX) + thickness + 1
    const reachZ = Math.abs(lengthZ) + thickness + 1
    const lowX = Math.max(0, Math.ceil(middleX - reachX))
    const highX = Math.min(15, Math.floor(middleX + reachX))
    for (let z = Math.max(0, Math.ceil(middleZ - reachZ)); z <= Math.min(15, middleZ + reachZ); z++) {
      for (let x = lowX; x <= highX; x++) {
        const px = x - middleX + offset
        const pz = z - middleZ + offset
        for (let y = lowY; y <= highY; y++) {
          const py = y - middleY + offset
          let along = (px * lengthX + py * lengthY + pz * lengthZ) / squared
          along = along < -1 ? -1 : along > 1 ? 1 : along
          const radius = thickness * (1 - TAPER * along * along)
          const away = (px - along * lengthX) ** 2 + (py - along * lengthY) ** 2 + (pz - along * lengthZ) ** 2
          if (away < radius * radius) this.#replace(draft, seed, kind, x, y, z)
        }
      }
    }
  }

  #replace (/** @type {Draft} */ { states, chunkX, chunkZ }, /** @type {number} */ seed, /** @type {Kind} */ kind,
    /** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ z) {
    const index = indexOf(x, y, z)
    const replaced = this.replaced[states[index]]
    if (replaced === 0) return
    if (kind.hiddenBelow > 0 && besideAir(states, index, x, z)) {
      if ((scramble(seed, chunkX * 16 + x, y, chunkZ * 16 + z) >>> 0) < kind.hiddenBelow) return
    }
    states[index] = replaced === 1 ? kind.inStone : kind.inDeepslate
  }
}

/** @param {number} size @param {number} share 0 to 1: from the thinnest vein of this size to the thickest */
function thicknessOf (size, share) {
  return LEAST_THICKNESS + THICKNESS_SHARE * size * (0.75 + share / 2)
}

function heightOf (/** @type {Kind} */ { low, high, triangle }, /** @type {number} */ own, /** @type {number} */ vein) {
  const once = (scramble(own, vein, 2, 0) >>> 0) / WHOLE
  const share = triangle ? (once + (scramble(own, vein, 3, 0) >>> 0) / WHOLE) / 2 : once
  return Math.floor(low + share * (high - low + 1))
}

/** Whether a block has air on a side; what lies outside of the chunk does not count. */
function besideAir (/** @type {Uint16Array} */ states, /** @type {number} */ index, /** @type {number} */ x, /** @type {number} */ z) {
  return states[index + 256] === 0 || states[index - 256] === 0 ||
    (x > 0 && states[index - 1] === 0) || (x < 15 && states[index + 1] === 0) ||
    (z > 0 && states[index - 16] === 0) || (z < 15 && states[index + 16] === 0)
}

module.exports = { Veins }
