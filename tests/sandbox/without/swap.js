'use strict'
/** For preloads of a bot's process: changes what a module of the product exports, before anything has loaded it. */

const Module = /** @type {any} */ (require('node:module'))
const path = require('node:path')

const bridge = path.join(__dirname, '..', '..', '..', 'mc_server', 'bridge')

/**
 * @param {string} name of a file of the bridge
 * @param {(exported: any) => any} change from what the module exports to what others get
 */
function swap (name, change) {
  const file = path.join(bridge, name)
  const load = Module._load
  /** @type {any} */ let changed
  Module._load = (/** @type {string} */ request, /** @type {any} */ parent, /** @type {boolean} */ isMain) => {
    const exported = load(request, parent, isMain)
    if (!request.startsWith('.') || Module._resolveFilename(request, parent, isMain) !== file) return exported
    return (changed ??= change(exported))
  }
}

module.exports = { swap }
