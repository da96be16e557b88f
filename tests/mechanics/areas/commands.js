'use strict'

const assert = require('node:assert/strict')
const { once } = require('node:events')
const { within, requireFromServer } = require('../../mc_server/embedded_harness')

/** @typedef {import('../stage').Stage} Stage */

const WIKI = 'minecraft.wiki/w/Commands'

/** Gives a command in the bot's chat and waits for what the game answers. @returns {Promise<any>} */
async function command (/** @type {Stage} */ { bot }, /** @type {string} */ text) {
  const answer = new Promise(resolve => bot._client.once('systemChat', resolve))
  bot.chat(`/${text}`)
  const { formattedMessage } = await within(5000, /** @type {Promise<any>} */ (answer), `an answer to /${text}`)
  return JSON.parse(formattedMessage)
}

module.exports = {
  title: 'Commands for tests',
  mechanics: [
    {
      name: 'give and clear',
      here: 'as vanilla',
      expectation: 'stacks arrive with their data, more than a stack in several; clear takes all or one kind',
      source: `${WIKI}/give`,
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await command(stage, 'give @p dirt 70')
        await stage.until(() => stage.count('dirt') === 70, 'the dirt')
        await command(stage, 'give tester diamond_sword{Enchantments:[{id:"minecraft:sharpness",lvl:5s}],Damage:7}')
        await stage.until(() => stage.count('diamond_sword') === 1, 'the sword')
        const sword = bot.inventory.items().find((/** @type {any} */ { name }) => name === 'diamond_sword')
        assert.deepEqual(sword.enchants, [{ name: 'sharpness', lvl: 5 }])
        assert.equal(sword.durabilityUsed, 7)
        await command(stage, 'clear @s dirt 6')
        await stage.until(() => stage.count('dirt') === 64, 'six to go')
        await command(stage, 'clear')
        await stage.until(() => bot.inventory.items().length === 0, 'all to go')
      }
    },
    {
      name: 'tp',
      here: 'as vanilla',
      expectation: 'a player goes to coordinates, relative ones, and to another player',
      source: `${WIKI}/teleport`,
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await command(stage, 'tp 4.5 205 2.5')
        await stage.until(() => Math.abs(bot.entity.position.x - 4.5) < 0.01, 'to be there')
        await command(stage, 'tp @s ~-3 ~ ~1')
        await stage.until(() => Math.abs(bot.entity.position.x - 1.5) < 0.01 && Math.abs(bot.entity.position.z - 3.5) < 0.01, 'to be further')
        const guest = await stage.join()
        await command(stage, 'tp guest tester')
        await stage.until(() => Math.abs(guest.entity.position.x - 1.5) < 0.01, 'the guest to come')
      }
    },
    {
      name: 'setblock and fill',
      here: 'as vanilla',
      expectation: 'blocks stand with their properties; fill replaces, keeps, hollows, and refuses too much',
      source: `${WIKI}/fill`,
      play: async (/** @type {Stage} */ stage) => {
        await command(stage, 'setblock 2 200 2 oak_stairs[facing=east,half=top]')
        await stage.until(() => stage.bot.blockAt(stage.at(2, 0, 2)).name === 'oak_stairs', 'the stairs')
        const { properties } = await stage.block([2, 0, 2])
        assert.deepEqual([properties.facing, properties.half], ['east', 'top'])
        const { translate, with: values } = await command(stage, 'fill -3 200 -3 -1 202 -1 glass hollow')
        assert.deepEqual([translate, Number(values[0].text ?? values[0])], ['commands.fill.success', 26])
        assert.equal((await stage.block([-2, 1, -2])).name, 'air')
        assert.match(JSON.stringify(await command(stage, 'fill 0 0 0 100 100 100 stone')), /Too many blocks/)
      }
    },
    {
      name: 'summon and kill',
      here: 'as vanilla',
      expectation: 'a creature appears and a selector by its type kills it',
      source: `${WIKI}/kill`,
      play: async (/** @type {Stage} */ stage) => {
        const cow = () => stage.bot.nearestEntity((/** @type {any} */ { name }) => name === 'cow')
        await command(stage, 'summon cow 3.5 200 3.5')
        await stage.until(cow, 'the cow')
        await command(stage, 'kill @e[type=cow]')
        await stage.until(() => !cow(), 'the cow to die')
        await command(stage, 'kill')
        await stage.until(() => stage.bot.health === 20 && stage.bot.entity.position.y < 190, 'to die and come back')
      }
    },
    {
      name: 'time, weather, difficulty, gamerule',
      here: 'simplified: of the rules only those named at the top of this page do something',
      expectation: 'the bot sees midnight, rain, the sun that stands still, the difficulty',
      source: `${WIKI}/time`,
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await command(stage, 'time set midnight')
        await stage.until(() => bot.time.timeOfDay >= 18000, 'midnight')
        await command(stage, 'gamerule doDaylightCycle false')
        await stage.until(() => bot.time.doDaylightCycle === false, 'the sun to stand still')
        await command(stage, 'gamerule doDaylightCycle true')
        await command(stage, 'weather rain')
        await stage.until(() => bot.isRaining, 'rain')
        await command(stage, 'weather clear')
        // Mineflayer looks the packet's name up as if it were a number, so the packet itself is looked at.
        const told = once(bot._client, 'difficulty')
        await command(stage, 'difficulty hard')
        assert.equal((await within(5000, told, 'the difficulty'))[0].difficulty, 'hard')
        await command(stage, 'difficulty normal')
      }
    },
    {
      name: 'Game modes',
      here: 'simplified: spectators see no more than others',
      expectation: 'a creative player breaks blocks at once, loses none it places, takes any item, is not hurt by a fall; survival ends that',
      source: 'minecraft.wiki/w/Creative',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        const Item = requireFromServer('prismarine-item')(bot.registry)
        await command(stage, 'gamemode creative')
        await stage.until(() => bot.game.gameMode === 'creative', 'creative mode')
        await bot.creative.setInventorySlot(36, new Item(bot.registry.itemsByName.obsidian.id, 5))
        bot.setQuickBarSlot(0)
        await bot.placeBlock(bot.blockAt(stage.at(2, -1, 0)), stage.at(0, 1, 0).minus(stage.at(0, 0, 0)))
        assert.equal(stage.count('obsidian'), 5)
        const started = bot.time.age
        await bot.dig(bot.blockAt(stage.at(2, 0, 0)))
        assert.ok(bot.time.age - started <= 40, 'digging obsidian takes no time')
        await command(stage, 'tp 0.5 211 0.5')
        await stage.until(() => bot.entity.onGround && bot.entity.position.y < 201, 'to land')
        assert.equal(bot.health, 20)
        await command(stage, 'gamemode survival')
        await stage.until(() => bot.game.gameMode === 'survival', 'survival mode')
        await command(stage, 'tp 0.5 210 0.5')
        await stage.until(() => bot.health < 20, 'the fall to hurt')
      }
    },
    {
      name: 'effect, xp, spawnpoint',
      here: 'as vanilla',
      expectation: 'the bot sees its effect and levels; it comes back to life where it was told to',
      source: `${WIKI}/effect`,
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await command(stage, 'effect give @s speed 30 1')
        await stage.until(() => Object.keys(bot.entity.effects).length === 1, 'the effect')
        await command(stage, 'effect clear')
        await stage.until(() => Object.keys(bot.entity.effects).length === 0, 'the effect to end')
        await command(stage, 'xp add @s 7 levels')
        await stage.until(() => bot.experience.level === 7, 'the levels')
        await command(stage, 'spawnpoint @s 5 200 5')
        await command(stage, 'kill @s')
        await stage.until(() => bot.health === 20 && bot.entity.position.distanceTo(stage.at(5.5, 0, 5.5)) < 1, 'to come back there')
      }
    }
  ],
  absent: [
    { name: 'Commands on a server without the flag for tests', here: 'absent: refused, and nothing changes (tests/mc_server/commands.test.js)' },
    { name: 'Operators and permission levels', here: 'absent: with the flag everybody may do everything' },
    { name: 'Command blocks, functions, /execute but for `in overworld run`', here: 'absent' },
    { name: 'Completion of commands', here: 'absent: answered with nothing' },
    { name: 'Particles', here: 'absent: /particle is accepted and shows nothing' }
  ]
}
