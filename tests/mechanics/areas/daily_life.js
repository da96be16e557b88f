'use strict'

const assert = require('node:assert/strict')
const { requireFromServer } = require('../../mc_server/embedded_harness')
const { guestAt, setBody, goTo } = require('../bodies')
const { put } = require('../hands')
const { countLying, untilLying } = require('../lying')
const { Vec3 } = requireFromServer('vec3')

/** @typedef {import('../stage').Stage} Stage */
/** @typedef {import('../stage').Place} Place */

const UP = new Vec3(0, 1, 0)
const name = async (/** @type {Stage} */ stage, /** @type {Place} */ place) => (await stage.block(place)).name
const seen = (/** @type {Stage} */ { bot, at }, /** @type {Place} */ place) => bot.blockAt(at(...place))
const refusals = async (/** @type {Stage} */ stage) => (await stage.operate('status')).figures.refusedMoves
const itemId = (/** @type {Stage} */ { bot }, /** @type {string} */ item) => bot.registry.itemsByName[item].id

module.exports = {
  title: 'Everyday work',
  mechanics: [
    {
      name: 'Climbing on what one puts under oneself',
      here: 'as vanilla',
      expectation: 'jumping and placing dirt below lifts the bot by three blocks, and no step of it is undone',
      source: 'bot.placeBlock of Mineflayer; minecraft.wiki/w/Tutorials/Pillar_jumping',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await stage.hold('dirt', 3)
        const before = await refusals(stage)
        await bot.look(0, -Math.PI / 2, true)
        await bot.waitForTicks(2)
        for (let height = 0; height < 3; height++) {
          await stage.until(() => bot.entity.onGround, 'the bot to stand')
          bot.setControlState('jump', true)
          await stage.until(() => bot.entity.position.y > stage.at(0, height + 1.05, 0).y, 'the jump')
          await put(stage, 'dirt', [0, height - 1, 0], 'up')
          bot.setControlState('jump', false)
        }
        await stage.until(() => bot.entity.onGround && Math.abs(bot.entity.position.y - stage.at(0, 3, 0).y) < 0.1, 'the bot to stand on three blocks')
        assert.equal(await refusals(stage), before)
        assert.equal(bot.health, 20)
      }
    },
    {
      name: 'Ladders and vines',
      here: 'as vanilla',
      expectation: 'the bot climbs six blocks; letting go it slides down unhurt',
      source: 'minecraft.wiki/w/Ladder',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await stage.fill('stone', [0, 0, -2], [0, 7, -2])
        await stage.fill('ladder', [0, 0, -1], [0, 7, -1], { facing: 'south' })
        await stage.until(() => seen(stage, [0, 7, -1]).name === 'ladder', 'the ladder')
        const before = await refusals(stage)
        await bot.lookAt(stage.at(0.5, 1.6, -2), true)
        bot.setControlState('forward', true)
        await stage.until(() => bot.entity.position.y > stage.at(0, 6, 0).y, 'the bot to climb')
        bot.clearControlStates()
        await stage.until(() => bot.entity.onGround && bot.entity.position.y < stage.at(0, 1, 0).y, 'the bot to be down')
        assert.equal(bot.health, 20)
        assert.equal(await refusals(stage), before)
      }
    },
    {
      name: 'Swimming',
      here: 'as vanilla',
      expectation: 'in deep water the bot rises, breathes at the top, and crosses it; a fall of ten blocks into it is harmless',
      source: 'minecraft.wiki/w/Swimming',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await stage.fill('glass', [-3, 0, -3], [3, 3, 3])
        await stage.fill('water', [-2, 0, -2], [2, 3, 2])
        const before = await refusals(stage)
        await goTo(stage, [-1.5, 11, 0.5])
        await stage.until(() => bot.entity.isInWater, 'the bot to be in the water')
        bot.setControlState('jump', true)
        await bot.waitForTicks(60)
        assert.equal(bot.health, 20)
        assert.ok(bot.entity.position.y > stage.at(0, 2.5, 0).y)
        await bot.lookAt(stage.at(5, 4, 0.5), true)
        bot.setControlState('forward', true)
        await stage.until(() => bot.entity.position.x > 1.5, 'the bot to cross')
        bot.clearControlStates()
        assert.equal(await refusals(stage), before)
      }
    },
    {
      name: 'There is no room for half a thing',
      here: 'as vanilla',
      expectation: 'a bed without room for its head, a door and a rose bush under a ceiling are not placed, and stay in the hand',
      source: 'minecraft.wiki/w/Bed; minecraft.wiki/w/Door',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await stage.fill('stone', [2, 0, -2], [2, 1, 2])
        await stage.set('grass_block', [1, -1, 1])
        await stage.fill('stone', [1, 1, 1], [1, 1, 1])
        await stage.hold('red_bed')
        await bot.look(-Math.PI / 2, 0, true)
        await bot.waitForTicks(2)
        await assert.rejects(bot._placeBlockWithOptions(seen(stage, [1, -1, 0]), UP, { forceLook: 'ignore' }))
        assert.equal(stage.count('red_bed'), 1)
        for (const item of ['oak_door', 'rose_bush']) {
          await stage.hold(item)
          await assert.rejects(bot.placeBlock(seen(stage, [1, -1, 1]), UP))
          assert.equal(stage.count(item), 1)
        }
        assert.equal(await name(stage, [1, 0, 1]), 'air')
      }
    },
    {
      name: 'Of two players one gets an item',
      here: 'as vanilla',
      expectation: 'what lies between two is picked up once; experience too',
      source: 'minecraft.wiki/w/Item_(entity)',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        const guest = await guestAt(stage, [2, 0, 0])
        for (let round = 0; round < 5; round++) await stage.operate('spawn_item', { item: 'emerald', count: 3, ...stage.at(1.5, 0.2, 0.5) })
        await stage.operate('drop_experience', { ...stage.at(1.5, 0.2, 0.5), amount: 5 })
        const both = () => stage.count('emerald') + guest.inventory.count(itemId(stage, 'emerald'))
        await stage.until(() => both() === 15 && countLying(stage, [1, 0, 0], 'emerald') === 0, 'the emeralds')
        await stage.until(() => bot.experience.points + guest.experience.points === 5, 'the experience')
        await bot.waitForTicks(20)
        assert.equal(both(), 15)
      }
    },
    {
      name: 'A furnace that is broken at work',
      here: 'as vanilla',
      expectation: 'the window closes; ore, coal, iron and the furnace lie there, and the experience is not lost',
      source: 'minecraft.wiki/w/Furnace',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await stage.set('furnace', [2, 0, 0])
        await stage.give('raw_iron', 5)
        await stage.give('coal', 2)
        await stage.give('stone_pickaxe')
        await stage.until(() => stage.count('stone_pickaxe') === 1, 'the things')
        const furnace = await bot.openFurnace(seen(stage, [2, 0, 0]))
        await furnace.putInput(itemId(stage, 'raw_iron'), null, 5)
        await furnace.putFuel(itemId(stage, 'coal'), null, 2)
        await stage.skip(430)
        await bot.waitForTicks(2)
        assert.equal(furnace.outputItem()?.count, 2)
        furnace.close()
        await bot.equip(itemId(stage, 'stone_pickaxe'), 'hand')
        await bot.dig(seen(stage, [2, 0, 0]))
        const total = (/** @type {string} */ item) => stage.count(item) + countLying(stage, [2, 0, 0], item)
        await stage.until(() => total('iron_ingot') === 2 && total('raw_iron') === 3 && total('coal') === 1 && total('furnace') === 1, 'everything')
        await stage.until(() => bot.experience.points > 0 || Object.values(bot.entities).some((/** @type {any} */ each) => each.name === 'experience_orb'), 'experience')
      }
    },
    {
      name: 'A crafting table that is broken returns what lay on it',
      here: 'as vanilla',
      expectation: 'the window closes and planks and stick are in the inventory',
      source: 'minecraft.wiki/w/Crafting_Table',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await stage.set('crafting_table', [2, 0, 0])
        await stage.give('oak_planks', 4)
        await stage.until(() => stage.count('oak_planks') === 4, 'planks')
        const window = await bot.openBlock(seen(stage, [2, 0, 0]))
        await bot.clickWindow(window.slots.findIndex((/** @type {any} */ item) => item?.name === 'oak_planks'), 0, 0)
        await bot.clickWindow(1, 1, 0)
        await bot.clickWindow(4, 1, 0)
        await stage.until(() => window.slots[0]?.name === 'stick', 'the sticks')
        await stage.set('air', [2, 0, 0])
        await bot.clickWindow(2, 1, 0).catch(() => {})
        await stage.until(() => !bot.currentWindow && stage.count('oak_planks') === 4 && stage.count('stick') === 0, 'the planks to come back')
      }
    },
    {
      name: 'Cactus, fire and explosions eat items',
      here: 'as vanilla',
      expectation: 'an item on a cactus, one in a fire and one beside an explosion are gone',
      source: 'minecraft.wiki/w/Item_(entity)',
      play: async (/** @type {Stage} */ stage) => {
        await stage.set('sand', [5, -1, 5])
        await stage.set('cactus', [5, 0, 5])
        await stage.set('netherrack', [-5, -1, 5])
        await stage.set('fire', [-5, 0, 5])
        for (const [x, z] of [[5, 5], [-5, 5], [5, -5]]) await stage.operate('spawn_item', { item: 'emerald', ...stage.at(x + 0.5, 1.2, z + 0.5) })
        await stage.skip(40)
        await stage.operate('explode', { ...stage.at(5.5, 1, -5.5), power: 3 })
        await stage.bot.waitForTicks(5)
        assert.equal(Object.values(stage.bot.entities).filter((/** @type {any} */ each) => each.name === 'item' && each.getDroppedItem()?.name === 'emerald').length, 0)
      }
    },
    {
      name: 'Fire spares chests, and what is in them',
      here: 'as vanilla',
      expectation: 'wool around a chest burns down, the chest and the diamonds in it stay',
      source: 'minecraft.wiki/w/Fire#Spread; minecraft.wiki/w/Chest',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await stage.set('chest', [2, 0, 0])
        await stage.give('diamond', 3)
        await stage.until(() => stage.count('diamond') === 3, 'diamonds')
        const chest = await bot.openContainer(seen(stage, [2, 0, 0]))
        await chest.deposit(itemId(stage, 'diamond'), null, 3)
        chest.close()
        await stage.fill('white_wool', [3, 0, -1], [3, 1, 1])
        await stage.set('white_wool', [2, 0, 1])
        await stage.set('fire', [4, 0, 0])
        await goTo(stage, [-4.5, 0, 0.5])
        await stage.skip(2000)
        assert.equal(await name(stage, [3, 0, 0]), 'air')
        assert.equal(await name(stage, [2, 0, 0]), 'chest')
        await goTo(stage, [0.5, 0, 0.5])
        const again = await bot.openContainer(seen(stage, [2, 0, 0]))
        assert.equal(again.slots[0]?.count, 3)
        again.close()
      }
    },
    {
      name: 'A shut door keeps a zombie out, and the sun waits behind it',
      here: 'as vanilla',
      expectation: 'for half a minute the zombie does not reach the bot in its hut; with the day it burns',
      source: 'minecraft.wiki/w/Zombie',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await stage.operate('set_time', { ticks: 14000 })
        await stage.fill('stone', [-1, 0, -1], [1, 2, 1])
        await stage.fill('air', [0, 0, 0], [0, 1, 0])
        await Promise.all(['lower', 'upper'].map((half, y) => stage.operate('set_block', { ...stage.at(1, y, 0), block: 'oak_door', properties: { half, facing: 'east' } })))
        await stage.until(() => seen(stage, [1, 1, 0]).name === 'oak_door', 'the door')
        await bot.waitForTicks(5)
        const zombie = await stage.summon('zombie', [5, 0, 0])
        await stage.skip(600)
        await bot.waitForTicks(5)
        assert.equal(bot.health, 20)
        await stage.operate('set_time', { ticks: 1000 })
        await stage.skip(600)
        await stage.until(() => !bot.entities[zombie.id], 'the zombie to burn')
      }
    },
    {
      name: 'A creeper is lit by flint and steel',
      here: 'as vanilla',
      expectation: 'it blows up after a second and a half, wherever one runs, and the flint is worn by one',
      source: 'minecraft.wiki/w/Creeper',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        const creeper = await stage.summon('creeper', [3, 0, 0])
        await stage.hold('flint_and_steel')
        await bot.activateEntity(creeper)
        await goTo(stage, [-9.5, 0, -9.5])
        await stage.until(() => bot.heldItem?.durabilityUsed === 1, 'the flint to wear')
        await stage.until(() => !bot.entities[creeper.id], 'the creeper to be gone', 4000)
        await stage.until(() => seen(stage, [3, -1, 0])?.name === 'air', 'the hole')
      }
    },
    {
      name: 'Creative players are nobody\'s prey',
      here: 'as vanilla',
      expectation: 'a zombie beside a creative player minds it not; back in survival it strikes',
      source: 'minecraft.wiki/w/Creative',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await stage.operate('set_time', { ticks: 18000 })
        await stage.operate('command', { text: 'gamemode creative tester' })
        try {
          const zombie = await stage.summon('zombie', [3, 0, 0])
          await stage.skip(200)
          assert.equal((await stage.operate('get_entity', { entity: zombie.id })).target, null)
        } finally {
          await stage.operate('command', { text: 'gamemode survival tester' })
        }
        await stage.until(() => bot.health < 20, 'the zombie to strike')
      }
    },
    {
      name: 'Full pockets',
      here: 'as vanilla',
      expectation: 'with no slot free ores lie where they were dug, milk of one of two buckets falls to the ground, and crafting by shift stops',
      source: 'minecraft.wiki/w/Inventory',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await stage.give('bucket', 2)
        await stage.give('cobblestone', 64 * 35)
        await stage.until(() => stage.count('cobblestone') === 64 * 35, 'full pockets')
        await bot.equip(itemId(stage, 'bucket'), 'hand')
        const cow = await stage.summon('cow', [2, 0, 0])
        await bot.activateEntity(cow)
        await stage.until(() => stage.count('bucket') === 1, 'one bucket less')
        await untilLying(stage, [0, 0, 0], 'milk_bucket', 1, 8)
        await bot.waitForTicks(60)
        assert.equal(stage.count('cobblestone'), 64 * 35)
        assert.equal(stage.count('milk_bucket'), 0)
      }
    },
    {
      name: 'A tree does not grow through a house',
      here: 'simplified: room is asked for the logs alone',
      expectation: 'a sapling under a low roof stays one for all bone meal; beside a chest it becomes a tree and the chest stays',
      source: 'minecraft.wiki/w/Sapling#Growth',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await stage.fill('grass_block', [2, -1, 0], [2, -1, 2])
        await stage.set('oak_sapling', [2, 0, 0])
        await stage.fill('stone', [1, 3, -1], [3, 3, 1])
        await stage.hold('bone_meal', 30)
        for (let use = 0; use < 15; use++) await bot.activateBlock(seen(stage, [2, 0, 0]))
        await bot.waitForTicks(3)
        assert.equal(await name(stage, [2, 0, 0]), 'oak_sapling')
        await stage.fill('air', [1, 3, -1], [3, 3, 1])
        await stage.set('chest', [2, 3, 1])
        for (let use = 0; use < 15 && seen(stage, [2, 0, 0]).name !== 'oak_log'; use++) {
          await bot.activateBlock(seen(stage, [2, 0, 0]))
          await bot.waitForTicks(3)
        }
        assert.equal(await name(stage, [2, 0, 0]), 'oak_log')
        assert.equal(await name(stage, [2, 3, 1]), 'chest')
        await stage.operate('fill', { from: [-12, 200, -12], to: [16, 224, 12], block: 'air' })
      }
    },
    {
      name: 'Signs, torches and ladders fall with their wall',
      here: 'as vanilla',
      expectation: 'the wall dug away, all three lie as items; a redstone torch and a button too',
      source: 'minecraft.wiki/w/Block#Attachable_blocks',
      play: async (/** @type {Stage} */ stage) => {
        await setBody(stage, { food: 18 })
        await stage.fill('stone', [-2, 1, -2], [2, 1, -2])
        for (const [x, item] of /** @type {[number, string][]} */ ([[-2, 'oak_sign'], [-1, 'torch'], [0, 'ladder'], [1, 'redstone_torch'], [2, 'stone_button']])) {
          await put(stage, item, [x, 1, -2], 'south')
        }
        await stage.operate('clear')
        await stage.fill('air', [-2, 1, -2], [2, 1, -2])
        await stage.bot.waitForTicks(5)
        for (const item of ['oak_sign', 'torch', 'ladder', 'redstone_torch', 'stone_button']) {
          await stage.until(() => countLying(stage, [0, 0, -1], item, 6) + stage.count(item) === 1, `${item} to fall`)
        }
      }
    }
  ],
  absent: []
}
