'use strict'
/**
 * Freezes the language's own objects (SES lockdown), so that a program cannot change what the rest of the process uses.
 *
 * Must be loaded before Mineflayer and after a replacement of the clocks. The options keep `eval` and `Function` for the
 * protocol compiler in the trusted part (a compartment has its own, confined ones) and error stacks as Node writes them.
 */

require('ses')

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

/** @type {new (options: object) => {evaluate: (source: string) => any, globalThis: Record<string, any>}} */
const Compartment = realm.Compartment
/** @type {<T>(value: T) => T} */
const harden = realm.harden

module.exports = { Compartment, harden }
