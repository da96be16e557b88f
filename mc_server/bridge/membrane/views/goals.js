'use strict'
/**
 * The path finder's goals as programs make them: `new GoalNear(x, y, z, range)` and the like.
 *
 * Each stands for a goal of ours, made from numbers, places and entities that were checked. The path finder asks its goal in
 * every tick, so it is never given one with a program's functions.
 */

const { Vec3 } = require('vec3')
const { goals } = require('mineflayer-pathfinder')
const { ProgramFault } = require('../../program/errors')
const { harden } = require('../../program/lockdown')

/** No world is larger. */
const MAXIMUM_COORDINATE = 3.2e7
const MAXIMUM_GOALS = 1000
const MAXIMUM_NESTING = 8

/** @param {string} message */
const refuse = message => { throw new ProgramFault('invalid_argument', message) }

/**
 * @param {string} what
 * @param {any[]} values
 */
function checkNumbers (what, values) {
  if (values.every(value => typeof value === 'number' && Math.abs(value) <= MAXIMUM_COORDINATE)) return values
  return refuse(`${what} takes numbers, not (${values.map(value => typeof value === 'object' ? 'an object' : String(value)).join(', ')})`)
}

/**
 * @param {string} what
 * @param {any} place
 */
function checkPlace (what, place) {
  if (!(place instanceof Vec3)) refuse(`${what} takes a position (a Vec3)`)
  checkNumbers(what, [place.x, place.y, place.z])
  return place
}

/** @param {any} entity */
function checkEntity (entity) {
  if (entity === null || typeof entity !== 'object' || !(entity.position instanceof Vec3) || entity.id === undefined) {
    refuse('GoalFollow takes an entity (of bot.nearestEntity, bot.entities or a player\'s entity)')
  }
  return entity
}

/** @param {any} range */
function checkRange (range) {
  if (typeof range !== 'number' || !(range >= 0)) refuse('the range of a goal must be a number of at least 0')
  return range
}

/** @param {any} options */
function lookOptions ({ reach, entityHeight } = /** @type {any} */ ({})) {
  return { reach: Number(reach) || undefined, entityHeight: Number(entityHeight) || undefined }
}

/** @param {any} options */
function placeOptions ({ range, faces, facing, facing3D, half, LOS = true } = /** @type {any} */ ({})) {
  return {
    range: range === undefined ? 5 : checkRange(range),
    faces: Array.isArray(faces) ? faces.map(face => checkPlace('a face', face)) : undefined,
    facing: facing === undefined ? undefined : String(facing),
    facing3D: Boolean(facing3D),
    half: half === undefined ? undefined : String(half),
    LOS: Boolean(LOS)
  }
}

class Goals {
  /** @param {import('../membrane').Membrane} membrane */
  constructor (membrane) {
    this.membrane = membrane
    /** How deep a goal holds others. @type {WeakMap<object, number>} */
    this.nesting = new WeakMap()
    this.Goal = this.makeBase()
    /** What programs are given, by name. @type {Record<string, any>} */
    this.classes = { Goal: this.Goal }
    for (const [name, make] of Object.entries(this.makers())) this.define(name, make)
    harden(this.classes)
  }

  /** @returns {Record<string, (...args: any[]) => any>} from arguments that are ours to a goal of ours */
  makers () {
    const any = /** @type {any} */ (goals)
    const { bot } = this.membrane
    const atBlock = (/** @type {string} */ name) => (/** @type {any} */ x, /** @type {any} */ y, /** @type {any} */ z) =>
      new any[name](...checkNumbers(name, [x, y, z]))
    return {
      GoalBlock: atBlock('GoalBlock'),
      GoalGetToBlock: atBlock('GoalGetToBlock'),
      GoalNear: (x, y, z, range) => new any.GoalNear(...checkNumbers('GoalNear', [x, y, z]), checkRange(range)),
      GoalXZ: (x, z) => new any.GoalXZ(...checkNumbers('GoalXZ', [x, z])),
      GoalNearXZ: (x, z, range) => new any.GoalNearXZ(...checkNumbers('GoalNearXZ', [x, z]), checkRange(range)),
      GoalY: y => new any.GoalY(...checkNumbers('GoalY', [y])),
      GoalFollow: (entity, range) => new any.GoalFollow(checkEntity(entity), checkRange(range)),
      GoalLookAtBlock: (place, _, options) => new any.GoalLookAtBlock(checkPlace('GoalLookAtBlock', place), bot.world, lookOptions(options)),
      // The library's own asks its inner goal without saying where.
      GoalBreakBlock: (x, y, z, _, options) =>
        new any.GoalLookAtBlock(checkPlace('GoalBreakBlock', new Vec3(x, y, z)), bot.world, lookOptions(options)),
      GoalPlaceBlock: (place, _, options) => new any.GoalPlaceBlock(checkPlace('GoalPlaceBlock', place), bot.world, placeOptions(options)),
      GoalInvert: goal => this.nested(new any.GoalInvert(this.checkGoal(goal)), [goal]),
      GoalCompositeAny: list => this.composite(any.GoalCompositeAny, list),
      GoalCompositeAll: list => this.composite(any.GoalCompositeAll, list)
    }
  }

  /** What all goals can be asked. */
  makeBase () {
    const { membrane, checkGoal } = this
    const targetOf = (/** @type {any} */ view) => checkGoal(membrane.in(view))
    const at = (/** @type {any} */ place) => checkPlace('a goal', membrane.in(place))
    return class Goal {
      constructor () {
        if (new.target === Goal) refuse('only the goals that are there can be used, such as GoalNear')
      }

      isEnd (/** @type {any} */ place) { return membrane.guarded(() => targetOf(this).isEnd(at(place))) }
      heuristic (/** @type {any} */ place) { return membrane.guarded(() => targetOf(this).heuristic(at(place))) }
      hasChanged () { return membrane.guarded(() => targetOf(this).hasChanged()) }
      isValid () { return membrane.guarded(() => targetOf(this).isValid()) }
    }
  }

  /**
   * @param {string} name
   * @param {(...args: any[]) => any} make
   */
  define (name, make) {
    const { membrane, classes } = this
    classes[name] = {
      [name]: class extends this.Goal {
        constructor (/** @type {any[]} */ ...args) {
          super()
          // What a class of the program's own adds would not be asked.
          if (new.target !== classes[name]) refuse(`${name} cannot be extended`)
          membrane.assertLive()
          const goal = membrane.guarded(() => make(...args.map(value => value === undefined ? undefined : membrane.in(value))))
          for (const key of Object.keys(goal)) if (key !== 'world') Reflect.set(this, key, membrane.out(goal[key]))
          membrane.pair(this, goal)
          Object.freeze(this)
        }
      }
    }[name]
    if (name.startsWith('GoalComposite')) this.addPush(classes[name])
  }

  /** @param {any} Composite */
  addPush (Composite) {
    const { membrane, nesting, checkGoal } = this
    Composite.prototype.push = function push (/** @type {any} */ added) {
      const target = checkGoal(membrane.in(this))
      const goal = checkGoal(membrane.in(added))
      if (target.goals.length >= MAXIMUM_GOALS) refuse(`a composite has at most ${MAXIMUM_GOALS} goals`)
      // It could come to hold itself, and the path finder would ask for ever.
      if (nesting.has(goal)) refuse('goals that hold others must be given when the composite is made')
      target.goals.push(goal)
    }
  }

  /**
   * @param {any} Composite
   * @param {any} list
   */
  composite (Composite, list = []) {
    if (!Array.isArray(list) || list.length > MAXIMUM_GOALS) refuse(`a composite takes a list of at most ${MAXIMUM_GOALS} goals`)
    const parts = list.map((/** @type {any} */ goal) => this.checkGoal(goal))
    return this.nested(new Composite(parts), parts)
  }

  /**
   * @param {any} goal
   * @param {any[]} parts
   */
  nested (goal, parts) {
    const depth = 1 + Math.max(0, ...parts.map(part => this.nesting.get(part) ?? 0))
    if (depth > MAXIMUM_NESTING) refuse('goals are nested too deeply')
    this.nesting.set(goal, depth)
    return goal
  }

  /**
   * @param {any} goal ours
   * @returns {any} the same, when it is a goal that a program made
   */
  checkGoal (goal) {
    const isGoal = goal instanceof goals.Goal
    return isGoal ? goal : refuse('a goal must be made with new GoalNear(x, y, z, range), new GoalBlock(x, y, z) or another of `goals`')
  }
}

module.exports = { Goals }
