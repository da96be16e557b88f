'use strict'

const assert = require('node:assert/strict')

/** @typedef {import('../stage').Stage} Stage */

const explode = (/** @type {Stage} */ stage, /** @type {number[]} */ [x, y, z], power = 3) => stage.operate('explode', { ...stage.at(x, y, z), power })

/** How much an explosion at a place takes from a bot that stands in the middle. */
async function damageAt (/** @type {Stage} */ stage, /** @type {number[]} */ place) {
  const { bot } = stage
  await stage.operate('set_food', { food: 17 })
  await bot.waitForTicks(2)
  await explode(stage, place)
  await bot.waitForTicks(15)
  const lost = 20 - bot.health
  await stage.reset()
  return lost
}

module.exports = {
  title: 'Explosions',
  mechanics: [
    {
      name: 'An explosion hurts by distance and cover',
      here: 'as vanilla',
      expectation: 'power 3 takes 12 to 15 half hearts at three blocks, less at five, nothing at seven, and nearly nothing behind a wall of obsidian',
      source: 'minecraft.wiki/w/Explosion#Damage',
      play: async (/** @type {Stage} */ stage) => {
        const near = await damageAt(stage, [3.5, 0, 0.5])
        const far = await damageAt(stage, [5.2, 0, 0.5])
        const out = await damageAt(stage, [7.5, 0, 0.5])
        await stage.fill('obsidian', [2, 0, -3], [2, 3, 3])
        const covered = await damageAt(stage, [4.5, 0, 0.5])
        assert.ok(near >= 11 && near <= 16, `${near} at three blocks`)
        assert.ok(far > 0 && far < near, `${far} at five blocks`)
        assert.equal(out, 0)
        assert.ok(covered <= 1, `${covered} behind obsidian`)
      }
    },
    {
      name: 'An explosion breaks what is weak, and some of it drops',
      here: 'as vanilla',
      expectation: 'of a floor of dirt a hole of two blocks and more is left, obsidian stays, the bot sees it, and dirt lies about, less than was broken',
      source: 'minecraft.wiki/w/Explosion#Model',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await stage.fill('dirt', [-12, -3, -12], [12, -1, 12])
        await stage.fill('obsidian', [9, 0, 9], [9, 2, 9])
        await stage.operate('teleport', stage.at(-9.5, 0, -9.5))
        await bot.waitForTicks(5)
        await explode(stage, [8.5, 0.2, 8.5])
        await stage.until(() => bot.blockAt(stage.at(8, -1, 8)).name === 'air', 'the hole to be seen')
        assert.equal(bot.blockAt(stage.at(9, 0, 9)).name, 'obsidian')
        assert.equal((await stage.block([8, -1, 8])).name, 'air')
        let broken = 0
        for (let x = 3; x <= 12; x++) {
          for (let z = 3; z <= 12; z++) for (let y = -3; y < 0; y++) if (bot.blockAt(stage.at(x, y, z)).name === 'air') broken++
        }
        await bot.waitForTicks(10)
        const dropped = Object.values(bot.entities)
          .filter((/** @type {any} */ entity) => entity.name === 'item')
          .reduce((/** @type {number} */ sum, /** @type {any} */ entity) => sum + (entity.getDroppedItem()?.count ?? 0), 0)
        assert.ok(broken > 8 && broken < 80, `${broken} broken`)
        assert.ok(dropped > 0 && dropped < broken * 0.7, `${dropped} of ${broken} dropped`)
      }
    },
    {
      name: 'An explosion throws bodies',
      here: 'as vanilla',
      expectation: 'a bot three blocks away is thrown away from it, and so is a pig',
      source: 'minecraft.wiki/w/Explosion#Knockback',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        const pig = await stage.summon('pig', [0, 0, 4])
        await bot.waitForTicks(5)
        await explode(stage, [4.5, 0, 2.5], 3)
        await stage.until(() => bot.entity.position.x < 0.2, 'the bot to be thrown')
        await stage.until(() => !bot.entities[pig.id] || pig.position.x < 0.2, 'the pig to be thrown')
      }
    },
    {
      name: 'Water takes the force of an explosion from blocks',
      here: 'as vanilla',
      expectation: 'an explosion in water breaks no block',
      source: 'minecraft.wiki/w/Explosion#Blast_resistance',
      play: async (/** @type {Stage} */ stage) => {
        await stage.fill('dirt', [4, 0, 4], [8, 3, 8])
        await stage.fill('water', [5, 1, 5], [7, 3, 7])
        await explode(stage, [6.5, 1.5, 6.5])
        await stage.bot.waitForTicks(5)
        for (let x = 4; x <= 8; x++) for (let z = 4; z <= 8; z++) assert.equal((await stage.block([x, 0, z])).name, 'dirt')
      }
    }
  ],
  absent: [
    { name: 'TNT, end crystals, beds that explode', here: 'absent' },
    { name: 'Explosions that set fires', here: 'absent' }
  ]
}
