'use strict'

const assert = require('node:assert/strict')
const { once } = require('node:events')
const { put, use } = require('../hands')
const { within } = require('../stage')

/** @typedef {import('../stage').Stage} Stage */

const textAt = (/** @type {any} */ bot, /** @type {any} */ at) => bot.blockAt(at).signText

/** Another bot, on the stage. */
async function joinHere (/** @type {Stage} */ stage, /** @type {string} */ username) {
  const guest = await stage.join(username)
  const { x, y, z } = stage.at(-1.5, 0, 0.5)
  await stage.operate('teleport', { player: username, x, y, z })
  await stage.until(() => guest.blockAt(stage.at(0, -1, 0))?.name === 'stone', 'the guest to see the stage')
  return guest
}

module.exports = {
  title: 'Signs',
  mechanics: [
    {
      name: 'A sign is written when it is placed',
      here: 'as vanilla',
      expectation: 'the editor opens, and what the bot writes is read by it, by another, and by one who comes later',
      source: 'minecraft.wiki/w/Sign; bot.updateSign of Mineflayer',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        const guest = await joinHere(stage, 'reader')
        const opened = once(bot, 'signOpen')
        await put(stage, 'oak_sign', [2, -1, 2], 'up')
        await within(10000, opened, 'the editor')
        const at = stage.at(2, 0, 2)
        bot.updateSign(bot.blockAt(at), 'Here\nlives\nnobody')
        await stage.until(() => /Here\nlives\nnobody/.test(textAt(bot, at)), 'the text')
        await stage.until(() => /Here\nlives\nnobody/.test(textAt(guest, at)), 'the text for another')
        const late = await joinHere(stage, 'late')
        await stage.until(() => /Here\nlives\nnobody/.test(textAt(late, at) ?? ''), 'the text for who comes later')
      }
    },
    {
      name: 'A sign is written anew, on both sides, until it is waxed',
      here: 'as vanilla',
      expectation: 'a click opens the editor for the side the player stands at; honeycomb ends that',
      source: 'minecraft.wiki/w/Sign#Editing',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await stage.set('oak_sign', [0, 0, 2], { rotation: 8 })
        const at = stage.at(0, 0, 2)
        await stage.until(() => bot.blockAt(at).name === 'oak_sign', 'the sign')
        let opened = once(bot, 'signOpen')
        await use(stage, [0, 0, 2])
        await within(10000, opened, 'the editor')
        bot.updateSign(bot.blockAt(at), 'front')
        await stage.until(() => /front/.test(textAt(bot, at)), 'the front')
        await stage.operate('teleport', stage.at(0.5, 0, 4.5))
        await bot.waitForTicks(5)
        opened = once(bot, 'signOpen')
        await use(stage, [0, 0, 2])
        await within(10000, opened, 'the editor of the back')
        bot.updateSign(bot.blockAt(at), 'back', true)
        await stage.until(() => bot.blockAt(at).getSignText()[1]?.trim() === 'back', 'the back')
        await stage.hold('honeycomb')
        await use(stage, [0, 0, 2])
        await stage.until(() => stage.count('honeycomb') === 0, 'the wax')
        let reopened = false
        bot.once('signOpen', () => { reopened = true })
        await use(stage, [0, 0, 2])
        await bot.waitForTicks(10)
        assert.equal(reopened, false)
      }
    },
    {
      name: 'Nobody writes on a sign without its editor',
      here: 'as vanilla',
      expectation: 'text sent for a sign that was not opened is not taken',
      source: 'minecraft.wiki/w/Sign',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await stage.set('oak_sign', [0, 0, 2], { rotation: 8 })
        await stage.until(() => bot.blockAt(stage.at(0, 0, 2)).name === 'oak_sign', 'the sign')
        bot.updateSign(bot.blockAt(stage.at(0, 0, 2)), 'forged')
        await bot.waitForTicks(10)
        assert.doesNotMatch(textAt(bot, stage.at(0, 0, 2)) ?? '', /forged/)
      }
    }
  ],
  absent: []
}
