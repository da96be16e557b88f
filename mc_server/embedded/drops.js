'use strict'
/** Decides what a broken block leaves, by the tool that broke it. */

const { DROPS, GRAVEL_FLINT_CHANCE, LEAF_CHANCES, LEAVES_WITH_APPLES, CROPS, ORE_EXPERIENCE } = require('./tables/drops')

/** Ores in deepslate drop what the ore in stone drops. */
const plainName = (/** @type {string} */ name) => name.replace(/^deepslate_(?=.*_ore$)/, '')

class Drops {
  /** @param {any} game */
  constructor (game) {
    this.game = game
  }

  /** Whether the tool is good enough for the block to drop anything. */
  canHarvest (/** @type {any} */ block, /** @type {any} */ tool) {
    return !block.harvestTools || (tool !== null && block.harvestTools[tool.type] === true)
  }

  /**
   * @param {number} state
   * @param {any} tool held item or null
   * @returns {any[]} items
   */
  of (state, tool) {
    const { blocks, items, random } = this.game
    const block = blocks.block(state)
    const { name } = block
    if (!this.canHarvest(block, tool)) return []
    if (name.endsWith('_leaves')) return this.#ofLeaves(name, tool)
    if (name in CROPS) return this.#ofCrop(name, state)
    if (name === 'gravel') return [items.create(random.chance(GRAVEL_FLINT_CHANCE) ? 'flint' : 'gravel')]
    if (/_bed$|_door$/.test(name) && isSecondHalf(blocks.properties(state))) return []
    const listed = DROPS[plainName(name)]
    if (listed === undefined) return items.has(name) ? [items.create(name)] : []
    return listed
      .filter(({ chance }) => random.chance(chance))
      .map(({ item, count }) => items.create(item, typeof count === 'number' ? count : random.between(...count)))
      .filter(item => item.count > 0)
  }

  /** @returns {number} experience points for breaking the block with the tool */
  experience (/** @type {number} */ state, /** @type {any} */ tool) {
    const block = this.game.blocks.block(state)
    const range = ORE_EXPERIENCE[plainName(block.name)]
    return range && this.canHarvest(block, tool) ? this.game.random.between(...range) : 0
  }

  #ofLeaves (/** @type {string} */ name, /** @type {any} */ tool) {
    const { items, random } = this.game
    if (tool?.name === 'shears') return [items.create(name)]
    const dropped = []
    const sapling = name.replace('_leaves', '_sapling')
    if (items.has(sapling) && random.chance(LEAF_CHANCES.sapling)) dropped.push(items.create(sapling))
    if (random.chance(LEAF_CHANCES.sticks)) dropped.push(items.create('stick', random.between(1, 2)))
    if (LEAVES_WITH_APPLES.includes(name) && random.chance(LEAF_CHANCES.apple)) dropped.push(items.create('apple'))
    return dropped
  }

  #ofCrop (/** @type {string} */ name, /** @type {number} */ state) {
    const { blocks, items, random } = this.game
    const { seed, harvest, ripeAge } = CROPS[name]
    const ripe = Number(blocks.properties(state).age) >= ripeAge
    if (!ripe) return [items.create(seed)]
    if (seed === harvest) return [items.create(seed, random.between(2, 5))]
    return [items.create(harvest), items.create(seed, random.between(1, 4))]
  }
}

/** Of a bed or door only one half drops. */
function isSecondHalf (/** @type {any} */ properties) {
  return properties.part === 'head' || properties.half === 'upper'
}

module.exports = { Drops }
