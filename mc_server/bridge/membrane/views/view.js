'use strict'
/**
 * Views of blocks, items and entities: of these programs read many, so that each has getters in place of a proxy.
 *
 * A view shows the fields listed here as they are at that moment, and leads back to its object only for the membrane: the
 * object is a private field.
 */

const { Vec3 } = require('vec3')
const { harden } = require('../../program/lockdown')

/** @typedef {import('../membrane').Membrane} Membrane */

class View {
  #membrane
  #target

  /**
   * @param {Membrane} membrane
   * @param {any} target
   */
  constructor (membrane, target) {
    this.#membrane = membrane
    this.#target = target
  }

  /**
   * @param {any} value
   * @returns {any} what the value is a view of, or undefined
   */
  static targetOf (value) {
    return #target in value ? value.#target : undefined
  }

  /**
   * @param {any} view
   * @returns {any} what it shows, while the program lives
   */
  static shown (view) {
    if (!view.#membrane.live) view.#membrane.assertLive()
    return view.#target
  }

  /**
   * @param {any} view
   * @param {string} name
   */
  static read (view, name) {
    const membrane = view.#membrane
    if (!membrane.live) membrane.assertLive()
    const value = view.#target[name]
    if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return value
    return membrane.out(value)
  }

  /**
   * @param {any} view
   * @param {string} name
   * @param {any[]} args
   */
  static call (view, name, args) {
    return view.#membrane.calls.call(view.#target, name, args, 'read')
  }
}

/** @typedef {(new (membrane: Membrane, target: any) => View) & {isLasting: boolean}} ViewKind */

/** @param {any} place */
const copyOf = place => place instanceof Vec3 ? new Vec3(place.x, place.y, place.z) : null

/**
 * What is read most, each written out: one getter for all names takes ten times as long. All but places are plain values.
 * @type {Record<string, PropertyDescriptor>}
 */
const FAST = Object.getOwnPropertyDescriptors({
  get name () { return View.shown(this).name },
  get type () { return View.shown(this).type },
  get count () { return View.shown(this).count },
  get id () { return View.shown(this).id },
  get slot () { return View.shown(this).slot },
  get stateId () { return View.shown(this).stateId },
  get boundingBox () { return View.shown(this).boundingBox },
  get diggable () { return View.shown(this).diggable },
  get hardness () { return View.shown(this).hardness },
  get light () { return View.shown(this).light },
  get skyLight () { return View.shown(this).skyLight },
  get username () { return View.shown(this).username },
  get position () { return copyOf(View.shown(this).position) },
  get velocity () { return copyOf(View.shown(this).velocity) }
})

/** @param {string} name */
const getterOf = name => Object.getOwnPropertyDescriptor({ get [name] () { return View.read(this, name) } }, name)?.get

/**
 * @param {{own?: string[], fields: string[], methods: string[], isLasting: boolean}} shape `own` can be spread and listed: the
 *   same for all of a kind, since objects of many shapes are slow, and none for blocks, which are made anew with each look;
 *   `methods` only read; of a lasting object there is one view, so that it can be recognised
 * @returns {ViewKind}
 */
function viewOf ({ own = [], fields, methods, isLasting }) {
  const all = [...own, ...fields]
  const getters = Object.fromEntries(all.map(name => [name, {
    get: FAST[name]?.get ?? getterOf(name), enumerable: true
  }]))
  const Kind = class extends View {
    static isLasting = isLasting

    constructor (/** @type {Membrane} */ membrane, /** @type {any} */ target) {
      super(membrane, target)
      for (let index = 0; index < own.length; index++) Object.defineProperty(this, own[index], getters[own[index]])
    }
  }
  Object.defineProperties(Kind.prototype, getters)
  for (const name of methods) {
    const method = { [name] (/** @type {any[]} */ ...args) { return View.call(this, name, args) } }[name]
    Object.defineProperty(Kind.prototype, name, { value: method })
  }
  const toJSON = {
    // As of the object itself: what it holds, and not what it can tell besides.
    toJSON () {
      const held = Object.keys(View.shown(this)).filter(name => Object.hasOwn(getters, name))
      return Object.fromEntries(held.map(name => [name, View.read(this, name)]))
    }
  }.toJSON
  Object.defineProperty(Kind.prototype, 'toJSON', { value: toJSON })
  // A view is made by the membrane alone.
  Reflect.deleteProperty(Kind.prototype, 'constructor')
  harden(Kind.prototype)
  return Kind
}

Reflect.deleteProperty(View.prototype, 'constructor')

const BlockView = viewOf({
  fields: [
    'type', 'metadata', 'light', 'skyLight', 'biome', 'position', 'stateId', 'computedStates', 'name', 'hardness', 'displayName', 'shapes',
    'boundingBox', 'transparent', 'diggable', 'material', 'harvestTools', 'drops', 'isWaterlogged', 'entity', 'blockEntity', 'painting',
    'signText', 'face', 'intersect'
  ],
  methods: ['getProperties', 'canHarvest', 'digTime', 'getSignText'],
  isLasting: false
})

const ItemView = viewOf({
  own: [
    'type', 'count', 'metadata', 'nbt', 'stackId', 'name', 'displayName', 'stackSize', 'maxDurability', 'slot'
  ],
  fields: ['durabilityUsed', 'components', 'customName', 'customLore', 'enchants', 'repairCost', 'blocksCanPlaceOn', 'blocksCanDestroy', 'spawnEggMobName'],
  methods: [],
  isLasting: true
})

const EntityView = viewOf({
  own: [
    'id', 'type', 'name', 'displayName', 'kind', 'entityType', 'username', 'uuid', 'position', 'velocity', 'yaw', 'pitch', 'onGround', 'height',
    'width', 'effects', 'equipment', 'metadata', 'isValid', 'passengers', 'vehicle'
  ],
  fields: [
    'headYaw', 'headPitch', 'eyeHeight', 'heldItem', 'health', 'food', 'foodSaturation', 'elytraFlying', 'crouching', 'player', 'count',
    'attributes', 'isInWater', 'isInLava', 'isInWeb', 'isCollidedHorizontally', 'isCollidedVertically', 'timeSinceOnGround',
    'objectData', 'spawnedInWorldAge'
  ],
  methods: ['getDroppedItem', 'getCustomName'],
  isLasting: true
})

/** By the name of Mineflayer's class. @type {Record<string, ViewKind | undefined>} */
const VIEWS = { Block: BlockView, Item: ItemView, Entity: EntityView }

/** @type {WeakMap<object, ViewKind | null>} by the prototype, which is ours */
const known = new WeakMap()

/**
 * @param {object} value of ours
 * @returns {ViewKind | null} which view it is seen through
 */
function viewKind (value) {
  const prototype = Reflect.getPrototypeOf(value)
  if (prototype === null || prototype === Object.prototype || prototype === Array.prototype) return null
  let kind = known.get(prototype)
  if (kind === undefined) {
    const name = prototype.constructor?.name
    kind = (Object.hasOwn(VIEWS, name) ? VIEWS[name] : null) ?? null
    known.set(prototype, kind)
  }
  return kind
}

module.exports = { BlockView, View, viewKind }
