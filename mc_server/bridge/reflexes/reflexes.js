'use strict'
/**
 * The bot's reflexes: when one acts, how long, and what is told of it.
 *
 * With each tick of the physics they are asked, the most urgent first. One acts at a time; one that is more urgent ends it. What
 * was of no use is left alone for a while, longer each time. All times are the world's. Not covered: what each does
 * (`skills/reflexes`), how the body is taken (`body.js`).
 */

const path = require('node:path')
const { Vec3 } = require('vec3')
const { goals, Movements } = require('mineflayer-pathfinder')
const { Body } = require('./body')
const { describeError } = require('../program/errors')
const { countByName, ownedItems } = require('../bot/observation')
const { withTimeout } = require('../bot/waiting')

/**
 * @typedef {object} Reflex
 * @property {number} urgency the highest acts first, and ends a lower one
 * @property {number} everyTicks how often it is asked
 * @property {number} secondsAtMost
 * @property {boolean} [usesHands] it waits for what the hands are doing
 * @property {number} [longestRestTicks] however often it was of no use
 * @property {(context: any, situation: Situation) => string | null} wants why it has to act now
 * @property {(context: any, situation: Situation) => Promise<string>} act what came of it; throws when it was of no use
 */
/**
 * What the bot is at, for a reflex that asks.
 *
 * @typedef {object} Situation
 * @property {boolean} inPrimitive whether a primitive is under way
 * @property {boolean} inProgram
 * @property {number} aimlessTicks how long nobody has moved the bot
 * @property {number} acts how often the reflex that asks has acted in the last half minute
 */

const RECENT_TICKS = 600
/** After it was of use. */
const REST_TICKS = 10
const FIRST_REST_TICKS = 20
const LONGEST_REST_TICKS = 2400
const STOP_MILLISECONDS = 1500
const WORD_CHARACTERS = 300
const CONTROLS = ['forward', 'back', 'left', 'right', 'jump']

/**
 * @param {string[]} names
 * @param {string | null} folder
 * @returns {{name: string, reflex: Reflex, restsUntil: number, failures: number, acts: number[]}[]} the most urgent first
 */
function loadReflexes (names, folder) {
  if (folder === null) return []
  const loaded = names.map(name => {
    const reflex = require(path.join(folder, `${name}.js`))[name]
    if (typeof reflex?.act !== 'function') throw new Error(`${name}.js does not export a reflex named ${name}`)
    return { name, reflex, restsUntil: 0, failures: 0, acts: [] }
  })
  return loaded.sort((a, b) => b.reflex.urgency - a.reflex.urgency)
}

class Reflexes {
  /**
   * @param {{bot: any, sight: any, names: string[], folder: string | null, tell: (act: object) => void}} options
   *   `tell` is told of each act when it has ended
   */
  constructor ({ bot, sight, names, folder, tell }) {
    this.bot = bot
    this.tell = tell
    this.all = loadReflexes(names, folder)
    this.body = new Body(bot)
    this.age = 0
    this.lastMoved = 0
    this.paused = false
    this.deaths = 0
    /** The program under way. @type {{calls: {running: Set<any>}, startedAt: number, events: number} | null} */ this.program = null
    /** @type {{name: string, urgency: number, controller: AbortController, ended: Promise<void>} | null} */ this.current = null
    this.context = {
      bot: this.body.view,
      registry: bot.registry,
      Vec3,
      pathfinder: { goals, Movements },
      sight,
      progress: () => {},
      worldSeconds: () => performance.now() / 1000
    }
    bot.on('death', () => {
      this.deaths++
      this.#stop()
    })
    bot.on('end', () => this.#stop())
    if (this.all.length > 0) this.body.onTick = () => this.#tick()
  }

  /** The reflex at work, if one is. @returns {string | null} */
  get acting () {
    return this.current?.name ?? null
  }

  /** A program begins. @param {{running: Set<any>}} calls its calls of primitives */
  begin (calls) {
    this.program = { calls, startedAt: performance.now(), events: 0 }
  }

  /** The program was told of something that happened. */
  noteEvent () {
    if (this.program) this.program.events++
  }

  /** It has ended, and the bot is left clean. */
  end () {
    this.program = null
    this.paused = false
    this.lastMoved = this.age
  }

  /** Until `end` none acts; the one at work ends. */
  async pause () {
    this.paused = true
    this.#stop()
    await this.settled()
  }

  /** The one at work has ended, or does not end. */
  async settled () {
    if (this.current) await withTimeout(this.current.ended, STOP_MILLISECONDS)
  }

  #stop () {
    this.current?.controller.abort(new Error('it was ended'))
  }

  // ---- when

  #tick () {
    this.age++
    if (this.current === null && this.#isMoved()) this.lastMoved = this.age
    if (this.paused || !this.#mayAct()) return
    for (const candidate of this.all) {
      const { reflex } = candidate
      if (this.current && reflex.urgency <= this.current.urgency) return
      if (this.age < candidate.restsUntil || this.age % reflex.everyTicks !== 0) continue
      if (reflex.usesHands && !this.current && (this.body.handWork > 0 || this.bot.usingHeldItem)) continue
      const situation = this.#situation(candidate)
      const why = reflex.wants(this.context, situation)
      if (why === null) continue
      // The one at work ends first; this one is asked again with the next tick.
      if (this.current) this.#stop()
      else this.#begin(candidate, why, situation)
      return
    }
  }

  #mayAct () {
    const { bot } = this
    return bot.isAlive !== false && !bot.isSleeping && !bot.currentWindow && !bot.vehicle &&
      (bot.game.gameMode === 'survival' || bot.game.gameMode === 'adventure')
  }

  #isMoved () {
    const { bot } = this
    return CONTROLS.some(control => bot.getControlState(control)) || bot.targetDigBlock || bot.pathfinder.isMoving() || this.#inPrimitive()
  }

  #inPrimitive () {
    return this.program !== null && this.program.calls.running.size > 0
  }

  /** @returns {Situation} */
  #situation (/** @type {{acts: number[]}} */ candidate) {
    candidate.acts = candidate.acts.filter(age => this.age - age < RECENT_TICKS)
    return {
      inPrimitive: this.#inPrimitive(),
      inProgram: this.program !== null,
      aimlessTicks: this.age - this.lastMoved,
      acts: candidate.acts.length
    }
  }

  // ---- how

  #begin (/** @type {any} */ candidate, /** @type {string} */ why, /** @type {Situation} */ situation) {
    const { name, reflex } = candidate
    const controller = new AbortController()
    const seconds = reflex.secondsAtMost
    const timer = setTimeout(() => controller.abort(new Error(`it took more than ${seconds} s`)), seconds * 1000)
    const tell = this.#record(name, why)
    candidate.acts.push(this.age)
    this.body.take()
    const work = act(() => reflex.act({ ...this.context, signal: controller.signal }, situation))
    const ended = work.then(async ({ done, outcome }) => {
      clearTimeout(timer)
      await this.body.giveBack(this.bot.isAlive !== false)
      candidate.failures = done ? 0 : candidate.failures + 1
      candidate.restsUntil = this.age + (done ? REST_TICKS : rest(reflex, candidate.failures))
      this.lastMoved = this.age
      this.current = null
      tell(done, outcome)
    })
    this.current = { name, urgency: reflex.urgency, controller, ended }
  }

  /**
   * @param {string} reflex
   * @param {string} why
   * @returns {(done: boolean, outcome: string) => void} tells of it
   */
  #record (reflex, why) {
    const { bot, deaths, program } = this
    const began = performance.now()
    const before = countByName(ownedItems(bot))
    const { x, y, z } = bot.entity.position
    const firstEvent = program?.events ?? 0
    return (done, outcome) => this.tell({
      reflex,
      why: why.slice(0, WORD_CHARACTERS),
      outcome: outcome.slice(0, WORD_CHARACTERS),
      done,
      position: { x, y, z },
      started_seconds: program ? Math.max(0, (began - program.startedAt) / 1000) : 0,
      seconds: (performance.now() - began) / 1000,
      // What was lost with a life was not used up.
      items: deaths === this.deaths ? changed(before, countByName(ownedItems(bot))) : {},
      first_event: firstEvent,
      last_event: program?.events ?? firstEvent
    })
  }
}

/** @param {() => Promise<string>} work @returns {Promise<{done: boolean, outcome: string}>} */
async function act (work) {
  try {
    return { done: true, outcome: await work() }
  } catch (error) {
    return { done: false, outcome: describeError(error).message }
  }
}

/** @param {Reflex} reflex @param {number} failures in a row */
const rest = ({ longestRestTicks = LONGEST_REST_TICKS }, failures) =>
  Math.min(longestRestTicks, FIRST_REST_TICKS * 2 ** Math.min(failures, 10))

/** @param {Record<string, number>} before @param {Record<string, number>} after */
function changed (before, after) {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  const changes = names.map(name => /** @type {const} */ ([name, (after[name] ?? 0) - (before[name] ?? 0)]))
  return Object.fromEntries(changes.filter(([, change]) => change !== 0))
}

module.exports = { Reflexes }
