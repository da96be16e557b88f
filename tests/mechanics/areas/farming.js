'use strict'

const assert = require('node:assert/strict')
const { untilLying } = require('../lying')

/** @typedef {import('../stage').Stage} Stage */
/** @typedef {import('../stage').Place} Place */

const FARMLAND = 'minecraft.wiki/w/Farmland'
/** Runs ticks in which random ones come far more often, so that what takes an hour takes a second. */
async function hurry (/** @type {Stage} */ stage, /** @type {number} */ ticks, speed = 300) {
  await stage.operate('command', { text: `/gamerule randomTickSpeed ${speed}` })
  await stage.skip(ticks)
  await stage.operate('command', { text: '/gamerule randomTickSpeed 3' })
}

/** A wet field of a crop. */
async function field (/** @type {Stage} */ stage, /** @type {string} */ crop, age = 0) {
  await stage.fill('farmland', [3, -1, 3], [7, -1, 7], { moisture: 7 })
  await stage.set('water', [5, -1, 5])
  await stage.fill(crop, [3, 0, 3], [7, 0, 4], { age })
}

const ages = async (/** @type {Stage} */ stage) => {
  const all = []
  for (let x = 3; x <= 7; x++) for (let z = 3; z <= 4; z++) all.push((await stage.block([x, 0, z])).properties.age)
  return all
}

/** Uses the held item on the top of a block. */
const use = (/** @type {Stage} */ stage, /** @type {Place} */ place) => stage.bot.activateBlock(stage.bot.blockAt(stage.at(...place)))

module.exports = {
  title: 'Farming',
  mechanics: [
    ...[['wheat', 7], ['carrots', 7], ['potatoes', 7], ['beetroots', 3]].map(([crop, ripe]) => ({
      name: `A field of ${crop} ripens by itself`,
      here: 'as vanilla',
      expectation: 'of ten plants on wet farmland several are ripe after some time in the light, and look so',
      source: `minecraft.wiki/w/Tutorials/Crop_farming (${crop})`,
      play: async (/** @type {Stage} */ stage) => {
        await field(stage, String(crop))
        await hurry(stage, 550, 500)
        const grown = await ages(stage)
        assert.ok(grown.filter(age => age === ripe).length >= 3, `ages ${grown}`)
        const { minStateId } = stage.bot.registry.blocksByName[crop]
        const seen = () => [3, 4, 5, 6, 7].filter(x => [3, 4].some(z => stage.bot.blockAt(stage.at(x, 0, z)).stateId === minStateId + Number(ripe)))
        await stage.until(() => seen().length > 0, 'the bot to see it')
      }
    })),
    {
      name: 'Crops grow slowly: a few ticks change nothing',
      here: 'as vanilla',
      expectation: 'in forty ticks at the usual speed hardly any of ten plants is older',
      source: 'minecraft.wiki/w/Wheat_Seeds',
      play: async (/** @type {Stage} */ stage) => {
        await field(stage, 'wheat')
        await stage.skip(40)
        assert.ok((await ages(stage)).filter(age => age > 0).length <= 2)
      }
    },
    {
      name: 'Crops do not grow in the dark',
      here: 'as vanilla',
      expectation: 'under a roof without light wheat pops off its farmland when something changes beside it',
      source: 'minecraft.wiki/w/Wheat_Seeds',
      play: async (/** @type {Stage} */ stage) => {
        await stage.fill('stone', [3, 0, 3], [9, 3, 9])
        await stage.set('farmland', [6, -1, 6], { moisture: 7 })
        await stage.fill('air', [6, 0, 6], [6, 1, 6])
        await stage.set('wheat', [6, 0, 6])
        await stage.skip(10)
        assert.equal((await stage.block([6, 0, 6])).name, 'air')
      }
    },
    {
      name: 'Ripe wheat gives wheat and seeds, unripe only a seed',
      here: 'as vanilla',
      expectation: 'ten ripe plants: ten wheat and ten to forty seeds',
      source: 'minecraft.wiki/w/Wheat',
      play: async (/** @type {Stage} */ stage) => {
        await field(stage, 'wheat', 7)
        await stage.bot.waitForTicks(2)
        await stage.fill('stone', [3, -1, 3], [7, -1, 4])
        await untilLying(stage, [5, 0, 3], 'wheat', 10, 8)
        await untilLying(stage, [5, 0, 3], 'wheat_seeds', 10, 8)
      }
    },
    {
      name: 'Bone meal makes a crop two to five stages older',
      here: 'as vanilla',
      expectation: 'wheat of age 0 is 2 to 5 old after one bone meal, and the bone meal is gone',
      source: 'minecraft.wiki/w/Bone_Meal',
      play: async (/** @type {Stage} */ stage) => {
        await stage.set('farmland', [2, -1, 0], { moisture: 7 })
        await stage.set('wheat', [2, 0, 0])
        await stage.hold('bone_meal', 1)
        await use(stage, [2, 0, 0])
        await stage.until(() => stage.count('bone_meal') === 0, 'the bone meal to be used up')
        const { age } = (await stage.block([2, 0, 0])).properties
        assert.ok(age >= 2 && age <= 5, `age ${age}`)
      }
    },
    {
      name: 'Farmland is wet within four blocks of water, and dries without',
      here: 'as vanilla',
      expectation: 'dry farmland four blocks from water becomes wet, five blocks from it dirt',
      source: FARMLAND,
      play: async (/** @type {Stage} */ stage) => {
        await stage.set('water', [0, -1, 5])
        await stage.set('farmland', [4, -1, 5], { moisture: 0 })
        await stage.set('farmland', [5, -1, 5], { moisture: 0 })
        await hurry(stage, 300)
        assert.deepEqual(await stage.block([4, -1, 5]), { name: 'farmland', properties: { moisture: 7 } })
        await stage.until(() => stage.bot.blockAt(stage.at(5, -1, 5)).name === 'dirt', 'dry farmland to be dirt')
      }
    },
    {
      name: 'Rain wets farmland',
      here: 'as vanilla',
      expectation: 'dry farmland under the open sky is wet after a rain',
      source: FARMLAND,
      play: async (/** @type {Stage} */ stage) => {
        await stage.operate('set_weather', { weather: 'rain', ticks: 6000, atOnce: true })
        await stage.set('farmland', [5, -1, 5], { moisture: 1 })
        await stage.set('wheat', [5, 0, 5])
        const { rainsHere } = await stage.operate('get_weather', stage.at(5, 0, 5))
        await hurry(stage, 160)
        assert.equal((await stage.block([5, -1, 5])).properties.moisture, rainsHere ? 7 : 0)
      }
    },
    {
      name: 'A fall tramples farmland, and its crop pops off',
      here: 'as vanilla',
      expectation: 'after a fall of two blocks there is dirt, and a seed lies there or was picked up',
      source: `${FARMLAND}#Trampling`,
      play: async (/** @type {Stage} */ stage) => {
        await stage.fill('farmland', [-1, -1, -1], [1, -1, 1], { moisture: 7 })
        await stage.fill('wheat', [-1, 0, -1], [1, 0, 1])
        await stage.operate('teleport', stage.at(0.5, 3, 0.5))
        await stage.until(() => stage.bot.blockAt(stage.at(0, -1, 0)).name === 'dirt', 'the farmland to be dirt')
        await stage.until(() => stage.count('wheat_seeds') === 1, 'a seed')
      }
    },
    {
      name: 'Melon and pumpkin stems bear fruit beside them',
      here: 'as vanilla',
      expectation: 'a grown stem has its fruit on the ground beside it and turns to it; when the fruit is taken it is a stem again',
      source: 'minecraft.wiki/w/Melon_Seeds',
      play: async (/** @type {Stage} */ stage) => {
        await stage.fill('dirt', [4, -1, 4], [6, -1, 6])
        await stage.set('farmland', [5, -1, 5], { moisture: 7 })
        await stage.set('water', [5, -2, 5])
        await stage.set('melon_stem', [5, 0, 5], { age: 7 })
        await hurry(stage, 600, 600)
        await stage.until(() => stage.bot.blockAt(stage.at(5, 0, 5)).name === 'attached_melon_stem', 'the stem to bear')
        const { facing } = (await stage.block([5, 0, 5])).properties
        const [dx, dz] = /** @type {any} */ ({ north: [0, -1], south: [0, 1], west: [-1, 0], east: [1, 0] })[facing]
        assert.equal((await stage.block([5 + dx, 0, 5 + dz])).name, 'melon')
        await stage.set('air', [5 + dx, 0, 5 + dz])
        await stage.until(() => stage.bot.blockAt(stage.at(5, 0, 5)).name === 'melon_stem', 'the stem to be free')
      }
    },
    {
      name: 'Sweet berries ripen and are left by the bush',
      here: 'as vanilla',
      expectation: 'a young bush is full grown after some time; broken then it gives two to three berries',
      source: 'minecraft.wiki/w/Sweet_Berries',
      play: async (/** @type {Stage} */ stage) => {
        await stage.set('grass_block', [5, -1, 5])
        await stage.set('sweet_berry_bush', [5, 0, 5])
        await hurry(stage, 700, 400)
        assert.equal((await stage.block([5, 0, 5])).properties.age, 3)
        await stage.set('stone', [5, -1, 5])
        await untilLying(stage, [5, 0, 5], 'sweet_berries', 2)
      }
    }
  ],
  absent: [{ name: 'Torchflowers, pitcher plants, cave vines and chorus grow', here: 'absent' }]
}
