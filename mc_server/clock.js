'use strict'
/**
 * Preload for a process of the game (`node -r clock.js ...`): lets its time run faster.
 *
 * With WORLD_RATE=R (1 to 10) in the environment, Date, performance.now, setTimeout and setInterval of the
 * process run R times as fast as the machine's clock. Server and bot must be started with the same rate. At rate
 * 1 nothing is replaced. With WORLD_RATE=max server and bot share the process, and its time is simulated: it passes only while
 * `simulation.clock` runs, as fast as the machine can compute. It also loads `remembered_data.js` and `light_bytes.js`, which every
 * process of the game profits from.
 *
 * Not covered: at a rate of 1 to 10 process.hrtime, and always the timers of other threads, keep the machine's time.
 */

require('./remembered_data')
require('./light_bytes')
const { createDate } = require('./world_date')

const { VirtualClock } = require('./simulation/virtual_clock')
const { install } = require('./simulation/virtual_globals')

const MINIMUM_RATE = 1
const MAXIMUM_RATE = 10
/** Timers have a resolution of a millisecond, so a fast interval runs several times when it wakes up. */
const MAXIMUM_RUNS_AT_ONCE = 5

const SIMULATION = 'max'

/**
 * @param {string | undefined} text the value of WORLD_RATE
 * @returns {number} Infinity for a simulation
 */
function parseRate (text) {
  if (text === undefined || text === '') return 1
  if (text === SIMULATION) return Infinity
  const rate = Number(text)
  if (!(rate >= MINIMUM_RATE && rate <= MAXIMUM_RATE)) {
    throw new RangeError(`WORLD_RATE is '${text}'; give a number from ${MINIMUM_RATE} to ${MAXIMUM_RATE}, or '${SIMULATION}'.`)
  }
  return rate
}

/** @param {number} rate */
function scaleClocks (rate) {
  const { performance } = require('node:perf_hooks')
  const machineNow = performance.now.bind(performance)
  const startOfDate = Date.now()
  const startOfMachine = machineNow()
  const elapsed = () => (machineNow() - startOfMachine) * rate
  const now = () => Math.floor(startOfDate + elapsed())

  globalThis.Date = createDate(now)
  performance.now = () => startOfMachine + elapsed()

  scaleTimers(rate, machineNow)
}

/**
 * @param {number} rate
 * @param {() => number} machineNow milliseconds of the machine's clock
 */
function scaleTimers (rate, machineNow) {
  const timers = require('node:timers')
  const util = require('node:util')
  const machineTimeout = globalThis.setTimeout
  const machineInterval = globalThis.setInterval

  const scaledTimeout = (/** @type {any} */ run, milliseconds = 0, /** @type {any[]} */ ...args) =>
    machineTimeout(run, milliseconds / rate, ...args)
  Object.defineProperty(scaledTimeout, util.promisify.custom, {
    value: (milliseconds = 0, value = undefined) =>
      new Promise(resolve => machineTimeout(resolve, milliseconds / rate, value))
  })

  const scaledInterval = (/** @type {any} */ run, milliseconds = 0, /** @type {any[]} */ ...args) => {
    const step = Math.max(milliseconds / rate, 0.25)
    let due = machineNow() + step
    return machineInterval(() => {
      for (let runs = 0; runs < MAXIMUM_RUNS_AT_ONCE && machineNow() >= due; runs++) {
        due += step
        run(...args)
      }
      const tooFarBehind = machineNow() > due + 50 * step
      if (tooFarBehind) due = machineNow()
    }, Math.max(1, Math.floor(step)))
  }

  globalThis.setTimeout = timers.setTimeout = /** @type {any} */ (scaledTimeout)
  globalThis.setInterval = timers.setInterval = /** @type {any} */ (scaledInterval)
}

function simulate () {
  const clock = new VirtualClock()
  return { clock, ...install(clock) }
}

const rate = parseRate(process.env.WORLD_RATE)
/** Of a process whose time is simulated: its clock, its chance, and what the machine's own clock offers. */
const simulation = rate === Infinity ? simulate() : null
if (rate !== 1 && !simulation) scaleClocks(rate)

module.exports = { rate, parseRate, simulation }
