'use strict'

/**
 * Runs scenarios one after the other in one embedded world: `WORLD_RATE=max node -r clock.js run... [words of a name]`.
 * Prints a JSON line for each: `{name, ok, seconds, message}`.
 */

const { simulate } = require('../mc_server/embedded_harness')
const { startEmbeddedServer } = require('./embedded_server')
const { joinServer } = require('./primitives_harness')
const { scenarios, setStage } = require('./primitives_scenarios')

const SCENARIO_TIMEOUT_MS = 90000

/**
 * Run one scenario; when it takes too long its primitives are cancelled.
 * @param {any} server @param {any} joined @param {(stage: any) => Promise<void>} act
 */
async function play (server, joined, act) {
  const controller = new AbortController()
  joined.context.signal = controller.signal
  const timer = setTimeout(() => controller.abort(), SCENARIO_TIMEOUT_MS)
  try {
    await act(await setStage(server, joined))
  } finally {
    clearTimeout(timer)
  }
}

async function main () {
  const words = process.argv[2] ?? ''
  const server = await startEmbeddedServer()
  const joined = await joinServer({ address: server.address })
  try {
    for (const [name, act] of Object.entries(scenarios)) {
      if (!name.includes(words)) continue
      const startedAt = Date.now()
      const report = { name, ok: true, seconds: 0, message: '' }
      try {
        await play(server, joined, act)
      } catch (error) {
        Object.assign(report, { ok: false, message: error.stack })
      }
      report.seconds = (Date.now() - startedAt) / 1000
      process.stdout.write(JSON.stringify(report) + '\n')
    }
  } finally {
    joined.bot.end()
    await server.stop()
  }
  process.exit(0)
}

simulate(main)
