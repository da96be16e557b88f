'use strict'

const assert = require('node:assert/strict')
const { put, propertiesOf, pickUp } = require('../hands')

/** @typedef {import('../stage').Stage} Stage */

const itemId = (/** @type {Stage} */ { bot }, /** @type {string} */ name) => bot.registry.itemsByName[name].id
const open = (/** @type {Stage} */ stage, /** @type {[number, number, number]} */ place) => stage.bot.openContainer(stage.bot.blockAt(stage.at(...place)))

/** Puts dirt into a container, closes it and finds it there again. */
async function keeps (/** @type {Stage} */ stage, /** @type {string} */ block, /** @type {number} */ slots) {
  await stage.set(block, [2, 0, 2])
  await stage.give('dirt', 5)
  await stage.until(() => stage.count('dirt') === 5, 'the dirt')
  let window = await open(stage, [2, 0, 2])
  assert.equal(window.slots.length, slots + 36, `slots of ${block}`)
  await window.deposit(itemId(stage, 'dirt'), null, 5)
  await window.close()
  assert.equal(stage.count('dirt'), 0)
  window = await open(stage, [2, 0, 2])
  assert.equal(window.containerItems()[0].count, 5)
  await window.withdraw(itemId(stage, 'dirt'), null, 5)
  await window.close()
  await stage.bot.waitForTicks(3)
  await stage.operate('clear')
  await stage.until(() => stage.count('dirt') === 0, 'empty hands')
}

module.exports = {
  title: 'Containers',
  mechanics: [
    {
      name: 'Chests, barrels, dispensers, droppers, hoppers and shulker boxes keep things',
      here: 'simplified: dispensers and droppers throw nothing out',
      expectation: 'each has its number of slots and what is put in is there later',
      source: 'minecraft.wiki/w/Chest, /w/Barrel, /w/Dispenser, /w/Hopper; bot.openContainer of Mineflayer',
      play: async (/** @type {Stage} */ stage) => {
        await keeps(stage, 'chest', 27)
        await keeps(stage, 'trapped_chest', 27)
        await keeps(stage, 'barrel', 27)
        await keeps(stage, 'dispenser', 9)
        await keeps(stage, 'dropper', 9)
        await keeps(stage, 'hopper', 5)
        await keeps(stage, 'shulker_box', 27)
      }
    },
    {
      name: 'Two chests show one window',
      here: 'as vanilla',
      expectation: '54 slots, the same from both halves; broken, one half spills what was in it',
      source: 'minecraft.wiki/w/Chest#Container',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await put(stage, 'chest', [1, -1, 2], 'up')
        await bot.look(Math.PI, 0, true)
        await put(stage, 'chest', [2, -1, 2], 'up', { look: 'south' })
        await stage.set('air', [1, 0, 2])
        await put(stage, 'chest', [1, -1, 2], 'up', { look: 'south' })
        await stage.give('dirt', 3)
        let window = await open(stage, [1, 0, 2])
        assert.equal(window.slots.length, 54 + 36)
        await window.deposit(itemId(stage, 'dirt'), null, 3)
        await window.close()
        window = await open(stage, [2, 0, 2])
        assert.equal(window.containerItems()[0].count, 3)
        await window.close()
        await bot.waitForTicks(3)
        const { type } = await propertiesOf(stage, [1, 0, 2])
        await stage.set('air', type === 'right' ? [1, 0, 2] : [2, 0, 2])
        await pickUp(stage, 'dirt', 3)
      }
    },
    {
      name: 'A chest under a block stays shut',
      here: 'simplified: cats do not keep it shut',
      expectation: 'with stone above no window opens, with glass it does',
      source: 'minecraft.wiki/w/Chest#Usage',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await stage.set('chest', [2, 0, 2])
        await stage.set('stone', [2, 1, 2])
        await bot.activateBlock(bot.blockAt(stage.at(2, 0, 2)))
        await bot.waitForTicks(10)
        assert.equal(bot.currentWindow, null)
        await stage.set('glass', [2, 1, 2])
        const window = await open(stage, [2, 0, 2])
        await window.close()
      }
    },
    {
      name: 'Others see a lid open',
      here: 'as vanilla',
      expectation: 'another bot is told of the lid of a chest, and sees a barrel open and shut',
      source: 'minecraft.wiki/w/Java_Edition_protocol#Block_Action; chestLidMove of Mineflayer',
      play: async (/** @type {Stage} */ stage) => {
        const guest = await stage.join('watcher')
        await stage.operate('teleport', { player: 'watcher', ...point(stage.at(-1.5, 0, 0.5)) })
        await stage.until(() => guest.blockAt(stage.at(0, -1, 0))?.name === 'stone', 'the guest to see the stage')
        /** @type {number[]} */
        const lids = []
        guest.on('chestLidMove', (/** @type {any} */ _block, /** @type {number} */ isOpen) => lids.push(isOpen))
        await stage.set('chest', [2, 0, 2])
        await stage.set('barrel', [0, 0, 2])
        let window = await open(stage, [2, 0, 2])
        await stage.until(() => lids.includes(1), 'the lid to open')
        await window.close()
        await stage.until(() => lids.at(-1) === 0, 'the lid to shut')
        window = await open(stage, [0, 0, 2])
        await stage.until(() => guest.blockAt(stage.at(0, 0, 2)).getProperties().open === true, 'the barrel to open')
        await window.close()
        await stage.until(() => guest.blockAt(stage.at(0, 0, 2)).getProperties().open === false, 'the barrel to shut')
      }
    },
    {
      name: 'Ender chests belong to the player',
      here: 'as vanilla',
      expectation: 'what is put into one is in another elsewhere, and not for somebody else',
      source: 'minecraft.wiki/w/Ender_Chest',
      play: async (/** @type {Stage} */ stage) => {
        await stage.set('ender_chest', [2, 0, 2])
        await stage.set('ender_chest', [-2, 0, 2])
        await stage.give('dirt', 2)
        await stage.until(() => stage.count('dirt') === 2, 'the dirt')
        let window = await open(stage, [2, 0, 2])
        await window.deposit(itemId(stage, 'dirt'), null, 2)
        await window.close()
        await stage.bot.waitForTicks(3)
        await stage.set('air', [2, 0, 2])
        window = await open(stage, [-2, 0, 2])
        assert.equal(window.containerItems()[0].count, 2)
        await window.withdraw(itemId(stage, 'dirt'), null, 2)
        await window.close()
        const guest = await stage.join('another')
        await stage.operate('teleport', { player: 'another', ...point(stage.at(-1.5, 0, 0.5)) })
        await stage.until(() => guest.blockAt(stage.at(-2, 0, 2))?.name === 'ender_chest', 'the guest to see the chest')
        const theirs = await guest.openContainer(guest.blockAt(stage.at(-2, 0, 2)))
        assert.deepEqual(theirs.containerItems(), [])
        await theirs.close()
      }
    },
    {
      name: 'A shulker box takes its contents along',
      here: 'as vanilla',
      expectation: 'broken and placed again it holds what it held, and no box goes into a box',
      source: 'minecraft.wiki/w/Shulker_Box',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await put(stage, 'blue_shulker_box', [1, -1, 2], 'up')
        await stage.operate('clear')
        await stage.give('diamond', 7)
        await stage.until(() => stage.count('diamond') === 7, 'the diamonds')
        let window = await open(stage, [1, 0, 2])
        await window.deposit(itemId(stage, 'diamond'), null, 7)
        await window.close()
        await stage.hold('iron_pickaxe')
        await bot.dig(bot.blockAt(stage.at(1, 0, 2)))
        await pickUp(stage, 'blue_shulker_box', 1)
        assert.equal(stage.count('diamond'), 0)
        await stage.operate('teleport', stage.at(0.5, 0, 0.5))
        await bot.waitForTicks(3)
        await put(stage, 'blue_shulker_box', [2, -1, 2], 'up')
        window = await open(stage, [2, 0, 2])
        assert.equal(window.containerItems()[0]?.count, 7)
        await window.close()
      }
    },
    {
      name: 'Hoppers move things',
      here: 'simplified: into a double chest they put into the half they point to only',
      expectation: 'what lies on a hopper and what is in the chest above go into the chest it points to, one every eight ticks; power stops it',
      source: 'minecraft.wiki/w/Hopper',
      play: async (/** @type {Stage} */ stage) => {
        await stage.set('chest', [2, 0, 2])
        await stage.set('hopper', [2, 1, 2])
        await stage.operate('spawn_item', { item: 'dirt', count: 4, ...point(stage.at(2.5, 2.1, 2.5)) })
        await stage.skip(60)
        let window = await open(stage, [2, 0, 2])
        await stage.until(() => window.containerItems()[0]?.count === 4, 'the dirt in the chest')
        await window.close()
        await stage.bot.waitForTicks(3)
        await stage.set('redstone_block', [1, 1, 2])
        await stage.operate('spawn_item', { item: 'dirt', count: 4, ...point(stage.at(2.5, 2.1, 2.5)) })
        await stage.skip(60)
        window = await open(stage, [2, 0, 2])
        await stage.bot.waitForTicks(3)
        assert.equal(window.containerItems()[0].count, 4)
        await window.close()
      }
    },
    {
      name: 'A hopper feeds a furnace and empties one',
      here: 'as vanilla',
      expectation: 'ore from above, coal from the side, the ingot into the hopper below',
      source: 'minecraft.wiki/w/Hopper#Interacting_with_other_blocks',
      play: async (/** @type {Stage} */ stage) => {
        await stage.set('hopper', [2, 0, 2])
        await stage.set('furnace', [2, 1, 2])
        await stage.set('hopper', [2, 2, 2])
        await stage.set('hopper', [1, 1, 2], { facing: 'east' })
        await stage.operate('spawn_item', { item: 'raw_iron', ...point(stage.at(2.5, 3, 2.5)) })
        await stage.operate('spawn_item', { item: 'coal', ...point(stage.at(1.5, 2, 2.5)) })
        await stage.skip(300)
        const window = await open(stage, [2, 0, 2])
        await stage.until(() => window.containerItems()[0]?.name === 'iron_ingot', 'the ingot')
        await window.close()
      }
    },
    {
      name: 'A window closes when its block goes',
      here: 'as vanilla',
      expectation: 'the chest is gone, its window too, and what it held lies there',
      source: 'minecraft.wiki/w/Chest',
      play: async (/** @type {Stage} */ stage) => {
        await stage.set('chest', [1, 0, 1])
        await stage.give('dirt', 2)
        await stage.until(() => stage.count('dirt') === 2, 'the dirt')
        const window = await open(stage, [1, 0, 1])
        await window.deposit(itemId(stage, 'dirt'), null, 2)
        await stage.set('air', [1, 0, 1])
        await stage.until(() => stage.bot.currentWindow === null, 'the window to close')
        await pickUp(stage, 'dirt', 2)
      }
    }
  ],
  absent: [
    { name: 'Enchanting tables, anvils, brewing stands, looms, stonecutters, smithing tables, grindstones, cartography tables, beacons' },
    { name: 'Droppers and dispensers at work; comparators; minecarts with chests and hoppers' }
  ]
}

function point (/** @type {any} */ { x, y, z }) {
  return { x, y, z }
}
