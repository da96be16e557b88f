'use strict'
/** What programs read seldom is shown through read-only proxies: the bot itself, windows, recipes, players, messages. */

const { ProgramFault } = require('../errors')
const { BOT_FIELDS, isDenied } = require('./allowed')

/** @returns {never} */
function refuseChange () {
  throw new ProgramFault('invalid_argument', 'the bot and what belongs to it can only be read')
}

/**
 * @param {import('../membrane').Membrane} membrane
 * @param {any} target
 * @param {PropertyKey} key
 */
function read (membrane, target, key) {
  if (!membrane.live) membrane.assertLive()
  const isArray = Array.isArray(target)
  if (isArray && key === Symbol.iterator) return Array.prototype[Symbol.iterator]
  if (isDenied(key)) return undefined
  const name = String(key)
  const value = target[name]
  // Of the bot only what is listed, of everything else all data: it was made to be looked at.
  if (target === membrane.bot && typeof value !== 'function' && !BOT_FIELDS.has(name)) return undefined
  if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return value
  if (typeof value !== 'function') return membrane.out(value)
  // Frozen by the lockdown, and they work on the proxy like on any object.
  if (isArray && value === /** @type {any} */ (Array.prototype)[name]) return value
  if (value === /** @type {any} */ (Object.prototype)[name]) return value
  return membrane.calls.method(target, name) ?? undefined
}

/**
 * @param {import('../membrane').Membrane} membrane
 * @param {any} target
 * @returns {any}
 */
function readOnlyProxy (membrane, target) {
  const isArray = Array.isArray(target)
  const isBot = target === membrane.bot
  /** @type {any} */
  const shadow = isArray ? [] : {}
  const shows = (/** @type {PropertyKey} */ key) => !isDenied(key) && (!isBot || read(membrane, target, key) !== undefined)
  return new Proxy(shadow, {
    get: (_, key) => read(membrane, target, key),
    has: (_, key) => Reflect.has(target, key) && shows(key),
    ownKeys: () => Reflect.ownKeys(target).filter(shows),
    getOwnPropertyDescriptor: (_, key) => {
      if (isArray && key === 'length') {
        shadow.length = target.length
        return Reflect.getOwnPropertyDescriptor(shadow, 'length')
      }
      const own = shows(key) ? Reflect.getOwnPropertyDescriptor(target, key) : undefined
      return own && { value: read(membrane, target, key), enumerable: own.enumerable, configurable: true, writable: false }
    },
    getPrototypeOf: () => isArray ? Array.prototype : Object.prototype,
    set: refuseChange,
    defineProperty: refuseChange,
    deleteProperty: refuseChange,
    setPrototypeOf: refuseChange,
    preventExtensions: refuseChange
  })
}

module.exports = { readOnlyProxy }
