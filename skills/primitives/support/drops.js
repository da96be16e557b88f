'use strict'

const { isFinal, PrimitiveError } = require('./errors')
const { guard, waitAtMost } = require('./waiting')
const { travel, stepsBetween } = require('./movement')
const { hasRoomFor } = require('./inventory')
const { look } = require('./world')

/** Blocks of which a few steps bring more: left lying, or dropped, where there is no room for what is wanted. */
const COMMON = /^(dirt|gravel|andesite|diorite|granite|tuff|calcite|netherrack|cobblestone|cobbled_deepslate)$/
/** So many of them in all are carried on, to stand on. */
const COMMON_KEPT = 128

/** Items that could not be picked up, by bot: not tried again. @type {WeakMap<any, Set<any>>} */
const givenUp = new WeakMap()

/** @param {any} bot */
function givenUpBy (bot) {
  let set = givenUp.get(bot)
  if (!set) givenUp.set(bot, set = new Set())
  return set
}

/** What kind of item an item entity is; null while not known. @param {any} entity */
function droppedName (entity) {
  try {
    return entity.getDroppedItem()?.name ?? null
  } catch {
    return null
  }
}

/** Item entities around a place, and these, the nearest to the bot first. */
function dropsAround (/** @type {any} */ { bot }, /** @type {any} */ place, /** @type {number} */ maxDistance, /** @type {any[]} */ also) {
  const skipped = givenUpBy(bot)
  return Object.values(bot.entities)
    .filter((/** @type {any} */ entity) => entity.name === 'item' && !skipped.has(entity.id) &&
      (also.includes(entity) || entity.position.distanceTo(place) <= maxDistance))
    .sort((/** @type {any} */ a, /** @type {any} */ b) =>
      a.position.distanceTo(bot.entity.position) - b.position.distanceTo(bot.entity.position))
}

/**
 * Drop a stack of what there is most of among common blocks, when something else is to be picked up.
 * @param {import('./scope').Context} context @param {string|null} wanted @param {any} towards the item that is wanted lies there
 * @returns {Promise<boolean>} whether there is room now
 */
async function makeRoom (context, wanted, towards) {
  const { bot } = context
  const common = bot.inventory.items().filter((/** @type {any} */ { name }) => COMMON.test(name) && name !== wanted)
  /** @type {Map<string, number>} */
  const counts = new Map()
  for (const { name, count } of common) counts.set(name, (counts.get(name) ?? 0) + count)
  if ([...counts.values()].reduce((sum, count) => sum + count, 0) < COMMON_KEPT) return false
  const [most] = common.sort((/** @type {any} */ a, /** @type {any} */ b) =>
    Number(counts.get(b.name)) - Number(counts.get(a.name)) || a.count - b.count || a.slot - b.slot)
  const leave = (/** @type {any} */ entity) => { if (entity.name === 'item' && entity.position.distanceTo(bot.entity.position) < 3) givenUpBy(bot).add(entity.id) }
  const { x, z } = bot.entity.position
  bot.on('entitySpawn', leave)
  try {
    // Thrown the other way, it is not picked up again at once.
    await bot.look(Math.atan2(towards.x - x, towards.z - z), 0, true)
    await guard(context, bot.waitForTicks(2), 5000, 'turning round')
    await guard(context, bot.tossStack(most), 5000, `dropping ${most.name}`)
    await waitAtMost(context, { what: 'room', timeoutMs: 1000, events: [[bot, 'entitySpawn']], until: () => bot.inventory.emptySlotCount() > 0 })
  } finally {
    bot.removeListener('entitySpawn', leave)
  }
  context.progress(`dropped ${most.count} ${most.name} for room`)
  return bot.inventory.emptySlotCount() > 0
}

/** Where an item lies, or will when it has fallen. @param {any} context @param {any} entity */
function restingCell (context, entity) {
  const { position } = entity
  const cell = { x: Math.floor(position.x), y: Math.floor(position.y + 0.2), z: Math.floor(position.z) }
  while (look(context, cell.x, cell.y - 1, cell.z).passable) cell.y--
  return cell
}

/**
 * Go to one item until it is picked up, gone, or not worth more time.
 * @param {import('./scope').Context} context @param {any} entity
 * @returns {Promise<boolean>} whether it is gone from the ground
 */
async function fetchDrop (context, entity) {
  const { bot } = context
  const present = () => bot.entities[entity.id] === entity
  const close = (/** @type {number} */ ms) => waitAtMost(context, {
    what: 'the item',
    timeoutMs: ms,
    events: [[bot, 'entityGone'], [bot, 'playerCollect']],
    until: () => !present()
  })
  for (let attempt = 0; attempt < 2 && present(); attempt++) {
    const cell = restingCell(context, entity)
    if (look(context, cell.x, cell.y, cell.z).liquid === 'lava') break
    const room = attempt === 0 ? 1 : 0
    try {
      await travel(context, {
        middle: cell,
        isGoal: feet => Math.abs(feet.x - cell.x) + Math.abs(feet.z - cell.z) <= room && feet.y - cell.y <= 1 && cell.y - feet.y <= 1,
        distance: feet => Math.max(0, stepsBetween(feet, cell) - room)
      }, { timeoutSeconds: 20, what: 'a dropped item', until: () => !present() })
    } catch (error) {
      if (isFinal(error) || !(error instanceof PrimitiveError)) throw error
      continue
    }
    if (await close(attempt === 0 ? 900 : 1500)) return true
  }
  if (present()) givenUpBy(bot).add(entity.id)
  return !present()
}

/**
 * Pick up what lies around a place.
 * @param {import('./scope').Context} context
 * @param {{around?: any, maxDistance?: number, also?: any[], timeoutSeconds?: number}} [options] `also`: items that are wanted wherever they fell
 * @returns {Promise<{left: number, full: boolean}>} items given up; whether the inventory was full
 */
async function pickUpDrops (context, { around, maxDistance = 16, also = [], timeoutSeconds = 60 } = {}) {
  const { bot } = context
  const startedAt = Date.now()
  let left = 0
  while (Date.now() - startedAt < timeoutSeconds * 1000) {
    const [entity] = dropsAround(context, around ?? bot.entity.position, maxDistance, also)
    if (!entity) return { left, full: false }
    const name = droppedName(entity)
    if (name ? !hasRoomFor(bot, name) : bot.inventory.emptySlotCount() === 0) {
      if (name && COMMON.test(name) && !also.includes(entity)) {
        givenUpBy(bot).add(entity.id)
        left++
        continue
      }
      if (!await makeRoom(context, name, entity.position)) return { left: left + 1, full: true }
    }
    if (await fetchDrop(context, entity)) continue
    // Something else may have taken the room on the way.
    if (name && !hasRoomFor(bot, name)) givenUpBy(bot).delete(entity.id)
    else left++
  }
  return { left: left + 1, full: false }
}

/**
 * Notes every item that appears from now on, so that one can tell what a dug block dropped.
 * @param {import('./scope').Context} context
 */
function watchDrops (context) {
  const { bot, Vec3 } = context
  /** @type {any[]} */
  const seen = []
  const onSpawn = (/** @type {any} */ entity) => { if (entity.name === 'item') seen.push(entity) }
  bot.on('entitySpawn', onSpawn)
  return {
    /** The items that came out of a cell, after waiting a moment for the first of them. */
    from: async (/** @type {{x: number, y: number, z: number}} */ cell, timeoutMs = 400) => {
      const middle = new Vec3(cell.x + 0.5, cell.y + 0.5, cell.z + 0.5)
      const here = () => seen.filter(entity => entity.position.distanceTo(middle) < 2)
      await waitAtMost(context, {
        what: 'drops', timeoutMs, events: [[bot, 'entitySpawn']], until: () => here().length > 0
      })
      const found = here()
      for (const entity of found) seen.splice(seen.indexOf(entity), 1)
      return found
    },
    stop: () => bot.removeListener('entitySpawn', onSpawn)
  }
}

module.exports = { pickUpDrops, watchDrops, droppedName }
