'use strict'
/** The index of near blocks says what looking at every block says. */

const assert = require('node:assert/strict')
const path = require('node:path')
const { test } = require('node:test')

const ROOM = path.join(__dirname, '..', '..', 'mc_server')
const { Vec3 } = require(path.join(ROOM, 'node_modules', 'vec3'))
const registry = require(path.join(ROOM, 'node_modules', 'prismarine-registry'))('1.20.4')
const ChunkColumn = /** @type {any} */ (require(path.join(ROOM, 'node_modules', 'prismarine-chunk')))(registry)
const { NearbyBlocks } = require(path.join(ROOM, 'bridge', 'bot', 'nearby_blocks'))

const RADIUS = 24
const HERE = new Vec3(8, 70, 8)
const AT_MOST = 64

/** @param {string} name */
const stateOf = name => registry.blocksByName[name].defaultState

/** A column with a section of one kind, one of a few and one of so many that it has no palette. */
function mixedColumn () {
  const column = new ChunkColumn({ minY: -64, worldHeight: 384 })
  const kinds = Object.keys(registry.blocksByName)
  for (let x = 0; x < 16; x++) {
    for (let z = 0; z < 16; z++) {
      for (let y = 48; y < 64; y++) column.setBlockStateId(new Vec3(x, y, z), stateOf('stone'))
      column.setBlockStateId(new Vec3(x, 64, z), stateOf((x * z) % 3 === 0 ? 'dirt' : 'coal_ore'))
      for (let y = 80; y < 96; y++) column.setBlockStateId(new Vec3(x, y, z), stateOf(kinds[(x * 7 + y * 31 + z * 3) % kinds.length]))
    }
  }
  return column
}

/** @param {any} column */
function botIn (column) {
  /** @type {Record<string, Function[]>} */
  const listeners = {}
  return {
    registry,
    game: { minY: -64 },
    entity: { position: HERE },
    world: { getColumn: (/** @type {number} */ x, /** @type {number} */ z) => x === 0 && z === 0 ? column : undefined },
    on: (/** @type {string} */ name, /** @type {Function} */ listener) => (listeners[name] ??= []).push(listener),
    emit: (/** @type {string} */ name, /** @type {any[]} */ ...args) => listeners[name].forEach(listener => listener(...args))
  }
}

/** @param {any} column */
function nearestByLooking (column) {
  /** @type {Record<string, number>} */
  const nearest = {}
  for (let x = 0; x < 16; x++) {
    for (let z = 0; z < 16; z++) {
      for (let y = 48; y < 96; y++) {
        const { name } = registry.blocksByStateId[column.getBlockStateId(new Vec3(x, y, z))]
        const distance = new Vec3(x, y, z).distanceTo(HERE)
        nearest[name] = Math.min(nearest[name] ?? Infinity, distance)
      }
    }
  }
  for (const air of ['air', 'cave_air', 'void_air']) delete nearest[air]
  return nearest
}

/** @param {any} nearby */
const nearestByIndex = nearby => Object.fromEntries(nearby.kinds(RADIUS).map((/** @type {any} */ kind) => [kind.name, kind.distance]))

test('the nearest of each kind is found in sections of every form', () => {
  const column = mixedColumn()
  const nearby = new NearbyBlocks(botIn(column))
  assert.deepEqual(nearestByIndex(nearby), nearestByLooking(column))
  const counts = Object.fromEntries(nearby.kinds(RADIUS).map((/** @type {any} */ kind) => [kind.name, kind.count]))
  assert.equal(counts.stone, AT_MOST)
})

test('a block that changes is read anew', () => {
  const column = mixedColumn()
  const bot = botIn(column)
  const nearby = new NearbyBlocks(bot)
  nearby.kinds(RADIUS)
  const position = new Vec3(8, 66, 8)
  column.setBlockStateId(position, stateOf('diamond_ore'))
  bot.emit('blockUpdate', null, { position })
  assert.deepEqual(nearestByIndex(nearby), nearestByLooking(column))
})

test('a bot that has moved is told what is near where it is now', () => {
  const bot = botIn(mixedColumn())
  const nearby = new NearbyBlocks(bot)
  const coal = () => nearestByIndex(nearby).coal_ore
  const before = coal()
  bot.entity.position = HERE.offset(0, 3, 0)
  assert.equal(Math.round(coal() - before), 3)
})
