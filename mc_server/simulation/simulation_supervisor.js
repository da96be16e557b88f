'use strict'
/**
 * The trusted side of a simulation: one process that holds the world, its bot and its programs, and the world's text, which
 * outlives it. A process that a program has brought down is followed by one that begins where the world was before that program.
 */

const { BotError } = require('../bridge/host/bot_error')
const { Supervisor } = require('../bridge/host/supervisor')
const { VERSION } = require('../embedded/version')
const { KeptWorld } = require('./kept_world')

const SIMULATED = 'max'
const OPEN_TIMEOUT_SECONDS = 60
/** Of the bot's settings, what the process is told of the world. */
const PLACE = { host: 'simulation', port: 0, version: VERSION, world_rate: SIMULATED, primitives_folder: null, join_timeout_seconds: OPEN_TIMEOUT_SECONDS }

class SimulationSupervisor extends Supervisor {
  /**
   * @param {any} world settings of `open_world`
   * @param {(event: object) => void} emit
   */
  constructor (world, emit) {
    super(PLACE, emit)
    this.worldSettings = world
    this.kept = new KeptWorld(world, event => this.emit({ type: 'world_event', event }))
    /** @type {Promise<void> | null} */ this.shutting = null
  }

  /** Takes the world and starts its process; where it begins with a bot, that comes with the bot. */
  async open () {
    await this.kept.open()
    if (this.worldSettings.begins_with_bot) return
    try {
      await this.ensureJoined()
      await this.kept.save()
    } catch (error) {
      await this.shut()
      throw error
    }
  }

  /**
   * A bot joins the world, in a new process.
   * @param {any} settings as sent with `join`
   * @param {(event: object) => void} tell of the bot
   */
  async joinWith (settings, tell) {
    this.tell = tell
    this.settings = { ...this.settings, ...settings, ...PLACE, primitives_folder: settings.primitives_folder, chests: settings.chests ?? [] }
    this.endProcess()
    this.lastObservation = null
    const data = await this.join()
    await this.kept.save()
    return data
  }

  /** The bot leaves; the world stays. */
  leave () {
    this.endProcess()
    this.settings = { ...PLACE, chests: [] }
    this.lastObservation = null
  }

  /** The world is saved and the process ended, once; whatever was asked of it fails. */
  async shut () {
    this.close()
    this.shutting ??= this.kept.close()
    await this.shutting
  }

  endProcess () {
    this.kill('another takes its place')
    this.spare.drop()
  }

  async start () {
    await this.launch()
    await this.enter({ type: 'open', world: { ...this.worldSettings, text: this.kept.text } }, 'opened')
    if (this.settings.username) await this.enter({ type: 'join', settings: this.settings }, 'joined')
  }

  /**
   * @param {any} message
   * @param {number} bytes
   */
  receive (message, bytes) {
    if (message.type === 'world') this.keep(message.text)
    else if (message.type === 'world_event') this.emit({ type: 'world_event', event: message.event })
    else super.receive(message, bytes)
  }

  /** A text that is no world would keep every process that comes after from opening it. @param {string} text */
  keep (text) {
    if (text === this.kept.text) return
    try {
      checkText(text, this.kept.seed)
    } catch (/** @type {any} */ error) {
      return this.breach(`the world it told of is none: ${error.message}`)
    }
    this.kept.keep(text)
  }

  /** The process itself keeps the deadline, in the world's time; a process that hangs is noticed here. */
  startDeadline () {}

  /** Of a program that brought its process down nothing remains, so it took no time. */
  worldSeconds () {
    return 0
  }

  /**
   * What the embedded server answers on its pipe; see `embedded/main.js`.
   * @param {string} op
   * @param {any} request
   */
  async operate (op, request) {
    const { kept } = this
    const { store } = kept
    switch (op) {
      case 'save': return kept.save()
      case 'create_snapshot': return store.write(request.name, this.text())
      case 'list_snapshots': return store.list()
      case 'delete_snapshot': return store.delete(request.name)
      case 'export_snapshot': return store.export(request.name, request.world_folder)
      case 'restore_snapshot': return this.restore(store.read(request.name))
    }
    await this.ensureJoined()
    const value = await this.ask('operate', { op, request })
    return op === 'status' ? { ...value, hash: kept.hash() } : value
  }

  /**
   * To put the world back takes a new process already, which differs only if the chests do.
   * @param {any[]} chests
   */
  async putBack (chests) {
    const known = JSON.stringify(this.settings.chests) === JSON.stringify(chests)
    return known ? this.observe() : super.putBack(chests)
  }

  text () {
    if (this.kept.text === null) throw new BotError('internal', 'The world has not been opened yet.')
    return this.kept.text
  }

  /** A new process begins where the snapshot was taken: nothing that a bot remembers then differs from one time to the next. */
  async restore (/** @type {string} */ text) {
    checkText(text, this.kept.seed)
    this.endProcess()
    this.kept.keep(text)
    this.lastObservation = null
    await this.ensureJoined()
    await this.kept.save()
  }
}

/** @param {string} text @param {number} seed */
function checkText (text, seed) {
  const { parseSnapshot } = require('../embedded/saving/snapshots')
  const saved = parseSnapshot(text)
  if (saved.seed !== seed) {
    throw new BotError('bad_snapshot', `The snapshot is of seed ${saved.seed}, and this world is of seed ${seed}; restore one that was taken of this world.`)
  }
}

module.exports = { SimulationSupervisor }
