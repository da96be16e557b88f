'use strict'
/**
 * Runs Mineflayer's own external tests against the embedded server: `node run.js CHECKOUT [--only NAME,NAME] [--attempts N]`.
 *
 * CHECKOUT is a checkout of Mineflayer; its tests and examples are run with the Mineflayer that is installed here, at normal
 * speed, on level ground. What they write to the console of the original server goes to ours as a command. Prints a table:
 * passed, failed with the reason, or out of scope with the reason (`out_of_scope.js`). Nothing of the tests is kept here.
 */

process.env.WORLD_RATE = '1'

const fs = require('node:fs')
const Module = require('node:module')
const os = require('node:os')
const path = require('node:path')
const { Console } = require('node:console')
const { once } = require('node:events')
const { PassThrough } = require('node:stream')
const { parseArgs } = require('node:util')
const { TestServer, within, requireFromServer, packageFolder } = require('../mc_server/embedded_harness')
const { OUT_OF_SCOPE } = require('./out_of_scope')

const TEST_TIMEOUT_MILLISECONDS = 90000
const SPAWN_TIMEOUT_MILLISECONDS = 30000
const USERNAME = 'flatbot'
const VERSION = '1.20.4'
/** Tests that start other programs come last, as in Mineflayer. */
const LAST = /^example/

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { only: { type: 'string' }, attempts: { type: 'string', default: '2' }, verbose: { type: 'boolean', default: false } }
})

/**
 * A folder that looks like Mineflayer's own, with the checkout's tests and examples over the installed library.
 * @returns {string}
 */
function layOut (/** @type {string} */ checkout) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'external-tests-'))
  const installed = path.join(packageFolder, 'node_modules', 'mineflayer')
  for (const part of ['test', 'examples']) fs.cpSync(path.join(checkout, part), path.join(folder, part), { recursive: true })
  for (const part of ['lib', 'index.js', 'package.json']) fs.symlinkSync(path.join(installed, part), path.join(folder, part))
  fs.symlinkSync(path.join(packageFolder, 'node_modules'), path.join(folder, 'node_modules'))
  return folder
}

/** What tests find where Mineflayer's have the original server: a console that takes lines. */
const consoleOf = (/** @type {any} */ server) => ({
  writeServer: (/** @type {string} */ line) => { server.operate('command', { text: line.trim() }).catch(() => {}) }
})

class Runner {
  /**
   * @param {string} folder
   * @param {any} server a TestServer
   */
  constructor (folder, server) {
    this.folder = folder
    this.server = server
    /** @type {any} */
    this.bot = null
  }

  async connect () {
    const prepare = require(path.join(this.folder, 'test', 'externalTests', 'plugins', 'testCommon'))
    const options = { username: USERNAME, viewDistance: 'tiny', port: this.server.port, host: '127.0.0.1', version: VERSION }
    this.bot = requireFromServer('mineflayer').createBot(options)
    this.bot.on('error', () => {})
    prepare(this.bot, consoleOf(this.server))
    this.bot.test.port = this.server.port
    await within(SPAWN_TIMEOUT_MILLISECONDS, once(this.bot, 'spawn'), 'the bot to spawn')
  }

  /** @returns {Promise<string>} why the test failed; empty when it passed */
  async attempt (/** @type {string} */ name, /** @type {(bot: any, done: () => void) => any} */ run) {
    const { bot } = this
    /** @type {((error: any) => void) | undefined} */
    let listener
    try {
      const fault = new Promise((resolve, reject) => { listener = reject })
      process.once('uncaughtException', /** @type {any} */ (listener))
      const play = bot.test.resetState().then(() => {
        bot.test.sayEverywhere(`### Starting ${name}`)
        return new Promise((resolve, reject) => Promise.resolve(run(bot, () => resolve(undefined))).then(resolve, reject))
      })
      await within(TEST_TIMEOUT_MILLISECONDS, Promise.race([play, fault]), 'the test to end')
      return ''
    } catch (/** @type {any} */ error) {
      return String(error?.message ?? error).split('\n').slice(0, 4).join(' ').slice(0, 300)
    } finally {
      if (listener) process.removeListener('uncaughtException', listener)
    }
  }

  /** Runs a test in a connection of its own, again when it failed. @returns {Promise<string>} */
  async run (/** @type {string} */ name, /** @type {(bot: any, done: () => void) => any} */ test) {
    let reason = ''
    for (let attempt = 0; attempt < Number(values.attempts); attempt++) {
      try {
        await this.connect()
        reason = await this.attempt(name, test)
      } catch (/** @type {any} */ error) {
        reason = String(error.message)
      }
      this.bot.end()
      await once(this.bot, 'end').catch(() => {})
      const faults = this.server.errors.splice(0)
      if (faults.length > 0) reason ||= faults[0].message
      if (!reason) return ''
    }
    return reason
  }
}

/** @returns {[string, (bot: any, done: () => void) => any][]} the tests of a file by name */
function testsOf (/** @type {string} */ file, /** @type {string} */ name) {
  const found = require(file)(VERSION)
  if (typeof found === 'function') return [[name, found]]
  return Object.entries(found).filter(([, test]) => test).map(([part, test]) => [`${name} ${part}`, test])
}

const print = (/** @type {string[]} */ ...cells) => process.stdout.write(`| ${cells.join(' | ')} |\n`)

async function main () {
  const checkout = positionals[0]
  if (!checkout || !fs.existsSync(path.join(checkout, 'test', 'externalTests'))) throw new Error('Name a checkout of Mineflayer.')
  if (!values.verbose) globalThis.console = new Console(new PassThrough().resume())
  // A test may let a promise of its own fail on purpose.
  process.on('unhandledRejection', () => {})
  const folder = layOut(checkout)
  // The tests ask for `mineflayer` by its name, and start examples with `node` from where they are.
  process.chdir(folder)
  process.env.PATH = `${path.dirname(process.execPath)}${path.delimiter}${process.env.PATH}`
  const internals = /** @type {any} */ (Module)
  const resolve = internals._resolveFilename
  internals._resolveFilename = (/** @type {string} */ request, /** @type {any[]} */ ...rest) =>
    resolve(request === 'mineflayer' ? path.join(packageFolder, 'node_modules', 'mineflayer') : request, ...rest)
  const server = await TestServer.start(undefined, 1, ['--flat', '--view-distance', '6'])
  // As the original server is set up for these tests.
  for (const text of ['gamerule doMobSpawning false', 'defaultgamemode creative']) await server.operate('command', { text })
  const runner = new Runner(folder, server)
  const tests = path.join(folder, 'test', 'externalTests')
  const names = fs.readdirSync(tests).filter(file => file.endsWith('.js')).map(file => path.basename(file, '.js'))
  names.sort((a, b) => Number(LAST.test(a)) - Number(LAST.test(b)) || (a < b ? -1 : 1))
  print('test', 'result', 'seconds', 'reason')
  print('---', '---', '---', '---')
  let failures = 0
  const wanted = values.only?.split(',')
  for (const name of names.filter(each => !wanted || wanted.includes(each))) {
    if (name in OUT_OF_SCOPE && !wanted) {
      print(name, 'out of scope', '', OUT_OF_SCOPE[name])
      continue
    }
    for (const [title, test] of testsOf(path.join(tests, `${name}.js`), name)) {
      const started = Date.now()
      const reason = await runner.run(title, test)
      if (reason) failures++
      print(title, reason ? 'failed' : 'passed', ((Date.now() - started) / 1000).toFixed(1), reason)
    }
  }
  await server.stop()
  fs.rmSync(folder, { recursive: true, force: true })
  process.exit(failures > 0 ? 1 : 0)
}

main().catch(error => {
  process.stderr.write(`${error.stack}\n`)
  process.exit(2)
})
