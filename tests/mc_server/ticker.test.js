'use strict'

const { test } = require('node:test')
const assert = require('node:assert/strict')
const path = require('node:path')
const { packageFolder } = require('./embedded_harness')
const { Ticker } = require(path.join(packageFolder, 'embedded', 'ticker.js'))

/** How many ticks the world has had after each beat. */
function ticksAt (/** @type {number[]} */ beats) {
  let ticks = 0
  const ticker = new Ticker(() => ticks++)
  return beats.map(now => {
    ticker.beat(now)
    return ticks
  })
}

test('a timer that is on time gives one tick each', () => {
  assert.deepEqual(ticksAt([0, 50, 100, 150, 200]), [1, 2, 3, 4, 5])
})

test('what a late timer loses is made up for, one tick at a time', () => {
  assert.deepEqual(ticksAt([0, 220, 270, 320, 370, 420]), [1, 3, 5, 7, 8, 9])
  const late = ticksAt(Array.from({ length: 500 }, (_, beat) => beat * 51))
  assert.equal(late[499], Math.floor(499 * 51 / 50) + 1)
})

test('a world that stood still for long goes on from there', () => {
  assert.deepEqual(ticksAt([0, 60000, 60050, 60100]), [1, 2, 3, 4])
})
