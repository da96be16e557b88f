'use strict'
/** What a block state number means: its name, its properties, whether it is solid, a fluid, or in the way of nothing. */

const REPLACEABLE = [
  'air', 'cave_air', 'void_air', 'water', 'lava', 'short_grass', 'tall_grass', 'fern', 'large_fern', 'dead_bush', 'fire',
  'seagrass', 'snow'
]

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
