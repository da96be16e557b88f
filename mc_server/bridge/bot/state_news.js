'use strict'
/**
 * Tells how the bot is, about once a second of the world's time and only where something has changed; fields as in
 * `mc_server/bot_state.py`.
 *
 * It counts the ticks of the bot's physics and looks at no clock: in a simulation a look takes time, and watching must change nothing.
 */

const { biomeOf, countByName, equipmentOf, ownedItems, plain, positionOf, timeOfDay } = require('./observation')

const TICKS_BETWEEN = 20
/** Where nothing but the time has changed it is told once in so many times. */
const QUIET_TIMES = 10

class StateNews {
  /**
   * @param {{bot: any, reflexes?: any}} session
   * @param {(state: object) => void} tell
   */
  constructor (session, tell) {
    this.session = session
    this.tell = tell
    this.ticks = 0
    this.quiet = 0
    this.last = ''
    session.bot.on('physicsTick', () => { if (++this.ticks >= TICKS_BETWEEN) this.look() })
  }

  /** How it is now, if that is news. */
  look () {
    this.ticks = 0
    const { bot } = this.session
    if (!bot.entity?.position) return
    const state = this.state()
    const text = JSON.stringify(state)
    if (text === this.last && ++this.quiet < QUIET_TIMES) return
    this.last = text
    this.quiet = 0
    this.tell({ ...state, time_of_day: timeOfDay(bot), world_age_ticks: Math.max(0, Math.trunc(Number(bot.time.age) || 0)) })
  }

  /** All but the time, which is never the same. */
  state () {
    const { bot, reflexes } = this.session
    const equipment = Object.entries(equipmentOf(bot)).filter(([, name]) => name !== null)
    return {
      position: positionOf(bot.entity.position),
      yaw: Math.round((bot.entity.yaw ?? 0) * 100) / 100,
      dimension: plain(bot.game.dimension),
      biome: biomeOf(bot),
      health: bot.health ?? 20,
      food: bot.food ?? 20,
      inventory: countByName(ownedItems(bot)),
      equipment: Object.fromEntries(equipment),
      reflex: reflexes?.acting ?? null
    }
  }
}

module.exports = { StateNews }
