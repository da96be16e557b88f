'use strict'
/** What a program holds is left to it when it has ended. */

const { swap } = require('./swap')

/** @param {string} name */
const keeping = name => (/** @type {any} */ exported) => ({
  ...exported, [name]: class extends exported[name] { dispose () {} }
})

swap('program/cleanup.js', cleanup => ({ ...cleanup, stopAll: () => {}, tidyUp: async () => {} }))
swap('program/program_timers.js', keeping('ProgramTimers'))
swap('membrane/membrane.js', keeping('Membrane'))
