'use strict'
/**
 * The listeners that a program has on the bot and its windows: bounded in number, harmless when they fail, gone with the program.
 */

const { ProgramFault } = require('../program/errors')
const { isEvent } = require('./views/allowed')

const MAXIMUM_LISTENERS = 200

/** @typedef {{emitter: any, event: string, given: Function, added: (...args: any[]) => void}} Listener */

class ProgramListeners {
  /** @param {import('./membrane').Membrane} membrane */
  constructor (membrane) {
    this.membrane = membrane
    /** @type {Listener[]} */ this.all = []
  }

  /**
   * `on`, `off` and their kin.
   * @param {any} emitter
   * @param {string} method
   * @param {any} event
   * @param {any} given the program's function
   */
  call (emitter, method, event, given) {
    if (typeof event !== 'string' || typeof given !== 'function') {
      throw new ProgramFault('invalid_argument', `${method} takes the name of an event and a function`)
    }
    if (method === 'off' || method === 'removeListener') this.remove(emitter, event, given)
    // An event that a program may not hear is one that never comes.
    else if (isEvent(event)) this.add(emitter, method, event, given)
  }

  /**
   * @param {any} emitter
   * @param {string} method
   * @param {string} event
   * @param {Function} given
   */
  add (emitter, method, event, given) {
    if (this.all.length >= MAXIMUM_LISTENERS) {
      throw new ProgramFault('invalid_argument', `a program has at most ${MAXIMUM_LISTENERS} listeners; take away those that are done`)
    }
    const isOnce = method === 'once' || method === 'prependOnceListener'
    /** @type {Listener} */
    const listener = {
      emitter,
      event,
      given,
      added: (...args) => {
        if (isOnce) this.drop(listener)
        this.hear(given, args)
      }
    }
    this.all.push(listener)
    if (method.startsWith('prepend')) emitter.prependListener(event, listener.added)
    else emitter.on(event, listener.added)
  }

  /** @param {Listener} listener */
  drop (listener) {
    listener.emitter.removeListener(listener.event, listener.added)
    this.all = this.all.filter(other => other !== listener)
  }

  /**
   * @param {any} emitter
   * @param {string} event
   * @param {Function} given
   */
  remove (emitter, event, given) {
    const listener = this.all.findLast(other => other.emitter === emitter && other.event === event && other.given === given)
    if (listener) this.drop(listener)
  }

  /**
   * Only the program's own.
   * @param {any} emitter
   * @param {any} [event] all, if left out
   */
  removeAll (emitter, event) {
    for (const listener of this.all) {
      if (listener.emitter === emitter && (event === undefined || listener.event === event)) this.drop(listener)
    }
  }

  /**
   * What a listener throws would otherwise end up in Mineflayer, which was only telling.
   * @param {Function} given
   * @param {any[]} args
   */
  hear (given, args) {
    const { membrane } = this
    if (!membrane.live) return
    try {
      const result = Reflect.apply(given, undefined, args.map(value => membrane.out(value)))
      if (result === null || typeof result !== 'object') return
      // A promise of our own: the program's could hand on what it is called with.
      new Promise(resolve => { resolve(result) }).then(undefined, error => this.failed(error))
    } catch (error) {
      this.failed(error)
    }
  }

  /** @param {any} error */
  failed (error) {
    if (this.membrane.live) this.membrane.onListenerError(error)
  }

  dispose () {
    for (const { emitter, event, added } of this.all) emitter.removeListener(event, added)
    this.all = []
  }
}

module.exports = { ProgramListeners }
