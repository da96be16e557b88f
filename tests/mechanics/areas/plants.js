'use strict'

const assert = require('node:assert/strict')
const { untilLying } = require('../lying')

/** @typedef {import('../stage').Stage} Stage */
/** @typedef {import('../stage').Place} Place */

/** Runs ticks in which random ones come far more often, so that what takes an hour takes a second. */
async function hurry (/** @type {Stage} */ stage, /** @type {number} */ ticks, speed = 300) {
  await stage.operate('command', { text: `/gamerule randomTickSpeed ${speed}` })
  await stage.skip(ticks)
  await stage.operate('command', { text: '/gamerule randomTickSpeed 3' })
}

const page = (/** @type {string} */ name) => `minecraft.wiki/w/${name}`

/** Uses bone meal on a place until something is true. */
async function feed (/** @type {Stage} */ stage, /** @type {Place} */ place, /** @type {() => boolean} */ done) {
  await stage.hold('bone_meal', 64)
  for (let round = 0; round < 40 && !done(); round++) {
    await stage.bot.activateBlock(stage.bot.blockAt(stage.at(...place)))
    await stage.bot.waitForTicks(3)
  }
  assert.ok(done(), 'forty uses of bone meal did not do it')
}

module.exports = {
  title: 'Plants',
  mechanics: [
    ...['oak', 'birch', 'spruce', 'jungle', 'acacia', 'cherry'].map(kind => ({
      name: `Bone meal makes a tree of a sapling (${kind})`,
      here: 'simplified: shapes of our own',
      expectation: 'after some bone meal there is a log in the sapling\'s place and leaves above, near enough to stay',
      source: page('Sapling'),
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await stage.set('grass_block', [3, -1, 0])
        await stage.set(`${kind}_sapling`, [3, 0, 0])
        await feed(stage, [3, 0, 0], () => bot.blockAt(stage.at(3, 0, 0)).name === `${kind}_log`)
        const leaves = bot.findBlocks({ matching: bot.registry.blocksByName[`${kind}_leaves`].id, maxDistance: 24, count: 200 })
        assert.ok(leaves.length >= 10, `${leaves.length} leaves`)
        await stage.skip(40)
        for (const { x, y, z } of leaves) {
          const { name, properties } = await stage.operate('get_block', { x, y, z })
          if (name === `${kind}_leaves`) assert.ok(properties.distance < 7 && !properties.persistent)
        }
        await stage.operate('fill', { from: [-12, 200, -12], to: [16, 224, 12], block: 'air' })
      }
    })),
    {
      name: 'Four dark oak saplings make one tree, one alone none',
      here: 'simplified: shapes of our own',
      expectation: 'a single sapling stays one; in a square they become a trunk of two by two',
      source: page('Dark_oak'),
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await stage.fill('dirt', [3, -1, 0], [4, -1, 1])
        await stage.set('dark_oak_sapling', [3, 0, 0])
        await stage.hold('bone_meal', 16)
        for (let round = 0; round < 10; round++) await bot.activateBlock(bot.blockAt(stage.at(3, 0, 0)))
        await bot.waitForTicks(3)
        assert.equal(bot.blockAt(stage.at(3, 0, 0)).name, 'dark_oak_sapling')
        await stage.fill('dark_oak_sapling', [3, 0, 0], [4, 0, 1])
        await feed(stage, [3, 0, 0], () => bot.blockAt(stage.at(3, 0, 0)).name === 'dark_oak_log')
        assert.equal((await stage.block([4, 1, 1])).name, 'dark_oak_log')
        await stage.operate('fill', { from: [-12, 200, -12], to: [16, 224, 12], block: 'air' })
      }
    },
    ...['spruce', 'jungle'].map(kind => ({
      name: `Four saplings make a giant tree (${kind})`,
      here: 'simplified: shapes of our own; no podzol around a spruce',
      expectation: 'four in a square become a trunk of two by two, higher than ten blocks, whose leaves stay',
      source: page('Sapling'),
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await stage.fill('dirt', [3, -1, 0], [4, -1, 1])
        await stage.fill(`${kind}_sapling`, [3, 0, 0], [4, 0, 1])
        await feed(stage, [3, 0, 0], () => bot.blockAt(stage.at(3, 0, 0)).name === `${kind}_log`)
        for (const place of /** @type {Place[]} */ ([[4, 0, 1], [3, 10, 0], [4, 10, 1]])) assert.equal((await stage.block(place)).name, `${kind}_log`)
        const leaves = bot.findBlocks({ matching: bot.registry.blocksByName[`${kind}_leaves`].id, maxDistance: 40, count: 400 })
        assert.ok(leaves.length >= 40, `${leaves.length} leaves`)
        await stage.skip(40)
        for (const { x, y, z } of leaves) {
          const { name, properties } = await stage.operate('get_block', { x, y, z })
          assert.ok(name === `${kind}_leaves` && properties.distance < 7)
        }
        await stage.operate('fill', { from: [-12, 200, -12], to: [16, 234, 12], block: 'air' })
      }
    })),
    {
      name: 'A sapling grows by itself in the light, not in the dark',
      here: 'as vanilla',
      expectation: 'after a while the sapling in the open is a tree, the one under a roof is not',
      source: page('Sapling'),
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await stage.fill('stone', [-9, 0, -9], [-5, 9, -5])
        await stage.fill('air', [-7, 0, -7], [-7, 8, -7])
        for (const place of /** @type {Place[]} */ ([[5, -1, 5], [-7, -1, -7]])) await stage.set('dirt', place)
        await stage.set('birch_sapling', [5, 0, 5])
        await stage.set('birch_sapling', [-7, 0, -7])
        await hurry(stage, 700, 400)
        await stage.until(() => bot.blockAt(stage.at(5, 0, 5)).name === 'birch_log', 'the sapling in the light to be a tree')
        assert.equal((await stage.block([-7, 0, -7])).name, 'birch_sapling')
      }
    },
    {
      name: 'Sugar cane and cactus grow to three',
      here: 'as vanilla',
      expectation: 'both are three high after a long time and no higher',
      source: page('Sugar_Cane'),
      play: async (/** @type {Stage} */ stage) => {
        await stage.set('water', [4, -1, 5])
        await stage.set('sand', [5, -1, 5])
        await stage.set('sugar_cane', [5, 0, 5])
        await stage.set('sand', [-5, -1, 5])
        await stage.set('cactus', [-5, 0, 5])
        await hurry(stage, 700, 360)
        for (const [name, x] of /** @type {[string, number][]} */ ([['sugar_cane', 5], ['cactus', -5]])) {
          await stage.until(() => stage.bot.blockAt(stage.at(x, 2, 5)).name === name, `${name} three high`)
          assert.equal((await stage.block([x, 3, 5])).name, 'air')
        }
      }
    },
    {
      name: 'Sugar cane wants water beside it, and falls as a whole',
      here: 'as vanilla',
      expectation: 'when the water is gone and something beside the cane changes all three drop',
      source: page('Sugar_Cane'),
      play: async (/** @type {Stage} */ stage) => {
        await stage.set('water', [4, -1, 5])
        await stage.set('dirt', [5, -1, 5])
        await stage.fill('sugar_cane', [5, 0, 5], [5, 2, 5])
        await stage.skip(5)
        assert.equal((await stage.block([5, 2, 5])).name, 'sugar_cane')
        await stage.set('stone', [4, -1, 5])
        await stage.set('stone', [6, 0, 5])
        await untilLying(stage, [5, 0, 5], 'sugar_cane', 3)
      }
    },
    {
      name: 'A cactus with something solid beside it breaks',
      here: 'as vanilla',
      expectation: 'stone put beside a cactus makes an item of it',
      source: page('Cactus'),
      play: async (/** @type {Stage} */ stage) => {
        await stage.set('sand', [5, -1, 5])
        await stage.set('cactus', [5, 0, 5])
        await stage.skip(5)
        assert.equal((await stage.block([5, 0, 5])).name, 'cactus')
        await stage.set('stone', [6, 0, 5])
        await untilLying(stage, [5, 0, 5], 'cactus')
      }
    },
    {
      name: 'Bamboo grows',
      here: 'simplified: without leaning and thickening',
      expectation: 'a shoot is several blocks high after a while, with leaves at its top',
      source: page('Bamboo'),
      play: async (/** @type {Stage} */ stage) => {
        await stage.set('dirt', [5, -1, 5])
        await stage.set('bamboo_sapling', [5, 0, 5])
        await hurry(stage, 500)
        await stage.until(() => stage.bot.blockAt(stage.at(5, 3, 5)).name === 'bamboo', 'bamboo four high')
      }
    },
    {
      name: 'Kelp grows in water',
      here: 'as vanilla',
      expectation: 'kelp in a column of water sources is higher after a while',
      source: page('Kelp'),
      play: async (/** @type {Stage} */ stage) => {
        await stage.fill('glass', [4, 0, 4], [6, 6, 6])
        await stage.fill('water', [5, 0, 5], [5, 6, 5])
        await stage.set('kelp', [5, 0, 5])
        await hurry(stage, 500, 400)
        await stage.until(() => stage.bot.blockAt(stage.at(5, 1, 5)).name.startsWith('kelp'), 'kelp')
        assert.equal((await stage.block([5, 0, 5])).name, 'kelp_plant')
      }
    },
    {
      name: 'Kelp and vines go when what they hold to goes',
      here: 'as vanilla',
      expectation: 'kelp breaks from the bottom to the top; vines on leaves hang there, and fall when the leaves are gone',
      source: page('Vines'),
      play: async (/** @type {Stage} */ stage) => {
        await stage.fill('glass', [4, 0, 4], [6, 6, 6])
        await stage.fill('water', [5, 0, 5], [5, 6, 5])
        await stage.fill('kelp_plant', [5, 0, 5], [5, 4, 5])
        await stage.set('kelp', [5, 5, 5])
        await stage.set('oak_leaves', [-5, 4, 5], { persistent: true })
        await stage.fill('vine', [-5, 3, 4], [-5, 4, 4], { south: true, east: false, north: false, west: false, up: false })
        await stage.skip(10)
        assert.equal((await stage.block([5, 5, 5])).name, 'kelp')
        assert.equal((await stage.block([-5, 3, 4])).name, 'vine')
        await stage.set('water', [5, 0, 5])
        await stage.set('air', [-5, 4, 5])
        await stage.skip(10)
        await stage.until(() => stage.bot.blockAt(stage.at(5, 5, 5)).name === 'water', 'the kelp to go')
        for (const height of [3, 4]) assert.equal((await stage.block([-5, height, 4])).name, 'air')
      }
    },
    {
      name: 'Vines and mushrooms spread',
      here: 'simplified: vines downwards only',
      expectation: 'of nine vines some are longer after a while; in a dark room three mushrooms become four or five',
      source: page('Mushroom'),
      play: async (/** @type {Stage} */ stage) => {
        await stage.fill('stone', [-9, 0, -9], [-3, 3, -3])
        await stage.fill('air', [-8, 0, -8], [-4, 1, -4])
        await stage.fill('brown_mushroom', [-7, 0, -6], [-5, 0, -6])
        await stage.fill('stone', [0, 4, 5], [8, 4, 5])
        await stage.fill('vine', [0, 4, 4], [8, 4, 4], { south: true, east: false, north: false, west: false, up: false })
        await hurry(stage, 700, 500)
        const longer = []
        for (let x = 0; x <= 8; x++) if ((await stage.block([x, 3, 4])).name === 'vine') longer.push(x)
        assert.ok(longer.length > 0, 'no vine is longer')
        const mushrooms = []
        for (let x = -8; x <= -4; x++) for (let z = -8; z <= -4; z++) if ((await stage.block([x, 0, z])).name === 'brown_mushroom') mushrooms.push(x)
        assert.ok(mushrooms.length >= 4 && mushrooms.length <= 6, `${mushrooms.length} mushrooms`)
      }
    },
    {
      name: 'Grass spreads to dirt in the light and dies under a block',
      here: 'simplified: only in and beside columns that were built in',
      expectation: 'some dirt around grass is grass after a while; grass under stone is dirt',
      source: page('Grass_Block'),
      play: async (/** @type {Stage} */ stage) => {
        await stage.fill('dirt', [3, -1, 3], [6, -1, 6])
        await stage.set('grass_block', [4, -1, 4])
        await stage.set('grass_block', [-5, -1, 5])
        await stage.set('stone', [-5, 0, 5])
        await hurry(stage, 300)
        const greened = () => [3, 4, 5, 6].flatMap(x => [3, 4, 5, 6].map(z => stage.bot.blockAt(stage.at(x, -1, z)).name)).filter(name => name === 'grass_block')
        await stage.until(() => greened().length > 1, 'some dirt to be grass')
        assert.equal((await stage.block([-5, -1, 5])).name, 'dirt')
      }
    },
    {
      name: 'Bone meal on grass brings up grass and flowers',
      here: 'simplified: flowers of few biomes',
      expectation: 'on a lawn several plants stand after one bone meal',
      source: page('Bone_Meal'),
      play: async (/** @type {Stage} */ stage) => {
        await stage.fill('grass_block', [-8, -1, -8], [8, -1, 8])
        await stage.hold('bone_meal', 1)
        await stage.bot.activateBlock(stage.bot.blockAt(stage.at(2, -1, 0)))
        await stage.until(() => stage.count('bone_meal') === 0, 'the bone meal to be used up')
        await stage.bot.waitForTicks(3)
        const plants = ['short_grass', 'tall_grass', 'dandelion', 'poppy'].map(name => stage.bot.registry.blocksByName[name].id)
        assert.ok(stage.bot.findBlocks({ matching: plants, maxDistance: 12, count: 50 }).length >= 5)
      }
    },
    {
      name: 'Ice and snow melt beside a light',
      here: 'simplified: only in and beside columns that were built in',
      expectation: 'ice beside a glowstone becomes water, snow beside it goes; far from it they stay',
      source: page('Ice'),
      play: async (/** @type {Stage} */ stage) => {
        await stage.set('glowstone', [5, 0, 5])
        await stage.set('ice', [5, -1, 5])
        await stage.set('snow', [6, 0, 5])
        await stage.set('snow', [-9, 0, -9])
        await hurry(stage, 200)
        await stage.until(() => stage.bot.blockAt(stage.at(5, -1, 5)).name === 'water', 'the ice to melt')
        assert.equal((await stage.block([6, 0, 5])).name, 'air')
        assert.equal((await stage.block([-9, 0, -9])).name, 'snow')
      }
    }
  ],
  absent: [
    { name: 'Glow lichen spreads; huge mushrooms; mangroves and azaleas grow', here: 'absent' }
  ]
}
