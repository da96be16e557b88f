'use strict'
/** A bot that stands for Mineflayer's, made of Mineflayer's own blocks, items, entities and goals, and programs that are given it. */

const { EventEmitter } = require('node:events')
const { createRequire } = require('node:module')
const path = require('node:path')

const bridge = path.join(__dirname, '..', '..', 'mc_server', 'bridge')
const { loadProgram } = require(path.join(bridge, 'program', 'compartment.js'))
const { Membrane } = require(path.join(bridge, 'membrane', 'membrane.js'))
const { programGlobals } = require(path.join(bridge, 'membrane', 'program_globals.js'))
const requireFromServer = createRequire(path.join(bridge, '..', 'package.json'))
const { Vec3 } = requireFromServer('vec3')
const registry = requireFromServer('prismarine-registry')('1.20.4')
const Block = requireFromServer('prismarine-block')(registry)
const Item = requireFromServer('prismarine-item')(registry)
const Entity = requireFromServer('prismarine-entity')(registry)
const { createWindow } = requireFromServer('prismarine-windows')(registry)
const ChatMessage = requireFromServer('prismarine-chat')(registry)

/** @param {string} name */
const itemNamed = (name, count = 1) => new Item(registry.itemsByName[name].id, count)

/** A world of dirt up to 63, with one log and air above. */
class StandInBot extends EventEmitter {
  /** Methods that are noted. @type {any} */ chat
  /** @type {any} */ dig

  constructor () {
    super()
    this.registry = registry
    this.username = 'tester'
    this.game = { dimension: 'overworld', minY: -64, height: 384 }
    this.entity = this.entityAt(1, 'player', new Vec3(0.5, 64, 0.5))
    /** @type {Record<string, any>} */ this.entities = { 1: this.entity, 2: this.entityAt(2, 'cow', new Vec3(4, 64, 0)), 3: this.entityAt(3, 'zombie', new Vec3(9, 64, 0)) }
    this.inventory = createWindow(0, 'minecraft:inventory', 'Inventory')
    this.inventory.updateSlot(36, itemNamed('dirt', 3))
    this.inventory.updateSlot(37, itemNamed('oak_log', 2))
    this._client = { write: () => {} }
    this.creative = { setInventorySlot: () => {} }
    /** What reached Mineflayer. @type {any[][]} */ this.done = []
    for (const name of ['chat', 'whisper', 'updateSign', 'look', 'setControlState']) this.note(name)
    for (const name of ['waitForTicks', 'dig', 'equip', 'craft', 'lookAt', 'toss', 'openContainer']) this.note(name, Promise.resolve())
    this.recipesFor = () => [{ result: { id: 1, count: 4 } }]
    this.blockAt = (/** @type {any} */ place) => this.makeBlock(place)
    this.findBlocks = (/** @type {any} */ options) => this.search(options)
    this.nearestEntity = (/** @type {any} */ match) => Object.values(this.entities).find(match) ?? null
    this.pathfinder = this.makePathfinder()
  }

  /** @param {string} name @param {any} [result] */
  note (name, result) {
    Object.assign(this, { [name]: (/** @type {any[]} */ ...args) => { this.done.push([name, ...args]); return result } })
  }

  /** @param {number} id @param {string} name @param {any} position */
  entityAt (id, name, position) {
    return Object.assign(new Entity(id), { name, type: 'mob', position })
  }

  /** @param {any} place */
  makeBlock (place) {
    const name = place.x === 2 && place.y === 64 && place.z === 0 ? 'oak_log' : place.y < 64 ? 'dirt' : 'air'
    return Object.assign(Block.fromStateId(registry.blocksByName[name].defaultState, 0), { position: place.floored() })
  }

  /** @param {any} options */
  search ({ matching, maxDistance, count, useExtraInfo }) {
    this.done.push(['findBlocks', maxDistance, count])
    const block = this.makeBlock(new Vec3(2, 64, 0))
    const found = typeof matching === 'function' ? matching(block) : [matching].flat().includes(block.type)
    return found && (typeof useExtraInfo !== 'function' || useExtraInfo(block)) ? [block.position] : []
  }

  makePathfinder () {
    const note = (/** @type {string} */ name) => (/** @type {any[]} */ ...args) => { this.done.push([name, ...args]) }
    return {
      thinkTimeout: 5000,
      movements: {},
      goal: null,
      goto: async (/** @type {any} */ goal) => { this.done.push(['goto', goal]) },
      setGoal: note('setGoal'),
      setMovements: note('setMovements'),
      stop: note('stop'),
      isMoving: () => false
    }
  }
}

/**
 * @param {string} source the body of an async function
 * @param {{bot?: any, globals?: Record<string, any>, sight?: any}} [options]
 * @returns {{result: Promise<any>, bot: any, membrane: any, errors: any[], actions: any[]}}
 */
function start (source, { bot = new StandInBot(), globals = {}, sight = null } = {}) {
  /** @type {any[]} */ const errors = []
  /** @type {any[]} */ const actions = []
  const membrane = new Membrane({
    bot,
    sight,
    onListenerError: (/** @type {any} */ error) => errors.push(error),
    onAction: (/** @type {any} */ action) => {
      const entry = { ...action, ended: undefined }
      actions.push(entry)
      return (/** @type {any} */ error) => { entry.ended = error }
    }
  })
  const script = { modules: [{ name: 'main', source: `async function main () { ${source} }` }], entry: 'main' }
  const program = loadProgram(script, { ...programGlobals(membrane, bot), ...globals })
  const result = (async () => program())()
  // Tests that look at what else happened need not wait for it.
  result.catch(() => {})
  return { result, bot, membrane, errors, actions }
}

/** @param {[string, any?]} given */
const resultOf = (...given) => start(...given).result

module.exports = { ChatMessage, Entity, StandInBot, Vec3, itemNamed, loadProgram, registry, requireFromServer, resultOf, start }
