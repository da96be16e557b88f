'use strict'
/**
 * The methods of the bot and its windows as a program calls them: which there are, what they are given, and who is told.
 */

const { EventEmitter } = require('node:events')
const { ProgramFault, currentCallSite } = require('../program/errors')
const { harden } = require('../program/lockdown')
const { checkNumbers } = require('./number_guard')
const { waitForTicks } = require('./program_ticks')
const { searchOptions } = require('./searches')
const { checkTexts } = require('./text_guard')
const allowed = require('./views/allowed')
const { BlockView } = require('./views/view')

/** What these are given must come from the bot itself: a made-up one could claim to be dug or crafted in no time. */
const TAKES_GENUINE = new Map([['dig', 'Block'], ['craft', 'Recipe'], ['placeBlock', 'Block'], ['digTime', 'Block']])
/** In calls of a small function: some tenth of the stack, more than Mineflayer needs. */
const STACK_ROOM = 2000

/**
 * Where a window keeps its items.
 * @param {any} value
 */
const isWindow = value => Array.isArray(value.slots)

/**
 * Fails while there is still room: what is under way must not break off halfway because the program was nested too deep.
 * @param {number} frames
 * @returns {number}
 */
const assertStackRoom = frames => frames === 0 ? 0 : 1 + assertStackRoom(frames - 1)

/** @param {any} value */
const isPrimitive = value => value === null || (typeof value !== 'object' && typeof value !== 'function')

class BotCalls {
  /** @param {import('./membrane').Membrane} membrane */
  constructor (membrane) {
    this.membrane = membrane
    /** @type {WeakMap<object, Map<string, any>>} */ this.methods = new WeakMap()
  }

  /**
   * The function of an object of ours, if a program may call it.
   * @param {any} target
   * @param {string} name
   */
  method (target, name) {
    let known = this.methods.get(target)
    if (!known) this.methods.set(target, known = new Map())
    let method = known.get(name)
    if (method === undefined) known.set(name, method = harden(this.makeMethod(target, name)))
    return method
  }

  /**
   * @param {any} target
   * @param {string} name
   */
  makeMethod (target, name) {
    const emits = target instanceof EventEmitter
    if (emits && name === 'removeAllListeners') {
      return (/** @type {any} */ event) => { this.membrane.assertLive(); this.membrane.listeners.removeAll(target, event); return this.membrane.out(target) }
    }
    if (emits && allowed.LISTENER_METHODS.has(name)) {
      return (/** @type {any} */ event, /** @type {any} */ listener) => {
        this.membrane.assertLive()
        this.membrane.listeners.call(target, name, event, listener)
        return this.membrane.out(target)
      }
    }
    if (target === this.membrane.bot && name === 'waitForTicks') return (/** @type {any} */ ticks) => waitForTicks(this.membrane, ticks)
    if (target === this.membrane.bot && name === 'blockAt') return (/** @type {any} */ place, /** @type {any} */ extra) => this.blockAt(place, extra)
    const manner = this.mannerOf(target, name)
    return manner === null ? null : (/** @type {any[]} */ ...args) => this.call(target, name, args, manner)
  }

  /**
   * @param {any} target
   * @param {string} name
   * @returns {'read' | 'act' | null} null when it is not for programs
   */
  mannerOf (target, name) {
    if (target === this.membrane.bot) return allowed.BOT_ACTS.has(name) ? 'act' : allowed.BOT_READS.has(name) ? 'read' : null
    if (isWindow(target)) return allowed.WINDOW_ACTS.has(name) ? 'act' : allowed.WINDOW_READS.has(name) ? 'read' : null
    return target.constructor?.name === 'ChatMessage' && allowed.MESSAGE_READS.has(name) ? 'read' : null
  }

  /**
   * @param {any} target
   * @param {string} name
   * @param {any[]} args
   * @param {'read' | 'act'} manner
   */
  call (target, name, args, manner) {
    this.membrane.assertLive()
    const isBot = target === this.membrane.bot
    const given = args.length === 0 ? args : this.copyAll(name, args, manner)
    if (manner === 'act') {
      checkTexts(name, given)
      checkNumbers(name, given)
    }
    if (isBot && TAKES_GENUINE.has(name)) this.assertGenuine(name, args[0])
    if (isBot && (name === 'findBlock' || name === 'findBlocks')) given[0] = searchOptions(given[0], this.membrane.sight)
    // Looked up anew: Mineflayer replaces some of its methods while it runs.
    return this.perform(isBot ? name : `window.${name}`, given, () => target[name](...given), manner)
  }

  /**
   * @param {string} name
   * @param {any[]} args
   * @param {'read' | 'act'} manner
   */
  copyAll (name, args, manner) {
    const incoming = allowed.ASKING.has(name) ? this.membrane.asking() : this.membrane.plainly(manner === 'act')
    return args.map(value => incoming.copy(value))
  }

  /**
   * Asked thousands of times in a row, so without what other calls go through.
   * @param {any} place
   * @param {any} [extra] whether with what the block holds
   */
  blockAt (place, extra = true) {
    this.membrane.assertLive()
    const block = this.membrane.guarded(() => this.membrane.bot.blockAt(this.membrane.in(place), Boolean(extra)))
    return block === null ? null : new BlockView(this.membrane, block)
  }

  /**
   * @param {string} name
   * @param {any} value as the program gave it
   */
  assertGenuine (name, value) {
    const kind = String(TAKES_GENUINE.get(name))
    if (isPrimitive(value) || this.membrane.targetOf(value)?.constructor?.name === kind) return
    throw new ProgramFault('invalid_argument', `${name} takes a ${kind.toLowerCase()} that the bot gave, not one made up`)
  }

  /**
   * @param {string} name for the record
   * @param {any[]} given copied
   * @param {() => any} run
   * @param {'read' | 'act'} manner
   */
  perform (name, given, run, manner) {
    let site = ''
    let ended = (/** @type {any} */ _error) => {}
    if (manner === 'act') {
      assertStackRoom(STACK_ROOM)
      site = currentCallSite()
      ended = this.membrane.onAction({ name, args: given, site })
    }
    const { body } = this.membrane
    let result
    try {
      result = body?.taken && allowed.WAITS_FOR_BODY.has(name) ? body.whenFree().then(run) : run()
    } catch (error) {
      const copy = this.membrane.outError(error)
      ended(copy)
      throw copy
    }
    if (!isPrimitive(result) && typeof result.then === 'function') {
      return this.membrane.outPromise({ name, site: site || currentCallSite() }, result, ended)
    }
    ended(null)
    return this.membrane.outResult(result)
  }
}

module.exports = { BotCalls, isWindow }
