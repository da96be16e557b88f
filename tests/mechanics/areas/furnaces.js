'use strict'

const assert = require('node:assert/strict')

/** @typedef {import('../stage').Stage} Stage */

const itemId = (/** @type {Stage} */ { bot }, /** @type {string} */ name) => bot.registry.itemsByName[name].id

/** Opens a furnace of a kind with fuel and one item to smelt in it. */
async function filled (/** @type {Stage} */ stage, /** @type {string} */ block, /** @type {string} */ input, /** @type {string} */ fuel, count = 1) {
  await stage.set(block, [2, 0, 2])
  await stage.give(input, count)
  await stage.give(fuel)
  await stage.until(() => stage.count(fuel) > 0, 'fuel')
  const furnace = await stage.bot.openFurnace(stage.bot.blockAt(stage.at(2, 0, 2)))
  await furnace.putFuel(itemId(stage, fuel), null, 1)
  await furnace.putInput(itemId(stage, input), null, count)
  await stage.bot.waitForTicks(3)
  return furnace
}

/** How long one item takes, to the tick or a few. */
async function smeltsIn (/** @type {Stage} */ stage, /** @type {string} */ block, /** @type {[string, string]} */ [input, output], /** @type {number} */ ticks) {
  const furnace = await filled(stage, block, input, 'coal')
  await stage.until(() => stage.bot.blockAt(stage.at(2, 0, 2)).getProperties().lit === true, 'the fire')
  await stage.skip(ticks - 40)
  await stage.bot.waitForTicks(2)
  assert.equal(furnace.outputItem(), null, 'too early')
  await stage.skip(45)
  await stage.until(() => furnace.outputItem()?.name === output, output)
  furnace.close()
  await stage.operate('clear')
  await stage.set('air', [2, 0, 2])
  await stage.until(() => stage.count('coal') === 0, 'empty hands')
}

module.exports = {
  title: 'Furnaces',
  mechanics: [
    {
      name: 'Smelting time',
      here: 'as vanilla',
      expectation: '200 ticks an item in a furnace, 100 in a smoker and in a blast furnace, and they glow meanwhile',
      source: 'minecraft.wiki/w/Smelting; bot.openFurnace of Mineflayer',
      play: async (/** @type {Stage} */ stage) => {
        await smeltsIn(stage, 'furnace', ['raw_iron', 'iron_ingot'], 200)
        await smeltsIn(stage, 'smoker', ['beef', 'cooked_beef'], 100)
        await smeltsIn(stage, 'blast_furnace', ['raw_gold', 'gold_ingot'], 100)
      }
    },
    {
      name: 'What each smelts',
      here: 'as vanilla',
      expectation: 'a smoker leaves ore as it is, a blast furnace food and sand; neither burns fuel for it',
      source: 'minecraft.wiki/w/Smoker, /w/Blast_Furnace',
      play: async (/** @type {Stage} */ stage) => {
        for (const [block, input] of [['smoker', 'raw_iron'], ['blast_furnace', 'beef'], ['blast_furnace', 'sand']]) {
          const furnace = await filled(stage, block, input, 'coal')
          await stage.skip(210)
          await stage.bot.waitForTicks(3)
          assert.equal(furnace.outputItem(), null)
          assert.equal(furnace.fuelItem().count, 1)
          furnace.close()
          await stage.operate('clear')
          await stage.set('air', [2, 0, 2])
        }
      }
    },
    {
      name: 'Fuel',
      here: 'as vanilla',
      expectation: 'a piece of coal smelts eight items and no ninth; a bucket of lava leaves the bucket',
      source: 'minecraft.wiki/w/Smelting#Fuel',
      play: async (/** @type {Stage} */ stage) => {
        let furnace = await filled(stage, 'furnace', 'cobblestone', 'coal', 9)
        await stage.skip(2000)
        await stage.until(() => furnace.outputItem()?.count === 8 && furnace.inputItem()?.count === 1, 'eight stones')
        furnace.close()
        await stage.operate('clear')
        await stage.set('air', [2, 0, 2])
        furnace = await filled(stage, 'furnace', 'cobblestone', 'lava_bucket')
        await stage.until(() => furnace.fuelItem()?.name === 'bucket', 'the bucket')
        furnace.close()
      }
    },
    {
      name: 'Experience of smelting',
      here: 'as vanilla',
      expectation: 'ten ingots of iron are worth seven points, which come as orbs when they are taken out',
      source: 'minecraft.wiki/w/Smelting#Experience',
      play: async (/** @type {Stage} */ stage) => {
        const furnace = await filled(stage, 'furnace', 'raw_iron', 'coal_block', 10)
        await stage.skip(2100)
        await stage.until(() => furnace.outputItem()?.count === 10, 'the ingots')
        await furnace.takeOutput()
        furnace.close()
        await stage.until(() => stage.bot.experience.points === 7, 'seven points')
        assert.equal(stage.count('iron_ingot'), 10)
      }
    },
    {
      name: 'A fire without fuel lets the work cool down',
      here: 'as vanilla',
      expectation: 'half burnt wood does not suffice: progress goes back when the fire is out',
      source: 'minecraft.wiki/w/Furnace#Smelting',
      play: async (/** @type {Stage} */ stage) => {
        const furnace = await filled(stage, 'furnace', 'cobblestone', 'stick')
        await stage.skip(60)
        await stage.until(() => furnace.progress > 0.3, 'progress')
        await stage.skip(80)
        await stage.until(() => furnace.progress === 0, 'the work to cool')
        assert.equal(furnace.outputItem(), null)
        furnace.close()
      }
    }
  ],
  absent: []
}
