'use strict'
/**
 * The bot's body, which a reflex takes from whatever else moves it, and gives back as it was.
 *
 * While it is taken, ticks of the physics reach the reflex alone: path finder, primitives and programs stand still between two
 * ticks and go on after it, none the wiser. What they were holding, pressing, digging or eating they hold, press, dig or eat
 * again. Not covered: when a reflex acts (`reflexes.js`).
 */

const { EventEmitter } = require('node:events')
const { withTimeout } = require('../bot/waiting')

const TICK = 'physicsTick'
/** The same tick by its old name. */
const OLD_TICK = 'physicTick'
const CONTROLS = ['forward', 'back', 'left', 'right', 'jump', 'sprint', 'sneak']
/** What takes several messages to and fro, which another act with the hands in between would spoil. */
const HAND_WORK = [
  'equip', 'unequip', 'toss', 'tossStack', 'craft', 'clickWindow', 'moveSlotItem', 'transfer', 'putAway', 'putSelectedItemRange',
  'placeBlock', 'activateBlock', 'activateEntity', 'openBlock', 'openContainer', 'openEntity', 'sleep'
]
/** From the eyes to the middle of a block that is dug; what is farther away the server refuses. */
const REACH = 5.1
const EYES = 1.62
const PUT_BACK_MILLISECONDS = 2000

class Body {
  /** @param {any} bot whose listeners so far, but for the path finder's, hear every tick */
  constructor (bot) {
    this.bot = bot
    this.taken = false
    /** How often it was taken. */
    this.turns = 0
    /** How many acts with the hands are under way. */
    this.handWork = 0
    this.onTick = () => {}
    this.ticks = new EventEmitter()
    this.lasting = bot.listeners(TICK).filter((/** @type {Function} */ { name }) => name !== 'monitorMovement')
    /** @type {Record<string, boolean>} */ this.pressed = {}
    /** @type {any} */ this.held = null
    /** @type {() => void} */ this.release = () => {}
    this.free = Promise.resolve()
    /** The methods as they were. @type {Record<string, any>} */
    this.own = { dig: bot.dig, consume: bot.consume, setControlState: bot.setControlState }
    this.#replace()
    this.view = this.#viewed()
  }

  /** Resolves when no reflex has it. */
  async whenFree () {
    while (this.taken) await this.free
  }

  /** Stops what is under way, at once. */
  take () {
    const { bot } = this
    this.taken = true
    this.turns++
    this.free = new Promise(resolve => { this.release = () => resolve(undefined) })
    this.pressed = Object.fromEntries(CONTROLS.map(control => [control, bot.getControlState(control)]))
    this.held = { type: bot.heldItem?.type ?? null, slot: bot.quickBarSlot }
    this.#pressNothing()
    if (bot.targetDigBlock) bot.stopDigging()
    if (bot.usingHeldItem) bot.deactivateItem()
  }

  /** @param {boolean} restored whether what was held and pressed is so again: not after a death */
  async giveBack (restored) {
    this.#pressNothing()
    if (restored) {
      await withTimeout(this.#holdAgain().catch(() => {}), PUT_BACK_MILLISECONDS)
      for (const control of CONTROLS) this.own.setControlState(control, this.pressed[control])
    }
    this.taken = false
    this.release()
  }

  async #holdAgain () {
    const { bot, held } = this
    if ((bot.heldItem?.type ?? null) === held.type) return
    const item = held.type === null ? null : bot.inventory.items().find((/** @type {any} */ { type }) => type === held.type)
    if (item) await bot.equip(item, 'hand')
    else bot.setQuickBarSlot(held.slot)
  }

  #pressNothing () {
    for (const control of CONTROLS) this.own.setControlState(control, false)
  }

  // ---- what the bot's methods become

  #replace () {
    const { bot } = this
    const set = (/** @type {string} */ name, /** @type {Function} */ value) =>
      Object.defineProperty(bot, name, { value, configurable: true, writable: true })
    const emit = bot.emit
    set('emit', (/** @type {string} */ event, /** @type {any[]} */ ...args) => {
      if (event === TICK) return this.#tick(() => emit.call(bot, event, ...args))
      if (event === OLD_TICK && this.taken) return false
      return emit.call(bot, event, ...args)
    })
    const clear = bot.clearControlStates
    set('setControlState', (/** @type {string} */ control, /** @type {boolean} */ state) => {
      if (this.taken) this.pressed[control] = state
      else this.own.setControlState(control, state)
    })
    set('clearControlStates', () => {
      if (this.taken) this.pressed = Object.fromEntries(CONTROLS.map(control => [control, false]))
      else clear()
    })
    set('dig', (/** @type {any[]} */ ...args) => this.#again(() => this.own.dig(...args), error => this.#digsOn(args[0], error)))
    set('consume', (/** @type {any[]} */ ...args) => this.#again(() => this.own.consume(...args), () => true))
    for (const name of [...HAND_WORK, 'consume']) {
      const work = bot[name]
      if (typeof work === 'function') set(name, (/** @type {any[]} */ ...args) => this.#counted(work(...args)))
    }
  }

  /** @param {() => boolean} emit for everybody */
  #tick (emit) {
    this.onTick()
    if (!this.taken) return emit()
    for (const listener of this.lasting) listener.call(this.bot)
    return this.ticks.emit(TICK)
  }

  /** @param {any} result */
  #counted (result) {
    if (typeof result?.then !== 'function') return result
    this.handWork++
    const ended = () => { this.handWork-- }
    result.then(ended, ended)
    return result
  }

  /**
   * What a reflex has broken off is begun again after it.
   * @param {() => Promise<any>} act
   * @param {(error: any) => boolean} goesOn whether that makes sense; false when it is done without; throws when it cannot be done
   */
  async #again (act, goesOn) {
    for (;;) {
      if (this.taken) await this.whenFree()
      const turn = this.turns
      try {
        return await act()
      } catch (error) {
        if (turn === this.turns) throw error
        await this.whenFree()
        if (!goesOn(error)) return undefined
      }
    }
  }

  /**
   * @param {any} block
   * @param {any} error
   */
  #digsOn (block, error) {
    const { bot } = this
    if (bot.blockAt(block.position, false)?.type !== block.type) return false
    const eyes = bot.entity.position.offset(0, EYES, 0)
    if (eyes.distanceTo(block.position.offset(0.5, 0.5, 0.5)) > REACH) throw Object.assign(error, { byReflex: true })
    return true
  }

  /** The bot as reflexes have it: what they do is not held up, and they hear the ticks. */
  #viewed () {
    const { bot, own, ticks } = this
    const listen = (/** @type {'on' | 'once' | 'removeListener'} */ method) => (/** @type {string} */ event, /** @type {any} */ listener) => {
      (event === TICK ? ticks : bot)[method](event, listener)
      return this.view
    }
    /** @type {Record<string, any>} */
    const methods = {
      ...own,
      clearControlStates: () => this.#pressNothing(),
      on: listen('on'),
      once: listen('once'),
      removeListener: listen('removeListener'),
      off: listen('removeListener')
    }
    return new Proxy(bot, { get: (target, key) => Object.hasOwn(methods, key) ? methods[/** @type {string} */ (key)] : target[key] })
  }
}

module.exports = { Body }
