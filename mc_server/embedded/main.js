'use strict'
/**
 * The embedded server as a process: `node -r ../clock.js main.js --world-folder F --seed N --port P`.
 *
 * Standard input and output belong to the parent (`control_channel.js`); everything that libraries print goes to standard
 * error. Ends when its input ends, on SIGTERM, and when asked to; each time the world is saved first. Ctrl-C is left to the parent.
 */

const { PassThrough } = require('node:stream')
const { Console } = require('node:console')

const parentInput = process.stdin
const parentOutput = process.stdout
// flying-squid reads commands from standard input and prints to standard output: give it others.
Object.defineProperty(process, 'stdin', { value: new PassThrough() })
Object.defineProperty(process, 'stdout', { value: process.stderr })
globalThis.console = new Console(process.stderr, process.stderr)

const { rate } = require('../clock')
const { ControlChannel } = require('./control_channel')
const { EmbeddedServerError } = require('./errors')
const { readOptions } = require('./options')
const { startServer } = require('./server')
const { createOperations, createTestOperations } = require('./operations')

/** Exit code of a server that could not start. */
const EXIT_NOT_STARTED = 3
const EXIT_NOT_SAVED = 4
/** The parent may be gone, so nothing may keep the process for longer. */
const STOP_TIMEOUT_MILLISECONDS = 10000
const MOST_FAULTS_REPORTED = 20

const channel = new ControlChannel(parentInput, parentOutput)
let faults = 0

/** A fault of ours: reported and survived. */
function reportFault (/** @type {any} */ error) {
  console.error(error)
  faults++
  if (faults <= MOST_FAULTS_REPORTED) {
    channel.event('error', { code: 'fault', message: `A fault in the embedded server: ${error?.message ?? error}` })
  }
}

async function main () {
  process.on('uncaughtException', reportFault)
  process.on('unhandledRejection', reportFault)
  process.on('SIGINT', () => {})
  const options = readOptions(process.argv.slice(2))
  if (options.worldRate !== rate) {
    throw new EmbeddedServerError('bad_arguments',
      `Time runs at rate ${rate}, not ${options.worldRate}: set WORLD_RATE=${options.worldRate} and load clock.js first (-r).`)
  }
  const server = await startServer(options)
  const { game } = server
  game.events.on('fault', reportFault)
  game.events.on('save_failed', data => channel.event('error', { code: 'not_saved', ...data }))
  for (const name of ['save_recovered', 'joined', 'left', 'death']) game.events.on(name, data => channel.event(name, data))

  let stopping = false
  const stop = async () => {
    if (stopping) return
    stopping = true
    setTimeout(() => process.exit(EXIT_NOT_SAVED), STOP_TIMEOUT_MILLISECONDS).unref()
    try {
      await server.stop()
      process.exit(0)
    } catch (error) {
      channel.event('error', { code: 'not_saved', message: game.saving.failureMessage(error) })
      process.exit(EXIT_NOT_SAVED)
    }
  }
  process.on('SIGTERM', stop)
  const operations = {
    ...createOperations(game),
    ...(options.allowTestOperations ? createTestOperations(game) : {}),
    stop: () => { setImmediate(stop) }
  }
  channel.serve(operations, stop)
  channel.event('ready', { port: server.port, version: game.version, seed: options.seed })
}

main().catch(error => {
  const code = error.code && error.name === 'EmbeddedServerError' ? error.code : 'not_started'
  console.error(error)
  channel.event('error', { code, message: error.message })
  parentOutput.write('', () => process.exit(EXIT_NOT_STARTED))
})
