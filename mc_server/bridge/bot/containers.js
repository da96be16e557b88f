'use strict'
/**
 * Chests and the like: what was in them when they were last open, and what the bot put in or took out.
 *
 * The position is that of the block the bot used last before the window opened.
 */

const { Vec3 } = require('vec3')
const { countByName, plain } = require('./observation')

const CONTAINER_TYPE = /generic_9x|shulker_box|chest|container/
const STORING_BLOCK = /chest|barrel|shulker_box/

/** @typedef {{position: {x: number, y: number, z: number}, items: Record<string, number>, dimension: string}} ChestData */

class Containers {
  /**
   * @param {any} bot
   * @param {ChestData[]} known what an earlier process of this bot has seen
   */
  constructor (bot, known) {
    this.bot = bot
    /** @type {Map<string, ChestData>} */
    this.known = new Map(known.map(chest => [keyOf(chest.dimension, chest.position), chest]))
    /** @type {{x: number, y: number, z: number} | null} */ this.used = null
    /** @type {{position: any, before: Record<string, number>} | null} */ this.open = null
    /** @type {(type: 'stored' | 'withdrawn', name: string, count: number) => void} */ this.onMoved = () => {}
    bot.on('windowOpen', (/** @type {any} */ window) => this.opened(window))
    bot.on('windowClose', (/** @type {any} */ window) => this.closed(window))
    bot.on('blockUpdate', (/** @type {any} */ _, /** @type {any} */ block) => {
      if (block && !STORING_BLOCK.test(block.name)) this.known.delete(keyOf(this.dimension, block.position))
    })
  }

  /** @param {{x: number, y: number, z: number}} position of the block that the bot has just used */
  usedBlock ({ x, y, z }) {
    this.used = { x, y, z }
  }

  /** @param {any} window */
  opened (window) {
    if (!CONTAINER_TYPE.test(String(window.type)) || !this.used) return
    this.open = { position: this.used, before: countByName(contentOf(window)) }
    this.remember(window)
  }

  /** @param {any} window */
  closed (window) {
    if (!this.open) return
    const { before } = this.open
    this.remember(window)
    const after = countByName(contentOf(window))
    this.open = null
    for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
      const gained = (after[name] ?? 0) - (before[name] ?? 0)
      if (gained !== 0) this.onMoved(gained > 0 ? 'stored' : 'withdrawn', name, Math.abs(gained))
    }
  }

  /** @param {any} window */
  remember (window) {
    if (!this.open) return
    const { position } = this.open
    const { dimension } = this
    this.known.set(keyOf(dimension, position), { position, items: countByName(contentOf(window)), dimension })
  }

  get dimension () {
    return plain(this.bot.game.dimension)
  }

  /** Those that are not seen to be gone. @returns {ChestData[]} */
  list () {
    for (const [key, { position, dimension }] of this.known) {
      const block = dimension === this.dimension && this.bot.blockAt(new Vec3(position.x, position.y, position.z), false)
      if (block && !STORING_BLOCK.test(block.name)) this.known.delete(key)
    }
    return [...this.known.values()]
  }
}

/** @param {any} window */
function contentOf (window) {
  return window.slots.slice(0, window.inventoryStart).filter(Boolean)
}

/**
 * @param {string} dimension
 * @param {{x: number, y: number, z: number}} position
 */
const keyOf = (dimension, { x, y, z }) => `${dimension} ${x},${y},${z}`

module.exports = { Containers }
