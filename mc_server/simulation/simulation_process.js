'use strict'
/**
 * What the process of a simulation does when it is told: what the process of a bot does, and to open the world (`open`) and to
 * operate on it (`operate`).
 *
 * Time passes only while something asked for is under way: joining, a program. The host gets the text of the world before and
 * after each of them (`world`), and keeps it. A program begins right after a tick of the server, with chance and dates that come
 * from the world: so the same state and the same program have the same future.
 */

const os = require('node:os')
const { BotProcess } = require('../bridge/bot/bot_process')
const { connect } = require('../bridge/bot/connection')
const { simulation } = require('../clock')
const { createOperations, createTestOperations } = require('../embedded/operations')
const { hash } = require('../embedded/random')
const { unpackPlayer } = require('../embedded/players/player_state')
const { SimulatedWorld } = require('./simulated_world')

const MILLISECONDS_PER_TICK = 50
/** Of the hash that chance begins with. */
const CHANCE = 0x63686e63
const EVENTS = ['joined', 'left', 'death']

class SimulationProcess extends BotProcess {
  constructor () {
    super()
    const { clock, chance } = /** @type {NonNullable<typeof simulation>} */ (simulation)
    this.clock = clock
    this.chance = chance
    /** @type {SimulatedWorld} */
    this.world = /** @type {any} */ (null)
    /** @type {Record<string, (request: any) => any>} */
    this.operations = {}
  }

  /** @param {any} message */
  receive (message) {
    if (message.type === 'open') this.open(message.world)
    else if (message.type === 'operate') this.operate(message.id, message.op, message.request)
    else super.receive(message)
  }

  /** @param {any} settings */
  async open ({ seed, view_distance: viewDistance, difficulty, allow_test_operations: allowTestOperations, gives_way: givesWay, text }) {
    try {
      if (givesWay) giveWay()
      this.world = await this.clock.run(() => SimulatedWorld.open({ seed, viewDistance, difficulty, allowTestOperations, text }))
      const { game } = this.world
      this.operations = { ...createOperations(game), ...(allowTestOperations ? createTestOperations(game) : {}) }
      const report = (/** @type {string} */ event, data = {}) => this.send({ type: 'world_event', event: { event, ...data } })
      for (const name of EVENTS) game.events.on(name, (/** @type {any} */ data) => report(name, data))
      game.events.on('fault', (/** @type {Error} */ fault) => {
        process.stderr.write(`${fault.stack}\n`)
        report('error', { code: 'fault', message: `A fault in the embedded server: ${fault.message}` })
      })
      this.setDate()
      this.tellWorld()
      this.send({ type: 'opened' })
    } catch (/** @type {any} */ error) {
      this.send({ type: 'join_failed', code: error.code ?? 'internal', message: String(error.message) })
    }
  }

  /**
   * A player who comes back finds the world just as it was left: what happened in it while the bot joined is taken back.
   * @param {any} settings
   */
  join (settings) {
    return this.clock.run(async () => {
      const { game } = this.world
      const before = this.world.text()
      const known = game.players.away.get(settings.username)
      await super.join(settings)
      if (known && this.session) {
        game.snapshots.restore(before)
        await this.clock.rest()
        // The client has answered to being put there, which is not what the player was doing.
        unpackPlayer(game, game.players.byName(settings.username), known)
      }
      await this.clock.rest()
      this.tellWorld()
    })
  }

  /** @param {any} settings */
  connect (settings) {
    return connect({ ...settings, client: this.world.clientOptions() })
  }

  /**
   * @param {number} id
   * @param {any} script
   * @param {number} deadlineSeconds in the world's time, which is the process's
   */
  execute (id, script, deadlineSeconds) {
    return this.clock.run(async () => {
      await this.world.nextTick()
      this.chance.unpack(hash(this.world.game.options.seed, this.world.game.tick, CHANCE, 0))
      this.setDate()
      this.tellWorld()
      this.startedAt = this.clock.milliseconds
      const deadline = setTimeout(
        () => this.current?.run.cancel(`the deadline of ${deadlineSeconds} s has passed`), deadlineSeconds * 1000)
      await super.execute(id, script, deadlineSeconds)
      clearTimeout(deadline)
    })
  }

  /** The last message of a run tells how long it took, and comes after the world it left behind. @param {any} message @param {() => void} [sent] */
  send (message, sent) {
    if (message.type !== 'ended') return super.send(message, sent)
    this.tellWorld()
    return super.send({ ...message, seconds: (this.clock.milliseconds - (this.startedAt ?? 0)) / 1000 }, sent)
  }

  /**
   * @param {number} id
   * @param {string} op
   * @param {any} request
   */
  async operate (id, op, request) {
    try {
      if (!Object.hasOwn(this.operations, op)) throw new Error(`There is no operation '${op}'.`)
      const value = await this.clock.run(async () => {
        const answer = await this.clock.outside(Promise.resolve(this.operations[op](request)))
        await this.clock.rest()
        return answer
      })
      this.tellWorld()
      this.send({ type: 'answer', id, value: value ?? null })
    } catch (/** @type {any} */ error) {
      this.send({ type: 'answer', id, error: { code: error.code ?? null, message: String(error.message) } })
    }
  }

  tellWorld () {
    this.send({ type: 'world', text: this.world.text() })
  }

  /** The date is the world's age. */
  setDate () {
    this.clock.setAge(this.world.game.tick * MILLISECONDS_PER_TICK)
  }
}

/** Whoever else wants the processor's time has it first, where the system knows of that. */
function giveWay () {
  try {
    os.setPriority(os.constants.priority.PRIORITY_BELOW_NORMAL)
  } catch {}
}

module.exports = { SimulationProcess }
