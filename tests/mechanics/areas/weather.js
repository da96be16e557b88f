'use strict'

const assert = require('node:assert/strict')

/** @typedef {import('../stage').Stage} Stage */

/** The longest that rain lasts, and that the sky then stays dry, in ticks. */
const LONGEST_RAIN = 24000
const SHORTEST_DROUGHT = 12000
const FADE = 110

module.exports = {
  title: 'Weather',
  mechanics: [
    {
      name: 'Rain comes and is seen',
      here: 'as vanilla',
      expectation: 'rain fades in within 100 ticks; the bot sees that it rains and how heavily, but no thunder',
      source: 'minecraft.wiki/w/Rain; bot.isRaining and bot.rainState of Mineflayer',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        assert.equal(bot.isRaining, false)
        await stage.operate('set_weather', { weather: 'rain' })
        await stage.skip(50)
        await stage.until(() => bot.isRaining && bot.rainState > 0.4, 'rain to be seen')
        await stage.skip(60)
        await stage.until(() => bot.rainState === 1, 'rain in full')
        assert.equal(bot.thunderState, 0)
        assert.equal((await stage.operate('get_light', stage.at(0, 0, 0))).at, 12)
      }
    },
    {
      name: 'Rain ends by itself',
      here: 'as vanilla',
      expectation: 'within 24,000 ticks it is over, and the next rain is more than 12,000 ticks off',
      source: 'minecraft.wiki/w/Rain#Duration',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await stage.operate('set_weather', { weather: 'rain', atOnce: true })
        await stage.until(() => bot.isRaining, 'rain to be seen')
        let rained = 0
        for (; bot.isRaining && rained <= LONGEST_RAIN; rained += 2000) {
          await stage.skip(2000)
          await bot.waitForTicks(4)
        }
        assert.ok(rained >= 12000 && rained <= LONGEST_RAIN + 2000, `it rained for ${rained} ticks`)
        await stage.skip(SHORTEST_DROUGHT - 2000)
        assert.equal((await stage.operate('get_weather', stage.at(0, 0, 0))).raining, false)
      }
    },
    {
      name: 'A thunderstorm darkens the day',
      here: 'simplified: no lightning',
      expectation: 'the bot sees rain and thunder; at noon the sky has lost 5 of its light, so that monsters can spawn in shade and one can sleep',
      source: 'minecraft.wiki/w/Thunderstorm; bot.thunderState of Mineflayer',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await stage.operate('set_time', { ticks: 6000 })
        await stage.operate('set_weather', { weather: 'thunder' })
        await stage.skip(FADE)
        await stage.until(() => bot.isRaining && bot.thunderState === 1, 'thunder to be seen')
        assert.equal((await stage.operate('get_weather', stage.at(0, 0, 0))).thundering, true)
        assert.equal((await stage.operate('get_light', stage.at(0, 0, 0))).at, 10)
      }
    },
    {
      name: 'Who comes in the rain sees it',
      here: 'as vanilla',
      expectation: 'a bot that joins while it rains knows so',
      source: 'bot.isRaining of Mineflayer',
      play: async (/** @type {Stage} */ stage) => {
        await stage.operate('set_weather', { weather: 'rain', atOnce: true })
        const guest = await stage.join()
        await stage.until(() => guest.isRaining && guest.rainState === 1, 'the guest to see rain')
        await stage.operate('set_weather', { weather: 'clear', atOnce: true })
        await stage.until(() => !guest.isRaining && !stage.bot.isRaining, 'both to see the sun')
      }
    },
    {
      name: 'Rain falls in the open and not under glass',
      here: 'as vanilla',
      expectation: 'a place of the stage is rained upon, and not once there is glass above it',
      source: 'minecraft.wiki/w/Rain#Effects',
      play: async (/** @type {Stage} */ stage) => {
        await stage.operate('set_weather', { weather: 'rain', atOnce: true })
        const plains = await stage.operate('find_biome', { biome: 'plains' })
        const high = { x: plains.x, y: 250, z: plains.z }
        assert.deepEqual(await stage.operate('get_weather', high), { raining: true, thundering: false, falls: 'rain', rainsHere: true })
        await stage.operate('set_block', { ...high, y: 260, block: 'glass' })
        assert.equal((await stage.operate('get_weather', high)).rainsHere, false)
        await stage.operate('set_block', { ...high, y: 260, block: 'air' })
      }
    },
    {
      name: 'No rain in a desert',
      here: 'as vanilla',
      expectation: 'while it rains elsewhere, nothing falls where the bot sees a desert',
      source: 'minecraft.wiki/w/Desert; minecraft-data biomes has_precipitation',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        const desert = await stage.operate('find_biome', { biome: 'desert' })
        await stage.operate('set_weather', { weather: 'rain', atOnce: true })
        await stage.operate('teleport', { ...desert, y: 150 })
        await stage.until(() => bot.isRaining && bot.entity.position.x === desert.x && bot.blockAt(bot.entity.position), 'the desert to be seen')
        assert.equal(bot.registry.biomes[bot.world.getBiome(bot.entity.position)].name, 'desert')
        assert.deepEqual(await stage.operate('get_weather', desert), { raining: true, thundering: false, falls: 'none', rainsHere: false })
      }
    }
  ],
  absent: [
    { name: 'Lightning', here: 'absent' }
  ]
}
