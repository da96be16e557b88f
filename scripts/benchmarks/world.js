'use strict'
/**
 * Measures the embedded world without an agent: columns made, lit and encoded, snapshots, and ticks with players who go about.
 *
 * Prints one JSON object: lists of milliseconds by name. Players are bare connections that are put somewhere else every second
 * of the game, by one column, which is faster than anybody walks.
 */

const fs = require('node:fs')
const os = require('node:os')
const path = require('node:path')
const { once } = require('node:events')
const { createRequire } = require('node:module')
const { setImmediate: nextTurn } = require('node:timers/promises')

const packageFolder = path.resolve(__dirname, '..', '..', 'mc_server')
const requireFromServer = createRequire(path.join(packageFolder, 'package.json'))
const { startServer, VERSION } = require(path.join(packageFolder, 'embedded', 'server.js'))
const { encodeSections } = require(path.join(packageFolder, 'embedded', 'world', 'chunk_encoding.js'))
const { Vec3 } = requireFromServer('vec3')

/** Side of the square of columns that is measured. */
const SIDE = 20
/** Far from where players are. */
const FAR = 1000
const TICKS = 400
const TICKS_BETWEEN_MOVES = 20
const COLUMN = 16
const HIGH = 250
const SNAPSHOTS = 20

const elapsed = (/** @type {() => unknown} */ act) => {
  const started = process.hrtime.bigint()
  act()
  return Number(process.hrtime.bigint() - started) / 1e6
}

/** What a column costs to make, light and encode. */
function measureColumns (/** @type {any} */ { world, light }) {
  /** @type {[number, number][]} */
  const places = []
  for (let x = 0; x < SIDE; x++) for (let z = 0; z < SIDE; z++) places.push([FAR + x, z])
  const inner = places.filter(([x, z]) => x > FAR && x < FAR + SIDE - 1 && z > 0 && z < SIDE - 1)
  const columns = (/** @type {[number, number][]} */ which, /** @type {(x: number, z: number) => unknown} */ act) => which.map(([x, z]) => elapsed(() => act(x, z)))
  const before = world.columns.size
  const making = elapsed(() => columns(places, (x, z) => world.column(x, z)))
  return {
    // Those beside are made too, where creatures look about.
    column: [making / (world.columns.size - before)],
    light: columns(inner, (x, z) => light.columns.exact(x, z)),
    encoding: columns(inner, (x, z) => encodeSections(world.column(x, z).allStates(), world.column(x, z).biomes))
  }
}

async function join (/** @type {any} */ game, /** @type {number} */ port, /** @type {string} */ username) {
  const client = requireFromServer('minecraft-protocol').createClient({ host: '127.0.0.1', port, username, version: VERSION })
  await once(client, 'update_health')
  return game.players.byName(username)
}

/** What each of some ticks costs while all players move on, each in a direction of its own. */
async function measureTicks (/** @type {any} */ game) {
  const players = game.players.all()
  const milliseconds = []
  for (let tick = 0; tick < TICKS; tick++) {
    if (tick % TICKS_BETWEEN_MOVES === 0) {
      players.forEach((/** @type {any} */ player, /** @type {number} */ number) => {
        const angle = number * 2 * Math.PI / 6
        game.players.teleport(player, new Vec3(player.position.x + COLUMN * Math.cos(angle), HIGH, player.position.z + COLUMN * Math.sin(angle)))
      })
    }
    milliseconds.push(elapsed(() => game.step()))
    await nextTurn()
  }
  return milliseconds
}

async function main () {
  const worldFolder = fs.mkdtempSync(path.join(os.tmpdir(), 'world-benchmark-'))
  /** @type {any} */
  const options = { worldFolder, seed: 1, port: 0, host: '127.0.0.1', viewDistance: 4, worldRate: 1, difficulty: 'normal', allowTestOperations: true }
  const { game, port, stop } = await startServer(options)
  game.serv.stopTickInterval()
  game.serv.log = () => {}
  game.events.on('fault', (/** @type {Error} */ fault) => { throw fault })
  const figures = measureColumns(game)
  await join(game, port, 'first')
  const tickOfOne = await measureTicks(game)
  for (const name of ['second', 'third', 'fourth', 'fifth', 'sixth']) await join(game, port, name)
  const tickOfSix = await measureTicks(game)
  const snapshots = Array.from({ length: SNAPSHOTS }, () => elapsed(() => game.snapshots.capture()))
  process.stdout.write(`\n${JSON.stringify({ ...figures, tickOfOne, tickOfSix, snapshots })}\n`)
  await stop()
  fs.rmSync(worldFolder, { recursive: true, force: true })
  process.exit(0)
}

main().catch(error => {
  process.stderr.write(`${error.stack}\n`)
  process.exit(1)
})
