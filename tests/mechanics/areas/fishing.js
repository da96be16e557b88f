'use strict'

const assert = require('node:assert/strict')

/** @typedef {import('../stage').Stage} Stage */

const CATCH = new Set([
  'cod', 'salmon', 'tropical_fish', 'pufferfish', 'lily_pad', 'leather_boots', 'leather', 'bone', 'potion', 'string', 'fishing_rod', 'bowl',
  'stick', 'ink_sac', 'tripwire_hook', 'rotten_flesh', 'name_tag', 'saddle', 'bow', 'enchanted_book', 'nautilus_shell'
])

/** A pond in front of the bot, a rod in its hand. */
async function pond (/** @type {Stage} */ stage) {
  await stage.fill('water', [-4, -2, 3], [4, -1, 11])
  await stage.hold('fishing_rod')
  await stage.bot.look(Math.PI, -0.1, true)
  await stage.bot.waitForTicks(2)
}

/** @returns {any} the bobber that the bot sees */
const bobber = (/** @type {Stage} */ { bot }) => Object.values(bot.entities).find((/** @type {any} */ entity) => entity.name === 'fishing_bobber')

module.exports = {
  title: 'Fishing',
  mechanics: [
    {
      name: 'A fish bites and is pulled out',
      here: 'simplified: what treasure is enchanted with comes from a short list; creatures are not hooked; bamboo does not come up',
      expectation: 'bot.fish ends with a catch of the original\'s table that flies to the bot, with experience; the rod wears by one each time',
      source: 'minecraft.wiki/w/Fishing; bot.fish of Mineflayer',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await pond(stage)
        for (let caught = 1; caught <= 4; caught++) {
          const before = bot.inventory.items().reduce((/** @type {number} */ sum, /** @type {any} */ item) => sum + item.count, 0)
          await bot.fish()
          await stage.until(() => bot.inventory.items().reduce((/** @type {number} */ sum, /** @type {any} */ item) => sum + item.count, 0) > before, 'the catch')
          await stage.until(() => bot.heldItem?.durabilityUsed === caught, 'the rod to wear')
        }
        for (const { name } of bot.inventory.items()) assert.ok(CATCH.has(name), name)
        await stage.until(() => bot.experience.points >= 4, 'experience')
      }
    },
    {
      name: 'A bobber floats, and is gone when the rod is put away',
      here: 'as vanilla',
      expectation: 'it lies at the surface; with another item in the hand it vanishes',
      source: 'minecraft.wiki/w/Fishing_Rod#Usage',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await pond(stage)
        bot.activateItem()
        await stage.until(() => bobber(stage), 'the bobber')
        await bot.waitForTicks(60)
        const { y, z } = bobber(stage).position
        assert.ok(y > stage.at(0, -0.6, 0).y && y < stage.at(0, 0.2, 0).y, `${y}`)
        assert.ok(z > stage.at(0, 0, 3).z)
        bot.setQuickBarSlot(5)
        await stage.until(() => !bobber(stage), 'the bobber to vanish')
      }
    },
    {
      name: 'Pulled in too early there is nothing',
      here: 'as vanilla',
      expectation: 'no catch, no wear from water, two points of wear from the ground',
      source: 'minecraft.wiki/w/Fishing_Rod#Durability',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await pond(stage)
        bot.activateItem()
        await bot.waitForTicks(60)
        bot.activateItem()
        await bot.waitForTicks(10)
        assert.equal(bot.heldItem.durabilityUsed ?? 0, 0)
        await bot.look(0, -0.7, true)
        await bot.waitForTicks(2)
        bot.activateItem()
        await bot.waitForTicks(60)
        bot.activateItem()
        await stage.until(() => bot.heldItem.durabilityUsed === 2, 'the rod to wear')
        assert.equal(bot.inventory.items().length, 1)
      }
    }
  ],
  absent: [{ name: 'Hooking creatures and items', here: 'absent' }]
}
