'use strict'
// Programs that do not end, take all memory, or end what they run in.

const endless = (name, source, { escaped = false } = {}) => ({
  name: `no end: ${name}`,
  defence: 'deadline',
  escaped,
  deadline_seconds: 0.5,
  patience_without: 1500,
  source,
  held: ({ outcome }) => ['timed_out', 'killed'].includes(outcome) || `it ended as ${outcome}`
})

/** It is killed, or refused before it comes to that. */
const greedy = (name, defence, source, { escaped = false, fallen = [] } = {}) => ({
  name: `too much memory: ${name}`,
  defence,
  escaped,
  fallen,
  deadline_seconds: 30,
  source,
  held: ({ outcome, result }) => (['killed', 'program_error'].includes(outcome) && result === null) || `it got it (${outcome})`
})

const inHeap = (name, source) => greedy(name, 'heap_limit', source, { fallen: ['memory_limit'] })

const ending = (name, source, { outcomes = ['killed'], escaped = true } = {}) => ({
  name: `an end of the process: ${name}`,
  defence: 'recovery',
  escaped,
  source,
  held: ({ outcome, after }) => (outcomes.includes(outcome) && after.health > 0) || `it ended as ${outcome}`
})

const failing = (name, source, message) => ({
  name: `an error that nobody catches: ${name}`,
  defence: 'membrane',
  source,
  held: ({ outcome, error }) => (outcome === 'program_error' && error.message.includes(message)) || `it ended as ${outcome}: ${error?.message}`
})

module.exports = [
  endless('a loop', 'while (true) {}'),
  endless('a loop after a wait', 'await bot.waitForTicks(1); for (;;);'),
  endless('a loop of promises', 'for (;;) await null'),
  endless('a promise that never comes', 'await new Promise(() => {})'),
  endless('promises that make promises', 'const again = () => { Promise.resolve().then(again) }; again(); await new Promise(() => {})'),
  endless('a storm of timers', 'for (let i = 0; i < 900; i++) setInterval(() => { for (let j = 0; j < 1e5; j++); }, 1); await new Promise(() => {})'),
  endless('an expression that tries everything', '/^(a+)+$/.test("a".repeat(60) + "b")'),
  endless('a sort with an order that waits', '[3, 2, 1].sort(() => { while (true) {} })'),
  endless('a getter of the options of a search', 'bot.findBlocks({ get matching () { while (true) {} } })'),
  endless('the predicate of a search', 'bot.findBlock({ matching: () => { while (true) {} }, maxDistance: 16 })'),
  endless('a generator that has no end', 'for (const value of (function * () { for (;;) yield 1 })());'),
  endless('a proxy of its result', 'return new Proxy({}, { ownKeys () { while (true) {} } })'),
  endless('the text of its error', 'throw { get message () { while (true) {} } }'),
  endless('a listener', 'bot.on("physicsTick", () => { while (true) {} }); await new Promise(() => {})'),
  endless('a primitive that waits for shared memory', 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)', { escaped: true }),
  inHeap('lists', 'const kept = []; for (let i = 0; i < 90; i++) kept.push(new Array(1e6).fill(i + 0.5)); return kept.length'),
  inHeap('texts', 'const kept = []; for (let i = 0; i < 110; i++) { const text = String.fromCharCode(97 + i % 26).repeat(8e6); kept.push(text, text.charCodeAt(7)) } return kept.length'),
  inHeap('a map', 'const kept = new Map(); for (let i = 0; i < 1200; i++) kept.set(i, new Array(1e5).fill(i + 0.5)); return kept.size'),
  inHeap('closures', 'const kept = []; for (let i = 0; i < 1200; i++) { const own = new Array(1e5).fill(i + 0.5); kept.push(() => own) } return kept.length'),
  greedy('buffers of a program', 'memory_limit', 'const kept = []; for (let i = 0; i < 8; i++) kept.push(new ArrayBuffer(2 ** 28)); return kept.length'),
  greedy('one large buffer', 'memory_limit', 'return new ArrayBuffer(2 ** 31).byteLength'),
  greedy('typed arrays', 'memory_limit', 'const kept = []; for (let i = 0; i < 16; i++) kept.push(new Uint8Array(2 ** 27)); return kept.length'),
  greedy('buffers of Node', 'memory_limit', 'const kept = []; for (let i = 0; i < 8; i++) kept.push(Buffer.alloc(2 ** 28)); return kept.length', { escaped: true }),
  greedy('buffers that are shared', 'memory_limit', 'const kept = []; for (let i = 0; i < 5; i++) kept.push(new Uint8Array(new SharedArrayBuffer(2 ** 28)).fill(1)); await new Promise(resolve => setTimeout(resolve, 3000)); return kept.length', { escaped: true }),
  ending('exit', 'process.exit(0)'),
  ending('an exit with a code', 'process.exit(77)'),
  ending('abort', 'process.abort()'),
  ending('reallyExit', 'process.reallyExit(3)'),
  ending('a signal to itself', 'process.kill(process.pid, "SIGKILL"); process.exit(9)'),
  ending('an error nobody catches', 'setTimeout(() => { throw new Error("x") }, 1); await new Promise(resolve => setTimeout(resolve, 5000))'),
  ending('its channel closed', 'require("node:fs").closeSync(3); await new Promise(resolve => setTimeout(resolve, 60000))', { outcomes: ['killed', 'timed_out'] }),
  ending('the connection to the game closed', 'context.bot._client.end("x"); await new Promise(resolve => setTimeout(resolve, 60000))', { outcomes: ['disconnected'] }),
  ending('the socket of the game destroyed', 'context.bot._client.socket.destroy(); await new Promise(resolve => setTimeout(resolve, 60000))', { outcomes: ['disconnected'] }),
  failing('in a listener', 'bot.on("physicsTick", () => { throw new Error("of a listener") }); await new Promise(() => {})', 'of a listener')
]
