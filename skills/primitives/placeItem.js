'use strict'

const { PrimitiveError } = require('./support/errors')
const { runPrimitive } = require('./support/scope')
const { resolveItems, requirePosition, plain } = require('./support/names')
const { mostCarried } = require('./support/inventory')
const { placeAt, placeNearby } = require('./support/placing')
const { look } = require('./support/world')
const { clearCell } = require('./support/digging')
const { goWithinReach } = require('./support/reaching')

/**
 * Place a carried block: at a position (the bot goes there), or anywhere near when none is given,
 * digging room if there is none.
 *
 * @brief Place a carried block, there or anywhere near; tables and furnaces come by themselves.
 * @param {import('./support/scope').Context} context
 * @param {string|string[]} name item name or family
 * @param {{x: number, y: number, z: number}} [position] the cell to fill; it must be free
 * @returns {Promise<{placed: string, position: {x: number, y: number, z: number}}>}
 * @throws `missing_ingredients` when none is carried, `no_space` when the place is taken or there
 *   is nothing to place against, `unreachable`, `invalid_argument`, `died`, `cancelled`
 */
async function placeItem (context, name, position) {
  const names = resolveItems(context, name)
  const cell = position === undefined || position === null ? null : requirePosition(context, position)
  return runPrimitive(context, async scope => {
    const kind = mostCarried(scope.bot, names)
    if (kind.count === 0) {
      throw new PrimitiveError('missing_ingredients', `There is no ${names[0]} in the inventory to place.`, { missing: { [names[0]]: 1 } })
    }
    if (!cell) return { placed: kind.name, position: plain(await placeNearby(scope, kind.name)) }
    await goWithinReach(scope, cell)
    const there = look(scope, cell.x, cell.y, cell.z)
    if (!there.passable && !there.liquid) {
      throw new PrimitiveError('no_space', `${there.name} is already at ${cell}. Choose a free place, or dig it first: bot.dig(bot.blockAt(position)).`)
    }
    if (there.block?.diggable && there.name !== 'air' && !there.liquid) await clearCell(scope, cell)
    await placeAt(scope, kind.name, cell)
    return { placed: kind.name, position: plain(cell) }
  })
}

module.exports = { placeItem }
