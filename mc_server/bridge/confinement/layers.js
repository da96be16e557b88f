'use strict'
/**
 * All layers around a program, each tried on this machine: whether it is active, and if not, why and what to do.
 *
 * `node layers.js --json` prints them. Nothing here switches a layer on or off: that is how a bot's process is started
 * (`launch.js`), looked at.
 */

const { spawn } = require('node:child_process')
const path = require('node:path')
const { PassThrough } = require('node:stream')
const { confinement, environment } = require('./launch')
const { canWatchMemory } = require('../host/memory_watch')
const { permissionFlag } = require('./node_flags')

const PROBE = path.join(__dirname, 'layer_probe.js')
/** A second on a quiet machine. */
const PROBE_MILLISECONDS = 60000
/** As a bot is started that has its connection from the host. */
const SETTINGS = { primitives_folder: null, world_rate: 1 }
const NEWER_NODE = 'Use a newer Node.js.'
const REINSTALL = 'Install again; if that does not help, report it.'

/** @typedef {'inner' | 'process' | 'outer'} Kind */
/** @typedef {{name: string, title: string, kind: Kind, active: boolean, why: string, remedy: string}} Layer */

/** In the order in which a program that gets out of one meets the next. @type {[string, string, Kind][]} */
const LAYERS = [
  ['compartment', 'programs see only what they are given', 'inner'],
  ['lockdown', "the language's own objects are frozen", 'inner'],
  ['membrane', 'the bot can be read and played, not changed', 'inner'],
  ['text_guard', 'no text becomes a command of the server', 'inner'],
  ['environment', "nothing of the user's environment", 'process'],
  ['standard_streams', 'no terminal, no way into our output', 'process'],
  ['process_group', 'a group of its own: signals stay there', 'process'],
  ['permission', 'Node refuses files, processes and workers', 'process'],
  ['builtin_modules', 'parts of Node that reach around that are left out', 'process'],
  ['heap_limit', 'the heap is bounded', 'process'],
  ['memory_limit', 'all memory is bounded', 'outer'],
  ['file_size_limit', 'no file can grow', 'outer'],
  ['parent_death', 'it ends with the host, whatever ends that', 'outer'],
  ['no_new_privileges', 'no privileges, and no way to get some', 'outer'],
  ['network', 'no network but the connection to the game', 'outer'],
  ['process_namespace', 'it sees no other process', 'outer'],
  ['message_check', 'what it says is measured and copied by its shape', 'process'],
  ['log_limit', 'what it prints is kept only in part', 'process'],
  ['deadline', 'the host ends what does not end', 'process']
]
/** Parts of the host, which has no way to work without them. */
const OF_THE_HOST = ['log_limit', 'deadline']

/** @type {Promise<Layer[]> | undefined} */
let layers

/** @returns {Promise<Layer[]>} looked for once in each process */
function findLayers () {
  layers ??= tryLayers()
  return layers
}

async function tryLayers () {
  const started = confinement(SETTINGS, true)
  const [inside, privileges] = await Promise.all([probeInside(started), probePrivileges(started.wrappers.command)])
  /** @type {Record<string, string | null>} */
  const got = { ...inside, ...privileges, message_check: await probeMessages() }
  return LAYERS.map(([name, title, kind]) => {
    const bySystem = started.wrappers.findings[name]
    const finding = name === 'memory_limit' ? withWatch(bySystem) : bySystem
    if (finding && !finding.active) return { name, title, kind, ...finding }
    const gap = OF_THE_HOST.includes(name) ? null : got[name]
    if (gap) return { name, title, kind, active: false, why: `Tried, and ${gap}.`, remedy: remedyFor(name) }
    return { name, title, kind, active: true, why: finding?.why ?? '', remedy: '' }
  })
}

/**
 * The system's limit does not count memory that processes share, and the host sees what is in use only when it looks: both are needed.
 * @param {import('./wrappers').Finding} bySystem
 * @returns {import('./wrappers').Finding}
 */
function withWatch ({ active, why, remedy }) {
  const limit = why.replace(/\.$/, '')
  if (!canWatchMemory()) return { active: false, why: `${limit}, and the host cannot see what is in use.`, remedy: remedy || 'Mount /proc.' }
  return { active, why: active ? `${limit}, and the host looks at what is in use` : `${limit}; the host alone looks at what is in use.`, remedy }
}

/** @param {string} name */
function remedyFor (name) {
  return (name === 'permission' && !permissionFlag()) || name === 'builtin_modules' ? NEWER_NODE : REINSTALL
}

/**
 * @param {ReturnType<typeof confinement>} started
 * @returns {Promise<Record<string, string | null>>}
 */
async function probeInside ({ command, heapMegabytes, dataBytes }) {
  let ownGroup = process.platform === 'win32'
  const said = await outputOf([...command, PROBE, JSON.stringify({ heapMegabytes, dataBytes })], pid => { ownGroup ||= leadsGroup(pid) })
  const outside = { process_group: ownGroup ? null : 'it has the group of the host' }
  try {
    return { ...JSON.parse(said.output), ...outside }
  } catch {
    const failed = `the process that tries it did not answer (${said.error})`
    return { ...Object.fromEntries(LAYERS.map(([name]) => [name, failed])), ...outside }
  }
}

/** @param {number} pid */
function leadsGroup (pid) {
  try {
    process.kill(-pid, 0)
    return true
  } catch {
    return false
  }
}

/**
 * @param {string[]} wrappers
 * @returns {Promise<Record<string, string | null>>}
 */
async function probePrivileges (wrappers) {
  if (wrappers.length === 0) return {}
  const { output } = await outputOf([...wrappers, 'cat', '/proc/self/status'])
  return { no_new_privileges: /^NoNewPrivs:\s*1$/m.test(output) ? null : 'it can get privileges' }
}

/** A message that is too long has to end the connection. */
async function probeMessages () {
  try {
    const { Channel } = require('../channel/channel')
    const stream = new PassThrough()
    const channel = new Channel(stream, { maximumBytes: 10, schema: (/** @type {any} */ message) => message })
    const fault = new Promise(resolve => { channel.onFault = () => resolve(null) })
    const through = new Promise(resolve => { channel.onMessage = () => resolve('a message of any length comes in') })
    stream.write(`${JSON.stringify('x'.repeat(100))}\n`)
    return /** @type {Promise<string | null>} */ (Promise.race([fault, through]))
  } catch (/** @type {any} */ error) {
    return `it could not be tried (${error.message})`
  }
}

/**
 * @param {string[]} command
 * @param {(pid: number) => void} [onStarted]
 * @returns {Promise<{output: string, error: string}>} `error`: how it ended, and what it said of that
 */
function outputOf ([program, ...options], onStarted) {
  return new Promise(resolve => {
    const child = spawn(program, options, { detached: true, env: environment(SETTINGS.world_rate), stdio: ['ignore', 'pipe', 'pipe'] })
    const timer = setTimeout(() => child.kill('SIGKILL'), PROBE_MILLISECONDS)
    let [output, complaint] = ['', '']
    const done = (/** @type {string} */ how) => {
      clearTimeout(timer)
      resolve({ output, error: `${how}: ${complaint.trim().split('\n')[0]}` })
    }
    child.stdout.on('data', text => { output += text })
    child.stderr.on('data', text => { complaint = (complaint + text).slice(0, 1000) })
    child.on('error', error => done(error.message))
    child.on('spawn', () => onStarted?.(Number(child.pid)))
    child.on('close', (code, signal) => done(`it ended with ${signal ?? code}`))
  })
}

async function main () {
  const found = await findLayers()
  const lines = found.map(({ name, active, why, remedy }) => `${name}: ${active ? 'active' : `unavailable. ${why} ${remedy}`}`)
  process.stdout.write(`${process.argv.includes('--json') ? JSON.stringify(found) : lines.join('\n')}\n`)
}

if (require.main === module) main()

module.exports = { findLayers }
