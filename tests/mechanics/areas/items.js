'use strict'

const assert = require('node:assert/strict')
const { goTo } = require('../bodies')

/** @typedef {import('../stage').Stage} Stage */

/** Items the bot sees lying on the stage; on the land below things drop by themselves. @returns {any[]} */
const lying = (/** @type {Stage} */ { bot, at }) => Object.values(bot.entities).filter((/** @type {any} */ entity) =>
  entity.name === 'item' && entity.position.y > at(0, -50, 0).y)

const spawn = (/** @type {Stage} */ stage, /** @type {string} */ item, /** @type {[number, number, number]} */ [x, y, z], count = 1) =>
  stage.operate('spawn_item', { item, count, ...stage.at(x, y, z) })

module.exports = {
  title: 'Items that lie in the world',
  mechanics: [
    {
      name: 'Items are thrown where one looks, and not picked up at once',
      here: 'as vanilla',
      expectation: 'a tossed stack flies off the way the bot looks and can be fetched after two seconds',
      source: 'minecraft.wiki/w/Item_(entity); bot.toss of Mineflayer',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await stage.hold('dirt', 3)
        await bot.look(Math.PI, 0, true)
        await bot.waitForTicks(2)
        await bot.tossStack(bot.heldItem)
        await stage.until(() => lying(stage).length === 1, 'the stack to lie')
        await stage.skip(20)
        assert.equal(stage.count('dirt'), 0)
        await stage.until(() => lying(stage)[0].position.z > stage.at(0, 0, 2).z, 'the stack to fly south')
        await stage.skip(30)
        const { x, z } = lying(stage)[0].position
        await goTo(stage, [x, 0, z])
        await stage.until(() => stage.count('dirt') === 3, 'the stack to be fetched')
      }
    },
    {
      name: 'Stacks join',
      here: 'as vanilla',
      expectation: 'two stacks of one kind become one, of two kinds not, and never more than a whole stack',
      source: 'minecraft.wiki/w/Item_(entity)#Behavior',
      play: async (/** @type {Stage} */ stage) => {
        await spawn(stage, 'dirt', [8.5, 0, 8.5], 30)
        await spawn(stage, 'dirt', [8.7, 0, 8.5], 30)
        await spawn(stage, 'stone', [8.5, 0, 8.6], 5)
        await spawn(stage, 'dirt', [8.6, 0, 8.5], 30)
        await stage.skip(40)
        await stage.until(() => lying(stage).length === 3, 'stacks to join')
        const counts = lying(stage).map(entity => entity.getDroppedItem().count).sort((a, b) => a - b)
        assert.deepEqual(counts, [5, 30, 60])
      }
    },
    {
      name: 'Items vanish after five minutes',
      here: 'as vanilla',
      expectation: 'still there after 5900 ticks, gone after 6000',
      source: 'minecraft.wiki/w/Item_(entity)#Behavior',
      play: async (/** @type {Stage} */ stage) => {
        await spawn(stage, 'dirt', [8.5, 0, 8.5])
        await stage.skip(5900)
        await stage.until(() => lying(stage).length === 1, 'the item')
        await stage.skip(110)
        await stage.until(() => lying(stage).length === 0, 'the item to vanish')
      }
    },
    {
      name: 'Fire and lava eat items, but not netherite',
      here: 'as vanilla',
      expectation: 'dirt burns in lava and in fire, a netherite ingot does not',
      source: 'minecraft.wiki/w/Item_(entity)#Behavior',
      play: async (/** @type {Stage} */ stage) => {
        await stage.fill('stone', [7, -1, 7], [9, 0, 9])
        await stage.set('lava', [8, 0, 8])
        await spawn(stage, 'dirt', [8.5, 0.3, 8.5])
        await spawn(stage, 'netherite_ingot', [8.5, 0.3, 8.5])
        await stage.set('netherrack', [-8, -1, -8])
        await stage.set('fire', [-8, 0, -8])
        await spawn(stage, 'dirt', [-7.5, 0.1, -7.5])
        await stage.skip(100)
        await stage.until(() => lying(stage).length === 1, 'the dirt to burn')
        assert.equal(lying(stage)[0].getDroppedItem().name, 'netherite_ingot')
      }
    },
    {
      name: 'Water lifts items and carries them along',
      here: 'as vanilla',
      expectation: 'an item sunk in still water comes up, one in a stream drifts with it',
      source: 'minecraft.wiki/w/Item_(entity)#Behavior',
      play: async (/** @type {Stage} */ stage) => {
        await stage.fill('stone', [4, 0, 4], [9, 4, 9])
        await stage.fill('water', [5, 0, 5], [8, 3, 8])
        await spawn(stage, 'dirt', [7.5, 0.2, 7.5])
        await stage.skip(200)
        await stage.until(() => lying(stage)[0]?.position.y > stage.at(0, 2, 0).y, 'the item to come up')
        await stage.fill('air', [4, 0, 4], [9, 4, 9])
        await stage.fill('stone', [-10, 0, -6], [-2, 0, -4])
        await stage.fill('air', [-9, 0, -5], [-3, 0, -5])
        await stage.set('water', [-9, 0, -5])
        await stage.skip(60)
        await spawn(stage, 'stone', [-8.5, 0.2, -4.5])
        await stage.skip(200)
        const stone = () => lying(stage).find(entity => entity.getDroppedItem().name === 'stone')
        await stage.until(() => stone()?.position.x > -6, 'the item to drift')
      }
    },
    {
      name: 'A full inventory takes only what fits',
      here: 'as vanilla',
      expectation: 'of ten the four that fit are taken, six stay',
      source: 'minecraft.wiki/w/Item_(entity)#Behavior',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await stage.give('dirt', 35 * 64)
        await stage.give('stone', 60)
        await stage.until(() => stage.count('stone') === 60, 'a full inventory')
        await spawn(stage, 'stone', [0.5, 0.5, 1.2], 10)
        await stage.until(() => stage.count('stone') === 64, 'four to be taken')
        await bot.waitForTicks(10)
        assert.equal(lying(stage)[0].getDroppedItem().count, 6)
      }
    },
    {
      name: 'A block set on an item pushes it out',
      here: 'simplified: in steps twice a second',
      expectation: 'the item lies beside or on the block',
      source: 'minecraft.wiki/w/Item_(entity)#Behavior',
      play: async (/** @type {Stage} */ stage) => {
        await spawn(stage, 'dirt', [8.5, 0, 8.5])
        await stage.skip(20)
        await stage.set('stone', [8, 0, 8])
        await stage.skip(300)
        await stage.until(() => {
          const { x, y, z } = lying(stage)[0].position
          return y >= stage.at(0, 1, 0).y - 0.01 || x < 8 || x > 9 || z < 8 || z > 9
        }, 'the item to be pushed out')
      }
    }
  ],
  absent: []
}
