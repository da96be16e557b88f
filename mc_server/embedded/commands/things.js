'use strict'
/** Commands about items and blocks. */

const { CommandError } = require('./words')
const { nameOf, said } = require('./bodies')

/** @typedef {import('.').Command} Command */

const MOST_BLOCKS = 32768
const MOST_STACKS = 100
const MOST_COORDINATE = 3e7

/** @returns {Record<string, Command>} */
function thingCommands (/** @type {any} */ game) {
  return {
    // PLAYERS ITEM[{data}] [COUNT]
    give: words => {
      const players = words.players()
      const item = words.item()
      const count = words.number(1)
      if (count > item.stackSize * MOST_STACKS) throw new CommandError(`Can't give more than ${item.stackSize * MOST_STACKS} of ${item.displayName}`)
      for (const player of players) give(game, player, item, count)
      return said('commands.give.success', players, [count, { translate: `${game.blocks.has(item.name) ? 'block' : 'item'}.minecraft.${item.name}` }])
    },
    // [PLAYERS] [ITEM] [COUNT]
    clear: words => {
      const players = words.players()
      const name = words.done ? undefined : words.item().name
      const most = words.number(Number.POSITIVE_INFINITY)
      const removed = players.reduce((sum, player) => sum + takeAway(game, player, name, most), 0)
      if (removed === 0) throw new CommandError(`No items were found on player ${players[0].username}`)
      return said('commands.clear.success', players, [removed])
    },
    // X Y Z BLOCK[properties] [destroy|keep|replace]
    setblock: words => {
      const { x, y, z } = words.block()
      const state = words.blockState()
      const manner = words.optional() ?? 'replace'
      const there = game.world.get(x, y, z)
      if (there === state || (manner === 'keep' && there !== 0)) throw new CommandError('Could not set the block')
      put(game, { x, y, z }, state, manner)
      return { translate: 'commands.setblock.success', with: [x, y, z] }
    },
    // FROM TO BLOCK [replace [BLOCK]|destroy|keep|hollow|outline]
    fill: words => {
      const filled = fill(game, words)
      if (filled === 0) throw new CommandError('No blocks were filled')
      return { translate: 'commands.fill.success', with: [filled] }
    },
    // KIND [X Y Z]
    summon: (words, source) => {
      const kind = words.next().replace(/^minecraft:/, '')
      const { x, y, z } = words.done ? source.position : words.position()
      return { translate: 'commands.summon.success', with: [nameOf(summon(game, kind, x, y, z))] }
    }
  }
}

function give (/** @type {any} */ game, /** @type {any} */ player, /** @type {any} */ item, /** @type {number} */ count) {
  for (let left = count; left > 0;) {
    const stack = game.items.clone(item, Math.min(left, item.stackSize))
    left -= stack.count
    if (game.windows.give(player, stack) > 0) game.itemEntities.throwFrom(player, stack)
  }
}

/** @returns {number} how many were taken */
function takeAway (/** @type {any} */ game, /** @type {any} */ player, /** @type {string | undefined} */ name, /** @type {number} */ most) {
  const { survivor } = player
  const wanted = (/** @type {any} */ item) => item && (name === undefined || item.name === name)
  let removed = 0
  const take = (/** @type {any} */ item) => {
    const count = Math.min(item.count, most - removed)
    removed += count
    item.count -= count
    return item.count > 0 ? item : null
  }
  survivor.slots.forEach((/** @type {any} */ item, /** @type {number} */ slot) => {
    if (slot > 0 && wanted(item)) survivor.slots[slot] = take(item)
  })
  if (wanted(survivor.cursor)) survivor.cursor = take(survivor.cursor)
  game.clicks.updateResult(survivor.view)
  game.windows.sendChanges(player)
  game.saving.markChanged()
  return removed
}

function put (/** @type {any} */ game, /** @type {{x: number, y: number, z: number}} */ at, /** @type {number} */ state, /** @type {string} */ manner) {
  const there = game.world.get(at.x, at.y, at.z)
  if (manner === 'destroy') for (const item of game.drops.of(there, null)) game.itemEntities.spawnInBlock(at, item)
  if (game.blocks.nameOf(there) !== game.blocks.nameOf(state)) game.containers.spill(at)
  game.world.set(at.x, at.y, at.z, state)
}

/** @returns {number} blocks that were changed */
function fill (/** @type {any} */ game, /** @type {import('./words').Words} */ words) {
  const [from, to] = [words.block(), words.block()]
  const state = words.blockState()
  const manner = words.optional() ?? 'replace'
  const only = manner === 'replace' && !words.done ? game.blocks.nameOf(words.blockState()) : null
  const low = { x: Math.min(from.x, to.x), y: Math.min(from.y, to.y), z: Math.min(from.z, to.z) }
  const high = { x: Math.max(from.x, to.x), y: Math.max(from.y, to.y), z: Math.max(from.z, to.z) }
  const size = (high.x - low.x + 1) * (high.y - low.y + 1) * (high.z - low.z + 1)
  if (size > MOST_BLOCKS) throw new CommandError(`Too many blocks in the specified area (maximum ${MOST_BLOCKS}, specified ${size})`)
  if (Math.max(Math.abs(low.x), Math.abs(low.z), Math.abs(high.x), Math.abs(high.z)) > MOST_COORDINATE) throw new CommandError('That position is out of this world!')
  let filled = 0
  for (let x = low.x; x <= high.x; x++) {
    for (let y = low.y; y <= high.y; y++) {
      for (let z = low.z; z <= high.z; z++) {
        const there = game.world.get(x, y, z)
        const outside = x === low.x || x === high.x || y === low.y || y === high.y || z === low.z || z === high.z
        const wanted = !outside && manner === 'hollow' ? 0 : state
        const skipped = (only !== null && game.blocks.nameOf(there) !== only) || (manner === 'keep' && there !== 0) || (!outside && manner === 'outline')
        if (skipped || there === wanted) continue
        put(game, { x, y, z }, wanted, manner)
        filled++
      }
    }
  }
  return filled
}

/** @returns {any} the new entity */
function summon (/** @type {any} */ game, /** @type {string} */ kind, /** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ z) {
  if (!game.creatures.has(kind)) throw new CommandError('Unable to summon entity')
  return game.creatures.spawn(kind, { x, y, z })
}

module.exports = { thingCommands }
