'use strict'

// The parts of the primitives that need no world: names, fuel, recipes, candidates, ways, waiting.

const test = require('node:test')
const assert = require('node:assert/strict')
const { EventEmitter } = require('node:events')

const { requireFromServer } = require('./primitives_harness')

const { resolveNames, requireCount } = require('../../skills/primitives/support/names')
const { planFuel } = require('../../skills/primitives/support/fuels')
const { weigh } = require('../../skills/primitives/support/recipes')
const { estimateCost } = require('../../skills/primitives/support/search')
const { planTunnel } = require('../../skills/primitives/support/tunnel')
const { waitFor, guard } = require('../../skills/primitives/support/waiting')
const { runPrimitive } = require('../../skills/primitives/support/scope')
const { PrimitiveError } = require('../../skills/primitives/support/errors')
const { Tally } = require('../../skills/primitives/support/mining')

const registry = requireFromServer('prismarine-registry')('1.20.4')

/** @param {string} code */
const withCode = code => (/** @type {any} */ error) => error instanceof PrimitiveError && error.code === code

test('an exact name is itself, another one is the family that ends in it', () => {
  assert.deepEqual(resolveNames('stone', registry.blocksByName, 'block'), ['stone'])
  const planks = resolveNames('planks', registry.itemsByName, 'item')
  assert.ok(planks.includes('oak_planks') && planks.every(name => name.endsWith('_planks')))
  assert.deepEqual(resolveNames(['coal', 'stick'], registry.itemsByName, 'item'), ['coal', 'stick'])
})

test('an unknown name is refused with the nearest ones', () => {
  assert.throws(() => resolveNames('iron_pickax', registry.itemsByName, 'item'),
    (/** @type {any} */ error) => withCode('invalid_argument')(error) && /iron_pickaxe/.test(error.message))
  assert.throws(() => requireCount(0), withCode('invalid_argument'))
  assert.throws(() => requireCount('3'), withCode('invalid_argument'))
})

test('a family counts the kind mined most, a list counts all', () => {
  const [family, list] = [new Tally(true), new Tally(false)]
  for (const tally of [family, list]) {
    tally.add('oak_log', 3)
    tally.add('birch_log', 2)
  }
  assert.equal(family.mined, 3)
  assert.equal(list.mined, 5)
  assert.equal(family.block, 'oak_log')
})

test('fuel is exactly what is needed, coal before wood, kinds together when none suffices', () => {
  assert.deepEqual(planFuel({ oak_planks: 20, coal: 3 }, 9), [{ name: 'coal', count: 2 }])
  assert.deepEqual(planFuel({ oak_planks: 20 }, 3), [{ name: 'oak_planks', count: 2 }])
  assert.deepEqual(planFuel({ coal: 1, stick: 8 }, 10), [{ name: 'coal', count: 1 }, { name: 'stick', count: 4 }])
  assert.deepEqual(planFuel({ coal: 5, stick: 8 }, 2, { only: ['stick'] }), [{ name: 'stick', count: 4 }])
  assert.deepEqual(planFuel({ oak_log: 5 }, 3, { spare: { oak_log: 3 } }), [{ name: 'oak_log', count: 2 }])
  assert.equal(planFuel({ cobblestone: 64 }, 1), null)
})

test('what lacks for a recipe is listed by name', () => {
  const { itemsByName } = registry
  const recipe = {
    result: { id: itemsByName.stick.id, count: 4 },
    delta: [{ id: itemsByName.oak_planks.id, count: -2 }, { id: itemsByName.stick.id, count: 4 }]
  }
  const choice = weigh({ registry }, recipe, 6, { oak_planks: 1 })
  assert.equal(choice.times, 2)
  assert.deepEqual(choice.missing, { oak_planks: 3 })
  assert.equal(weigh({ registry }, recipe, 4, { oak_planks: 2 }).lacking, 0)
})

test('a block in the open is taken before a nearer one in rock, under water or by lava', () => {
  const feet = { x: 0, y: 64, z: 0 }
  const open = estimateCost(feet, { x: 8, y: 64, z: 0 }, { exposed: true, wet: false, hot: false })
  assert.ok(open < estimateCost(feet, { x: 6, y: 62, z: 0 }, { exposed: false, wet: false, hot: false }))
  assert.ok(open < estimateCost(feet, { x: 2, y: 64, z: 0 }, { exposed: true, wet: true, hot: false }))
  assert.ok(open < estimateCost(feet, { x: 2, y: 64, z: 0 }, { exposed: true, wet: false, hot: true }))
})

const solid = { name: 'stone', type: 1, block: {}, passable: false, standable: true, liquid: null, falls: false, keep: false, harmful: false }
const air = { ...solid, name: 'air', type: 0, passable: true, standable: false }
const liquid = (/** @type {any} */ name) => ({ ...solid, name, type: name === 'lava' ? 3 : 2, standable: false, liquid: name })
const bedrock = { ...solid, name: 'bedrock', type: 4, keep: true }

/** Stone below 64, air above, and exceptions by `x,y,z`. */
function worldOf (/** @type {Object<string, any>} */ exceptions = {}, blocks = 0, rock = solid) {
  return {
    look: (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ z) => exceptions[`${x},${y},${z}`] ?? (y < 64 ? rock : air),
    digSeconds: () => 1,
    blocks
  }
}

/** @param {any} goal @param {any} ground @param {any} [start] */
function planTo (goal, ground, start = { x: 0, y: 64, z: 0 }, maxNodes = 4000) {
  return planTunnel({
    start,
    ground,
    maxNodes,
    isGoal: cell => cell.x === goal.x && cell.y === goal.y && cell.z === goal.z,
    distance: cell => Math.max(Math.abs(cell.x - goal.x) + Math.abs(cell.z - goal.z), Math.abs(cell.y - goal.y))
  })
}

const keys = (/** @type {any[]} */ cells) => cells.map(({ x, y, z }) => `${x},${y},${z}`)

test('a way down into rock is a staircase that never digs the floor of its own step', () => {
  const plan = planTo({ x: 6, y: 58, z: 0 }, worldOf())
  assert.ok(plan.complete)
  for (const { from, to, dig } of plan.steps) {
    assert.ok(Math.abs(to.y - from.y) <= 1, 'no shaft')
    assert.ok(!keys(dig).includes(`${from.x},${from.y - 1},${from.z}`), 'the floor stays')
    assert.ok(!keys(dig).includes(`${to.x},${to.y - 1},${to.z}`), 'the next floor stays')
  }
  const dug = new Set(plan.steps.flatMap(step => keys(step.dig)))
  assert.ok(dug.has('6,58,0') && dug.has('6,59,0'), 'room for feet and head')
})

test('a way through rock keeps off liquids', () => {
  for (const name of ['water', 'lava']) {
    const pond = { '3,60,0': liquid(name), '3,61,0': liquid(name) }
    const plan = planTo({ x: 6, y: 60, z: 0 }, worldOf(pond), { x: 0, y: 60, z: 0 })
    assert.ok(plan.complete)
    for (const cell of plan.steps.flatMap(step => step.dig)) {
      assert.ok(Math.abs(cell.x - 3) + Math.abs(cell.z) > 1 || ![60, 61].includes(cell.y), `${JSON.stringify(cell)} beside ${name}`)
    }
  }
})

test('a chasm is crossed on laid blocks, and not at all without blocks', () => {
  const chasm = (/** @type {number} */ blocks) => ({
    ...worldOf({}, blocks, bedrock),
    look: (/** @type {number} */ x, /** @type {number} */ y) => x >= 2 && x <= 4 ? (y < 40 ? liquid('lava') : air) : y < 64 ? bedrock : air
  })
  const goal = { x: 6, y: 64, z: 0 }
  const plan = planTo(goal, chasm(8))
  assert.ok(plan.complete)
  assert.deepEqual(keys(plan.steps.flatMap(step => step.place ?? [])), ['2,63,0', '3,63,0', '4,63,0'])
  assert.equal(planTo(goal, chasm(0)).complete, false)
})

test('a shaft is left by stairs where the walls can be dug, else on a pillar of carried blocks', () => {
  const shaft = Object.fromEntries([60, 61, 62, 63].map(y => [`0,${y},0`, air]))
  const start = { x: 0, y: 60, z: 0 }
  const goal = { x: 3, y: 64, z: 0 }
  const stairs = planTo(goal, worldOf(shaft), start)
  assert.ok(stairs.complete && stairs.steps.some(step => step.kind === 'up'))
  assert.equal(planTo(goal, worldOf(shaft, 0, bedrock), start).complete, false)
  const pillar = planTo(goal, worldOf(shaft, 4, bedrock), start)
  assert.ok(pillar.complete && pillar.steps.some(step => step.kind === 'pillar'))
})

test('a drop of three blocks is taken, one of four is not', () => {
  const cliff = (/** @type {number} */ depth) => {
    /** @type {Object<string, any>} */
    const cells = {}
    for (let x = 1; x <= 40; x++) for (let z = -40; z <= 40; z++) for (let y = 64 - depth; y < 64; y++) cells[`${x},${y},${z}`] = air
    return worldOf(cells, 0, bedrock)
  }
  assert.ok(planTo({ x: 3, y: 61, z: 0 }, cliff(3)).complete)
  assert.equal(planTo({ x: 3, y: 60, z: 0 }, cliff(4)).complete, false)
})

test('waiting ends with a timeout error, with the event, or with the signal, and leaves no listener', async () => {
  const emitter = new EventEmitter()
  const bot = new EventEmitter()
  const controller = new AbortController()
  const context = /** @type {any} */ ({ bot, signal: controller.signal })
  let ready = false
  const options = { what: 'it', timeoutMs: 20, events: /** @type {any} */ ([[emitter, 'change']]), until: () => ready }
  const alive = setInterval(() => bot.emit('physicsTick'), 1)
  await assert.rejects(waitFor(context, options), withCode('timeout'))
  clearInterval(alive)
  const waiting = waitFor(context, { ...options, timeoutMs: 5000 })
  ready = true
  emitter.emit('change')
  assert.equal(await waiting, true)
  ready = false
  const cancelled = waitFor(context, { ...options, timeoutMs: 5000 })
  controller.abort(new PrimitiveError('cancelled', 'Over.'))
  await assert.rejects(cancelled, withCode('cancelled'))
  await assert.rejects(guard(context, new Promise(() => {}), 5000, 'never'), withCode('cancelled'))
  assert.equal(emitter.listenerCount('change') + bot.listenerCount('physicsTick'), 0)
})

test('death ends a primitive with its own code and leaves the bot still', async () => {
  const bot = /** @type {any} */ (new EventEmitter())
  const calls = /** @type {string[]} */ ([])
  Object.assign(bot, {
    pathfinder: { setGoal: () => calls.push('goal') },
    stopDigging: () => calls.push('dig'),
    clearControlStates: () => calls.push('keys'),
    currentWindow: { id: 1 },
    closeWindow: () => calls.push('window')
  })
  const context = /** @type {any} */ ({ bot, signal: new AbortController().signal })
  const running = runPrimitive(context, scope => guard(scope, new Promise(() => {}), 5000, 'never'))
  bot.emit('death')
  await assert.rejects(running, withCode('died'))
  assert.deepEqual(calls, ['goal', 'dig', 'keys', 'window'])
  assert.equal(bot.listenerCount('death') + bot.listenerCount('end'), 0)
})
