'use strict'

const assert = require('node:assert/strict')
const { requireFromServer } = require('../../mc_server/embedded_harness')
const { countLying, untilLying } = require('../lying')
const { Vec3 } = requireFromServer('vec3')

/** @typedef {import('../stage').Stage} Stage */
/** @typedef {import('../stage').Place} Place */

const page = (/** @type {string} */ name) => `minecraft.wiki/w/${name}`

/** Runs ticks in which random ones come far more often, so that what takes an hour takes a second. */
async function hurry (/** @type {Stage} */ stage, /** @type {number} */ ticks, speed = 300) {
  await stage.operate('command', { text: `/gamerule randomTickSpeed ${speed}` })
  await stage.skip(ticks)
  await stage.operate('command', { text: '/gamerule randomTickSpeed 3' })
}

/** Uses the held item on a block, as often as said. */
async function use (/** @type {Stage} */ stage, /** @type {Place} */ place, times = 1) {
  for (let time = 0; time < times; time++) {
    await stage.bot.activateBlock(stage.bot.blockAt(stage.at(...place)))
    await stage.bot.waitForTicks(3)
  }
}

const name = async (/** @type {Stage} */ stage, /** @type {Place} */ place) => (await stage.block(place)).name

module.exports = {
  title: 'Small plants',
  mechanics: [
    {
      name: 'Cocoa grows on jungle logs',
      here: 'as vanilla',
      expectation: 'beans hang at the side of a jungle log and at no other; they ripen and then give three; without the log they fall',
      source: page('Cocoa_Beans'),
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await stage.set('jungle_log', [2, 1, 0])
        await stage.set('oak_log', [0, 1, 2])
        await stage.hold('cocoa_beans', 4)
        await bot.placeBlock(bot.blockAt(stage.at(2, 1, 0)), new Vec3(-1, 0, 0))
        assert.deepEqual(await stage.block([1, 1, 0]), { name: 'cocoa', properties: { age: 0, facing: 'east' } })
        await assert.rejects(bot.placeBlock(bot.blockAt(stage.at(0, 1, 2)), new Vec3(0, 0, -1)))
        await hurry(stage, 400)
        await stage.until(() => bot.blockAt(stage.at(1, 1, 0)).getProperties().age === '2', 'ripe beans')
        await stage.set('air', [2, 1, 0])
        await stage.until(() => stage.count('cocoa_beans') + countLying(stage, [1, 1, 0], 'cocoa_beans') === 6, 'three beans')
      }
    },
    {
      name: 'Nether wart grows on soul sand',
      here: 'as vanilla',
      expectation: 'it cannot be planted on dirt; on soul sand it ripens, also in the dark, bone meal is no help, and it gives two to four',
      source: page('Nether_Wart'),
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await stage.set('dirt', [2, -1, 2])
        await stage.set('soul_sand', [2, -1, 0])
        await stage.hold('nether_wart', 2)
        await assert.rejects(bot.placeBlock(bot.blockAt(stage.at(2, -1, 2)), new Vec3(0, 1, 0)))
        await bot.placeBlock(bot.blockAt(stage.at(2, -1, 0)), new Vec3(0, 1, 0))
        await stage.fill('stone', [1, 1, -1], [3, 1, 1])
        await stage.hold('bone_meal', 2)
        await use(stage, [2, 0, 0])
        assert.equal((await stage.block([2, 0, 0])).properties.age, 0)
        assert.equal(stage.count('bone_meal'), 2)
        await hurry(stage, 800)
        await stage.until(() => bot.blockAt(stage.at(2, 0, 0)).getProperties().age === '3', 'ripe wart')
        await bot.dig(bot.blockAt(stage.at(2, 0, 0)))
        await stage.bot.waitForTicks(5)
        const found = stage.count('nether_wart') - 1 + countLying(stage, [2, 0, 0], 'nether_wart')
        assert.ok(found >= 2 && found <= 4, `${found} nether wart`)
      }
    },
    {
      name: 'Bone meal makes grass and fern tall',
      here: 'as vanilla',
      expectation: 'short grass and a fern become two blocks high; under a roof nothing happens and nothing is spent',
      source: page('Bone_Meal'),
      play: async (/** @type {Stage} */ stage) => {
        await stage.fill('grass_block', [1, -1, 1], [3, -1, 1])
        await stage.set('short_grass', [1, 0, 1])
        await stage.set('fern', [2, 0, 1])
        await stage.set('short_grass', [3, 0, 1])
        await stage.set('stone', [3, 1, 1])
        await stage.hold('bone_meal', 8)
        for (const x of [1, 2, 3]) await use(stage, [x, 0, 1])
        const halves = [await name(stage, [1, 1, 1]), await name(stage, [2, 1, 1]), await name(stage, [3, 0, 1])]
        assert.deepEqual(halves, ['tall_grass', 'large_fern', 'short_grass'])
        assert.equal(stage.count('bone_meal'), 6)
        assert.equal(stage.bot.blockAt(stage.at(1, 1, 1)).getProperties().half, 'upper')
      }
    },
    {
      name: 'Bone meal adds petals and doubles tall flowers',
      here: 'as vanilla',
      expectation: 'one petal becomes four, then petals fall as an item; a rose bush gives another one of itself; a small flower gives nothing',
      source: page('Bone_Meal'),
      play: async (/** @type {Stage} */ stage) => {
        await stage.fill('grass_block', [1, -1, 1], [3, -1, 1])
        await stage.set('pink_petals', [1, 0, 1])
        for (const [y, half] of /** @type {[number, string][]} */ ([[1, 'upper'], [0, 'lower']])) {
          await stage.operate('set_block', { ...stage.at(2, y, 1), block: 'rose_bush', properties: { half } })
        }
        await stage.set('poppy', [3, 0, 1])
        await stage.hold('bone_meal', 16)
        await use(stage, [1, 0, 1], 3)
        assert.equal((await stage.block([1, 0, 1])).properties.flower_amount, 4)
        await use(stage, [1, 0, 1])
        await stage.until(() => stage.count('pink_petals') + countLying(stage, [1, 0, 1], 'pink_petals') === 1, 'petals')
        await use(stage, [2, 0, 1])
        await stage.until(() => stage.count('rose_bush') + countLying(stage, [2, 0, 1], 'rose_bush') === 1, 'a rose bush')
        const left = stage.count('bone_meal')
        await use(stage, [3, 0, 1])
        assert.equal(stage.count('bone_meal'), left)
      }
    },
    {
      name: 'Creatures trample farmland',
      here: 'as vanilla',
      expectation: 'a cow that falls from four blocks makes dirt of it and the crop pops off; a chicken, which is small, does not',
      source: 'minecraft.wiki/w/Farmland#Trampling',
      play: async (/** @type {Stage} */ stage) => {
        await stage.fill('farmland', [4, -1, 4], [6, -1, 6], { moisture: 7 })
        await stage.fill('wheat', [4, 0, 4], [6, 0, 6], { age: 7 })
        await stage.fill('farmland', [-6, -1, -6], [-4, -1, -4], { moisture: 7 })
        await stage.summon('chicken', [-5, 5, -5])
        await stage.summon('cow', [5, 6, 5])
        await stage.skip(60)
        await stage.until(() => stage.bot.blockAt(stage.at(5, -1, 5)).name === 'dirt', 'the farmland to be dirt')
        await untilLying(stage, [5, 0, 5], 'wheat')
        assert.equal(await name(stage, [-5, -1, -5]), 'farmland')
      }
    }
  ],
  absent: []
}
