'use strict'
/**
 * Shows the mechanics of the areas named: `node run.js AREA... [--only WORDS] [--real]`; prints a JSON line for each:
 * `{area, name, ok, seconds, message}`. An area is a file in `areas/`; `node run.js --list` names what there is.
 *
 * Server and bots share this process and a clock that jumps, so that a slow machine changes nothing; with `--real` they are
 * processes of their own, connected by TCP, and time passes.
 */

const fs = require('node:fs')
const path = require('node:path')
const { parseArgs } = require('node:util')

const SCENE_TIMEOUT_MILLISECONDS = 120000

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { only: { type: 'string', default: '' }, list: { type: 'boolean', default: false }, real: { type: 'boolean', default: false } }
})
process.env.WORLD_RATE ??= values.real ? '3' : 'max'
const machineNow = performance.now.bind(performance)
const { Stage, within, simulate } = require('./stage')

const print = (/** @type {object} */ report) => process.stdout.write(JSON.stringify(report) + '\n')

/** @returns {any[]} the mechanics of an area that can be shown */
const shownIn = (/** @type {string} */ area) => require(path.join(__dirname, 'areas', `${area}.js`)).mechanics.filter((/** @type {any} */ { play }) => play)

async function main () {
  if (values.list) {
    const areas = fs.readdirSync(path.join(__dirname, 'areas')).map(file => path.basename(file, '.js'))
    for (const area of areas) for (const { name } of shownIn(area)) print({ area, name })
    return process.exit(0)
  }
  const stage = await Stage.open()
  for (const area of positionals) {
    const wanted = shownIn(area).filter(({ name }) => name.includes(values.only))
    for (const mechanic of wanted) await show(stage, area, mechanic)
  }
  await stage.close()
  process.exit(0)
}

async function show (/** @type {Stage} */ stage, /** @type {string} */ area, /** @type {any} */ { name, play }) {
  const started = machineNow()
  const report = { area, name, ok: true, seconds: 0, message: '' }
  try {
    await within(SCENE_TIMEOUT_MILLISECONDS, stage.reset().then(() => play(stage)), 'the scene to end')
    const faults = stage.server.errors.splice(0)
    if (faults.length > 0) throw new Error(`The server reported a fault: ${faults[0].message}`)
  } catch (/** @type {any} */ error) {
    Object.assign(report, { ok: false, message: String(error.stack ?? error) })
  }
  report.seconds = Math.round(machineNow() - started) / 1000
  print(report)
}

simulate(main).catch(error => {
  process.stderr.write(`${error.stack}\n`)
  process.exit(1)
})
