'use strict'

const { PrimitiveError, isFinal } = require('./errors')
const { guard } = require('./waiting')
const { requirePosition, resolveItems, requireCount } = require('./names')
const { goWithinReach } = require('./reaching')
const { mostCarried } = require('./inventory')
const { look } = require('./world')
const { clearCell } = require('./digging')

const CONTAINER = /chest$|barrel$|shulker_box$/
/** Has a lid, which a full block above keeps shut: the server does not even answer then. */
const LIDDED = /^(trapped_|ender_)?chest$/
/** Of a double chest: which way from its left half the right one is. */
const RIGHT_OF = { north: [1, 0], east: [0, 1], south: [-1, 0], west: [0, -1] }

/**
 * Open a chest or barrel, use its window, and close it.
 * @template T
 * @param {import('./scope').Context} context @param {any} position
 * @param {(window: any) => Promise<T>} use
 * @returns {Promise<T>}
 */
async function withContainer (context, position, use) {
  const { bot } = context
  const cell = requirePosition(context, position)
  await goWithinReach(context, cell)
  const block = bot.blockAt(cell)
  if (!block || !CONTAINER.test(block.name)) {
    throw new PrimitiveError('not_found', `There is no chest at ${cell}, but ${block?.name ?? 'nothing loaded'}. Use findBlock('chest') to find one.`)
  }
  if (LIDDED.test(block.name)) await freeLid(context, block)
  const window = await guard(context, bot.openContainer(block), 8000, `opening the ${block.name}`)
  try {
    return await use(window)
  } finally {
    if (bot.currentWindow) bot.closeWindow(window)
  }
}

/**
 * Dig away what keeps a chest shut, above both halves of a double one.
 * @param {import('./scope').Context} context @param {any} chest
 */
async function freeLid (context, chest) {
  for (const cell of halvesOf(chest)) {
    const above = cell.offset(0, 1, 0)
    const traits = look(context, above.x, above.y, above.z)
    if (!traits.block || !isWhole(traits.block)) continue
    if (traits.keep) throw new PrimitiveError('unreachable', `The ${traits.name} at ${above} keeps the ${chest.name} at ${cell} shut. Take it away, or use another chest.`)
    await clearCell(context, above)
  }
}

/** @param {any} chest @returns {any[]} where it stands, and its other half */
function halvesOf (chest) {
  const { type, facing } = chest.getProperties()
  const [x, z] = RIGHT_OF[/** @type {keyof typeof RIGHT_OF} */ (facing)]
  if (type === 'left') return [chest.position, chest.position.offset(x, 0, z)]
  return type === 'right' ? [chest.position, chest.position.offset(-x, 0, -z)] : [chest.position]
}

/** @param {any} block @returns {boolean} whether it fills its cell and lets no light through */
function isWhole ({ shapes, transparent }) {
  return !transparent && shapes.some((/** @type {number[]} */ shape) => shape.every((edge, axis) => edge === Number(axis > 2)))
}

/** @param {any} window @returns {Object<string, number>} */
function contents (window) {
  /** @type {Object<string, number>} */
  const counts = {}
  for (const item of window.containerItems()) counts[item.name] = (counts[item.name] ?? 0) + item.count
  return counts
}

/** Check `{name: count}`. @param {import('./scope').Context} context @param {any} items */
function requireItems (context, items) {
  if (items === null || typeof items !== 'object' || Array.isArray(items) || Object.keys(items).length === 0) {
    throw new PrimitiveError('invalid_argument', 'items must be an object of counts by item name, for instance {cobblestone: 32}.')
  }
  return Object.entries(items).map(([name, count]) => ({ names: resolveItems(context, name), count: requireCount(count, `the count of ${name}`) }))
}

/**
 * Move items between the inventory and an open container, each kind made sure of.
 * @param {import('./scope').Context} context @param {any} window @param {'deposit'|'withdraw'} action
 * @param {Array<{names: string[], count: number}>} wanted
 * @returns {Promise<Object<string, number>>} what was moved
 */
async function moveItems (context, window, action, wanted) {
  const { bot, registry } = context
  /** @type {Object<string, number>} */
  const moved = {}
  for (const { names, count } of wanted) {
    const there = contents(window)
    const kind = action === 'deposit'
      ? mostCarried(bot, names)
      : names.map(name => ({ name, count: there[name] ?? 0 })).sort((a, b) => b.count - a.count)[0]
    if (kind.count < count) {
      throw new PrimitiveError('missing_ingredients', `There are only ${kind.count} ${kind.name} ${action === 'deposit' ? 'in the inventory' : 'in the chest'}, not ${count}.`, { missing: { [kind.name]: count - kind.count } })
    }
    try {
      await guard(context, window[action](registry.itemsByName[kind.name].id, null, count), 10000, `moving ${kind.name}`)
    } catch (error) {
      if (isFinal(error)) throw error
      throw new PrimitiveError(action === 'deposit' ? 'no_space' : 'inventory_full', `Could not move ${count} ${kind.name}: ${/** @type {Error} */ (error).message}`)
    }
    moved[kind.name] = Math.abs((contents(window)[kind.name] ?? 0) - (there[kind.name] ?? 0))
  }
  return moved
}

module.exports = { withContainer, contents, requireItems, moveItems }
