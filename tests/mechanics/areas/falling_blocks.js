'use strict'

const assert = require('node:assert/strict')
const { untilLying } = require('../lying')

const SAND = 'minecraft.wiki/w/Falling_Block'

module.exports = {
  title: 'Blocks that fall',
  mechanics: [
    {
      name: 'Sand without ground falls as an entity',
      here: 'as vanilla',
      expectation: 'sand whose support is dug away is seen falling and is a block again where it lands',
      source: SAND,
      play: async (/** @type {import('../stage').Stage} */ stage) => {
        const { bot } = stage
        await stage.set('stone', [3, 5, 0])
        await stage.set('sand', [3, 6, 0])
        const seen = new Promise(resolve => bot.on('entitySpawn', (/** @type {any} */ entity) => entity.name === 'falling_block' && resolve(true)))
        await stage.set('air', [3, 5, 0])
        await seen
        await stage.until(() => bot.blockAt(stage.at(3, 0, 0))?.name === 'sand', 'the sand to land')
        assert.equal(bot.blockAt(stage.at(3, 6, 0))?.name, 'air')
      }
    },
    {
      name: 'A pillar of gravel comes down whole',
      here: 'as vanilla',
      expectation: 'four gravel above a hole of two lie on each other afterwards',
      source: SAND,
      play: async (/** @type {import('../stage').Stage} */ stage) => {
        await stage.set('stone', [3, 2, 0])
        await stage.fill('gravel', [3, 3, 0], [3, 6, 0])
        await stage.set('air', [3, 2, 0])
        await stage.skip(60)
        for (const height of [0, 1, 2, 3]) assert.equal((await stage.block([3, height, 0])).name, 'gravel')
        assert.equal((await stage.block([3, 4, 0])).name, 'air')
      }
    },
    {
      name: 'Sand that falls on a torch breaks into an item',
      here: 'as vanilla',
      expectation: 'the torch stays and sand lies as an item',
      source: SAND,
      play: async (/** @type {import('../stage').Stage} */ stage) => {
        await stage.set('torch', [3, 0, 0])
        await stage.set('sand', [3, 4, 0])
        await stage.skip(40)
        assert.equal((await stage.block([3, 0, 0])).name, 'torch')
        await untilLying(stage, [3, 0, 0], 'sand')
      }
    },
    {
      name: 'Concrete powder hardens in water',
      here: 'as vanilla',
      expectation: 'powder that falls beside water becomes concrete',
      source: 'minecraft.wiki/w/Concrete_Powder',
      play: async (/** @type {import('../stage').Stage} */ stage) => {
        await stage.set('water', [4, -1, 0])
        await stage.set('air', [3, -1, 0])
        await stage.set('stone', [3, -1, 0])
        await stage.set('air', [3, -1, 0])
        await stage.set('white_concrete_powder', [3, 3, 0])
        await stage.skip(60)
        assert.equal((await stage.block([3, -1, 0])).name, 'white_concrete')
      }
    },
    {
      name: 'A falling anvil hurts and stays an anvil',
      here: 'as vanilla',
      expectation: 'a player below loses health, the anvil (or a chipped one) lies there',
      source: 'minecraft.wiki/w/Anvil',
      play: async (/** @type {import('../stage').Stage} */ stage) => {
        const { bot } = stage
        await stage.set('anvil', [0, 6, 0])
        await stage.until(() => bot.health < 20, 'the anvil to hurt')
        assert.match((await stage.block([0, 0, 0])).name, /anvil$/)
      }
    },
    {
      name: 'Anvils wear by falling',
      here: 'as vanilla',
      expectation: 'of anvils that fall nine blocks some are chipped or damaged, some are not, and the bot sees which',
      source: 'minecraft.wiki/w/Anvil#Becoming_damaged',
      play: async (/** @type {import('../stage').Stage} */ stage) => {
        for (let round = 0; round < 3; round++) {
          for (let x = 3; x <= 8; x++) await stage.operate('set_block', { ...stage.at(x, 9, round * 2), block: 'anvil' })
        }
        await stage.skip(60)
        await stage.bot.waitForTicks(3)
        const names = []
        for (let round = 0; round < 3; round++) for (let x = 3; x <= 8; x++) names.push(stage.bot.blockAt(stage.at(x, 0, round * 2)).name)
        assert.ok(names.every(name => /anvil$/.test(name)), `${names}`)
        const worn = names.filter(name => name !== 'anvil').length
        assert.ok(worn > 0 && worn < names.length, `${worn} of ${names.length} are worn`)
      }
    }
  ],
  absent: [
    { name: 'Suspicious sand and gravel, falling dripstone', here: 'absent' }
  ]
}
