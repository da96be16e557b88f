'use strict'

/** The embedded server as a child process that answers operations for tests; within this one where its time is simulated. */

const { spawn } = require('node:child_process')
const { mkdtempSync, rmSync } = require('node:fs')
const os = require('node:os')
const path = require('node:path')
const readline = require('node:readline')

const serverFolder = path.resolve(__dirname, '..', '..', 'mc_server')
const { simulation } = require('../../mc_server/clock')

/**
 * Start a new world on a free port.
 * @param {{seed?: number}} [options]
 * @returns {Promise<{address: object, operate: (op: string, request?: any) => Promise<any>, stop: () => Promise<void>}>}
 *   `address` are options of Mineflayer
 */
async function startEmbeddedServer ({ seed = 1 } = {}) {
  if (simulation) return startSimulatedServer(seed)
  const worldFolder = mkdtempSync(path.join(os.tmpdir(), 'primitives-'))
  const child = spawn(process.execPath, [
    '-r', path.join(serverFolder, 'clock.js'), path.join(serverFolder, 'embedded', 'main.js'),
    '--world-folder', worldFolder, '--seed', String(seed), '--allow-test-operations'
  ], { stdio: ['pipe', 'pipe', 'ignore'] })
  const closed = new Promise(resolve => child.once('exit', resolve))
  /** @type {Map<number, {resolve: Function, reject: Function}>} */
  const pending = new Map()
  let nextId = 1
  const ready = new Promise((resolve, reject) => {
    child.once('exit', code => reject(new Error(`The embedded server ended with code ${code}.`)))
    readline.createInterface({ input: child.stdout }).on('line', line => {
      const start = line.indexOf('{')
      if (start < 0) return
      const message = JSON.parse(line.slice(start))
      if (message.event === 'ready') resolve(message.port)
      const waiting = pending.get(message.id)
      pending.delete(message.id)
      if (waiting && message.ok) waiting.resolve(message.value)
      else if (waiting) waiting.reject(new Error(message.message))
    })
  })
  const operate = (/** @type {string} */ op, request = {}) => new Promise((resolve, reject) => {
    const id = nextId++
    pending.set(id, { resolve, reject })
    child.stdin.write(JSON.stringify({ id, op, ...request }) + '\n')
  })
  const stop = async () => {
    child.stdin.end()
    await closed
    rmSync(worldFolder, { recursive: true, force: true })
  }
  return { address: { host: '127.0.0.1', port: Number(await ready) }, operate, stop }
}

async function startSimulatedServer (/** @type {number} */ seed) {
  const { TestServer } = require('../mc_server/embedded_harness')
  const server = /** @type {any} */ (await TestServer.start(undefined, seed))
  return {
    address: server.world.clientOptions(),
    operate: (/** @type {string} */ op, request = {}) => server.operate(op, request),
    stop: () => server.stop()
  }
}

module.exports = { startEmbeddedServer }
