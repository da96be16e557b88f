'use strict'
/** The promises that a program was given and that have not settled; none of them settles after the program was cut off. */

class OpenPromises {
  constructor () {
    this.live = true
    /** @type {Set<{name: string, site: string}>} */ this.open = new Set()
  }

  /**
   * @param {{name: string, site: string}} call
   * @param {PromiseLike<any>} promise
   * @param {(value: any) => any} onValue what the program gets of the value
   * @param {(error: any) => any} onError what it gets of the error
   * @returns {Promise<any>}
   */
  follow ({ name, site }, promise, onValue, onError) {
    const entry = { name, site }
    this.open.add(entry)
    return new Promise((resolve, reject) => {
      const settle = (/** @type {(value: any) => void} */ give, /** @type {(value: any) => any} */ convert, /** @type {any} */ value) => {
        this.open.delete(entry)
        const converted = convert(value)
        if (this.live) give(converted)
      }
      promise.then(value => settle(resolve, onValue, value), error => settle(reject, onError, error))
    })
  }

  /** @returns {{name: string, site: string}[]} */
  unfinished () {
    return [...this.open].map(entry => ({ ...entry }))
  }

  dispose () {
    this.live = false
  }
}

module.exports = { OpenPromises }
