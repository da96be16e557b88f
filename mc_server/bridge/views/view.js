'use strict'
/**
 * Views of blocks, items and entities: of these programs read many, so that each has getters in place of a proxy.
 *
 * A view shows the fields listed here as they are at that moment, and leads back to its object only for the membrane: the
 * object is a private field.
 */

const { harden } = require('../lockdown')

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
    return view.#membrane.call(view.#target, name, args, 'read')
  }
}

/** @typedef {(new (membrane: Membrane, target: any) => View) & {isLasting: boolean}} ViewKind */

/**
 * @param {{fields: string[], methods: string[], isLasting: boolean}} shape `methods` only read; of a lasting object there is
 *   one view, so that it can be recognised
 * @returns {ViewKind}
 */
function viewOf ({ fields, methods, isLasting }) {
  const Kind = class extends View {
    static isLasting = isLasting
  }
  for (const name of fields) {
    Object.defineProperty(Kind.prototype, name, { get () { return View.read(this, name) }, enumerable: true })
  }
  for (const name of methods) {
    const method = { [name] (/** @type {any[]} */ ...args) { return View.call(this, name, args) } }[name]
    Object.defineProperty(Kind.prototype, name, { value: method })
  }
  const toJSON = { toJSON () { return Object.fromEntries(fields.map(name => [name, View.read(this, name)])) } }.toJSON
  Object.defineProperty(Kind.prototype, 'toJSON', { value: toJSON })
  // A view is made by the membrane alone.
  Reflect.deleteProperty(Kind.prototype, 'constructor')
  harden(Kind.prototype)
  return Kind
}

Reflect.deleteProperty(View.prototype, 'constructor')

const BlockView = viewOf({
  fields: [
    'type', 'metadata', 'light', 'skyLight', 'biome', 'position', 'stateId', 'name', 'hardness', 'displayName', 'shapes',
    'boundingBox', 'transparent', 'diggable', 'material', 'harvestTools', 'drops', 'isWaterlogged', 'entity', 'blockEntity', 'painting',
    'signText', 'face', 'intersect'
  ],
  methods: ['getProperties', 'canHarvest', 'digTime', 'getSignText'],
  isLasting: false
})

const ItemView = viewOf({
  fields: [
    'type', 'count', 'metadata', 'nbt', 'stackId', 'name', 'displayName', 'stackSize', 'maxDurability', 'durabilityUsed', 'slot',
    'components', 'customName', 'customLore', 'enchants', 'repairCost', 'blocksCanPlaceOn', 'blocksCanDestroy'
  ],
  methods: [],
  isLasting: true
})

const EntityView = viewOf({
  fields: [
    'id', 'type', 'name', 'displayName', 'kind', 'entityType', 'username', 'uuid', 'position', 'velocity', 'yaw', 'pitch', 'headYaw',
    'headPitch', 'onGround', 'height', 'width', 'eyeHeight', 'effects', 'equipment', 'heldItem', 'metadata', 'isValid', 'health', 'food',
    'foodSaturation', 'elytraFlying', 'crouching', 'player', 'vehicle', 'passengers', 'count', 'attributes', 'isInWater', 'isInLava', 'isInWeb',
    'isCollidedHorizontally', 'isCollidedVertically', 'timeSinceOnGround', 'objectData', 'spawnedInWorldAge'
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

module.exports = { View, viewKind }
