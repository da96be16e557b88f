'use strict'
/** What is recorded of the calls of skills: when each began and ended, how the game was then, and that the program notices nothing. */

const test = require('node:test')
const assert = require('node:assert/strict')
const path = require('node:path')
const { FLOOR, ProgramTheatre, simulate } = require('./program_harness')

const { Seen } = require(path.join(__dirname, '..', '..', 'mc_server', 'bridge', 'host', 'seen.js'))

/** @type {ProgramTheatre} */ let theatre
test.before(async () => { theatre = await ProgramTheatre.open() })
test.after(() => theatre.close())
test.beforeEach(() => simulate(() => theatre.reset()))

/**
 * Runs modules, and puts the calls together as the host does.
 * @param {Record<string, string>} sources by name, the entry last
 * @param {any} [options]
 */
async function run (sources, options) {
  const ended = await theatre.run(Object.entries(sources).map(([name, source]) => ({ name, source })), options)
  const seen = new Seen(null, () => {})
  for (const message of ended.sent) seen.add(message, 100)
  return { ...ended, skillCalls: seen.soFar(100).skill_calls }
}

const told = (/** @type {any[]} */ calls) => calls.map(({ name, caller, arguments: given, ended, error }) => [name, caller, given, ended, error?.message ?? null])

test('calls are recorded as they begin, with who called, what was given and how they ended', async () => {
  const { skillCalls, outcome, result } = await run({
    twice: 'function twice (n) { return 2 * n }',
    later: 'async function later (what) { await bot.waitForTicks(20); return await twice(what.n) }',
    failing: 'async function failing () { await null; throw new TypeError("no") }',
    main: 'async function main () { const a = await later({ n: 4, f: () => 1 }); try { await failing() } catch { return a } }'
  })
  assert.deepEqual([outcome, result], ['completed', 8])
  assert.deepEqual(told(skillCalls), [
    ['main', null, [], true, null],
    ['later', 'main', [{ n: 4 }], true, null],
    ['twice', 'later', [4], true, null],
    ['failing', 'main', [], true, 'no']
  ])
  const [main, later, twice, failing] = skillCalls
  assert.deepEqual([failing.error.name, failing.error.module, failing.error.line], ['TypeError', 'failing', 1])
  assert.ok(later.seconds > 0.9 && later.seconds < 1.2, String(later.seconds))
  assert.ok(twice.started_seconds >= 0.9 && twice.seconds === 0)
  assert.ok(main.seconds >= later.seconds)
})

test('the game is looked at when a call begins and when it ends', async () => {
  await simulate(async () => {
    await theatre.server.operate('give', { item: 'oak_log', count: 3 })
    await theatre.bot.waitForTicks(5)
  })
  const { skillCalls, outcome, error } = await run({
    make: 'async function make () { const [recipe] = bot.recipesFor(registry.itemsByName.oak_planks.id, null, 1, null); await bot.craft(recipe, 1, null) }',
    main: 'async function main () { await make() }'
  })
  assert.equal(outcome, 'completed', JSON.stringify(error))
  const { before, after } = skillCalls[1]
  assert.deepEqual([before.inventory, after.inventory], [{ oak_log: 3 }, { oak_log: 2, oak_planks: 4 }])
  assert.deepEqual([before.hand, before.worn, before.stations, before.free_slots], ['oak_log', [], [], 35])
  assert.deepEqual([before.dimension, before.position.y, before.health, before.food, before.light], ['overworld', FLOOR, 20, 20, 15])
  assert.ok(before.time_of_day >= 1000 && before.time_of_day < 1100)
})
