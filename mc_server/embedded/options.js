'use strict'
/** Reads the command line of the embedded server. */

const { parseArgs } = require('node:util')
const { EmbeddedServerError } = require('./errors')
const { DIFFICULTIES } = require('./game_rules')

/**
 * @typedef {object} Options
 * @property {string} worldFolder where the world is kept
 * @property {number} seed
 * @property {number} port 0: any free one
 * @property {string} host address to listen at
 * @property {number} viewDistance columns sent around a player
 * @property {number} worldRate how many times faster than normal time runs
 * @property {'peaceful' | 'easy' | 'normal' | 'hard'} [difficulty] the world's own when it is missing, normal for a new one
 * @property {boolean} allowTestOperations whether give, teleport and the like are answered
 * @property {boolean} [flat] whether the land is level grass, for tests
 */

/** @returns {Options} */
function readOptions (/** @type {string[]} */ argv) {
  const values = parse(argv)
  if (!values['world-folder']) {
    throw new EmbeddedServerError('bad_arguments', 'Say where the world is kept: --world-folder FOLDER.')
  }
  return {
    worldFolder: values['world-folder'],
    seed: integer(values.seed, 'seed', -(2 ** 31), 2 ** 31 - 1),
    port: integer(values.port, 'port', 0, 65535),
    host: values.host,
    viewDistance: integer(values['view-distance'], 'view-distance', 2, 16),
    worldRate: Number(values['world-rate']),
    difficulty: values.difficulty === undefined ? undefined : difficulty(values.difficulty),
    allowTestOperations: values['allow-test-operations'],
    flat: values.flat
  }
}

/** @returns {any} */
function parse (/** @type {string[]} */ argv) {
  try {
    return parseArgs({
      args: argv,
      options: {
        'world-folder': { type: 'string' },
        seed: { type: 'string', default: '1' },
        port: { type: 'string', default: '0' },
        host: { type: 'string', default: '127.0.0.1' },
        'view-distance': { type: 'string', default: '4' },
        'world-rate': { type: 'string', default: process.env.WORLD_RATE || '1' },
        difficulty: { type: 'string' },
        'allow-test-operations': { type: 'boolean', default: false },
        flat: { type: 'boolean', default: false }
      }
    }).values
  } catch (error) {
    throw new EmbeddedServerError('bad_arguments', `The arguments could not be read: ${/** @type {Error} */ (error).message}`)
  }
}

function integer (/** @type {string} */ text, /** @type {string} */ name, /** @type {number} */ low, /** @type {number} */ high) {
  const value = Number(text)
  if (!Number.isInteger(value) || value < low || value > high) {
    throw new EmbeddedServerError('bad_arguments', `--${name} is '${text}'; give a whole number from ${low} to ${high}.`)
  }
  return value
}

/** @returns {Options['difficulty']} */
function difficulty (/** @type {string} */ text) {
  if (!DIFFICULTIES.includes(text)) {
    throw new EmbeddedServerError('bad_arguments', `--difficulty is '${text}'; give one of ${DIFFICULTIES.join(', ')}.`)
  }
  return /** @type {Options['difficulty']} */ (text)
}

module.exports = { readOptions }
