'use strict'
/** `bot.pathfinder` as programs get it, with the goals and movements that it takes. */

const { ProgramFault } = require('../../program/errors')
const { harden } = require('../../program/lockdown')
const { Goals } = require('./goals')
const { movementsFor } = require('./movements')

/** What can be set, and up to which number. */
const SETTINGS = { thinkTimeout: 60000, tickTimeout: 40, searchRadius: 512 }
const SWITCHES = ['enablePathShortcut', 'LOSWhenPlacingBlocks']

/** @param {string} message */
const refuse = message => { throw new ProgramFault('invalid_argument', message) }

class PathfinderView {
  /** @param {import('../membrane').Membrane} membrane */
  constructor (membrane) {
    this.membrane = membrane
    this.real = membrane.bot.pathfinder
    this.goals = new Goals(membrane)
    this.movements = movementsFor(membrane)
    /** The program's own, once it has set or asked for them. @type {any} */
    this.current = null
    this.view = harden(this.settings(this.methods()))
  }

  methods () {
    const { membrane, real } = this
    const act = (/** @type {string} */ name, /** @type {any[]} */ given, /** @type {() => any} */ run) =>
      membrane.calls.perform(`pathfinder.${name}`, given, run, 'act')
    return {
      goto: (/** @type {any} */ goal) => {
        const target = this.prepare(goal)
        return act('goto', [target], () => real.goto(target))
      },
      setGoal: (/** @type {any} */ goal, /** @type {any} */ dynamic) => {
        const target = goal === null || goal === undefined ? null : this.prepare(goal)
        return act('setGoal', [target, Boolean(dynamic)], () => real.setGoal(target, Boolean(dynamic)))
      },
      setMovements: (/** @type {any} */ movements) => {
        membrane.assertLive()
        const target = this.movements.realOf(movements)
        this.current = movements
        act('setMovements', [], () => real.setMovements(target))
      },
      stop: () => {
        membrane.assertLive()
        act('stop', [], () => real.stop())
      },
      isMoving: () => this.ask(() => real.isMoving()),
      isMining: () => this.ask(() => real.isMining()),
      isBuilding: () => this.ask(() => real.isBuilding()),
      bestHarvestTool: (/** @type {any} */ block) => this.ask(() => membrane.out(real.bestHarvestTool(membrane.in(block)))),
      getPathTo: (/** @type {any} */ movements, /** @type {any} */ goal, /** @type {any} */ timeout) => this.pathTo(movements, goal, timeout)
    }
  }

  /** @param {Record<string, any>} view */
  settings (view) {
    const { membrane, real } = this
    const define = (/** @type {string} */ name, /** @type {(value: any) => any} */ check) => Object.defineProperty(view, name, {
      get: () => this.ask(() => real[name]),
      set: value => { this.ask(() => { real[name] = check(value) }) },
      enumerable: true
    })
    for (const [name, maximum] of Object.entries(SETTINGS)) {
      define(name, value => typeof value === 'number' && value >= -1 ? Math.min(value, maximum) : refuse(`${name} must be a number`))
    }
    for (const name of SWITCHES) define(name, Boolean)
    Object.defineProperty(view, 'goal', { get: () => this.ask(() => membrane.out(real.goal)), enumerable: true })
    Object.defineProperty(view, 'movements', { get: () => this.ask(() => this.ownMovements()), enumerable: true })
    return view
  }

  /**
   * @template T
   * @param {() => T} read
   */
  ask (read) {
    this.membrane.assertLive()
    return this.membrane.guarded(read)
  }

  /** What a program changes in the settings it finds must not stay when it has ended, so it gets its own. */
  ownMovements () {
    if (!this.current) {
      this.current = this.movements.wrap(this.real.movements)
      this.real.setMovements(this.movements.realOf(this.current))
    }
    return this.current
  }

  /**
   * @param {any} goal of the program
   * @returns {any} ours, with the movements brought up to date
   */
  prepare (goal) {
    this.membrane.assertLive()
    const target = this.goals.checkGoal(this.membrane.in(goal))
    if (this.current) this.movements.realOf(this.current)
    return target
  }

  /**
   * @param {any} movements
   * @param {any} goal
   * @param {any} [timeout] in milliseconds
   */
  pathTo (movements, goal, timeout = this.real.thinkTimeout) {
    const target = this.prepare(goal)
    const given = this.movements.realOf(movements)
    const limit = typeof timeout === 'number' && timeout > 0 ? Math.min(timeout, SETTINGS.thinkTimeout) : SETTINGS.thinkTimeout
    return this.ask(() => pathCopy(this.membrane, this.real.getPathTo(given, target, limit)))
  }
}

/**
 * A path without the search that found it.
 * @param {import('../membrane').Membrane} membrane
 * @param {any} result
 */
function pathCopy (membrane, { status, cost, time, visitedNodes, generatedNodes, path }) {
  const steps = path.map((/** @type {any} */ move) => Object.assign(membrane.out(move), {
    cost: move.cost, toBreak: move.toBreak.map(stepCopy), toPlace: move.toPlace.map(stepCopy)
  }))
  return { status, cost, time, visitedNodes, generatedNodes, path: steps }
}

/** @param {any} step */
const stepCopy = step => Object.fromEntries(Object.entries(step).filter(([, value]) => ['number', 'boolean', 'string'].includes(typeof value)))

/** @param {import('../membrane').Membrane} membrane */
const pathfinderView = membrane => new PathfinderView(membrane)

module.exports = { pathfinderView }
