'use strict'
/** A thread that reads sources and nothing else: a source that takes too long costs the thread, not the host. See `source_reader.js`. */

const { parentPort } = require('node:worker_threads')
const { botReference } = require('./bot_reference')
const { readSource } = require('./program_source')

parentPort?.on('message', ({ id, source }) => {
  try {
    parentPort?.postMessage({ id, value: source === null ? botReference() : readSource(source) })
  } catch (/** @type {any} */ error) {
    parentPort?.postMessage({ id, message: String(error?.message ?? error).slice(0, 1000) })
  }
})
