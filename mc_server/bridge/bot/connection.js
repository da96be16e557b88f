'use strict'
/**
 * A bot's way into the world: connects, waits until it stands there, and says how it went.
 *
 * One process makes one connection; to come back after it was lost, the host starts another process.
 */

const net = require('node:net')
const mineflayer = require('mineflayer')
const { pathfinder } = require('mineflayer-pathfinder')
const { JoinError, unreachable, unreachableCode } = require('./join_error')
const { versionOf } = require('./server_version')
const { endOnSilence } = require('./silence')
const { withTimeout } = require('./waiting')

const CHUNK_WAIT_MILLISECONDS = 5000
const KEEP_ALIVE_MILLISECONDS = 60000
const RESPAWN_MILLISECONDS = 15000
/** Where a bot's process has the connection that the host made for it. */
const GAME_SOCKET_DESCRIPTOR = 4

/**
 * @typedef {object} JoinSettings
 * @property {string} host
 * @property {number} port
 * @property {string} username
 * @property {string | null} version null: what the server said of itself counts
 * @property {{name: string, protocol: number} | null} [server_version] what it said
 * @property {number | 'max'} world_rate
 * @property {boolean} [game_socket] whether the host has made the connection
 * @property {number} [silence_timeout_seconds] how long the server may send nothing at all
 * @property {object} [client] options of Mineflayer that take the place of host and port
 */

/**
 * The body in single precision, as the game and its servers have it. With 0.3 exactly it stands a rounding error deep in the
 * wall that it touches at some places, from where it sinks into the block, and a strict server moves it back.
 * @param {any} bot
 */
function takeSizeOfGame (bot) {
  bot.physics.playerHalfWidth = Math.fround(0.6) / 2
  bot.physics.playerHeight = Math.fround(1.8)
}

/**
 * @param {JoinSettings} settings
 * @returns {Promise<any>} the bot, standing in the world
 * @throws {JoinError}
 */
async function connect (settings) {
  const { host, port, username } = settings
  const bot = mineflayer.createBot({
    host,
    port,
    ...(settings.game_socket ? handedOver() : {}),
    ...settings.client,
    username,
    auth: 'offline',
    version: versionOf(settings) ?? /** @type {any} */ (false),
    hideErrors: true,
    checkTimeoutInterval: KEEP_ALIVE_MILLISECONDS * (settings.world_rate === 'max' ? 1 : settings.world_rate)
  })
  bot.loadPlugin(pathfinder)
  bot.once('inject_allowed', () => takeSizeOfGame(bot))
  endOnSilence(bot, settings)
  if (settings.game_socket) {
    // It is connected already; what then follows needs the plugins to be there.
    bot.once('inject_allowed', () => { bot._client.socket.emit('connect') })
  }
  try {
    await new Promise((resolve, reject) => {
      bot.once('spawn', () => resolve(undefined))
      bot.on('error', error => reject(joinError(error, settings)))
      bot.on('kicked', reason => reject(new JoinError('kicked', `The server refused the bot: ${textOfReason(reason)}`)))
      bot.on('end', reason => reject(new JoinError(
        'kicked', `The server at ${host}:${port} closed the connection while the bot was joining (${reason}).`)))
    })
    await loadedChunks(bot)
  } catch (error) {
    bot.removeAllListeners('end')
    bot.end()
    throw error
  }
  return bot
}

/** @returns {any} options of minecraft-protocol for a connection that stands already */
function handedOver () {
  return { connect: (/** @type {any} */ client) => client.setSocket(new net.Socket({ fd: GAME_SOCKET_DESCRIPTOR, readable: true, writable: true })) }
}

/**
 * A world that is sent slowly must not keep the bot out.
 * @param {any} bot
 */
async function loadedChunks (bot) {
  await withTimeout(bot.waitForChunksToLoad(), CHUNK_WAIT_MILLISECONDS)
}

/**
 * A bot that has died is sent back into the world by itself; wait until it stands there.
 * @param {any} bot
 */
async function whenAlive (bot) {
  if (bot.isAlive !== false) return
  await withTimeout(new Promise(resolve => bot.once('spawn', resolve)), RESPAWN_MILLISECONDS)
  await loadedChunks(bot)
}

/**
 * @param {any} error
 * @param {{host: string, port: number, version: string | null}} settings
 */
function joinError (error, { host, port, version }) {
  const code = unreachableCode(error)
  if (code) return unreachable(host, port, code)
  const asVersion = version ? ` as version ${version}` : ''
  return new JoinError('version', `The bot could not join ${host}:${port}${asVersion}: ${error.errors?.[0]?.message ?? error.message}`)
}

/** @param {any} reason a text, or a chat component as JSON or as tagged data */
function textOfReason (reason) {
  try {
    const component = typeof reason === 'string' ? JSON.parse(reason) : reason
    return collectText(component) || JSON.stringify(component)
  } catch {
    return String(reason)
  }
}

/**
 * @param {any} component
 * @returns {string}
 */
function collectText (component) {
  if (typeof component === 'string') return component
  if (component === null || typeof component !== 'object') return ''
  if (Array.isArray(component)) return component.map(collectText).join('')
  if (component.type && 'value' in component) return collectText(component.value)
  const { text, translate, with: given, extra } = component
  return [text, translate, given, extra].map(collectText).join(' ').trim()
}

module.exports = { JoinError, connect, takeSizeOfGame, textOfReason, whenAlive }
