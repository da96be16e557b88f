'use strict'
/**
 * The one connection of a bot, made by the host and handed to the bot's process, which needs no network then.
 *
 * The host reads nothing of it: what the server sends is for the process that has it next.
 */

const dns = require('node:dns')
const net = require('node:net')
const { unreachable, unreachableCode } = require('../bot/join_error')

/** The port that a name without one stands for; only then may the name stand for another place. */
const USUAL_PORT = 25565
/** What joining may take in all is shared between this and what comes after. */
const SHARE_OF_JOIN_TIMEOUT = 0.5
/** A name server that does not answer must not keep us from a server that would. */
const RECORDS_MILLISECONDS = 5000

/**
 * @param {{host: string, port: number, join_timeout_seconds: number, world_rate: number | 'max'}} settings
 * @returns {Promise<net.Socket | null>} to be handed over and then destroyed here; null where a process takes no socket along
 *   (Windows), or needs none (a simulation)
 * @throws {import('../bot/join_error').JoinError} `unreachable`
 */
async function openGameSocket (settings) {
  if (process.platform === 'win32' || settings.world_rate === 'max') return null
  const milliseconds = settings.join_timeout_seconds * 1000 * SHARE_OF_JOIN_TIMEOUT
  const deadline = performance.now() + milliseconds
  const address = await within(placeOf(settings), Math.min(RECORDS_MILLISECONDS, milliseconds / 2)).catch(() => settings)
  try {
    return await connected(address, Math.max(1, deadline - performance.now()))
  } catch (/** @type {any} */ error) {
    throw unreachable(settings.host, settings.port, unreachableCode(error) ?? error.code ?? error.message)
  }
}

/**
 * Where the server is that goes by this name, as the name's own records say.
 * @param {{host: string, port: number}} address
 * @returns {Promise<{host: string, port: number}>}
 */
async function placeOf ({ host, port }) {
  if (port !== USUAL_PORT || net.isIP(host) !== 0 || host === 'localhost') return { host, port }
  const [record] = await dns.promises.resolveSrv(`_minecraft._tcp.${host}`).catch(() => [])
  return record ? { host: record.name, port: record.port } : { host, port }
}

/**
 * @template T
 * @param {Promise<T>} promise
 * @param {number} milliseconds
 * @returns {Promise<T>}
 */
function within (promise, milliseconds) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(Object.assign(new Error('no answer in time'), { code: 'ETIMEDOUT' })), milliseconds)
    promise.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}

/**
 * @param {{host: string, port: number}} address
 * @param {number} milliseconds
 * @returns {Promise<net.Socket>}
 */
async function connected ({ host, port }, milliseconds) {
  const socket = new net.Socket()
  // Before it is connected: else the first bytes would be read here.
  socket.pause()
  socket.setNoDelay(true)
  try {
    await within(new Promise((resolve, reject) => {
      socket.once('connect', () => resolve(undefined))
      socket.once('error', reject)
      socket.connect(port, host)
    }), milliseconds)
  } catch (error) {
    socket.destroy()
    throw error
  }
  // What goes wrong from now on is noticed by the process that has it.
  socket.on('error', () => {})
  return socket
}

module.exports = { openGameSocket }
