'use strict'
/**
 * What the host makes of what a bot's process says: only what fits comes through, and a process that goes wrong in any way ends with
 * an outcome, after which the next program runs. No server is needed: the process is a stand-in that misbehaves when it is told to.
 */

const test = require('node:test')
const assert = require('node:assert/strict')
const { spawn } = require('node:child_process')
const path = require('node:path')
const readline = require('node:readline')
const { PassThrough, Readable, duplexPair } = require('node:stream')

const bridge = path.join(__dirname, '..', '..', 'mc_server', 'bridge')
const { Channel } = require(path.join(bridge, 'channel', 'channel.js'))
const { BotChild } = require(path.join(bridge, 'host', 'bot_child.js'))
const { ChildLog } = require(path.join(bridge, 'host', 'child_log.js'))
const { canWatchMemory, memoryOf, watchMemory } = require(path.join(bridge, 'host', 'memory_watch.js'))
const { Supervisor } = require(path.join(bridge, 'host', 'supervisor.js'))
const { fromBot, fromPython, fromSimulation } = require(path.join(bridge, 'channel', 'messages.js'))
const { Misfit, cutData, data } = require(path.join(bridge, 'channel', 'shapes.js'))

const FALSE_BOT = path.join(__dirname, 'fixtures', 'false_bot.js')

// ---- the channel

/** @param {number} maximumBytes */
function connected (maximumBytes = 1000) {
  const [near, far] = duplexPair()
  const channel = new Channel(near, { maximumBytes, schema: (/** @type {any} */ message) => message })
  /** @type {any[]} */ const heard = []
  channel.onMessage = (/** @type {any} */ message) => heard.push(message)
  return { channel, far, heard, fault: new Promise(resolve => { channel.onFault = resolve }) }
}

test('messages come through however they are cut into pieces', async () => {
  const { channel, far, heard } = connected()
  const ended = new Promise(resolve => { channel.onEnd = () => resolve(undefined) })
  for (const piece of ['{"a":', '1}\n{"b":2}\n{"c', '":"', 'ü"}\n']) far.write(piece)
  far.end()
  await ended
  assert.deepEqual(heard, [{ a: 1 }, { b: 2 }, { c: 'ü' }])
})

test('a line that does not end is a fault before it fills the memory', async () => {
  const { far, fault, heard } = connected()
  for (let count = 0; count < 3; count++) far.write('x'.repeat(400))
  assert.match(String(await fault), /longer than/)
  assert.deepEqual(heard, [])
})

test('after a fault nothing more comes through', async () => {
  const { far, fault, heard } = connected()
  far.write('no json\n{"a":1}\n')
  assert.match(String(await fault), /no JSON/)
  assert.deepEqual(heard, [])
})

test('a message that would unfold in memory is a fault', async () => {
  const { far, fault } = connected(10_000_000)
  far.write(`[${'[],'.repeat(1_000_000)}0]\n`)
  assert.match(String(await fault), /too many parts/)
})

test('a message too long to be received is not sent', () => {
  assert.equal(connected(10).channel.send({ text: 'x'.repeat(10) }), false)
})

test('who does not read is told no more', async () => {
  const { channel, fault } = connected(1000)
  while (channel.send({ text: 'x'.repeat(900) }));
  assert.match(String(await fault), /does not read/)
})

// ---- shapes

test('what is copied has no other prototype, and no key that changes one', () => {
  const copy = data(JSON.parse('{"a": {"__proto__": {"polluted": 1}, "constructor": 2}}'))
  assert.deepEqual(copy, { a: { constructor: 2 } })
  assert.equal(/** @type {any} */ (copy.a).polluted, undefined)
})

test('what is too much is cut, and what is too deep too', () => {
  assert.deepEqual(cutData(20)(['x'.repeat(50), 1, 2]), ['x'.repeat(18) + '...', '...'])
  assert.match(JSON.stringify(cutData(1000)(JSON.parse('['.repeat(500) + ']'.repeat(500)))), /^\[{40}"\.\.\."\]{40}$/)
  assert.throws(() => data(JSON.parse('['.repeat(500) + ']'.repeat(500))), /levels/)
})

const UNFIT = {
  'an unknown type': { type: 'please' },
  'a type that every object has': { type: 'constructor' },
  'no type': { id: 1 },
  'no object': null,
  'an infinite number': { type: 'started', id: JSON.parse('1e999') },
  'a missing part': { type: 'call', id: 1, call: { name: 'x' } },
  'an outcome that only the host gives': {
    type: 'ended', id: 1, outcome: 'killed', result: null, error: null, stuck: false, after: null
  }
}
for (const [what, message] of Object.entries(UNFIT)) {
  test(`${what} is no message`, () => assert.throws(() => fromBot(message), Misfit))
}

test('texts of a message are cut, well formed, and what is not named is left out', () => {
  const message = fromBot({ type: 'chat', id: 1, text: '\ud800' + 'x'.repeat(2000), more: 1 })
  assert.deepEqual(message, { type: 'chat', id: 1, text: '\ufffd' + 'x'.repeat(999) + '...' })
})

test('how long a program took is for the host to know, but for a simulation\'s', () => {
  const message = { type: 'ended', id: 1, outcome: 'completed', result: null, error: null, stuck: false, after: null, seconds: 7 }
  assert.deepEqual([fromBot(message).seconds, fromSimulation(message).seconds], [undefined, 7])
})

test('a request names the place where it is wrong', () => {
  assert.throws(() => fromPython({ type: 'execute', bot: 'b', id: 1, script: { modules: 3 }, deadline_seconds: 1 }),
    /execute\.script\.modules is not a list/)
})

// ---- what is printed

test('of what is printed without end little is passed on, and the rest counted', async () => {
  /** @type {string[]} */ const passed = []
  const log = new ChildLog((/** @type {string} */ line) => passed.push(line))
  const stream = Readable.from((function * () { for (let count = 0; count < 1000; count++) yield Buffer.from('some line\n'.repeat(5000)) })())
  log.follow(stream)
  await new Promise(resolve => stream.on('close', resolve))
  assert.ok(log.lines.length <= 40)
  const told = Number(/\((\d+) more lines/.exec(passed.at(-1) ?? '')?.[1])
  assert.equal(told + passed.length - 1, 5_000_000)
  assert.ok(passed.length < 5000, `${passed.length} lines`)
})

test('what is printed cannot move a cursor', async () => {
  /** @type {string[]} */ const passed = []
  const stream = new PassThrough()
  new ChildLog((/** @type {string} */ line) => passed.push(line)).follow(stream)
  stream.end('\u001b[2Ja\u202eb\rc\u009b1m\n')
  await new Promise(resolve => stream.on('close', resolve))
  assert.deepEqual(passed, ['[2Ja b c 1m'])
})

// ---- memory

test('a process that takes too much memory is noticed', async t => {
  if (!canWatchMemory()) {
    assert.equal(memoryOf(process.pid), 0)
    return t.diagnostic('this system does not show how much memory a process has')
  }
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' })
  // Through a process that started it, as through the tools that confine one.
  const used = await new Promise(resolve => watchMemory(process.pid, 10, resolve))
  assert.ok(used > 10)
  assert.ok(memoryOf(process.pid) > memoryOf(Number(child.pid)))
  child.kill('SIGKILL')
})

// ---- a process that goes wrong

/** @param {any} t */
function supervised (t) {
  const settings = { host: 'nowhere', port: 0, world_rate: 1, join_timeout_seconds: 30, version: '1.20.4' }
  /** @type {any[]} */ const events = []
  const supervisor = new Supervisor(settings, (/** @type {any} */ event) => events.push(event))
  /** @type {any[]} */ const children = []
  supervisor.startChild = async () => {
    const child = spawn(process.execPath, [FALSE_BOT], { detached: true, stdio: ['ignore', 'pipe', 'pipe', 'pipe'] })
    children.push(child)
    return new BotChild(child, { simulated: false, hasGameSocket: false, onLog: (/** @type {string} */ text) => events.push({ type: 'log', text }) })
  }
  t.after(() => supervisor.close())
  const run = (/** @type {string} */ entry, seconds = 60) => supervisor.execute(
    { modules: [], entry, arguments: [] }, seconds, (/** @type {string} */ text) => events.push({ type: 'progress', text }))
  return { supervisor, run, events, children }
}

const WRONG = {
  endWithNonsense: /ended\.after\.position is not an object/,
  endAsKilled: /outcome is not one of/,
  callForever: /seconds is not a number/,
  sayUnknown: /'please' is not known/,
  sayPrototype: /'constructor' is not known/,
  joinAgain: /it was not joining/,
  startTwice: /started a program twice/,
  speakOfTheFuture: /not asked/,
  sayNoJson: /no JSON/,
  sayTooMuchAtOnce: /longer than 4 MB/,
  sayManyParts: /too many parts/,
  sayTooMuch: /more than 50000 messages/,
  closeChannel: /closed its channel/,
  exit: /exit code 0/,
  abort: /aborted/,
  beKilled: /killed by the system/,
  rejectUnheard: /exit code 1/,
  loopTalking: /endless loop/
}
for (const [way, message] of Object.entries(WRONG)) {
  test(`a process that goes wrong costs its program and not the next: ${way}`, async t => {
    const { run, children } = supervised(t)
    const ended = await run(way)
    assert.equal(ended.outcome, 'killed')
    assert.match(ended.error.message, message)
    assert.equal(ended.after.health, 20)
    const next = await run('well')
    assert.deepEqual([next.outcome, next.result], ['completed', 1])
    assert.equal(children.length, 2)
  })
}

test('a program that ends twice has ended the first time, and its process is replaced', async t => {
  const { run, children } = supervised(t)
  assert.equal((await run('endTwice')).outcome, 'completed')
  while (children[0].exitCode === null && children[0].signalCode === null) await new Promise(resolve => children[0].once('exit', resolve))
  assert.equal((await run('well')).outcome, 'completed')
  assert.equal(children.length, 2)
})

test('a result is a copy of data', async t => {
  const { run } = supervised(t)
  const { result } = await run('pollute')
  assert.deepEqual(result, { a: 1 })
  assert.match(JSON.stringify((await run('nestDeeply')).result), /^\[{40}"\.\.\."\]{40}$/)
})

test('of what a program did so much is kept, and what was left out of its trace is counted', async t => {
  const { run } = supervised(t)
  const ended = await run('callOften')
  assert.equal(ended.calls.length, 1000)
  const texts = ended.trace.map((/** @type {any} */ entry) => entry.text)
  assert.deepEqual([texts[99], texts[100], texts[101]], ['99', '(300 more steps)', '400'])
  assert.equal(texts.length, 202)
  assert.match(texts[201], /^\(left out of the record: \d+ calls\)$/)
})

test('a process that prints without end fills neither the log nor the memory', async t => {
  const { run, events } = supervised(t)
  const before = process.memoryUsage().rss
  assert.equal((await run('printWithoutEnd')).outcome, 'completed')
  const lines = events.filter(event => event.type === 'log')
  assert.ok(lines.length < 1000, `${lines.length} lines`)
  assert.ok(lines.every(({ text }) => text.length <= 500 && !text.includes('\u001b')))
  assert.ok(process.memoryUsage().rss - before < 200e6)
})

test('an endless loop is ended after its deadline, and a process that was got ready meanwhile goes on', async t => {
  const { run, children } = supervised(t)
  const ended = await run('loop', 0.2)
  assert.deepEqual([ended.outcome, ended.error.code], ['timed_out', 'timeout'])
  assert.equal((await run('well')).outcome, 'completed')
  assert.equal(children.length, 2)
})

test('a process that was got ready on a doubt that passed ends with the run', async t => {
  const { supervisor, run, children } = supervised(t)
  await run('well')
  const running = run('well')
  supervisor.spare.prepare()
  assert.equal((await running).outcome, 'completed')
  while (children[1].exitCode === null && children[1].signalCode === null) await new Promise(resolve => children[1].once('exit', resolve))
  assert.equal((await run('well')).outcome, 'completed')
  assert.equal(children.length, 2)
})

test('the end of the host is the end of the process', async t => {
  const { supervisor, run, children } = supervised(t)
  await run('well')
  const gone = new Promise(resolve => children[0].once('exit', resolve))
  supervisor.child?.channel?.close()
  await gone
})

// ---- what Python asks

/** Asks a host of its own, which ends with its standard input. @param {string[]} requests */
async function askHost (requests) {
  const code = `const host = require(${JSON.stringify(path.join(bridge, 'host', 'host.js'))})
    host.init(text => process.stdout.write(text + '\\n'))
    for (const text of ${JSON.stringify(requests)}) process.stdout.write(JSON.stringify(host.request(text)) + '\\n')`
  const child = spawn(process.execPath, ['-e', code], { stdio: ['pipe', 'pipe', 'inherit'] })
  /** @type {any[]} */ const said = []
  for await (const line of readline.createInterface({ input: child.stdout })) {
    said.push(JSON.parse(line))
    if (said.filter(one => one.type === 'answer').length + said.filter(one => /none/.test(one)).length === requests.length) child.stdin.end()
  }
  return said
}

test('a request that is none is answered, and the host goes on', async () => {
  const said = await askHost([
    'no json', '{"type":"observe"}', '{"bot":"b","id":1,"type":"constructor"}', '{"bot":"b","id":2,"type":"join"}',
    '{"bot":"b","id":3,"type":"observe"}'
  ])
  assert.equal(said.filter(one => /^The request is none/.test(one)).length, 2)
  const answers = said.filter(one => one.type === 'answer').map(({ id, error }) => [id, error.code])
  assert.deepEqual(answers, [[1, 'bad_request'], [2, 'bad_request'], [3, 'not_joined']])
})
