'use strict'

const assert = require('node:assert/strict')
const fs = require('node:fs')
const http = require('node:http')
const os = require('node:os')
const path = require('node:path')
const test = require('node:test')
const { PollingSocket } = require('../../mc_server/world_view/polling_socket')
const { SavedWorld } = require('../../mc_server/world_view/saved_world')
const { ShownWorld } = require('../../mc_server/world_view/shown_world')
const { ViewServer } = require('../../mc_server/world_view/view_server')

const STONE = 1
const HIGH_UP = (300 << 8) | 5
const FIRST = new Date('2026-03-01T20:00:00Z')

function savedWorld (/** @type {import('node:test').TestContext} */ t) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'view-'))
  t.after(() => fs.rmSync(folder, { recursive: true, force: true }))
  const save = (/** @type {any} */ overlay, /** @type {number} */ second) => {
    fs.writeFileSync(path.join(folder, 'world.json'), JSON.stringify({ seed: 3, overlay }))
    const at = new Date(FIRST.getTime() + 1000 * second)
    fs.utimesSync(path.join(folder, 'world.json'), at, at)
  }
  return { folder, save }
}

test('a saved world has its edits, and says which columns have changed', t => {
  const { folder, save } = savedWorld(t)
  save({ '0,0': [HIGH_UP, STONE] }, 0)
  const world = new SavedWorld(folder)
  assert.deepEqual(world.refresh(), ['0,0'])
  assert.deepEqual(world.refresh(), [])
  const before = world.column(0, 0)
  assert.notEqual(before, world.column(1, 0))
  save({ '0,0': [HIGH_UP, STONE], '4,4': [HIGH_UP, STONE] }, 1)
  assert.deepEqual(world.refresh(), ['4,4'])
  assert.equal(world.column(0, 0), before)
  save({ '4,4': [HIGH_UP, STONE] }, 2)
  assert.deepEqual(world.refresh(), ['0,0'])
  assert.notEqual(world.column(0, 0), before)
})

test('a page gets the columns around the bot, the nearest first, and no others', async () => {
  const socket = new PollingSocket()
  const asked = /** @type {string[]} */ ([])
  const world = /** @type {any} */ ({ column: (/** @type {number} */ x, /** @type {number} */ z) => asked.push(`${x},${z}`) && '{}' })
  assert.ok(socket.heard('40'))
  const shown = new ShownWorld(socket, '1.20.4')
  shown.move({ x: 24.5, y: 70, z: -8, yaw: 0 })
  for (let number = 0; number < 100; number++) {
    await socket.poll()
    shown.go(world)
    if (socket.idle) break
  }
  assert.equal(asked[0], '1,-1')
  assert.equal(new Set(asked).size, 81)
  assert.equal(asked.length, 81)
  shown.changed(['1,-1', '90,90'])
  shown.go(world)
  assert.match(await socket.poll(), /^42\["loadChunk",\{"x":16,"z":-16/)
})

/** @returns {Promise<{status: number | undefined, body: string}>} */
function asked (/** @type {number} */ port, /** @type {string} */ address, /** @type {any} */ options = {}) {
  return new Promise((resolve, reject) => {
    const request = http.request({ host: '127.0.0.1', port, path: address, ...options }, async response => {
      let body = ''
      for await (const piece of response) body += piece
      resolve({ status: response.statusCode, body })
    })
    request.once('error', reject)
    request.end(options.body)
  })
}

test('only who knows the token is answered, and nothing outside the viewer is read', async t => {
  const { folder, save } = savedWorld(t)
  save({}, 0)
  fs.mkdirSync(path.join(folder, 'public'))
  const connected = /** @type {PollingSocket[]} */ ([])
  const server = new ViewServer({ token: 'secret', files: path.join(folder, 'public'), connected: socket => connected.push(socket) })
  const port = await server.listen()
  t.after(() => server.server.close())
  for (const address of ['/', '/guess/', '/secret/../world.json', '/secret/..%2fworld.json', '/secret/%2e%2e%2fworld.json', '/secret/nothing.js', '/secret/%']) {
    assert.equal((await asked(port, address)).status, 404, address)
  }
  assert.equal((await asked(port, '/secret/', { headers: { host: 'elsewhere.example' } })).status, 404)
  assert.match((await asked(port, '/secret/')).body, /index\.js/)
  const greeting = await asked(port, '/secret/socket.io/?EIO=4&transport=polling')
  const { sid } = JSON.parse(greeting.body.slice(1))
  const address = `/secret/socket.io/?EIO=4&transport=polling&sid=${sid}`
  assert.equal((await asked(port, address, { method: 'POST', body: '40' })).body, 'ok')
  assert.equal(connected.length, 1)
  connected[0].emit('version', '1.20.4')
  assert.match((await asked(port, address)).body, /^40\{.*"version","1\.20\.4"/)
  assert.equal((await asked(port, '/secret/socket.io/?sid=unknown')).status, 400)
})
