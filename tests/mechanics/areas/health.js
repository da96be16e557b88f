'use strict'

const assert = require('node:assert/strict')
const { bodyOf, setBody } = require('../bodies')

/** @typedef {import('../stage').Stage} Stage */

module.exports = {
  title: 'Health',
  mechanics: [
    {
      name: 'A well-fed body heals fast',
      here: 'as vanilla',
      expectation: 'with full food and six points of saturation, half a heart in ten ticks',
      source: 'minecraft.wiki/w/Hunger#Mechanics',
      play: async (/** @type {Stage} */ stage) => {
        await stage.operate('set_body', { fields: { health: 10, food: 20, saturation: 20, hungerTicks: 0 } })
        await stage.skip(50)
        const { health, exhaustion, saturation } = await bodyOf(stage)
        assert.ok(health >= 15 && health <= 17, `health ${health}`)
        assert.ok(exhaustion > 0 || saturation < 20)
        await stage.until(() => stage.bot.health >= 15, 'the bot to know')
      }
    },
    {
      name: 'A fed body heals slowly',
      here: 'as vanilla',
      expectation: 'with 18 points of food and no saturation, half a heart in eighty ticks',
      source: 'minecraft.wiki/w/Hunger#Mechanics',
      play: async (/** @type {Stage} */ stage) => {
        await stage.operate('set_body', { fields: { health: 10, food: 18, saturation: 0, hungerTicks: 0 } })
        await stage.skip(60)
        assert.equal((await bodyOf(stage)).health, 10)
        await stage.skip(25)
        assert.equal((await bodyOf(stage)).health, 11)
        await stage.until(() => stage.bot.health === 11, 'the bot to know')
      }
    },
    {
      name: 'A hungry body does not heal',
      here: 'as vanilla',
      expectation: 'with 17 points of food, nothing in ten seconds',
      source: 'minecraft.wiki/w/Hunger#Mechanics',
      play: async (/** @type {Stage} */ stage) => {
        await setBody(stage, { health: 10, food: 17, saturation: 5 })
        await stage.skip(200)
        assert.equal((await bodyOf(stage)).health, 10)
      }
    },
    {
      name: 'Blows in quick succession count once',
      here: 'as vanilla',
      expectation: 'within ten ticks a weaker blow does nothing, a harder one costs what it is harder',
      source: 'minecraft.wiki/w/Damage#Immunity',
      play: async (/** @type {Stage} */ stage) => {
        await stage.operate('set_body', { fields: { food: 10 } })
        await Promise.all([4, 3, 6].map(damage => stage.operate('hurt', { damage })))
        await stage.until(() => stage.bot.health === 14, 'six half hearts to be lost')
        await stage.skip(15)
        await stage.operate('hurt', { damage: 3 })
        await stage.until(() => stage.bot.health === 11, 'a later blow to count')
      }
    },
    {
      name: 'Clients are told what hurts',
      here: 'as vanilla',
      expectation: 'the damage event of a cactus names the type `cactus` of the registry sent at login, and so for others',
      source: 'minecraft.wiki/w/Damage_type, wiki.vg Damage Event',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        const { value } = bot.registry.loginPacket.dimensionCodec.value['minecraft:damage_type'].value.value.value
        const nameOf = (/** @type {number} */ id) => value.find((/** @type {any} */ row) => row.id.value === id).name.value
        for (const [cause, type] of [['cactus', 'cactus'], ['fire', 'in_fire'], ['drowning', 'drown'], ['attack', 'player_attack'], ['void', 'out_of_world']]) {
          const told = new Promise(resolve => bot._client.once('damage_event', resolve))
          await stage.operate('hurt', { damage: 1, cause })
          const { entityId, sourceTypeId } = /** @type {any} */ (await told)
          assert.equal(entityId, bot.entity.id)
          assert.equal(nameOf(sourceTypeId), `minecraft:${type}`)
          await stage.skip(12)
        }
      }
    },
    {
      name: 'Health that is lent goes first',
      here: 'as vanilla',
      expectation: 'absorption takes four half hearts of a blow of six',
      source: 'minecraft.wiki/w/Absorption',
      play: async (/** @type {Stage} */ stage) => {
        await stage.operate('effect', { name: 'absorption', amplifier: 0, ticks: 2400 })
        await stage.operate('set_body', { fields: { food: 10 } })
        await stage.operate('hurt', { damage: 6 })
        await stage.until(() => stage.bot.health === 18, 'two half hearts to be lost')
        assert.equal((await bodyOf(stage)).absorption, 0)
      }
    }
  ],
  absent: []
}
