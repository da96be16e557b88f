'use strict'

const { PrimitiveError } = require('./errors')

/**
 * What a primitive is given; the first parameter of each.
 *
 * @typedef {Object} Context
 * @property {any} bot Mineflayer's bot, with the pathfinder plugin loaded
 * @property {any} registry the version's data
 * @property {any} Vec3
 * @property {{goals: any, Movements: any}} pathfinder
 * @property {{hasSeen: (block: {x: number, y: number, z: number}) => boolean} | null} [sight] when given,
 *   only blocks that were seen are found
 * @property {{taken: boolean, whenFree: () => Promise<void>}} [body] which reflexes take from who moves it
 * @property {AbortSignal} signal aborted when the program was cancelled
 * @property {(text: string) => void} progress
 * @property {() => number} worldSeconds
 */

/** Leave nothing running: no goal, no digging, no pressed key, no open window. @param {any} bot */
function releaseBot (bot) {
  const steps = [
    () => bot.pathfinder?.setGoal(null),
    () => bot.stopDigging(),
    () => bot.clearControlStates(),
    () => bot.currentWindow && bot.closeWindow(bot.currentWindow),
    () => bot.deactivateItem?.name && bot.usingHeldItem && bot.deactivateItem()
  ]
  for (const step of steps) {
    try { step() } catch { /* a bot that just left the world has nothing to release */ }
  }
}

/**
 * Run a primitive's body with a signal that also ends on death and disconnection, and clean up
 * after it whichever way it ends.
 *
 * @template T
 * @param {Context} context
 * @param {(context: Context) => Promise<T>} body
 * @returns {Promise<T>}
 */
async function runPrimitive (context, body) {
  const { bot } = context
  const controller = new AbortController()
  const onDeath = () => controller.abort(new PrimitiveError('died',
    'The bot died. Its items lie where it died; it starts again at its spawn point.'))
  const onEnd = () => controller.abort(new PrimitiveError('cancelled', 'The bot left the server.'))
  const onCancel = () => controller.abort(new PrimitiveError('cancelled', 'The program was cancelled.'))
  bot.on('death', onDeath)
  bot.on('end', onEnd)
  context.signal?.addEventListener('abort', onCancel)
  if (context.signal?.aborted) onCancel()
  try {
    if (context.body?.taken) await context.body.whenFree()
    controller.signal.throwIfAborted()
    return await body({ ...context, signal: controller.signal })
  } catch (error) {
    if (controller.signal.aborted) throw controller.signal.reason
    throw error
  } finally {
    bot.removeListener('death', onDeath)
    bot.removeListener('end', onEnd)
    context.signal?.removeEventListener('abort', onCancel)
    releaseBot(bot)
  }
}

module.exports = { runPrimitive, releaseBot }
