'use strict'

const assert = require('node:assert/strict')
const { propertiesOf } = require('../hands')

/** @typedef {import('../stage').Stage} Stage */

/** Looks at a point and uses the held item. */
async function useAt (/** @type {Stage} */ stage, /** @type {[number, number, number]} */ point) {
  const { bot } = stage
  await bot.lookAt(stage.at(...point), true)
  await bot.waitForTicks(2)
  bot.activateItem()
}
const becomes = (/** @type {Stage} */ stage, /** @type {[number, number, number]} */ place, /** @type {string} */ name) =>
  stage.until(() => stage.bot.blockAt(stage.at(...place)).name === name, `${name} to appear`)

module.exports = {
  title: 'Buckets',
  mechanics: [
    {
      name: 'A bucket takes up a source and pours it out',
      here: 'as vanilla',
      expectation: 'water and lava go into the bucket and out again; flowing water is not taken',
      source: 'minecraft.wiki/w/Bucket',
      play: async (/** @type {Stage} */ stage) => {
        for (const fluid of ['water', 'lava']) {
          await stage.set(fluid, [1, -1, 1])
          await stage.hold('bucket')
          await useAt(stage, [1.5, -0.2, 1.5])
          await stage.until(() => stage.bot.heldItem?.name === `${fluid}_bucket`, 'the full bucket')
          await becomes(stage, [1, -1, 1], 'air')
          await useAt(stage, [1.5, -0.5, 1.5])
          await stage.until(() => stage.bot.heldItem?.name === 'bucket', 'the empty bucket')
          await becomes(stage, [1, -1, 1], fluid)
          await stage.set('stone', [1, -1, 1])
          await stage.operate('clear')
          await stage.until(() => stage.bot.inventory.items().length === 0, 'empty hands')
        }
        await stage.set('water', [1, -1, 1], { level: 3 })
        await stage.hold('bucket')
        await useAt(stage, [1.5, -0.2, 1.5])
        await stage.bot.waitForTicks(5)
        assert.equal(stage.bot.heldItem.name, 'bucket')
      }
    },
    {
      name: 'Water goes into slabs and fences, and out of them',
      here: 'as vanilla',
      expectation: 'a slab is waterlogged by a bucket, and gives the water back',
      source: 'minecraft.wiki/w/Waterlogging',
      play: async (/** @type {Stage} */ stage) => {
        await stage.set('oak_slab', [0, 0, 2], { type: 'bottom' })
        await becomes(stage, [0, 0, 2], 'oak_slab')
        await stage.hold('water_bucket')
        await useAt(stage, [0.5, 0.45, 2.5])
        await stage.until(() => stage.bot.heldItem?.name === 'bucket', 'the empty bucket')
        assert.equal((await propertiesOf(stage, [0, 0, 2])).waterlogged, true)
        await useAt(stage, [0.5, 0.45, 2.5])
        await stage.until(() => stage.bot.heldItem?.name === 'water_bucket', 'the full bucket')
        assert.equal((await propertiesOf(stage, [0, 0, 2])).waterlogged, false)
      }
    },
    {
      name: 'Of several buckets one is filled',
      here: 'as vanilla',
      expectation: 'the full one goes into the inventory',
      source: 'minecraft.wiki/w/Bucket',
      play: async (/** @type {Stage} */ stage) => {
        await stage.set('water', [2, -1, 2])
        await stage.hold('bucket', 3)
        await useAt(stage, [2.5, -0.2, 2.5])
        await stage.until(() => stage.count('water_bucket') === 1 && stage.count('bucket') === 2, 'one full, two empty')
      }
    },
    {
      name: 'A bottle takes water',
      here: 'as vanilla',
      expectation: 'a water bottle, and the water stays',
      source: 'minecraft.wiki/w/Glass_Bottle',
      play: async (/** @type {Stage} */ stage) => {
        await stage.set('water', [2, -1, 2])
        await stage.hold('glass_bottle')
        await useAt(stage, [2.5, -0.2, 2.5])
        await stage.until(() => stage.bot.heldItem?.name === 'potion', 'the bottle')
        assert.equal((await stage.block([2, -1, 2])).name, 'water')
      }
    },
    {
      name: 'Cauldrons',
      here: 'simplified: rain and drips do not fill them, nothing is washed in them',
      expectation: 'a bucket fills one, a bottle takes a third, and only a full one fills a bucket',
      source: 'minecraft.wiki/w/Cauldron',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        const cauldron = () => bot.blockAt(stage.at(2, 0, 2))
        await stage.set('cauldron', [2, 0, 2])
        await stage.hold('water_bucket')
        await bot.activateBlock(cauldron())
        await stage.until(() => cauldron().name === 'water_cauldron' && bot.heldItem?.name === 'bucket', 'the water')
        await bot.activateBlock(cauldron())
        await stage.until(() => cauldron().name === 'cauldron' && bot.heldItem?.name === 'water_bucket', 'the water to be taken back')
        await bot.activateBlock(cauldron())
        await stage.until(() => cauldron().name === 'water_cauldron', 'the water again')
        await stage.hold('glass_bottle')
        await bot.activateBlock(cauldron())
        await stage.until(() => Number(cauldron().getProperties().level) === 2 && bot.heldItem?.name === 'potion', 'a third to be taken')
        await bot.equip(bot.registry.itemsByName.bucket.id, 'hand')
        await bot.activateBlock(cauldron())
        await bot.waitForTicks(5)
        assert.equal(bot.heldItem.name, 'bucket')
      }
    },
    {
      name: 'Powder snow',
      here: 'as vanilla',
      expectation: 'a bucket takes it up and places it',
      source: 'minecraft.wiki/w/Powder_Snow',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await stage.set('powder_snow', [2, 0, 2])
        await stage.hold('bucket')
        await useAt(stage, [2.5, 0.5, 2.3])
        await stage.until(() => bot.heldItem?.name === 'powder_snow_bucket', 'the full bucket')
        await bot.placeBlock(bot.blockAt(stage.at(2, -1, 2)), stage.at(0, 1, 0).minus(stage.at(0, 0, 0)))
        await stage.until(() => bot.heldItem?.name === 'bucket', 'the empty bucket')
      }
    }
  ],
  absent: [{ name: 'Fish, axolotls and tadpoles in buckets' }]
}
