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

test('what is made at is told where it is within reach, and light where it is dark', async () => {
  const { position } = theatre.bot.entity
  const place = (/** @type {number} */ x, /** @type {number} */ y, /** @type {string} */ block) =>
    theatre.server.operate('set_block', { x: Math.floor(position.x) + x, y: FLOOR + y, z: Math.floor(position.z), block })
  await simulate(async () => {
    await place(3, 0, 'crafting_table')
    await place(0, 2, 'smoker')
    await place(7, 0, 'furnace')
    await theatre.bot.waitForTicks(5)
  })
  const { skillCalls } = await run({ main: 'function main () {}' })
  assert.deepEqual(skillCalls[0].before.stations, ['crafting_table', 'smoker'])
  assert.ok(skillCalls[0].before.light < 15)
})

test('what is called later by a listener, or by a callback, is told with whom it belongs to', async () => {
  const { skillCalls } = await run({
    leaf: 'function leaf (from) { return from }',
    asking: 'async function asking (ask) { await null; return ask("callback") }',
    main: 'async function main () { const done = new Promise(resolve => bot.once("physicsTick", () => resolve(leaf("listener")))); await asking(leaf); await done }'
  })
  assert.deepEqual(told(skillCalls).slice(2), [['leaf', 'asking', ['callback'], true, null], ['leaf', 'main', ['listener'], true, null]])
})

test('of a program that is cut off it is told what had begun', async () => {
  const { skillCalls, outcome } = await run({
    endless: 'async function endless () { await new Promise(() => {}) }',
    main: 'async function main () { await endless() }'
  }, {
    meanwhile: async (/** @type {any} */ started) => {
      await theatre.bot.waitForTicks(10)
      started.cancel('the budget is spent')
    }
  })
  assert.equal(outcome, 'timed_out')
  assert.deepEqual(skillCalls.map((/** @type {any} */ { name, ended, after, error }) => [name, ended, after, error]), [
    ['main', false, null, null], ['endless', false, null, null]
  ])
  assert.ok(skillCalls[1].seconds > 90 && skillCalls[1].before.health === 20)
})

test('of a program that does not load its entry is told', async () => {
  const { skillCalls } = await run({ main: 'async function main () { const a = ; }' })
  assert.deepEqual(told(skillCalls).map(([name,,, ended]) => [name, ended]), [['main', true]])
  assert.equal(skillCalls[0].error.code, 'syntax_error')
})

test('calls beyond the bound are made, and told in a word', async () => {
  const { skillCalls, result, trace } = await run({
    one: 'function one () { return 1 }',
    main: 'async function main () { let sum = 0; for (let n = 0; n < 5000; n++) sum += one(); return sum }'
  })
  assert.deepEqual([result, skillCalls.length], [5000, 200])
  assert.equal(trace.at(-1).text, '(left out of the record: 4801 calls of skills)')
})

test('the host keeps no more than its bound, whatever it is told', () => {
  const seen = new Seen(null, () => {})
  const call = { started_seconds: 1 }
  for (let number = 0; number < 300; number++) seen.add({ type: 'skill_call', number: number % 250, call }, 100)
  seen.add({ type: 'skill_call_ended', number: 0, seconds: 1, after: 'first', error: null }, 100)
  seen.add({ type: 'skill_call_ended', number: 0, seconds: 2, after: 'second', error: null }, 100)
  seen.add({ type: 'skill_call_ended', number: 999, seconds: 2, after: 'none', error: null }, 100)
  const calls = /** @type {any[]} */ (seen.soFar(5).skill_calls)
  assert.equal(calls.length, 200)
  assert.deepEqual([calls[0].after, calls[0].seconds, calls[1].ended, calls[1].seconds], ['first', 1, false, 4])
  assert.equal(seen.trace.at(-1)?.text, '(left out of the record: 100 calls of skills)')
})

// ---- that the program notices nothing

/** What a program may look at, and what it sees. @type {Record<string, [Record<string, string>, any]>} */
const UNCHANGED = {
  'arguments and results, themselves': [{ same: 'function same (value) { return value }', main: 'function main () { const a = {}; return same(a) === a }' }, true],
  'errors, themselves': [{ fail: 'async function fail (error) { throw error }', main: 'async function main () { const mine = {}; try { await fail(mine) } catch (error) { return error === mine } }' }, true],
  'undefined that is thrown': [{ fail: 'function fail () { throw undefined }', main: 'function main () { try { fail() } catch (error) { return error === undefined } }' }, true],
  'names and lengths': [{ two: 'async function two (a, b) {}', main: 'function main () { return [two.name, two.length, typeof two] }' }, ['two', 2, 'function']],
  'what a function is called on': [{ that: 'function that () { return this }', main: 'function main () { return that.call(7) }' }, 7],
  'promises where there were some, and none elsewhere': [{ soon: 'async function soon () {}', now: 'function now () {}', main: 'function main () { return [soon() instanceof Promise, now() === undefined] }' }, [true, true]],
  'what hangs on a function': [{ count: 'function count () { return ++count.times }\ncount.times = 4', main: 'function main () { count(); return count.times }' }, 5],
  recursion: [{ down: 'function down (n) { return n === 0 ? 0 : 1 + down(n - 1) }', main: 'function main () { return down(50) }' }, 50],
  'what is made by new': [{ Made: 'function Made (n) { this.n = n; this.by = new.target === Made }', main: 'function main () { const made = new Made(3); return [made.n, made.by, made instanceof Made, made.constructor === Made] }' }, [3, true, true, true]],
  'a list that is mapped': [{ twice: 'function twice (n) { return 2 * n }', main: 'function main () { return [1, 2].map(twice) }' }, [2, 4]],
  'what a module calls as it is loaded': [{ one: 'function one () { return 1 }', main: 'const first = one()\nfunction main () { return first }' }, 1]
}
for (const [what, [sources, expected]] of Object.entries(UNCHANGED)) {
  test(`a program sees ${what}`, async () => {
    const { result, error, skillCalls } = await run(sources)
    assert.equal(error, null)
    assert.deepEqual(result, expected)
    assert.equal(skillCalls[0].name, 'main')
  })
}

test('a rejection of a skill that nobody handles fails the program, and one that is handled does not', async () => {
  const fail = 'async function fail () { await null\n throw new Error("no") }'
  const left = await run({ fail, main: 'async function main () { fail(); await bot.waitForTicks(3) }' })
  assert.deepEqual([left.outcome, left.error.message, left.error.module, left.error.line], ['program_error', 'no', 'fail', 2])
  const handled = await run({ fail, main: 'async function main () { const failing = fail(); await failing.catch(() => {}); await bot.waitForTicks(3) }' })
  assert.equal(handled.outcome, 'completed')
})

// ---- what a program could try

/** Ways past the record; each calls `skill`. @type {Record<string, string>} */
const AROUND = {
  'call and apply': 'skill.call(null); skill.apply(null, [])',
  bind: 'skill.bind(null)()',
  Reflect: 'Reflect.apply(skill, null, []); Reflect.construct(skill, [])',
  'its prototype': 'skill.prototype.constructor()',
  'what it made': 'new (new skill()).constructor()',
  'a faked stack': 'const name = "x\\n    at y (program/1/other.js:3:1)"; ({ [name]: () => skill() })[name]()',
  'code under the name of another': '(0, eval)("(call => call())\\n//# sourceURL=program/1/other.js")(() => skill())',
  'a stack that is nearly full': 'const dive = () => { try { dive() } catch { } }; dive(); skill()'
}
for (const [way, source] of Object.entries(AROUND)) {
  test(`a skill is not called past the record by ${way}`, async () => {
    const { skillCalls, lines } = await run({ skill: 'function skill () { console.log("called") }', main: `function main () { ${source} }` })
    assert.ok(lines.length > 0)
    assert.deepEqual(told(skillCalls).slice(1), lines.map(() => ['skill', 'main', [], true, null]))
  })
}

test('what is recorded is not what a program says of itself', async () => {
  const { skillCalls, outcome } = await run({
    skill: 'async function skill (given) { given.text = "later" }',
    main: `async function main () {
      Object.defineProperty(skill, 'name', { value: 'another' })
      try { bot.inventory.slots[36] = { name: 'diamond', count: 64 } } catch {}
      const { entity } = bot
      Object.defineProperty(entity, 'toJSON', { value: () => 'a lie' })
      await skill({ text: 'first', entity })
      await skill({ get text () { skill({ text: 'within' }); throw new Error('no') }, set text (value) {} })
      await skill(new Proxy({}, { ownKeys () { throw new Error('no') } })).catch(() => {})
    }`
  })
  assert.equal(outcome, 'completed')
  const [, first, within, reading, proxy] = skillCalls
  assert.equal(skillCalls.length, 5)
  assert.deepEqual([first.name, first.arguments[0].text, first.arguments[0].entity.username, first.after.inventory], ['skill', 'first', 'tester', {}])
  assert.deepEqual([within.arguments[0].text, proxy.arguments], ['within', ['(cannot be read: no)']])
  assert.match(reading.arguments[0].text, /cannot be read: no/)
})

test('to record a call takes less than a millisecond', async () => {
  const began = process.cpuUsage()
  const calls = 190
  await run({ one: 'function one () {}', main: `function main () { for (let n = 0; n < ${calls}; n++) one() }` })
  const { user } = process.cpuUsage(began)
  assert.ok(user / 1000 / calls < 1, `${user / 1000 / calls} ms`)
})
