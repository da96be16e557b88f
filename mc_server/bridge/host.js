'use strict'
/**
 * The trusted host: one in each Python process, loaded by its bridge to Node.
 *
 * Python calls `init(callback)` once and then `request(text)`, which return at once; answers and events come as one JSON text
 * each through the callback. A request is `{bot, id, type, ...}`, its answer `{bot, id, type: 'answer', value | error}`. While a
 * program runs, `{bot, id, type: 'progress', text}` tells of it; `{bot, type: 'log', text}` is what a bot's process printed.
 *
 * Standard output and error belong to the bridge: nothing here writes to them.
 */

const { Supervisor } = require('./supervisor')

/** @type {Map<string, Supervisor>} */
const bots = new Map()
/** @type {(text: string) => any} */
let callback = () => {}

/** @param {object} event */
function emit (event) {
  // The callback's promise fails when Python is gone; the end of standard input tells that too.
  try {
    callback(JSON.stringify(event))?.catch?.(() => {})
  } catch {}
}

/**
 * @param {any} message
 * @returns {Promise<any>}
 */
async function handle ({ bot, id, type, ...given }) {
  if (type === 'join') {
    bots.get(bot)?.close()
    const supervisor = new Supervisor(given.settings, event => emit({ bot, ...event }))
    bots.set(bot, supervisor)
    return supervisor.join()
  }
  const supervisor = bots.get(bot)
  if (!supervisor) throw Object.assign(new Error('The bot has not joined.'), { code: 'not_joined' })
  if (type === 'observe') return supervisor.observe()
  if (type === 'execute') {
    return supervisor.execute(given.script, given.deadline_seconds, text => emit({ bot, id, type: 'progress', text }))
  }
  if (type === 'cancel') return supervisor.cancel(given.reason)
  if (type === 'leave') {
    bots.delete(bot)
    return supervisor.close()
  }
  throw Object.assign(new Error(`Unknown request '${type}'.`), { code: 'internal' })
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
 * @returns {string}
 */
function request (text) {
  const message = JSON.parse(text)
  const { bot, id } = message
  handle(message).then(
    value => emit({ bot, id, type: 'answer', value: value ?? null }),
    error => emit({ bot, id, type: 'answer', error: { code: error.code ?? 'internal', message: String(error.message) } }))
  return 'ok'
}

function closeAll () {
  for (const supervisor of bots.values()) supervisor.close()
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

module.exports = { init, request }
