'use strict'
/**
 * The process of one bot: Mineflayer and the programs that are run with it. Started by the host, spoken to over IPC.
 *
 * Takes `join`, `observe`, `game_data`, `execute`, `cancel` and `ping`; see `supervisor.js` for the other end. It holds one
 * connection, and exits when that is lost.
 */

require('./lockdown')
const { connect, textOfReason, whenAlive } = require('./connection')
const { Containers } = require('./containers')
const { GameEvents } = require('./events')
const { NearbyBlocks } = require('./nearby_blocks')
const { observe } = require('./observation')
const { readGameData } = require('./game_data')
const { loadPrimitives } = require('./primitives')
const { ProgramRun } = require('./program_run')
const { Sight } = require('./sight')

/** @type {any} the bot and what belongs to it, once it has joined */
let session = null
/** @type {{id: number, run: ProgramRun, finished: Promise<void>} | null} */
let current = null
/** @type {string | null} */
let kickReason = null

/** @param {object} message */
function send (message) {
  if (process.connected) process.send?.(message)
}

/** @param {any} settings */
async function join (settings) {
  try {
    const primitives = loadPrimitives(settings.primitives_folder)
    const bot = await connect(settings)
    const containers = new Containers(bot, settings.chests)
    const events = new GameEvents(bot, containers)
    const sight = settings.line_of_sight ? new Sight(bot) : null
    session = { bot, primitives, containers, events, sight, nearbyBlocks: new NearbyBlocks(bot, sight), onUnhandled: null }
    bot.on('kicked', (/** @type {any} */ reason) => { kickReason = textOfReason(reason) })
    bot.on('end', (/** @type {any} */ reason) => leave(kickReason ?? String(reason)))
    send({ type: 'joined', version: bot.version })
  } catch (/** @type {any} */ error) {
    send({ type: 'join_failed', code: error.code ?? 'internal', message: String(error.message) })
  }
}

/**
 * The run that the loss of the connection ends is reported first.
 * @param {string} reason
 */
function leave (reason) {
  const exit = () => process.exit(0)
  setImmediate(async () => {
    await current?.finished
    if (!process.send?.({ type: 'disconnected', reason }, undefined, undefined, exit)) exit()
  })
}

/**
 * @param {number} id
 * @param {any} script
 */
async function execute (id, script) {
  await whenAlive(session.bot)
  send({ type: 'started', id, before: observe(session) })
  const run = new ProgramRun({ session, script, send: message => send({ ...message, id }) })
  const finished = run.run().then(ended => send({ ...ended, id }))
  current = { id, run, finished }
  await finished
  current = null
}

/**
 * @param {number} id
 * @param {() => any} read
 */
function answer (id, read) {
  try {
    send({ type: 'answer', id, value: read() })
  } catch (/** @type {any} */ error) {
    send({ type: 'answer', id, error: { code: 'internal', message: String(error.stack ?? error) } })
  }
}

process.on('message', (/** @type {any} */ message) => {
  if (message.type === 'join') join(message.settings)
  else if (message.type === 'ping') send({ type: 'pong' })
  else if (message.type === 'observe') answer(message.id, () => observe(session))
  else if (message.type === 'game_data') answer(message.id, () => readGameData(session.bot))
  else if (message.type === 'execute') execute(message.id, message.script)
  else if (message.type === 'cancel' && current && current.id === message.id) current.run.cancel(message.reason)
})

process.on('disconnect', () => process.exit(0))
process.on('unhandledRejection', error => {
  if (session?.onUnhandled) session.onUnhandled(error)
  else process.stderr.write(`unhandled rejection: ${/** @type {any} */ (error)?.stack ?? error}\n`)
})
