'use strict'
/**
 * A bot's way into the world: connects, waits until it stands there, and says how it went.
 *
 * One process makes one connection; to come back after it was lost, the host starts another process.
 */

const mineflayer = require('mineflayer')
const { pathfinder } = require('mineflayer-pathfinder')
const { withTimeout } = require('./waiting')

const CHUNK_WAIT_MILLISECONDS = 5000
const KEEP_ALIVE_MILLISECONDS = 60000
const RESPAWN_MILLISECONDS = 15000
const UNREACHABLE_CODES = [
  'ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ECONNRESET', 'EPIPE'
]

class JoinError extends Error {
  /**
   * @param {'unreachable' | 'kicked' | 'version'} code
   * @param {string} message
   */
  constructor (code, message) {
    super(message)
    this.code = code
  }
}

/**
 * @param {{host: string, port: number, username: string, version: string | null, world_rate: number | 'max', client?: object}}
 *   settings `client` are options of Mineflayer that take the place of host and port
 * @returns {Promise<any>} the bot, standing in the world
 * @throws {JoinError}
 */
async function connect (settings) {
  const { host, port, username } = settings
  const bot = mineflayer.createBot({
    host,
    port,
    ...settings.client,
    username,
    auth: 'offline',
    version: settings.version ?? /** @type {any} */ (false),
    hideErrors: true,
    checkTimeoutInterval: KEEP_ALIVE_MILLISECONDS * (settings.world_rate === 'max' ? 1 : settings.world_rate)
  })
  bot.loadPlugin(pathfinder)
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
  const first = error.errors?.[0] ?? error
  if (UNREACHABLE_CODES.includes(first.code)) {
    return new JoinError('unreachable', `No Minecraft server answers at ${host}:${port} (${first.code}).`)
  }
  const asVersion = version ? ` as version ${version}` : ''
  return new JoinError('version', `The bot could not join ${host}:${port}${asVersion}: ${first.message}`)
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
  const value = component.type && 'value' in component ? component.value : component
  return [value.text, value.translate, value.with, value.extra].map(collectText).join(' ').trim()
}

module.exports = { JoinError, connect, textOfReason, whenAlive }
