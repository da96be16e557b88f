'use strict'
/**
 * The trusted host: one in each Python process, loaded by its bridge to Node.
 *
 * Python calls `init(callback)` once and then `request(text)`, which return at once; answers and events come as one JSON text
 * each through the callback. A request is `{bot, id, type, ...}`, its answer `{bot, id, type: 'answer', value | error}`. While a
 * program runs, `{bot, id, type: 'progress', text}` tells of it, and `{bot, type: 'line', module, line, text}` of the step it is at;
 * `{bot, type: 'state', state}` is how the bot is, also between programs; `{bot, type: 'log', text}` is what a bot's process printed.
 *
 * A simulation is asked under the name it was opened with (`open_world`, `operate`, `close_world`); a bot that joins with that name
 * as its `world` is in the simulation's process. What the world tells by itself is `{bot, type: 'world_event', event}`.
 *
 * `read_program`, `shape_program` and `describe_bot` need no bot: who asks gives any name of its own, and is told of a source without
 * running it.
 *
 * Standard output and error belong to the bridge: nothing here writes to them.
 */

const { BotError } = require('./bot_error')
const { Supervisor } = require('./supervisor')
const { fromPython } = require('../channel/messages')
const { SourceReader } = require('../source/source_reader')
const { SimulationSupervisor } = require('../../simulation/simulation_supervisor')

/** What Python takes at once without trouble; an execution that fills all its bounds is smaller. */
const MAXIMUM_CHARACTERS = 64_000_000

/** @type {Map<string, Supervisor>} */
const bots = new Map()
/** By the name of the world. @type {Map<string, SimulationSupervisor>} */
const worlds = new Map()
const sources = new SourceReader()
/** @type {(text: string) => any} */
let callback = () => {}

/** @param {any} event */
function emit (event) {
  const text = JSON.stringify(event)
  if (text.length > MAXIMUM_CHARACTERS) {
    if (event.type === 'answer') emitFailure(event, new BotError('too_large', 'The answer is too long to be passed on.'))
    return
  }
  // The callback's promise fails when Python is gone; the end of standard input tells that too.
  try {
    callback(text)?.catch?.(() => {})
  } catch {}
}

/**
 * @param {{bot: string, id: number}} asked
 * @param {any} error
 */
function emitFailure ({ bot, id }, error) {
  emit({ bot, id, type: 'answer', error: { code: String(error?.code ?? 'internal'), message: String(error?.message ?? error).slice(0, 4000) } })
}

/**
 * @param {any} message that has been checked
 * @returns {Promise<any>}
 */
async function handle ({ bot, id, type, ...given }) {
  if (WORLD_REQUESTS.includes(type)) return handleWorld(bot, type, given)
  if (type === 'read_program') return sources.read(given.source)
  if (type === 'shape_program') return sources.shape(given.source, given.entry, given.constants)
  if (type === 'describe_bot') return sources.describe()
  if (type === 'join' && given.settings.world) {
    const simulation = worldNamed(given.settings.world)
    bots.set(bot, simulation)
    return simulation.joinWith(given.settings, event => emit({ bot, ...event }))
  }
  if (type === 'join') {
    bots.get(bot)?.close()
    const supervisor = new Supervisor(given.settings, event => emit({ bot, ...event }))
    bots.set(bot, supervisor)
    return supervisor.join()
  }
  const supervisor = bots.get(bot)
  if (!supervisor) throw new BotError('not_joined', 'The bot has not joined.')
  if (type === 'observe') return supervisor.observe()
  if (type === 'put_back') return supervisor.putBack(given.chests)
  if (type === 'execute') {
    return supervisor.execute(given.script, given.deadline_seconds, text => emit({ bot, id, type: 'progress', text }))
  }
  if (type === 'cancel') return supervisor.cancel(given.reason)
  bots.delete(bot)
  return supervisor.leave()
}

const WORLD_REQUESTS = ['open_world', 'operate', 'close_world']

/**
 * @param {string} name
 * @param {string} type
 * @param {any} given
 */
async function handleWorld (name, type, given) {
  if (type === 'open_world') {
    const opened = new SimulationSupervisor(given.settings, event => emit({ bot: name, ...event }))
    worlds.set(name, opened)
    return opened.open()
  }
  const simulation = worldNamed(name)
  if (type === 'operate') return simulation.operate(given.op, given.request)
  try {
    await simulation.shut()
  } finally {
    worlds.delete(name)
  }
}

/** @param {string} name */
function worldNamed (name) {
  const simulation = worlds.get(name)
  if (!simulation) throw new BotError('not_joined', 'The simulation was not opened.')
  return simulation
}

/**
 * @param {(text: string) => any} listener
 * @returns {string}
 */
function init (listener) {
  callback = listener
  return String(process.pid)
}

/**
 * @param {string} text
 * @returns {string} `ok`; what is wrong with a request that cannot even be answered
 */
function request (text) {
  /** @type {any} */ let asked
  /** @type {any} */ let message
  try {
    asked = JSON.parse(text)
    message = fromPython(asked)
  } catch (/** @type {any} */ error) {
    const { bot, id } = asked ?? {}
    if (typeof bot !== 'string' || !Number.isInteger(id)) return `The request is none: ${error.message}`
    emitFailure({ bot, id }, new BotError('bad_request', `The request is none: ${error.message}.`))
    return 'ok'
  }
  const { bot, id } = message
  handle(message).then(value => emit({ bot, id, type: 'answer', value: value ?? null }), error => emitFailure(message, error))
  return 'ok'
}

/** @returns {string} a sign of life */
function beat () {
  return 'ok'
}

function closeAll () {
  for (const supervisor of [...bots.values(), ...worlds.values()]) supervisor.close()
}

function exit () {
  closeAll()
  process.exit(0)
}

process.stdin.on('end', exit)
process.on('SIGTERM', exit)
process.on('exit', closeAll)
// Ctrl-C reaches every process of the terminal; Python decides what it means.
process.on('SIGINT', () => {})

module.exports = { beat, init, request }
