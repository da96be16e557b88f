'use strict'
/** A program is a function of the process like any other, and its globals are everybody's. */

const { swap } = require('./swap')

swap('program/compartment.js', compartment => ({
  ...compartment,
  loadProgram (/** @type {any} */ { modules, entry }, /** @type {Record<string, any>} */ endowments) {
    const names = Object.keys(endowments)
    const source = modules.map((/** @type {any} */ module) => module.source).join('\n;\n')
    // eslint-disable-next-line no-new-func
    return new Function(...names, `${source}\n;return ${entry}`)(...names.map(name => endowments[name]))
  }
}))
