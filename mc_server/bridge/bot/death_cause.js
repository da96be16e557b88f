'use strict'
/**
 * What the bot died of, in words: what the server says of the death, else the message in chat, else what hurt last.
 *
 * Servers tell it before or after the health that ends the life, and some not at all, so the cause is awaited for a moment.
 */

const createChatMessage = require('prismarine-chat')
const { nameOfEntity, plain } = require('./observation')
const { withTimeout } = require('./waiting')

const WAIT_MILLISECONDS = 500
/** What was said or done so long before a death has to do with it, in milliseconds of the world's time. */
const RELATED_MILLISECONDS = 2000
/** The kind of `combat_event` that tells of a death, in versions before 1.17. */
const ENTITY_DIED = 2
const MAXIMUM_LENGTH = 300

/** @typedef {{text: string, at: number} | null} Said */

class DeathCause {
  /** @param {any} bot */
  constructor (bot) {
    this.bot = bot
    this.ChatMessage = /** @type {any} */ (createChatMessage)(bot.registry)
    /** @type {Said} */ this.told = null
    /** @type {Said} */ this.message = null
    /** @type {Said} */ this.blow = null
    this.onTold = () => {}
    this.watch()
  }

  watch () {
    const { bot } = this
    bot._client.on('death_combat_event', (/** @type {any} */ packet) => this.tell(packet.message))
    bot._client.on('combat_event', (/** @type {any} */ packet) => {
      if (packet.event === ENTITY_DIED) this.tell(packet.message)
    })
    bot._client.on('damage_event', (/** @type {any} */ packet) => {
      if (packet.entityId === bot.entity?.id) this.noteBlow(packet)
    })
    bot.on('messagestr', (/** @type {string} */ text, /** @type {string} */ position) => {
      if (position === 'system' && text.startsWith(`${bot.username} `)) this.message = said(text)
    })
  }

  /** @param {any} message a chat component, in the form of the version */
  tell (message) {
    let text = ''
    try {
      text = String(this.ChatMessage.fromNotch(message))
    } catch {
      // A server may send what the version does not have; then the other sources remain.
    }
    if (!text) return
    this.told = said(text)
    this.onTold()
  }

  /** @param {any} packet */
  noteBlow ({ sourceTypeId, sourceCauseId }) {
    const { bot } = this
    const attacker = sourceCauseId > 0 ? bot.entities[sourceCauseId - 1] : undefined
    const kind = plain(bot.registry.damageTypes?.[sourceTypeId]?.name ?? '').replaceAll('_', ' ')
    const text = [kind, attacker && `by ${nameOfEntity(attacker)}`].filter(Boolean).join(' ')
    if (text) this.blow = said(`hurt last: ${text}`)
  }

  /** @returns {Promise<string>} to be asked when the bot has just died */
  async find () {
    if (!recent(this.told)) {
      await withTimeout(new Promise(resolve => { this.onTold = () => resolve(undefined) }), WAIT_MILLISECONDS)
      this.onTold = () => {}
    }
    const text = [this.told, this.message, this.blow].find(recent)?.text ?? 'of a cause the server did not tell'
    this.told = this.message = this.blow = null
    return text
  }
}

/**
 * @param {string} text
 * @returns {Said}
 */
const said = text => ({ text: text.slice(0, MAXIMUM_LENGTH), at: Date.now() })

/** @param {Said} source */
const recent = source => source !== null && Date.now() - source.at < RELATED_MILLISECONDS

module.exports = { DeathCause }
