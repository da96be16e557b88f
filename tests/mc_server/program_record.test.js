'use strict'
/** What is recorded of a program: its errors with their lines, its values, its steps. Whatever it throws or returns, the record holds. */

const test = require('node:test')
const assert = require('node:assert/strict')
const { EventEmitter } = require('node:events')
const path = require('node:path')

const bridge = path.join(__dirname, '..', '..', 'mc_server', 'bridge')
const { consoleFor, loadProgram } = require(path.join(bridge, 'program', 'compartment.js'))
const { DeathCause } = require(path.join(bridge, 'bot', 'death_cause.js'))
const { describeError, isOurs } = require(path.join(bridge, 'program', 'errors.js'))
const { Seen } = require(path.join(bridge, 'host', 'seen.js'))
const { recordable } = require(path.join(bridge, 'program', 'record_value.js'))
const { Trace, wordsFor } = require(path.join(bridge, 'program', 'trace.js'))
const { ProgramTimers } = require(path.join(bridge, 'program', 'program_timers.js'))
const { Vec3 } = require(path.join(bridge, '..', 'node_modules', 'vec3'))
const registry = require(path.join(bridge, '..', 'node_modules', 'prismarine-registry'))('1.20.4')

/**
 * @param {string} source of `main`, or of a helper with `main` after it
 * @param {object} [endowments]
 */
async function errorOf (source, endowments = {}) {
  const modules = [{ name: 'helper', source }, { name: 'main', source: 'async function main () {\n\n\n\n\n\n\n  return await helper() }' }]
  try {
    await loadProgram({ modules, entry: 'main', run: 12 }, endowments)()
  } catch (error) {
    return describeError(error)
  }
  assert.fail('no error')
}

/** Bodies of a skill, and the line of it that failed. @type {Record<string, [string, number]>} */
const PLACES = {
  'before an await': ['async function helper () {\n  null.x\n}', 2],
  'after awaits': ['async function helper () {\n  await null\n  await null\n  null.x\n}', 4],
  'in a callback': ['async function helper () {\n  [1].forEach(() => {\n    null.x\n  })\n}', 3],
  'in a function within': ['async function helper () {\n  const inner = async () => {\n    await null\n    null.x\n  }\n  await inner()\n}', 4],
  'in a getter': ['async function helper () {\n  const a = {\n    get b () { return null.x }\n  }\n  return a.b\n}', 3],
  'in a class': ['async function helper () {\n  class A {\n    go () { this.x.y() }\n  }\n  new A().go()\n}', 3],
  'in a promise': ['async function helper () {\n  await new Promise(() => {\n    null.x\n  })\n}', 3],
  'with a message of many lines': ['async function helper () {\n  throw new Error("a\\n    at program/12/main.js:99:1\\nb")\n}', 2],
  'with a huge message': ['async function helper () {\n\n  throw new Error("x".repeat(300000))\n}', 3],
  'with a changed message': ['async function helper () {\n  const error = new Error("a")\n  error.message = "b"\n  throw error\n}', 2],
  'of a subclass': ['async function helper () {\n  class Mine extends Error {}\n  throw new Mine("a")\n}', 3],
  'of a subclass with a constructor': ['async function helper () {\n  class Mine extends Error {\n    constructor () {\n      super("a")\n    }\n  }\n  throw new Mine()\n}', 7],
  'in the constructor of another class': ['async function helper () {\n  class Other {\n    constructor () {\n      null.x\n    }\n  }\n  return new Other()\n}', 4],
  'of the language': ['async function helper () {\n  return "a".repeat(-1)\n}', 2],
  'of JSON': ['async function helper () {\n  return JSON.parse("{")\n}', 2],
  'of too deep a recursion': ['async function helper () {\n  const f = () => f() + 1\n  return f()\n}', 2]
}
for (const [name, [source, line]] of Object.entries(PLACES)) {
  test(`the line of an error ${name} is told`, async () => {
    const error = await errorOf(source)
    assert.deepEqual([error.module, error.line], ['helper', line])
    assert.ok(error.message.length < 2100)
  })
}

test('a syntax error in a skill names the skill and the line', async () => {
  const error = await errorOf('async function helper () {\n  const a = 1\n  const a = 2\n}')
  assert.deepEqual([error.name, error.module, error.line], ['SyntaxError', 'helper', 3])
})

test('what is not there is told with what there is instead', async () => {
  for (const source of ['structuredClone({})', 'fetch("http://a")']) {
    const error = await errorOf(`async function helper () {\n  ${source}\n}`)
    assert.match(error.message, /^(structuredClone|fetch) is not there: /)
    assert.deepEqual([error.module, error.line], ['helper', 2])
  }
})

test('an error of trusted code alone is ours, and nothing else is', async () => {
  const run = loadProgram({ modules: [{ name: 'run', source: 'function run () { return new Error("x") }' }], entry: 'run' }, {})
  assert.equal(isOurs(new Error('x')), true)
  for (const theirs of [run(), 'x', undefined, 7, {}, null]) assert.equal(isOurs(theirs), false)
})

/** @type {[string, any, any][]} */
const VALUES = [
  ['plain data', { a: [1, 'b', null, true] }, { a: [1, 'b', null, true] }],
  ['numbers JSON lacks', [NaN, -Infinity, 5n, 10n ** 200n], ['NaN', '-Infinity', '5n', '(a BigInt of more than 100 digits)']],
  ['undefined', undefined, null],
  ['functions and symbols', [() => 1, Symbol('a'), { f: () => 1, b: 2 }], ['(a function)', 'Symbol(a)', { b: 2 }]],
  ['maps and sets', new Map([['a', new Set([1, 2])]]), { a: [1, 2] }],
  ['maps by other keys', new Map([[{ x: 1 }, 2]]), [[{ x: 1 }, 2]]],
  ['dates', [new Date(0), new Date(NaN)], ['1970-01-01T00:00:00.000Z', 'Invalid Date']],
  ['errors', Object.assign(new Error('a'), { code: 'b' }), { name: 'Error', message: 'a', code: 'b' }],
  ['positions', new Vec3(1, 2, 3), { x: 1, y: 2, z: 3 }],
  ['promises', [Promise.resolve(1)], ['(a promise: was it awaited?)']],
  ['getters that throw', { get a () { throw new Error('no') }, b: 1 }, { a: '(cannot be read: no)', b: 1 }],
  ['proxies that throw', new Proxy({}, { ownKeys () { throw new Error('no') } }), '(cannot be read: no)'],
  ['what says itself how', { toJSON: () => ({ a: 1 }) }, { a: 1 }],
  ['what says it wrongly', { toJSON () { throw new Error('no') } }, '(cannot be read: no)'],
  ['what says it of itself', { toJSON () { return this } }, '(itself)'],
  ['bytes', new Uint8Array(9), '(9 bytes)']
]
for (const [name, value, expected] of VALUES) {
  test(`recorded as JSON: ${name}`, () => {
    const result = recordable(value, 1000)
    assert.deepEqual(result, expected)
    assert.deepEqual(JSON.parse(JSON.stringify(result)), expected)
  })
}

test('a cycle, a deep and a wide value are cut off with a word', () => {
  /** @type {any} */ const cycle = { name: 'a' }
  cycle.self = cycle
  assert.deepEqual(recordable(cycle, 1000), { name: 'a', self: '(itself)' })
  /** @type {any} */ let deep = 1
  for (let depth = 0; depth < 10000; depth++) deep = [deep]
  assert.match(JSON.stringify(recordable(deep, 10000)), /nested too deeply/)
  const wide = recordable(Object.fromEntries(Array.from({ length: 100000 }, (_, index) => [`k${index}`, 'v'])), 1000)
  assert.match(wide['...'], /^\(\d+ more left out\)$/)
  assert.ok(JSON.stringify(wide).length < 4000)
  assert.match(recordable('x'.repeat(5000), 100), /cut off: 5000 characters/)
})

test('the console shows what a program gives it', () => {
  /** @type {string[]} */ const lines = []
  const console = consoleFor((/** @type {string} */ line) => lines.push(line))
  console.log('a', 1, undefined, null, [1, { b: 2 }], new Error('no'), () => 1, 5n)
  console.assert(true, 'fine')
  console.assert(false, 'broken')
  console.table([{ a: 1 }])
  assert.deepEqual(lines, ['a 1 undefined null [1,{"b":2}] Error: no [function] 5', 'Assertion failed: broken', '[{"a":1}]'])
})

// ---- steps

test('steps are told in words', () => {
  const told = [
    [{ name: 'stone', position: new Vec3(3, 64, -2) }, 'stone at 3, 64, -2'],
    [{ username: 'Steve', name: 'player', position: new Vec3(0.5, 64, 0.25) }, 'Steve at 0.50, 64, 0.25'],
    [{ name: 'oak_log', count: 3 }, '3 oak_log'],
    [new Vec3(1, 2, 3), '1, 2, 3'],
    ['hand', '"hand"'],
    [[1, 'a'], '[1, "a"]'],
    [() => 1, 'function'],
    [undefined, 'undefined'],
    [{ get name () { throw new Error('no') } }, '...']
  ]
  for (const [value, words] of told) assert.equal(wordsFor(value), words)
})

test('of a long trace the beginning comes at once and the end at the end', () => {
  /** @type {any[]} */ const sent = []
  let now = 5
  const trace = new Trace({ send: (/** @type {any} */ entry) => sent.push(entry), worldSeconds: () => now })
  for (let step = 0; step < 3000; step++) trace.add(`step ${step}`, '')
  assert.equal(sent.length, 1000)
  assert.deepEqual(sent[0], { seconds: 0, module: null, line: null, text: 'step 0' })
  now = 6.25
  trace.add('last', '    at main (program/3/main.js:7:2)')
  trace.flush()
  assert.equal(sent.length, 1101)
  assert.equal(sent[1000].text, '(1901 steps left out)')
  assert.deepEqual(sent[1100], { seconds: 1.25, module: 'main', line: 7, text: 'last' })
})

test('a trace that goes on and on reaches the host now and then, and does not flood it', () => {
  let sent = 0
  let now = 0
  const trace = new Trace({ send: () => { sent++ }, worldSeconds: () => now })
  for (let step = 0; step < 100000; step++) {
    now += 0.01
    trace.add('again', '')
  }
  assert.ok(sent > 5000 && sent < 15000, `${sent} were sent`)
})

test('what the process left out is told at the end of the trace', () => {
  /** @type {string[]} */ const texts = []
  const trace = new Trace({ send: (/** @type {any} */ entry) => texts.push(entry.text), worldSeconds: () => 0 })
  trace.tellLeftOut({ calls: 0, 'lines of chat': -400 })
  trace.tellLeftOut({ calls: 7, 'lines of chat': 3, 'lines of progress': -1 })
  assert.deepEqual(texts, ['(left out of the record: 7 calls, 3 lines of chat)'])
})

test('what the host left out is told at the end of the trace', () => {
  const seen = new Seen(null, () => {})
  for (let number = 0; number < 1012; number++) seen.add({ type: 'call', call: {} }, 10)
  for (let number = 0; number < 300; number++) seen.add({ type: 'chat', text: 'x' }, 2000)
  assert.deepEqual([seen.calls.length, seen.chat.length], [1000, 250])
  assert.deepEqual(seen.trace, [{ seconds: 0, module: null, line: null, text: '(left out of the record: 12 calls, 50 lines of chat)' }])
})

test('an act that fails is told twice', () => {
  /** @type {any[]} */ const texts = []
  const trace = new Trace({ send: (/** @type {any} */ entry) => texts.push(entry.text), worldSeconds: () => 0 })
  trace.action({ name: 'equip', args: ['a', 'hand'], site: '' })(new Error('no such item'))
  trace.action({ name: 'window.close', args: [], site: '' })(null)
  assert.deepEqual(texts, ['bot.equip("a", "hand")', 'bot.equip("a", "hand") failed: no such item', 'window.close()'])
})

// ---- timers

const timers = () => {
  /** @type {any[]} */ const errors = []
  const made = new ProgramTimers({ onError: (/** @type {any} */ error) => errors.push(error) })
  return { made, errors, ...made.endowments() }
}

test('timers fire with their arguments, repeat, and can be cleared', async () => {
  const { setTimeout: later, setInterval: every, setImmediate: soon, clearInterval: stop, clearTimeout: forget, made } = timers()
  /** @type {any[]} */ const fired = []
  forget(later(() => fired.push('forgotten'), 1))
  await new Promise(resolve => {
    soon((/** @type {string} */ text) => fired.push(text), 'soon')
    const id = every(() => {
      fired.push('again')
      if (fired.filter(text => text === 'again').length < 3) return
      stop(id)
      later(resolve, 5)
    }, 1)
  })
  // An immediate callback and a timer of a millisecond may come in either order.
  assert.deepEqual(fired.sort(), ['again', 'again', 'again', 'soon'])
  assert.equal(made.alive.size, 0)
})

test('an interval that was cleared fires no more, however fast the clock', async () => {
  const { setInterval: every, clearInterval: stop } = timers()
  const machineInterval = globalThis.setInterval
  let fired = 0
  try {
    // As clocks at a rate of several do it.
    globalThis.setInterval = /** @type {any} */ (/** @type {any} */ run) => machineInterval(() => { for (let times = 0; times < 5; times++) run() }, 1)
    await new Promise(resolve => {
      const id = every(() => {
        fired++
        stop(id)
        setImmediate(resolve)
      }, 1)
    })
  } finally {
    globalThis.setInterval = machineInterval
  }
  assert.equal(fired, 1)
})

test('a program holds no more than its timers\' numbers, and at most a thousand of them', () => {
  const { setTimeout: later, setInterval: every, made } = timers()
  assert.equal(typeof later(() => {}, 1e6), 'number')
  assert.throws(() => { for (;;) every(() => {}, 1e6) }, { code: 'invalid_argument', message: /1000 timers/ })
  assert.equal(made.alive.size, 1000)
  assert.throws(() => later('text', 1), { code: 'invalid_argument' })
  made.dispose()
  assert.equal(made.alive.size, 0)
  assert.throws(() => later(() => {}, 1), { code: 'cancelled' })
})

test('what a callback throws is told, and its interval ends', async () => {
  const { setInterval: every, errors, made } = timers()
  await new Promise(resolve => every(() => {
    setImmediate(resolve)
    throw new Error('oops')
  }, 1))
  assert.deepEqual([errors.map((/** @type {any} */ error) => error.message), made.alive.size], [['oops'], 0])
})

// ---- the cause of a death

class DyingBot extends EventEmitter {
  constructor () {
    super()
    this._client = new EventEmitter()
    this.username = 'tester'
    this.registry = registry
    this.entity = { id: 7 }
    this.entities = { 9: { name: 'zombie', type: 'hostile' } }
  }
}

/** @param {(bot: DyingBot) => void} happens before the death @param {(bot: DyingBot) => void} [after] */
async function causeOf (happens, after = () => {}) {
  const bot = new DyingBot()
  const cause = new DeathCause(bot)
  happens(bot)
  const found = cause.find()
  after(bot)
  return found
}

const slain = { type: 'compound', value: { translate: { type: 'string', value: 'death.attack.mob' }, with: { type: 'list', value: { type: 'string', value: ['tester', 'Zombie'] } } } }

test('the cause of a death is what the server says, before or after it', async () => {
  const tell = (/** @type {DyingBot} */ bot) => bot._client.emit('death_combat_event', { playerId: 7, message: slain })
  assert.equal(await causeOf(tell), 'tester was slain by Zombie')
  assert.equal(await causeOf(() => {}, tell), 'tester was slain by Zombie')
  const old = (/** @type {DyingBot} */ bot) => bot._client.emit('combat_event', { event: 2, message: JSON.stringify({ text: 'tester drowned' }) })
  assert.equal(await causeOf(old), 'tester drowned')
})

test('else it is the message in chat, else what hurt last', async () => {
  const blow = (/** @type {DyingBot} */ bot) => bot._client.emit('damage_event', { entityId: 7, sourceTypeId: 0, sourceCauseId: 10, sourceDirectId: 10 })
  const chat = (/** @type {DyingBot} */ bot) => {
    bot.emit('messagestr', 'tester is a liar', 'chat')
    bot.emit('messagestr', 'tester fell from a high place', 'system')
  }
  assert.equal(await causeOf(bot => { blow(bot); chat(bot) }), 'tester fell from a high place')
  assert.match(await causeOf(blow), /^hurt last: .*by zombie$/)
  assert.equal(await causeOf(() => {}), 'of a cause the server did not tell')
})
