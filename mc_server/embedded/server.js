'use strict'
/** Starts and stops flying-squid with our game in it. */

const { once } = require('node:events')
const { EmbeddedServerError } = require('./errors')
const { Game } = require('./game')
const { WorldFile, notWritable } = require('./saving/world_file')
const survivalPlugin = require('./survival_plugin')
const { VERSION } = require('./version')

const START_TIMEOUT_MILLISECONDS = 20000
/** How long a client may be silent, in world time. A busy bot thinks for seconds, and time may run ten times as fast. */
const KICK_TIMEOUT_MILLISECONDS = 300000
const MAXIMUM_PLAYERS = 20

/**
 * @param {import('./options').Options} options
 * @param {{file?: any, network?: object}} [inPlace] `file` keeps the world in place of a folder, `network` are options of
 *   minecraft-protocol that take the place of a port
 * @returns {Promise<{game: Game, port: number, stop: () => Promise<void>}>}
 */
async function startServer (options, { file = new WorldFile(options.worldFolder), network = {} } = {}) {
  await file.claim()
  try {
    return await listen(options, file, network)
  } catch (error) {
    file.release()
    throw error
  }
}

/** @returns {Promise<{game: Game, port: number, stop: () => Promise<void>}>} */
async function listen (/** @type {import('./options').Options} */ options, /** @type {WorldFile} */ file, /** @type {object} */ network) {
  // Without this flying-squid ends the whole process on any error.
  Object.assign(globalThis, { isMocha: true })
  /** @type {Game | null} */
  let created = null
  survivalPlugin.next.create = serv => {
    created = new Game(serv, options, file)
    created.open()
    return created
  }
  const serv = createServer(options, network)
  await Promise.race([
    serv.waitForReady(START_TIMEOUT_MILLISECONDS).catch(() => { throw notStarted('it did not get ready in time') }),
    once(serv, 'error').then(([error]) => { throw explain(error, options) })
  ])
  const game = /** @type {Game} */ (/** @type {unknown} */ (created))
  const port = serv._server.socketServer.address().port
  // A world that is ready is on the disk with its seed, and the disk is known to take it.
  await game.saving.save().catch((/** @type {Error} */ error) => { throw notWritable(options.worldFolder, error) })
  return { game, port, stop: () => stop(serv, game, file) }
}

/** @returns {any} */
function createServer (/** @type {import('./options').Options} */ options, /** @type {object} */ network) {
  const { createMCServer } = require('flying-squid')
  return createMCServer({
    host: options.host,
    port: options.port,
    version: VERSION,
    motd: 'A small survival world',
    'online-mode': false,
    'max-players': MAXIMUM_PLAYERS,
    'max-entities': 100,
    'view-distance': options.viewDistance,
    'everybody-op': false,
    'player-list-text': { header: { text: '' }, footer: { text: '' } },
    gameMode: 0,
    difficulty: 2,
    generation: { name: 'superflat', options: { seed: options.seed } },
    kickTimeout: KICK_TIMEOUT_MILLISECONDS,
    logging: false,
    noConsoleOutput: true,
    modpe: false,
    // Of a protocol that never changes: a tenth of the time that a bot needs to join.
    validateChannelProtocol: false,
    plugins: { [require.resolve('./survival_plugin')]: {} },
    ...network
  })
}

async function stop (/** @type {any} */ serv, /** @type {Game} */ game, /** @type {WorldFile} */ file) {
  serv.stopTickInterval()
  game.saving.stop()
  for (const player of game.players.all()) player._client.end('The server is shutting down.')
  try {
    await game.saving.save()
  } finally {
    file.release()
    await serv.destroy().catch(() => {})
  }
}

function explain (/** @type {any} */ error, /** @type {import('./options').Options} */ { host, port }) {
  if (error.code === 'EADDRINUSE') {
    return new EmbeddedServerError('port_taken', `Port ${port} of ${host} is taken; end what listens there, or choose another port (0 takes any free one).`)
  }
  if (error.code === 'EACCES') {
    return new EmbeddedServerError('port_taken', `Port ${port} of ${host} may not be used; choose one above 1023 (0 takes any free one).`)
  }
  return notStarted(error.message)
}

const notStarted = (/** @type {string} */ why) =>
  new EmbeddedServerError('not_started', `The embedded server did not start: ${why}.`)

module.exports = { startServer, VERSION }
