'use strict'

const assert = require('node:assert/strict')

/** @typedef {import('../stage').Stage} Stage */
/** @typedef {import('../stage').Place} Place */

const FIRE = 'minecraft.wiki/w/Fire'
const BURNT_OUT_TICKS = 2400

/** Lights the top of a block with flint and steel. */
async function light (/** @type {Stage} */ stage, /** @type {Place} */ [x, y, z]) {
  const { bot } = stage
  await stage.hold('flint_and_steel')
  await bot.activateBlock(bot.blockAt(stage.at(x, y, z)))
  await stage.until(() => bot.blockAt(stage.at(x, y + 1, z)).name === 'fire', 'the fire to be seen')
}

module.exports = {
  title: 'Fire',
  mechanics: [
    {
      name: 'Flint and steel lights a fire, which dies on bare ground',
      here: 'as vanilla',
      expectation: 'fire on stone is seen and is gone a minute later',
      source: FIRE,
      play: async (/** @type {Stage} */ stage) => {
        await light(stage, [2, -1, 0])
        await stage.skip(BURNT_OUT_TICKS)
        await stage.until(() => stage.bot.blockAt(stage.at(2, 0, 0)).name === 'air', 'the fire to be out')
      }
    },
    {
      name: 'Fire eats what burns and spreads over it',
      here: 'as vanilla',
      expectation: 'of a wall of wool set on fire at one end a third or more is burnt after a while, stone is not',
      source: `${FIRE}#Spread`,
      play: async (/** @type {Stage} */ stage) => {
        await stage.fill('white_wool', [4, 0, 4], [8, 2, 4])
        await stage.set('fire', [4, 0, 5])
        await stage.skip(2500)
        await stage.until(() => stage.bot.blockAt(stage.at(4, 0, 4)).name !== 'white_wool', 'the near end to burn')
        const left = []
        for (let x = 4; x <= 8; x++) for (let y = 0; y <= 2; y++) if ((await stage.block([x, y, 4])).name === 'white_wool') left.push(x)
        assert.ok(left.length <= 10, `${left.length} of 15 left`)
        assert.equal((await stage.block([4, -1, 4])).name, 'stone')
      }
    },
    {
      name: 'Fire on netherrack burns for ever',
      here: 'as vanilla',
      expectation: 'it burns after two minutes still',
      source: FIRE,
      play: async (/** @type {Stage} */ stage) => {
        await stage.set('netherrack', [5, -1, 5])
        await stage.set('fire', [5, 0, 5])
        await stage.skip(2400)
        assert.equal((await stage.block([5, 0, 5])).name, 'fire')
        await stage.set('stone', [5, -1, 5])
        await stage.skip(BURNT_OUT_TICKS)
        assert.equal((await stage.block([5, 0, 5])).name, 'air')
      }
    },
    {
      name: 'Rain puts fire out',
      here: 'as vanilla',
      expectation: 'in the rain a fire beside wood is soon out',
      source: FIRE,
      play: async (/** @type {Stage} */ stage) => {
        await stage.operate('set_weather', { weather: 'rain', ticks: 6000, atOnce: true })
        const { rainsHere } = await stage.operate('get_weather', stage.at(5, 0, 5))
        assert.ok(rainsHere, 'it does not rain on the stage')
        await stage.set('oak_log', [4, 0, 5])
        await stage.set('fire', [5, 0, 5])
        await stage.skip(1200)
        assert.equal((await stage.block([5, 0, 5])).name, 'air')
      }
    },
    {
      name: 'Lava sets wood near it on fire',
      here: 'as vanilla',
      expectation: 'a wooden house around lava burns after some time',
      source: 'minecraft.wiki/w/Lava#Fire_spread',
      play: async (/** @type {Stage} */ stage) => {
        await stage.set('lava', [5, -1, 5])
        await stage.fill('oak_planks', [3, 2, 3], [7, 2, 7])
        await stage.operate('command', { text: '/gamerule randomTickSpeed 100' })
        await stage.skip(1000)
        await stage.operate('command', { text: '/gamerule randomTickSpeed 3' })
        await stage.skip(1200)
        const planks = stage.bot.findBlocks({ matching: stage.bot.registry.blocksByName.oak_planks.id, maxDistance: 16, count: 50 })
        assert.ok(planks.length < 25, 'all planks are there')
      }
    },
    {
      name: 'Fire in the air goes out when what it clings to is gone',
      here: 'as vanilla',
      expectation: 'fire at the side of wool is gone at once when the wool is',
      source: FIRE,
      play: async (/** @type {Stage} */ stage) => {
        await stage.set('white_wool', [5, 4, 5])
        await stage.set('fire', [6, 4, 5])
        await stage.skip(3)
        assert.equal((await stage.block([6, 4, 5])).name, 'fire')
        await stage.set('air', [5, 4, 5])
        await stage.skip(3)
        assert.equal((await stage.block([6, 4, 5])).name, 'air')
      }
    },
    {
      name: 'A fire is put out by a blow',
      here: 'as vanilla',
      expectation: 'digging at a fire takes it away at once',
      source: FIRE,
      play: async (/** @type {Stage} */ stage) => {
        await light(stage, [2, -1, 0])
        await stage.bot.dig(stage.bot.blockAt(stage.at(2, 0, 0)))
        await stage.bot.waitForTicks(4)
        assert.equal((await stage.block([2, 0, 0])).name, 'air')
      }
    }
  ],
  absent: []
}
