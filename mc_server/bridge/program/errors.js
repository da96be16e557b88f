'use strict'
/**
 * Errors of a program, described by the program's own module and line.
 *
 * A module is evaluated under the address `program/<run>/<name>.js`; the innermost frame of a stack with such an address is the
 * place. An error that arises in trusted code after an await has lost that frame, so the place of the call is noted
 * when the program makes it (`noteCallSite`) and used then. `<run>` numbers the runs of this process, so that an error that comes
 * late is never taken for one of the next program. What is thrown can be anything, so every look at it is guarded.
 */

const vm = require('node:vm')
const { recordable } = require('./record_value')

/** A frame's address stands at the end of its line, in brackets or not; what a message says is no frame. */
const FRAME = /^ {2,4}at .*?\bprogram\/(\d+)\/([\w$]+)\.js:(\d+)(?::\d+)?\)?$/m
const FIRST_CONSTRUCTOR = /^\s*at new (\S+) .*\n/
const ANY_FRAME = /^ {2,4}at /m
const SYNTAX_LINE = /^program\/\d+\/[\w$]+\.js:(\d+)/
const MAXIMUM_MESSAGE = 2000
const MAXIMUM_STACK = 100000
/** In a compartment a name that stands for nothing is undefined, so that a call of it fails so. */
const UNKNOWN_NAME = /^(\w+) is not (?:defined|a function|a constructor)$/

/** What to use in place of names that programs are often written with. @type {Record<string, string>} */
const INSTEAD = {
  module: 'a program exports nothing; it defines its function',
  exports: 'a program exports nothing; it defines its function',
  process: 'a program runs inside the game and reaches nothing of the computer',
  Buffer: 'there is Uint8Array',
  fetch: 'a program reaches nothing but the game',
  mineflayer: 'the bot has joined already: use bot',
  pathfinder: 'the path finder is loaded: use bot.pathfinder',
  structuredClone: 'use JSON.parse(JSON.stringify(value))'
}

/** @typedef {{name: string, message: string, code: string | null, module: string | null, line: number | null}} ErrorData */

/** Where a fault is, when it was known as it was made. @type {WeakMap<object, {name?: string, module?: string, line?: number}>} */
const places = new WeakMap()

/** A fault of the program that the bridge itself found. */
class ProgramFault extends Error {
  /**
   * @param {string} code
   * @param {string} message
   * @param {{name?: string, module?: string, line?: number}} [place]
   */
  constructor (code, message, place = {}) {
    super(message)
    this.name = place.name ?? 'ProgramError'
    this.code = code
    places.set(this, place)
  }
}

// A program gets faults, and could make others with a place of its choice.
Reflect.deleteProperty(ProgramFault.prototype, 'constructor')

/** @type {WeakMap<object, string>} an error to the stack of the call it came from */
const callSites = new WeakMap()

/**
 * @param {string} moduleName
 * @param {number} [run]
 */
const addressOf = (moduleName, run = 0) => `program/${run}/${moduleName}.js`

/** @returns {string} the stack here, to be kept until the call has ended */
const currentCallSite = () => String(new Error('call').stack)

/**
 * @param {object} error
 * @param {string} stack where the program made the call that failed
 */
function noteCallSite (error, stack) {
  if (!callSites.has(error)) callSites.set(error, stack)
}

/**
 * @param {{name: string, site: string}[]} open what was under way when the program had returned
 * @returns {ProgramFault}
 */
function notAwaited (open) {
  const [{ name, site }] = open
  const line = placeInProgram(site)?.line
  const call = line === undefined ? name : `${name} (line ${line})`
  const others = open.length > 1 ? `, and ${open.length - 1} more,` : ''
  const fault = new ProgramFault('not_awaited', `the program ended while ${call}${others} was still under way: await it`)
  fault.stack = ''
  noteCallSite(fault, site)
  return fault
}

/**
 * @param {string} stack
 * @returns {{run: number, module: string, line: number} | null}
 */
function placeInProgram (stack) {
  const frame = FRAME.exec(stack)
  return frame ? { run: Number(frame[1]), module: frame[2], line: Number(frame[3]) } : null
}

/**
 * Where in a program an error comes from.
 * @param {any} error
 * @returns {{run: number, module: string, line: number} | null}
 */
function placeOfError (error) {
  if (!isObject(error)) return null
  const stack = messageless(error)
  return placeInProgram(withoutConstructor(stack, error)) ?? placeInProgram(stack) ?? placeInProgram(callSites.get(error) ?? '')
}

/**
 * An error of a program's own class arose where it was made, not where the class makes it.
 * @param {string} stack
 * @param {any} error
 */
function withoutConstructor (stack, error) {
  const name = asText(field(field(error, 'constructor') ?? {}, 'name'))
  const start = FIRST_CONSTRUCTOR.exec(stack)
  return start && name && start[1] === name ? stack.slice(start[0].length) : stack
}

/**
 * Whether an error nobody handled arose in trusted code alone. What is no error, or has no stack, came from a program.
 * @param {any} error
 */
function isOurs (error) {
  return isObject(error) && placeOfError(error) === null && ANY_FRAME.test(messageless(error))
}

/**
 * @param {any} error whatever a program threw
 * @returns {ErrorData}
 */
function describeError (error) {
  if (!isObject(error)) {
    return { name: 'Error', message: error === undefined ? 'undefined was thrown' : textOf(error), code: null, module: null, line: null }
  }
  const known = places.get(error)
  const place = known?.module ? known : placeOfError(error)
  const code = field(error, 'code')
  return {
    name: textOf(field(error, 'name') ?? 'Error').slice(0, 100),
    message: messageFor(error),
    code: typeof code === 'string' ? code.slice(0, 100) : null,
    module: place?.module ?? null,
    line: place?.line ?? null
  }
}

/**
 * @param {any} error
 * @returns {string}
 */
function messageFor (error) {
  const message = field(error, 'message')
  // An object that is no error says most by what it holds.
  if (message === undefined) return textOf(JSON.stringify(recordable(error, MAXIMUM_MESSAGE)))
  const text = textOf(message)
  const unknown = UNKNOWN_NAME.exec(text)
  return unknown && Object.hasOwn(INSTEAD, unknown[1]) ? `${unknown[1]} is not there: ${INSTEAD[unknown[1]]}` : text
}

/**
 * The stack without the message, which could name a place by itself. Frames stand at the end of it.
 * @param {any} error
 */
function messageless (error) {
  const stack = String(asText(field(error, 'stack')))
  const message = asText(field(error, 'message'))
  const start = message ? stack.indexOf(message) : -1
  return (start < 0 ? stack : stack.slice(start + message.length)).slice(-MAXIMUM_STACK)
}

/**
 * @param {any} error
 * @param {string} name
 */
function field (error, name) {
  try {
    return error[name]
  } catch {
    return name === 'message' ? 'an error whose message cannot be read' : undefined
  }
}

/** @param {any} value */
const isObject = value => value !== null && (typeof value === 'object' || typeof value === 'function')

/** @param {any} value */
const asText = value => typeof value === 'string' ? value : ''

/** @param {any} value */
function textOf (value) {
  try {
    const text = String(value)
    return text.length <= MAXIMUM_MESSAGE ? text : `${text.slice(0, MAXIMUM_MESSAGE)}... (cut off: ${text.length} characters)`
  } catch {
    return 'a value that cannot be shown'
  }
}

/**
 * Parse a module without running it.
 * @param {{name: string, source: string}} module
 * @throws {ProgramFault} with the line of the syntax error
 */
function checkSyntax ({ name, source }) {
  try {
    // On the first line, so that lines count as in the source; the compartment evaluates in strict mode too.
    new vm.Script(`'use strict';${source}`, { filename: addressOf(name) }) // eslint-disable-line no-new
  } catch (/** @type {any} */ error) {
    const line = SYNTAX_LINE.exec(String(error.stack))
    throw new ProgramFault('syntax_error', String(error.message), {
      name: 'SyntaxError', module: name, line: line ? Number(line[1]) : undefined
    })
  }
}

module.exports = {
  ProgramFault, addressOf, checkSyntax, currentCallSite, describeError, isOurs, notAwaited, noteCallSite, placeInProgram, placeOfError
}
