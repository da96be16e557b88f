'use strict'
/**
 * JSON lines between the server and its parent: requests come in, answers and events go out.
 *
 * In: `{"id": 1, "op": "save", ...}`. Out: `{"id": 1, "ok": true, "value": ...}`, `{"id": 1, "ok": false, "code": ..., "message": ...}`
 * and `{"event": ...}`. The end of the input means that the parent is gone.
 */

const readline = require('node:readline')

class ControlChannel {
  /**
   * @param {NodeJS.ReadableStream} input
   * @param {NodeJS.WritableStream} output
   */
  constructor (input, output) {
    this.input = input
    this.output = output
    // A parent that is gone is noticed at the input; writing to it must not be fatal.
    output.on('error', () => {})
  }

  send (/** @type {any} */ message) {
    this.output.write(JSON.stringify(message) + '\n')
  }

  event (/** @type {string} */ event, /** @type {any} */ data = {}) {
    this.send({ event, ...data })
  }

  /**
   * @param {Record<string, (request: any) => any>} operations
   * @param {() => void} onEnd called once when the input has ended
   */
  serve (operations, onEnd) {
    const lines = readline.createInterface({ input: this.input })
    lines.on('line', line => { if (line.trim()) this.#answer(operations, line) })
    lines.on('close', onEnd)
  }

  async #answer (/** @type {Record<string, (request: any) => any>} */ operations, /** @type {string} */ line) {
    let id = null
    try {
      const request = JSON.parse(line)
      id = request.id ?? null
      if (!Object.hasOwn(operations, request.op)) throw new Error(`There is no operation '${request.op}'.`)
      const value = await operations[request.op](request)
      this.send({ id, ok: true, value: value ?? null })
    } catch (error) {
      this.send({ id, ok: false, code: error.code ?? null, message: /** @type {Error} */ (error).message })
    }
  }
}

module.exports = { ControlChannel }
