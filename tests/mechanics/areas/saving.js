'use strict'

const assert = require('node:assert/strict')

/** @typedef {import('../stage').Stage} Stage */

const ticksOf = (/** @type {Stage} */ { bot }) => bot.time.age

module.exports = {
  title: 'Snapshots',
  mechanics: [
    {
      name: 'A world is put back in place, with everybody in it',
      here: 'our own',
      expectation: 'the bot stays connected and sees blocks, inventory, health, experience, time and creatures of then',
      source: 'mc_server/embedded/saving/snapshots.js',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await stage.set('gold_block', [2, 0, 2])
        await stage.give('diamond', 3)
        await stage.operate('command', { text: 'xp add tester 3 levels' })
        const cow = await stage.summon('cow', [4, 0, 4])
        await stage.until(() => stage.count('diamond') === 3 && bot.experience.level === 3, 'what was given')
        await stage.operate('create_snapshot', { name: 'then' })
        const then = ticksOf(stage)
        await stage.operate('command', { text: 'kill @e[type=cow]' })
        await stage.set('air', [2, 0, 2])
        await stage.operate('command', { text: 'clear tester' })
        await stage.operate('command', { text: 'xp set tester 0 levels' })
        await stage.operate('hurt', { damage: 6, cause: 'magic' })
        await stage.operate('teleport', stage.at(-5.5, 0, -5.5))
        await stage.skip(300)
        await stage.until(() => bot.health < 20 && ticksOf(stage) > then + 200, 'things to have changed')

        await stage.operate('restore_snapshot', { name: 'then' })
        const back = () => bot.blockAt(stage.at(2, 0, 2))?.name === 'gold_block' && stage.count('diamond') === 3 && bot.health === 20 &&
          bot.experience.level === 3 && bot.entity.position.distanceTo(stage.at(0.5, 0, 0.5)) < 0.5 && bot.entities[cow.id]?.name === 'cow'
        await stage.until(back, 'everything to be back')
        assert.ok(ticksOf(stage) < then + 200, 'time went back')
      }
    },
    {
      name: 'An open window closes, and what lay in it is not lost',
      here: 'our own',
      expectation: 'items on the cursor and in the grid of a table are in the inventory again after a snapshot was put back',
      source: 'mc_server/embedded/players/player_state.js',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await stage.set('crafting_table', [2, 0, 0])
        await stage.hold('oak_planks', 8)
        const table = await bot.openBlock(bot.blockAt(stage.at(2, 0, 0)))
        await bot.clickWindow(table.hotbarStart + bot.quickBarSlot, 0, 0)
        await bot.clickWindow(1, 1, 0)
        await stage.operate('create_snapshot', { name: 'open' })
        await stage.operate('restore_snapshot', { name: 'open' })
        await stage.until(() => !bot.currentWindow && stage.count('oak_planks') === 8, 'the planks')
      }
    },
    {
      name: 'Who was dead lives, and who lived is dead',
      here: 'our own',
      expectation: 'a bot that has died since is alive again with all it had',
      source: 'mc_server/embedded/saving/snapshots.js',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await stage.give('emerald', 2)
        await stage.until(() => stage.count('emerald') === 2, 'the emeralds')
        await stage.operate('create_snapshot', { name: 'alive' })
        await stage.operate('command', { text: 'kill tester' })
        await stage.until(() => stage.count('emerald') === 0, 'to lose them')
        await stage.operate('restore_snapshot', { name: 'alive' })
        await stage.until(() => bot.health === 20 && stage.count('emerald') === 2, 'to have them again')
        assert.ok(bot.entity.position.distanceTo(stage.at(0.5, 0, 0.5)) < 1)
      }
    }
  ],
  absent: []
}
