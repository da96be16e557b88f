'use strict'
/**
 * The read-only view of Mineflayer's bot that a program gets.
 *
 * Everything that leaves for the program is one of: a plain value, a copy (Vec3, Map, Set, Error), a read-only proxy of an
 * object or array, or a frozen function bound to its object. Data can be read, except names that begin with an underscore
 * and those in DENIED_NAMES; functions can be called only if they are listed here. So a program can do what a player can:
 * it cannot reach the connection, fake an event, or change what the client believes (and with it what is observed).
 *
 * What comes from the program is unwrapped (proxies), copied (arrays, plain objects) or wrapped (functions). After
 * `dispose` every access throws, functions of the program are called no more and its listeners are gone.
 */

const { Vec3 } = require('vec3')
const { EventEmitter } = require('node:events')
const { ProgramFault, currentCallSite, noteCallSite } = require('./errors')
const { harden } = require('./lockdown')

// Programs get vectors as they are, so what all vectors share must not be theirs to change.
harden(Vec3)

const DENIED_NAMES = new Set([
  'constructor', 'prototype', 'caller', 'callee', 'arguments', 'domain', 'world', 'physics', 'plugins', 'client', 'socket'
])

const BOT_METHODS = new Set([
  'blockAt', 'blockAtCursor', 'blockInSight', 'entityAtCursor', 'findBlock', 'findBlocks', 'canDigBlock', 'canSeeBlock',
  'digTime', 'nearestEntity', 'recipesFor', 'recipesAll', 'getControlState', 'getEquipmentDestSlot',
  'waitForTicks', 'waitForChunksToLoad', 'chat', 'dig', 'stopDigging', 'placeBlock', 'activateBlock', 'activateEntity',
  'activateItem', 'deactivateItem', 'useOn', 'attack', 'swingArm', 'consume', 'craft', 'equip', 'unequip', 'toss',
  'tossStack', 'setQuickBarSlot', 'look', 'lookAt', 'setControlState', 'clearControlStates', 'sleep', 'wake', 'fish',
  'mount', 'dismount', 'openContainer', 'openChest', 'openFurnace', 'openVillager', 'openEnchantmentTable', 'openAnvil',
  'trade', 'closeWindow', 'transfer', 'moveSlotItem', 'putAway', 'elytraFly'
])

const OBJECT_METHODS = new Set([
  // windows
  'items', 'count', 'containerItems', 'containerCount', 'findInventoryItem', 'findContainerItem', 'findItemRange',
  'findItemsRange', 'emptySlotCount', 'firstEmptySlotRange', 'firstEmptyHotbarSlot', 'firstEmptyInventorySlot',
  'firstEmptyContainerSlot', 'deposit', 'withdraw', 'close', 'inputItem', 'fuelItem', 'outputItem', 'putInput', 'putFuel',
  'takeInput', 'takeFuel', 'takeOutput', 'putTargetItem', 'putLapis', 'takeTargetItem', 'enchant', 'combine', 'rename',
  // blocks, entities, the path finder, the registry
  'getProperties', 'canHarvest', 'digTime', 'getSignText', 'getDroppedItem', 'isMoving', 'isMining', 'isBuilding',
  'supportFeature'
])

const LISTENER_METHODS = new Set(['on', 'once', 'addListener', 'off', 'removeListener'])
const SEARCH_METHODS = new Set(['findBlock', 'findBlocks'])
const MAXIMUM_SEARCH_DISTANCE = 64
/** The shortest limit of any version: a longer text is cut in pieces, and a piece could begin with a slash. */
const MAXIMUM_CHAT_LENGTH = 100
const MAXIMUM_DEPTH = 10

/** @param {any} value */
const isPrimitive = value => value === null || (typeof value !== 'object' && typeof value !== 'function')

/** @param {any} value */
const isVector = value => value instanceof Vec3 || value.constructor?.name === 'Vec3'

/** @param {PropertyKey} key */
const isDenied = key => typeof key === 'symbol' || DENIED_NAMES.has(String(key)) || String(key).startsWith('_')

/** @returns {never} */
function refuseChange () {
  throw new ProgramFault('invalid_argument', 'the bot and what belongs to it can only be read')
}

/** @param {any} text */
function checkChat (text) {
  if (typeof text !== 'string' || text.length > MAXIMUM_CHAT_LENGTH) {
    throw new ProgramFault('invalid_argument', `chat takes a text of at most ${MAXIMUM_CHAT_LENGTH} characters`)
  }
  if (/^\s*\//m.test(text)) throw new ProgramFault('invalid_argument', 'commands (a leading slash) are refused in chat')
}

/**
 * Makes a search of Mineflayer's leave out what was not seen: `useExtraInfo` is asked for each block that matches.
 * @param {any} options
 * @param {import('./sight').Sight} sight
 */
function limitToSight (options, sight) {
  const { useExtraInfo } = options
  options.useExtraInfo = (/** @type {any} */ block) => sight.hasSeen(block.position) &&
    (typeof useExtraInfo !== 'function' || useExtraInfo(block))
}

class Membrane {
  /**
   * @param {{bot: any, sight?: import('./sight').Sight | null, onListenerError: (error: any) => void}} options `sight` limits
   *   searches to blocks that were seen; `onListenerError` gets what a program's listener throws
   */
  constructor ({ bot, sight = null, onListenerError }) {
    this.bot = bot
    this.sight = sight
    this.onListenerError = onListenerError
    this.live = true
    /** Whether anything was asked of the bot that takes time. */
    this.acted = false
    /** @type {WeakMap<object, any>} */ this.proxies = new WeakMap()
    /** @type {WeakMap<object, any>} */ this.targets = new WeakMap()
    /** @type {WeakMap<object, Map<PropertyKey, any>>} */ this.methods = new WeakMap()
    /** @type {WeakMap<Function, Function>} */ this.callbacks = new WeakMap()
    /** @type {{emitter: EventEmitter, event: string, listener: any}[]} */ this.listeners = []
  }

  /** Cut everything that the program still holds. */
  dispose () {
    this.live = false
    for (const { emitter, event, listener } of this.listeners) emitter.removeListener(event, listener)
    this.listeners = []
  }

  assertLive () {
    if (!this.live) throw new ProgramFault('cancelled', 'the program has ended')
  }

  /**
   * A value of ours as the program sees it.
   * @param {any} value
   * @returns {any}
   */
  out (value) {
    if (isPrimitive(value)) return value
    if (typeof value === 'function') return undefined
    if (isVector(value)) return new Vec3(value.x, value.y, value.z)
    if (value instanceof Error) return this.outError(value)
    if (typeof value.then === 'function') return this.outPromise(value)
    if (value instanceof Map) return new Map([...value].map(([key, item]) => [this.out(key), this.out(item)]))
    if (value instanceof Set) return new Set([...value].map(item => this.out(item)))
    if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return undefined
    if (this.targets.has(value)) return value
    let proxy = this.proxies.get(value)
    if (!proxy) {
      proxy = this.makeProxy(value)
      this.proxies.set(value, proxy)
      this.targets.set(proxy, value)
    }
    return proxy
  }

  /** @param {any} error */
  outError (error) {
    const copy = /** @type {any} */ (new Error(String(error.message).slice(0, 1000)))
    copy.name = String(error.name).slice(0, 100)
    if (typeof error.code === 'string') copy.code = error.code
    return copy
  }

  /** @param {PromiseLike<any>} promise */
  outPromise (promise) {
    this.acted = true
    const site = currentCallSite()
    const outcome = Promise.resolve(promise).then(value => this.out(value), error => {
      const copy = this.outError(error)
      noteCallSite(copy, site)
      throw copy
    })
    return outcome
  }

  /** @param {any} target */
  makeProxy (target) {
    const isArray = Array.isArray(target)
    /** @type {any} */
    const shadow = isArray ? [] : {}
    const visible = (/** @type {PropertyKey} */ key) => !isDenied(key) && Reflect.has(target, key)
    return new Proxy(shadow, {
      get: (_, key) => this.read(target, key),
      has: (_, key) => visible(key),
      ownKeys: () => Reflect.ownKeys(target).filter(key => !isDenied(key)),
      getOwnPropertyDescriptor: (_, key) => {
        if (isArray && key === 'length') {
          shadow.length = target.length
          return Reflect.getOwnPropertyDescriptor(shadow, 'length')
        }
        const own = isDenied(key) ? undefined : Reflect.getOwnPropertyDescriptor(target, key)
        return own && { value: this.read(target, key), enumerable: own.enumerable, configurable: true, writable: false }
      },
      getPrototypeOf: () => isArray ? Array.prototype : Object.prototype,
      set: refuseChange,
      defineProperty: refuseChange,
      deleteProperty: refuseChange,
      setPrototypeOf: refuseChange,
      preventExtensions: refuseChange
    })
  }

  /**
   * @param {any} target
   * @param {PropertyKey} key
   */
  read (target, key) {
    this.assertLive()
    if (Array.isArray(target) && key === Symbol.iterator) return Array.prototype[Symbol.iterator]
    if (isDenied(key)) return undefined
    const value = Reflect.get(target, key, target)
    if (typeof value !== 'function') return this.out(value)
    // Frozen by the lockdown, and they work on the proxy like on any object.
    if (Array.isArray(target) && value === /** @type {any} */ (Array.prototype)[key]) return value
    if (value === /** @type {any} */ (Object.prototype)[key]) return value
    return this.isAllowed(target, String(key)) ? this.method(target, String(key)) : undefined
  }

  /**
   * @param {any} target
   * @param {string} name
   */
  isAllowed (target, name) {
    if (target instanceof EventEmitter && LISTENER_METHODS.has(name)) return true
    return target === this.bot ? BOT_METHODS.has(name) : OBJECT_METHODS.has(name)
  }

  /**
   * @param {any} target
   * @param {string} name
   */
  method (target, name) {
    let known = this.methods.get(target)
    if (!known) this.methods.set(target, known = new Map())
    if (!known.has(name)) {
      const listens = LISTENER_METHODS.has(name) && target instanceof EventEmitter
      const call = (/** @type {any[]} */ ...args) => {
        this.assertLive()
        return listens ? this.listen(target, name, args[0], args[1]) : this.call(target, name, args)
      }
      known.set(name, harden(call))
    }
    return known.get(name)
  }

  /**
   * @param {any} target
   * @param {string} name
   * @param {any[]} args
   */
  call (target, name, args) {
    const given = args.map(value => this.in(value))
    if (target === this.bot && name === 'chat') checkChat(given[0])
    if (target === this.bot && SEARCH_METHODS.has(name) && given[0]) {
      given[0].maxDistance = Math.min(Number(given[0].maxDistance ?? 16), MAXIMUM_SEARCH_DISTANCE)
      if (this.sight) limitToSight(given[0], this.sight)
    }
    try {
      // Looked up anew: Mineflayer replaces some of its methods while it runs.
      return this.out(target[name](...given))
    } catch (error) {
      throw this.outError(error)
    }
  }

  /**
   * @param {any} emitter
   * @param {string} name
   * @param {any} event
   * @param {any} listener
   */
  listen (emitter, name, event, listener) {
    if (typeof event !== 'string' || typeof listener !== 'function') {
      throw new ProgramFault('invalid_argument', `${name} takes the name of an event and a function`)
    }
    const wrapped = this.listenerFor(listener)
    emitter[name](event, wrapped)
    if (name !== 'off' && name !== 'removeListener') this.listeners.push({ emitter, event, listener: wrapped })
    return this.out(emitter)
  }

  /** @param {Function} listener */
  listenerFor (listener) {
    let wrapped = this.callbacks.get(listener)
    if (!wrapped) {
      wrapped = (/** @type {any[]} */ ...args) => {
        if (!this.live) return
        try {
          const result = listener(...args.map(value => this.out(value)))
          if (typeof result?.then === 'function') Promise.resolve(result).catch(this.onListenerError)
        } catch (error) {
          this.onListenerError(error)
        }
      }
      this.callbacks.set(listener, wrapped)
    }
    return wrapped
  }

  /**
   * A value of the program as our code gets it.
   * @param {any} value
   * @param {number} [depth]
   * @returns {any}
   */
  in (value, depth = 0) {
    if (isPrimitive(value)) return value
    if (this.targets.has(value)) return this.targets.get(value)
    if (depth > MAXIMUM_DEPTH) throw new ProgramFault('invalid_argument', 'an argument is nested too deeply')
    if (typeof value === 'function') {
      return (/** @type {any[]} */ ...args) => this.live ? this.in(value(...args.map(item => this.out(item)))) : undefined
    }
    if (isVector(value)) return new Vec3(value.x, value.y, value.z)
    if (value instanceof Promise) return value.then(item => this.in(item))
    if (value instanceof RegExp) return value
    if (Array.isArray(value)) return Array.from(value, item => this.in(item, depth + 1))
    /** @type {Record<string, any>} */
    const copy = {}
    for (const key of Object.keys(value)) if (!isDenied(key)) copy[key] = this.in(value[key], depth + 1)
    return copy
  }
}

module.exports = { Membrane }
