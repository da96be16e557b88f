'use strict'
/** What a block state number means: its name, its properties, whether it is solid, a fluid, or in the way of nothing. */

const REPLACEABLE = [
  'air', 'cave_air', 'void_air', 'water', 'lava', 'short_grass', 'tall_grass', 'fern', 'large_fern', 'dead_bush', 'fire',
  'soul_fire', 'seagrass', 'tall_seagrass', 'vine', 'glow_lichen', 'bubble_column', 'light', 'structure_void', 'hanging_roots',
  'crimson_roots', 'warped_roots', 'nether_sprouts'
]
/** Nothing holds on to these, whatever their shape. */
const HOLDING_NOTHING = /_leaves$|^(barrier|shulker_box|scaffolding)$|_shulker_box$/
/** These hold like a whole block, though a body sinks into them. */
const HOLDING_ALL = new Set(['soul_sand', 'mud', 'snow_block'])
/** Plants that stand in water without saying so. */
const UNDER_WATER = new Set(['seagrass', 'tall_seagrass', 'kelp', 'kelp_plant', 'bubble_column'])
/** A face is looked at in sixteenths of a block. */
const GRAIN = 16
/** Of a face, the part that a torch, a fence post or a lantern needs: from, to in sixteenths. */
const MIDDLE = [7, 9]
const WHOLE = [0, GRAIN]

class BlockStates {
  /** @param {any} registry prismarine-registry of the version */
  constructor (registry) {
    this.registry = registry
    const states = Math.max(...registry.blocksArray.map((/** @type {any} */ block) => block.maxStateId)) + 1
    /** 1 where a body cannot be. */
    this.solid = new Uint8Array(states)
    this.replaceable = new Uint8Array(states)
    for (const block of registry.blocksArray) {
      if (block.boundingBox === 'block') this.solid.fill(1, block.minStateId, block.maxStateId + 1)
      if (REPLACEABLE.includes(block.name)) this.replaceable.fill(1, block.minStateId, block.maxStateId + 1)
    }
    this.replaceable[this.withProperties('snow', { layers: 1 })] = 1
    /** Which faces hold something, worked out when first asked for. @type {Map<string, boolean>} */
    this.holding = new Map()
    this.water = this.#range('water')
    this.lava = this.#range('lava')
  }

  #range (/** @type {string} */ name) {
    const block = this.registry.blocksByName[name]
    return { first: block.minStateId, last: block.maxStateId }
  }

  isWater (/** @type {number} */ state) {
    return state >= this.water.first && state <= this.water.last
  }

  isLava (/** @type {number} */ state) {
    return state >= this.lava.first && state <= this.lava.last
  }

  isFluid (/** @type {number} */ state) {
    return this.isWater(state) || this.isLava(state)
  }

  /** @returns {any} the registry's block of a state */
  block (/** @type {number} */ state) {
    return this.registry.blocksByStateId[state]
  }

  /** @returns {string} */
  nameOf (/** @type {number} */ state) {
    return this.registry.blocksByStateId[state].name
  }

  /** @returns {number} */
  defaultOf (/** @type {string} */ name) {
    return this.registry.blocksByName[name].defaultState
  }

  has (/** @type {string} */ name) {
    return this.registry.blocksByName[name] !== undefined
  }

  /** Whether a block of this name has a property of that name. */
  hasProperty (/** @type {string} */ name, /** @type {string} */ property) {
    return (this.registry.blocksByName[name].states ?? []).some((/** @type {any} */ each) => each.name === property)
  }

  /**
   * @param {number} state
   * @returns {Record<string, string | number | boolean>}
   */
  properties (state) {
    const block = this.block(state)
    /** @type {Record<string, string | number | boolean>} */
    const properties = {}
    let rest = state - block.minStateId
    for (const property of [...(block.states ?? [])].reverse()) {
      properties[property.name] = decodeValue(property, rest % property.num_values)
      rest = Math.floor(rest / property.num_values)
    }
    return properties
  }

  /**
   * The state of a block with some properties set and the rest as by default.
   * @param {string} name
   * @param {Record<string, string | number | boolean>} wanted
   * @returns {number}
   */
  withProperties (name, wanted) {
    const block = this.registry.blocksByName[name]
    const values = { ...this.properties(block.defaultState), ...wanted }
    let state = 0
    for (const property of block.states ?? []) {
      state = state * property.num_values + encodeValue(property, values[property.name])
    }
    return block.minStateId + state
  }

  /** @returns {number[][]} the boxes a body runs into: [x, y, z, x, y, z] from 0 to 1 */
  shapeOf (/** @type {number} */ state) {
    const block = this.block(state)
    const { blocks, shapes } = this.registry.blockCollisionShapes
    const ids = blocks[block.name]
    return shapes[Array.isArray(ids) ? ids[state - block.minStateId] : ids] ?? []
  }

  /** Whether the whole face of a block is there for something to be fixed to it. */
  isSturdy (/** @type {number} */ state, /** @type {string} */ face) {
    return this.#holds(state, face, WHOLE)
  }

  /** Whether the middle of a face is there: enough for a torch on top or a lantern below. */
  holdsInMiddle (/** @type {number} */ state, /** @type {string} */ face) {
    return this.#holds(state, face, MIDDLE)
  }

  #holds (/** @type {number} */ state, /** @type {string} */ face, /** @type {number[]} */ range) {
    const name = this.nameOf(state)
    if (HOLDING_NOTHING.test(name)) return false
    if (HOLDING_ALL.has(name)) return true
    const key = `${state} ${face} ${range[0]}`
    let held = this.holding.get(key)
    if (held === undefined) {
      held = this.covers(state, face, [range[0], range[0], range[1], range[1]])
      this.holding.set(key, held)
    }
    return held
  }

  /**
   * Whether the shape of a block reaches its face everywhere in a rectangle.
   * @param {number} state
   * @param {string} face
   * @param {number[]} rectangle from and to, in sixteenths, along the two other axes in the order x, y, z
   */
  covers (state, face, [fromA, fromB, toA, toB]) {
    const axis = face === 'up' || face === 'down' ? 1 : face === 'north' || face === 'south' ? 2 : 0
    const far = face === 'up' || face === 'south' || face === 'east'
    const [a, b] = [0, 1, 2].filter(other => other !== axis)
    const boxes = this.shapeOf(state).filter(box => far ? box[axis + 3] >= 1 : box[axis] <= 0)
    for (let u = fromA; u < toA; u++) {
      for (let v = fromB; v < toB; v++) {
        const covered = boxes.some(box => box[a] * GRAIN <= u && box[a + 3] * GRAIN >= u + 1 &&
          box[b] * GRAIN <= v && box[b + 3] * GRAIN >= v + 1)
        if (!covered) return false
      }
    }
    return true
  }

  /** Whether water stands in the block: water itself, or something in it. */
  holdsWater (/** @type {number} */ state) {
    return this.isWater(state) || UNDER_WATER.has(this.nameOf(state)) || this.properties(state).waterlogged === true
  }

  isSource (/** @type {number} */ state) {
    return this.isFluid(state) && this.properties(state).level === 0
  }

  /** The same block with some properties changed. */
  change (/** @type {number} */ state, /** @type {Record<string, string | number | boolean>} */ changes) {
    return this.withProperties(this.nameOf(state), { ...this.properties(state), ...changes })
  }
}

function decodeValue (/** @type {any} */ property, /** @type {number} */ index) {
  if (property.type === 'bool') return index === 0
  if (property.type === 'int') return property.values ? Number(property.values[index]) : index
  return property.values[index]
}

function encodeValue (/** @type {any} */ property, /** @type {string | number | boolean} */ value) {
  if (property.type === 'bool') return value === true ? 0 : 1
  const index = property.values ? property.values.map(String).indexOf(String(value)) : Number(value)
  return Math.max(0, index)
}

module.exports = { BlockStates }
