'use strict'

const assert = require('node:assert/strict')
const { untilLying } = require('../lying')

/** @typedef {import('../stage').Stage} Stage */

const FLUID = 'minecraft.wiki/w/Fluid'
const level = async (/** @type {Stage} */ stage, /** @type {import('../stage').Place} */ place) => (await stage.block(place)).properties.level
const sees = (/** @type {Stage} */ stage, /** @type {import('../stage').Place} */ place, /** @type {string} */ name) =>
  stage.until(() => stage.bot.blockAt(stage.at(...place))?.name === name, `${name} to be seen`)

module.exports = {
  title: 'Water and lava',
  mechanics: [
    {
      name: 'Water spreads seven blocks, a block in five ticks',
      here: 'as vanilla',
      expectation: 'on a flat floor the level is the distance from the source; the eighth block stays dry',
      source: FLUID,
      play: async (/** @type {Stage} */ stage) => {
        await stage.set('water', [-4, 0, 4])
        await stage.skip(9)
        assert.equal((await stage.block([-3, 0, 4])).name, 'water')
        assert.equal((await stage.block([0, 0, 4])).name, 'air')
        await stage.skip(40)
        for (const distance of [1, 4, 7]) assert.equal(await level(stage, [-4 + distance, 0, 4]), distance)
        assert.equal((await stage.block([4, 0, 4])).name, 'air')
        await sees(stage, [3, 0, 4], 'water')
      }
    },
    {
      name: 'Water dries up without its source',
      here: 'as vanilla',
      expectation: 'all flowing water is gone after the source was taken',
      source: FLUID,
      play: async (/** @type {Stage} */ stage) => {
        await stage.set('water', [5, 0, 5])
        await stage.skip(40)
        await sees(stage, [3, 0, 5], 'water')
        await stage.set('air', [5, 0, 5])
        await stage.skip(120)
        await sees(stage, [3, 0, 5], 'air')
        for (const x of [-1, 1, 3, 5, 7, 9]) assert.equal((await stage.block([x, 0, 5])).name, 'air')
      }
    },
    {
      name: 'Water seeks the nearest edge',
      here: 'as vanilla',
      expectation: 'with a hole three blocks away water flows there only, and falls into it',
      source: FLUID,
      play: async (/** @type {Stage} */ stage) => {
        await stage.fill('air', [6, -2, 5], [6, -1, 5])
        await stage.set('water', [3, 0, 5])
        await stage.skip(60)
        assert.equal((await stage.block([4, 0, 5])).name, 'water')
        assert.equal((await stage.block([2, 0, 5])).name, 'air')
        assert.equal((await stage.block([3, 0, 6])).name, 'air')
        assert.equal(await level(stage, [6, -1, 5]), 8)
        await stage.fill('stone', [6, -2, 5], [6, -1, 5])
      }
    },
    {
      name: 'Two sources of water make a third',
      here: 'as vanilla',
      expectation: 'between two sources over stone there is a source',
      source: 'minecraft.wiki/w/Water',
      play: async (/** @type {Stage} */ stage) => {
        await stage.fill('stone', [3, 0, 4], [7, 0, 6])
        await stage.fill('air', [4, 0, 5], [6, 0, 5])
        await stage.set('water', [4, 0, 5])
        await stage.set('water', [6, 0, 5])
        await stage.skip(20)
        assert.deepEqual(await stage.block([5, 0, 5]), { name: 'water', properties: { level: 0 } })
      }
    },
    {
      name: 'Two sources of lava make no third',
      here: 'as vanilla',
      expectation: 'between two sources lava flows',
      source: 'minecraft.wiki/w/Lava',
      play: async (/** @type {Stage} */ stage) => {
        await stage.fill('stone', [3, 0, 4], [7, 0, 6])
        await stage.fill('air', [4, 0, 5], [6, 0, 5])
        await stage.set('lava', [4, 0, 5])
        await stage.set('lava', [6, 0, 5])
        await stage.skip(80)
        assert.deepEqual(await stage.block([5, 0, 5]), { name: 'lava', properties: { level: 2 } })
      }
    },
    {
      name: 'Lava flows slowly and three blocks far',
      here: 'as vanilla',
      expectation: 'a step takes thirty ticks and loses two levels',
      source: 'minecraft.wiki/w/Lava',
      play: async (/** @type {Stage} */ stage) => {
        await stage.set('lava', [5, 0, 5])
        await stage.skip(20)
        assert.equal((await stage.block([6, 0, 5])).name, 'air')
        await stage.skip(110)
        for (const distance of [1, 2, 3]) assert.equal(await level(stage, [5 + distance, 0, 5]), 2 * distance)
        assert.equal((await stage.block([9, 0, 5])).name, 'air')
      }
    },
    {
      name: 'Water on a lava source makes obsidian, on flowing lava cobblestone',
      here: 'as vanilla',
      expectation: 'the source becomes obsidian, the flow beside it cobblestone',
      source: 'minecraft.wiki/w/Obsidian',
      play: async (/** @type {Stage} */ stage) => {
        await stage.fill('stone', [2, 0, 4], [8, 0, 6])
        await stage.fill('air', [3, 0, 5], [7, 0, 5])
        await stage.set('lava', [3, 0, 5])
        await stage.skip(70)
        assert.equal(await level(stage, [4, 0, 5]), 2)
        await stage.set('water', [4, 1, 5])
        await stage.skip(40)
        await sees(stage, [4, 0, 5], 'cobblestone')
        await sees(stage, [3, 0, 5], 'obsidian')
      }
    },
    {
      name: 'Lava that falls on water makes stone',
      here: 'as vanilla',
      expectation: 'the water below becomes stone',
      source: 'minecraft.wiki/w/Stone',
      play: async (/** @type {Stage} */ stage) => {
        await stage.fill('stone', [4, 0, 4], [6, 3, 6])
        await stage.fill('air', [5, 0, 5], [5, 3, 5])
        await stage.set('water', [5, 0, 5])
        await stage.set('lava', [5, 3, 5])
        await stage.skip(120)
        await sees(stage, [5, 0, 5], 'stone')
      }
    },
    {
      name: 'Water washes plants and torches away',
      here: 'as vanilla',
      expectation: 'a torch in the way lies as an item, a slab stays',
      source: FLUID,
      play: async (/** @type {Stage} */ stage) => {
        await stage.set('torch', [6, 0, 5])
        await stage.set('stone_slab', [4, 0, 5])
        await stage.set('water', [5, 0, 5])
        await stage.skip(10)
        await untilLying(stage, [6, 0, 5], 'torch', 1, 7)
        assert.equal((await stage.block([4, 0, 5])).name, 'stone_slab')
      }
    },
    {
      name: 'Lava burns what is loose',
      here: 'as vanilla',
      expectation: 'a torch in the way of lava is gone without an item',
      source: 'minecraft.wiki/w/Lava',
      play: async (/** @type {Stage} */ stage) => {
        await stage.set('torch', [6, 0, 5])
        await stage.set('lava', [5, 0, 5])
        await stage.skip(40)
        assert.equal((await stage.block([6, 0, 5])).name, 'lava')
        await stage.bot.waitForTicks(5)
        assert.equal(Object.values(stage.bot.entities).filter((/** @type {any} */ each) => each.name === 'item').length, 0)
      }
    },
    {
      name: 'A waterlogged block holds its water and gives it off',
      here: 'as vanilla',
      expectation: 'water flows out of a waterlogged fence, and where a waterlogged candle was broken there is a source',
      source: 'minecraft.wiki/w/Waterlogging',
      play: async (/** @type {Stage} */ stage) => {
        await stage.set('oak_fence', [4, 0, 5], { waterlogged: true })
        await stage.skip(20)
        assert.equal((await stage.block([5, 0, 5])).name, 'water')
        await stage.set('candle', [2, 0, 0], { waterlogged: true })
        await stage.until(() => stage.bot.blockAt(stage.at(2, 0, 0)).name === 'candle', 'the candle to be seen')
        await stage.bot.dig(stage.bot.blockAt(stage.at(2, 0, 0)))
        await stage.until(() => stage.bot.blockAt(stage.at(2, 0, 0)).name === 'water', 'the water to be left')
        assert.equal(await level(stage, [2, 0, 0]), 0)
      }
    },
    {
      name: 'What flows, falls, burns and decays is part of a snapshot',
      here: 'our own',
      expectation: 'two runs from one snapshot, taken in the middle of all this, are the same to the last letter, and things went on in them',
      source: 'deterministic simulation',
      play: async (/** @type {Stage} */ stage) => {
        await stage.set('water', [5, 0, 5])
        await stage.set('lava', [-5, 0, 5])
        await stage.fill('white_wool', [4, 0, -6], [8, 2, -6])
        await stage.set('fire', [4, 0, -5])
        await stage.set('gravel', [3, 9, 3])
        await stage.fill('oak_leaves', [-8, 3, -8], [-4, 4, -4], { distance: 1, persistent: false })
        await stage.skip(7)
        await stage.operate('create_snapshot', { name: 'under-way' })
        const run = (/** @type {number} */ ticks) => stage.operate('restore_and_capture', { name: 'under-way', ticks })
        const [before, after, again] = [await run(0), await run(200), await run(200)]
        assert.ok(after === again, 'two runs differ')
        assert.notEqual(JSON.stringify(JSON.parse(before).overlay), JSON.stringify(JSON.parse(after).overlay))
        await stage.bot.waitForTicks(20)
      }
    }
  ],
  absent: [{ name: 'Bubble columns', here: 'absent' }]
}
