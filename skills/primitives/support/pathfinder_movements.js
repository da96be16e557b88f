'use strict'

const { bestTool } = require('./digging')

/** @type {WeakMap<any, any>} */
const byBot = new WeakMap()

/**
 * The path finder's rules of movement: careful, and remembering what it looked up during a search,
 * for look-ups are nine tenths of its work.
 * @param {import('./scope').Context} context
 */
function createMovements (context) {
  const { bot, pathfinder: { Movements }, registry } = context
  const known = byBot.get(bot)
  if (known) {
    known.clearCollisionIndex()
    return known
  }

  class CarefulMovements extends Movements {
    /** @param {any} bot */
    constructor (bot) {
      super(bot)
      this.forget()
      this.maxDropDown = 3
      this.infiniteLiquidDropdownDistance = false
      this.allowParkour = false
      this.liquidCost = 4
      this.allow1by1towers = true
      for (const name of ['furnace', 'crafting_table', 'chest', 'trapped_chest', 'barrel']) {
        const block = registry.blocksByName[name]
        if (block) this.blocksCantBreak.add(block.id)
      }
      for (const name of ['cactus', 'magma_block', 'sweet_berry_bush', 'powder_snow', 'campfire']) {
        const block = registry.blocksByName[name]
        if (block) this.blocksToAvoid.add(block.id)
      }
    }

    /** Called at the start of every search: what was remembered may be old. */
    clearCollisionIndex () {
      super.clearCollisionIndex()
      this.forget()
    }

    forget () {
      /** @type {Map<number, any>} */
      this.blocks = new Map()
      /** @type {Map<number, number>} */
      this.labour = new Map()
    }

    /** @param {any} pos @param {number} dx @param {number} dy @param {number} dz */
    getBlock (pos, dx, dy, dz) {
      if (!pos) return super.getBlock(pos, dx, dy, dz)
      const x = Math.floor(pos.x + dx)
      const y = Math.floor(pos.y + dy)
      const z = Math.floor(pos.z + dz)
      const key = ((x & 0xffff) * 0x10000 + (z & 0xffff)) * 0x1000 + (y + 0x400)
      const blocks = /** @type {Map<number, any>} */ (this.blocks)
      let block = blocks.get(key)
      if (block === undefined) blocks.set(key, block = super.getBlock(pos, dx, dy, dz))
      return block
    }

    /** @param {any} block @param {any[]} toBreak */
    safeOrBreak (block, toBreak) {
      let cost = this.exclusionStep(block) + this.getNumEntitiesAt(block.position, 0, 0, 0) * this.entityCost
      if (block.safe) return cost
      if (!block.position || !this.safeToBreak(block)) return 100
      toBreak.push(block.position)
      const labours = /** @type {Map<number, number>} */ (this.labour)
      let labour = labours.get(block.type)
      if (labour === undefined) {
        labour = (1 + 3 * bestTool(this.bot, block).seconds) * this.digCost
        labours.set(block.type, labour)
      }
      cost += labour
      return cost
    }
  }

  const movements = new CarefulMovements(bot)
  movements.clearCollisionIndex()
  byBot.set(bot, movements)
  return movements
}

module.exports = { createMovements }
