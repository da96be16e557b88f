'use strict'
/**
 * Puts a virtual clock and seeded chance in the place of those of the process, before any library is loaded.
 *
 * Covers timers (global, `node:timers`, `node:timers/promises`), Date, performance.now, process.hrtime, AbortSignal.timeout, and
 * as chance Math.random and what `node:crypto` makes up. What is set aside is given back by `install`, for those few who need the
 * machine's own.
 */

const crypto = require('node:crypto')
const timers = require('node:timers')
const timersPromises = require('node:timers/promises')
const util = require('node:util')
const { createDate } = require('../world_date')
const { Random } = require('../embedded/random')

/** Dates in a simulation count from here. */
const EPOCH = Date.UTC(2024, 0, 1)
const LONGEST_TIMER = 2 ** 31 - 1

/**
 * @param {import('./virtual_clock').VirtualClock} clock
 * @param {number} [seed]
 * @returns {{chance: Random, machine: {setTimeout: typeof setTimeout, clearTimeout: typeof clearTimeout, now: () => number}}}
 */
function install (clock, seed = 0) {
  const machine = { setTimeout, clearTimeout, now: performance.now.bind(performance) }
  const chance = new Random(seed)
  installTimers(clock)
  installClocks(clock)
  installChance(chance)
  return { chance, machine }
}

/** As Node reads it: whole, and at least one. */
const delay = (/** @type {any} */ milliseconds) =>
  milliseconds >= 1 && milliseconds <= LONGEST_TIMER ? Math.trunc(milliseconds) : 1

/** @param {import('./virtual_clock').VirtualClock} clock */
function installTimers (clock) {
  const { timers: queue } = clock
  const after = (/** @type {any} */ milliseconds, /** @type {any} */ value) =>
    new Promise(resolve => queue.add(() => resolve(value), delay(milliseconds), false))
  const soon = (/** @type {any} */ value) => new Promise(resolve => clock.immediates.push({ run: () => resolve(value), cancelled: false }))
  const set = (/** @type {boolean} */ repeats) => (/** @type {any} */ run, /** @type {any} */ milliseconds, /** @type {any[]} */ ...args) => {
    const timer = queue.add(() => run.apply(timer, args), delay(milliseconds), repeats)
    return timer
  }
  const clear = (/** @type {any} */ timer) => { timer?.close?.() }
  const replaced = {
    setTimeout: Object.defineProperty(set(false), util.promisify.custom, { value: after }),
    setInterval: set(true),
    setImmediate: Object.defineProperty((/** @type {any} */ run, /** @type {any[]} */ ...args) => {
      const immediate = { run: () => run(...args), cancelled: false, close () { this.cancelled = true }, unref () { return this }, ref () { return this } }
      clock.immediates.push(immediate)
      return immediate
    }, util.promisify.custom, { value: soon }),
    clearTimeout: clear,
    clearInterval: clear,
    clearImmediate: clear
  }
  Object.assign(globalThis, replaced)
  Object.assign(timers, replaced)
  Object.assign(timersPromises, { setTimeout: after, setImmediate: soon })
  AbortSignal.timeout = milliseconds => {
    const controller = new AbortController()
    queue.add(() => controller.abort(new DOMException('The operation was aborted due to timeout', 'TimeoutError')), delay(milliseconds), false)
    return controller.signal
  }
}

/** @param {import('./virtual_clock').VirtualClock} clock */
function installClocks (clock) {
  globalThis.Date = createDate(() => Math.floor(EPOCH + clock.age()))
  performance.now = () => clock.look()
  const nanoseconds = () => BigInt(Math.round(clock.look() * 1e6))
  const hrtime = (/** @type {[number, number] | undefined} */ since) => {
    const total = nanoseconds() - (since ? BigInt(since[0]) * 1_000_000_000n + BigInt(since[1]) : 0n)
    return [Number(total / 1_000_000_000n), Number(total % 1_000_000_000n)]
  }
  process.hrtime = /** @type {any} */ (Object.assign(hrtime, { bigint: nanoseconds }))
}

/** @param {Random} chance */
function installChance (chance) {
  const fill = (/** @type {any} */ view) => {
    const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength)
    for (let index = 0; index < bytes.length; index++) bytes[index] = chance.between(0, 255)
    return view
  }
  const answer = (/** @type {any} */ value, /** @type {any} */ callback) => {
    if (typeof callback !== 'function') return value
    process.nextTick(callback, null, value)
  }
  const randomBytes = (/** @type {number} */ size, /** @type {any} */ callback) => answer(fill(Buffer.alloc(size)), callback)
  const randomInt = (/** @type {number} */ low, /** @type {any} */ high, /** @type {any} */ callback) => typeof high === 'number'
    ? answer(chance.between(low, high - 1), callback)
    : answer(chance.between(0, low - 1), high)
  const randomUUID = () => {
    const bytes = fill(Buffer.alloc(16))
    bytes[6] = (bytes[6] & 0x0f) | 0x40
    bytes[8] = (bytes[8] & 0x3f) | 0x80
    return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
  }
  Math.random = () => chance.next()
  Object.assign(crypto, {
    randomBytes, randomInt, randomUUID, randomFillSync: fill, randomFill: (/** @type {any} */ view, /** @type {any} */ callback) => answer(fill(view), callback)
  })
  Object.assign(globalThis.crypto, { getRandomValues: fill, randomUUID })
}

module.exports = { install, EPOCH }
