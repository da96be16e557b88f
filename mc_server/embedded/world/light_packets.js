'use strict'
/** Light as clients read it: half a byte a block and section, with masks of the sections that are told of. */

const { columnKey } = require('./world_state')

const SECTIONS = 24
const SECTION_BLOCKS = 4096
/** Clients count light from the section below the world. */
const FIRST_SECTION = 1
const FULL_SECTION = new Uint8Array(SECTION_BLOCKS / 2).fill(0xff)
/** Columns whose light was dropped and is sent anew in a tick. */
const RELIT_PER_TICK = 1

/** @typedef {import('./columns').Column} Column */

class LightPackets {
  /** @param {any} game */
  constructor (game) {
    this.game = game
  }

  /** The part of a `map_chunk` packet that is about light; up to one section above the blocks that are there and beside. */
  ofColumn (/** @type {number} */ chunkX, /** @type {number} */ chunkZ) {
    const column = this.game.light.columns.exact(chunkX, chunkZ)
    let top = column.light.length
    for (let x = chunkX - 1; x <= chunkX + 1; x++) {
      for (let z = chunkZ - 1; z <= chunkZ + 1; z++) top = Math.max(top, this.game.world.column(x, z).states.length)
    }
    const sections = Math.min(SECTIONS, top / SECTION_BLOCKS + 1)
    return encodeLight(column, 2 ** sections - 1)
  }

  /** Tells clients of light that changed. */
  tick () {
    const { columns } = this.game.light
    columns.settle()
    this.#resend(columns)
    for (const [column, sections] of columns.changed) this.#send(column, encodeLight(column, sections))
    columns.changed.clear()
  }

  #resend (/** @type {import('./light_columns').LightColumns} */ columns) {
    let left = RELIT_PER_TICK
    for (const column of columns.dropped) {
      const { chunkX, chunkZ } = column
      const wanted = this.#viewers(column).length > 0
      if (wanted && left-- === 0) return
      columns.dropped.delete(column)
      if (wanted) this.#send(column, this.ofColumn(chunkX, chunkZ))
    }
  }

  #viewers (/** @type {Column} */ { chunkX, chunkZ }) {
    const key = columnKey(chunkX, chunkZ)
    return this.game.players.all().filter((/** @type {any} */ { survivor }) => survivor.columns.has(key))
  }

  #send (/** @type {Column} */ column, /** @type {any} */ light) {
    for (const player of this.#viewers(column)) {
      player._client.write('update_light', { chunkX: column.chunkX, chunkZ: column.chunkZ, ...light })
    }
  }
}

/** @param {Column} column @param {number} sections bit set */
function encodeLight (column, sections) {
  const masks = { sky: 0, emptySky: 0, block: 0, emptyBlock: 0 }
  /** @type {Uint8Array[]} */
  const skyLight = []
  /** @type {Uint8Array[]} */
  const blockLight = []
  for (let section = 0; section < SECTIONS; section++) {
    if (!(sections & (1 << section))) continue
    const bit = 1 << (section + FIRST_SECTION)
    const sky = packed(column, section, 4)
    const block = packed(column, section, 0)
    if (sky) masks.sky |= bit
    else masks.emptySky |= bit
    if (block) masks.block |= bit
    else masks.emptyBlock |= bit
    if (sky) skyLight.push(sky)
    if (block) blockLight.push(block)
  }
  return {
    skyLightMask: [[0, masks.sky]],
    blockLightMask: [[0, masks.block]],
    emptySkyLightMask: [[0, masks.emptySky]],
    emptyBlockLightMask: [[0, masks.emptyBlock]],
    skyLight,
    blockLight
  }
}

/** @returns {Uint8Array | null} sky or block light of a section, two blocks a byte; null when there is none */
function packed (/** @type {Column} */ column, /** @type {number} */ section, /** @type {number} */ shift) {
  const start = section * SECTION_BLOCKS
  const light = /** @type {Uint8Array} */ (column.light)
  if (start >= light.length) return shift === 4 ? FULL_SECTION : null
  const bytes = new Uint8Array(SECTION_BLOCKS / 2)
  let any = 0
  for (let byte = 0; byte < bytes.length; byte++) {
    const at = start + 2 * byte
    const pair = ((light[at] >> shift) & 15) | (((light[at + 1] >> shift) & 15) << 4)
    bytes[byte] = pair
    any |= pair
  }
  return any === 0 ? null : bytes
}

module.exports = { LightPackets, encodeLight }
