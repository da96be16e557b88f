'use strict'

const assert = require('node:assert/strict')
const { untilLying } = require('../lying')

/** @typedef {import('../stage').Stage} Stage */
/** @typedef {import('../stage').Place} Place */

const TARGET = /** @type {Place} */ ([2, 0, 0])

/** Digs some blocks, one after another in the same place. @returns {Promise<Record<string, number>>} what came of it */
async function gain (/** @type {Stage} */ stage, /** @type {string} */ block, times = 1, /** @type {any} */ properties = undefined) {
  const { bot } = stage
  const before = counts(bot)
  for (let round = 0; round < times; round++) {
    await stage.set(block, TARGET, properties)
    await stage.until(() => bot.blockAt(stage.at(...TARGET)).name === block, `${block} to be seen`)
    await bot.dig(bot.blockAt(stage.at(...TARGET)))
    await stage.until(() => bot.blockAt(stage.at(...TARGET)).name === 'air', `${block} to go`)
  }
  await bot.waitForTicks(20)
  const after = counts(bot)
  const gained = Object.keys(after).filter(name => after[name] > (before[name] ?? 0))
  return Object.fromEntries(gained.map(name => [name, after[name] - (before[name] ?? 0)]))
}

/** What the bot has and what lies around. @returns {Record<string, number>} */
function counts (/** @type {any} */ bot) {
  const lying = Object.values(bot.entities).filter((/** @type {any} */ each) => each.name === 'item').map((/** @type {any} */ each) => each.getDroppedItem())
  /** @type {Record<string, number>} */
  const all = {}
  for (const { name, count } of [...bot.inventory.items(), ...lying.filter(Boolean)]) all[name] = (all[name] ?? 0) + count
  return all
}

/** Gives the held tool enchantments. */
const enchant = (/** @type {Stage} */ stage, /** @type {Record<string, number>} */ levels) =>
  stage.operate('enchant', { enchantments: Object.entries(levels).map(([name, lvl]) => ({ name, lvl })) })

const page = (/** @type {string} */ name) => `minecraft.wiki/w/${name}`

module.exports = {
  title: 'What blocks drop',
  mechanics: [
    {
      name: 'Ores drop their mineral, some of them several',
      here: 'as vanilla',
      expectation: 'with an iron pickaxe: coal 1, raw iron 1, raw copper 2-5, redstone 4-5, lapis lazuli 4-9; deepslate ores the same',
      source: page('Ore'),
      play: async (/** @type {Stage} */ stage) => {
        await stage.hold('iron_pickaxe')
        /** @type {[string, string, number, number][]} */
        const ores = [['coal_ore', 'coal', 1, 1], ['iron_ore', 'raw_iron', 1, 1], ['copper_ore', 'raw_copper', 2, 5], ['redstone_ore', 'redstone', 4, 5],
          ['lapis_ore', 'lapis_lazuli', 4, 9], ['deepslate_iron_ore', 'raw_iron', 1, 1], ['deepslate_redstone_ore', 'redstone', 4, 5]]
        for (const [ore, item, low, high] of ores) {
          const gained = await gain(stage, ore)
          assert.deepEqual(Object.keys(gained), [item])
          assert.ok(gained[item] >= low && gained[item] <= high, `${ore}: ${gained[item]}`)
        }
      }
    },
    {
      name: 'Silk touch takes blocks as they are',
      here: 'as vanilla',
      expectation: 'stone, diamond ore, glass and ice drop themselves',
      source: page('Silk_Touch'),
      play: async (/** @type {Stage} */ stage) => {
        await stage.hold('diamond_pickaxe')
        await enchant(stage, { silk_touch: 1 })
        for (const block of ['stone', 'deepslate_diamond_ore', 'glass', 'ice']) assert.deepEqual(await gain(stage, block), { [block]: 1 })
      }
    },
    {
      name: 'Fortune makes more of an ore',
      here: 'as vanilla',
      expectation: 'ten diamond ores dug with fortune III give more than ten diamonds and at most forty',
      source: page('Fortune'),
      play: async (/** @type {Stage} */ stage) => {
        await stage.hold('diamond_pickaxe')
        await enchant(stage, { fortune: 3 })
        const { diamond } = await gain(stage, 'diamond_ore', 10)
        assert.ok(diamond > 10 && diamond <= 40, `${diamond} diamonds`)
      }
    },
    {
      name: 'Glass, ice and bookshelves break',
      here: 'as vanilla',
      expectation: 'glass gives nothing, ice leaves water on the ground, a bookshelf three books',
      source: page('Glass'),
      play: async (/** @type {Stage} */ stage) => {
        assert.deepEqual(await gain(stage, 'glass'), {})
        assert.deepEqual(await gain(stage, 'bookshelf'), { book: 3 })
        await stage.set('ice', TARGET)
        await stage.bot.dig(stage.bot.blockAt(stage.at(...TARGET)))
        await stage.until(() => stage.bot.blockAt(stage.at(...TARGET)).name === 'water', 'water to be left')
      }
    },
    {
      name: 'Blocks that crumble give their parts',
      here: 'as vanilla',
      expectation: 'clay 4 balls, snow block 4 snowballs, glowstone 2-4 dust, melon 3-7 slices, grass block dirt, a double slab two slabs',
      source: page('Clay'),
      play: async (/** @type {Stage} */ stage) => {
        await stage.hold('diamond_shovel')
        assert.deepEqual(await gain(stage, 'clay'), { clay_ball: 4 })
        assert.deepEqual(await gain(stage, 'snow_block'), { snowball: 4 })
        assert.deepEqual(await gain(stage, 'grass_block'), { dirt: 1 })
        const dust = (await gain(stage, 'glowstone')).glowstone_dust
        assert.ok(dust >= 2 && dust <= 4, `${dust} dust`)
        const slices = (await gain(stage, 'melon')).melon_slice
        assert.ok(slices >= 3 && slices <= 7, `${slices} slices`)
        assert.deepEqual(await gain(stage, 'oak_slab', 1, { type: 'double' }), { oak_slab: 2 })
        assert.deepEqual(await gain(stage, 'snow', 1, { layers: 3 }), { snowball: 3 })
      }
    },
    {
      name: 'Snow wants a shovel',
      here: 'as vanilla',
      expectation: 'a snow block broken by hand gives nothing',
      source: page('Snow_Block'),
      play: async (/** @type {Stage} */ stage) => assert.deepEqual(await gain(stage, 'snow_block'), {})
    },
    {
      name: 'Gravel sometimes gives flint',
      here: 'as vanilla',
      expectation: 'with fortune III always',
      source: page('Gravel'),
      play: async (/** @type {Stage} */ stage) => {
        await stage.hold('diamond_shovel')
        const plain = await gain(stage, 'gravel', 12)
        assert.equal((plain.gravel ?? 0) + (plain.flint ?? 0), 12)
        assert.ok(plain.gravel >= 5)
        await enchant(stage, { fortune: 3 })
        assert.deepEqual(await gain(stage, 'gravel', 4), { flint: 4 })
      }
    },
    {
      name: 'Leaves give themselves to shears, else now and then a sapling',
      here: 'as vanilla',
      expectation: 'shears: oak leaves; by hand a hundred oak leaves give only saplings, sticks and apples',
      source: page('Leaves'),
      play: async (/** @type {Stage} */ stage) => {
        const byHand = await gain(stage, 'oak_leaves', 100, { persistent: true })
        assert.ok(Object.keys(byHand).every(name => ['oak_sapling', 'stick', 'apple'].includes(name)), Object.keys(byHand).join())
        assert.ok((byHand.oak_sapling ?? 0) + (byHand.stick ?? 0) > 0)
        await stage.hold('shears')
        assert.deepEqual(await gain(stage, 'oak_leaves', 2, { persistent: true }), { oak_leaves: 2 })
      }
    },
    {
      name: 'Cobweb gives string to a sword and itself to shears',
      here: 'as vanilla',
      expectation: 'sword: string; shears: cobweb',
      source: page('Cobweb'),
      play: async (/** @type {Stage} */ stage) => {
        await stage.hold('iron_sword')
        assert.deepEqual(await gain(stage, 'cobweb'), { string: 1 })
        await stage.hold('shears')
        assert.deepEqual(await gain(stage, 'cobweb'), { cobweb: 1 })
      }
    },
    {
      name: 'Doors and beds drop once, whichever half is broken',
      here: 'as vanilla',
      expectation: 'breaking the upper half of a door or the foot of a bed gives one item and both halves are gone',
      source: page('Door'),
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await stage.set('oak_door', [2, 0, 0], { half: 'lower' })
        await stage.set('oak_door', [2, 1, 0], { half: 'upper' })
        await stage.until(() => bot.blockAt(stage.at(2, 1, 0)).name === 'oak_door', 'the door')
        await bot.dig(bot.blockAt(stage.at(2, 1, 0)))
        await stage.until(() => bot.blockAt(stage.at(2, 0, 0)).name === 'air', 'the other half to go')
        await stage.operate('teleport', stage.at(2.5, 0, 0.5))
        await stage.until(() => stage.count('oak_door') === 1, 'one door')
        await bot.waitForTicks(15)
        assert.equal(stage.count('oak_door'), 1)
      }
    },
    {
      name: 'Things without support break and drop',
      here: 'as vanilla',
      expectation: 'torch, rail, carpet, lever, button, sign, flower, ladder and lantern lie as items when their block goes',
      source: page('Block#Placement'),
      play: async (/** @type {Stage} */ stage) => {
        const things = ['torch', 'rail', 'white_carpet', 'oak_sign', 'lantern', 'redstone_torch', 'oak_pressure_plate']
        for (const [index, thing] of things.entries()) {
          await stage.set('stone', [-6 + index, 0, 6])
          await stage.set(thing, [-6 + index, 1, 6], thing === 'lantern' ? { hanging: false } : undefined)
        }
        await stage.set('grass_block', [3, 0, 6])
        await stage.set('poppy', [3, 1, 6])
        await stage.set('stone', [5, 0, 6])
        await stage.set('ladder', [5, 0, 7], { facing: 'south' })
        await stage.set('wall_torch', [5, 0, 5], { facing: 'north' })
        await stage.set('lever', [5, 1, 6], { face: 'floor' })
        await stage.set('stone_button', [6, 0, 6], { face: 'wall', facing: 'east' })
        await stage.bot.waitForTicks(3)
        await stage.fill('air', [-6, 0, 6], [5, 0, 6])
        for (const [item, count] of [...things.map(thing => [thing, 1]), ['poppy', 1], ['ladder', 1], ['lever', 1], ['stone_button', 1], ['torch', 2]]) {
          await untilLying(stage, [0, 0, 6], String(item), Number(count), 10)
        }
      }
    },
    {
      name: 'A tall plant goes as a whole',
      here: 'as vanilla',
      expectation: 'a rose bush broken above is gone below and gives one rose bush',
      source: page('Rose_Bush'),
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await stage.set('grass_block', [2, -1, 0])
        await stage.set('rose_bush', [2, 0, 0], { half: 'lower' })
        await stage.set('rose_bush', [2, 1, 0], { half: 'upper' })
        await stage.until(() => bot.blockAt(stage.at(2, 1, 0)).name === 'rose_bush', 'the bush')
        await bot.dig(bot.blockAt(stage.at(2, 1, 0)))
        await stage.until(() => bot.blockAt(stage.at(2, 0, 0)).name === 'air', 'the lower half to go')
        await stage.operate('teleport', stage.at(2.5, 0, 0.5))
        await stage.until(() => stage.count('rose_bush') === 1, 'one bush')
      }
    }
  ],
  absent: []
}
