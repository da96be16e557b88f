'use strict'
/** What a program can reach, and how its errors are described; each test attacks one property. No server is needed. */

const test = require('node:test')
const assert = require('node:assert/strict')
const { EventEmitter } = require('node:events')
const path = require('node:path')

const bridge = path.join(__dirname, '..', '..', 'mc_server', 'bridge')
const { consoleFor, loadProgram } = require(path.join(bridge, 'program', 'compartment.js'))
const { Membrane } = require(path.join(bridge, 'membrane', 'membrane.js'))
const { PrimitiveCalls } = require(path.join(bridge, 'program', 'primitives.js'))
const { describeError } = require(path.join(bridge, 'program', 'errors.js'))
const { Vec3 } = require(path.join(bridge, '..', 'node_modules', 'vec3'))

const COMMANDING = ['setCommandBlock', 'tabComplete', 'acceptResourcePack', 'writeBook', 'signBook']

class StandInBot extends EventEmitter {
  constructor () {
    super()
    this.username = 'tester'
    this.entity = { position: new Vec3(1, 2, 3) }
    this.inventory = { slots: [null, { name: 'dirt', count: 3 }], items: () => [{ name: 'dirt', count: 3 }], updateSlot: () => {} }
    this._client = { write: () => {} }
    /** @type {string[]} */ this.said = []
    this.chat = (/** @type {string} */ text) => { this.said.push(text) }
    // Ways of sending text, or commands, besides the chat.
    for (const name of COMMANDING) Object.assign(this, { [name]: (/** @type {string[]} */ ...texts) => { this.said.push(...texts) } })
    this.quit = () => { throw new Error('the bot has left') }
    this.waitForTicks = async () => {}
    this.dig = async () => {
      await new Promise(resolve => setImmediate(resolve))
      throw new Error('too far')
    }
    this.findBlocks = (/** @type {any} */ options) => [options.maxDistance]
  }
}

/**
 * @param {string | {name: string, source: string}[]} modules a body of `main`, or whole modules of which the last is run
 * @param {{bot?: any, primitives?: Record<string, any>}} [options]
 */
function start (modules, { bot = new StandInBot(), primitives = {} } = {}) {
  const membrane = new Membrane({ bot, onListenerError: (/** @type {any} */ error) => listenerErrors.push(error) })
  /** @type {any[]} */ const listenerErrors = []
  /** @type {any[]} */ const calls = []
  /** @type {string[]} */ const lines = []
  const abort = new AbortController()
  const context = { signal: abort.signal, worldSeconds: () => performance.now() / 1000 }
  const record = new PrimitiveCalls({ membrane, context, onCall: (/** @type {any} */ call) => calls.push(call) })
  const all = typeof modules === 'string' ? [{ name: 'main', source: `async function main () { ${modules} }` }] : modules
  const run = async () => loadProgram({ modules: all, entry: all[all.length - 1].name }, {
    ...record.endowments(new Map(Object.entries(primitives))),
    bot: membrane.out(bot),
    Vec3,
    console: consoleFor((/** @type {string} */ line) => lines.push(line))
  })()
  return { result: run(), bot, membrane, calls, lines, listenerErrors, abort, record }
}

/** @param {any[]} given */
const resultOf = (...given) => /** @type {any} */ (start)(...given).result

/** @param {any[]} given */
const errorOf = async (...given) => describeError(await resultOf(...given).then(() => assert.fail('no error'), (/** @type {any} */ error) => error))

const HIDDEN = ['require', 'process', 'setTimeout', 'setInterval', 'fetch', 'Buffer', 'WebAssembly', 'module', 'global']
for (const name of HIDDEN) {
  test(`a program has no ${name}`, async () => {
    assert.equal(await resultOf(`return typeof ${name}`), 'undefined')
  })
}

const CONSTRUCTOR_ATTACKS = {
  'of a function': '(() => {}).constructor("return typeof process")()',
  'of an async function': 'await (async () => {}).constructor("return typeof process")()',
  'of a generator': '(function * () {}).constructor("return typeof process")().next().value',
  'of a primitive': 'addOne.constructor("return typeof process")()',
  'of a method of the bot': 'bot.chat.constructor("return typeof process")()',
  'of an error from the bot': 'await bot.dig().catch(error => error.constructor.constructor("return typeof process")())',
  'of a promise from the bot': 'bot.waitForTicks().constructor.constructor("return typeof process")()',
  'of a vector': 'new Vec3(0, 0, 0).constructor.constructor("return typeof process")()',
  'of a result': '(await addOne(1)).constructor.constructor("return typeof process")()',
  'through Reflect': 'Reflect.getPrototypeOf(bot.chat).constructor("return typeof process")()'
}
for (const [name, attack] of Object.entries(CONSTRUCTOR_ATTACKS)) {
  test(`the constructor ${name} gives no way out`, async () => {
    const attempt = resultOf(`return ${attack}`, { primitives: { addOne: async () => ({ value: 1 }) } })
    const reached = await attempt.catch(() => 'refused')
    assert.ok(['refused', 'undefined'].includes(reached), `reached ${reached}`)
  })
}

const PROTOTYPE_ATTACKS = [
  'Object.prototype.polluted = 1', 'Array.prototype.push = () => 0', 'Vec3.prototype.plus = () => 0',
  'Promise.prototype.then = () => 0', 'Object.getPrototypeOf(bot).polluted = 1', 'bot.__proto__.polluted = 1'
]
for (const attack of PROTOTYPE_ATTACKS) {
  test(`a program cannot do: ${attack}`, async () => {
    await assert.rejects(resultOf(attack))
    assert.equal(/** @type {any} */ ({}).polluted, undefined)
  })
}

test('stack frames stay texts', async () => {
  const attack = 'try { Error.prepareStackTrace = (_, frames) => frames } catch {}; return typeof new Error("x").stack'
  assert.equal(await resultOf(attack), 'string')
})

test('import() is refused', async () => {
  assert.equal((await errorOf('return await import("node:fs")')).name, 'SyntaxError')
})

const WRITES = [
  'bot.chat = 1', 'bot.entity.position = 1', 'delete bot.entity', 'bot.inventory.slots[0] = { name: "diamond" }',
  'bot.inventory.slots.push(1)', 'Object.defineProperty(bot, "x", { value: 1 })', 'Object.setPrototypeOf(bot, null)', 'bot.extra = 1', 'delete bot.inventory.slots'
]
for (const write of WRITES) {
  test(`the bot is read-only: ${write}`, async () => {
    const { result, bot } = start(write)
    await assert.rejects(result, /only be read|Cannot (assign|delete|define|redefine|add)|not extensible/)
    assert.deepEqual(bot.inventory.slots[0], null)
  })
}

test('a position is a copy', async () => {
  const { result, bot } = start('bot.entity.position.set(9, 9, 9); return bot.entity.position.x')
  assert.equal(await result, 1)
  assert.equal(bot.entity.position.x, 1)
})

const DENIED = ['_client', '_events', 'quit', 'emit', 'listeners', 'rawListeners', 'loadPlugin', 'world', ...COMMANDING]
for (const name of DENIED) {
  test(`the bot has no ${name}`, async () => assert.equal(await resultOf(`return typeof bot.${name}`), 'undefined'))
}

test('what the client believes cannot be changed through a window', async () => {
  assert.equal(await resultOf('return typeof bot.inventory.updateSlot'), 'undefined')
})

const COMMANDS = [
  '"/give me diamond"', '"hello\\n/give me diamond"', '"  /give me diamond"',
  '"x".repeat(100) + "/give me diamond"', '({ toString: () => "/give" })'
]
for (const text of COMMANDS) {
  test(`chat refuses ${text}`, async () => {
    const { result, bot } = start(`bot.chat(${text})`)
    await assert.rejects(result, { code: 'invalid_argument' })
    assert.deepEqual(bot.said, [])
  })
}

test('chat speaks, and the bot can be read', async () => {
  const { result, bot } = start('bot.chat("hello"); return bot.inventory.items().map(item => item.name + item.count).join()')
  assert.equal(await result, 'dirt3')
  assert.deepEqual(bot.said, ['hello'])
})

test('a search is kept to what is near', async () => {
  assert.equal(await resultOf('return bot.findBlocks({ matching: 1, maxDistance: 500 })[0]'), 128)
})

test('time and chance are there', async () => {
  assert.equal(await resultOf('return new Date() instanceof Date && Date.now() > 0 && Math.random() < 1 && Math.max(1, 2) === 2'), true)
})

test('listeners of a program go with it', async () => {
  const { result, bot, membrane, lines } = start('bot.on("health", () => console.log("heard")); bot.once("move", () => {})')
  await result
  bot.emit('health')
  membrane.dispose()
  bot.emit('health')
  assert.deepEqual(lines, ['heard'])
  assert.equal(bot.listenerCount('health') + bot.listenerCount('move'), 0)
})

test('what a listener throws does not reach the emitter', async () => {
  const { result, bot, listenerErrors } = start('bot.on("health", () => { throw new Error("oops") })')
  await result
  bot.emit('health')
  assert.equal(listenerErrors[0].message, 'oops')
})

test('a program that has ended can do nothing more', async () => {
  /** @type {any} */ let goOn
  const gate = new Promise(resolve => { goOn = resolve })
  const { result, bot, membrane, abort } = start('await gate(); bot.chat("still here")', { primitives: { gate: () => gate } })
  membrane.dispose()
  abort.abort()
  goOn()
  await assert.rejects(result, { code: 'cancelled' })
  assert.deepEqual(bot.said, [])
})

test('an error names the line of the module that threw it', async () => {
  const modules = [
    { name: 'helper', source: '// one\n// two\nasync function helper () {\n  throw new Error("broken")\n}' },
    { name: 'main', source: 'async function main () {\n  await helper()\n}' }
  ]
  const error = await errorOf(modules)
  assert.deepEqual([error.name, error.message, error.module, error.line], ['Error', 'broken', 'helper', 4])
})

test('an error of a primitive names the line that called it, and keeps its code', async () => {
  const mineBlock = async () => {
    await new Promise(resolve => setImmediate(resolve))
    throw Object.assign(new Error('no wood'), { code: 'not_found' })
  }
  const modules = [
    { name: 'helper', source: 'async function helper () {\n\n  await mineBlock("log", 1)\n}' },
    { name: 'main', source: 'async function main () {\n  await helper()\n}' }
  ]
  const { result, calls } = start(modules, { primitives: { mineBlock } })
  const error = describeError(await result.then(() => null, (/** @type {any} */ error) => error))
  assert.deepEqual([error.message, error.code, error.module, error.line], ['no wood', 'not_found', 'helper', 3])
  assert.deepEqual([calls[0].name, calls[0].arguments, calls[0].error.line], ['mineBlock', ['log', 1], 3])
})

test('an error of the bot names the line that called it', async () => {
  const error = await errorOf([{ name: 'main', source: 'async function main () {\n  \n  await bot.dig()\n}' }])
  assert.deepEqual([error.message, error.module, error.line], ['too far', 'main', 3])
})

test('a message that names a place is not taken for one', async () => {
  const error = await errorOf([{ name: 'main', source: 'async function main () {\n  throw new Error("program/other.js:99")\n}' }])
  assert.deepEqual([error.module, error.line], ['main', 2])
})

const SYNTAX_ERRORS = [
  ['async function main () {\n  const x = ;\n}', 2],
  ['async function main () {\n  if (true) {\n\n}', 4],
  ['async function main () {\n  await = 3\n  let let = 1\n}', 2]
]
for (const [source, line] of SYNTAX_ERRORS) {
  test(`a syntax error names line ${line} of ${JSON.stringify(source)}`, async () => {
    const error = await errorOf([{ name: 'main', source }])
    assert.deepEqual([error.name, error.module, error.line], ['SyntaxError', 'main', line])
  })
}

test('a module that does not define its function is named', async () => {
  const error = await errorOf([{ name: 'main', source: 'async function other () {}' }])
  assert.match(error.message, /function named 'main'/)
})

test('values too long for the record are cut, each for itself', async () => {
  const { result, calls } = start('await note("x".repeat(5000), 2)', { primitives: { note: async () => null } })
  await result
  assert.equal(calls[0].arguments.length, 2)
  assert.ok(calls[0].arguments[0].length < 4100)
})

test('what was thrown without being an error is shown', async () => {
  assert.equal((await errorOf('throw "just text"')).message, 'just text')
})

test('a call that nobody awaited ends in the record, not the process', async () => {
  const { result, calls, record } = start('slow(); return 1', { primitives: { slow: () => new Promise(() => {}) } })
  assert.equal(await result, 1)
  record.abandon()
  assert.match(calls[0].error.message, /awaited/)
})
