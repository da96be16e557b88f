'use strict'
/* eslint-disable no-template-curly-in-string */
// What a compartment keeps from a program: everything of Node and of the process.

const vm = require('node:vm')

const reaching = (name, expression, fallen = []) => ({ name, defence: 'compartment', fallen, source: `return ${expression}` })

/** The loader of modules says so when it was reached. */
const loading = (name, expression) => ({
  name: `a module by ${name}`,
  defence: 'compartment',
  source: `try { await ${expression}; return "loaded" } catch (error) { return error.code === "ERR_SOURCE_PHASE_NOT_DEFINED" ? "the loader was reached" : null }`
})

/** Not every Node knows phases of modules. */
function phases () {
  try {
    return Boolean(new vm.Script('import.source("node:fs")'))
  } catch {
    return false
  }
}

module.exports = [
  ...(phases()
    ? [
        loading('import.source()', 'import.source("node:fs")'),
        loading('import.source() behind a comment', 'import./* */source("node:fs")'),
        loading('import.source() hidden from the search for it', '(0, eval)("imp" + "ort.source(\'node:fs\')")'),
        loading('import.source() in a function of text', 'Function("return imp" + "ort .source(\'node:fs\')")()')
      ]
    : []),
  { name: 'the class of an error of Node', defence: 'compartment', source: 'try { new TextDecoder("none") } catch (error) { Object.getPrototypeOf(error).hostile = 7 }', next: 'try { new TextDecoder("none") } catch (error) { return error.hostile ?? null }', held: (_, { next }) => next.result === null || 'the next program saw what it left there' },
  reaching('the class of compartments', 'typeof new Compartment({ __options__: true }).evaluate'),
  reaching('the process object', 'process.pid'),
  reaching('the process through the global object', 'globalThis.process.pid'),
  reaching('the environment by name', 'Object.keys(process.env).length >= 0 || null'),
  reaching('a native binding', 'typeof process.binding("config")', ['permission']),
  reaching('a module by getBuiltinModule', 'process.getBuiltinModule("node:os").hostname()', ['builtin_modules']),
  reaching('a module by createRequire', '(await import("node:module")).createRequire("/")("node:os").hostname()'),
  { name: 'a module by import()', defence: 'compartment', source: 'return typeof (await import("node:fs")).readFileSync' },
  { name: 'a module by import() of a data address', defence: 'compartment', source: 'return (await import("data:text/javascript,export default 1")).default' },
  { name: 'import() hidden from the search for it', defence: 'compartment', source: 'return typeof (await (0, eval)("imp" + "ort(\'node:fs\')")).readFileSync' },
  { name: 'import() behind a comment', defence: 'compartment', source: 'return typeof (await import/* */("node:fs")).readFileSync' },
  { name: 'code by Function', defence: 'compartment', source: 'return Function("return process.pid")()' },
  { name: 'code by indirect eval', defence: 'compartment', source: 'return (0, eval)("process.pid")' },
  { name: 'code by eval', defence: 'compartment', source: 'return eval("process.pid")' },
  { name: 'the global object by this', defence: 'compartment', source: 'return (function () { return this })() ? "a global" : null' },
  { name: 'a function by arguments.callee', defence: 'compartment', source: 'return (function () { return typeof arguments.callee })()' },
  { name: 'a fetch', defence: 'compartment', fallen: ['network'], source: 'await fetch(`http://127.0.0.1:${WORLD.port}/`)', held: (_, { scene }) => scene.connections === 0 || 'the listener was reached' },
  reaching('a web socket', 'new WebSocket("ws://127.0.0.1:1").url', ['builtin_modules']),
  reaching('compiled WebAssembly', 'typeof new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]))', ['builtin_modules']),
  reaching('memory that was not cleared', 'Buffer.allocUnsafe(10).length'),
  reaching('a message channel', 'typeof new MessageChannel().port1'),
  reaching('a clone by the process', 'structuredClone("cloned")'),
  reaching('an exact clock', 'performance.timeOrigin'),
  { name: 'a global for the next program', defence: 'compartment', source: 'globalThis.leak = 1', next: 'return typeof leak', held: (_, { next }) => next.result === 'undefined' || 'the next program saw it' },
  { name: 'a global without a name for the next program', defence: 'compartment', source: '(0, eval)("var leaked = 1")', next: 'return typeof leaked', held: (_, { next }) => next.result === 'undefined' || 'the next program saw it' },
  { name: 'code outside its function', defence: 'compartment', whole: true, source: 'const reached = typeof process\nasync function main () { return reached === "object" ? reached : null }' }
]
