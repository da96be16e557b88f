'use strict'

const assert = require('node:assert/strict')
const { guestAt, goTo, hear } = require('../bodies')

/** @typedef {import('../stage').Stage} Stage */

const once = (/** @type {any} */ bot, /** @type {string} */ event) => new Promise(resolve => bot.once(event, resolve))

module.exports = {
  title: 'Death and coming back',
  mechanics: [
    {
      name: 'Everything is dropped where one dies',
      here: 'as vanilla',
      expectation: 'inventory, armour and cursor lie there and can be fetched; the bot stands at the spawn point, whole',
      source: 'minecraft.wiki/w/Death; events death, respawn and spawn of Mineflayer',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await stage.give('dirt', 70)
        await stage.hold('iron_boots')
        bot.activateItem()
        await stage.until(() => bot.inventory.slots[8], 'the boots to be worn')
        const events = Promise.all([once(bot, 'death'), once(bot, 'respawn'), once(bot, 'spawn')])
        await stage.operate('hurt', { damage: 50 })
        await events
        await stage.until(() => bot.health === 20 && bot.food === 20, 'the bot to be whole')
        assert.equal(bot.inventory.items().length, 0)
        assert.ok(bot.entity.position.distanceTo(stage.at(0, 0, 0)) > 20)
        await goTo(stage, [-11.5, 0, -11.5])
        await stage.skip(60)
        await bot.waitForTicks(20)
        for (const { position } of Object.values(bot.entities).filter((/** @type {any} */ entity) => entity.name === 'item')) {
          await stage.operate('teleport', position)
          await bot.waitForTicks(3)
        }
        await stage.until(() => stage.count('dirt') === 70 && stage.count('iron_boots') === 1, 'all to be fetched')
      }
    },
    {
      name: 'A dying player leaves experience',
      here: 'as vanilla',
      expectation: 'seven points a level lie there, the rest is lost',
      source: 'minecraft.wiki/w/Experience#Death',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await stage.operate('drop_experience', { ...stage.at(0.5, 0, 0.5), amount: 100 })
        await stage.until(() => bot.experience.points === 100, 'the points')
        assert.equal(bot.experience.level, 7)
        const spawned = once(bot, 'spawn')
        await stage.operate('hurt', { damage: 50 })
        await spawned
        await stage.until(() => bot.experience.points === 0, 'the points to be lost')
        await goTo(stage, [0.5, 0, 0.5])
        await stage.until(() => bot.experience.points === 49, 'what was left')
      }
    },
    {
      name: 'Everybody reads how one died',
      here: 'simplified: without the weapon\'s name; ladders and vines are not named in falls',
      expectation: 'the texts of the original, with the killer, also when the fall was only his doing',
      source: 'minecraft.wiki/w/Death_messages',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        const lines = hear(bot)
        const dies = async (/** @type {any[]} */ blows, /** @type {string} */ text) => {
          const spawned = once(bot, 'spawn')
          for (const blow of blows) await stage.operate('hurt', blow)
          await spawned
          await stage.until(() => lines.includes(text), `'${text}' among ${JSON.stringify(lines)}`)
          await stage.skip(120)
        }
        const { username } = bot
        await dies([{ damage: 50, cause: 'fall' }], `${username} hit the ground too hard`)
        await dies([{ damage: 50, cause: 'lava' }], `${username} tried to swim in lava`)
        await dies([{ damage: 50, cause: 'drowning' }], `${username} drowned`)
        await dies([{ damage: 50, cause: 'starvation' }], `${username} starved to death`)
        const spawned = once(bot, 'spawn')
        await goTo(stage, [0.5, 40, 0.5])
        await spawned
        await stage.until(() => lines.includes(`${username} fell from a high place`), 'the text of a high fall')
        await goTo(stage, [0.5, 0, 0.5])
        const guest = await guestAt(stage, [0, 0, 2])
        await stage.operate('set_body', { fields: { health: 1, food: 10 } })
        await guest.look(0, 0, true)
        await guest.waitForTicks(3)
        const again = once(bot, 'spawn')
        guest.attack(guest.players[username].entity)
        await again
        await stage.until(() => lines.includes(`${username} was slain by guest`), 'the killer\'s name')
      }
    },
    {
      name: 'keepInventory keeps it',
      here: 'as vanilla',
      expectation: 'with the rule on nothing is dropped',
      source: 'minecraft.wiki/w/Game_rule',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        try {
          await stage.operate('command', { text: 'gamerule keepInventory true' })
          await stage.hold('dirt', 5)
          const spawned = once(bot, 'spawn')
          await stage.operate('hurt', { damage: 50 })
          await spawned
          await stage.until(() => bot.health === 20 && stage.count('dirt') === 5, 'the dirt to be kept')
        } finally {
          await stage.operate('command', { text: 'gamerule keepInventory false' })
        }
      }
    }
  ],
  absent: []
}
