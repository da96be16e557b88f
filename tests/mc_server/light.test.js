'use strict'
/** Light of the embedded world: it is what the blocks make it, whatever was loaded or changed before. */

const { test } = require('node:test')
const assert = require('node:assert/strict')
const path = require('node:path')
const { requireFromServer, packageFolder } = require('./embedded_harness')
const embedded = (/** @type {string} */ name) => require(path.join(packageFolder, 'embedded', name))
const registry = requireFromServer('prismarine-registry')('1.20.4')

const { BlockStates } = embedded('world/block_states')
const { Light } = embedded('world/light')
const { LightTables } = embedded('world/light_tables')
const { LightColumns } = embedded('world/light_columns')
const { lightAt, indexOf } = embedded('world/light_spread')
const { WorldState, MIN_Y } = embedded('world/world_state')
const { Random } = embedded('random')

const blocks = new BlockStates(registry)
const tables = new LightTables(blocks)
const state = (/** @type {string} */ name, properties = {}) => blocks.withProperties(name, properties)

const COVER = [
  state('stone'), state('stone'), state('stone'), state('water'), state('oak_leaves'), state('glass'), state('torch'), state('lava'),
  state('stone_slab', { type: 'bottom' }), state('stone_slab', { type: 'top' }), state('oak_stairs', { facing: 'east' }), state('redstone_torch'),
  0, 0, 0, 0
]
/** Height of the layers of blocks that the test worlds have. */
const LAYERS = 20

/** A world of columns filled at random, a function of seed and place; `share` is how much of it is filled. */
function randomWorld (/** @type {number} */ seed, /** @type {number} */ share) {
  const world = new WorldState({}, registry)
  world.generator = {
    generate: (/** @type {number} */ chunkX, /** @type {number} */ chunkZ) => {
      const random = new Random(seed * 7919 + chunkX * 31 + chunkZ * 1009)
      const states = new Uint16Array(98304)
      for (let index = 0; index < LAYERS * 256; index++) if (random.chance(share)) states[index] = random.pick(COVER)
      return { states, biomes: new Uint16Array(16) }
    }
  }
  return world
}

/** Light of the middle columns of a world, as bytes. */
const lightOf = (/** @type {any} */ light, columns = [[0, 0], [0, 1], [1, 0], [1, 1]]) => columns.map(([x, z]) => {
  const column = light.exact(x, z)
  const bytes = new Uint8Array((LAYERS + 40) * 256)
  for (let index = 0; index < bytes.length; index++) bytes[index] = lightAt(column, index)
  return Buffer.from(bytes).toString('base64')
})

/** The same world with its edits, lit by somebody who knows nothing of what came before. */
function fromScratch (/** @type {any} */ world, /** @type {number} */ seed, /** @type {number} */ share) {
  const copy = randomWorld(seed, share)
  for (const [key, edits] of world.overlay) copy.overlay.set(key, edits)
  return new LightColumns(copy, tables)
}

test('light does not depend on which column was asked for first', () => {
  for (let seed = 0; seed < 6; seed++) {
    const share = 0.1 + seed * 0.12
    const forwards = lightOf(new LightColumns(randomWorld(seed, share), tables))
    const backwards = new LightColumns(randomWorld(seed, share), tables)
    for (const [x, z] of [[3, 3], [1, 1], [1, 0], [-2, 0], [0, 1]]) backwards.exact(x, z)
    assert.deepEqual(lightOf(backwards), forwards)
  }
})

test('no block is brighter or darker than its neighbours make it', () => {
  const world = randomWorld(3, 0.3)
  const light = new LightColumns(world, tables)
  const levelAt = (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ z, /** @type {number} */ shift) =>
    y < 0 ? 0 : (lightAt(light.exact(x >> 4, z >> 4), indexOf(x, y, z)) >> shift) & 15
  for (let x = 0; x < 16; x++) {
    for (let z = 0; z < 16; z++) {
      for (let y = 0; y < LAYERS + 2; y++) {
        const here = world.get(x, y + MIN_Y, z)
        const opacity = Math.max(1, tables.opacity[here])
        const own = tables.emission[here]
        const beside = [[1, 0, 0], [-1, 0, 0], [0, 1, 0], [0, -1, 0], [0, 0, 1], [0, 0, -1]].map(([dx, dy, dz]) => levelAt(x + dx, y + dy, z + dz, 0))
        const level = levelAt(x, y, z, 0)
        assert.ok(level >= own && level <= Math.max(own, Math.max(...beside) - opacity), `block light at ${x} ${y} ${z}`)
        if (tables.faces[here] === 0 && own === 0 && opacity < 15 && level > 0) {
          assert.ok(beside.some(each => each > level), `block light out of nothing at ${x} ${y} ${z}`)
        }
      }
    }
  }
})

test('after any edits light is what it would be if the world had always been so', () => {
  for (let seed = 0; seed < 8; seed++) {
    const share = [0.02, 0.15, 0.3, 0.6][seed % 4]
    const world = randomWorld(seed, share)
    const light = new LightColumns(world, tables)
    const random = new Random(seed)
    for (let x = -1; x <= 2; x++) for (let z = -1; z <= 2; z++) if (seed % 3 !== 0 || random.chance(0.8)) light.exact(x, z)
    for (let round = 0; round < 8; round++) {
      for (let edit = random.between(1, 12); edit > 0; edit--) {
        world.set(random.between(-3, 34), MIN_Y + random.between(0, LAYERS + 12), random.between(-3, 34), random.pick(COVER))
      }
      const wanted = lightOf(fromScratch(world, seed, share))
      assert.deepEqual(lightOf(light), wanted, `seed ${seed}, round ${round}`)
    }
  }
})

test('what changed is told section by section, and nothing when light stayed as it was', () => {
  const world = randomWorld(1, 0)
  const light = new LightColumns(world, tables)
  for (let x = -1; x <= 1; x++) for (let z = -1; z <= 1; z++) light.exact(x, z)
  world.set(8, MIN_Y + 40, 8, state('torch'))
  light.settle()
  const middle = light.exact(0, 0)
  assert.equal(light.changed.get(middle), 0b1110)
  light.changed.clear()
  world.set(9, MIN_Y + 40, 8, state('dandelion'))
  light.settle()
  assert.equal(light.changed.size, 0)
})

test('slabs and stairs stop light at the faces they fill', () => {
  const world = randomWorld(1, 0)
  const light = new LightColumns(world, tables)
  const sky = (/** @type {number} */ y) => lightAt(light.exact(0, 0), indexOf(8, y, 8)) >> 4
  for (let x = -20; x <= 36; x++) for (let z = -20; z <= 36; z++) world.set(x, MIN_Y + 10, z, state('stone_slab', { type: 'bottom' }))
  assert.deepEqual([sky(10), sky(9)], [15, 0])
  world.set(8, MIN_Y + 10, 8, state('oak_leaves'))
  assert.deepEqual([sky(10), sky(9), sky(8)], [14, 13, 12])
  world.set(8, MIN_Y + 10, 8, state('glass'))
  assert.deepEqual([sky(10), sky(9), sky(8)], [15, 15, 15])
})

test('a block gives the light of its state', () => {
  const light = (/** @type {string} */ name, properties = {}) => tables.emission[state(name, properties)]
  assert.equal(light('torch'), 14)
  assert.equal(light('furnace', { lit: true }), 13)
  assert.equal(light('furnace', { lit: false }), 0)
  assert.equal(light('redstone_torch', { lit: false }), 0)
  assert.equal(light('sea_pickle', { pickles: 3, waterlogged: true }), 12)
  assert.equal(light('candle', { candles: 2, lit: true }), 6)
})

test('the sky darkens by 11 at night, by 3 in rain, and it is night when it has lost 4', () => {
  const game = { world: randomWorld(1, 0), blocks, time: { ticks: 0 }, weather: { rainLevel: 0, thunderLevel: 0 } }
  const light = new Light(game)
  const darkening = (/** @type {number} */ ticks) => {
    game.time.ticks = ticks
    return light.darkening()
  }
  assert.deepEqual([6000, 12530, 12542, 18000, 23459, 23470].map(darkening), [0, 3, 4, 11, 4, 3])
  game.weather = { rainLevel: 1, thunderLevel: 0 }
  assert.equal(darkening(6000), 3)
  game.weather = { rainLevel: 1, thunderLevel: 1 }
  assert.equal(darkening(6000), 5)
})
