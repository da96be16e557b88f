'use strict'
/** A thread that reads sources and nothing else: a source that takes too long costs the thread, not the host. See `source_reader.js`. */

const { parentPort } = require('node:worker_threads')
const { botReference } = require('./bot_reference')
const { readSource } = require('./program_source')
const { shapeOf } = require('./shape')

/** @typedef {{type: 'bot'} | {type: 'facts', source: string} | {type: 'shape', source: string, entry: string, constants: string[]}} Question */

/** @param {Question} question */
function answerTo (question) {
  if (question.type === 'bot') return botReference()
  if (question.type === 'facts') return readSource(question.source)
  return shapeOf(question.source, question.entry, question.constants)
}

parentPort?.on('message', ({ id, question }) => {
  try {
    parentPort?.postMessage({ id, value: answerTo(question) })
  } catch (/** @type {any} */ error) {
    parentPort?.postMessage({ id, message: String(error?.message ?? error).slice(0, 1000) })
  }
})
