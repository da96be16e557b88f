'use strict'
/**
 * Copies what a program hands over, so that trusted code reads nothing of the program's a second time.
 *
 * Everything is read once: a getter, a proxy or an array that changes between two looks changes nothing for us. Functions and
 * promises are refused here; where one may stand, the membrane wraps it (`options.wrap`).
 */

const { Vec3 } = require('vec3')
const { ProgramFault } = require('../program/errors')
const { isDenied } = require('./views/allowed')

const MAXIMUM_DEPTH = 10
const MAXIMUM_VALUES = 10000
const MAXIMUM_TEXT_LENGTH = 100000

/** @param {string} message */
const refuse = message => { throw new ProgramFault('invalid_argument', message) }

class Incoming {
  /**
   * @param {{targetOf: (value: object) => any, wrap: ((value: any) => any) | null, finite?: boolean}} options `targetOf` finds
   *   what a view shows; `wrap` makes functions and promises harmless, or null to refuse them; `finite` refuses numbers
   *   that no place or count can have
   */
  constructor ({ targetOf, wrap, finite = false }) {
    this.targetOf = targetOf
    this.wrap = wrap
    this.finite = finite
    this.values = 0
  }

  /**
   * @param {any} value
   * @param {number} [depth]
   * @returns {any}
   */
  copy (value, depth = 0) {
    if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return this.plain(value)
    const target = this.targetOf(value)
    if (target !== undefined) return target
    if (depth > MAXIMUM_DEPTH) refuse('an argument is nested too deeply')
    if (++this.values > MAXIMUM_VALUES) refuse(`an argument holds more than ${MAXIMUM_VALUES} values`)
    if (typeof value === 'function' || value instanceof Promise) {
      return this.wrap ? this.wrap(value) : refuse('functions and promises are no argument here')
    }
    return Array.isArray(value) ? this.list(value, depth) : this.record(value, depth)
  }

  /** @param {any} value */
  plain (value) {
    if (this.finite && typeof value === 'number' && !Number.isFinite(value)) refuse(`${value} is no number to act with`)
    if (typeof value === 'symbol') refuse('symbols are no arguments')
    if (typeof value === 'string' && value.length > MAXIMUM_TEXT_LENGTH) refuse('a text is too long')
    return value
  }

  /**
   * By its index: a program's own iterator or species is not asked.
   * @param {any[]} value
   * @param {number} depth
   */
  list (value, depth) {
    const length = Number(value.length)
    if (!(length <= MAXIMUM_VALUES)) refuse(`a list holds more than ${MAXIMUM_VALUES} values`)
    const copy = []
    for (let index = 0; index < length; index++) copy.push(this.copy(value[index], depth + 1))
    return copy
  }

  /**
   * @param {any} value
   * @param {number} depth
   */
  record (value, depth) {
    if (value instanceof Vec3) return this.vector(value)
    if (value instanceof Set || value instanceof Map || value instanceof RegExp) refuse('sets, maps and patterns are no arguments')
    const keys = Object.keys(value)
    if (keys.length > MAXIMUM_VALUES) refuse(`an object holds more than ${MAXIMUM_VALUES} values`)
    /** @type {Record<string, any>} */
    const copy = {}
    for (const key of keys) if (!isDenied(key)) copy[key] = this.copy(value[key], depth + 1)
    // Mineflayer calls the methods of vectors; {x, y, z} is meant as one.
    const isPlace = keys.length === 3 && ['x', 'y', 'z'].every(axis => typeof copy[axis] === 'number')
    return isPlace ? new Vec3(copy.x, copy.y, copy.z) : copy
  }

  /** @param {any} value */
  vector (value) {
    const { x, y, z } = value
    if (typeof x !== 'number' || typeof y !== 'number' || typeof z !== 'number') refuse('x, y and z of a vector must be numbers')
    return new Vec3(this.plain(x), this.plain(y), this.plain(z))
  }
}

module.exports = { Incoming }
