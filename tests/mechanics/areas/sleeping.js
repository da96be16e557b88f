'use strict'

const assert = require('node:assert/strict')
const { guestAt, hear } = require('../bodies')

/** @typedef {import('../stage').Stage} Stage */

const NIGHT = 14000
const once = (/** @type {any} */ bot, /** @type {string} */ event) => new Promise(resolve => bot.once(event, resolve))

/** A bed next to the bot, at night. @returns {Promise<any>} */
async function bed (/** @type {Stage} */ stage, /** @type {[number, number, number]} */ [x, y, z] = [2, 0, 0], time = NIGHT) {
  // Both at once: half a bed does not stand.
  await Promise.all(['head', 'foot'].map((part, half) => stage.operate('set_block', {
    ...stage.at(x, y, z + 1 - half), block: 'red_bed', properties: { part, facing: 'south' }
  })))
  await stage.operate('set_time', { ticks: time })
  await stage.until(() => stage.bot.blockAt(stage.at(x, y, z)).name === 'red_bed' && Math.abs(stage.bot.time.timeOfDay - time) < 500, 'the bed at night')
  return stage.bot.blockAt(stage.at(x, y, z))
}

module.exports = {
  title: 'Sleeping',
  mechanics: [
    {
      name: 'A night is slept through',
      here: 'simplified: phantoms and statistics know nothing of it',
      expectation: 'the bot sleeps, seen by others; after 100 ticks it is morning and it is awake beside the bed',
      source: 'minecraft.wiki/w/Bed#Sleeping; bot.sleep and events sleep and wake of Mineflayer',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await bot.sleep(await bed(stage))
        assert.ok(bot.isSleeping)
        assert.equal((await stage.block([2, 0, 0])).properties.occupied, true)
        await once(bot, 'wake')
        await stage.until(() => bot.time.timeOfDay < 1000, 'the morning')
        assert.ok(!bot.isSleeping)
        assert.equal((await stage.block([2, 0, 0])).properties.occupied, false)
        await stage.until(() => bot.entity.position.distanceTo(stage.at(2.5, 0, 1)) < 2.6, 'the bot to stand beside the bed')
      }
    },
    {
      name: 'Beds refuse by day, from afar, near monsters',
      here: 'as vanilla',
      expectation: 'nobody falls asleep and each reason is told',
      source: 'minecraft.wiki/w/Bed#Sleeping',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        const lines = hear(bot)
        const actionBar = /** @type {string[]} */ ([])
        bot.on('actionBar', (/** @type {any} */ message) => actionBar.push(message.toString()))
        const click = async (/** @type {any} */ block) => {
          await bot.activateBlock(block).catch(() => {})
          await bot.waitForTicks(3)
          assert.ok(!bot.isSleeping)
        }
        const refused = (/** @type {RegExp} */ text) => stage.until(() => [...actionBar, ...lines].some(line => text.test(line)), String(text))
        const near = await bed(stage, [2, 0, 0], 6000)
        await click(near)
        await refused(/only at night/)
        await refused(/spawn point set/i)
        await click(await bed(stage, [0, 0, 5]))
        await refused(/too far away/)
        await stage.summon('zombie', [4, 0, 4])
        await click(bot.blockAt(stage.at(2, 0, 0)))
        await refused(/monsters nearby/)
      }
    },
    {
      name: 'Pain and leaving end the sleep',
      here: 'as vanilla',
      expectation: 'a blow wakes; bot.wake too',
      source: 'minecraft.wiki/w/Bed#Sleeping; bot.wake of Mineflayer',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        const block = await bed(stage)
        await bot.sleep(block)
        const hurt = once(bot, 'wake')
        await stage.operate('hurt', { damage: 1 })
        await hurt
        await bot.waitForTicks(5)
        await bot.sleep(bot.blockAt(block.position))
        const left = once(bot, 'wake')
        await bot.wake()
        await left
        assert.ok(bot.time.timeOfDay > 13000)
      }
    },
    {
      name: 'All must sleep, each in a bed of its own',
      here: 'as vanilla',
      expectation: 'with one awake the night goes on; a taken bed is refused; when both sleep it is morning',
      source: 'minecraft.wiki/w/Bed#Sleeping',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        const guest = await guestAt(stage, [0, 0, 2])
        const first = await bed(stage)
        await bed(stage, [-2, 0, 0])
        await bot.sleep(first)
        await stage.until(() => guest.blockAt(first.position).getProperties().occupied, 'the guest to see that')
        await assert.rejects(guest.sleep(guest.blockAt(first.position)), /occupied/)
        await stage.skip(150)
        assert.ok(bot.isSleeping)
        await guest.sleep(guest.blockAt(stage.at(-2, 0, 0)))
        await stage.until(() => !bot.isSleeping && !guest.isSleeping && bot.time.timeOfDay < 1000, 'the morning')
      }
    },
    {
      name: 'One comes back at one\'s bed, while it stands',
      here: 'as vanilla',
      expectation: 'beside the bed after the first death; without the bed at the spawn point of the world, and that is told',
      source: 'minecraft.wiki/w/Bed#Respawning; event spawnReset of Mineflayer',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await bot.activateBlock(await bed(stage, [2, 0, 0], 6000))
        await bot.waitForTicks(3)
        let spawned = once(bot, 'spawn')
        await stage.operate('hurt', { damage: 50 })
        await spawned
        await stage.until(() => bot.entity.position.distanceTo(stage.at(2.5, 0, 1)) < 3, 'the bot to stand beside its bed')
        await stage.set('air', [2, 0, 0])
        await stage.set('air', [2, 0, 1])
        spawned = once(bot, 'spawn')
        const reset = once(bot, 'spawnReset')
        await stage.operate('hurt', { damage: 50 })
        await Promise.all([spawned, reset])
        await stage.until(() => bot.entity.position.distanceTo(stage.at(0, 0, 0)) > 20, 'the bot to be at the spawn point')
      }
    }
  ],
  absent: [{ name: 'Beds that explode in other dimensions', here: 'absent: there are no other dimensions' }]
}
