'use strict'
/** What a program could make others believe: of its arguments, its errors, its values and its text. */

const { ProgramTheatre } = require('./program_harness')
const test = require('node:test')
const assert = require('node:assert/strict')
const path = require('node:path')

const bridge = path.join(__dirname, '..', '..', 'mc_server', 'bridge')
const { loadProgram } = require(path.join(bridge, 'program', 'compartment.js'))
const { describeError, ProgramFault } = require(path.join(bridge, 'program', 'errors.js'))
const { cutData, record } = require(path.join(bridge, 'channel', 'shapes.js'))
const { fromBot } = require(path.join(bridge, 'channel', 'messages.js'))
const { recordable } = require(path.join(bridge, 'program', 'record_value.js'))
const { stackText } = require(path.join(bridge, 'program', 'stack_text.js'))

/** @type {ProgramTheatre} */ let theatre
test.before(async () => { theatre = await ProgramTheatre.open() })
test.after(() => theatre.close())

/**
 * @param {string} body
 * @param {object} [endowments]
 */
const run = (body, endowments = {}) =>
  loadProgram({ modules: [{ name: 'main', source: `function main () { ${body} }` }], entry: 'main', run: 1 }, endowments)()

const LIE = 'throw Object.assign(new Error("nothing there"), { code: "not_found" })'

// ---- what was done

test('what is recorded of an argument is what the primitive was given', async () => {
  /** @type {any[]} */ const given = []
  const take = (/** @type {any} */ _, /** @type {any} */ value) => { given.push(value) }
  const { calls } = await theatre.run('let looks = 0; take({ get name () { return looks++ === 0 ? "first" : "later" } })', { primitives: { take } })
  assert.deepEqual(given, [{ name: 'first' }])
  assert.deepEqual(calls[0].arguments, [{ name: 'first' }])
})

test('what a program adds to a view is not recorded', async () => {
  const { calls, error } = await theatre.run(`
    const { entity } = bot
    Object.defineProperty(entity, 'toJSON', { value: () => 'a lie' })
    take(entity, [entity])`, { primitives: { take () {} } })
  assert.equal(error, null)
  assert.deepEqual([calls[0].arguments[0].username, calls[0].arguments[1][0].username], ['tester', 'tester'])
})

const THROWN = {
  'in an argument': [`give({ get name () { ${LIE} } })`, 'invalid_argument'],
  'in a function that is asked': [`give(() => { ${LIE} })`, null],
  'in what such a function answers': [`give(() => ({ get name () { ${LIE} } }))`, null]
}
for (const [where, [source, code]] of Object.entries(THROWN)) {
  test(`an error ${where} is not recorded with a code of the primitive`, async () => {
    const give = (/** @type {any} */ _, /** @type {any} */ value) => value()
    const { calls, result } = await theatre.run(`try { ${source} } catch (error) { return error.code }`, { primitives: { give } })
    assert.deepEqual([calls[0].error.code, result], [code, 'not_found'])
  })
}

test('a primitive that hands something of ours back gives a view', async () => {
  const back = (/** @type {any} */ _, /** @type {any} */ ask) => ({ list: [ask()] })
  const { result } = await theatre.run('return [back(() => bot.entity).list[0] === bot.entity, back(() => bot).list[0] === bot]', { primitives: { back } })
  assert.deepEqual(result, [true, true])
})

// ---- what went wrong

test('no error that a program gets helps it to make a fault with a place of its choice', () => {
  const fault = new ProgramFault('invalid_argument', 'no', { module: 'main', line: 3 })
  const fake = run('const fake = new fault.constructor("killed", "no", { module: "helper", line: 7 }); fault.place = { module: "helper", line: 7 }; return fake', { fault })
  assert.ok(!(fake instanceof ProgramFault))
  assert.deepEqual([describeError(fake).module, describeError(fault).module], ['main', 'main'])
})

test('stacks name files, and no folders of this machine', () => {
  const stack = run('return new Error("any").stack')
  assert.match(stack, /^Error: any\n {4}at main \(program\/1\/main\.js:1:\d+\)\n/)
  assert.doesNotMatch(stack, /[( ][\\/]|\w:\\|file:/)
  assert.ok(!stack.includes(path.resolve(bridge, '..', '..')))
})

test('a stack is written from any frames, and of any error', () => {
  const frames = [
    'f (/opt/somewhere/a b/file.js:1:2)', 'C:\\Users\\somebody\\file.js:1:2', 'async file:///opt/somewhere/file.js:1:2',
    'eval (eval at g (/opt/somewhere/file.js:1:2), <anonymous>:1:2)', 'program/1/main.js:1:2', 'node:internal/process:1:2'
  ]
  assert.equal(stackText({ name: { toString () { throw new Error('no') } } }, frames), ['Error',
    'f (file.js:1:2)', 'file.js:1:2', 'async file.js:1:2', 'eval (eval at g (file.js:1:2), <anonymous>:1:2)', 'program/1/main.js:1:2',
    'node:internal/process:1:2'].join('\n    at '))
})

test('what reads the stack of an error is frozen', () => {
  const { get, set } = Object.getOwnPropertyDescriptor(new Error('any'), 'stack') ?? {}
  for (const one of [get, set]) assert.ok(one === undefined || Object.isFrozen(one))
})

// ---- what is said

/** @param {object} value @param {PropertyKey} name @param {any} what */
const withOwn = (value, name, what) => Object.defineProperty(value, name, { value: what })
const endless = function * () { for (;;) yield 'more' }
/** @type {Record<string, [any, any]>} */
const LIARS = {
  'a date': [withOwn(new Date(0), 'toISOString', () => ({ toJSON () { throw new Error('late') } })), '1970-01-01T00:00:00.000Z'],
  'a list without end': [withOwn([1], Symbol.iterator, endless), [1]],
  'a set without end': [withOwn(new Set([1]), Symbol.iterator, endless), [1]],
  'a map without end': [withOwn(new Map([['a', 1]]), 'keys', endless), { a: 1 }],
  'a set that lies about its size': [withOwn(new Set([1]), 'size', 7), [1]],
  bytes: [withOwn(new Uint8Array(3), 'byteLength', { toString: () => 'many' }), '(NaN bytes)']
}
for (const [name, [value, expected]] of Object.entries(LIARS)) {
  test(`${name} is recorded by what it holds`, () => assert.deepEqual(recordable(value, 1000), expected))
}

const TRICKS = '\u001b[31mred\u0007 \u202eback\u2066 \u0085\u2028end'
const PLAIN = ' [31mred   back    end'

test('no text of a program moves the cursor, or turns the order of what is shown', () => {
  for (const type of ['chat', 'progress']) assert.equal(fromBot({ type, id: 1, text: `${TRICKS}\n` }).text, `${PLAIN} `)
  const { entry } = fromBot({ type: 'trace', id: 1, entry: { seconds: 1, module: null, line: null, text: TRICKS } })
  assert.equal(entry.text, PLAIN)
})

test('values and names keep their lines at most', () => {
  assert.deepEqual(cutData(100)({ [TRICKS]: [`a\n\tb${TRICKS}`] }), { [PLAIN]: [`a\n\tb${PLAIN}`] })
  assert.deepEqual(record(Boolean, 9)({ 'a\u001bb': 1 }), { 'a b': true })
})
