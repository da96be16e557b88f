'use strict'

const assert = require('node:assert/strict')
const { goTo, nearly } = require('../bodies')

/** @typedef {import('../stage').Stage} Stage */

/** Orbs the bot sees. @returns {any[]} */
const orbs = (/** @type {Stage} */ { bot }) => Object.values(bot.entities).filter((/** @type {any} */ entity) => entity.name === 'experience_orb')

const drop = (/** @type {Stage} */ stage, /** @type {[number, number, number]} */ [x, y, z], /** @type {number} */ amount) =>
  stage.operate('drop_experience', { ...stage.at(x, y, z), amount })

module.exports = {
  title: 'Experience',
  mechanics: [
    {
      name: 'Orbs are seen, drawn to players and taken',
      here: 'as vanilla',
      expectation: '10 points come as orbs of 7 and 3; they fly to a bot five blocks away and count',
      source: 'minecraft.wiki/w/Experience#Experience_orbs',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await drop(stage, [5.5, 0.5, 0.5], 10)
        await stage.until(() => orbs(stage).length === 2, 'two orbs')
        assert.deepEqual(orbs(stage).map(orb => orb.count).sort(), [3, 7])
        let collected = 0
        bot.on('playerCollect', () => { collected++ })
        await stage.until(() => bot.experience.points === 10, 'the points', 30000)
        await stage.until(() => orbs(stage).length === 0 && collected === 2, 'the orbs to be gone')
        assert.equal(bot.experience.level, 1)
        nearly(bot.experience.progress, 3 / 9)
      }
    },
    {
      name: 'Levels cost more and more',
      here: 'as vanilla',
      expectation: '352 points are level 16, 1507 level 31',
      source: 'minecraft.wiki/w/Experience#Leveling_up',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await drop(stage, [0.5, 0.5, 0.5], 352)
        await stage.until(() => bot.experience.points === 352, 'the points')
        assert.equal(bot.experience.level, 16)
        await drop(stage, [0.5, 0.5, 0.5], 1507 - 352)
        await stage.until(() => bot.experience.points === 1507, 'more points')
        assert.equal(bot.experience.level, 31)
      }
    },
    {
      name: 'Orbs join and vanish',
      here: 'simplified: orbs of one worth join when they are near, without a limit',
      expectation: 'twenty orbs of one place become fewer and are gone after five minutes',
      source: 'minecraft.wiki/w/Experience#Experience_orbs',
      play: async (/** @type {Stage} */ stage) => {
        await goTo(stage, [-11.5, 0, -11.5])
        for (let orb = 0; orb < 20; orb++) await drop(stage, [8.5, 0.5, 8.5], 1)
        await stage.skip(100)
        await stage.until(() => orbs(stage).length > 0 && orbs(stage).length < 12, 'orbs to join')
        await stage.skip(6000)
        await stage.until(() => orbs(stage).length === 0, 'orbs to vanish')
      }
    },
    {
      name: 'Ores and animals give experience',
      here: 'as vanilla',
      expectation: 'coal ore leaves 0 to 2 points, a killed cow 1 to 3',
      source: 'minecraft.wiki/w/Experience#Sources',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await stage.hold('diamond_pickaxe')
        let mined = 0
        while (bot.experience.points === 0 && mined++ < 10) {
          await stage.set('coal_ore', [0, 0, 2])
          await bot.dig(bot.blockAt(stage.at(0, 0, 2)))
          await bot.waitForTicks(10)
        }
        assert.ok(bot.experience.points >= 1 && mined <= 10)
        const { points } = bot.experience
        const cow = await stage.summon('cow', [0, 0, 2])
        await stage.operate('hurt_entity', { entity: cow.id, damage: 50, cause: 'attack', by_player: true })
        await stage.until(() => bot.experience.points > points, 'the experience of the cow')
        assert.ok(bot.experience.points <= points + 3)
      }
    }
  ],
  absent: [{ name: 'Mending', here: 'absent' }]
}
