'use strict'

/**
 * A plain Mineflayer bot with the context that primitives get, for tests and scripted runs.
 */

const { createRequire } = require('node:module')
const { readdirSync } = require('node:fs')
const path = require('node:path')
const { takeSizeOfGame } = require('../../mc_server/bridge/bot/connection')

const root = path.resolve(__dirname, '..', '..')
const requireFromServer = createRequire(path.join(root, 'mc_server', 'package.json'))
const primitivesFolder = path.join(root, 'skills', 'primitives')

/** All primitives by name. @returns {Object<string, Function>} */
function loadPrimitives () {
  /** @type {Object<string, Function>} */
  const primitives = {}
  for (const file of readdirSync(primitivesFolder)) {
    if (!file.endsWith('.js')) continue
    const name = path.basename(file, '.js')
    primitives[name] = require(path.join(primitivesFolder, file))[name]
  }
  return primitives
}

/**
 * Join a server.
 * @param {{address: object, username?: string, onProgress?: (text: string) => void}} options
 * @returns {Promise<{bot: any, context: any, call: Object<string, Function>}>}
 */
async function joinServer ({ address, username = 'tester', onProgress = () => {} }) {
  const mineflayer = requireFromServer('mineflayer')
  const { pathfinder, goals, Movements } = requireFromServer('mineflayer-pathfinder')
  const { Vec3 } = requireFromServer('vec3')
  const bot = mineflayer.createBot({ ...address, username, version: '1.20.4', auth: 'offline' })
  bot.loadPlugin(pathfinder)
  bot.once('inject_allowed', () => takeSizeOfGame(bot))
  await new Promise((resolve, reject) => {
    bot.once('spawn', resolve)
    bot.once('error', reject)
    bot.once('end', (/** @type {any} */ reason) => reject(new Error(`The server ended the connection: ${reason}`)))
  })
  await bot.waitForChunksToLoad()
  const context = {
    bot,
    registry: bot.registry,
    Vec3,
    pathfinder: { goals, Movements },
    signal: new AbortController().signal,
    progress: onProgress,
    worldSeconds: () => Date.now() / 1000
  }
  /** @type {Object<string, Function>} */
  const call = {}
  for (const [name, primitive] of Object.entries(loadPrimitives())) {
    call[name] = (/** @type {any[]} */ ...args) => primitive(context, ...args)
  }
  return { bot, context, call }
}

module.exports = { joinServer, loadPrimitives, requireFromServer }
