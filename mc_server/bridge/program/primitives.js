'use strict'
/**
 * The primitives: trusted functions that a program calls by name, and the record of these calls.
 *
 * Covers loading them, giving them their context, and copying what goes in and out. What they do is their own business.
 */

const fs = require('node:fs')
const path = require('node:path')
const { Vec3 } = require('vec3')
const { ProgramFault, currentCallSite, describeError, noteCallSite } = require('./errors')
const { harden } = require('./lockdown')
const { recordable } = require('./record_value')

/** Calls beyond this are made but not reported, so that a loop does not flood the record. */
const MAXIMUM_RECORDED_CALLS = 1000
const MAXIMUM_VALUE_LENGTH = 4000
const MAXIMUM_RECORDED_ARGUMENTS = 20

/** @typedef {(context: object, ...args: any[]) => any} Primitive */

/**
 * @param {string} folder holds one file for each primitive, which exports a function of the file's name
 * @returns {Map<string, Primitive>}
 */
function loadPrimitives (folder) {
  const primitives = new Map()
  for (const file of fs.readdirSync(folder).sort()) {
    if (path.extname(file) !== '.js') continue
    const name = path.basename(file, '.js')
    const primitive = require(path.join(folder, file))[name]
    if (typeof primitive !== 'function') throw new Error(`${file} does not export a function named ${name}`)
    primitives.set(name, primitive)
  }
  return primitives
}

/**
 * A copy that holds nothing of ours: plain data, vectors, and views of what a program has views of.
 * @param {any} value
 * @param {import('../membrane/membrane').Membrane} membrane
 * @returns {any}
 */
function copyOf (value, membrane) {
  if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) return value
  if (typeof value !== 'object') return undefined
  if (membrane.isShown(value)) return membrane.out(value)
  if (value instanceof Vec3) return new Vec3(value.x, value.y, value.z)
  if (Array.isArray(value)) return value.map(item => copyOf(item, membrane))
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, copyOf(item, membrane)]))
}

class PrimitiveCalls {
  /**
   * @param {{membrane: import('../membrane/membrane').Membrane, context: {signal: AbortSignal, worldSeconds: () => number},
   *   onBegin?: (name: string, args: any[], site: string) => void, onCall: (call: object) => void}} options `onBegin` is told of
   *   each call when it begins, `onCall` when it has ended
   */
  constructor ({ membrane, context, onBegin = () => {}, onCall }) {
    this.membrane = membrane
    this.context = context
    this.onBegin = onBegin
    this.onCall = onCall
    this.live = true
    this.count = 0
    /** Calls that were not reported. */
    this.leftOut = 0
    /** Whether anything was done that the server has to answer. */
    this.acted = false
    /** @type {Set<any>} */ this.running = new Set()
    /** @type {() => void} */ this.onIdle = () => {}
  }

  /**
   * @param {Map<string, Primitive>} primitives
   * @returns {Record<string, any>} what a program is given
   */
  endowments (primitives) {
    return Object.fromEntries([...primitives].map(([name, primitive]) =>
      [name, harden((/** @type {any[]} */ ...args) => this.call(name, primitive, args))]))
  }

  /**
   * @param {string} name
   * @param {Primitive} primitive
   * @param {any[]} args
   */
  call (name, primitive, args) {
    if (this.context.signal.aborted) throw new ProgramFault('cancelled', 'the program was cancelled')
    /** @type {any} */
    const call = { name, arguments: [], started: this.context.worldSeconds(), site: currentCallSite() }
    const given = this.argumentsOf(call, args)
    call.arguments = given.slice(0, MAXIMUM_RECORDED_ARGUMENTS).map(value => this.recorded(value))
    this.onBegin(name, call.arguments, call.site)
    try {
      const result = primitive(this.context, ...given)
      if (typeof result?.then !== 'function') return this.succeeded(call, result)
      return this.follow(call, result)
    } catch (error) {
      throw this.failed(call, error)
    }
  }

  /**
   * Read once, so that what is recorded is what was given. What the program's own getters throw is no answer of the primitive.
   * @param {any} call
   * @param {any[]} args
   */
  argumentsOf (call, args) {
    try {
      return args.map(value => this.membrane.in(value))
    } catch (error) {
      const fault = new ProgramFault('invalid_argument', 'an argument cannot be used or not be read')
      this.report(call, { result: null, error: { ...describeError(fault), ...placeOf(fault, call) } })
      throw error
    }
  }

  /** @param {any} value of ours */
  recorded (value) {
    return recordable(value, MAXIMUM_VALUE_LENGTH, part => this.membrane.shown(part))
  }

  /**
   * @param {any} call
   * @param {PromiseLike<any>} result
   */
  follow (call, result) {
    this.acted = true
    this.running.add(call)
    const ended = () => {
      this.running.delete(call)
      if (this.running.size === 0) this.onIdle()
    }
    // Of a run that has ended nothing is resumed: what it awaited never comes.
    return new Promise((resolve, reject) => {
      result.then(
        value => {
          ended()
          if (this.live) resolve(this.succeeded(call, value))
        },
        error => {
          ended()
          if (this.live) reject(this.failed(call, error))
        })
    })
  }

  /** @returns {{name: string, site: string}[]} the calls that are still under way */
  unfinished () {
    return [...this.running].map(({ name, site }) => ({ name, site }))
  }

  /**
   * @param {any} call
   * @param {any} result
   */
  succeeded (call, result) {
    this.report(call, { result: this.recorded(result), error: null })
    return copyOf(result, this.membrane)
  }

  /**
   * @param {any} call
   * @param {any} error
   * @returns {Error} the error for the program
   */
  failed (call, error) {
    const given = this.membrane.outError(error instanceof Error ? error : new Error(String(error)))
    noteCallSite(given, call.site)
    // What the program threw, in a function that it gave along, carries no code of the primitive.
    const own = this.membrane.ownErrors.has(given) ? { code: null } : {}
    this.report(call, { result: null, error: { ...describeError(given), ...own, ...placeOf(given, call) } })
    return given
  }

  /** Calls that are still running when the program has ended count as cancelled. */
  abandon () {
    this.live = false
    for (const call of this.running) {
      const error = new ProgramFault('cancelled', 'the program ended before this call did (was it awaited?)')
      this.report(call, { result: null, error: { ...describeError(error), ...placeOf(error, call) } })
    }
  }

  /**
   * @param {any} call
   * @param {object} outcome
   */
  report (call, outcome) {
    if (call.reported) return
    call.reported = true
    if (this.count++ >= MAXIMUM_RECORDED_CALLS) {
      this.leftOut++
      return
    }
    const seconds = this.context.worldSeconds() - call.started
    this.onCall({ name: call.name, arguments: call.arguments, seconds, ...outcome })
  }
}

/**
 * @param {any} error
 * @param {any} call
 */
function placeOf (error, call) {
  const data = describeError({ name: error.name, message: '', stack: call.site })
  return { module: data.module, line: data.line }
}

module.exports = { PrimitiveCalls, loadPrimitives }
