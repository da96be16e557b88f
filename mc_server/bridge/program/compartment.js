'use strict'
/**
 * Where a program runs: an SES compartment whose globals are the language's own, frozen, and what is endowed here.
 *
 * Modules are evaluated in order; each defines one function, which later modules see as a global. Not here: what the
 * endowments may do (`membrane.js`, `primitives.js`).
 */

const { Compartment, harden } = require('./lockdown')
const { ProgramFault, addressOf, checkSyntax } = require('./errors')
const { recordable } = require('./record_value')

/** Of a value on the console, in characters. */
const MAXIMUM_SHOWN = 1000
const IDENTIFIER = /^[A-Za-z_$][\w$]*$/
/** What SES and Node put into a compartment, and no program needs. Errors of the two coders are of classes that are not frozen. */
const LEFT_OUT = ['Compartment', 'lockdown', 'harden', 'TextEncoder', 'TextDecoder']
/** Ways to load a module that SES does not know yet, and a remark or an escape in which one could hide. */
const PHASED_IMPORT = /\bimport\s*\.\s*(?:source|defer|\/|\\)/

/** `Date`, `Math` and `performance` of the language, with the time and chance that a compartment is not given by itself. */
function clockAndChance () {
  const HostDate = globalThis.Date
  const now = () => HostDate.now()
  /** @type {any} */
  const WorldDate = function (/** @type {any[]} */ ...args) {
    const date = args.length ? Reflect.construct(HostDate, args) : new HostDate(now())
    return new.target ? date : date.toString()
  }
  Object.assign(WorldDate, { now, parse: HostDate.parse, UTC: HostDate.UTC, prototype: HostDate.prototype })
  const math = Object.create(Math, { random: { value: harden(() => Math.random()) } })
  const performance = harden({ now: () => globalThis.performance.now() })
  return { Date: harden(WorldDate), Math: Object.freeze(math), performance }
}

/**
 * A value as a line of the console shows it, whatever it is.
 * @param {any} value
 */
function shown (value) {
  if (typeof value === 'string') return value
  if (value === null || !['object', 'function'].includes(typeof value)) return String(value)
  if (typeof value === 'function') return '[function]'
  try {
    if (value instanceof Error) return `${value.name}: ${value.message}`
  } catch {
    // Then as far as it can be read.
  }
  return JSON.stringify(recordable(value, MAXIMUM_SHOWN))
}

/** @param {(line: string) => void} print */
function consoleFor (print) {
  const write = (/** @type {any[]} */ ...values) => { print(values.map(shown).join(' ')) }
  const assert = (/** @type {any} */ holds, /** @type {any[]} */ ...values) => { if (!holds) write('Assertion failed:', ...values) }
  const ignore = () => {}
  const writing = Object.fromEntries(['log', 'info', 'warn', 'error', 'debug', 'trace', 'table', 'dir', 'group'].map(name => [name, write]))
  const ignoring = Object.fromEntries(['groupEnd', 'time', 'timeEnd', 'timeLog', 'count', 'clear'].map(name => [name, ignore]))
  return harden({ ...ignoring, ...writing, assert })
}

/**
 * @param {{modules: {name: string, source: string}[], entry: string, run?: number}} script `run` numbers the runs of this process
 * @param {Record<string, any>} endowments globals of the program; each must be safe to hold
 * @param {(name: string, defined: any) => any} [wrap] what the program is given in place of a module's function
 * @returns {(...args: any[]) => any} the entry's own function
 * @throws {ProgramFault} when a module does not parse or does not define its function
 */
function loadProgram (script, endowments, wrap = (_, defined) => defined) {
  script.modules.forEach(checkSyntax)
  const compartment = new Compartment({ globals: { ...clockAndChance(), ...endowments }, transforms: [refuseImports], __options__: true })
  for (const name of LEFT_OUT) Reflect.deleteProperty(compartment.globalThis, name)
  const defined = new Set(script.modules.map(({ name }) => name))
  for (const name of Object.getOwnPropertyNames(compartment.globalThis)) if (!defined.has(name)) fix(compartment.globalThis, name)
  /** @type {any} */ let entry
  for (const { name, source } of script.modules) {
    if (!IDENTIFIER.test(name)) throw new ProgramFault('invalid_argument', `'${name}' cannot be the name of a function`)
    const own = evaluateModule(compartment, name, source, script.run)
    if (name === script.entry) entry = own
    compartment.globalThis[name] = wrap(name, own)
    fix(compartment.globalThis, name)
  }
  entry ??= compartment.globalThis[script.entry]
  if (typeof entry !== 'function') {
    throw new ProgramFault('syntax_error', `no module defines the function '${script.entry}'`)
  }
  return entry
}

/**
 * Looks over each text that is to become code, also that of the program's own `eval`; `import()` SES refuses by itself.
 * @param {string} source
 */
function refuseImports (source) {
  const found = PHASED_IMPORT.exec(source)
  if (!found) return source
  const line = source.slice(0, found.index).split('\n').length
  throw new ProgramFault('syntax_error', `a program imports nothing (line ${line})`)
}

/**
 * Makes a global constant: the compartment then binds it like a constant of the module. Else each use of it, such as of `bot` in
 * a loop, would be a search through proxies.
 * @param {Record<string, any>} globals
 * @param {string} name
 */
function fix (globals, name) {
  const property = Reflect.getOwnPropertyDescriptor(globals, name)
  if (property?.configurable && 'value' in property) Object.defineProperty(globals, name, { writable: false, configurable: false })
}

/**
 * @param {{evaluate: (source: string) => any}} compartment
 * @param {string} name
 * @param {string} source
 * @param {number} [run]
 */
function evaluateModule (compartment, name, source, run) {
  const defined = compartment.evaluate(
    `${source}\n;typeof ${name} === 'undefined' ? undefined : ${name}\n//# sourceURL=${addressOf(name, run)}`)
  if (typeof defined !== 'function') {
    throw new ProgramFault('syntax_error', `this must define a function named '${name}'`, { module: name, line: 1 })
  }
  return defined
}

module.exports = { consoleFor, loadProgram }
