'use strict'
/**
 * Errors of a program, described by the program's own module and line.
 *
 * A module is evaluated under the address `program/<name>.js`; the innermost frame of a stack with such an address is the
 * place. An error that arises in trusted code after an await has lost that frame, so the place of the call is noted
 * when the program makes it (`noteCallSite`) and used then.
 */

const vm = require('node:vm')

const FRAME = /program\/([\w$]+)\.js:(\d+)/
const SYNTAX_LINE = /^program\/[\w$]+\.js:(\d+)/
const MAXIMUM_MESSAGE = 2000

/** @typedef {{name: string, message: string, code: string | null, module: string | null, line: number | null}} ErrorData */

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
    this.place = place
  }
}

/** @type {WeakMap<object, string>} an error to the stack of the call it came from */
const callSites = new WeakMap()

/** @param {string} moduleName */
const addressOf = moduleName => `program/${moduleName}.js`

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
 * @param {string} stack
 * @returns {{module: string, line: number} | null}
 */
function placeInProgram (stack) {
  const frame = FRAME.exec(stack)
  return frame ? { module: frame[1], line: Number(frame[2]) } : null
}

/**
 * @param {any} error whatever a program threw
 * @returns {ErrorData}
 */
function describeError (error) {
  if (error === null || typeof error !== 'object') {
    return { name: 'Error', message: textOf(error), code: null, module: null, line: null }
  }
  const known = error instanceof ProgramFault && error.place.module ? error.place : null
  const place = known ?? placeInProgram(messageless(error)) ?? placeInProgram(callSites.get(error) ?? '')
  return {
    name: textOf(error.name ?? 'Error').slice(0, 100),
    message: textOf(error.message ?? ''),
    code: typeof error.code === 'string' ? error.code : null,
    module: place?.module ?? null,
    line: place?.line ?? null
  }
}

/**
 * The stack without the message, which could name a place by itself.
 * @param {any} error
 */
function messageless (error) {
  const stack = textOf(error.stack ?? '')
  const message = textOf(error.message ?? '')
  return message ? stack.replace(message, '') : stack
}

/** @param {any} value */
function textOf (value) {
  try {
    return String(value).slice(0, MAXIMUM_MESSAGE)
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

module.exports = { ProgramFault, addressOf, checkSyntax, currentCallSite, describeError, noteCallSite, placeInProgram }
