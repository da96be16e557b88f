'use strict'
/** Parts of the embedded world that need no network: tables, recipes, clicks, block states, clocks. */

const { test } = require('node:test')
const assert = require('node:assert/strict')
const path = require('node:path')
const { execFileSync } = require('node:child_process')
const { requireFromServer, packageFolder } = require('./embedded_harness')
const embedded = (/** @type {string} */ name) => require(path.join(packageFolder, 'embedded', name))
const registry = requireFromServer('prismarine-registry')('1.20.4')

const { BlockStates } = embedded('world/block_states')
const { Items } = embedded('inventory/items')
const { Crafting } = embedded('inventory/crafting')
const { Clicks } = embedded('inventory/clicks')
const { playerView, blockView } = embedded('inventory/window_views')
const smelting = embedded('inventory/smelting')
const table = require(path.join(packageFolder, 'smelting.json'))

const items = new Items(registry)
const crafting = new Crafting(registry, items)

test('properties of every block state survive decoding and encoding', () => {
  const blocks = new BlockStates(registry)
  for (const { name, minStateId, maxStateId } of registry.blocksArray) {
    for (let state = minStateId; state <= maxStateId; state++) {
      assert.equal(blocks.withProperties(name, blocks.properties(state)), state)
    }
  }
})

test('smelting names real items, and fuels burn as long as they should', () => {
  for (const [output, inputs] of Object.entries(table.smelting)) {
    for (const name of [output, ...inputs]) assert.ok(registry.itemsByName[name], `${name} is no item`)
  }
  for (const name of Object.keys(table.fuels)) {
    if (!name.startsWith('*')) assert.ok(registry.itemsByName[name], `${name} is no item`)
  }
  assert.equal(smelting.fuelTicks('coal'), 1600)
  assert.equal(smelting.fuelTicks('red_wool'), 100)
  assert.equal(smelting.fuelTicks('stone_slab'), 0)
  assert.equal(smelting.smeltedFrom('deepslate_iron_ore'), 'iron_ingot')
})

test('every listed recipe makes its result', () => {
  const idOf = (/** @type {any} */ ingredient) => ingredient === null || ingredient === -1 ? 0 : ingredient.id ?? ingredient
  let checked = 0
  for (const recipe of Object.values(registry.recipes).flat()) {
    const rows = recipe.inShape ?? chunk(recipe.ingredients, 3)
    const width = 3
    const grid = new Array(9).fill(null)
    rows.forEach((/** @type {any[]} */ row, /** @type {number} */ y) => row.forEach((cell, x) => {
      if (cell && idOf(cell)) grid[y * width + x] = new items.Item(idOf(cell), 1)
    }))
    const result = crafting.resultOf(grid, width)
    assert.ok(result, `nothing for recipe of ${registry.items[idOf(recipe.result)].name}`)
    checked++
  }
  assert.ok(checked > 700)
})

test('a shift-click on the result crafts as often as the grid allows', () => {
  const clicks = new Clicks(items, crafting)
  const slots = new Array(46).fill(null)
  const view = playerView(slots)
  slots[1] = items.create('oak_log', 5)
  clicks.updateResult(view)
  clicks.click({ cursor: null, drag: null }, view, { slot: 0, mouseButton: 0, mode: 1 }, () => assert.fail('dropped'))
  const planks = slots.filter(item => item?.name === 'oak_planks').reduce((sum, item) => sum + item.count, 0)
  assert.equal(planks, 20)
  assert.equal(slots[1], null)
})

test('no click makes or loses items', () => {
  const clicks = new Clicks(items, crafting)
  const slots = new Array(46).fill(null)
  const view = playerView(slots)
  const hand = { cursor: null, drag: null }
  slots[9] = items.create('cobblestone', 64)
  slots[10] = items.create('cobblestone', 30)
  slots[36] = items.create('stone_pickaxe')
  let dropped = 0
  let seed = 1
  const next = (/** @type {number} */ limit) => { seed = (seed * 48271) % 2147483647; return seed % limit }
  for (let step = 0; step < 5000; step++) {
    const mode = [0, 1, 2, 4, 5, 6][next(6)]
    const mouseButton = mode === 5 ? [0, 1, 2, 4, 5, 6][next(6)] : mode === 2 ? next(9) : next(2)
    const slot = mode === 5 && (mouseButton & 3) !== 1 ? -999 : 1 + next(45)
    clicks.click(hand, view, { slot, mouseButton, mode }, (/** @type {any} */ item) => { dropped += item.count })
    slots[0] = null
    const held = /** @type {any} */ (hand).cursor?.count ?? 0
    const total = slots.reduce((sum, item) => sum + (item?.count ?? 0), held + dropped)
    assert.equal(total, 95, `after step ${step}: mode ${mode}, button ${mouseButton}, slot ${slot}`)
  }
})

test('no click into a container makes or loses items, and slots keep out what they do not take', () => {
  const clicks = new Clicks(items, crafting)
  const store = new Array(5).fill(null)
  const slots = new Array(46).fill(null)
  const view = blockView(7, slots, 5, {
    get: (/** @type {number} */ slot) => store[slot], set: (/** @type {number} */ slot, /** @type {any} */ item) => { store[slot] = item }
  }, {
    resultSlot: 2,
    accepts: (/** @type {number} */ slot, /** @type {any} */ item) => slot !== 2 && (slot !== 1 || item.name === 'coal'),
    shiftTargets: (/** @type {any} */ item) => item.name === 'coal' ? [[1, 2]] : []
  })
  const hand = { cursor: /** @type {any} */ (null), drag: null }
  store[2] = items.create('iron_ingot', 9)
  slots[9] = items.create('cobblestone', 64)
  slots[36] = items.create('coal', 30)
  slots[37] = items.create('stone_pickaxe')
  let dropped = 0
  let seed = 7
  const next = (/** @type {number} */ limit) => { seed = (seed * 48271) % 2147483647; return seed % limit }
  for (let step = 0; step < 5000; step++) {
    const mode = [0, 1, 2, 5, 6, step % 50 === 0 ? 4 : 0][next(6)]
    const mouseButton = mode === 5 ? [0, 1, 2, 4, 5, 6][next(6)] : mode === 2 ? next(9) : next(2)
    const slot = mode === 5 && (mouseButton & 3) !== 1 ? -999 : next(41)
    clicks.click(hand, view, { slot, mouseButton, mode }, (/** @type {any} */ item) => { dropped += item.count })
    const total = [...slots, ...store].reduce((sum, item) => sum + (item?.count ?? 0), (hand.cursor?.count ?? 0) + dropped)
    assert.equal(total, 104, `after step ${step}: mode ${mode}, button ${mouseButton}, slot ${slot}`)
    assert.ok(!store[1] || store[1].name === 'coal', `${store[1]?.name} in the fuel slot after step ${step}`)
    assert.ok(!store[2] || store[2].name === 'iron_ingot', `${store[2]?.name} in the result slot after step ${step}`)
  }
})

test('a process runs as fast as WORLD_RATE says, and a rate that makes no sense is refused', () => {
  const run = (/** @type {string} */ rate) => execFileSync(process.execPath, ['-r', path.join(packageFolder, 'clock.js'), '-e',
    'const machine = () => Number(process.hrtime.bigint()) / 1e6; const a = machine(), d = Date.now(), b = machine(); let n = 0;' +
    'const i = setInterval(() => n++, 50); setTimeout(() => { clearInterval(i);' +
    'const y = machine(), world = Date.now() - d, z = machine(); console.log(y - b, z - a, world, n) }, 6000)'
  ], { env: { ...process.env, WORLD_RATE: rate }, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim().split(' ').map(Number)
  const [least, most, world, intervals] = run('10')
  // A busy machine lets time pass between any two looks at a clock.
  assert.ok(world / least > 9 && world / most < 11, `${world} ms of the world in ${least} to ${most} ms`)
  assert.ok(world >= 5990)
  // Of 120; unscaled there would be 12.
  assert.ok(intervals >= 30, `${intervals} intervals`)
  assert.throws(() => run('11'))
})

function chunk (/** @type {any[]} */ list, /** @type {number} */ size) {
  const rows = []
  for (let start = 0; start < list.length; start += size) rows.push(list.slice(start, start + size))
  return rows
}
