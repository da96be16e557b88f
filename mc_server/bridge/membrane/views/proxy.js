'use strict'
/** What programs read seldom is shown through read-only proxies: windows, lists, recipes, players, messages. */

const { ProgramFault } = require('../../program/errors')
const { isDenied } = require('./allowed')

const DIGIT_NINE = 0x39

/** @returns {never} */
function refuseChange () {
  throw new ProgramFault('invalid_argument', 'the bot and what belongs to it can only be read')
}

/**
 * @param {import('../membrane').Membrane} membrane
 * @param {any} target
 * @param {PropertyKey} key
 */
function readObject (membrane, target, key) {
  if (!membrane.live) membrane.assertLive()
  if (isDenied(key)) return undefined
  const value = target[key]
  if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return value
  if (typeof value !== 'function') return membrane.out(value)
  // Frozen by the lockdown, and it works on the proxy like on any object.
  if (value === /** @type {any} */ (Object.prototype)[key]) return value
  return membrane.calls.method(target, String(key)) ?? undefined
}

/**
 * @param {import('../membrane').Membrane} membrane
 * @param {any[]} target
 * @param {PropertyKey} key
 */
function readList (membrane, target, key) {
  if (!membrane.live) membrane.assertLive()
  // By number, most of the time.
  if (typeof key === 'string' && key.charCodeAt(0) <= DIGIT_NINE) return membrane.out(target[Number(key)])
  if (key === 'length') return target.length
  if (key === Symbol.iterator) return Array.prototype[Symbol.iterator]
  if (isDenied(key)) return undefined
  const value = Reflect.get(target, key)
  return value === Reflect.get(Array.prototype, key) ? value : membrane.out(value)
}

/**
 * @param {import('../membrane').Membrane} membrane
 * @param {any} target of ours
 * @returns {any}
 */
function readOnlyProxy (membrane, target) {
  const isArray = Array.isArray(target)
  /** @type {any} */
  const shadow = isArray ? [] : {}
  const read = isArray ? readList : readObject
  return new Proxy(shadow, {
    get: (_, key) => read(membrane, target, key),
    has: (_, key) => !isDenied(key) && Reflect.has(target, key),
    ownKeys: () => Reflect.ownKeys(target).filter(key => !isDenied(key)),
    getOwnPropertyDescriptor: (_, key) => {
      if (isArray && key === 'length') {
        shadow.length = target.length
        return Reflect.getOwnPropertyDescriptor(shadow, 'length')
      }
      const own = isDenied(key) ? undefined : Reflect.getOwnPropertyDescriptor(target, key)
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
