'use strict'
/** Blocks of the embedded world without a network: what they drop, and the ticks they ask for. */

const { test } = require('node:test')
const assert = require('node:assert/strict')
const path = require('node:path')
const { requireFromServer, packageFolder } = require('./embedded_harness')
const embedded = (/** @type {string} */ name) => require(path.join(packageFolder, 'embedded', name))
const registry = requireFromServer('prismarine-registry')('1.20.4')

const { BlockStates } = embedded('world/block_states')
const { Items } = embedded('inventory/items')
const { Random } = embedded('random')
const { Drops } = embedded('blocks/drops')
const { BlockTicks } = embedded('blocks/block_ticks')

const TOOLS = ['netherite_pickaxe', 'netherite_axe', 'netherite_shovel', 'netherite_sword', 'shears']
const ROUNDS = 80
/** Of a later version, and switched off in this one. */
const EXPERIMENTAL = /tuff_|_tuff|(chiseled|exposed|weathered|oxidized|waxed)_.*copper|copper_(door|trapdoor|grate|bulb)|crafter|trial_spawner/
/** Where minecraft-data's list lacks a block or what our version drops. */
const OTHERWISE = /^(chorus_plant|chorus_flower|pitcher_crop|gilded_blackstone|weeping_vines_plant|twisting_vines_plant)$/

const game = { registry, blocks: new BlockStates(registry), items: new Items(registry), random: new Random(1) }
const drops = new Drops(game)
const tools = TOOLS.map(name => game.items.create(name))

/** Every item that a block can leave. @returns {Set<string>} */
function itemsOf (/** @type {any} */ block) {
  const names = new Set()
  for (let round = 0; round < ROUNDS; round++) {
    for (const state of [block.minStateId, block.maxStateId]) {
      for (const tool of [null, ...tools]) for (const item of drops.of(state, tool)) names.add(item.name)
    }
  }
  return names
}

test('each block drops what the loot tables of the version name, and nothing else', () => {
  /** @type {string[]} */
  const wrong = []
  for (const block of registry.blocksArray) {
    if (EXPERIMENTAL.test(block.name) || OTHERWISE.test(block.name)) continue
    const loot = registry.blockLoot[block.name === 'short_grass' ? 'grass' : block.name]?.drops
    if (!loot || loot.length === 0) continue
    const expected = new Set(loot.filter((/** @type {any} */ each) => !each.silkTouch).map((/** @type {any} */ each) => each.item.replace(/^grass$/, 'short_grass')))
    const found = itemsOf(block)
    // Snow as an item comes by silk touch alone, which the tables do not say.
    if (block.name === 'snow') for (const name of ['snow', 'snow_block']) expected.delete(name)
    if ([...expected].sort().join() !== [...found].sort().join()) wrong.push(`${block.name}: ${[...found]} instead of ${[...expected]}`)
  }
  assert.deepEqual(wrong, [])
})

test('with silk touch a block that has an item and is not always lost drops itself', () => {
  const silk = game.items.create('netherite_pickaxe')
  silk.enchants = [{ name: 'silk_touch', lvl: 1 }]
  for (const name of ['stone', 'grass_block', 'diamond_ore', 'deepslate_redstone_ore', 'glass', 'blue_ice', 'oak_leaves', 'bookshelf', 'glowstone', 'melon', 'ender_chest', 'mycelium']) {
    assert.deepEqual(drops.of(registry.blocksByName[name].defaultState, silk).map((/** @type {any} */ item) => item.name), [name])
  }
  for (const name of ['spawner', 'budding_amethyst', 'cake']) assert.deepEqual(drops.of(registry.blocksByName[name].defaultState, silk), [])
  assert.deepEqual(drops.of(registry.blocksByName.farmland.defaultState, silk).map((/** @type {any} */ item) => item.name), ['dirt'])
})

test('fortune multiplies ores within its bounds', () => {
  const tool = game.items.create('netherite_pickaxe')
  tool.enchants = [{ name: 'fortune', lvl: 3 }]
  const counts = Array.from({ length: 2000 }, () => drops.of(registry.blocksByName.diamond_ore.defaultState, tool)[0].count)
  assert.deepEqual([Math.min(...counts), Math.max(...counts)], [1, 4])
  const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length
  assert.ok(Math.abs(mean - 2.2) < 0.1, `mean ${mean}`)
})

/** A game that has ticks of blocks and nothing else. */
function ticking () {
  /** @type {any[]} */
  const done = []
  /** @type {any} */
  const bare = { tick: 0, world: { isLoaded: (/** @type {number} */ x) => x < 100 || bare.loaded, columns: new Map() }, guard: (/** @type {() => void} */ run) => run(), loaded: false, done }
  bare.blockTicks = new BlockTicks(bare)
  for (const kind of ['a', 'b']) bare.blockTicks.on(kind, (/** @type {any} */ { x }) => done.push(`${bare.tick} ${kind}${x}`))
  bare.step = (/** @type {number} */ ticks) => {
    for (let tick = 0; tick < ticks; tick++) {
      bare.tick++
      bare.blockTicks.tick()
    }
  }
  return bare
}

test('ticks come at their time, in the order they were asked for, one of a kind for a place', () => {
  const game = ticking()
  game.blockTicks.schedule({ x: 1, y: 0, z: 0 }, 5, 'a')
  game.blockTicks.schedule({ x: 2, y: 0, z: 0 }, 3, 'a')
  game.blockTicks.schedule({ x: 1, y: 0, z: 0 }, 2, 'a')
  game.blockTicks.schedule({ x: 1, y: 0, z: 0 }, 3, 'b')
  game.step(10)
  assert.deepEqual(game.done, ['3 a2', '3 b1', '5 a1'])
})

test('what is pending survives packing, and waits for its column', () => {
  const game = ticking()
  game.blockTicks.schedule({ x: 200, y: 0, z: 0 }, 2, 'a')
  game.blockTicks.schedule({ x: 3, y: 0, z: 0 }, 6, 'b')
  game.step(4)
  const copy = ticking()
  copy.tick = game.tick
  copy.blockTicks.unpack(JSON.parse(JSON.stringify(game.blockTicks.pack())))
  assert.deepEqual(copy.blockTicks.pack(), game.blockTicks.pack())
  copy.blockTicks.schedule({ x: 3, y: 0, z: 0 }, 1, 'b')
  copy.loaded = true
  copy.world.columns.set('12,0', {})
  copy.step(4)
  assert.deepEqual(copy.done, ['5 a200', '6 b3'])
})
