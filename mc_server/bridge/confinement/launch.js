'use strict'
/**
 * How a bot's process is started: confined by the system's tools and Node's permissions, with nothing of our environment, bound
 * to our life, and with no network but the one connection it is handed.
 *
 * What the machine does not offer is left out here, and told by `layers.js`.
 */

const { spawn } = require('node:child_process')
const path = require('node:path')
const { nodeFlags } = require('./node_flags')
const { outerWrappers } = require('./wrappers')

const SIMULATION_MAIN = path.join(__dirname, '..', '..', 'simulation', 'main.js')
const BOT_MAIN = path.join(__dirname, '..', 'bot', 'bot.js')
/** A bot that plays had 135 MB in memory, heap and all else. */
const HEAP_MEGABYTES = 512
/** A world beside the bot takes more: 180 MB when it was new, and it grows with what is changed in it. */
const SIMULATION_HEAP_MEGABYTES = 1024
/**
 * Buffers are outside the heap, and count with it towards what `prlimit --data` bounds. Of that Node 24 takes 580 MB before it
 * does anything, most of it room for code that it does not use, a bot that plays 640 MB, a simulation 685 MB. So with its heap
 * full a bot still has some 160 MB for buffers.
 */
const DATA_MEGABYTES_BESIDE_HEAP = 800

/** @typedef {{primitives_folder: string | null, reflexes_folder?: string | null, world_rate: number | 'max'}} LaunchSettings */

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
 * @param {LaunchSettings} settings
 * @param {boolean} ownNetwork whether the process may do without the machine's network
 * @returns what starts the process, but for the script
 */
function confinement ({ primitives_folder: primitives, reflexes_folder: reflexes, world_rate: rate }, ownNetwork) {
  const heapMegabytes = rate === 'max' ? SIMULATION_HEAP_MEGABYTES : HEAP_MEGABYTES
  const dataBytes = (heapMegabytes + DATA_MEGABYTES_BESIDE_HEAP) * 2 ** 20
  const wrappers = outerWrappers({ separateNetwork: ownNetwork, dataBytes })
  const flags = nodeFlags({ folders: [primitives, reflexes].filter(folder => typeof folder === 'string'), heapMegabytes, network: !ownNetwork })
  return { wrappers, heapMegabytes, dataBytes, command: [...wrappers.command, process.execPath, ...flags] }
}

/**
 * @param {LaunchSettings} settings `max`: the process holds the world as well
 * @param {import('node:net').Socket | null} [gameSocket] handed over as its fourth descriptor; it then gets no other network
 * @returns {import('node:child_process').ChildProcess} with piped output, and the channel as its descriptor 3
 */
function startBotProcess (settings, gameSocket = null) {
  const simulated = settings.world_rate === 'max'
  const { command: [program, ...options] } = confinement(settings, simulated || gameSocket !== null)
  return spawn(program, [...options, simulated ? SIMULATION_MAIN : BOT_MAIN], {
    detached: true,
    env: environment(settings.world_rate),
    stdio: ['ignore', 'pipe', 'pipe', 'pipe', gameSocket ?? 'ignore']
  })
}

module.exports = { confinement, environment, startBotProcess }
