'use strict'
/**
 * What each block state does to light: how much it gives, how much it takes, and through which of its faces none passes.
 *
 * From minecraft-data where that speaks of blocks as a whole, and from tables below where it depends on the state.
 */

/** @typedef {Record<string, any>} Properties */

const lit = (/** @type {number} */ level) => (/** @type {Properties} */ { lit }) => lit ? level : 0

/** Light of blocks whose states differ in it. @type {Record<string, (properties: Properties) => number>} */
const EMISSION = {
  furnace: lit(13),
  blast_furnace: lit(13),
  smoker: lit(13),
  campfire: lit(15),
  soul_campfire: lit(10),
  redstone_ore: lit(9),
  deepslate_redstone_ore: lit(9),
  redstone_torch: lit(7),
  redstone_wall_torch: lit(7),
  redstone_lamp: lit(15),
  copper_bulb: lit(15),
  exposed_copper_bulb: lit(12),
  weathered_copper_bulb: lit(8),
  oxidized_copper_bulb: lit(4),
  sea_pickle: ({ pickles, waterlogged }) => waterlogged ? 3 + 3 * pickles : 0,
  light: ({ level }) => level,
  respawn_anchor: ({ charges }) => Math.floor(charges * 15 / 4),
  cave_vines: ({ berries }) => berries ? 14 : 0,
  cave_vines_plant: ({ berries }) => berries ? 14 : 0,
  glow_lichen: () => 7
}

/** Blocks that are less than a cube and yet let no light through some of their faces. */
const SHAPED = /_stairs$|_slab$|^snow$|^farmland$|^dirt_path$|^piston_head$|^enchanting_table$|^end_portal_frame$|^daylight_detector$|^stonecutter$|^lectern$|sculk_sensor$|^sculk_shrieker$/

/** Faces: down, up, north (-z), south (+z), west (-x), east (+x); each opposite is one bit off. */
const FACES = 6
const FACE_BITS = 4
const WHOLE_FACE = 15
/** Axis of a face, and the two that lie in it. */
const AXES = [[1, 0, 2], [1, 0, 2], [2, 0, 1], [2, 0, 1], [0, 2, 1], [0, 2, 1]]

class LightTables {
  /** @param {import('./block_states').BlockStates} blocks */
  constructor (blocks) {
    const states = blocks.solid.length
    this.emission = new Uint8Array(states)
    /** What is lost on the way into a block, beyond the one that every block costs; 15 lets none in. */
    this.opacity = new Uint8Array(states)
    /** The covered quarters of each face, four bits a face. */
    this.faces = new Uint32Array(states)
    for (const block of blocks.registry.blocksArray) {
      for (let state = block.minStateId; state <= block.maxStateId; state++) {
        const properties = blocks.properties(state)
        this.emission[state] = emissionOf(block, properties)
        this.opacity[state] = opacityOf(block, properties)
        if (this.opacity[state] < 15 && SHAPED.test(block.name)) this.faces[state] = coveredFaces(blocks.registry, block, state)
      }
    }
  }

  /** Whether two states are the same to light. */
  alike (/** @type {number} */ a, /** @type {number} */ b) {
    return this.emission[a] === this.emission[b] && this.opacity[a] === this.opacity[b] && this.faces[a] === this.faces[b]
  }
}

function emissionOf (/** @type {any} */ block, /** @type {Properties} */ properties) {
  if (block.name in EMISSION) return EMISSION[block.name](properties)
  if (block.name.endsWith('candle')) return properties.lit ? 3 * properties.candles : 0
  if (block.name.endsWith('candle_cake')) return properties.lit ? 3 : 0
  return block.emitLight
}

function opacityOf (/** @type {any} */ block, /** @type {Properties} */ properties) {
  if (properties.type === 'double' && block.name.endsWith('_slab')) return 15
  if (block.name === 'snow' && properties.layers === 8) return 15
  if (properties.waterlogged && block.filterLight === 0) return 1
  return block.filterLight
}

/** @returns {number} */
function coveredFaces (/** @type {any} */ registry, /** @type {any} */ block, /** @type {number} */ state) {
  // Snow is lower to the foot than to the eye.
  if (block.name === 'snow') return WHOLE_FACE
  const { blocks, shapes } = registry.blockCollisionShapes
  const shape = blocks[block.name]
  const boxes = shapes[Array.isArray(shape) ? shape[state - block.minStateId] : shape]
  let covered = 0
  for (let face = 0; face < FACES; face++) {
    for (let quarter = 0; quarter < FACE_BITS; quarter++) {
      if (boxes.some((/** @type {number[]} */ box) => coversQuarter(box, face, quarter))) covered |= 1 << (face * FACE_BITS + quarter)
    }
  }
  return covered
}

function coversQuarter (/** @type {number[]} */ box, /** @type {number} */ face, /** @type {number} */ quarter) {
  const [axis, across, along] = AXES[face]
  const touches = face & 1 ? box[axis + 3] === 1 : box[axis] === 0
  const low = [(quarter & 1) / 2, (quarter >> 1) / 2]
  return touches && [across, along].every((each, index) => box[each] <= low[index] && box[each + 3] >= low[index] + 0.5)
}

module.exports = { LightTables, FACE_BITS, WHOLE_FACE }
