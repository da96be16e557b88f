'use strict'

const assert = require('node:assert/strict')
const { put, propertiesOf, use, pickUp } = require('../hands')

/** @typedef {import('../stage').Stage} Stage */

const becomes = (/** @type {Stage} */ stage, /** @type {[number, number, number]} */ place, /** @type {string} */ name) =>
  stage.until(() => stage.bot.blockAt(stage.at(...place)).name === name, `${name} to appear`)

/** Uses a tool on a block and expects another block and, mostly, a use of the tool. */
async function works (/** @type {Stage} */ stage, /** @type {string} */ tool, /** @type {string} */ from, /** @type {string} */ to) {
  const { bot } = stage
  await stage.set(from, [2, 0, 2])
  if (bot.heldItem?.name !== tool) await stage.hold(tool)
  const used = bot.heldItem.durabilityUsed
  await use(stage, [2, 0, 2])
  await becomes(stage, [2, 0, 2], to)
  if (bot.heldItem?.maxDurability) await stage.until(() => bot.heldItem.durabilityUsed === used + 1, 'a use of the tool')
}

module.exports = {
  title: 'Tools used on blocks',
  mechanics: [
    {
      name: 'Hoes till',
      here: 'as vanilla',
      expectation: 'grass, dirt and paths become farmland, coarse dirt becomes dirt, rooted dirt gives its roots; not under a block',
      source: 'minecraft.wiki/w/Hoe',
      play: async (/** @type {Stage} */ stage) => {
        for (const from of ['grass_block', 'dirt', 'dirt_path']) await works(stage, 'iron_hoe', from, 'farmland')
        await works(stage, 'iron_hoe', 'coarse_dirt', 'dirt')
        await works(stage, 'iron_hoe', 'rooted_dirt', 'dirt')
        await stage.until(() => stage.bot.nearestEntity((/** @type {any} */ each) => each.name === 'item'), 'the roots')
        await stage.set('dirt', [2, 0, 2])
        await stage.set('stone', [2, 1, 2])
        await use(stage, [2, 0, 2])
        await stage.bot.waitForTicks(5)
        assert.equal((await stage.block([2, 0, 2])).name, 'dirt')
      }
    },
    {
      name: 'Shovels make paths and put out campfires',
      here: 'as vanilla',
      expectation: 'grass and its like become a path, a campfire goes out',
      source: 'minecraft.wiki/w/Shovel',
      play: async (/** @type {Stage} */ stage) => {
        for (const from of ['grass_block', 'dirt', 'podzol']) await works(stage, 'iron_shovel', from, 'dirt_path')
        await stage.set('campfire', [2, 0, 2])
        await use(stage, [2, 0, 2])
        await stage.until(() => stage.bot.blockAt(stage.at(2, 0, 2)).getProperties().lit === false, 'the fire to go out')
      }
    },
    {
      name: 'Axes strip logs and scrape copper',
      here: 'as vanilla',
      expectation: 'logs keep their direction; copper loses its wax, then its age step by step',
      source: 'minecraft.wiki/w/Axe, /w/Oxidation',
      play: async (/** @type {Stage} */ stage) => {
        await stage.set('stone', [0, 0, -3])
        await put(stage, 'birch_log', [0, 0, -3], 'south')
        await stage.hold('iron_axe')
        await use(stage, [0, 0, -2])
        await becomes(stage, [0, 0, -2], 'stripped_birch_log')
        assert.equal((await propertiesOf(stage, [0, 0, -2])).axis, 'z')
        await works(stage, 'iron_axe', 'crimson_stem', 'stripped_crimson_stem')
        await works(stage, 'iron_axe', 'waxed_exposed_copper', 'exposed_copper')
        await works(stage, 'iron_axe', 'weathered_copper', 'exposed_copper')
        await works(stage, 'iron_axe', 'exposed_copper', 'copper_block')
      }
    },
    {
      name: 'Honeycomb waxes copper',
      here: 'as vanilla',
      expectation: 'the block is waxed and the comb used up',
      source: 'minecraft.wiki/w/Honeycomb',
      play: async (/** @type {Stage} */ stage) => {
        await works(stage, 'honeycomb', 'copper_block', 'waxed_copper_block')
        await stage.until(() => stage.count('honeycomb') === 0, 'the comb to be gone')
      }
    },
    {
      name: 'Shears carve pumpkins',
      here: 'as vanilla',
      expectation: 'a face towards the player, and four seeds',
      source: 'minecraft.wiki/w/Pumpkin',
      play: async (/** @type {Stage} */ stage) => {
        await works(stage, 'shears', 'pumpkin', 'carved_pumpkin')
        await pickUp(stage, 'pumpkin_seeds', 4)
      }
    },
    {
      name: 'Flint and steel lights',
      here: 'as vanilla',
      expectation: 'a fire on the block, a candle, a campfire that was out',
      source: 'minecraft.wiki/w/Flint_and_Steel',
      play: async (/** @type {Stage} */ stage) => {
        await stage.hold('flint_and_steel')
        await stage.set('candle', [2, 0, 2])
        await use(stage, [2, 0, 2])
        await stage.until(() => stage.bot.blockAt(stage.at(2, 0, 2)).getProperties().lit === true, 'the candle to burn')
        await stage.set('campfire', [0, 0, 2], { lit: false })
        await becomes(stage, [0, 0, 2], 'campfire')
        await use(stage, [0, 0, 2])
        await stage.until(() => stage.bot.blockAt(stage.at(0, 0, 2)).getProperties().lit === true, 'the campfire to burn')
        await stage.set('netherrack', [2, -1, -2])
        await use(stage, [2, -1, -2])
        await becomes(stage, [2, 0, -2], 'fire')
      }
    },
    {
      name: 'Bone meal',
      here: 'as vanilla',
      expectation: 'young wheat grows and a piece is used up',
      source: 'minecraft.wiki/w/Bone_Meal',
      play: async (/** @type {Stage} */ stage) => {
        await stage.set('farmland', [2, -1, 2])
        await stage.set('wheat', [2, 0, 2])
        await stage.hold('bone_meal')
        await use(stage, [2, 0, 2])
        await stage.until(() => Number(stage.bot.blockAt(stage.at(2, 0, 2)).getProperties().age) >= 2, 'the wheat to grow')
        await stage.until(() => stage.count('bone_meal') === 0, 'the bone meal to be gone')
      }
    },
    {
      name: 'Spawn eggs',
      here: 'simplified: for the creatures of this world',
      expectation: 'a cow stands on the block, and the egg is used up',
      source: 'minecraft.wiki/w/Spawn_Egg',
      play: async (/** @type {Stage} */ stage) => {
        await stage.hold('cow_spawn_egg')
        await use(stage, [2, -1, 2])
        await stage.until(() => stage.bot.nearestEntity((/** @type {any} */ each) => each.name === 'cow'), 'the cow')
        await stage.until(() => stage.count('cow_spawn_egg') === 0, 'the egg to be gone')
      }
    }
  ],
  absent: [{ name: 'Brushes, leads, name tags' }]
}
