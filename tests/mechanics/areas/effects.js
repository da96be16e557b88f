'use strict'

const assert = require('node:assert/strict')
const { bodyOf, nearly } = require('../bodies')

/** @typedef {import('../stage').Stage} Stage */

/** An effect as the bot knows it. */
const seen = (/** @type {Stage} */ { bot }, /** @type {string} */ name) => bot.entity.effects[bot.registry.effectsByName[name].id]

module.exports = {
  title: 'Effects',
  mechanics: [
    {
      name: 'Effects come and go',
      here: 'simplified: a weaker effect that a stronger one covers is forgotten; a changed walking speed is left to the client',
      expectation: 'the bot is told of level and time, a stronger one takes over, and it ends in time',
      source: 'minecraft.wiki/w/Effect; bot.entity.effects of Mineflayer',
      play: async (/** @type {Stage} */ stage) => {
        await stage.operate('effect', { name: 'speed', amplifier: 0, ticks: 200 })
        await stage.until(() => seen(stage, 'Speed'), 'speed')
        await stage.operate('effect', { name: 'speed', amplifier: 1, ticks: 100 })
        await stage.until(() => seen(stage, 'Speed').amplifier === 1, 'more speed')
        await stage.operate('effect', { name: 'speed', amplifier: 0, ticks: 400 })
        await stage.skip(101)
        await stage.until(() => !seen(stage, 'Speed'), 'the end of speed')
      }
    },
    {
      name: 'Regeneration heals, poison and wither hurt',
      here: 'as vanilla',
      expectation: 'regeneration gives a point in 50 ticks, poison takes one in 25 and leaves one, wither kills',
      source: 'minecraft.wiki/w/Regeneration, minecraft.wiki/w/Poison, minecraft.wiki/w/Wither_(effect)',
      play: async (/** @type {Stage} */ stage) => {
        await stage.operate('set_body', { fields: { health: 5, food: 10 } })
        await stage.operate('effect', { name: 'regeneration', ticks: 150 })
        await stage.skip(151)
        assert.equal((await bodyOf(stage)).health, 8)
        await stage.operate('effect', { name: 'poison', ticks: 400 })
        await stage.skip(401)
        assert.equal((await bodyOf(stage)).health, 1)
        const died = new Promise(resolve => stage.bot.once('death', () => resolve(true)))
        await stage.operate('effect', { name: 'wither', ticks: 200 })
        await stage.skip(100)
        assert.ok(await died)
      }
    },
    {
      name: 'Instant health and damage',
      here: 'as vanilla',
      expectation: 'four half hearts gained, six lost',
      source: 'minecraft.wiki/w/Instant_Health, minecraft.wiki/w/Instant_Damage',
      play: async (/** @type {Stage} */ stage) => {
        await stage.operate('set_body', { fields: { food: 10 } })
        await stage.operate('effect', { name: 'instant_damage' })
        await stage.until(() => stage.bot.health === 14, 'damage')
        await stage.operate('effect', { name: 'instant_health' })
        await stage.until(() => stage.bot.health === 18, 'health')
      }
    },
    {
      name: 'Resistance and hunger',
      here: 'as vanilla',
      expectation: 'resistance II takes two fifths off a blow; hunger exhausts 0.005 a tick',
      source: 'minecraft.wiki/w/Resistance, minecraft.wiki/w/Hunger_(effect)',
      play: async (/** @type {Stage} */ stage) => {
        await stage.operate('set_body', { fields: { food: 10, exhaustion: 0 } })
        await stage.operate('effect', { name: 'resistance', amplifier: 1, ticks: 400 })
        await stage.operate('hurt', { damage: 10, cause: 'magic' })
        await stage.until(() => stage.bot.health === 14, 'six half hearts')
        await stage.operate('effect', { name: 'hunger', ticks: 100 })
        await stage.skip(101)
        nearly((await bodyOf(stage)).exhaustion, 0.5, 0.001)
      }
    },
    {
      name: 'Milk ends effects',
      here: 'as vanilla',
      expectation: 'after a bucket of milk no effect is left, good or bad, and the bucket is empty',
      source: 'minecraft.wiki/w/Milk_Bucket',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        for (const name of ['poison', 'speed']) await stage.operate('effect', { name, ticks: 20000 })
        await stage.until(() => seen(stage, 'Poison') && seen(stage, 'Speed'), 'the effects')
        await stage.hold('milk_bucket')
        await bot.consume()
        await stage.until(() => !seen(stage, 'Poison') && !seen(stage, 'Speed'), 'the effects to end')
        assert.equal(bot.heldItem.name, 'bucket')
        assert.deepEqual(Object.keys((await bodyOf(stage)).effects), [])
      }
    },
    {
      name: 'Effects outlive a connection and end with a life',
      here: 'as vanilla',
      expectation: 'who comes back is told of its effects; after death they are gone',
      source: 'minecraft.wiki/w/Effect',
      play: async (/** @type {Stage} */ stage) => {
        const guest = await stage.join('poisoned')
        await stage.operate('effect', { player: 'poisoned', name: 'night_vision', ticks: 4000 })
        await stage.until(() => Object.keys(guest.entity.effects).length === 1, 'the effect')
        guest.end()
        await stage.until(() => !stage.bot.players.poisoned, 'the guest to leave')
        const again = await stage.join('poisoned')
        await stage.until(() => Object.keys(again.entity.effects).length === 1, 'the effect again')
        await stage.operate('hurt', { player: 'poisoned', damage: 100, cause: 'void' })
        await stage.until(() => again.health === 20 && Object.keys(again.entity.effects).length === 0, 'the effect to end with life')
      }
    }
  ],
  absent: [{ name: 'Health boost, luck, invisibility and the like', here: 'absent: they are told to the client and do nothing' }]
}
