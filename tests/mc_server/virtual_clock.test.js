'use strict'

const assert = require('node:assert/strict')
const { spawnSync } = require('node:child_process')
const path = require('node:path')
const { describe, it } = require('node:test')
const { VirtualClock } = require('../../mc_server/simulation/virtual_clock')

const SIMULATION = path.resolve(__dirname, '..', '..', 'mc_server', 'simulation')

/** @returns {any} what a program says in a process whose clock is virtual */
function inSimulation (/** @type {string} */ body) {
  const program = `
    const { VirtualClock } = require(${JSON.stringify(path.join(SIMULATION, 'virtual_clock.js'))})
    const clock = new VirtualClock()
    require(${JSON.stringify(path.join(SIMULATION, 'virtual_globals.js'))}).install(clock, 5)
    const say = value => process.stdout.write(JSON.stringify(value))
    ${body}`
  const { stdout, stderr } = spawnSync(process.execPath, ['-e', program], { encoding: 'utf8', timeout: 120000 })
  assert.notEqual(stdout, '', stderr)
  return JSON.parse(stdout)
}

describe('A virtual clock', () => {
  it('jumps from timer to timer', async () => {
    const clock = new VirtualClock()
    /** @type {any[]} */ const seen = []
    const note = (/** @type {string} */ name) => () => { seen.push([name, clock.milliseconds]) }
    clock.timers.add(note('late'), 86400000, false)
    clock.timers.add(note('first of two'), 50, false)
    clock.timers.add(note('second of two'), 50, false)
    await clock.run(new Promise(resolve => clock.timers.add(() => resolve(null), 86400001, false)))
    assert.deepEqual(seen, [['first of two', 50], ['second of two', 50], ['late', 86400000]])
  })

  it('stands still when nothing is asked of it', async () => {
    const clock = new VirtualClock()
    let rings = 0
    clock.timers.add(() => { rings++ }, 1, true)
    await clock.run(new Promise(resolve => clock.timers.add(() => resolve(null), 10, false)))
    const rung = rings
    await new Promise(resolve => setTimeout(resolve, 30))
    assert.equal(rings, rung)
    assert.equal(clock.milliseconds, 10)
  })

  it('takes its next turn only when all that a timer set going has come to rest', async () => {
    const said = inSimulation(`
      const seen = []
      setTimeout(() => seen.push('next timer'), 1)
      setTimeout(async () => {
        seen.push('timer')
        process.nextTick(() => setImmediate(() => Promise.resolve().then(() => setImmediate(() => seen.push('immediate of an immediate')))))
        for (let turn = 0; turn < 50; turn++) await null
        seen.push('promises')
      }, 1).refresh()
      setTimeout(() => seen.push('last timer'), 1)
      clock.run(new Promise(resolve => setTimeout(resolve, 5))).then(() => say(seen))`)
    assert.deepEqual(said, ['next timer', 'timer', 'promises', 'immediate of an immediate', 'last timer'])
  })

  it('keeps the beat of an interval and ends one that is cleared', () => {
    const said = inSimulation(`
      const seen = []
      const interval = setInterval(() => { seen.push(performance.now()); if (seen.length === 3) clearInterval(interval) }, 50)
      clock.run(require('timers/promises').setTimeout(1000)).then(() => say(seen))`)
    assert.deepEqual(said, [50, 100, 150])
  })

  it('lets those come to an end who compute for as long as the clock allows', () => {
    const said = inSimulation(`
      const searched = () => { const start = performance.now(); let steps = 0; while (performance.now() - start < 40) steps++; return steps }
      const both = []
      setTimeout(() => both.push(searched()), 10)
      setTimeout(() => both.push(searched(), Date.now() - ${Date.UTC(2024, 0, 1)}), 20)
      clock.run(new Promise(resolve => setTimeout(resolve, 30))).then(() => say(both))`)
    assert.equal(said[0], said[1])
    assert.equal(said[2], 60)
  })

  it('gives the same dates, numbers and identifiers in every process', () => {
    const body = `
      const { randomUUID, randomBytes, randomInt } = require('crypto')
      say([Date.now(), new Date().toISOString(), Math.random(), randomUUID(), crypto.randomUUID(), randomBytes(4).toString('hex'), randomInt(1000), process.hrtime()])`
    assert.deepEqual(inSimulation(body), inSimulation(body))
  })
})
