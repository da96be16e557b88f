'use strict'

const assert = require('node:assert/strict')

/** @typedef {import('../stage').Stage} Stage */

const LEAVES = 'minecraft.wiki/w/Leaves'
/** Random ticks come so often that what takes minutes takes a second. */
const hurry = (/** @type {Stage} */ stage) => stage.operate('command', { text: '/gamerule randomTickSpeed 300' })
const calm = (/** @type {Stage} */ stage) => stage.operate('command', { text: '/gamerule randomTickSpeed 3' })

/** A trunk with leaves around it, natural as those of the land. */
async function plantTree (/** @type {Stage} */ stage, /** @type {boolean} */ persistent) {
  await stage.fill('oak_leaves', [3, 3, 3], [7, 5, 7], { persistent, distance: 1 })
  await stage.fill('oak_log', [5, 0, 5], [5, 4, 5])
  await stage.skip(20)
}

module.exports = {
  title: 'Leaves',
  mechanics: [
    {
      name: 'Leaves know how far they are from a log',
      here: 'as vanilla',
      expectation: 'leaves in a row on a log say 1 to 7, and 7 for all beyond',
      source: LEAVES,
      play: async (/** @type {Stage} */ stage) => {
        await stage.set('oak_log', [-5, 3, 5])
        await stage.fill('oak_leaves', [-4, 3, 5], [4, 3, 5], { persistent: true, distance: 7 })
        await stage.skip(20)
        for (let distance = 1; distance <= 9; distance++) {
          assert.equal((await stage.block([-5 + distance, 3, 5])).properties.distance, Math.min(7, distance))
        }
        const seen = (/** @type {number} */ x) => stage.bot.blockAt(stage.at(x, 3, 5)).stateId
        await stage.until(() => seen(2) - seen(-4) === 6 * 4, 'the bot to see leaves at 1 and 7')
      }
    },
    {
      name: 'Leaves without a log decay, with their drops',
      here: 'as vanilla',
      expectation: 'after the trunk is gone all natural leaves go, and some saplings or sticks lie below',
      source: LEAVES,
      play: async (/** @type {Stage} */ stage) => {
        await plantTree(stage, false)
        await hurry(stage)
        await stage.skip(100)
        assert.equal((await stage.block([3, 3, 3])).name, 'oak_leaves')
        await stage.fill('air', [5, 0, 5], [5, 4, 5])
        await stage.skip(400)
        await calm(stage)
        await stage.until(() => stage.bot.blockAt(stage.at(3, 3, 3)).name === 'air', 'the leaves to be gone')
        for (const place of [[3, 3, 3], [7, 5, 7], [5, 5, 5]]) assert.equal((await stage.block(/** @type {any} */ (place))).name, 'air')
        await stage.until(() => Object.values(stage.bot.entities).some((/** @type {any} */ each) => each.name === 'item'), 'something to lie there')
      }
    },
    {
      name: 'Leaves that were placed stay',
      here: 'as vanilla',
      expectation: 'persistent leaves without a log are there after the same time',
      source: LEAVES,
      play: async (/** @type {Stage} */ stage) => {
        await plantTree(stage, true)
        await stage.fill('air', [5, 0, 5], [5, 4, 5])
        await hurry(stage)
        await stage.skip(400)
        await calm(stage)
        assert.equal((await stage.block([3, 3, 3])).name, 'oak_leaves')
        assert.equal((await stage.block([3, 3, 3])).properties.distance, 7)
      }
    }
  ],
  absent: []
}
