'use strict'

const assert = require('node:assert/strict')
const { FLOOR } = require('../stage')

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
    },
    {
      name: 'Sleeping through the night ends the rain',
      here: 'as vanilla',
      expectation: 'a bot that sleeps in a rainy night wakes up on the next morning, and the rain fades out',
      source: 'minecraft.wiki/w/Bed#Sleeping',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await stage.operate('set_time', { ticks: 14000 })
        await stage.operate('set_weather', { weather: 'rain', atOnce: true })
        const bed = (/** @type {string} */ part) => ({ facing: 'south', part, occupied: false })
        await stage.operate('set_block', { ...stage.at(1, 0, 2), block: 'red_bed', properties: bed('head') })
        await stage.operate('set_block', { ...stage.at(1, 0, 1), block: 'red_bed', properties: bed('foot') })
        await stage.until(() => bot.isRaining && bot.time.timeOfDay >= 14000 && bot.blockAt(stage.at(1, 0, 1))?.name === 'red_bed', 'a rainy night and a bed')
        await bot.sleep(bot.blockAt(stage.at(1, 0, 1)))
        await stage.skip(105)
        await stage.until(() => !bot.isSleeping && bot.time.day === 1, 'the next morning')
        await stage.skip(FADE)
        await stage.until(() => !bot.isRaining && bot.rainState === 0, 'the rain to end')
      }
    },
    {
      name: 'Snow settles and water freezes where it is cold',
      here: 'simplified: only in columns where something was changed; land is made with its snow and ice',
      expectation: 'in a cold biome, while it rains elsewhere, snow comes to lie on stone and a pond freezes from its edge, but not beside a torch',
      source: 'minecraft.wiki/w/Snowfall; minecraft.wiki/w/Ice#Natural_generation',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        const cold = await stage.operate('find_biome', { biome: 'snowy_plains' })
        const [x, y, z] = [cold.x, 150, cold.z]
        const fill = (/** @type {string} */ block, /** @type {number} */ radius, /** @type {number} */ low, high = low) =>
          stage.operate('fill', { from: [x - radius, y + low, z - radius], to: [x + radius, y + high, z + radius], block })
        await fill('stone', 7, -2, -1)
        await fill('water', 3, -1)
        await stage.operate('set_block', { x: x - 7, y, z: z - 7, block: 'torch' })
        await stage.operate('teleport', { x: x + 6.5, y, z: z + 6.5 })
        await stage.operate('set_weather', { weather: 'rain', atOnce: true })
        await stage.until(() => bot.isRaining && bot.blockAt(stage.at(x, y - FLOOR - 1, z))?.name === 'water', 'the pond to be seen')
        await stage.skip(6000)
        const seen = (/** @type {string} */ name, /** @type {number} */ height) => {
          let count = 0
          for (let dx = -7; dx <= 7; dx++) for (let dz = -7; dz <= 7; dz++) if (bot.blockAt(stage.at(x + dx, y - FLOOR + height, z + dz)).name === name) count++
          return count
        }
        await stage.until(() => seen('snow', 0) > 60 && seen('ice', -1) > 8, 'snow and ice')
        assert.equal(bot.blockAt(stage.at(x - 6, y - FLOOR, z - 7)).name, 'air')
        await stage.operate('teleport', stage.at(0.5, 0, 0.5))
      }
    }
  ],
  absent: [
    { name: 'Lightning', here: 'absent' }
  ]
}
