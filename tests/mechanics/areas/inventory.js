'use strict'

const assert = require('node:assert/strict')
const { pickUp } = require('../hands')

/** @typedef {import('../stage').Stage} Stage */

const HOTBAR = 36
const OUTSIDE = -999
const DROP = 4
const DRAG = 5
const GATHER = 6

const total = (/** @type {Stage} */ { bot }) => bot.inventory.slots.reduce((/** @type {number} */ sum, /** @type {any} */ item) => sum + (item?.count ?? 0), 0)
const at = (/** @type {Stage} */ { bot }, /** @type {number} */ slot) => bot.inventory.slots[slot]?.count ?? 0

/** What the server has, by item. */
async function kept (/** @type {Stage} */ stage) {
  await stage.bot.waitForTicks(3)
  return (await stage.operate('status')).players.find((/** @type {any} */ player) => player.username === stage.bot.username).inventory
}

module.exports = {
  title: 'Inventory',
  mechanics: [
    {
      name: 'Left and right clicks',
      here: 'as vanilla',
      expectation: 'left takes and lays a stack, right takes half and lays one',
      source: 'minecraft.wiki/w/Inventory#Managing_inventory; bot.clickWindow of Mineflayer',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await stage.give('dirt', 9)
        await stage.until(() => at(stage, HOTBAR) === 9, 'the dirt')
        await bot.clickWindow(HOTBAR, 1, 0)
        await bot.clickWindow(20, 0, 0)
        assert.deepEqual([at(stage, HOTBAR), at(stage, 20)], [4, 5])
        await bot.clickWindow(20, 0, 0)
        await bot.clickWindow(HOTBAR, 1, 0)
        await bot.clickWindow(21, 0, 0)
        assert.deepEqual([at(stage, HOTBAR), at(stage, 20), at(stage, 21)], [5, 0, 4])
        assert.deepEqual(await kept(stage), { dirt: 9 })
      }
    },
    {
      name: 'Shift-clicks and number keys',
      here: 'as vanilla',
      expectation: 'a stack goes to the other part of the inventory, and between a slot and the hotbar',
      source: 'minecraft.wiki/w/Inventory#Managing_inventory',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await stage.give('dirt', 9)
        await stage.until(() => at(stage, HOTBAR) === 9, 'the dirt')
        await bot.clickWindow(HOTBAR, 0, 1)
        await stage.until(() => at(stage, 9) === 9, 'the stack in the other part')
        await bot.clickWindow(9, 3, 2)
        await stage.until(() => at(stage, HOTBAR + 3) === 9, 'the stack in the hotbar')
        assert.deepEqual(await kept(stage), { dirt: 9 })
        assert.equal(total(stage), 9)
      }
    },
    {
      name: 'Dragging and gathering',
      here: 'as vanilla',
      expectation: 'a stack is spread evenly over slots, and a double click gathers it again',
      source: 'minecraft.wiki/w/Inventory#Managing_inventory; Java_Edition_protocol#Click_Container',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await stage.give('dirt', 9)
        await stage.until(() => at(stage, HOTBAR) === 9, 'the dirt')
        await bot.clickWindow(HOTBAR, 0, 0)
        const write = (/** @type {number} */ slot, /** @type {number} */ mouseButton, /** @type {number} */ mode) => bot._client.write('window_click', {
          windowId: 0, stateId: -1, slot, mouseButton, mode, changedSlots: [], cursorItem: { present: false }
        })
        write(OUTSIDE, 0, DRAG)
        for (const slot of [18, 19, 20]) write(slot, 1, DRAG)
        write(OUTSIDE, 2, DRAG)
        await stage.until(() => [18, 19, 20].every(slot => at(stage, slot) === 3), 'three threes')
        await bot.waitForTicks(3)
        await bot.clickWindow(18, 0, 0)
        write(18, 0, GATHER)
        await stage.until(() => bot.inventory.selectedItem?.count === 9, 'nine in the hand')
        await bot.clickWindow(18, 0, 0)
        assert.deepEqual(await kept(stage), { dirt: 9 })
      }
    },
    {
      name: 'Throwing away',
      here: 'as vanilla',
      expectation: 'one, a stack from a slot, a stack from the hand; all can be picked up again',
      source: 'minecraft.wiki/w/Drop; bot.toss of Mineflayer',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await stage.give('dirt', 20)
        await stage.until(() => at(stage, HOTBAR) === 20, 'the dirt')
        await bot.look(0, 0, true)
        await bot.clickWindow(HOTBAR, 0, DROP)
        assert.equal(at(stage, HOTBAR), 19)
        await bot.toss(bot.registry.itemsByName.dirt.id, null, 5)
        await stage.until(() => stage.count('dirt') === 14, 'five to be thrown')
        await bot.tossStack(bot.inventory.items()[0])
        await stage.until(() => stage.count('dirt') === 0, 'the rest to be thrown')
        await stage.skip(40)
        await pickUp(stage, 'dirt', 20)
      }
    },
    {
      name: 'Armour and the off hand',
      here: 'as vanilla',
      expectation: 'armour goes to its slot alone, by a click and by use; the hands swap',
      source: 'minecraft.wiki/w/Armor, /w/Dual_wield; bot.equip of Mineflayer',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await stage.give('iron_helmet')
        await stage.until(() => stage.count('iron_helmet') === 1, 'the helmet')
        await bot.equip(bot.registry.itemsByName.iron_helmet.id, 'head')
        assert.equal(bot.inventory.slots[5].name, 'iron_helmet')
        await stage.hold('iron_boots')
        bot.activateItem()
        await stage.until(() => bot.inventory.slots[8]?.name === 'iron_boots', 'the boots to be worn')
        await stage.give('shield')
        await stage.until(() => stage.count('shield') === 1, 'the shield')
        await bot.equip(bot.registry.itemsByName.shield.id, 'off-hand')
        await stage.until(() => bot.inventory.slots[45]?.name === 'shield', 'the shield in the off hand')
        assert.deepEqual(await kept(stage), { iron_helmet: 1, iron_boots: 1, shield: 1 })
      }
    },
    {
      name: 'Stacks',
      here: 'as vanilla',
      expectation: 'dirt stacks to 64, eggs to 16, pickaxes not at all; what comes goes to like stacks first',
      source: 'minecraft.wiki/w/Stack',
      play: async (/** @type {Stage} */ stage) => {
        await stage.give('dirt', 70)
        await stage.give('egg', 17)
        await stage.give('wooden_pickaxe', 2)
        await stage.until(() => stage.bot.inventory.items().length === 6, 'six stacks')
        const counts = stage.bot.inventory.items().map((/** @type {any} */ { name, count }) => `${name} ${count}`).sort()
        assert.deepEqual(counts, ['dirt 6', 'dirt 64', 'egg 1', 'egg 16', 'wooden_pickaxe 1', 'wooden_pickaxe 1'])
        await stage.give('dirt', 3)
        await stage.until(() => stage.bot.inventory.items().some((/** @type {any} */ item) => item.count === 9), 'nine in the second stack')
      }
    }
  ],
  absent: []
}
