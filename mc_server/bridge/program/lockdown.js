'use strict'
/**
 * Freezes the language's own objects (SES lockdown), so that a program cannot change what the rest of the process uses.
 *
 * Must be loaded before Mineflayer and after a replacement of the clocks. The options keep `eval` and `Function` for the
 * protocol compiler in the trusted part (a compartment has its own, confined ones); how stacks are written is `stack_text.js`.
 */

require('ses')
const { stackText } = require('./stack_text')

/** Deep enough to reach from the inside of Mineflayer to the program that called. */
const STACK_FRAMES = 60

/** @type {any} */
const realm = globalThis

realm.lockdown({
  errorTaming: 'unsafe',
  stackFiltering: 'verbose',
  overrideTaming: 'severe',
  evalTaming: 'unsafe-eval',
  consoleTaming: 'unsafe',
  domainTaming: 'unsafe',
  localeTaming: 'unsafe',
  regExpTaming: 'unsafe',
  errorTrapping: 'none',
  unhandledRejectionTrapping: 'none',
  reporting: 'none'
})
Error.stackTraceLimit = STACK_FRAMES
Error.prepareStackTrace = stackText

/** @type {new (options: object) => {evaluate: (source: string) => any, globalThis: Record<string, any>}} */
const Compartment = realm.Compartment
/** @type {<T>(value: T) => T} */
const harden = realm.harden

// What reads and writes the stack of every error hangs on the errors alone, where the lockdown does not find it.
harden(Object.getOwnPropertyDescriptor(new Error('any'), 'stack'))

module.exports = { Compartment, harden }
