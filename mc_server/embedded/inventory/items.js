'use strict'
/** Stacks of items: making, copying, comparing, wearing out, and their form in packets and in the world file. */

const createItemClass = require('prismarine-item')

/** @typedef {any} Item a prismarine-item */

class Items {
  /** @param {any} registry */
  constructor (registry) {
    this.registry = registry
    this.Item = /** @type {any} */ (createItemClass)(registry)
  }

  has (/** @type {string} */ name) {
    return this.registry.itemsByName[name] !== undefined
  }

  /** @returns {Item} */
  create (/** @type {string} */ name, count = 1) {
    const item = this.registry.itemsByName[name]
    if (item === undefined) throw new RangeError(`There is no item '${name}' in ${this.registry.version.minecraftVersion}.`)
    return new this.Item(item.id, count)
  }

  /** @returns {Item} a copy, with another count if one is given */
  clone (/** @type {Item | null} */ item, count = item?.count) {
    if (!item) return null
    return new this.Item(item.type, count, item.metadata, item.nbt ? structuredClone(item.nbt) : null)
  }

  /** Whether two stacks are of one kind, so that they could be merged. */
  sameKind (/** @type {Item | null} */ a, /** @type {Item | null} */ b) {
    if (!a || !b) return false
    return a.type === b.type && JSON.stringify(meaningOf(a.nbt)) === JSON.stringify(meaningOf(b.nbt))
  }

  equal (/** @type {Item | null} */ a, /** @type {Item | null} */ b) {
    if (!a || !b) return !a && !b
    return a.count === b.count && this.sameKind(a, b)
  }

  /**
   * A tool used once more.
   * @returns {Item | null} the same item, or null when it broke
   */
  wear (/** @type {Item} */ item, uses = 1) {
    if (!item.maxDurability) return item
    item.durabilityUsed = (item.durabilityUsed ?? 0) + uses
    return item.durabilityUsed >= item.maxDurability ? null : item
  }

  /** For packets. */
  toPacket (/** @type {Item | null | undefined} */ item) {
    return this.Item.toNotch(item ?? null)
  }

  /** @returns {Item | null} */
  fromPacket (/** @type {any} */ data) {
    return this.Item.fromNotch(data)
  }

  /** For the world file. */
  pack (/** @type {Item | null | undefined} */ item) {
    if (!item) return null
    return item.nbt ? { name: item.name, count: item.count, nbt: item.nbt } : { name: item.name, count: item.count }
  }

  /** @returns {Item | null} */
  unpack (/** @type {{name: string, count: number, nbt?: any} | null} */ packed) {
    if (!packed) return null
    const item = this.create(packed.name, packed.count)
    if (packed.nbt) item.nbt = packed.nbt
    return item
  }
}

/** What an item's data says: a tool that was never used comes back from a client with a damage of 0. */
function meaningOf (/** @type {any} */ nbt) {
  const { Damage: damage, ...rest } = nbt?.value ?? {}
  return damage?.value ? { ...rest, damage: damage.value } : rest
}

module.exports = { Items }
