'use strict'
/** A day of waiting and a while of wandering, in simulated time: nothing goes wrong, and nothing grows that need not. */

const assert = require('node:assert/strict')
const { execFile } = require('node:child_process')
const path = require('node:path')
const { test } = require('node:test')
const { promisify } = require('node:util')

const root = path.resolve(__dirname, '..', '..')
const BENCHMARK = path.join(root, 'scripts', 'benchmarks', 'endurance.js')
const TIMEOUT_MILLISECONDS = 600000
/** Of the last third over the third before it; the libraries' own stirs less. */
const GROWTH_MEGABYTES = 2
/** Columns within view, and one around them, of one bot: (2 * (4 + 1) + 1)^2. */
const SEEN_COLUMNS = 121
/** Columns that the world keeps for one bot, and those that came since it last looked which are needed. */
const KEPT_COLUMNS = 169 + 60
/** Also those that were cancelled and whose time has not come. */
const TIMERS = 60

/** @returns {Promise<any>} what the benchmark says */
async function play (/** @type {string[]} */ ...options) {
  const node = ['--expose-gc', '-r', path.join(root, 'mc_server', 'clock.js')]
  const { stdout } = await promisify(execFile)(process.execPath, [...node, BENCHMARK, ...options], {
    env: { ...process.env, WORLD_RATE: 'max' }, timeout: TIMEOUT_MILLISECONDS, maxBuffer: 2 ** 24
  })
  return JSON.parse(stdout)
}

const median = (/** @type {number[]} */ values) => [...values].sort((a, b) => a - b)[values.length >> 1]

test('a world that somebody waits in for a day is no larger after it', async () => {
  const { samples, troubles } = await play('--wait', '--ticks', '24000', '--samples', '9')
  assert.deepEqual(troubles, [])
  const heap = samples.map((/** @type {any} */ sample) => sample.heap)
  const growth = median(heap.slice(-3)) - median(heap.slice(-6, -3))
  assert.ok(growth < GROWTH_MEGABYTES, `it grew by ${growth} MB: ${heap}`)
})

test('bots that wander keep no more than what is around them, and nothing hangs', async () => {
  const bots = 3
  const { samples, counts, troubles } = await play('--bots', String(bots), '--ticks', '2000', '--samples', '4')
  assert.deepEqual(troubles, [])
  for (const { rounds, hung } of counts) {
    assert.equal(hung, 0)
    assert.ok(rounds > 0)
  }
  for (const { columns, botColumns, timers } of samples) {
    assert.ok(botColumns <= bots * SEEN_COLUMNS, `bots know of ${botColumns} columns`)
    assert.ok(columns <= bots * KEPT_COLUMNS, `the world keeps ${columns} columns`)
    assert.ok(timers <= bots * TIMERS, `${timers} timers wait`)
  }
})
