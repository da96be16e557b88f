'use strict'
/** Which programs have the same shape, which have not, and where the places in them are. */

/* eslint-disable no-template-curly-in-string -- they are programs */

const test = require('node:test')
const assert = require('node:assert/strict')
const { shapeOf } = require('../../mc_server/bridge/source/shape')

/** @param {string} source @param {string[]} [constants] */
function shape (source, constants = []) {
  const entry = /(?:function\s*|const )(\w+)/.exec(source)?.[1] ?? ''
  const found = /** @type {any} */ (shapeOf(source, entry, constants))
  assert.equal(found.fault, null, `${source}: ${found.fault}`)
  return found
}
const values = (/** @type {any} */ { slots }) => slots.map((/** @type {any} */ { value }) => value)

const PLAIN = 'async function mine () { const had = countItem("log"); if (had < 5) { await mineBlock("log", 5) } return had }'

/** @type {Record<string, [string, string]>} */
const SAME = {
  'names of its own': [PLAIN, 'async function getWood () { const x = countItem("log"); if (x < 5) { await mineBlock("log", 5) } return x }'],
  'comments, lines, quotes and semicolons': [PLAIN, `// Mines.
    async function mine () {
      const had = countItem('log') // how many
      if (had < 5) { await mineBlock(\`log\`, 5); }
      ;return had
    }`],
  'numbers and texts': [PLAIN, PLAIN.replaceAll('log', 'iron_ore').replaceAll('5', '-12.5')],
  'braces around one statement': [PLAIN, PLAIN.replace('{ await mineBlock("log", 5) }', 'await mineBlock("log", 5);')],
  'a block that groups nothing': [PLAIN, PLAIN.replace('return had', '{ { return had } }')],
  'let where nothing is written': [PLAIN, PLAIN.replace('const had', 'let had')],
  'an arrow': [PLAIN, PLAIN.replace('async function mine ()', 'const mine = async () =>')],
  'an arrow with and without braces': ['function f () { list.map(x => x.name) }', 'function f () { list.map(function (y) { return y["name"] }) }'],
  'variables declared at once': ['function f () { const a = g(), b = h(a); k(b) }', 'function f () { const b = g(); const a = h(b); k(a) }'],
  'members and keys in quotes': ['function f () { g({ a: bot.health, b }) }', 'function f () { g({ "a": bot["health"], b: b }) }'],
  'an empty return at the end': ['function f () { g(); return }', 'function f () { g() }'],
  'helpers by another name': ['function f () { help(1) } function help (n) { g(n) }', 'function f () { aid(2) } function aid (m) { g(m) }']
}

/** @type {Record<string, [string, string]>} */
const DIFFERENT = {
  'another primitive': [PLAIN, PLAIN.replace('mineBlock', 'collectBlock')],
  'another order': ['function f () { a(); b() }', 'function f () { b(); a() }'],
  'no await': [PLAIN, PLAIN.replace('await ', '')],
  'another comparison': [PLAIN, PLAIN.replace('<', '<=')],
  'another member': ['function f () { g(bot.health) }', 'function f () { g(bot.food) }'],
  'a number for a text': ['function f () { g(1) }', 'function f () { g("1") }'],
  'true and false': ['function f () { g(true) }', 'function f () { g(false) }'],
  'arguments the other way round': ['function f (a, b) { g(a, b) }', 'function f (a, b) { g(b, a) }'],
  'a local for a global': ['function f () { mineBlock(1) }', 'function f (mineBlock) { mineBlock(1) }'],
  'a function beside its parameter of that name': ['function f (f) {} function g (g) {} f()', 'function f (f) {} function g (f) {} g()'],
  'another entry': ['function f () { a() } function g () { b() }', 'function g () { a() } const f = 1; function h () { b() }'],
  'what is done when not': ['function f () { if (a) b() }', 'function f () { if (!a) b() }'],
  'an arrow whose this is another': ['function f () { g(function () { return this }) }', 'function f () { g(() => { return this }) }'],
  'a variable that is written': ['function f () { let a = 1; a = g(a) }', 'function f () { const a = 1; g(a) }'],
  'text around values': ['function f (a) { g(`${a}_log`) }', 'function f (a) { g(`${a}_planks`) }'],
  'an optional call': ['function f () { a.b() }', 'function f () { a.b?.() }'],
  'a generator': ['function f () { a() }', 'function * f () { a() }']
}

for (const [name, [one, other]] of Object.entries(SAME)) {
  test(`the same shape: ${name}`, () => assert.equal(shape(one).digest, shape(other).digest))
}
for (const [name, [one, other]] of Object.entries(DIFFERENT)) {
  test(`another shape: ${name}`, () => assert.notEqual(shape(one).digest, shape(other).digest))
}

test('a parameter is read as its default, where it is asked for and never written', () => {
  const source = 'async function mine (count = 1) { await mineBlock("ore", count); await keep({ count }) }'
  const fixed = 'async function mineFive () { await mineBlock("ore", 5); await keep({ count: 5 }) }'
  const read = shape(source, ['count'])
  assert.equal(read.digest, shape(fixed).digest)
  assert.deepEqual(values(read), ['ore', 1, 1])
  assert.deepEqual(read.slots.map((/** @type {any} */ { parameter }) => parameter), [null, 'count', 'count'])
  assert.notEqual(shape(source).digest, read.digest)
  const written = source.replace('{ await', '{ count++; await')
  assert.equal(shape(written, ['count']).digest, shape(written).digest)
})

test('what is only printed is marked', () => {
  const { slots } = shape('function f () { console.log("five", `${g(5)} ores`); h(5) }')
  assert.deepEqual(slots.map((/** @type {any} */ { value, is_shown: isShown }) => [value, isShown]),
    [['five', true], [5, true], ['', true], [' ores', true], [5, false]])
})

test('places of globals are told with what is given to them', () => {
  const source = 'async function f () { await five (/* ( */); ten(2, ...more); use(five); const own = { five }; return five || (() => { const ten = 1; g(ten) }) }'
  const { places, parameters_start: start, declared } = shape(source)
  const of = (/** @type {string} */ name) => places.filter((/** @type {any} */ place) => place.name === name)
  const [called, passed, short, other] = of('five')
  assert.equal(source.slice(called.start, called.arguments_start), 'five (')
  assert.deepEqual([called.arguments, passed.arguments, passed.needs_brackets, short.is_shorthand, other.needs_brackets], [[], null, false, true, true])
  assert.equal(of('ten').length, 1)
  assert.deepEqual(of('ten')[0].arguments.map((/** @type {any} */ { kind }) => kind), ['number', 'spread'])
  assert.equal(source.slice(0, start), 'async function f (')
  assert.ok(declared.includes('ten'))
})

test('what is no program has a fault and no shape', () => {
  assert.match(String(/** @type {any} */ (shapeOf('function f ( {', 'f', [])).fault), /Unexpected token/)
  assert.match(String(/** @type {any} */ (shapeOf(`x = ${'['.repeat(9000)}${']'.repeat(9000)}`, 'f', [])).fault), /nested too deeply/)
})
