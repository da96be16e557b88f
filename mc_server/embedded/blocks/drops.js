'use strict'
/** Decides what a broken block leaves, by the tool that broke it and the enchantments on it. */

const tables = require('../tables/drops')

const { DROPS, CROPS, LEAF_CHANCES, SHEARED } = tables

/** Ores in deepslate drop what the ore in stone drops. */
const plainName = (/** @type {string} */ name) => name.replace(/^deepslate_(?=.*_ore$)/, '')

/** Level of an enchantment on an item, 0 without. */
const levelOf = (/** @type {any} */ tool, /** @type {string} */ enchantment) =>
  tool?.enchants?.find((/** @type {any} */ { name }) => name === enchantment)?.lvl ?? 0

/** The chance for a level of fortune; the last one holds for all above. */
const chanceAt = (/** @type {number[]} */ chances, /** @type {number} */ fortune) => chances[Math.min(fortune, chances.length - 1)]

/**
 * @typedef {object} Break
 * @property {number} state
 * @property {string} name
 * @property {any} tool held item or null
 * @property {boolean} silk
 * @property {number} fortune
 * @property {boolean} byHand
 */

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
   * @param {{byHand?: boolean}} [options] byHand: a player broke it, so the tool must be good enough; what falls apart by
   *   itself drops without one
   * @returns {any[]} items
   */
  of (state, tool, { byHand = true } = {}) {
    const { blocks, items } = this.game
    const block = blocks.block(state)
    if (tables.NEVER.test(block.name) || (byHand && !this.canHarvest(block, tool))) return this.#infested(block.name, tool)
    const broken = { state, name: plainName(block.name), tool, silk: levelOf(tool, 'silk_touch') > 0, fortune: levelOf(tool, 'fortune'), byHand }
    return this.#stacks({ ...broken, name: broken.silk ? block.name : broken.name })
      .filter(([item, count]) => count > 0 && items.has(item))
      .map(([item, count]) => items.create(item, count))
  }

  /** @returns {number} experience points for breaking the block with the tool */
  experience (/** @type {number} */ state, /** @type {any} */ tool) {
    const block = this.game.blocks.block(state)
    const range = tables.ORE_EXPERIENCE[plainName(block.name)]
    if (!range || levelOf(tool, 'silk_touch') > 0 || !this.canHarvest(block, tool)) return 0
    return this.game.random.between(...range)
  }

  /** Silk touch takes the stone and leaves the silverfish. */
  #infested (/** @type {string} */ name, /** @type {any} */ tool) {
    const { items } = this.game
    return name.startsWith('infested_') && levelOf(tool, 'silk_touch') > 0 ? [items.create(name.replace('infested_', ''))] : []
  }

  /** @returns {[string, number][]} names and counts */
  #stacks (/** @type {Break} */ broken) {
    const { name, silk, tool, state } = broken
    const { blocks } = this.game
    if (name.endsWith('_leaves')) return this.#ofLeaves(broken)
    if (name in CROPS) return this.#ofCrop(broken)
    if (name in tables.STEM_SEEDS) return this.#ofStem(broken)
    if (name === 'snow') return this.#ofSnow(broken)
    if (/slab$/.test(name)) return [[name, blocks.properties(state).type === 'double' ? 2 : 1]]
    if (tool?.name === 'shears' && SHEARED[name]) return [SHEARED[name]]
    if (tables.ONLY_SHEARS.includes(name)) return this.#listed(broken, DROPS[name] ?? [])
    if (silk && !tables.NO_SILK.includes(name) && (DROPS[name] || DROPS[plainName(name)] || tables.ONLY_SILK.test(name))) return [[this.#ownItem(name), 1]]
    if (tables.ONLY_SILK.test(name)) return []
    return this.#ofSpecial(broken) ?? this.#listed(broken, DROPS[name])
  }

  /** @returns {string} the item of a block: walls' torches and signs have another one's */
  #ownItem (/** @type {string} */ name) {
    return this.game.items.has(name) ? name : name.replace('wall_', '')
  }

  /** @returns {[string, number][] | null} */
  #ofSpecial (/** @type {Break} */ { name, state, fortune }) {
    const { blocks, random, items, registry } = this.game
    const properties = blocks.properties(state)
    const counted = tables.COUNTED.find(([pattern]) => /** @type {RegExp} */ (pattern).test(name))
    if (counted) return [[name, Number(properties[/** @type {string} */ (counted[1])])]]
    if (name === 'gravel') return [[random.chance(chanceAt(tables.GRAVEL_FLINT_CHANCES, fortune)) ? 'flint' : 'gravel', 1]]
    if (name === 'sweet_berry_bush') {
      const age = Number(properties.age)
      return age < 2 ? [] : [['sweet_berries', age - 1 + random.between(0, 1) + random.between(0, fortune)]]
    }
    if (name === 'cocoa') return [['cocoa_beans', Number(properties.age) === 2 ? 3 : 1]]
    if (name === 'nether_wart') return [['nether_wart', Number(properties.age) === 3 ? random.between(2, 4) + random.between(0, fortune) : 1]]
    if (name === 'composter') return [['composter', 1], ['bone_meal', properties.level === 8 ? 1 : 0]]
    if (/^cave_vines/.test(name)) return [['glow_berries', properties.berries ? 1 : 0]]
    if (/_bed$|_door$/.test(name)) return [[name, 1]]
    if (DROPS[name] || items.has(name)) return null
    return blocks.block(state).drops.map((/** @type {number} */ id) => [registry.items[id].name, 1])
  }

  /** @returns {[string, number][]} */
  #listed (/** @type {Break} */ { name, fortune }, /** @type {import('../tables/drops').Drop[] | undefined} */ listed) {
    const { random } = this.game
    if (listed === undefined) return [[name, 1]]
    return listed
      .filter(({ chance, fortune: rule }) => random.chance(Array.isArray(rule) ? chanceAt(rule, fortune) : chance))
      .map(drop => [drop.item, this.#count(drop, fortune)])
  }

  #count (/** @type {import('../tables/drops').Drop} */ { count, fortune: rule, most = 64 }, /** @type {number} */ fortune) {
    const { random } = this.game
    const plain = typeof count === 'number' ? count : random.between(...count)
    if (fortune === 0) return plain
    if (rule === 'ore') return plain * Math.max(1, random.between(0, fortune + 1))
    if (rule === 'more') return Math.min(most, plain + random.between(0, fortune))
    return rule === 'twice' ? plain + random.between(0, 2 * fortune) : plain
  }

  /** @returns {[string, number][]} */
  #ofLeaves (/** @type {Break} */ { name, tool, silk, fortune }) {
    const { random } = this.game
    if (silk || tool?.name === 'shears') return [[name, 1]]
    /** @type {[string, number][]} */
    const dropped = []
    const sapling = name in tables.OTHER_SAPLINGS ? tables.OTHER_SAPLINGS[name] : name.replace('_leaves', '_sapling')
    const chances = name === 'jungle_leaves' ? LEAF_CHANCES.jungleSapling : LEAF_CHANCES.sapling
    if (sapling && random.chance(chanceAt(chances, fortune))) dropped.push([sapling, 1])
    if (random.chance(chanceAt(LEAF_CHANCES.sticks, fortune))) dropped.push(['stick', random.between(1, 2)])
    if (tables.LEAVES_WITH_APPLES.includes(name) && random.chance(chanceAt(LEAF_CHANCES.apple, fortune))) dropped.push(['apple', 1])
    return dropped
  }

  /** @returns {[string, number][]} */
  #ofCrop (/** @type {Break} */ { name, state, fortune }) {
    const { random } = this.game
    const { seed, harvest, ripeAge } = CROPS[name]
    if (Number(this.game.blocks.properties(state).age) < ripeAge) return [[seed, 1]]
    const bonus = this.#successes(tables.CROP_BONUS.tries + fortune, tables.CROP_BONUS.chance)
    if (seed !== harvest) return [[harvest, 1], [seed, 1 + bonus]]
    const poisonous = name === 'potatoes' && random.chance(tables.POISONOUS_POTATO_CHANCE) ? 1 : 0
    return [[seed, 2 + bonus], ['poisonous_potato', poisonous]]
  }

  /** @returns {[string, number][]} */
  #ofStem (/** @type {Break} */ { name, state }) {
    const age = Number(this.game.blocks.properties(state).age)
    return [[tables.STEM_SEEDS[name], this.#successes(3, (age + 1) / 15)]]
  }

  /** @returns {[string, number][]} */
  #ofSnow (/** @type {Break} */ { state, silk, byHand }) {
    if (!byHand) return []
    const layers = Number(this.game.blocks.properties(state).layers)
    if (!silk) return [['snowball', layers]]
    return layers === 8 ? [['snow_block', 1]] : [['snow', layers]]
  }

  #successes (/** @type {number} */ tries, /** @type {number} */ chance) {
    let count = 0
    for (let attempt = 0; attempt < tries; attempt++) if (this.game.random.chance(chance)) count++
    return count
  }
}

module.exports = { Drops, levelOf }
