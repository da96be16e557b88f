'use strict'
/** A program gets the bot itself. */

const { swap } = require('./swap')

swap('membrane/membrane.js', exported => ({
  ...exported,
  Membrane: class extends exported.Membrane {
    out (/** @type {any} */ value) { return value }
    in (/** @type {any} */ value) { return value }
    outError (/** @type {any} */ error) { return error }
  }
}))
