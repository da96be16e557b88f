'use strict'
/**
 * What Node is told when it runs a bot: what it may read, how large its heap may grow, and which of its own parts it does without.
 *
 * A flag that this Node does not know is left out. Not covered: what the system is told (`wrappers.js`).
 */

const fs = require('node:fs')
const path = require('node:path')

const ROOM = path.join(__dirname, '..', '..')
const CLOCK = path.join(ROOM, 'clock.js')
const WITHOUT_PARTS = path.join(__dirname, 'without_parts.js')
const WITHOUT_CONNECTIONS = path.join(__dirname, 'without_connections.js')
/** Parts of Node that reach around its permissions, and that no bot needs. Writing files by node:sqlite is one of them. */
const PARTS_LEFT_OUT = [
  '--no-experimental-sqlite',
  '--no-addons',
  '--disable-sigusr1', // which would open the inspector
  '--no-experimental-websocket',
  '--no-experimental-eventsource',
  '--no-experimental-webstorage',
  '--no-experimental-require-module',
  '--no-experimental-detect-module',
  '--no-strip-types',
  '--no-global-search-paths'
]
/** As it is called now, and as it was when Node 22 was new. */
const PERMISSION_FLAGS = ['--permission', '--experimental-permission']

/** @param {string} flag */
function known (flag) {
  return process.allowedNodeEnvironmentFlags.has(flag)
}

/** @returns {string | undefined} */
function permissionFlag () {
  return PERMISSION_FLAGS.find(known)
}

/**
 * @param {string} folder
 * @returns {string[]} the folder as it is named and as it is on the disk, which the permissions tell apart
 */
function bothPaths (folder) {
  return [...new Set([path.resolve(folder), fs.realpathSync(folder)])]
}

/**
 * @param {object} options
 * @param {string[]} options.folders that may be read besides our code and its packages
 * @param {number} options.heapMegabytes
 * @param {boolean} options.network whether the process makes its connections itself
 * @returns {string[]}
 */
function nodeFlags ({ folders, heapMegabytes, network }) {
  const permission = permissionFlag()
  const readable = new Set([ROOM, path.join(ROOM, 'node_modules'), ...folders].flatMap(bothPaths))
  return [
    ...(permission ? [permission, ...[...readable].map(folder => `--allow-fs-read=${folder}${path.sep}*`)] : []),
    ...(permission && network && known('--allow-net') ? ['--allow-net'] : []),
    ...PARTS_LEFT_OUT.filter(known),
    `--max-old-space-size=${heapMegabytes}`,
    '--max-semi-space-size=4',
    '--no-warnings',
    '--require', WITHOUT_PARTS,
    ...(network ? [] : ['--require', WITHOUT_CONNECTIONS]),
    ...(fs.existsSync(CLOCK) ? ['--require', CLOCK] : [])
  ]
}

module.exports = { PARTS_LEFT_OUT, known, nodeFlags, permissionFlag }
