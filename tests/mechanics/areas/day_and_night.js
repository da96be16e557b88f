'use strict'

const assert = require('node:assert/strict')

/** @typedef {import('../stage').Stage} Stage */

module.exports = {
  title: 'Day and night',
  mechanics: [
    {
      name: 'Time passes',
      here: 'as vanilla',
      expectation: 'a thousand ticks later the bot sees the time a thousand ticks on; after 24,000 the next day has come, with the next phase of the moon',
      source: 'minecraft.wiki/w/Daylight_cycle; bot.time of Mineflayer',
      play: async (/** @type {Stage} */ stage) => {
        const { time } = stage.bot
        await stage.operate('set_time', { ticks: 22900 })
        await stage.until(() => time.timeOfDay >= 22900, 'the evening')
        assert.deepEqual([time.day, time.moonPhase, time.isDay], [0, 0, false])
        await stage.skip(1200)
        await stage.until(() => time.day === 1 && time.timeOfDay >= 100, 'the next day')
        assert.ok(time.timeOfDay < 400)
        assert.deepEqual([time.moonPhase, time.isDay], [1, true])
      }
    },
    {
      name: 'The sky darkens at night',
      here: 'as vanilla',
      expectation: 'what creatures go by is 15 at noon and 4 at midnight in the open; the light of the sky that the bot is told of stays 15; a torch is 14 at night',
      source: 'minecraft.wiki/w/Light#Internal_light_level',
      play: async (/** @type {Stage} */ stage) => {
        const lightAt = async (/** @type {number} */ ticks) => {
          await stage.operate('set_time', { ticks })
          return (await stage.operate('get_light', stage.at(0, 0, 0))).at
        }
        assert.equal(await lightAt(6000), 15)
        assert.equal(await lightAt(12600), 11)
        assert.equal(await lightAt(18000), 4)
        assert.equal(stage.bot.blockAt(stage.at(0, 0, 0)).skyLight, 15)
        await stage.set('torch', [1, 0, 0])
        assert.equal(await lightAt(18000), 13)
        assert.equal(await lightAt(0), 15)
      }
    },
    {
      name: 'The sun can be made to stand still',
      here: 'as vanilla',
      expectation: 'with the rule doDaylightCycle off the time stays, and the bot is told so',
      source: 'minecraft.wiki/w/Game_rule; bot.time.doDaylightCycle of Mineflayer',
      play: async (/** @type {Stage} */ stage) => {
        const { time } = stage.bot
        await stage.operate('set_time', { ticks: 5000 })
        await stage.operate('command', { text: 'gamerule doDaylightCycle false' })
        await stage.until(() => time.doDaylightCycle === false, 'the bot to know')
        const before = time.timeOfDay
        await stage.skip(400)
        await stage.until(() => time.age >= 400, 'time to be told')
        assert.equal(time.timeOfDay, before)
        await stage.operate('command', { text: 'gamerule doDaylightCycle true' })
        await stage.skip(400)
        await stage.until(() => time.doDaylightCycle && time.timeOfDay >= before + 400, 'the sun to move')
      }
    }
  ],
  absent: []
}
