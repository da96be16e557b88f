'use strict'
/**
 * A process that is host to one bot: `node stage.js '{"settings", "removed"}'`, forked by `run.js`.
 *
 * Hostile programs are run here as Python would have them run, by the bridge's own supervisor, so that one that brings its host
 * down brings down only this. Told `{id, script, deadline_seconds}`, answers `{id, execution, told, peak_megabytes}`; told
 * `{replace: true}`, ends the bot's process.
 */

const { takeOut } = require('./removals')

const MAXIMUM_TOLD = 20000
/** Stands in a program for the number that the host gives its run. */
const RUN_ID = 'RUN_ID'

const { settings, removed } = JSON.parse(process.argv[2])
takeOut(removed)
const { Supervisor } = require('../../mc_server/bridge/host/supervisor')

/** What the host has told Python. @type {any[]} */
const told = []
const supervisor = new Supervisor(settings, tell)

/** @param {any} event */
function tell (event) {
  if (told.length < MAXIMUM_TOLD) told.push(event)
  if (event.type === 'progress') process.send?.({ type: 'progress', text: event.text })
}

/** @param {any} message */
async function run ({ id, script, deadline_seconds: deadlineSeconds }) {
  told.length = 0
  if (!supervisor.lastObservation) await supervisor.observe().catch(() => {})
  for (const module of script.modules) module.source = module.source.replaceAll(RUN_ID, String(supervisor.lastId + 1))
  const execution = await supervisor.execute(script, deadlineSeconds, (/** @type {string} */ text) => tell({ type: 'progress', text }))
    .catch((/** @type {any} */ error) => ({ outcome: 'no execution', error: { code: error.code, message: error.message }, result: null }))
  const peak = process.resourceUsage().maxRSS / 1024
  process.send?.({ type: 'ran', id, execution, told: [...told], peak_megabytes: peak })
}

function end () {
  supervisor.close()
  process.exit(0)
}

process.on('message', (/** @type {any} */ message) => {
  if (message.replace) supervisor.kill('its program was not stopped')
  else run(message)
})
process.on('disconnect', end)
process.on('SIGTERM', end)

supervisor.join().then(
  () => process.send?.({ type: 'ready' }),
  (/** @type {any} */ error) => {
    process.send?.({ type: 'failed', message: error.message })
    end()
  })
