'use strict'
/**
 * A long time in the embedded world, in simulated time: what it keeps in memory, what its ticks cost, what goes wrong.
 *
 * Needs WORLD_RATE=max, mc_server/clock.js loaded first, and --expose-gc. Options: --bots, --ticks, --samples, --seed; --wait keeps
 * the bots standing where they are. Writes each sample to standard error as it is taken, and one JSON object of all to standard output.
 */

const path = require('node:path')
const { parseArgs } = require('node:util')

const packageFolder = path.resolve(__dirname, '..', '..', 'mc_server')
const { simulation } = require(path.join(packageFolder, 'clock.js'))
const { SimulatedWorld } = require(path.join(packageFolder, 'simulation', 'simulated_world.js'))
const { Wanderer } = require('./wanderer')

const MEGABYTE = 2 ** 20
const MILLISECONDS_PER_TICK = 50
/** What was let go of is collected only after what waited for it has run. */
const COLLECTIONS = 3

const { values } = parseArgs({
  options: {
    bots: { type: 'string', default: '1' },
    ticks: { type: 'string', default: '24000' },
    samples: { type: 'string', default: '10' },
    seed: { type: 'string', default: '1' },
    wait: { type: 'boolean', default: false }
  }
})
const { clock } = simulation

/** Milliseconds that this thread has computed: a busy machine does not make them more. */
function computed () {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}

/** Measures what ticks cost. */
class TickMeter {
  constructor (/** @type {any} */ game) {
    this.reset()
    const step = game.step.bind(game)
    game.step = () => {
      const started = computed()
      step()
      const milliseconds = computed() - started
      this.ticks++
      this.total += milliseconds
      this.longest = Math.max(this.longest, milliseconds)
    }
  }

  reset () {
    this.ticks = this.total = this.longest = 0
  }

  read () {
    const { ticks, total, longest } = this
    this.reset()
    return { tickMean: total / Math.max(1, ticks), tickLongest: longest }
  }
}

/** Everything that is said of something that went wrong. */
function listenToTroubles (/** @type {any} */ game) {
  /** @type {string[]} */
  const troubles = []
  const note = (/** @type {string} */ kind) => (/** @type {any} */ what) => troubles.push(`${kind}: ${what?.stack ?? what}`)
  game.events.on('fault', note('fault'))
  process.on('warning', note('warning'))
  process.on('unhandledRejection', note('unhandled rejection'))
  process.on('uncaughtException', note('uncaught'))
  Object.assign(console, { warn: note('log'), error: note('log') })
  return troubles
}

/** What is in memory and on the disk now. */
function sample (/** @type {any} */ world, /** @type {Wanderer[]} */ wanderers) {
  const { game } = world
  const sum = (/** @type {any[]} */ list, /** @type {(each: any) => number} */ of) => list.reduce((total, each) => total + of(each), 0)
  const begun = computed()
  const text = world.text()
  const captureMilliseconds = computed() - begun
  for (let time = 0; time < COLLECTIONS; time++) globalThis.gc?.()
  const { heapUsed, rss, external, arrayBuffers } = process.memoryUsage()
  return {
    tick: game.tick,
    heap: heapUsed / MEGABYTE,
    outside: (external + arrayBuffers) / MEGABYTE,
    rss: rss / MEGABYTE,
    entities: game.entities.all.size,
    farColumns: game.farEntities.texts.size,
    columns: game.world.columns.size,
    edits: sum([...game.world.overlay.values()], ({ size }) => size),
    savedKilobytes: text.length / 1024,
    captureMilliseconds,
    timers: clock.timers.timers.length,
    botColumns: sum(wanderers, ({ bot }) => bot.world.getColumns().length),
    botEntities: sum(wanderers, ({ bot }) => Object.keys(bot.entities).length)
  }
}

async function main () {
  const [bots, ticks, samples, seed] = [values.bots, values.ticks, values.samples, values.seed].map(Number)
  const world = await SimulatedWorld.open({ seed })
  const { game } = world
  const troubles = listenToTroubles(game)
  const meter = new TickMeter(game)
  /** @type {Wanderer[]} */
  const wanderers = []
  for (let number = 0; number < bots; number++) wanderers.push(await Wanderer.join(world, `wanderer_${number}`, seed * 100 + number))
  if (!values.wait) for (const wanderer of wanderers) wanderer.wander()
  const taken = []
  let begun = computed()
  for (let number = 0; number <= samples; number++) {
    if (number > 0) await new Promise(resolve => setTimeout(resolve, ticks / samples * MILLISECONDS_PER_TICK))
    const figures = { ...sample(world, wanderers), ...meter.read(), seconds: (computed() - begun) / 1000 }
    begun = computed()
    taken.push(figures)
    process.stderr.write(`${JSON.stringify(figures, (_, value) => typeof value === 'number' ? Math.round(value * 100) / 100 : value)}\n`)
  }
  const counts = wanderers.map(wanderer => wanderer.counts)
  for (const wanderer of wanderers) {
    troubles.push(...wanderer.troubles)
    wanderer.stop()
  }
  return { samples: taken, counts, troubles }
}

const { stdout } = process
clock.run(main).then((/** @type {any} */ outcome) => {
  stdout.write(`${JSON.stringify(outcome)}\n`, () => process.exit(0))
}, (/** @type {Error} */ error) => {
  process.stderr.write(`${error.stack}\n`, () => process.exit(1))
})
