'use strict'

const assert = require('node:assert/strict')
const { enchant } = require('../bodies')
const { countLying } = require('../lying')

/** @typedef {import('../stage').Stage} Stage */
/** @typedef {import('../stage').Place} Place */

const BREAKING = 'minecraft.wiki/w/Breaking'
const TARGET = /** @type {Place} */ ([2, 0, 0])
const TICK = 50

const seen = (/** @type {Stage} */ stage, /** @type {Place} */ place = TARGET) => stage.bot.blockAt(stage.at(...place))

/** Sends a packet of digging as a client would that does not wait. */
const sendDig = (/** @type {Stage} */ stage, /** @type {number} */ status, /** @type {Place} */ place = TARGET) =>
  stage.bot._client.write('block_dig', { status, location: stage.at(...place), face: 1, sequence: 1 })

module.exports = {
  title: 'Digging',
  mechanics: [
    {
      name: 'Stone takes 7.5 seconds by hand and drops nothing',
      here: 'as vanilla',
      expectation: 'told to be done after five seconds of seven and a half, less than seven tenths, the stone is still there; dug to the end it is gone without an item',
      source: BREAKING,
      play: async (/** @type {Stage} */ stage) => {
        await stage.set('stone', TARGET)
        assert.equal(stage.bot.digTime(seen(stage)), 150 * TICK)
        sendDig(stage, 0)
        await stage.bot.waitForTicks(4)
        sendDig(stage, 2)
        await stage.bot.waitForTicks(6)
        assert.equal((await stage.block(TARGET)).name, 'stone')
        await stage.bot.dig(seen(stage))
        await stage.bot.waitForTicks(6)
        assert.equal((await stage.block(TARGET)).name, 'air')
        assert.equal(countLying(stage, TARGET, 'cobblestone') + stage.count('cobblestone'), 0)
      }
    },
    {
      name: 'The right tool is faster and is worn by one',
      here: 'as vanilla',
      expectation: 'an iron pickaxe digs stone in 0.4 seconds, gets cobblestone and has one use less',
      source: BREAKING,
      play: async (/** @type {Stage} */ stage) => {
        await stage.hold('iron_pickaxe')
        await stage.set('stone', TARGET)
        assert.equal(stage.bot.digTime(seen(stage)), 8 * TICK)
        await stage.bot.dig(seen(stage))
        await stage.until(() => stage.count('cobblestone') + countLying(stage, TARGET, 'cobblestone') === 1, 'cobblestone')
        await stage.until(() => stage.bot.heldItem?.durabilityUsed === 1, 'the tool to be worn')
      }
    },
    {
      name: 'Too weak a pickaxe gets nothing from an ore',
      here: 'as vanilla',
      expectation: 'diamond ore dug with a stone pickaxe is gone without a diamond',
      source: 'minecraft.wiki/w/Tiers',
      play: async (/** @type {Stage} */ stage) => {
        await stage.hold('stone_pickaxe')
        await stage.set('diamond_ore', TARGET)
        await stage.bot.dig(seen(stage))
        await stage.until(() => seen(stage).name === 'air', 'the ore to go')
        await stage.bot.waitForTicks(10)
        assert.equal((await stage.block(TARGET)).name, 'air')
        assert.equal(countLying(stage, TARGET, 'diamond') + stage.count('diamond'), 0)
      }
    },
    {
      name: 'An ore gives experience',
      here: 'as vanilla',
      expectation: 'a diamond ore dug with an iron pickaxe gives a diamond and points of experience',
      source: 'minecraft.wiki/w/Experience',
      play: async (/** @type {Stage} */ stage) => {
        await stage.hold('iron_pickaxe')
        await stage.set('diamond_ore', TARGET)
        await stage.bot.dig(seen(stage))
        await stage.until(() => stage.bot.experience.points >= 3, 'experience')
        await stage.until(() => stage.count('diamond') + countLying(stage, TARGET, 'diamond') === 1, 'a diamond')
      }
    },
    {
      name: 'A sword is worn by two, shears by one even for what is soft',
      here: 'as vanilla',
      expectation: 'wooden sword on dirt: two uses; shears on grass: one use and the grass itself',
      source: 'minecraft.wiki/w/Durability',
      play: async (/** @type {Stage} */ stage) => {
        await stage.hold('wooden_sword')
        await stage.set('dirt', TARGET)
        await stage.bot.dig(seen(stage))
        await stage.until(() => stage.bot.heldItem?.durabilityUsed === 2, 'the sword to be worn')
        await stage.hold('shears')
        await stage.set('grass_block', TARGET)
        await stage.set('short_grass', [2, 1, 0])
        await stage.bot.dig(seen(stage, [2, 1, 0]))
        await stage.until(() => stage.bot.heldItem?.durabilityUsed === 1, 'the shears to be worn')
        await stage.until(() => stage.count('short_grass') + countLying(stage, TARGET, 'short_grass') === 1, 'the grass')
      }
    },
    {
      name: 'A digging that is cancelled leaves the block',
      here: 'as vanilla',
      expectation: 'after a cancelled digging the word that it is done counts for nothing',
      source: BREAKING,
      play: async (/** @type {Stage} */ stage) => {
        await stage.set('dirt', TARGET)
        sendDig(stage, 0)
        await stage.bot.waitForTicks(12)
        sendDig(stage, 1)
        await stage.bot.waitForTicks(12)
        sendDig(stage, 2)
        await stage.bot.waitForTicks(5)
        assert.equal((await stage.block(TARGET)).name, 'dirt')
      }
    },
    {
      name: 'Another player sees the cracks',
      here: 'as vanilla',
      expectation: 'while one player digs another is sent growing stages, and their end',
      source: 'minecraft.wiki/w/Java_Edition_protocol (Set Block Destroy Stage)',
      play: async (/** @type {Stage} */ stage) => {
        const guest = await stage.join()
        await stage.operate('teleport', { player: 'guest', ...stage.at(4.5, 0, 0.5) })
        await stage.until(() => guest.blockAt(stage.at(0, -1, 0))?.name === 'stone', 'the guest to be there')
        /** @type {number[]} */
        const stages = []
        guest._client.on('block_break_animation', (/** @type {any} */ packet) => stages.push(packet.destroyStage))
        await stage.set('stone', TARGET)
        await stage.hold('wooden_pickaxe')
        await stage.bot.dig(seen(stage))
        await stage.until(() => stages.at(-1) === -1, 'the cracks to end')
        assert.ok(stages.includes(3) && stages.includes(7), `stages ${stages}`)
      }
    },
    {
      name: 'Haste makes digging faster',
      here: 'as vanilla',
      expectation: 'with haste II a block is broken in five sevenths of the time, and the server accepts it',
      source: 'minecraft.wiki/w/Haste',
      play: async (/** @type {Stage} */ stage) => {
        await stage.set('dirt', TARGET)
        await stage.operate('effect', { name: 'haste', amplifier: 1, ticks: 2000 })
        const haste = stage.bot.registry.effectsByName.Haste.id
        await stage.until(() => stage.bot.entity.effects[haste], 'the effect to be seen')
        assert.equal(stage.bot.digTime(seen(stage)), 11 * TICK)
        await stage.bot.dig(seen(stage))
        await stage.bot.waitForTicks(5)
        assert.equal((await stage.block(TARGET)).name, 'air')
      }
    },
    {
      name: 'Mining fatigue and efficiency',
      here: 'as vanilla',
      expectation: 'a stone pickaxe with efficiency III breaks a block of iron in less than half the time; with fatigue it takes more than three times as long',
      source: 'minecraft.wiki/w/Breaking#Speed; minecraft.wiki/w/Mining_Fatigue',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await stage.set('iron_block', TARGET)
        await stage.hold('stone_pickaxe')
        const plain = bot.digTime(seen(stage))
        await enchant(stage, [{ name: 'efficiency', lvl: 3 }])
        await stage.until(() => bot.heldItem.enchants.length === 1, 'the enchantment')
        const fast = bot.digTime(seen(stage))
        assert.ok(fast < plain / 2, `${fast} ms instead of ${plain}`)
        await stage.operate('effect', { name: 'mining_fatigue', amplifier: 0, ticks: 20000 })
        const fatigue = bot.registry.effectsByName.MiningFatigue.id
        await stage.until(() => bot.entity.effects[fatigue], 'the effect to be seen')
        const slow = bot.digTime(seen(stage))
        assert.ok(slow > fast * 3, `${slow} ms instead of ${fast}`)
        const started = await stage.operate('status')
        await bot.dig(seen(stage))
        await bot.waitForTicks(3)
        assert.equal((await stage.block(TARGET)).name, 'air')
        const ticks = (await stage.operate('status')).figures.ticks - started.figures.ticks
        assert.ok(ticks * TICK >= slow * 0.9, `${ticks} ticks`)
      }
    },
    {
      name: 'Digging makes hungry',
      here: 'as vanilla',
      expectation: 'a broken block costs a little exhaustion: four points of it a point of food',
      source: 'minecraft.wiki/w/Hunger',
      play: async (/** @type {Stage} */ stage) => {
        await stage.hold('diamond_shovel')
        await stage.operate('set_body', { fields: { food: 20, saturation: 0, exhaustion: 3.99 } })
        for (let block = 0; block < 3; block++) {
          await stage.set('sand', TARGET)
          await stage.bot.dig(seen(stage))
        }
        await stage.until(() => stage.bot.food < 20, 'hunger')
      }
    }
  ],
  absent: []
}
