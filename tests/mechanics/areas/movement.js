'use strict'

const assert = require('node:assert/strict')
const { once } = require('node:events')
const { within } = require('../stage')
const { guestAt, goTo } = require('../bodies')

/** @typedef {import('../stage').Stage} Stage */

/** How often the server put a player back. */
const refusals = async (/** @type {Stage} */ stage) => (await stage.operate('status')).figures.refusedMoves

module.exports = {
  title: 'Moving',
  mechanics: [
    {
      name: 'Others see one crouch and sprint',
      here: 'as vanilla',
      expectation: 'the guest sees the bot crouch, sprint and stand again, also a guest that comes later',
      source: 'wiki.vg Entity metadata; events entityCrouch and entityUncrouch of Mineflayer',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        const guest = await guestAt(stage, [3, 0, 0])
        const seen = (/** @type {any} */ other) => other.players[bot.username].entity
        bot.setControlState('sneak', true)
        await stage.until(() => seen(guest).crouching, 'the bot to crouch')
        const late = await guestAt(stage, [3, 0, 2], 'late')
        await stage.until(() => seen(late).crouching, 'the late guest to see it')
        bot.setControlState('sneak', false)
        await stage.until(() => !seen(guest).crouching, 'the bot to stand')
        bot.setControlState('forward', true)
        bot.setControlState('sprint', true)
        await stage.until(() => seen(guest).metadata[0] & 8, 'the bot to sprint')
      }
    },
    {
      name: 'Steps that no body makes are undone',
      here: 'simplified: only steps of more than 1.2 blocks and into rock are noticed',
      expectation: 'a leap of five blocks ends where it began',
      source: 'minecraft.wiki/w/Server.properties#allow-flight',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        const before = await refusals(stage)
        bot._client.write('position', { ...stage.at(5.5, 0, 0.5), onGround: true })
        await stage.until(() => bot.entity.position.distanceTo(stage.at(0.5, 0, 0.5)) < 0.5, 'the bot to be put back')
        await bot.waitForTicks(3)
        assert.equal(await refusals(stage), before + 1)
      }
    },
    {
      name: 'Walking on air is noticed',
      here: 'simplified: the player is put back each time, never thrown out',
      expectation: 'eighty steps above nothing, without sinking, are put back',
      source: 'minecraft.wiki/w/Server.properties#allow-flight',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        const before = await refusals(stage)
        bot.physicsEnabled = false
        const moved = once(bot, 'forcedMove')
        await stage.operate('teleport', stage.at(0.5, 8, 0.5))
        await within(5000, moved, 'the bot to be high up')
        for (let step = 0; step < 90; step++) {
          bot._client.write('position', { ...stage.at(0.5 + (step % 2) * 0.1, 8, 0.5), onGround: false })
        }
        bot.physicsEnabled = true
        await bot.waitForTicks(5)
        assert.ok(await refusals(stage) > before)
      }
    },
    {
      name: 'Effects and honest leaps are not taken for cheating',
      here: 'as vanilla',
      expectation: 'no step is refused while the bot jumps high, levitates, falls slowly, sprints and jumps',
      source: 'minecraft.wiki/w/Effect',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        const before = await refusals(stage)
        await stage.operate('effect', { name: 'jump_boost', amplifier: 4, ticks: 200 })
        await stage.operate('effect', { name: 'speed', amplifier: 2, ticks: 200 })
        bot.setControlState('jump', true)
        await bot.waitForTicks(60)
        bot.clearControlStates()
        await stage.operate('effect', { name: 'levitation', amplifier: 1, ticks: 120 })
        await bot.waitForTicks(125)
        await stage.operate('effect', { name: 'slow_falling', ticks: 400 })
        await bot.waitForTicks(150)
        await goTo(stage, [-10.5, 0, 0.5])
        await bot.look(-Math.PI / 2, 0, true)
        for (const control of ['forward', 'sprint', 'jump']) bot.setControlState(control, true)
        await bot.waitForTicks(40)
        assert.equal(await refusals(stage), before)
      }
    }
  ],
  absent: []
}
