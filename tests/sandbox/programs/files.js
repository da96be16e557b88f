'use strict'
/* eslint-disable no-template-curly-in-string */
// Code that has left the compartment, and goes for files and processes of the machine.

const SECRET = 'the-secret-of-the-host'

/** What it reads is what it returns. */
const reading = (name, source, fallen = []) => ({ name: `a file read ${name}`, defence: 'permission', escaped: true, fallen, source })

const writing = (name, source, { defence = 'permission', fallen = [] } = {}) => ({
  name: `a file written ${name}`,
  defence,
  escaped: true,
  fallen,
  source,
  held: (_, { scene }) => (scene.written('hostile') === null && scene.written('secret.txt') === SECRET) || 'it is there'
})

const starting = (name, source) => ({
  name: `a process started ${name}`,
  defence: 'permission',
  escaped: true,
  source,
  held: ({ result }, { scene }) => (scene.written('hostile') === null && result === null) || `it ran (${JSON.stringify(result)})`
})

const HERE = 'const fs = require("node:fs"); const file = WORLD.folder + "/hostile";'

module.exports = [
  reading('at once', 'return require("node:fs").readFileSync(WORLD.secretFile, "utf8")'),
  reading('by a promise', 'return await require("node:fs").promises.readFile(WORLD.secretFile, "utf8")'),
  reading('as a stream', 'return await new Promise((resolve, reject) => require("node:fs").createReadStream(WORLD.secretFile).on("data", data => resolve(String(data))).on("error", reject))'),
  reading('through a descriptor', 'const fs = require("node:fs"); const file = fs.openSync(WORLD.secretFile); const bytes = Buffer.alloc(9); fs.readSync(file, bytes); return String(bytes)'),
  reading('by a path that climbs', 'return require("node:fs").readFileSync(WORLD.room + "/../../../../../../../../.." + WORLD.secretFile, "utf8")'),
  reading('by a path as bytes', 'return require("node:fs").readFileSync(Buffer.from(WORLD.secretFile), "utf8")'),
  reading('by an address', 'return require("node:fs").readFileSync(require("node:url").pathToFileURL(WORLD.secretFile), "utf8")'),
  { ...reading('through the folder of the process', 'return require("node:fs").readFileSync("/proc/self/root" + WORLD.secretFile, "utf8")'), linux: true },
  { ...reading('of the environment of the process', 'return require("node:fs").readFileSync("/proc/self/environ", "utf8").length'), linux: true },
  reading('of the users of the machine', 'return require("node:fs").readFileSync("/etc/passwd", "utf8").length'),
  reading('by require', 'return require(WORLD.secretModule)'),
  reading('as an environment', 'process.loadEnvFile(WORLD.secretFile); return "loaded"'),
  reading('by a native binding', 'return typeof process.binding("fs").open'),
  reading('by its size', 'return require("node:fs").statSync(WORLD.secretFile).size'),
  reading('by its folder', 'return require("node:fs").readdirSync(WORLD.folder)'),
  reading('by a watch', 'const watch = require("node:fs").watch(WORLD.folder); watch.close(); return "watched"'),
  writing('at once', 'require("node:fs").writeFileSync(WORLD.folder + "/hostile", "x")'),
  writing('by a promise', 'await require("node:fs").promises.writeFile(WORLD.folder + "/hostile", "x")'),
  writing('as a stream', 'await new Promise((resolve, reject) => require("node:fs").createWriteStream(WORLD.folder + "/hostile").on("error", reject).end("x", resolve))'),
  writing('as a folder', `${HERE} fs.mkdirSync(file); fs.renameSync(file, file); fs.rmdirSync(file); fs.writeFileSync(file, "x")`),
  writing('as a link', `${HERE} fs.symlinkSync(WORLD.secretFile, file)`),
  writing('as a second name', `${HERE} fs.linkSync(WORLD.secretFile, file)`),
  writing('by moving another', `${HERE} fs.renameSync(WORLD.secretFile, file)`),
  writing('by removing another', 'require("node:fs").rmSync(WORLD.secretFile)'),
  writing('by cutting another', 'require("node:fs").truncateSync(WORLD.secretFile)'),
  writing('by copying', `${HERE} fs.copyFileSync(WORLD.room + "/package.json", file)`, { fallen: ['file_size_limit'] }),
  writing('by copying a folder', `${HERE} fs.cpSync(WORLD.room + "/bridge", file, { recursive: true })`),
  writing('as a picture of the heap', 'require("node:v8").writeHeapSnapshot(WORLD.folder + "/hostile")'),
  writing('as a report', 'process.report.directory = WORLD.folder; process.report.writeReport("hostile")'),
  starting('by a shell', 'return String(require("node:child_process").execSync("echo started"))'),
  starting('by its path', 'return String(require("node:child_process").execFileSync("/bin/echo", ["started"]))'),
  starting('without waiting', 'await new Promise((resolve, reject) => require("node:child_process").spawn("/bin/touch", [WORLD.folder + "/hostile"]).on("exit", resolve).on("error", reject))'),
  starting('as another Node', 'require("node:child_process").fork(WORLD.room + "/bridge/bot/waiting.js").kill(); return "forked"'),
  starting('in place of this one', 'process.execve("/bin/touch", ["touch", WORLD.folder + "/hostile"])'),
  starting('as a worker', 'const { Worker } = require("node:worker_threads"); return await new Promise((resolve, reject) => new Worker("require(\'node:worker_threads\').parentPort.postMessage(\'from a worker\')", { eval: true }).on("message", resolve).on("error", reject))'),
  starting('as a cluster', 'require("node:cluster").setupPrimary({ exec: WORLD.room + "/bridge/bot/waiting.js" }); require("node:cluster").fork(); return "forked"'),
  { name: 'an inspector that is opened', defence: 'permission', escaped: true, source: 'const inspector = require("node:inspector"); inspector.open(0); const url = inspector.url(); inspector.close(); return url' },
  { name: 'an inspector of oneself', defence: 'permission', escaped: true, source: 'const session = new (require("node:inspector").Session)(); session.connect(); return "connected"' },
  { name: 'a system interface for WebAssembly', defence: 'permission', escaped: true, fallen: ['builtin_modules'], source: 'const { WASI } = require("node:wasi"); return typeof new WASI({ version: "preview1", preopens: { "/": "/" } })' },
  writing('by a data base', 'const { DatabaseSync } = require("node:sqlite"); new DatabaseSync(WORLD.folder + "/hostile").exec("create table t(x)")', { defence: 'builtin_modules', fallen: ['file_size_limit'] }),
  writing('by a data base beside one in memory', 'const { DatabaseSync } = require("node:sqlite"); const data = new DatabaseSync(":memory:"); data.exec(`attach \'${WORLD.folder}/hostile\' as a`); data.exec("create table a.t(x)")', { defence: 'builtin_modules', fallen: ['file_size_limit'] }),
  { name: 'a file read by a data base', defence: 'builtin_modules', escaped: true, source: 'const { DatabaseSync } = require("node:sqlite"); const data = new DatabaseSync(":memory:"); return data.prepare("select 1 as one").get().one' },
  { name: 'code in WebAssembly', defence: 'builtin_modules', escaped: true, source: 'return typeof new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]))' },
  { name: 'a module that nothing of ours loaded', defence: 'builtin_modules', escaped: true, source: 'return typeof process.getBuiltinModule("node:fs").readFileSync' },
  { name: 'a native addon', defence: 'builtin_modules', escaped: true, fallen: ['permission'], source: 'try { process.dlopen({ exports: {} }, WORLD.secretFile) } catch (error) { return error.code === "ERR_DLOPEN_FAILED" ? "it was tried" : null }' },
  { name: 'a binding that is linked in', defence: 'builtin_modules', escaped: true, source: 'return process._linkedBinding ? "there" : null' },
  { name: 'a web socket of the process', defence: 'builtin_modules', escaped: true, source: 'return typeof new WebSocket("ws://127.0.0.1:1/").url' },
  { name: 'an inspector by a signal', defence: 'builtin_modules', escaped: true, fallen: ['permission'], source: 'const inspector = require("node:inspector"); process.kill(process.pid, "SIGUSR1"); for (let i = 0; i < 100 && !inspector.url(); i++) await new Promise(resolve => setTimeout(resolve, 20)); return inspector.url() ?? null', held: ({ result }) => result === null || 'it is open' },
  { ...writing('by the tracing of the compiler', 'require("node:v8").setFlagsFromString("--trace-turbo-path=" + WORLD.folder); require("node:v8").setFlagsFromString("--trace-turbo"); const f = x => x * 2 + 1; for (let i = 0; i < 3e6; i++) f(i); require("node:v8").setFlagsFromString("--no-trace-turbo")', { defence: 'file_size_limit' }), name: 'bytes written by the tracing of the compiler', held: (_, { scene }) => scene.bytes() === 0 || 'they are there' },
  { ...writing('as text', 'require("node:fs").writeFileSync(WORLD.folder + "/hostile", "x".repeat(1000))', { defence: 'file_size_limit', fallen: ['permission'] }), name: 'bytes written to a file', held: (_, { scene }) => scene.bytes() === 0 || 'they are there' },
  { ...writing('as text', 'require("node:fs").appendFileSync(WORLD.folder + "/secret.txt", "x".repeat(1000))', { defence: 'file_size_limit', fallen: ['permission'] }), name: 'bytes added to a file', held: (_, { scene }) => scene.written('secret.txt') === SECRET || 'they are there' },
  { ...writing('by a data base', 'const { DatabaseSync } = require("node:sqlite"); new DatabaseSync(WORLD.folder + "/hostile").exec("create table t(x)")', { defence: 'file_size_limit', fallen: ['builtin_modules'] }), name: 'bytes written by a data base', held: (_, { scene }) => scene.bytes() === 0 || 'they are there' },
  { ...starting('by a shell', 'require("node:child_process").execSync(`head -c 1000 /dev/zero > ${WORLD.folder}/hostile`)'), defence: 'file_size_limit', fallen: ['permission'], name: 'bytes written by a process that was started', held: (_, { scene }) => scene.bytes() === 0 || 'they are there' }
]
