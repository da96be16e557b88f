'use strict'
/**
 * Plays programs of the kind models write twice, confined and bare: `node run.js [WORDS OF A NAME] [--verbose]`.
 *
 * `--part 1 --of 2` plays every second one, beginning with the second.
 * Prints a JSON line for each: `{name, same, differences, outcome, milliseconds, ticks}`, the figures bare
 * and confined. With `--verbose` also what came of it, and whether the two worlds are the same to the last bit.
 */

const fs = require('node:fs')
const path = require('node:path')
const { parseArgs } = require('node:util')
const { Theatre } = require('./theatre')
const { setScene, has } = require('./scenes')
const { differences } = require('./compare')

const PROGRAMS = path.join(__dirname, 'programs')

const { values, positionals: [words = ''] } = parseArgs({
  allowPositionals: true,
  options: {
    verbose: { type: 'boolean', default: false },
    folder: { type: 'string', default: PROGRAMS },
    part: { type: 'string', default: '0' },
    of: { type: 'string', default: '1' }
  }
})

const print = (/** @type {object} */ report) => process.stdout.write(JSON.stringify(report) + '\n')

async function main () {
  const theatre = await Theatre.open()
  const ground = theatre.world.text()
  const mine = (/** @type {string} */ _, /** @type {number} */ index) => index % Number(values.of) === Number(values.part)
  for (const file of fs.readdirSync(values.folder).sort().filter(mine)) {
    const name = path.basename(file, '.js')
    if (name.includes(words)) print(await playTwice(theatre, ground, name, fs.readFileSync(path.join(values.folder, file), 'utf8')))
  }
  process.exit(0)
}

/**
 * @param {Theatre} theatre
 * @param {string} ground the world without a stage
 * @param {string} name
 * @param {string} source
 */
async function playTwice (theatre, ground, name, source) {
  const start = has(source, 'ground') ? ground : await theatre.prepare(ground, () => setScene(theatre, source))
  await theatre.goBackTo(start)
  const bare = await theatre.bare(name, source)
  await theatre.goBackTo(start)
  const confined = await theatre.confined(name, source)
  const expected = has(source, 'throws') ? 'program_error' : 'completed'
  const found = differences(bare, confined)
  if (bare.outcome !== expected) found.push(`the bare one ended as ${bare.outcome} instead of ${expected}: ${bare.error?.message}`)
  const sides = (/** @type {'ticks' | 'milliseconds'} */ part) => [bare, confined].map(play => Math.round(play[part]))
  const report = { name, same: found.length === 0, differences: found, outcome: bare.outcome, milliseconds: sides('milliseconds'), ticks: sides('ticks') }
  return values.verbose ? { ...report, result: bare.result, error: bare.error, lines: bare.lines, identical: bare.world === confined.world } : report
}

main().catch(error => {
  process.stderr.write(`${error.stack}\n`)
  process.exit(1)
})
