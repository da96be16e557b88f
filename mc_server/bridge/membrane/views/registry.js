'use strict'
/**
 * The version's data (minecraft-data) as programs get it: frozen copies, each part made when it is first asked for and kept for
 * the life of the process.
 */

const { ProgramFault } = require('../../program/errors')
const { harden } = require('../../program/lockdown')

const PARTS = [
  'blocks', 'blocksByName', 'blocksArray', 'blocksByStateId', 'blockCollisionShapes', 'biomes', 'biomesByName', 'biomesArray', 'items',
  'itemsByName', 'itemsArray', 'foods', 'foodsByName', 'foodsArray', 'recipes', 'instruments', 'instrumentsArray', 'materials',
  'enchantments', 'enchantmentsByName', 'enchantmentsArray', 'mobs', 'objects', 'entities', 'entitiesByName', 'entitiesArray', 'windows',
  'windowsByName', 'windowsArray', 'effects', 'effectsByName', 'effectsArray', 'attributes', 'attributesByName', 'attributesArray',
  'particles', 'particlesByName', 'particlesArray', 'language', 'blockLoot', 'blockLootArray', 'entityLoot', 'entityLootArray',
  'mapIcons', 'mapIconsByName', 'mapIconsArray', 'tints', 'sounds', 'soundsByName', 'soundsArray', 'type'
]
const COMPARISONS = ['>=', '>', '<', '<=', '==']

/** @type {WeakMap<object, any>} by the registry */
const views = new WeakMap()

/**
 * @param {any} registry
 * @returns {any} the same for each program
 */
function registryView (registry) {
  let view = views.get(registry)
  if (!view) views.set(registry, view = makeView(registry))
  return view
}

/** @param {any} registry */
function makeView (registry) {
  /** @type {WeakMap<object, any>} of the data to its copy, so that what is one object there is one here */
  const copies = new WeakMap()
  /** @type {Record<string, any>} */
  const view = {
    version: versionView(registry.version ?? {}),
    supportFeature: (/** @type {any} */ name) => registry.supportFeature(String(name)),
    isNewerOrEqualTo: comparison(version => registry.isNewerOrEqualTo(version)),
    isOlderThan: comparison(version => registry.isOlderThan(version)),
    findItemOrBlockById: (/** @type {any} */ id) => view.items[id] ?? view.blocks[id],
    findItemOrBlockByName: (/** @type {any} */ name) => view.itemsByName[name] ?? view.blocksByName[name]
  }
  for (const name of PARTS) {
    Object.defineProperty(view, name, { get: () => frozenCopy(registry[name], copies), enumerable: true })
  }
  return harden(view)
}

/** @param {(version: string) => boolean} compare */
const comparison = compare => (/** @type {any} */ version) => {
  const name = String(version)
  try {
    return compare(name)
  } catch {
    throw new ProgramFault('invalid_argument', `there is no version '${name.slice(0, 100)}'`)
  }
}

/** @param {any} version */
function versionView (version) {
  const { minecraftVersion, majorVersion, dataVersion, type } = version
  const compared = COMPARISONS.filter(sign => typeof version[sign] === 'function')
    .map(sign => [sign, comparison(other => version[sign](other))])
  return { minecraftVersion, majorVersion, dataVersion, type, version: version.version, ...Object.fromEntries(compared) }
}

/**
 * @param {any} value
 * @param {WeakMap<object, any>} copies
 * @returns {any}
 */
function frozenCopy (value, copies) {
  if (typeof value === 'function') return undefined
  if (value === null || typeof value !== 'object') return value
  let copy = copies.get(value)
  if (copy) return copy
  copy = Array.isArray(value) ? [] : {}
  copies.set(value, copy)
  for (const key of Object.keys(value)) copy[key] = frozenCopy(value[key], copies)
  return Object.freeze(copy)
}

module.exports = { registryView }
