'use strict'

const assert = require('node:assert/strict')
const { Vec3, face, put, propertiesOf, stairs } = require('../hands')

const WIKI = 'minecraft.wiki/w/Placement and each block\'s own page'

/** @typedef {import('../stage').Stage} Stage */

/** Puts an item on the floor and expects properties of the block. */
const placed = async (/** @type {Stage} */ stage, /** @type {string} */ item, /** @type {any} */ looks, /** @type {Record<string, any>} */ expected, block = item) => {
  await stage.fill('air', [2, 0, 2])
  if (looks) await face(stage, looks)
  await put(stage, item, [2, -1, 2], 'up', { look: looks })
  assert.equal((await stage.block([2, 0, 2])).name, block)
  const properties = await propertiesOf(stage, [2, 0, 2])
  for (const [name, value] of Object.entries(expected)) assert.equal(properties[name], value, `${name} of ${block}`)
}

module.exports = {
  title: 'Placing blocks',
  mechanics: [
    {
      name: 'Logs lie along the side they are put against',
      here: 'as vanilla',
      expectation: 'a log put on the floor stands upright, put against a wall it lies',
      source: 'minecraft.wiki/w/Log',
      play: async (/** @type {Stage} */ stage) => {
        await placed(stage, 'oak_log', null, { axis: 'y' })
        await stage.set('stone', [0, 0, -3])
        await put(stage, 'oak_log', [0, 0, -3], 'south')
        assert.equal((await propertiesOf(stage, [0, 0, -2])).axis, 'z')
      }
    },
    {
      name: 'Blocks with a front face the player',
      here: 'as vanilla',
      expectation: 'furnaces, pumpkins and terracotta turn to the player, anvils across, observers away, barrels also up',
      source: WIKI,
      play: async (/** @type {Stage} */ stage) => {
        await placed(stage, 'furnace', 'south', { facing: 'north', lit: false })
        await placed(stage, 'carved_pumpkin', 'east', { facing: 'west' })
        await placed(stage, 'white_glazed_terracotta', 'north', { facing: 'south' })
        await placed(stage, 'anvil', 'south', { facing: 'west' })
        await placed(stage, 'observer', 'south', { facing: 'south' })
        await placed(stage, 'barrel', 'south', { facing: 'north' })
        await placed(stage, 'barrel', 'floor', { facing: 'up' })
        await placed(stage, 'hopper', 'south', { facing: 'down' })
      }
    },
    {
      name: 'Stairs and their corners',
      here: 'as vanilla',
      expectation: 'stairs face away, hang from above when clicked in the upper half, and bend with stairs across them',
      source: 'minecraft.wiki/w/Stairs',
      play: async (/** @type {Stage} */ stage) => {
        await placed(stage, 'oak_stairs', 'south', { facing: 'south', half: 'bottom', shape: 'straight' })
        await stairs(stage, [0, 0, 3], 'south')
        await stairs(stage, [0, 0, 4], 'west')
        assert.equal((await propertiesOf(stage, [0, 0, 3])).shape, 'outer_right')
        await stage.set('air', [0, 0, 4])
        assert.equal((await propertiesOf(stage, [0, 0, 3])).shape, 'straight')
        await stairs(stage, [0, 0, 2], 'east')
        assert.equal((await propertiesOf(stage, [0, 0, 3])).shape, 'inner_left')
        await stage.set('stone', [-2, 0, -3])
        await put(stage, 'oak_stairs', [-2, 0, -3], 'south', { half: 'top' })
        assert.equal((await propertiesOf(stage, [-2, 0, -2])).half, 'top')
      }
    },
    {
      name: 'Slabs, and two in one place',
      here: 'as vanilla',
      expectation: 'a second slab of the kind makes a double one, from above and from the side',
      source: 'minecraft.wiki/w/Slab',
      play: async (/** @type {Stage} */ stage) => {
        await placed(stage, 'oak_slab', null, { type: 'bottom' })
        await put(stage, 'oak_slab', [2, 0, 2], 'up', { changes: [2, 0, 2] })
        assert.equal((await propertiesOf(stage, [2, 0, 2])).type, 'double')
        await stage.set('stone', [0, 0, -3])
        await put(stage, 'oak_slab', [0, 0, -3], 'south', { half: 'top' })
        assert.equal((await propertiesOf(stage, [0, 0, -2])).type, 'top')
        await put(stage, 'oak_slab', [0, -1, -2], 'up', { changes: [0, 0, -2] })
        assert.equal((await propertiesOf(stage, [0, 0, -2])).type, 'double')
      }
    },
    {
      name: 'Torches, ladders, signs and heads on floors and walls',
      here: 'as vanilla',
      expectation: 'what stands on a floor and what hangs at a wall are blocks of their own; none goes without support',
      source: 'minecraft.wiki/w/Torch, /w/Ladder, /w/Sign, /w/Head, /w/Lantern',
      play: async (/** @type {Stage} */ stage) => {
        await stage.fill('stone', [-2, 0, -3], [3, 3, -3])
        await placed(stage, 'torch', null, {})
        await placed(stage, 'oak_sign', 'south', { rotation: 8 })
        await placed(stage, 'skeleton_skull', 'south', { rotation: 0 })
        await placed(stage, 'lantern', null, { hanging: false })
        const atWall = async (/** @type {string} */ item, /** @type {string} */ block, /** @type {number} */ x) => {
          await put(stage, item, [x, 1, -3], 'south')
          assert.equal((await stage.block([x, 1, -2])).name, block)
          assert.equal((await propertiesOf(stage, [x, 1, -2])).facing, 'south')
        }
        await atWall('torch', 'wall_torch', -2)
        await atWall('ladder', 'ladder', -1)
        await atWall('oak_sign', 'oak_wall_sign', 0)
        await atWall('white_banner', 'white_wall_banner', 1)
        await atWall('zombie_head', 'zombie_wall_head', 2)
        await stage.set('oak_leaves', [2, -1, 2])
        await stage.fill('air', [2, 0, 2])
        await assert.rejects(put(stage, 'torch', [2, -1, 2], 'up'), /refused/)
      }
    },
    {
      name: 'Buttons and levers at floors, walls and ceilings',
      here: 'as vanilla',
      expectation: 'they are fixed to the side that was clicked',
      source: 'minecraft.wiki/w/Button, /w/Lever',
      play: async (/** @type {Stage} */ stage) => {
        await placed(stage, 'lever', 'south', { face: 'floor', facing: 'south' })
        await stage.fill('stone', [0, 0, -3], [0, 3, -3])
        await put(stage, 'stone_button', [0, 1, -3], 'south')
        assert.deepEqual(await propertiesOf(stage, [0, 1, -2]), { face: 'wall', facing: 'south', powered: false })
        await stage.set('stone', [0, 3, -2])
        await put(stage, 'lever', [0, 3, -2], 'down')
        assert.equal((await propertiesOf(stage, [0, 2, -2])).face, 'ceiling')
      }
    },
    {
      name: 'Fences, panes and walls join',
      here: 'as vanilla',
      expectation: 'fences join with fences, gates and whole blocks; walls drop their post in a straight run and raise it again',
      source: 'minecraft.wiki/w/Fence, /w/Glass_Pane, /w/Wall',
      play: async (/** @type {Stage} */ stage) => {
        await stage.set('stone', [3, 0, 2])
        await placed(stage, 'oak_fence', null, { east: true, west: false })
        await put(stage, 'oak_fence', [1, -1, 2], 'up')
        assert.equal((await propertiesOf(stage, [2, 0, 2])).west, true)
        await stage.set('air', [3, 0, 2])
        assert.equal((await propertiesOf(stage, [2, 0, 2])).east, false)
        await put(stage, 'glass_pane', [-2, -1, 2], 'up')
        await put(stage, 'iron_bars', [-2, -1, 3], 'up')
        assert.equal((await propertiesOf(stage, [-2, 0, 2])).south, true)
        for (const x of [-1, 0, 1]) await put(stage, 'cobblestone_wall', [x, -1, -3], 'up')
        assert.deepEqual(await propertiesOf(stage, [0, 0, -3]), { east: 'low', north: 'none', south: 'none', up: false, waterlogged: false, west: 'low' })
        await put(stage, 'stone', [0, 0, -3], 'up')
        assert.equal((await propertiesOf(stage, [0, 0, -3])).west, 'tall')
        await stage.set('air', [1, 0, -3])
        assert.equal((await propertiesOf(stage, [0, 0, -3])).up, true)
      }
    },
    {
      name: 'Doors, beds and tall flowers have two halves',
      here: 'as vanilla',
      expectation: 'both halves appear, two doors beside each other hang at opposite sides, and halves go together',
      source: 'minecraft.wiki/w/Door, /w/Bed, /w/Flower',
      play: async (/** @type {Stage} */ stage) => {
        await placed(stage, 'oak_door', 'south', { facing: 'south', half: 'lower', hinge: 'left', open: false })
        assert.equal((await propertiesOf(stage, [2, 1, 2])).half, 'upper')
        await face(stage, 'south')
        await put(stage, 'oak_door', [1, -1, 2], 'up', { look: 'south' })
        assert.equal((await propertiesOf(stage, [1, 0, 2])).hinge, 'right')
        await stage.bot.dig(stage.bot.blockAt(stage.at(2, 1, 2)))
        assert.equal((await stage.block([2, 0, 2])).name, 'air')
        await stage.until(() => stage.bot.nearestEntity((/** @type {any} */ each) => each.name === 'item'), 'one door to drop')
        await placed(stage, 'red_bed', 'south', { facing: 'south', part: 'foot' })
        assert.equal((await propertiesOf(stage, [2, 0, 3])).part, 'head')
        await stage.set('grass_block', [0, -1, -2])
        await put(stage, 'sunflower', [0, -1, -2], 'up')
        assert.equal((await propertiesOf(stage, [0, 1, -2])).half, 'upper')
      }
    },
    {
      name: 'Several candles, eggs, pickles or layers in one place',
      here: 'as vanilla',
      expectation: 'each further one is added, up to four, snow up to eight layers',
      source: 'minecraft.wiki/w/Candle, /w/Sea_Pickle, /w/Turtle_Egg, /w/Snow',
      play: async (/** @type {Stage} */ stage) => {
        await placed(stage, 'candle', null, { candles: 1 })
        for (let more = 0; more < 3; more++) await put(stage, 'candle', [2, 0, 2], 'up', { changes: [2, 0, 2] })
        assert.equal((await propertiesOf(stage, [2, 0, 2])).candles, 4)
        await placed(stage, 'snow', null, { layers: 1 })
        await put(stage, 'snow', [2, 0, 2], 'up', { changes: [2, 0, 2] })
        assert.equal((await propertiesOf(stage, [2, 0, 2])).layers, 2)
        await placed(stage, 'turtle_egg', null, { eggs: 1 })
        await put(stage, 'turtle_egg', [2, 0, 2], 'up', { changes: [2, 0, 2] })
        assert.equal((await propertiesOf(stage, [2, 0, 2])).eggs, 2)
      }
    },
    {
      name: 'Plants want their soil',
      here: 'as vanilla',
      expectation: 'seeds go on farmland, saplings on dirt, cactus on sand, cane beside water; elsewhere they are refused',
      source: 'minecraft.wiki/w/Crops, /w/Sapling, /w/Cactus, /w/Sugar_Cane',
      play: async (/** @type {Stage} */ stage) => {
        const onto = async (/** @type {string} */ soil, /** @type {string} */ item, /** @type {string} */ block) => {
          await assert.rejects(put(stage, item, [2, -1, 2], 'up'), /refused/, `${item} on stone`)
          await stage.set(soil, [2, -1, 2])
          await put(stage, item, [2, -1, 2], 'up')
          assert.equal((await stage.block([2, 0, 2])).name, block)
          await stage.set('air', [2, 0, 2])
          await stage.set('stone', [2, -1, 2])
        }
        await onto('farmland', 'wheat_seeds', 'wheat')
        await onto('farmland', 'pumpkin_seeds', 'pumpkin_stem')
        await onto('dirt', 'oak_sapling', 'oak_sapling')
        await onto('grass_block', 'poppy', 'poppy')
        await onto('sand', 'cactus', 'cactus')
        await onto('soul_sand', 'nether_wart', 'nether_wart')
        await onto('dirt', 'sweet_berries', 'sweet_berry_bush')
        await stage.set('sand', [2, -1, 2])
        await assert.rejects(put(stage, 'sugar_cane', [2, -1, 2], 'up'), /refused/)
        await stage.set('water', [3, -1, 2])
        await put(stage, 'sugar_cane', [2, -1, 2], 'up')
      }
    },
    {
      name: 'Nothing is placed into a body, and thin things replace grass',
      here: 'as vanilla',
      expectation: 'a block where the player or a cow stands is refused, a torch there is not; grass gives way',
      source: 'minecraft.wiki/w/Placement',
      play: async (/** @type {Stage} */ stage) => {
        await assert.rejects(put(stage, 'stone', [0, -1, 0], 'up'), /refused/)
        await put(stage, 'torch', [0, -1, 0], 'up')
        await stage.fill('glass', [1, 0, 1], [3, 1, 3])
        await stage.fill('air', [2, 0, 2], [2, 1, 2])
        await stage.summon('cow', [2, 0, 2])
        await stage.fill('air', [1, 0, 1], [1, 1, 2])
        await assert.rejects(put(stage, 'stone', [2, -1, 2], 'up'), /refused/)
        await stage.set('grass_block', [0, -1, -2])
        await stage.set('short_grass', [0, 0, -2])
        await put(stage, 'cobblestone', [0, 0, -2], 'up', { changes: [0, 0, -2] })
        assert.equal((await stage.block([0, 0, -2])).name, 'cobblestone')
      }
    },
    {
      name: 'Blocks placed in water hold it',
      here: 'as vanilla',
      expectation: 'a slab put into a source is waterlogged, a whole block takes the place of the water',
      source: 'minecraft.wiki/w/Waterlogging',
      play: async (/** @type {Stage} */ stage) => {
        await stage.set('water', [2, -1, 2])
        await put(stage, 'oak_fence', [2, -2, 2], 'up')
        assert.equal((await propertiesOf(stage, [2, -1, 2])).waterlogged, true)
      }
    },
    {
      name: 'Double chests',
      here: 'as vanilla',
      expectation: 'a chest beside one joins it; with the player sneaking it stays single; breaking one half leaves a single one',
      source: 'minecraft.wiki/w/Chest',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await face(stage, 'south')
        await put(stage, 'chest', [1, -1, 2], 'up', { look: 'south' })
        await put(stage, 'chest', [2, -1, 2], 'up', { look: 'south' })
        const types = [(await propertiesOf(stage, [1, 0, 2])).type, (await propertiesOf(stage, [2, 0, 2])).type]
        assert.deepEqual(types.sort(), ['left', 'right'])
        bot.setControlState('sneak', true)
        await bot.waitForTicks(3)
        await put(stage, 'chest', [0, -1, 2], 'up', { look: 'south' })
        bot.setControlState('sneak', false)
        assert.equal((await propertiesOf(stage, [0, 0, 2])).type, 'single')
        await stage.set('air', [2, 0, 2])
        assert.equal((await propertiesOf(stage, [1, 0, 2])).type, 'single')
      }
    },
    {
      name: 'Rails bend and climb',
      here: 'simplified: they join with what is beside them when it changes, without preferring curves to power',
      expectation: 'a rail beside two others at a corner bends, one below another climbs',
      source: 'minecraft.wiki/w/Rail',
      play: async (/** @type {Stage} */ stage) => {
        for (const [x, z] of [[1, 2], [2, 2], [2, 3]]) await put(stage, 'rail', [x, -1, z], 'up')
        assert.equal((await propertiesOf(stage, [2, 0, 2])).shape, 'south_west')
        await stage.set('stone', [-3, 0, -2])
        await put(stage, 'rail', [-3, 0, -2], 'up')
        await put(stage, 'rail', [-2, -1, -2], 'up')
        assert.equal((await propertiesOf(stage, [-2, 0, -2])).shape, 'ascending_west')
      }
    },
    {
      name: 'Placing from the off hand',
      here: 'as vanilla',
      expectation: 'a torch in the off hand is placed and used up',
      source: 'minecraft.wiki/w/Dual_wield; the offhand option of Mineflayer',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await stage.give('torch', 2)
        await stage.until(() => stage.count('torch') === 2, 'the torches')
        await bot.equip(bot.registry.itemsByName.torch.id, 'off-hand')
        await bot._placeBlockWithOptions(bot.blockAt(stage.at(2, -1, 2)), stage.at(0, 1, 0).minus(stage.at(0, 0, 0)), { offhand: true, swingArm: 'left' })
        assert.equal((await stage.block([2, 0, 2])).name, 'torch')
        await stage.until(() => bot.inventory.slots[45]?.count === 1, 'one torch to be used up')
      }
    },
    {
      name: 'Where a block is already nothing is placed',
      here: 'as vanilla',
      expectation: 'stone against the hidden side of stone is refused, and not used up; so is a block above the highest place',
      source: 'minecraft.wiki/w/Placement, /w/Altitude',
      play: async (/** @type {Stage} */ stage) => {
        await stage.fill('stone', [2, 0, 2], [2, 1, 2])
        await assert.rejects(put(stage, 'stone', [2, 0, 2], 'up'), /refused/)
        await stage.bot.waitForTicks(3)
        assert.equal(stage.count('stone'), 4)
        await stage.operate('set_block', { x: 2, y: 319, z: 2, block: 'stone' })
        await stage.operate('set_block', { x: 0, y: 317, z: 0, block: 'stone' })
        await stage.operate('teleport', { x: 0.5, y: 318, z: 0.5 })
        await stage.bot.waitForTicks(3)
        await assert.rejects(stage.bot.placeBlock(stage.bot.blockAt(new Vec3(2, 319, 2)), new Vec3(0, 1, 0)))
        assert.equal(stage.count('stone'), 4)
        for (const [x, y, z] of [[2, 319, 2], [0, 317, 0]]) await stage.operate('set_block', { x, y, z, block: 'air' })
      }
    },
    {
      name: 'Lily pads',
      here: 'as vanilla',
      expectation: 'used on water they float on it',
      source: 'minecraft.wiki/w/Lily_Pad',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await stage.set('water', [1, -1, 1])
        await stage.hold('lily_pad')
        await bot.lookAt(stage.at(1.5, -0.2, 1.5), true)
        await bot.waitForTicks(2)
        bot.activateItem()
        await stage.until(() => bot.blockAt(stage.at(1, 0, 1)).name === 'lily_pad', 'the pad')
      }
    },
    {
      name: 'Flower pots',
      here: 'as vanilla',
      expectation: 'a flower goes into the pot, and a free hand takes it out again',
      source: 'minecraft.wiki/w/Flower_Pot',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await placed(stage, 'flower_pot', null, {})
        await stage.hold('poppy')
        await bot.activateBlock(bot.blockAt(stage.at(2, 0, 2)))
        await stage.until(() => bot.blockAt(stage.at(2, 0, 2)).name === 'potted_poppy', 'the poppy in the pot')
        await bot.activateBlock(bot.blockAt(stage.at(2, 0, 2)))
        await stage.until(() => bot.blockAt(stage.at(2, 0, 2)).name === 'flower_pot' && stage.count('poppy') === 1, 'the poppy in the hand')
      }
    }
  ],
  absent: [
    { name: 'Item frames, paintings, armour stands, boats and minecarts' },
    { name: 'Shapes of redstone dust, tripwire, chorus plants and mushroom blocks', here: 'absent: they are placed in their plain form' }
  ]
}
