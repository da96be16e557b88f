'use strict'

const assert = require('node:assert/strict')
const { put, propertiesOf, use, face, pickUp } = require('../hands')

/** @typedef {import('../stage').Stage} Stage */

/** Waits until a property of a block has a value. @returns {Promise<void>} */
const becomes = (/** @type {Stage} */ stage, /** @type {[number, number, number]} */ place, /** @type {string} */ property, /** @type {any} */ value) =>
  stage.until(() => String(stage.bot.blockAt(stage.at(...place)).getProperties()[property]) === String(value), `${property} to become ${value}`)

module.exports = {
  title: 'Doors, switches and other blocks that are used',
  mechanics: [
    {
      name: 'Doors, trapdoors and gates open by hand',
      here: 'as vanilla',
      expectation: 'a click opens and another closes, both halves of a door; a gate opens away from the player',
      source: 'minecraft.wiki/w/Door, /w/Trapdoor, /w/Fence_Gate',
      play: async (/** @type {Stage} */ stage) => {
        await put(stage, 'oak_door', [2, -1, 2], 'up')
        await use(stage, [2, 0, 2])
        await becomes(stage, [2, 0, 2], 'open', true)
        assert.equal((await propertiesOf(stage, [2, 1, 2])).open, true)
        await use(stage, [2, 1, 2])
        await becomes(stage, [2, 0, 2], 'open', false)
        await put(stage, 'oak_trapdoor', [0, -1, 2], 'up')
        await use(stage, [0, 0, 2])
        await becomes(stage, [0, 0, 2], 'open', true)
        await stage.set('oak_fence_gate', [0, 0, -2], { facing: 'south' })
        await face(stage, 'north')
        await use(stage, [0, 0, -2])
        await becomes(stage, [0, 0, -2], 'open', true)
        assert.equal((await propertiesOf(stage, [0, 0, -2])).facing, 'north')
      }
    },
    {
      name: 'Iron doors need a switch',
      here: 'as vanilla',
      expectation: 'a click does nothing; a lever beside the door opens it, and off it closes',
      source: 'minecraft.wiki/w/Iron_Door',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await put(stage, 'iron_door', [2, -1, 2], 'up')
        bot.unequip('hand')
        await use(stage, [2, 0, 2])
        await bot.waitForTicks(5)
        assert.equal((await propertiesOf(stage, [2, 0, 2])).open, false)
        await put(stage, 'lever', [1, -1, 2], 'up')
        await use(stage, [1, 0, 2])
        await becomes(stage, [2, 0, 2], 'open', true)
        assert.equal((await propertiesOf(stage, [2, 1, 2])).powered, true)
        await use(stage, [1, 0, 2])
        await becomes(stage, [2, 0, 2], 'open', false)
      }
    },
    {
      name: 'Power goes through the block that a switch is on',
      here: 'simplified: from a switch to what is beside it and through its block; no redstone dust, repeaters, pistons or other circuits',
      expectation: 'a lever at one side of a block lights the lamp at the other, a torch or block of redstone one beside it',
      source: 'minecraft.wiki/w/Redstone_Circuits#Power',
      play: async (/** @type {Stage} */ stage) => {
        await stage.set('stone', [1, 0, 2])
        await stage.set('redstone_lamp', [2, 0, 2])
        await put(stage, 'lever', [1, 0, 2], 'up')
        await use(stage, [1, 1, 2])
        await becomes(stage, [2, 0, 2], 'lit', true)
        await stage.set('air', [1, 1, 2])
        await becomes(stage, [2, 0, 2], 'lit', false)
        await stage.set('redstone_block', [2, 1, 2])
        await becomes(stage, [2, 0, 2], 'lit', true)
      }
    },
    {
      name: 'Buttons come up again',
      here: 'as vanilla',
      expectation: 'one of stone after 20 ticks, one of wood after 30; the door closes then',
      source: 'minecraft.wiki/w/Button',
      play: async (/** @type {Stage} */ stage) => {
        await put(stage, 'iron_door', [2, -1, 2], 'up')
        for (const [item, ticks] of /** @type {[string, number][]} */ ([['stone_button', 20], ['oak_button', 30]])) {
          await put(stage, item, [1, -1, 2], 'up')
          await use(stage, [1, 0, 2])
          await becomes(stage, [2, 0, 2], 'open', true)
          await stage.skip(ticks)
          await becomes(stage, [2, 0, 2], 'open', false)
          await stage.set('air', [1, 0, 2])
        }
      }
    },
    {
      name: 'Pressure plates',
      here: 'as vanilla',
      expectation: 'one of wood feels an item, one of stone a body only; the heavy one counts',
      source: 'minecraft.wiki/w/Pressure_Plate',
      play: async (/** @type {Stage} */ stage) => {
        await stage.set('oak_pressure_plate', [2, 0, 2])
        await stage.set('stone_pressure_plate', [4, 0, 2])
        await stage.set('redstone_lamp', [2, 0, 3])
        for (const x of [2, 4]) await stage.operate('spawn_item', { item: 'dirt', ...point(stage.at(x + 0.5, 0.1, 2.5)) })
        await becomes(stage, [2, 0, 2], 'powered', true)
        await becomes(stage, [2, 0, 3], 'lit', true)
        assert.equal((await propertiesOf(stage, [4, 0, 2])).powered, false)
        await stage.operate('teleport', stage.at(4.5, 0.07, 2.5))
        await becomes(stage, [4, 0, 2], 'powered', true)
        await stage.operate('teleport', stage.at(0.5, 0, 0.5))
        await stage.skip(25)
        await becomes(stage, [4, 0, 2], 'powered', false)
      }
    },
    {
      name: 'Cake',
      here: 'as vanilla',
      expectation: 'a hungry player eats a seventh, worth two points of food',
      source: 'minecraft.wiki/w/Cake',
      play: async (/** @type {Stage} */ stage) => {
        await put(stage, 'cake', [2, -1, 2], 'up')
        await stage.operate('set_food', { food: 10 })
        await stage.until(() => stage.bot.food === 10, 'hunger')
        await use(stage, [2, 0, 2])
        await stage.until(() => stage.bot.food === 12, 'the cake to be eaten')
        assert.equal((await propertiesOf(stage, [2, 0, 2])).bites, 1)
      }
    },
    {
      name: 'Composters',
      here: 'as vanilla',
      expectation: 'seven times cake fill one; a second later it gives bone meal',
      source: 'minecraft.wiki/w/Composter',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await stage.set('composter', [2, 0, 2])
        for (let level = 1; level <= 7; level++) {
          await stage.hold('pumpkin_pie')
          await use(stage, [2, 0, 2])
          await stage.until(() => Number(bot.blockAt(stage.at(2, 0, 2)).getProperties().level) >= level, `level ${level}`)
        }
        await stage.skip(21)
        await becomes(stage, [2, 0, 2], 'level', 8)
        await use(stage, [2, 0, 2])
        await becomes(stage, [2, 0, 2], 'level', 0)
        await pickUp(stage, 'bone_meal', 1)
      }
    },
    {
      name: 'Sweet berries',
      here: 'as vanilla',
      expectation: 'a ripe bush gives two or three berries and begins anew',
      source: 'minecraft.wiki/w/Sweet_Berries',
      play: async (/** @type {Stage} */ stage) => {
        await stage.set('grass_block', [1, -1, 1])
        await stage.set('sweet_berry_bush', [1, 0, 1], { age: 3 })
        await stage.until(() => stage.bot.blockAt(stage.at(1, 0, 1)).name === 'sweet_berry_bush', 'the bush')
        await use(stage, [1, 0, 1])
        await becomes(stage, [1, 0, 1], 'age', 1)
        await pickUp(stage, 'sweet_berries', 2)
        assert.ok(stage.count('sweet_berries') <= 3)
      }
    },
    {
      name: 'Campfires cook',
      here: 'as vanilla',
      expectation: 'raw beef laid on the fire is cooked after 600 ticks',
      source: 'minecraft.wiki/w/Campfire',
      play: async (/** @type {Stage} */ stage) => {
        await put(stage, 'campfire', [1, -1, 2], 'up')
        await stage.hold('beef')
        await use(stage, [1, 0, 2])
        await stage.until(() => stage.count('beef') === 0, 'the beef to lie there')
        await stage.skip(590)
        assert.equal(stage.bot.nearestEntity((/** @type {any} */ each) => each.name === 'item'), null)
        await stage.skip(15)
        await pickUp(stage, 'cooked_beef', 1)
      }
    },
    {
      name: 'Note blocks are tuned',
      here: 'simplified: the note counts up; instruments and sounds are not played by power',
      expectation: 'each click raises the note by one',
      source: 'minecraft.wiki/w/Note_Block',
      play: async (/** @type {Stage} */ stage) => {
        await stage.set('note_block', [2, 0, 2])
        await use(stage, [2, 0, 2])
        await becomes(stage, [2, 0, 2], 'note', 1)
      }
    }
  ],
  absent: [
    { name: 'Redstone dust, repeaters, comparators, observers, pistons, dispensers at work, powered rails' },
    { name: 'Jukeboxes, lecterns, bells, respawn anchors, beehives, chiseled bookshelves, decorated pots' }
  ]
}

function point (/** @type {any} */ { x, y, z }) {
  return { x, y, z }
}
