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
const { ProgramFault, currentCallSite, noteCallSite } = require('../program/errors')
const { BotCalls, isWindow } = require('./bot_calls')
const { Incoming } = require('./incoming')
const { harden } = require('../program/lockdown')
const { OpenPromises } = require('./open_promises')
const { ProgramListeners } = require('./program_listeners')
const { botView } = require('./views/bot')
const { pathfinderView } = require('./views/pathfinder')
const { readOnlyProxy } = require('./views/proxy')
const { registryView } = require('./views/registry')
const { View, viewKind } = require('./views/view')

// Programs get vectors and our faults as they are, so what these share must not be theirs to change.
harden(Vec3)
harden(ProgramFault)

/** Errors that a program may tell apart by their class. @type {Map<any, ErrorConstructor>} */
const ERRORS = new Map(Object.entries({ TypeError, RangeError, SyntaxError, ReferenceError }))

/** @param {any} value */
const isPrimitive = value => value === null || (typeof value !== 'object' && typeof value !== 'function')

class Membrane {
  /**
   * @param {{bot: any, sight?: import('../bot/sight').Sight | null, body?: any, onListenerError: (error: any) => void,
   *   onAction?: (action: {name: string, args: any[], site: string}) => (error: any) => void}} options `sight` limits
   *   searches to blocks that were seen; `onListenerError` gets what a program's listener throws; `onAction` is told of
   *   each call that acts when it begins, and what it returns is told when it ended, with the error or null
   */
  constructor ({ bot, sight = null, body = null, onListenerError, onAction = () => () => {} }) {
    this.bot = bot
    this.sight = sight
    this.onListenerError = onListenerError
    this.onAction = onAction
    this.body = body
    this.live = true
    /** Whether anything was asked of the bot that takes time. */
    this.acted = false
    /** @type {WeakMap<object, any>} */ this.views = new WeakMap()
    /** @type {WeakMap<object, any>} */ this.targets = new WeakMap()
    /** Errors the program threw itself, which it gets back as they are. @type {WeakSet<object>} */
    this.ownErrors = new WeakSet()
    /** What is to be undone at the end. @type {Set<() => void>} */ this.onDispose = new Set()
    this.listeners = new ProgramListeners(this)
    this.calls = new BotCalls(this)
    this.promises = new OpenPromises()
    const targetOf = (/** @type {object} */ value) => this.targetOf(value)
    const wrap = (/** @type {any} */ value) => typeof value === 'function' ? this.callback(value) : this.adopt(value)
    this.asking = () => new Incoming({ targetOf, wrap })
    this.plainly = (/** @type {boolean} */ finite) => new Incoming({ targetOf, wrap: null, finite })
    if (bot.registry) this.pair(registryView(bot.registry), bot.registry)
    /** What of the path finder is not for everybody. */
    this.pathfinder = bot.pathfinder ? pathfinderView(this) : null
    if (this.pathfinder) this.pair(this.pathfinder.view, bot.pathfinder)
    this.pair(botView(this), bot)
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
   * @param {object} value of ours
   * @returns {boolean} whether programs get a view of it, and no copy
   */
  isShown (value) {
    return this.views.has(value) || viewKind(value) !== null
  }

  /**
   * What may be written down of an object: a view that no program has changed.
   * @param {object} value ours, or a view
   */
  shown (value) {
    const target = this.targetOf(value) ?? value
    const Kind = viewKind(target)
    return Kind === null ? this.views.get(target) ?? target : new Kind(this, target)
  }

  /**
   * A value of ours as the program sees it.
   * @param {any} value
   * @returns {any}
   */
  out (value) {
    if (isPrimitive(value)) return value
    if (typeof value === 'function') return undefined
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
    if (value instanceof Vec3) return new Vec3(value.x, value.y, value.z)
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

  /**
   * What our code does at once for a program; its errors can be of classes that are not frozen.
   * @template T
   * @param {() => T} run
   */
  guarded (run) {
    try {
      return run()
    } catch (error) {
      throw error instanceof ProgramFault ? error : this.outError(error)
    }
  }

  /** @param {any} error */
  outError (error) {
    if (isPrimitive(error)) return new Error(String(error).slice(0, 1000))
    if (this.ownErrors.has(error)) return error
    const Kind = ERRORS.get(error.name) ?? Error
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
   * A function of the program as our code calls it.
   * @param {Function} asked
   * @returns {(...args: any[]) => any}
   */
  callback (asked) {
    return (...args) => {
      if (!this.live) return undefined
      let answer
      try {
        // Nearly always it is one value, and often thousands of times.
        answer = args.length === 1 ? asked(this.out(args[0])) : asked(...args.map(value => this.out(value)))
        if (!isPrimitive(answer)) answer = this.in(answer)
      } catch (error) {
        if (!isPrimitive(error)) this.ownErrors.add(error)
        throw error
      }
      return answer
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
    if (isPrimitive(value)) return value
    // The most frequent by far, and quickly done.
    if (value instanceof Vec3) {
      const { x, y, z } = value
      if (typeof x === 'number' && typeof y === 'number' && typeof z === 'number') return new Vec3(x, y, z)
    }
    return this.asking().copy(value)
  }
}

module.exports = { Membrane }
