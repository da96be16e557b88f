'use strict'
/** Runs code in the bot's own process, as code that has left the compartment would run; only tests have it. */

const vm = require('node:vm')

/**
 * @param {any} context of a primitive
 * @param {string} source the body of an async function that is given `require` and `context`
 */
async function escape (context, source) {
  const run = vm.runInThisContext(`(async (require, context) => {${source}\n})`, {
    importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER
  })
  return run(require, context)
}

module.exports = { escape }
