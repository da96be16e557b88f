'use strict'
/**
 * How a bot's process is started: confined by Node's permissions, with nothing of our environment, and bound to our life.
 *
 * What the machine does not offer (setpriv and prlimit are Linux tools) is left out.
 */

const { spawn, spawnSync } = require('node:child_process')
const fs = require('node:fs')
const path = require('node:path')

const ROOM = path.join(__dirname, '..')
const CLOCK = path.join(ROOM, 'clock.js')
const HEAP_MEGABYTES = 512
/** A world beside the bot takes more. */
const SIMULATION_HEAP_MEGABYTES = 1024
/** Buffers are outside the heap; this bounds what the process can hold in all. */
const DATA_BYTES = 2_000_000_000

/** @type {string[] | undefined} */
let wrapper

/** @returns {string[]} the command that ties a process to its parent's life and bounds its memory */
function wrapperCommand () {
  if (wrapper) return wrapper
  const parts = [['setpriv', '--pdeathsig', 'KILL'], ['prlimit', `--data=${DATA_BYTES}`]]
    .map(([tool, ...options]) => [pathOf(tool), ...options])
  const works = (/** @type {string[]} */ [tool, ...options]) => process.platform === 'linux' &&
    spawnSync(tool, [...options, pathOf('true')], { stdio: 'ignore', timeout: 5000 }).status === 0
  wrapper = parts.filter(works).flat()
  return wrapper
}

/**
 * @param {string} tool
 * @returns {string} where it is, since the bot's process has no PATH to find it by; the name itself when it is nowhere
 */
function pathOf (tool) {
  const folders = (process.env.PATH ?? '').split(path.delimiter)
  return folders.map(folder => path.join(folder, tool)).find(file => path.isAbsolute(file) && fs.existsSync(file)) ?? tool
}

/**
 * Nothing of our environment but what the system's own libraries need.
 * @param {number | 'max'} worldRate
 * @returns {NodeJS.ProcessEnv}
 */
function environment (worldRate) {
  const { SystemRoot } = process.env
  return { WORLD_RATE: String(worldRate), ...(SystemRoot ? { SystemRoot } : {}) }
}

/**
 * @param {string} folder
 * @returns {string[]} the folder as it is named and as it is on the disk, which the permissions tell apart
 */
function bothPaths (folder) {
  return [...new Set([path.resolve(folder), fs.realpathSync(folder)])]
}

/**
 * @param {{primitives_folder: string | null, world_rate: number | 'max'}} settings `max`: the process holds the world as well
 * @returns {import('node:child_process').ChildProcess} with piped output and an IPC channel
 */
function startBotProcess (settings) {
  const simulated = settings.world_rate === 'max'
  const readable = [ROOM, path.join(ROOM, 'node_modules'), ...(settings.primitives_folder ? [settings.primitives_folder] : [])].flatMap(bothPaths)
  const node = [
    process.execPath,
    '--permission',
    ...[...new Set(readable)].map(folder => `--allow-fs-read=${folder}${path.sep}*`),
    `--max-old-space-size=${simulated ? SIMULATION_HEAP_MEGABYTES : HEAP_MEGABYTES}`,
    '--max-semi-space-size=4',
    '--no-warnings',
    ...(fs.existsSync(CLOCK) ? ['--require', CLOCK] : []),
    simulated ? path.join(ROOM, 'simulation', 'main.js') : path.join(__dirname, 'bot.js')
  ]
  const [command, ...args] = [...wrapperCommand(), ...node]
  return spawn(command, args, {
    detached: true,
    env: environment(settings.world_rate),
    stdio: ['ignore', 'pipe', 'pipe', 'ipc']
  })
}

module.exports = { startBotProcess }
