'use strict'
/* eslint-disable no-template-curly-in-string */
// Code that has left the compartment, and goes for its host, other processes, the network and the environment.

const SECRET = 'the-secret-of-the-host'

const looking = (name, source, fallen = []) => ({ name: `the environment of the host ${name}`, defence: 'environment', escaped: true, fallen, source })

const printing = (name, source, { escaped = true } = {}) => ({
  name: `text in the streams of the host ${name}`,
  defence: 'standard_streams',
  escaped,
  source,
  held: ({ outcome }, { noise }) => !noise.includes('hostile-mark') || 'it came through'
})

const FRAME = 'JSON.stringify({ r: 1, action: "call", ffid: 1, key: "hostile-mark", val: "os.system" })'

const connecting = (name, source) => ({
  name: `a connection ${name}`,
  defence: 'network',
  escaped: true,
  source,
  held: ({ result }, { scene }) => (scene.connections === 0 && result === null) || `it was made (${scene.connections}, ${JSON.stringify(result)})`
})

const SETTLED = 'await new Promise(resolve => setTimeout(resolve, 200));'
const over = make => `await new Promise(resolve => { const socket = ${make}; socket.resume(); socket.on("connect", () => { socket.end("GET / HTTP/1.0\\r\\n\\r\\n"); }); socket.on("error", resolve); socket.on("close", resolve) })`

const signalling = (name, source, { defence = 'process_namespace', ...rest } = {}) => ({
  name: `a signal ${name}`,
  defence,
  escaped: true,
  source,
  held: ({ result }, { scene }) => (scene.victimLives() && result === null) || 'it reached its victim',
  ...rest
})

module.exports = [
  looking('by name', 'return process.env.HOST_SECRET ?? null'),
  looking('as a list', `return Object.values(process.env).find(value => value.includes("${SECRET}")) ?? null`),
  looking('in a report', `const { environmentVariables } = process.report.getReport(); return JSON.stringify(environmentVariables ?? "").includes("${SECRET}") ? "there" : null`),
  { ...looking('in the files of the system', `return require("node:fs").readFileSync("/proc/self/environ", "utf8").includes("${SECRET}") ? "there" : null`, ['permission']), linux: true },
  looking('in a process that is started', `return String(require("node:child_process").execFileSync("/usr/bin/env")).includes("${SECRET}") ? "there" : null`, ['permission']),
  { name: 'the environment of the host seen from outside', linux: true, defence: 'environment', escaped: true, source: 'return null', held: (_, { botFile }) => !botFile('environ').includes(SECRET) || 'the process has it' },
  printing('by standard error', `process.stderr.write("hostile-mark" + ${FRAME} + "\\n")`),
  printing('by standard output', `process.stdout.write("hostile-mark" + ${FRAME} + "\\n")`),
  printing('by its descriptor', `require("node:fs").writeSync(2, ${FRAME} + "\\n")`),
  printing('by console.error', `console.error(${FRAME})`),
  printing('by a warning', 'process.stderr.write("hostile-mark without an end")'),
  printing('by an error nobody catches', 'setTimeout(() => { throw new Error("hostile-mark") }, 1); await new Promise(resolve => setTimeout(resolve, 300))'),
  printing('by an exit that says why', 'process.stderr.write("hostile-mark: fatal\\n"); process.exit(3)'),
  connecting('to a port', over('require("node:net").connect(WORLD.port, "127.0.0.1")')),
  connecting('to a port by name', over('require("node:net").connect(WORLD.port, "localhost")')),
  connecting('by fetch', 'await fetch(`http://127.0.0.1:${WORLD.port}/`).catch(() => {})'),
  connecting('by http', 'await new Promise(resolve => require("node:http").get(`http://127.0.0.1:${WORLD.port}/`, resolve).on("error", resolve))'),
  connecting('by a datagram', `const socket = require("node:dgram").createSocket("udp4"); await new Promise(resolve => socket.send("hi", WORLD.datagramPort, "127.0.0.1", resolve)); ${SETTLED} socket.close()`),
  connecting('to an address with a file', over('require("node:net").connect(WORLD.socketPath)')),
  connecting('to an address with a file, by the connection of the game', 'const socket = new context.bot._client.socket.constructor(); return await new Promise(resolve => { socket.on("error", () => resolve(null)); socket.connect(WORLD.socketPath, () => { socket.destroy(); resolve("connected") }) })'),
  connecting('to an address without a file', over('require("node:net").connect({ path: WORLD.abstractPath })')),
  connecting('to the server of the game as somebody else', 'return await new Promise(resolve => { const socket = require("node:net").connect(WORLD.serverPort, "127.0.0.1", () => { socket.destroy(); resolve("connected") }); socket.on("error", () => resolve(null)) })'),
  connecting('by the protocol of the game', 'const socket = new context.bot._client.socket.constructor(); return await new Promise(resolve => { socket.on("error", () => resolve(null)); socket.connect(WORLD.serverPort, "127.0.0.1", () => { socket.destroy(); resolve("connected") }) })'),
  connecting('to a name server', 'const { Resolver } = require("node:dns").promises; const resolver = new Resolver({ timeout: 300, tries: 1 }); resolver.setServers([`127.0.0.1:${WORLD.datagramPort}`]); await resolver.resolve4("secret.example").catch(() => {})'),
  signalling('to a process', 'process.kill(WORLD.victimPid, "SIGKILL"); await new Promise(resolve => setTimeout(resolve, 200))'),
  signalling('that only asks whether a process lives', 'return process.kill(WORLD.victimPid, 0)'),
  signalling('to the host', 'process.kill(WORLD.hostPid, "SIGKILL"); await new Promise(resolve => setTimeout(resolve, 500))'),
  signalling('to the host that asks it to end', 'process.kill(WORLD.hostPid, "SIGTERM"); await new Promise(resolve => setTimeout(resolve, 500))'),
  signalling('to the parent', 'process.kill(process.ppid, "SIGKILL"); await new Promise(resolve => setTimeout(resolve, 500))'),
  signalling('to the host that opens its inspector', 'process.kill(WORLD.hostPid, "SIGUSR1"); await new Promise(resolve => setTimeout(resolve, 300))', { held: (_, { noise }) => !/Debugger listening/.test(noise) || 'its inspector is open' }),
  signalling('to the server', 'return process.kill(WORLD.serverPid, 0)'),
  signalling('to its own group', 'process.kill(0, "SIGKILL"); await new Promise(resolve => setTimeout(resolve, 500))', { defence: 'process_group' }),
  signalling('to its own group that asks it to end', 'process.on("SIGTERM", () => {}); process.kill(0, "SIGTERM"); await new Promise(resolve => setTimeout(resolve, 500))', { defence: 'process_group' }),
  { name: 'privileges that a program could get', defence: 'no_new_privileges', escaped: true, source: 'return null', held: (_, { botFile }) => /^NoNewPrivs:\s*1$/m.test(botFile('status')) || 'the system would give it some' },
  { name: 'a program with the rights of its owner', defence: 'no_new_privileges', escaped: true, fallen: ['permission'], source: 'return /^NoNewPrivs:\\s*1$/m.test(require("node:child_process").execFileSync("/bin/cat", ["/proc/self/status"], { encoding: "utf8" })) ? null : "it would get them"' },
  { name: 'a loop that outlives its host', defence: 'parent_death', killsHost: true, patience_without: 1500, source: 'console.log("ready"); while (true) {}' },
  { name: 'a process that does not want to end with its host', defence: 'parent_death', killsHost: true, patience_without: 1500, escaped: true, source: 'process.exit = process.reallyExit = () => {}; process.on("SIGTERM", () => {}); process.on("SIGHUP", () => {}); setInterval(() => {}, 1000); context.progress("ready"); await new Promise(resolve => setTimeout(resolve, 60000))' }
]
