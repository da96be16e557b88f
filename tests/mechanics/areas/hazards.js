'use strict'

const assert = require('node:assert/strict')
const { bodyOf, setBody, goTo } = require('../bodies')

/** @typedef {import('../stage').Stage} Stage */

/** Lets the bot fall ten blocks onto a block and says what health is left. */
async function fallOnto (/** @type {Stage} */ stage, /** @type {string} */ block, height = 1, properties = undefined) {
  const { bot } = stage
  await stage.set(block, [0, 0, 0], properties)
  await stage.operate('set_body', { fields: { health: 20, food: 10 } })
  await goTo(stage, [0.5, 10 + height, 0.5])
  await stage.until(() => bot.entity.position.y < stage.at(0, height + 1.5, 0).y && Math.abs(bot.entity.velocity.y) < 0.3, 'the end of the fall')
  await bot.waitForTicks(5)
  return (await bodyOf(stage)).health
}

const hurtBy = async (/** @type {Stage} */ stage, /** @type {number} */ low) => {
  await stage.until(() => stage.bot.health < 20 && stage.bot.health >= low, 'pain')
}

module.exports = {
  title: 'What hurts',
  mechanics: [
    {
      name: 'Soft landings',
      here: 'simplified: a fall on the edge of two blocks counts as on the one in its middle',
      expectation: 'after ten blocks nothing on slime, in water, in a cobweb; a fifth of the pain on hay, of half the height on a bed',
      source: 'minecraft.wiki/w/Damage#Fall_damage',
      play: async (/** @type {Stage} */ stage) => {
        assert.equal(await fallOnto(stage, 'hay_block'), 18)
        assert.equal(await fallOnto(stage, 'water', 0), 20)
        assert.equal(await fallOnto(stage, 'cobweb', 0), 20)
        assert.equal(await fallOnto(stage, 'slime_block'), 20)
        await stage.set('air', [0, 0, 0])
        await stage.set('red_bed', [0, 0, 1], /** @type {any} */ ({ part: 'head', facing: 'south' }))
        assert.equal(await fallOnto(stage, 'red_bed', 0.5625, /** @type {any} */ ({ part: 'foot', facing: 'south' })), 18)
        await stage.set('air', [0, 0, 0])
      }
    },
    {
      name: 'Slow falling and jump boost spare the legs',
      here: 'as vanilla',
      expectation: 'with slow falling nothing, with jump boost II two half hearts less',
      source: 'minecraft.wiki/w/Slow_Falling, minecraft.wiki/w/Jump_Boost',
      play: async (/** @type {Stage} */ stage) => {
        await stage.operate('effect', { name: 'jump_boost', amplifier: 1, ticks: 2000 })
        await stage.operate('set_body', { fields: { food: 10 } })
        await goTo(stage, [0.5, 10, 0.5])
        await stage.until(() => stage.bot.health === 15, 'a fall of ten to cost five')
        await stage.operate('effect', { name: 'slow_falling', amplifier: 0, ticks: 2000 })
        await goTo(stage, [0.5, 5, 0.5])
        await stage.until(() => stage.bot.entity.onGround, 'the ground', 30000)
        assert.equal((await bodyOf(stage)).health, 15)
      }
    },
    {
      name: 'Drowning',
      here: 'as vanilla',
      expectation: 'air lasts 300 ticks and comes back outside; without it two half hearts a second; water breathing helps',
      source: 'minecraft.wiki/w/Damage#Drowning; bot.oxygenLevel of Mineflayer',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await stage.fill('water', [-2, 0, -2], [2, 4, 2])
        await stage.operate('set_body', { fields: { food: 10 } })
        await stage.skip(150)
        await stage.until(() => bot.oxygenLevel <= 10 && bot.oxygenLevel >= 6, 'half of the air to be gone')
        await stage.skip(200)
        await stage.until(() => bot.health <= 18, 'drowning')
        await stage.operate('effect', { name: 'water_breathing', ticks: 4000 })
        await stage.until(() => bot.entity.effects[bot.registry.effectsByName.WaterBreathing.id], 'the effect')
        const { health } = await bodyOf(stage)
        await stage.skip(200)
        assert.equal((await bodyOf(stage)).health, health)
        await stage.fill('air', [-2, 0, -2], [2, 4, 2])
        await stage.skip(80)
        await stage.until(() => bot.oxygenLevel === 20, 'breath')
      }
    },
    {
      name: 'Fire burns, and goes on',
      here: 'as vanilla',
      expectation: 'fire hurts; after a second in it the body burns on, seen by all, until water puts it out',
      source: 'minecraft.wiki/w/Fire#Burning',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        const burning = () => (/** @type {any} */ (bot.entity.metadata)[0] & 1) === 1
        await stage.set('netherrack', [0, -1, 0])
        await stage.set('fire', [0, 0, 0])
        await stage.operate('set_body', { fields: { food: 10 } })
        await hurtBy(stage, 19)
        await stage.skip(25)
        await stage.until(burning, 'flames to be seen')
        await goTo(stage, [5.5, 0, 5.5])
        await stage.operate('set_body', { fields: { health: 20 } })
        await stage.skip(45)
        await stage.until(() => bot.health === 18 || bot.health === 17, 'burning to go on')
        await stage.set('water', [5, 0, 5])
        await stage.until(() => !burning(), 'water to put it out')
      }
    },
    {
      name: 'Rain puts a fire out',
      here: 'as vanilla',
      expectation: 'a burning body under the open sky stops to burn when it rains',
      source: 'minecraft.wiki/w/Fire#Burning',
      play: async (/** @type {Stage} */ stage) => {
        await stage.operate('set_body', { fields: { fireTicks: 300 } })
        await stage.skip(5)
        assert.ok((await bodyOf(stage)).fireTicks > 200)
        await stage.operate('set_weather', { weather: 'rain', ticks: 6000, atOnce: true })
        await stage.skip(2)
        const { falls } = await stage.operate('get_weather', stage.at(0, 0, 0))
        assert.equal(falls, 'rain', 'the stage stands where it rains')
        assert.ok((await bodyOf(stage)).fireTicks < 0)
      }
    },
    {
      name: 'Lava hurts and sets on fire',
      here: 'as vanilla',
      expectation: 'four half hearts in half a second, and burning for 15 seconds; fire resistance helps',
      source: 'minecraft.wiki/w/Lava#Damage',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await stage.operate('effect', { name: 'fire_resistance', ticks: 100 })
        await stage.operate('set_body', { fields: { food: 10 } })
        await stage.set('lava', [0, 0, 0])
        await stage.skip(20)
        assert.equal((await bodyOf(stage)).health, 20)
        await stage.skip(80)
        await stage.until(() => bot.health <= 16, 'the lava')
        const { fireTicks } = await bodyOf(stage)
        assert.ok(fireTicks > 250, `${fireTicks}`)
      }
    },
    {
      name: 'Soul fire and campfires',
      here: 'as vanilla',
      expectation: 'soul fire costs two half hearts, a campfire one and does not set on fire',
      source: 'minecraft.wiki/w/Soul_Fire, minecraft.wiki/w/Campfire',
      play: async (/** @type {Stage} */ stage) => {
        await stage.operate('set_body', { fields: { food: 10 } })
        await stage.set('soul_soil', [0, -1, 0])
        await stage.set('soul_fire', [0, 0, 0])
        await stage.until(() => stage.bot.health < 20, 'soul fire')
        assert.equal(stage.bot.health % 2, 0)
        await stage.set('air', [0, 0, 0])
        await goTo(stage, [5.5, 1, 5.5])
        await stage.set('campfire', [5, 0, 5])
        await setBody(stage, { health: 20, fireTicks: -20 })
        await stage.until(() => stage.bot.health === 19, 'the campfire')
        assert.ok((await bodyOf(stage)).fireTicks <= 0)
      }
    },
    {
      name: 'Cactus, magma and berry bushes',
      here: 'as vanilla',
      expectation: 'a cactus pricks, magma burns who does not sneak, a grown bush pricks who moves in it',
      source: 'minecraft.wiki/w/Damage, minecraft.wiki/w/Magma_Block',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await stage.operate('set_body', { fields: { food: 10 } })
        await stage.set('sand', [2, -1, 0])
        await stage.set('cactus', [2, 0, 0])
        await goTo(stage, [1.74, 0, 0.5])
        await stage.until(() => bot.health < 20, 'the cactus')
        await goTo(stage, [-3.5, 0, -3.5])
        await setBody(stage, { health: 20 })
        await stage.set('magma_block', [-4, -1, -4])
        await stage.until(() => bot.health < 20, 'the magma')
        bot.setControlState('sneak', true)
        await bot.waitForTicks(5)
        await setBody(stage, { health: 20 })
        await stage.skip(40)
        assert.equal((await bodyOf(stage)).health, 20)
        bot.setControlState('sneak', false)
        await goTo(stage, [4.5, 0, 4.5])
        await stage.set('grass_block', [4, -1, 4])
        await stage.set('sweet_berry_bush', [4, 0, 4], /** @type {any} */ ({ age: 3 }))
        await stage.skip(20)
        assert.equal((await bodyOf(stage)).health, 20)
        bot.setControlState('forward', true)
        await stage.until(() => bot.health < 20, 'the bush')
      }
    },
    {
      name: 'Walls around the head',
      here: 'as vanilla',
      expectation: 'stone around the eyes suffocates, glass does not',
      source: 'minecraft.wiki/w/Suffocation',
      play: async (/** @type {Stage} */ stage) => {
        await stage.operate('set_body', { fields: { food: 10 } })
        await stage.set('glass', [0, 1, 0])
        await stage.skip(30)
        assert.equal((await bodyOf(stage)).health, 20)
        await stage.set('stone', [0, 1, 0])
        await stage.until(() => stage.bot.health < 20, 'suffocation')
      }
    },
    {
      name: 'The void',
      here: 'as vanilla',
      expectation: 'below the world four half hearts at a time, until death',
      source: 'minecraft.wiki/w/Void',
      play: async (/** @type {Stage} */ stage) => {
        const died = new Promise(resolve => stage.bot.once('death', () => resolve(true)))
        await stage.operate('teleport', { x: 0.5, y: -140, z: 0.5 })
        await stage.until(() => stage.bot.health <= 16, 'the void')
        await stage.skip(60)
        assert.ok(await died)
      }
    }
  ],
  absent: [
    { name: 'Freezing in powder snow', here: 'absent' }
  ]
}
