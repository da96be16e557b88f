'use strict'

const assert = require('node:assert/strict')
const { put, pickUp } = require('../hands')

/** @typedef {import('../stage').Stage} Stage */
/** @typedef {[number, string, number?]} Cell slot of the window, item, count */

const itemId = (/** @type {Stage} */ { bot }, /** @type {string} */ name) => bot.registry.itemsByName[name].id

/** Crafts with Mineflayer's own crafting. */
async function craft (/** @type {Stage} */ stage, /** @type {string} */ name, count = 1, /** @type {any} */ table = null) {
  const [recipe] = stage.bot.recipesFor(itemId(stage, name), null, 1, table)
  assert.ok(recipe, `a recipe for ${name}`)
  await stage.bot.craft(recipe, count, table)
}

/** A crafting table that stands, as a block. */
async function placeTable (/** @type {Stage} */ stage) {
  await stage.set('crafting_table', [2, 0, 2])
  return stage.bot.blockAt(stage.at(2, 0, 2))
}

/** Opens the table, lays one of each item of the inventory into cells, and takes what comes of it. */
async function lay (/** @type {Stage} */ stage, /** @type {[number, string][]} */ cells) {
  const { bot } = stage
  const window = await bot.openBlock(await placeTable(stage))
  for (const [cell, name] of cells) {
    const from = window.slots.findIndex((/** @type {any} */ item, /** @type {number} */ slot) => slot > 9 && item?.name === name)
    await bot.clickWindow(from, 0, 0)
    await bot.clickWindow(cell, 1, 0)
    if (window.selectedItem) await bot.clickWindow(from, 0, 0)
  }
  await bot.waitForTicks(3)
  return window
}

module.exports = {
  title: 'Crafting',
  mechanics: [
    {
      name: 'By hand, in two by two cells',
      here: 'as vanilla',
      expectation: 'a log becomes four planks, two planks four sticks, four planks a table',
      source: 'minecraft.wiki/w/Crafting; bot.craft of Mineflayer',
      play: async (/** @type {Stage} */ stage) => {
        await stage.give('birch_log', 2)
        await stage.until(() => stage.count('birch_log') === 2, 'the logs')
        await craft(stage, 'birch_planks', 2)
        assert.equal(stage.count('birch_planks'), 8)
        await craft(stage, 'stick', 1)
        await craft(stage, 'crafting_table', 1)
        assert.deepEqual([stage.count('stick'), stage.count('crafting_table'), stage.count('birch_planks')], [4, 1, 2])
      }
    },
    {
      name: 'At a table, in three by three cells',
      here: 'as vanilla',
      expectation: 'a pickaxe, a chest and bread; not without the table',
      source: 'minecraft.wiki/w/Crafting_Table; bot.craft of Mineflayer',
      play: async (/** @type {Stage} */ stage) => {
        for (const [item, count] of /** @type {[string, number][]} */ ([['oak_planks', 11], ['stick', 2], ['wheat', 6]])) await stage.give(item, count)
        await stage.until(() => stage.count('wheat') === 6, 'the ingredients')
        assert.deepEqual(stage.bot.recipesFor(itemId(stage, 'chest'), null, 1, null), [])
        const table = await placeTable(stage)
        await craft(stage, 'wooden_pickaxe', 1, table)
        await craft(stage, 'chest', 1, table)
        await craft(stage, 'bread', 2, table)
        assert.deepEqual([stage.count('wooden_pickaxe'), stage.count('chest'), stage.count('bread'), stage.count('wheat')], [1, 1, 2, 0])
      }
    },
    {
      name: 'Buckets and bottles stay',
      here: 'as vanilla',
      expectation: 'a cake leaves its three buckets',
      source: 'minecraft.wiki/w/Cake',
      play: async (/** @type {Stage} */ stage) => {
        for (const [item, count] of /** @type {[string, number][]} */ ([['sugar', 2], ['egg', 1], ['wheat', 3]])) await stage.give(item, count)
        for (let bucket = 0; bucket < 3; bucket++) await stage.give('milk_bucket')
        await stage.until(() => stage.count('milk_bucket') === 3, 'the milk')
        await craft(stage, 'cake', 1, await placeTable(stage))
        await stage.until(() => stage.count('cake') === 1 && stage.count('bucket') === 3, 'a cake and three buckets')
      }
    },
    {
      name: 'Woods may be mixed',
      here: 'as vanilla',
      expectation: 'a chest of oak and birch, a furnace of cobblestone and blackstone; stairs want one kind',
      source: 'minecraft.wiki/w/Chest#Crafting, /w/Furnace#Crafting',
      play: async (/** @type {Stage} */ stage) => {
        for (const item of ['oak_planks', 'birch_planks', 'cobblestone', 'blackstone']) await stage.give(item, 8)
        await stage.until(() => stage.count('blackstone') === 8, 'the ingredients')
        const ring = [1, 2, 3, 4, 6, 7, 8, 9]
        const mix = async (/** @type {[string, string]} */ kinds, cells = ring) =>
          lay(stage, cells.map((cell, index) => /** @type {[number, string]} */ ([cell, kinds[index % 2]])))
        let window = await mix(['oak_planks', 'birch_planks'])
        assert.equal(window.slots[0]?.name, 'chest')
        await stage.bot.closeWindow(window)
        window = await mix(['cobblestone', 'blackstone'])
        assert.equal(window.slots[0]?.name, 'furnace')
        await stage.bot.closeWindow(window)
        window = await mix(['oak_planks', 'birch_planks'], [1, 4, 5, 7, 8, 9])
        assert.equal(window.slots[0], null)
        await stage.bot.closeWindow(window)
      }
    },
    {
      name: 'Two worn tools make one',
      here: 'as vanilla',
      expectation: 'what both have left and five in a hundred more',
      source: 'minecraft.wiki/w/Item_repair',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await stage.hold('wooden_hoe')
        for (let used = 0; used < 10; used++) {
          await stage.set('dirt', [2, 0, 2])
          await bot.activateBlock(bot.blockAt(stage.at(2, 0, 2)))
          await stage.until(() => bot.heldItem?.durabilityUsed === used + 1, 'the hoe to wear')
        }
        await stage.give('wooden_hoe')
        await stage.until(() => stage.count('wooden_hoe') === 2, 'the second hoe')
        const window = await bot.openBlock(await placeTable(stage))
        for (const cell of [1, 2]) {
          const from = window.slots.findIndex((/** @type {any} */ item, /** @type {number} */ slot) => slot > 9 && item?.name === 'wooden_hoe')
          await bot.clickWindow(from, 0, 0)
          await bot.clickWindow(cell, 0, 0)
        }
        await stage.until(() => window.slots[0]?.name === 'wooden_hoe', 'the repaired hoe')
        assert.equal(window.slots[0].durabilityUsed ?? 0, 0)
        await bot.closeWindow(window)
        await stage.until(() => stage.count('wooden_hoe') === 2, 'the hoes to come back')
      }
    },
    {
      name: 'Leather is dyed, and rockets take powder',
      here: 'simplified: no firework stars',
      expectation: 'a red tunic; three rockets of paper and two powders that fly for two',
      source: 'minecraft.wiki/w/Dye#Dyeing_armor, /w/Firework_Rocket',
      play: async (/** @type {Stage} */ stage) => {
        for (const item of ['leather_chestplate', 'red_dye', 'paper']) await stage.give(item)
        await stage.give('gunpowder', 2)
        await stage.until(() => stage.count('gunpowder') === 2, 'the ingredients')
        let window = await lay(stage, [[1, 'leather_chestplate'], [5, 'red_dye']])
        assert.equal(window.slots[0]?.nbt.value.display.value.color.value, 0xb02e26)
        await stage.bot.closeWindow(window)
        await stage.bot.waitForTicks(3)
        window = await lay(stage, [[1, 'paper'], [2, 'gunpowder'], [3, 'gunpowder']])
        assert.equal(window.slots[0]?.count, 3)
        assert.equal(window.slots[0].nbt.value.Fireworks.value.Flight.value, 2)
        await stage.bot.closeWindow(window)
      }
    },
    {
      name: 'Shulker boxes are dyed with what is in them',
      here: 'as vanilla',
      expectation: 'a box with diamonds and blue dye make a blue box; placed, the diamonds are in it',
      source: 'minecraft.wiki/w/Shulker_Box#Dyeing',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await put(stage, 'shulker_box', [1, -1, 1], 'up')
        await stage.operate('clear')
        await stage.give('diamond', 5)
        await stage.until(() => stage.count('diamond') === 5, 'the diamonds')
        const box = await bot.openContainer(bot.blockAt(stage.at(1, 0, 1)))
        await box.deposit(bot.registry.itemsByName.diamond.id, null, 5)
        await box.close()
        await bot.dig(bot.blockAt(stage.at(1, 0, 1)))
        await pickUp(stage, 'shulker_box', 1)
        await stage.give('blue_dye')
        await stage.until(() => stage.count('blue_dye') === 1, 'the dye')
        const window = await lay(stage, [[1, 'shulker_box'], [2, 'blue_dye']])
        await stage.until(() => window.slots[0]?.name === 'blue_shulker_box', 'the blue box')
        await bot.clickWindow(0, 0, 1)
        await bot.closeWindow(window)
        await stage.until(() => stage.count('blue_shulker_box') === 1, 'the blue box to be taken')
        await put(stage, 'blue_shulker_box', [2, -1, 0], 'up')
        const again = await bot.openContainer(bot.blockAt(stage.at(2, 0, 0)))
        assert.equal(again.slots.slice(0, 27).find(Boolean)?.count, 5)
        await again.close()
      }
    },
    {
      name: 'What lies in the grid comes back',
      here: 'as vanilla',
      expectation: 'closing the table returns the ingredients; with a full inventory they fall to the floor',
      source: 'minecraft.wiki/w/Crafting_Table',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await stage.give('oak_log', 3)
        await stage.until(() => stage.count('oak_log') === 3, 'the logs')
        const window = await lay(stage, [[1, 'oak_log'], [2, 'oak_log']])
        assert.equal(window.items().reduce((/** @type {number} */ sum, /** @type {any} */ item) => sum + item.count, 0), 1)
        await bot.closeWindow(window)
        await stage.until(() => stage.count('oak_log') === 3, 'the logs to come back')
      }
    },
    {
      name: 'A table that is carried along',
      here: 'as vanilla',
      expectation: 'made by hand, placed, used',
      source: 'bot.placeBlock and bot.craft of Mineflayer',
      play: async (/** @type {Stage} */ stage) => {
        await stage.give('oak_planks', 8)
        await stage.until(() => stage.count('oak_planks') === 8, 'the planks')
        await craft(stage, 'crafting_table')
        await put(stage, 'crafting_table', [1, -1, 2], 'up')
        await craft(stage, 'oak_slab', 1, stage.bot.blockAt(stage.at(1, 0, 2)))
        assert.equal(stage.count('oak_slab'), 6)
      }
    }
  ],
  absent: [
    { name: 'Copies of maps and books, patterns of banners and shields, firework stars, tipped arrows' },
    { name: 'Recipe book', here: 'absent: nothing is unlocked, and requests by recipe are not answered' }
  ]
}
