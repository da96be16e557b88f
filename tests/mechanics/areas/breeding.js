'use strict'

const assert = require('node:assert/strict')
const { guestAt } = require('../bodies')

/** @typedef {import('../stage').Stage} Stage */

const BABY_KEY = 16
const FOODS = /** @type {Record<string, string[]>} */ ({
  pig: ['carrot', 'potato', 'beetroot'], sheep: ['wheat'], chicken: ['wheat_seeds', 'beetroot_seeds', 'melon_seeds'], rabbit: ['carrot', 'dandelion', 'golden_carrot']
})

const all = (/** @type {Stage} */ { bot }, /** @type {string} */ kind) => Object.values(bot.entities).filter((/** @type {any} */ each) => each.name === kind)

/** Two of a kind in a small pen beside the bot, which reaches into it. */
async function couple (/** @type {Stage} */ stage, /** @type {string} */ kind, fields = {}) {
  await stage.fill('glass', [1, 0, -2], [4, 1, 2])
  await stage.fill('air', [2, 0, -1], [3, 1, 1])
  return [await stage.summon(kind, [2, 0, -1], fields), await stage.summon(kind, [2, 0, 1], fields)]
}

module.exports = {
  title: 'Breeding',
  mechanics: [
    ...Object.entries(FOODS).map(([kind, foods]) => ({
      name: `Each food of the ${kind} is taken, and there is a young one`,
      here: 'as vanilla',
      expectation: `two that were fed ${foods.join(', ')} have a young one, and wheat or a stone is refused`.replace('wheat or a stone', kind === 'sheep' ? 'a carrot or a stone' : 'a stone'),
      source: 'minecraft.wiki/w/Breeding#Breeding_foods',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        for (const food of foods) {
          const parents = await couple(stage, kind)
          await stage.hold('stone')
          await bot.activateEntity(parents[0])
          await bot.waitForTicks(3)
          assert.equal(stage.count('stone'), 1)
          await stage.hold(food, 2)
          for (const parent of parents) await bot.activateEntity(parent)
          await stage.until(() => stage.count(food) === 0, `the ${food} to be eaten`)
          await stage.skip(200)
          await stage.until(() => all(stage, kind).length === 3, 'the young one')
          assert.equal(all(stage, kind).filter((/** @type {any} */ each) => each.metadata[BABY_KEY] === true).length, 1)
          await stage.operate('remove_entities')
          await stage.operate('clear')
          await stage.until(() => all(stage, kind).length === 0, 'the stage to be empty')
        }
      }
    })),
    {
      name: 'Lambs have a colour of their parents',
      here: 'as vanilla',
      expectation: 'the lamb of a red and a yellow sheep is orange, that of two black ones black',
      source: 'minecraft.wiki/w/Sheep#Breeding',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        for (const [colours, lamb] of /** @type {[string[], number][]} */ ([[['red', 'yellow'], 1], [['black', 'black'], 15]])) {
          await couple(stage, 'pig')
          await stage.operate('remove_entities')
          const parents = [await stage.summon('sheep', [2, 0, -1], { color: colours[0] }), await stage.summon('sheep', [2, 0, 1], { color: colours[1] })]
          await stage.hold('wheat', 2)
          for (const parent of parents) await bot.activateEntity(parent)
          await stage.skip(200)
          await stage.until(() => all(stage, 'sheep').length === 3, 'the lamb')
          const young = all(stage, 'sheep').find((/** @type {any} */ each) => each.metadata[BABY_KEY])
          assert.equal(young.metadata[17] & 15, lamb)
          await stage.operate('remove_entities')
          await stage.operate('clear')
        }
      }
    },
    {
      name: 'Two players at one cow',
      here: 'as vanilla',
      expectation: 'each milks it, and the one with wheat is followed though the other is nearer',
      source: 'minecraft.wiki/w/Cow',
      play: async (/** @type {Stage} */ stage) => {
        const guest = await guestAt(stage, [8, 0, 0])
        const cow = await stage.summon('cow', [2, 0, 0])
        await stage.hold('bucket')
        await stage.bot.activateEntity(cow)
        await stage.until(() => stage.count('milk_bucket') === 1, 'milk')
        await stage.operate('give', { player: 'guest', item: 'wheat' })
        await stage.until(() => guest.inventory.items().length === 1, 'the wheat')
        await guest.equip(guest.registry.itemsByName.wheat.id, 'hand')
        await stage.until(() => cow.position.distanceTo(guest.entity.position) < 3.5, 'the cow to come to the wheat')
      }
    }
  ],
  absent: []
}
