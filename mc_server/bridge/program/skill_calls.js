'use strict'
/**
 * The record of each call of a module's function, the entry's and every skill's: what the game was like when it began and when it ended.
 *
 * A program calls a stand-in, which hands on arguments, results and errors as they are. A promise is handed on as one of ours that
 * settles as it does: to follow the program's own would make each of its rejections count as handled. Who called is known from what
 * the call happens within, whatever was awaited since, and not from a stack, which a program can write as it likes.
 */

const { AsyncLocalStorage } = require('node:async_hooks')
const { isPromise } = require('node:util').types
const { describeError } = require('./errors')
const { recordable } = require('./record_value')

/** Calls beyond this are made but not reported. */
const MAXIMUM_RECORDED_CALLS = 200
const MAXIMUM_RECORDED_ARGUMENTS = 20
const MAXIMUM_VALUE_LENGTH = 1000

/** @typedef {{number: number, name: string, began: number, ended: boolean}} Call `number` counts in the order of beginning */

/** @param {number} seconds */
const rounded = seconds => Math.round(seconds * 1000) / 1000

class SkillCalls {
  /**
   * @param {{look: () => object, show: (value: any) => any, worldSeconds: () => number, send: (message: object) => void}} options
   *   `look` gives the circumstances; `show` what may be written down of an object; `send` is told of each call when it begins and
   *   when it ends
   */
  constructor ({ look, show, worldSeconds, send }) {
    this.look = look
    this.show = show
    this.worldSeconds = worldSeconds
    this.send = send
    this.live = true
    this.count = 0
    /** Calls that were not reported. */
    this.leftOut = 0
    this.start = worldSeconds()
    /** What runs now, and all that comes of it, belongs to this call. @type {AsyncLocalStorage<Call>} */
    this.current = new AsyncLocalStorage()
    /** @type {Call | null} */ this.entry = null
    /** @type {any} */ this.lastLook = null
  }

  /**
   * Begins before the program is loaded, so that what its modules call meanwhile belongs to it.
   * @param {string} name
   * @param {any[]} args
   * @param {() => Function} load gives the entry's own function
   */
  run (name, args, load) {
    const entry = this.entry = this.begin(name, null, args)
    return this.within(entry, () => load()(...args))
  }

  /**
   * @param {string} name of a module
   * @param {any} defined its function
   * @returns {any} what the program is to call in its place: the same in all that can be seen of it but its text
   */
  wrap (name, defined) {
    const standIn = new Proxy(defined, {
      apply: (target, self, args) => this.call(name, args, () => Reflect.apply(target, self, args)),
      construct: (target, args, made) => this.call(name, args, () => Reflect.construct(target, args, made === standIn ? target : made))
    })
    // Else this would lead past the record.
    if (Object.hasOwn(defined, 'prototype') && defined.prototype?.constructor === defined) {
      Object.defineProperty(defined.prototype, 'constructor', { value: standIn })
    }
    return standIn
  }

  /**
   * @param {string} name
   * @param {any[]} args
   * @param {() => any} run
   */
  call (name, args, run) {
    if (!this.live) return run()
    if (this.count >= MAXIMUM_RECORDED_CALLS) {
      this.leftOut++
      return run()
    }
    const caller = this.current.getStore() ?? this.entry
    return this.within(this.begin(name, caller?.name ?? null, args), run)
  }

  /**
   * @param {Call} call
   * @param {() => any} run
   */
  within (call, run) {
    let result
    try {
      result = this.current.run(call, run)
    } catch (error) {
      this.end(call, describeError(error))
      throw error
    }
    if (isPromise(result)) return this.follow(call, result)
    this.end(call, null)
    return result
  }

  /**
   * @param {Call} call
   * @param {Promise<any>} promise
   */
  async follow (call, promise) {
    try {
      const value = await promise
      this.end(call, null)
      return value
    } catch (error) {
      this.end(call, describeError(error))
      throw error
    }
  }

  /**
   * @param {string} name
   * @param {string | null} caller
   * @param {any[]} args
   * @returns {Call}
   */
  begin (name, caller, args) {
    // Reading them may run code of the program, which may call skills: those begin first.
    const given = args.slice(0, MAXIMUM_RECORDED_ARGUMENTS).map(value => recordable(value, MAXIMUM_VALUE_LENGTH, this.show))
    const before = this.circumstances()
    const call = { number: this.count++, name, began: this.worldSeconds(), ended: false }
    const startedSeconds = rounded(call.began - this.start)
    this.send({ type: 'skill_call', number: call.number, call: { name, caller, arguments: given, started_seconds: startedSeconds, before } })
    return call
  }

  /**
   * @param {Call} call
   * @param {object | null} error as described
   */
  end (call, error) {
    if (!this.live || call.ended) return
    call.ended = true
    const seconds = rounded(this.worldSeconds() - call.began)
    this.send({ type: 'skill_call_ended', number: call.number, seconds, after: this.circumstances(), error })
  }

  /** To look must not fail the program, as it could where the client has lost its place in the world: then it is as it was last. */
  circumstances () {
    try {
      this.lastLook = this.look()
    } catch (error) {
      if (this.lastLook === null) throw error
    }
    return this.lastLook
  }

  /** The run has ended: calls that are under way are left as they are. */
  dispose () {
    this.live = false
  }
}

module.exports = { SkillCalls }
