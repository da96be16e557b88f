'use strict'
/**
 * The read-only view of Mineflayer's bot that a program gets.
 *
 * Everything that leaves for the program is one of: a plain value, a copy (Vec3, Map, Set, Error), a view or read-only proxy of an
 * object, or a frozen function bound to its object. What can be read of the bot and called is listed in `views/allowed.js`. So
 * a program can do what a player can: it cannot reach the connection, fake an event, or change what the client believes (and
 * with it what is observed).
 *
 * What comes from the program is led back to its object (views), copied (`incoming.js`) or wrapped (functions). After `dispose`
 * every access throws, functions of the program are called no more, its listeners are gone and its promises never settle.
 */

const { Vec3 } = require('vec3')
const { EventEmitter } = require('node:events')
const { ProgramFault, currentCallSite, noteCallSite } = require('./errors')
const { Incoming } = require('./incoming')
const { harden } = require('./lockdown')
const { OpenPromises } = require('./open_promises')
const { ProgramListeners } = require('./program_listeners')
const { searchOptions } = require('./searches')
const { checkTexts } = require('./text_guard')
const { waitForTicks } = require('./program_ticks')
const allowed = require('./views/allowed')
const { pathfinderView } = require('./views/pathfinder')
const { readOnlyProxy } = require('./views/proxy')
const { registryView } = require('./views/registry')
const { View, viewKind } = require('./views/view')

// Programs get vectors as they are, so what all vectors share must not be theirs to change.
harden(Vec3)

/** What these are given must come from the bot itself: a made-up one could claim to be dug or crafted in no time. */
const TAKES_GENUINE = new Map([['dig', 'a block'], ['craft', 'a recipe'], ['placeBlock', 'a block'], ['digTime', 'a block']])
const STACK_ROOM = 150
/** Errors that a program may tell apart by their class. @type {Record<string, ErrorConstructor>} */
const ERRORS = { TypeError, RangeError, SyntaxError, ReferenceError }

/** @param {any} value */
const isPrimitive = value => value === null || (typeof value !== 'object' && typeof value !== 'function')

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

class Membrane {
  /**
   * @param {{bot: any, sight?: import('./sight').Sight | null, onListenerError: (error: any) => void,
   *   onAction?: (action: {name: string, args: any[], site: string}) => (error: any) => void}} options `sight` limits
   *   searches to blocks that were seen; `onListenerError` gets what a program's listener throws; `onAction` is told of
   *   each call that acts when it begins, and what it returns is told when it ended, with the error or null
   */
  constructor ({ bot, sight = null, onListenerError, onAction = () => () => {} }) {
    this.bot = bot
    this.sight = sight
    this.onListenerError = onListenerError
    this.onAction = onAction
    this.live = true
    /** Whether anything was asked of the bot that takes time. */
    this.acted = false
    /** @type {WeakMap<object, any>} */ this.views = new WeakMap()
    /** @type {WeakMap<object, any>} */ this.targets = new WeakMap()
    /** @type {WeakMap<object, Map<string, any>>} */ this.methods = new WeakMap()
    /** Errors the program threw itself, which it gets back as they are. @type {WeakSet<object>} */
    this.ownErrors = new WeakSet()
    /** What is to be undone at the end. @type {Set<() => void>} */ this.onDispose = new Set()
    this.listeners = new ProgramListeners(this)
    this.promises = new OpenPromises()
    const targetOf = (/** @type {object} */ value) => this.targetOf(value)
    const wrap = (/** @type {any} */ value) => typeof value === 'function' ? this.callback(value) : this.adopt(value)
    this.asking = () => new Incoming({ targetOf, wrap })
    this.acting = () => new Incoming({ targetOf, wrap: null, finite: true })
    if (bot.registry) this.pair(registryView(bot.registry), bot.registry)
    /** What of the path finder is not for everybody. */
    this.pathfinder = bot.pathfinder ? pathfinderView(this) : null
    if (this.pathfinder) this.pair(this.pathfinder.view, bot.pathfinder)
  }

  /** Cut everything that the program still holds. */
  dispose () {
    if (!this.live) return
    this.live = false
    this.promises.dispose()
    this.listeners.dispose()
    for (const step of [...this.onDispose]) step()
  }

  /** @returns {{name: string, site: string}[]} promises given to the program that have not settled */
  unfinished () {
    return this.promises.unfinished()
  }

  assertLive () {
    if (!this.live) throw new ProgramFault('cancelled', 'the program has ended')
  }

  /**
   * @param {object} view as the program has it
   * @param {object} target as we have it
   */
  pair (view, target) {
    this.views.set(target, view)
    this.targets.set(view, target)
  }

  /**
   * @param {object} value of the program
   * @returns {any} what it is a view of, or undefined
   */
  targetOf (value) {
    return View.targetOf(value) ?? this.targets.get(value)
  }

  /**
   * A value of ours as the program sees it.
   * @param {any} value
   * @returns {any}
   */
  out (value) {
    if (isPrimitive(value)) return value
    if (typeof value === 'function') return undefined
    if (value instanceof Vec3) return new Vec3(value.x, value.y, value.z)
    const known = this.views.get(value)
    if (known !== undefined) return known
    const Kind = viewKind(value)
    if (Kind !== null) return this.viewThrough(Kind, value)
    return this.outObject(value)
  }

  /**
   * @param {NonNullable<ReturnType<typeof viewKind>>} Kind
   * @param {any} value
   */
  viewThrough (Kind, value) {
    const view = new Kind(this, value)
    // Of a block Mineflayer makes a new object each time, so that there is nothing to recognise.
    if (Kind.isLasting) this.views.set(value, view)
    return view
  }

  /** @param {any} value */
  outObject (value) {
    if (value instanceof Error) return this.outError(value)
    if (this.targetOf(value) !== undefined) return value
    if (value.constructor?.name === 'Vec3') return new Vec3(value.x, value.y, value.z)
    if (typeof value.then === 'function') return this.outPromise({ name: 'promise', site: currentCallSite() }, value, () => {})
    if (value instanceof Map) return new Map([...value].map(([key, item]) => [this.out(key), this.out(item)]))
    if (value instanceof Set) return new Set([...value].map(item => this.out(item)))
    if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return undefined
    if (value instanceof EventEmitter && value !== this.bot && !isWindow(value)) return undefined
    const proxy = readOnlyProxy(this, value)
    this.pair(proxy, value)
    return proxy
  }

  /**
   * What a method returned: a list that was made for the caller is the caller's to sort.
   * @param {any} value
   */
  outResult (value) {
    return Array.isArray(value) ? value.map(item => this.out(item)) : this.out(value)
  }

  /** @param {any} error */
  outError (error) {
    if (isPrimitive(error)) return new Error(String(error).slice(0, 1000))
    if (this.ownErrors.has(error)) return error
    const Kind = ERRORS[error.name] ?? Error
    const copy = /** @type {any} */ (new Kind(String(error.message).slice(0, 1000)))
    copy.name = String(error.name).slice(0, 100)
    if (typeof error.code === 'string') copy.code = error.code
    return copy
  }

  /**
   * @param {{name: string, site: string}} call
   * @param {PromiseLike<any>} promise
   * @param {(error: any) => void} ended
   */
  outPromise (call, promise, ended) {
    this.acted = true
    return this.promises.follow(call, promise, value => {
      ended(null)
      return this.outResult(value)
    }, error => {
      const copy = this.outError(error)
      noteCallSite(copy, call.site)
      ended(copy)
      return copy
    })
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
      return (/** @type {any} */ event) => { this.assertLive(); this.listeners.removeAll(target, event); return this.out(target) }
    }
    if (emits && allowed.LISTENER_METHODS.has(name)) {
      return (/** @type {any} */ event, /** @type {any} */ listener) => {
        this.assertLive()
        this.listeners.call(target, name, event, listener)
        return this.out(target)
      }
    }
    if (target === this.bot && name === 'waitForTicks') return (/** @type {any} */ ticks) => waitForTicks(this, ticks)
    const manner = this.mannerOf(target, name)
    return manner === null ? null : (/** @type {any[]} */ ...args) => this.call(target, name, args, manner)
  }

  /**
   * @param {any} target
   * @param {string} name
   * @returns {'read' | 'act' | null} null when it is not for programs
   */
  mannerOf (target, name) {
    if (target === this.bot) return allowed.BOT_ACTS.has(name) ? 'act' : allowed.BOT_READS.has(name) ? 'read' : null
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
    this.assertLive()
    const isBot = target === this.bot
    const incoming = manner === 'act' || !allowed.ASKING.has(name) ? this.acting() : this.asking()
    if (manner === 'read') incoming.finite = false
    const given = args.map(value => incoming.copy(value))
    if (manner === 'act') checkTexts(name, given)
    if (isBot && TAKES_GENUINE.has(name)) this.assertGenuine(name, args[0])
    if (isBot && (name === 'findBlock' || name === 'findBlocks')) given[0] = searchOptions(given[0], this.sight)
    // Looked up anew: Mineflayer replaces some of its methods while it runs.
    return this.perform(isBot ? name : `window.${name}`, given, () => target[name](...given), manner)
  }

  /**
   * @param {string} name
   * @param {any} value as the program gave it
   */
  assertGenuine (name, value) {
    if (isPrimitive(value) || this.targetOf(value) !== undefined) return
    throw new ProgramFault('invalid_argument', `${name} takes ${TAKES_GENUINE.get(name)} that the bot gave, not one made up`)
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
      ended = this.onAction({ name, args: given, site })
    }
    let result
    try {
      result = run()
    } catch (error) {
      const copy = this.outError(error)
      ended(copy)
      throw copy
    }
    if (!isPrimitive(result) && typeof result.then === 'function') {
      return this.outPromise({ name, site: site || currentCallSite() }, result, ended)
    }
    ended(null)
    return this.outResult(result)
  }

  /**
   * A function of the program as our code calls it.
   * @param {Function} asked
   * @returns {(...args: any[]) => any}
   */
  callback (asked) {
    return (...args) => {
      if (!this.live) return undefined
      let answer
      try {
        answer = Reflect.apply(asked, undefined, args.map(value => this.out(value)))
      } catch (error) {
        if (!isPrimitive(error)) this.ownErrors.add(error)
        throw error
      }
      return this.in(answer)
    }
  }

  /**
   * A promise of the program as one of ours: its own could hand on the functions it is called with.
   * @param {any} promise
   */
  adopt (promise) {
    return new Promise(resolve => { resolve(promise) }).then(value => this.in(value))
  }

  /**
   * A value of the program as our code gets it.
   * @param {any} value
   * @returns {any}
   */
  in (value) {
    return isPrimitive(value) ? value : this.asking().copy(value)
  }
}

module.exports = { Membrane }
