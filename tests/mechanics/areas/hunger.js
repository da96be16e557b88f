'use strict'

const assert = require('node:assert/strict')
const { bodyOf, setBody, nearly } = require('../bodies')

/** @typedef {import('../stage').Stage} Stage */

/** Eats the held item and says how many ticks that took. */
async function eat (/** @type {Stage} */ stage) {
  await stage.bot.consume()
}

module.exports = {
  title: 'Hunger, food and drink',
  mechanics: [
    {
      name: 'Every food gives its points and saturation',
      here: 'as vanilla',
      expectation: 'bread gives 5 points and 6 of saturation, an apple 4 and 2.4, each in 32 ticks',
      source: 'minecraft.wiki/w/Food; foods of minecraft-data; bot.consume of Mineflayer',
      play: async (/** @type {Stage} */ stage) => {
        for (const name of ['bread', 'apple']) {
          const { foodPoints, saturation } = stage.bot.registry.foodsByName[name]
          await stage.hold(name)
          await setBody(stage, { food: 8, saturation: 0, exhaustion: 0 })
          await eat(stage)
          await stage.until(() => stage.bot.food === 8 + foodPoints, `${name} to fill`)
          nearly(stage.bot.foodSaturation, saturation)
          assert.equal(stage.count(name), 0)
        }
      }
    },
    {
      name: 'Eating takes its time',
      here: 'as vanilla',
      expectation: 'nothing is eaten after 20 ticks, all after 32; dried kelp takes 16; letting go ends it',
      source: 'minecraft.wiki/w/Food#Usage',
      play: async (/** @type {Stage} */ stage) => {
        await stage.hold('bread', 3)
        await setBody(stage, { food: 8, saturation: 0 })
        stage.bot.activateItem()
        await stage.skip(20)
        assert.equal((await bodyOf(stage)).food, 8)
        stage.bot.deactivateItem()
        await stage.skip(30)
        assert.equal((await bodyOf(stage)).food, 8)
        stage.bot.activateItem()
        await stage.bot.waitForTicks(4)
        await stage.skip(33)
        assert.equal((await bodyOf(stage)).food, 13)
        await stage.operate('clear')
        await stage.hold('dried_kelp', 2)
        stage.bot.activateItem()
        await stage.bot.waitForTicks(4)
        await stage.skip(16)
        assert.equal((await bodyOf(stage)).food, 14)
      }
    },
    {
      name: 'A full body eats only what is always good',
      here: 'as vanilla',
      expectation: 'bread stays, a golden apple is eaten',
      source: 'minecraft.wiki/w/Food#Usage',
      play: async (/** @type {Stage} */ stage) => {
        await stage.hold('bread')
        stage.bot.activateItem()
        await stage.bot.waitForTicks(4)
        await stage.skip(40)
        assert.equal(stage.count('bread'), 1)
        await stage.hold('golden_apple')
        await eat(stage)
        await stage.until(() => stage.count('golden_apple') === 0, 'the apple to be eaten')
      }
    },
    {
      name: 'Some food has effects',
      here: 'as vanilla',
      expectation: 'a golden apple regenerates and absorbs, a spider eye poisons, pufferfish does three things, honey and milk heal',
      source: 'minecraft.wiki/w/Food#Foods, minecraft.wiki/w/Milk_Bucket',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        const has = (/** @type {string} */ name) => bot.entity.effects[bot.registry.effectsByName[name].id]
        await setBody(stage, { food: 10 })
        await stage.hold('golden_apple')
        await eat(stage)
        await stage.until(() => has('Regeneration') && has('Absorption'), 'the effects of the apple')
        assert.equal(has('Regeneration').amplifier, 1)
        await stage.hold('spider_eye')
        await eat(stage)
        await stage.until(() => has('Poison'), 'the poison of the eye')
        await stage.hold('honey_bottle')
        await eat(stage)
        await stage.until(() => !has('Poison') && has('Absorption'), 'honey to end the poison alone')
        assert.equal(stage.count('glass_bottle'), 1)
        await setBody(stage, { food: 10 })
        await stage.hold('pufferfish')
        await eat(stage)
        await stage.until(() => has('Poison') && has('Hunger') && has('Nausea'), 'the effects of the fish')
        await stage.hold('milk_bucket')
        bot.activateItem()
        await stage.until(() => Object.keys(bot.entity.effects).length === 0, 'milk to end all')
        assert.equal(stage.count('bucket'), 1)
      }
    },
    {
      name: 'Stew leaves its bowl, a potion its bottle',
      here: 'simplified: suspicious stew has no effect',
      expectation: 'a bowl after mushroom stew; speed and a glass bottle after a potion of swiftness',
      source: 'minecraft.wiki/w/Mushroom_Stew, minecraft.wiki/w/Potion',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await setBody(stage, { food: 10 })
        await stage.hold('mushroom_stew')
        await eat(stage)
        await stage.until(() => stage.count('bowl') === 1, 'the bowl')
        await setBody(stage, { food: 10 })
        await stage.operate('give_potion', { potion: 'minecraft:swiftness' })
        await stage.until(() => stage.count('potion') === 1, 'the potion')
        await bot.equip(bot.registry.itemsByName.potion.id, 'hand')
        await eat(stage)
        await stage.until(() => bot.entity.effects[bot.registry.effectsByName.Speed.id], 'speed')
        assert.equal(stage.count('glass_bottle'), 1)
      }
    },
    {
      name: 'Work makes hungry',
      here: 'as vanilla',
      expectation: 'exhaustion of 4 costs a point of saturation, then of food; a jump costs 0.05, a blow 0.1',
      source: 'minecraft.wiki/w/Hunger#Exhaustion_level_increase',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await setBody(stage, { food: 10, saturation: 1, exhaustion: 8.1 })
        await stage.until(() => bot.foodSaturation === 0 && bot.food === 9, 'saturation and food to go')
        await stage.operate('set_body', { fields: { exhaustion: 0 } })
        bot.setControlState('jump', true)
        await stage.until(() => !bot.entity.onGround, 'the jump')
        bot.setControlState('jump', false)
        await stage.until(() => bot.entity.onGround, 'the ground')
        await bot.waitForTicks(3)
        nearly((await bodyOf(stage)).exhaustion, 0.05, 0.001)
      }
    },
    {
      name: 'Starving stops where the difficulty says',
      here: 'as vanilla',
      expectation: 'on normal at half a heart, on easy at five hearts, on hard it kills',
      source: 'minecraft.wiki/w/Hunger#Effects',
      play: async (/** @type {Stage} */ stage) => {
        try {
          await stage.operate('command', { text: 'difficulty easy' })
          await stage.operate('set_body', { fields: { health: 12, food: 0, saturation: 0 } })
          await stage.skip(400)
          assert.equal((await bodyOf(stage)).health, 10)
          await stage.operate('command', { text: 'difficulty normal' })
          await stage.operate('set_body', { fields: { health: 3 } })
          await stage.skip(400)
          assert.equal((await bodyOf(stage)).health, 1)
          const died = new Promise(resolve => stage.bot.once('death', () => resolve(true)))
          await stage.operate('command', { text: 'difficulty hard' })
          await stage.skip(100)
          assert.ok(await died)
        } finally {
          await stage.operate('command', { text: 'difficulty normal' })
        }
      }
    },
    {
      name: 'A hungry body cannot sprint',
      here: 'simplified: the server takes no notice of the sprint, the client walks as fast as it likes',
      expectation: 'with 6 points of food others do not see the bot sprint, with 7 they do',
      source: 'minecraft.wiki/w/Sprinting',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        const flags = () => /** @type {any} */ (bot.entity.metadata)[0] ?? 0
        await setBody(stage, { food: 7, saturation: 0 })
        bot.setControlState('forward', true)
        bot.setControlState('sprint', true)
        await stage.until(() => flags() & 8, 'the sprint')
        await setBody(stage, { food: 6, saturation: 0 })
        await stage.until(() => (flags() & 8) === 0, 'the end of the sprint')
      }
    }
  ],
  absent: []
}
