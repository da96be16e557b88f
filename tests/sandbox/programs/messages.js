'use strict'
// Code in the bot's process that speaks to the host as if it were the bridge: over its channel, and in what it prints.

/** Writes to the channel whatever it takes; RUN_ID stands for the number of the run. */
const SAY = `const fs = require("node:fs");
const say = text => { const bytes = Buffer.from(text); for (let at = 0; at < bytes.length;) { try { at += fs.writeSync(3, bytes, at) } catch (error) { if (error.code !== "EAGAIN") throw error } } };
const tell = message => say(JSON.stringify(message) + "\\n");
const ID = RUN_ID;
const END = { type: "ended", id: ID, outcome: "completed", result: null, error: null, stuck: false, after: null };`

/** The host ends a process that says such a thing, and reads it before it reads that the program has ended. */
const saying = (name, source, { held } = {}) => ({
  name: `a message to the host: ${name}`,
  defence: 'message_check',
  escaped: true,
  // A run that was ended by a forged message must not be ended again by its own.
  source: `${SAY} ${source}; ${held && source.includes('...END') ? 'process.exit(0)' : ''}`,
  held: held ?? (({ outcome }) => outcome === 'killed' || `it was believed (${outcome})`)
})

const printing = (name, source, held) => ({ name: `a log: ${name}`, defence: 'log_limit', escaped: true, source, held: (_, { told }) => held(told.filter(({ type }) => type === 'log')) })

const WRITE = 'const write = text => new Promise(resolve => process.stderr.write(text, resolve));'
const few = lines => lines.length < 300 || `${lines.length} lines came through`
const short = lines => lines.every(({ text }) => text.length <= 1000) || 'a line of any length came through'

module.exports = [
  saying('no JSON', 'say("hello\\n")'),
  saying('half of a frame of another protocol', 'say("Content-Length: 10\\r\\n\\r\\n{}\\n")'),
  saying('a list', 'tell([1])'),
  saying('null', 'tell(null)'),
  saying('a number', 'tell(1)'),
  saying('of no type', 'tell({ id: ID })'),
  saying('of a type that is not known', 'tell({ type: "evaluate", source: "process.exit()" })'),
  saying('of the type __proto__', 'tell({ type: "__proto__" })'),
  saying('of the type constructor', 'tell({ type: "constructor" })'),
  saying('of the host itself', 'tell({ type: "execute", id: ID, script: {} })'),
  saying('of a simulation', 'tell({ type: "world", text: "{}" })'),
  saying('an outcome that there is not', 'tell({ ...END, outcome: "promoted" })'),
  saying('an outcome that is an object', 'tell({ ...END, outcome: { toString: 1 } })'),
  saying('an error that is a text', 'tell({ ...END, error: "x" })'),
  saying('an observation that is none', 'tell({ ...END, after: { health: "full" } })'),
  saying('a time that is infinite', 'say(JSON.stringify({ type: "call", id: ID, call: { name: "x", arguments: [], result: null, error: null, seconds: 7 } }).replace(":7}", ":1e999}") + "\\n")'),
  saying('a place that is no number', 'tell({ ...END, after: { position: { x: "1", y: 2, z: 3 } } })'),
  saying('progress that is no text', 'tell({ type: "progress", id: ID, text: { length: 1e9 } })'),
  saying('a call that is none', 'tell({ type: "call", id: ID, call: { name: 5 } })'),
  saying('a call of a skill that is none', 'tell({ type: "skill_call", id: ID, number: 1, call: { name: "x", caller: null, arguments: [], started_seconds: 0, before: { health: "full" } } })'),
  saying('a second joining', 'tell({ type: "joined", version: "1.8" })'),
  saying('an answer to nothing', 'tell({ type: "answer", id: 1e9, value: 1 })'),
  saying('a second start', 'tell({ type: "started", id: ID, before: null })'),
  saying('of a run to come', 'tell({ ...END, id: 1e6 })'),
  saying('a line that does not end', 'const text = "x".repeat(1e6); for (let i = 0; i < 8; i++) say(text)'),
  saying('a line that is too long', 'tell({ type: "progress", id: ID, text: "x".repeat(6e6) })'),
  saying('lists in lists', 'say("[".repeat(3e6) + "\\n")'),
  saying('a million parts', 'say("[" + "0,".repeat(1e6) + "0]\\n")'),
  saying('fifty thousand of them', 'const text = JSON.stringify({ type: "pong" }) + "\\n"; for (let i = 0; i < 60; i++) say(text.repeat(1000))'),
  saying('a result with a prototype', 'say(JSON.stringify({ ...END, result: "RESULT" }).replace(\'"RESULT"\', \'{"__proto__":{"polluted":1},"a":1}\') + "\\n")', {
    held: ({ result }) => !(result && Object.hasOwn(result, '__proto__')) || 'the prototype came along'
  }),
  saying('a result with half a character', 'say(JSON.stringify({ ...END, result: "RESULT" }).replace("RESULT", "\\\\ud800") + "\\n")', {
    held: ({ result }) => (typeof result !== 'string' || result.isWellFormed()) || 'the half came along'
  }),
  saying('a result of any size', 'tell({ ...END, result: "x".repeat(3e6) })', { held: ({ result }) => JSON.stringify(result ?? null).length < 300000 || 'all of it came along' }),
  saying('chat without end', 'const line = JSON.stringify({ type: "chat", id: ID, text: "x".repeat(900) }) + "\\n"; say(line.repeat(3000))', { held: ({ chat }) => chat.length <= 500 || `${chat.length} lines came along` }),
  saying('events without end', 'const line = JSON.stringify({ type: "event", id: ID, event: { type: "mined", data: {} } }) + "\\n"; say(line.repeat(9000))', { held: ({ events }) => events.length <= 5000 || `${events.length} came along` }),
  saying('calls without end', 'const line = JSON.stringify({ type: "call", id: ID, call: { name: "x", arguments: [], seconds: 0, result: null, error: null } }) + "\\n"; say(line.repeat(3000))', { held: ({ calls }) => calls.length <= 1000 || `${calls.length} came along` }),
  saying('calls of skills without end', 'const before = { position: { x: 0, y: 0, z: 0 }, dimension: "", biome: "", time_of_day: 0, light: 0, health: 0, food: 0, inventory: {}, free_slots: 0, hand: null, worn: [], stations: [] }; for (let number = 0; number < 3000; number++) tell({ type: "skill_call", id: ID, number, call: { name: "x", caller: null, arguments: [], started_seconds: 0, before } })', { held: ({ skill_calls: calls }) => calls.length <= 200 || `${calls.length} came along` }),
  saying('progress without end', 'const line = JSON.stringify({ type: "progress", id: ID, text: "x" }) + "\\n"; say(line.repeat(1900))', { held: (_, { told }) => told.filter(({ type }) => type === 'progress').length <= 501 || 'all of it came along' }),
  printing('lines without end', `${WRITE} for (let i = 0; i < 20; i++) await write("hostile\\n".repeat(1000))`, few),
  printing('lines without end on the other stream', 'for (let i = 0; i < 20; i++) await new Promise(resolve => process.stdout.write("hostile\\n".repeat(1000), resolve))', few),
  // What is written after its end makes certain that the end was read before the program is told to have ended.
  printing('a line without end', `${WRITE} for (const end of ["\\n", ""]) for (let i = 0; i < 20; i++) await write("x".repeat(1e5) + (i === 19 ? end : ""))`, short),
  printing('signs that move a cursor', `${WRITE} await write("\\u001b[2J\\u001b[Hhostile\\u0007\\n"); await new Promise(resolve => setTimeout(resolve, 100))`, // eslint-disable-next-line no-control-regex
    lines => !lines.some(({ text }) => /[\u001b\u0007]/.test(text)) || 'they came through'),
  printing('signs that turn a text around', `${WRITE} await write("hostile \\u202e txet\\n"); await new Promise(resolve => setTimeout(resolve, 100))`,
    lines => !lines.some(({ text }) => text.includes('\u202e')) || 'they came through')
]
