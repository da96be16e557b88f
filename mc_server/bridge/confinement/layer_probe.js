'use strict'
/**
 * Started just as a bot's process is, it tries what its layers should prevent and prints, as one JSON text, which of them held:
 * `{layer: null | what got through}`.
 */

const dgram = require('node:dgram')
const { EventEmitter } = require('node:events')
const fs = require('node:fs')
const net = require('node:net')
const path = require('node:path')
const tty = require('node:tty')
const v8 = require('node:v8')

/** A heap may be somewhat larger than its old generation, which is what has a limit. */
const HEAP_ALLOWANCE = 1.5
/** Windows does not start a process without these, whatever it is given. */
const OF_WINDOWS = ['HOMEDRIVE', 'HOMEPATH', 'LOGONSERVER', 'PATH', 'SYSTEMDRIVE', 'SYSTEMROOT', 'TEMP', 'USERDOMAIN', 'USERNAME', 'USERPROFILE', 'WINDIR']
const STANDARD_STREAMS = [0, 1, 2]
/** Nothing has to be there: whether there is a way is known before. */
const DISCARD_PORT = 9

/** @type {Record<string, (limits: {heapMegabytes: number, dataBytes: number}) => string | null | Promise<string | null>>} */
const PROBES = {
  lockdown () {
    require('../program/lockdown')
    return [Object, Array, Function, Promise, Error].every(({ prototype }) => Object.isFrozen(prototype)) ? null : 'the language can be changed'
  },
  async compartment () {
    const { loadProgram } = require('../program/compartment')
    const attempts = ['typeof process', 'typeof require', '(() => {}).constructor("return typeof process")()']
    for (const attempt of attempts) {
      const source = `async function main () { try { return ${attempt} } catch { return 'undefined' } }`
      const reached = await loadProgram({ modules: [{ name: 'main', source }], entry: 'main' }, {})()
      if (reached !== 'undefined') return `a program reached ${attempt}`
    }
    return null
  },
  membrane () {
    const { bot } = botBehindMembrane()
    if (bot._client !== undefined || bot.quit !== undefined) return 'a program reached the connection'
    return refused(() => { bot.username = 'other' }) ? null : 'a program changed the bot'
  },
  text_guard () {
    const { bot, said } = botBehindMembrane()
    return refused(() => bot.chat('/give')) && said.length === 0 ? null : 'a program gave a command'
  },
  environment () {
    const allowed = ['WORLD_RATE', ...(process.platform === 'win32' ? OF_WINDOWS : [])]
    const got = Object.keys(process.env).filter(name => !allowed.includes(name.toUpperCase()))
    return got.length === 0 ? null : `it was given ${got.join(', ')}`
  },
  standard_streams () {
    return STANDARD_STREAMS.some(tty.isatty) ? 'it has a terminal' : null
  },
  permission () {
    if (!refused(() => fs.readFileSync(process.execPath))) return 'it read a file that it was not given'
    return refused(() => require('node:child_process').spawnSync(process.execPath, ['--version'])) ? null : 'it started a process'
  },
  builtin_modules () {
    if (!refused(() => require('node:sqlite'))) return 'it has node:sqlite'
    if ('WebAssembly' in globalThis) return 'it has WebAssembly'
    return 'getBuiltinModule' in process ? 'it can load any module of Node' : null
  },
  heap_limit ({ heapMegabytes }) {
    const megabytes = Math.round(v8.getHeapStatistics().heap_size_limit / 2 ** 20)
    return megabytes <= heapMegabytes * HEAP_ALLOWANCE ? null : `its heap may grow to ${megabytes} MB`
  },
  memory_limit ({ dataBytes }) {
    return systemLimits().data_seg_size_bytes.soft <= dataBytes ? null : 'it may take more memory'
  },
  file_size_limit () {
    const { file_size_blocks: file, core_file_size_blocks: core } = systemLimits()
    return file.hard === 0 && core.hard === 0 ? null : 'it may write files'
  },
  process_namespace () {
    return process.pid === 1 ? null : 'it can name other processes'
  },
  async network () {
    /** @type {string} */
    const byPath = await new Promise(resolve => net.connect({ path: path.join(__dirname, 'no-socket-here') }).on('error', (/** @type {any} */ error) => resolve(error.code)))
    if (byPath !== 'ERR_ACCESS_DENIED') return `it may reach sockets that have a path (${byPath})`
    const code = await new Promise(resolve => dgram.createSocket('udp4').send('?', DISCARD_PORT, '127.0.0.1', (/** @type {any} */ error) => resolve(error?.code)))
    return code === 'ENETUNREACH' ? null : `it could reach this machine (${code ?? 'no error'})`
  }
}

/** @param {() => any} attempt */
function refused (attempt) {
  try {
    attempt()
    return false
  } catch {
    return true
  }
}

/** @returns {{bot: any, said: string[]}} a bot as a program has it, and what it said */
function botBehindMembrane () {
  const { Membrane } = require('../membrane/membrane')
  /** @type {string[]} */
  const said = []
  const bot = Object.assign(new EventEmitter(), {
    username: 'probe', _client: {}, quit: () => {}, chat: (/** @type {string} */ text) => { said.push(text) }
  })
  const membrane = new Membrane({ bot, onListenerError: () => {} })
  return { bot: membrane.out(bot), said }
}

/** @returns {any} */
function systemLimits () {
  const report = /** @type {any} */ (process.report)
  report.excludeNetwork = true
  return report.getReport().userLimits
}

/** @param {any} limits */
async function main (limits) {
  /** @type {Record<string, string | null>} */
  const results = {}
  for (const [layer, probe] of Object.entries(PROBES)) {
    try {
      results[layer] = await probe(limits)
    } catch (/** @type {any} */ error) {
      results[layer] = `it could not be tried (${error?.message ?? error})`
    }
  }
  process.stdout.write(JSON.stringify(results), () => process.exit(0))
}

main(JSON.parse(process.argv[2]))
