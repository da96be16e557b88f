'use strict'
/** Layers around a bot's process: each is told with its reason, and the game's connection is handed over whole. */

const test = require('node:test')
const assert = require('node:assert/strict')
const { execFile, spawn } = require('node:child_process')
const { once } = require('node:events')
const fs = require('node:fs')
const net = require('node:net')
const os = require('node:os')
const path = require('node:path')
const { promisify } = require('node:util')

const bridge = path.join(__dirname, '..', '..', 'mc_server', 'bridge')
const { BotChild } = require(path.join(bridge, 'host', 'bot_child.js'))
const { openGameSocket } = require(path.join(bridge, 'host', 'game_socket.js'))
const { known, nodeFlags } = require(path.join(bridge, 'confinement', 'node_flags.js'))
const { versionOf } = require(path.join(bridge, 'bot', 'server_version.js'))

const LAYERS = path.join(bridge, 'confinement', 'layers.js')
const NAMES = [
  'compartment', 'lockdown', 'membrane', 'text_guard', 'environment', 'standard_streams', 'process_group', 'permission',
  'builtin_modules', 'heap_limit', 'memory_limit', 'file_size_limit', 'parent_death', 'no_new_privileges', 'network',
  'process_namespace', 'message_check', 'log_limit', 'deadline'
]
const OUTER = ['memory_limit', 'file_size_limit', 'parent_death', 'no_new_privileges', 'network', 'process_namespace']
const linux = process.platform === 'linux'

/** @typedef {{name: string, title: string, kind: string, active: boolean, why: string, remedy: string}} Layer */

/**
 * @param {NodeJS.ProcessEnv} [environment]
 * @returns {Promise<Layer[]>}
 */
async function layers (environment = process.env) {
  const { stdout } = await promisify(execFile)(process.execPath, [LAYERS, '--json'], { env: environment })
  return JSON.parse(stdout)
}

/** @param {Layer[]} found @returns {Map<string, Layer>} */
const byName = found => new Map(found.map(layer => [layer.name, layer]))

test('every layer is told, with a reason where it is not active', async () => {
  const found = await layers()
  assert.deepEqual(found.map(layer => layer.name), NAMES)
  assert.deepEqual(found.filter(layer => layer.kind === 'outer').map(layer => layer.name), OUTER)
  for (const { name, title, active, why } of found) assert.ok(title && (active || why), `${name} says nothing`)
  // What the machine has to offer may be missing; what Node and the language offer may not.
  assert.deepEqual(found.filter(layer => !layer.active && layer.kind !== 'outer'), [])
})

test('a machine without the tools is told so, layer by layer', async () => {
  const found = byName(await layers({ ...process.env, PATH: path.join(os.tmpdir(), 'nothing-here') }))
  for (const name of OUTER) {
    const { active, why, remedy } = /** @type {Layer} */ (found.get(name))
    assert.equal(active, false, name)
    assert.match(why, linux ? /is not on this machine/ : /tool of Linux/)
    assert.equal(remedy, linux ? 'Install util-linux.' : '')
  }
})

test('a tool that is refused is told with what it said', { skip: !linux && 'the tools are of Linux' }, async t => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tools-'))
  t.after(() => fs.rmSync(folder, { recursive: true }))
  fs.writeFileSync(path.join(folder, 'unshare'), '#!/bin/sh\necho "unshare: Operation not permitted" >&2\nexit 1\n', { mode: 0o755 })
  const found = byName(await layers({ ...process.env, PATH: `${folder}:${process.env.PATH}` }))
  for (const name of ['network', 'process_namespace']) {
    const { active, why, remedy } = /** @type {Layer} */ (found.get(name))
    assert.equal(active, false, name)
    assert.match(why, /^unshare --user .* failed: unshare: Operation not permitted\.$/)
    assert.match(remedy, /user namespaces/)
  }
})

test('Node is given only flags that it knows', () => {
  const flags = nodeFlags({ folders: [], heapMegabytes: 100, network: true })
  const own = flags.filter((/** @type {string} */ flag) => flag.startsWith('--')).map((/** @type {string} */ flag) => flag.split('=')[0])
  assert.deepEqual(own.filter((/** @type {string} */ flag) => !known(flag)), [])
  assert.ok(own.includes('--allow-fs-read'))
})

test('a version is chosen by number, else by name, else refused', () => {
  const of = (/** @type {string} */ name, /** @type {number} */ protocol) => versionOf({ version: null, server_version: { name, protocol } })
  assert.equal(of('anything', 765), '1.20.4')
  assert.equal(of('Paper 1.19.4', -1), '1.19.4')
  assert.equal(of('1.8.x-1.21', -1), '1.21')
  assert.throws(() => of('9.9', -1), { code: 'version', message: /'9\.9' \(protocol -1\)/ })
  assert.equal(versionOf({ version: '1.20.4', server_version: { name: '1.8', protocol: 47 } }), '1.20.4')
  assert.equal(versionOf({ version: null }), null)
})

test('no process is started for a server of which no version is known: it would need the network', async () => {
  const unknown = { ...settings(1), username: 'nobody', version: null, server_version: null }
  await assert.rejects(BotChild.start(unknown, () => {}), { code: 'version', message: /name the version/ })
})

// ---- the connection

/** @param {number} port */
const settings = port => ({ host: '127.0.0.1', port, join_timeout_seconds: 60, world_rate: 1 })

/** Answers on descriptor 4 with what it reads there, once it is told to begin. */
const ECHO = `
const net = require('node:net')
process.stdin.once('data', () => {
  const socket = new net.Socket({ fd: 4, readable: true, writable: true })
  socket.on('data', data => socket.write(data))
  socket.on('end', () => process.exit())
})
`

test('a connection is handed over with every byte, and outlives the copy of who made it', { skip: !linux && 'as on Linux' }, async t => {
  const server = net.createServer().listen(0, '127.0.0.1')
  t.after(() => server.close())
  await once(server, 'listening')
  const accepted = once(server, 'connection')
  const socket = /** @type {net.Socket} */ (await openGameSocket(settings(/** @type {net.AddressInfo} */ (server.address()).port)))
  const [far] = await accepted
  // Before the other process even exists: it must find this.
  far.write('one ')
  await new Promise(resolve => setImmediate(resolve))
  const child = spawn(process.execPath, ['-e', ECHO], { stdio: ['pipe', 'ignore', 'ignore', 'ignore', socket] })
  socket.destroy()
  await once(socket, 'close')
  assert.equal(socket.bytesRead, 0)
  far.write('two')
  child.stdin?.write('begin')
  let heard = ''
  for await (const data of far) {
    heard += data
    if (heard.length === 7) break
  }
  assert.equal(heard, 'one two')
  far.destroy()
  await once(child, 'exit')
})

test('a server that is not there is unreachable, in a sentence with the code', { skip: process.platform === 'win32' }, async () => {
  const server = net.createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = /** @type {net.AddressInfo} */ (server.address())
  server.close()
  await once(server, 'close')
  await assert.rejects(openGameSocket(settings(port)), {
    code: 'unreachable', message: `No Minecraft server answers at 127.0.0.1:${port} (ECONNREFUSED).`
  })
})

test('a simulation has no connection', async () => {
  assert.equal(await openGameSocket({ ...settings(1), world_rate: 'max' }), null)
})
