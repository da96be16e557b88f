'use strict'

const assert = require('node:assert/strict')
const { requireFromServer } = require('../../mc_server/embedded_harness')
const { guestAt, setBody } = require('../bodies')
const { countLying, untilLying } = require('../lying')
const { Vec3 } = requireFromServer('vec3')

/** @typedef {import('../stage').Stage} Stage */
/** @typedef {import('../stage').Place} Place */

const NIGHT = 14000
const UP = new Vec3(0, 1, 0)
const once = (/** @type {any} */ bot, /** @type {string} */ event) => new Promise(resolve => bot.once(event, resolve))
const name = async (/** @type {Stage} */ stage, /** @type {Place} */ place) => (await stage.block(place)).name
const seen = (/** @type {Stage} */ { bot, at }, /** @type {Place} */ place) => bot.blockAt(at(...place))

/** Two halves at once: half a bed or a door does not stand. */
const pair = (/** @type {Stage} */ stage, /** @type {string} */ block, /** @type {[Place, Record<string, any>][]} */ halves) =>
  Promise.all(halves.map(([place, properties]) => stage.operate('set_block', { ...stage.at(...place), block, properties })))

const door = (/** @type {Stage} */ stage, /** @type {Place} */ [x, y, z], properties = {}) => pair(stage, 'oak_door', [
  [[x, y, z], { half: 'lower', ...properties }], [[x, y + 1, z], { half: 'upper', ...properties }]])
const bed = (/** @type {Stage} */ stage, /** @type {Place} */ [x, y, z]) => pair(stage, 'red_bed', [
  [[x, y, z], { part: 'foot', facing: 'south' }], [[x, y, z + 1], { part: 'head', facing: 'south' }]])

/** A chest with something in it. */
async function filledChest (/** @type {Stage} */ stage, /** @type {Place} */ place, /** @type {string} */ item, count = 5) {
  await stage.set('chest', place)
  await stage.give(item, count)
  await stage.until(() => stage.count(item) === count, `${item} to arrive`)
  const chest = await stage.bot.openContainer(seen(stage, place))
  await chest.deposit(stage.bot.registry.itemsByName[item].id, null, count)
  await stage.bot.waitForTicks(2)
  return chest
}

module.exports = {
  title: 'Where rules meet',
  mechanics: [
    {
      name: 'A creeper blows up a furnished room',
      here: 'as vanilla',
      expectation: 'of a chest with things, a door, a bed, a sign and a torch nothing half is left, and the contents of the chest lie there',
      source: 'minecraft.wiki/w/Explosion; minecraft.wiki/w/Chest',
      play: async (/** @type {Stage} */ stage) => {
        const chest = await filledChest(stage, [2, 0, 0], 'diamond', 12)
        chest.close()
        await stage.operate('teleport', stage.at(-9.5, 0, -9.5))
        await door(stage, [3, 0, 2])
        await bed(stage, [5, 0, 0])
        await stage.set('torch', [4, 0, 2])
        await stage.set('oak_sign', [2, 0, 2])
        await stage.operate('explode', { ...stage.at(3.5, 0.5, 1), power: 4 })
        await stage.skip(5)
        const left = []
        for (let x = 1; x <= 6; x++) for (let y = 0; y <= 2; y++) for (let z = -1; z <= 3; z++) left.push(await name(stage, [x, y, z]))
        assert.ok(!left.some(each => /door|bed|sign|torch|chest/.test(each)), `${left.filter(each => each !== 'air')}`)
        await untilLying(stage, [2, -1, 0], 'diamond', 12, 12)
      }
    },
    {
      name: 'A window whose block blows up closes, and its things fall',
      here: 'as vanilla',
      expectation: 'two look into a chest, one with diamonds on the cursor; both windows close, the cursor goes back to the hand, the rest lies there',
      source: 'minecraft.wiki/w/Chest',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        const guest = await guestAt(stage, [2, 0, 2])
        const chest = await filledChest(stage, [2, 0, 0], 'diamond', 12)
        await guest.openContainer(guest.blockAt(stage.at(2, 0, 0)))
        await bot.clickWindow(chest.slots.findIndex((/** @type {any} */ item) => item?.name === 'diamond'), 1, 0)
        await stage.until(() => guest.currentWindow.slots[0]?.count === 6, 'the guest to see half of them gone')
        await stage.set('air', [2, 0, 0])
        await stage.until(() => !bot.currentWindow && !guest.currentWindow, 'both windows to close')
        await stage.until(() => stage.count('diamond') + countLying(stage, [2, 0, 0], 'diamond') + guest.inventory.count(bot.registry.itemsByName.diamond.id) === 12, 'all diamonds')
        assert.ok(stage.count('diamond') >= 6)
      }
    },
    {
      name: 'Dying before an open chest',
      here: 'as vanilla',
      expectation: 'what is on the cursor is dropped with the rest, the window is closed, what is in the chest stays, and one plays on after',
      source: 'minecraft.wiki/w/Death',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        const chest = await filledChest(stage, [2, 0, 0], 'diamond', 12)
        await stage.give('emerald', 3)
        await bot.clickWindow(chest.slots.findIndex((/** @type {any} */ item) => item?.name === 'diamond'), 1, 0)
        await bot.waitForTicks(2)
        const died = once(bot, 'death')
        const spawned = died.then(() => once(bot, 'spawn'))
        await stage.operate('hurt', { damage: 100 })
        await spawned
        await stage.until(() => !bot.currentWindow, 'the window to be closed')
        assert.equal(bot.inventory.items().length, 0)
        await stage.operate('teleport', stage.at(0.5, 0, 1.5))
        await stage.until(() => ['diamond', 'emerald'].every(item => stage.count(item) + countLying(stage, [0, 0, 0], item, 10) === (item === 'diamond' ? 6 : 3)), 'all of it to lie there or be picked up')
        const again = await bot.openContainer(seen(stage, [2, 0, 0]))
        assert.equal(again.slots[0]?.count, 6)
        await bot.closeWindow(again)
      }
    },
    {
      name: 'Dying asleep',
      here: 'as vanilla',
      expectation: 'the bed is free again, and one comes back awake beside it',
      source: 'minecraft.wiki/w/Bed',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await bed(stage, [2, 0, 0])
        await stage.operate('set_time', { ticks: NIGHT })
        await stage.until(() => !bot.time.isDay, 'the night')
        await bot.sleep(seen(stage, [2, 0, 0]))
        const spawned = once(bot, 'death').then(() => once(bot, 'spawn'))
        await stage.operate('hurt', { damage: 100 })
        await spawned
        assert.equal((await stage.block([2, 0, 0])).properties.occupied, false)
        assert.equal((await stage.block([2, 0, 1])).properties.occupied, false)
        await stage.until(() => bot.health === 20 && bot.entity.position.distanceTo(stage.at(2.5, 0, 1)) < 3, 'the bot beside its bed')
        assert.ok(!bot.isSleeping)
        await bot.waitForTicks(5)
        await bot.sleep(seen(stage, [2, 0, 0]))
        await once(bot, 'wake')
      }
    },
    {
      name: 'A bed that is broken wakes who sleeps in it',
      here: 'as vanilla',
      expectation: 'the sleeper is awake and it is still night',
      source: 'minecraft.wiki/w/Bed',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await bed(stage, [2, 0, 0])
        await stage.operate('set_time', { ticks: NIGHT })
        await stage.until(() => !bot.time.isDay, 'the night')
        await bot.sleep(seen(stage, [2, 0, 0]))
        const woke = once(bot, 'wake')
        await stage.set('air', [2, 0, 0])
        await woke
        assert.ok(bot.time.timeOfDay > 13000)
      }
    },
    {
      name: 'Digging ends with the digger',
      here: 'as vanilla',
      expectation: 'who dies while digging leaves the block, and the cracks that others see are gone',
      source: 'minecraft.wiki/w/Breaking',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        const guest = await guestAt(stage, [4, 0, 2])
        const stages = /** @type {number[]} */ ([])
        guest._client.on('block_break_animation', (/** @type {any} */ packet) => stages.push(packet.destroyStage))
        await stage.set('obsidian', [2, 0, 0])
        const digging = bot.dig(seen(stage, [2, 0, 0])).catch(() => {})
        await stage.skip(1000)
        await stage.until(() => stages.length > 0, 'cracks')
        const spawned = once(bot, 'death').then(() => once(bot, 'spawn'))
        await stage.operate('hurt', { damage: 100 })
        await spawned
        await stage.until(() => stages.at(-1) === -1 || stages.at(-1) === 255, 'the cracks to go')
        bot.stopDigging()
        await digging
        assert.equal(await name(stage, [2, 0, 0]), 'obsidian')
      }
    },
    {
      name: 'A tool that breaks still breaks its block',
      here: 'as vanilla',
      expectation: 'a pickaxe at its last use gets cobblestone and is gone; the next stone is dug by hand and gives nothing',
      source: 'minecraft.wiki/w/Durability',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await stage.hold('golden_pickaxe')
        for (let used = 0; used < 32; used++) {
          await stage.set('stone', [2, 0, 0])
          await bot.dig(seen(stage, [2, 0, 0]))
          await bot.waitForTicks(1)
        }
        await stage.until(() => stage.count('golden_pickaxe') === 0, 'the pickaxe to be gone')
        await bot.waitForTicks(20)
        assert.equal(stage.count('cobblestone') + countLying(stage, [2, 0, 0], 'cobblestone'), 32)
        assert.equal(bot.heldItem?.name === 'golden_pickaxe', false)
      }
    },
    {
      name: 'Digging the block one stands on',
      here: 'as vanilla',
      expectation: 'one falls after it, onto the next, unhurt, and picks up what it gave',
      source: 'minecraft.wiki/w/Breaking',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await stage.hold('stone_pickaxe')
        await bot.dig(seen(stage, [0, -1, 0]))
        await bot.dig(seen(stage, [0, -2, 0]))
        await stage.until(() => stage.count('cobblestone') === 2 && bot.entity.onGround, 'two cobblestone')
        assert.ok(bot.entity.position.y < stage.at(0, -1.5, 0).y)
        assert.equal(bot.health, 20)
      }
    },
    {
      name: 'Sand that falls on a player',
      here: 'as vanilla',
      expectation: 'the lowest sand settles in the feet, the next in the head, which suffocates; dug away the pain ends',
      source: 'minecraft.wiki/w/Falling_Block; minecraft.wiki/w/Suffocation',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await stage.fill('sand', [0, 5, 0], [0, 6, 0])
        await stage.until(() => bot.health < 20, 'the sand to suffocate')
        assert.equal(await name(stage, [0, 0, 0]), 'sand')
        assert.equal(await name(stage, [0, 1, 0]), 'sand')
        await stage.hold('iron_shovel')
        await bot.dig(seen(stage, [0, 1, 0]))
        await bot.dig(seen(stage, [0, 0, 0]))
        const { health } = bot
        await bot.waitForTicks(40)
        assert.ok(bot.health >= health)
      }
    },
    {
      name: 'Sand falls into fluids and onto what is not whole',
      here: 'as vanilla',
      expectation: 'it sinks through water and lava to the ground and takes their place; on a slab and a chest it breaks into an item',
      source: 'minecraft.wiki/w/Falling_Block',
      play: async (/** @type {Stage} */ stage) => {
        await stage.set('lava', [5, -1, 5])
        await stage.set('water', [-5, -1, 5])
        await stage.set('stone_slab', [5, 0, -5])
        await stage.set('chest', [-5, 0, -5])
        for (const [x, z] of [[5, 5], [-5, 5], [5, -5], [-5, -5]]) await stage.operate('set_block', { ...stage.at(x, 6, z), block: 'sand' })
        await stage.skip(60)
        assert.equal(await name(stage, [5, -1, 5]), 'sand')
        assert.equal(await name(stage, [-5, -1, 5]), 'sand')
        assert.equal(await name(stage, [5, 0, -5]), 'stone_slab')
        assert.equal(await name(stage, [-5, 0, -5]), 'chest')
        await untilLying(stage, [5, 0, -5], 'sand')
        await untilLying(stage, [-5, 0, -5], 'sand')
      }
    },
    {
      name: 'Lava poured into water',
      here: 'as vanilla',
      expectation: 'a bucket of lava emptied into a pool becomes obsidian, and the bucket is empty',
      source: 'minecraft.wiki/w/Obsidian',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await stage.fill('water', [1, -1, -1], [4, -1, 1])
        await stage.skip(20)
        await stage.hold('lava_bucket')
        await bot.lookAt(stage.at(2.5, -1, 0.5), true)
        await bot.waitForTicks(2)
        bot.activateItem()
        await stage.until(() => stage.count('bucket') === 1, 'the bucket to be empty')
        await stage.skip(5)
        await stage.until(() => seen(stage, [2, -1, 0]).name === 'obsidian', 'obsidian')
      }
    },
    {
      name: 'Water runs over a garden and rails',
      here: 'as vanilla',
      expectation: 'crops, redstone and torches are washed away with their items; farmland, rails, a sign and a door stay',
      source: 'minecraft.wiki/w/Water#Flow',
      play: async (/** @type {Stage} */ stage) => {
        await stage.fill('farmland', [2, -1, 4], [2, -1, 4], { moisture: 7 })
        await stage.set('wheat', [2, 0, 4], { age: 7 })
        await stage.set('rail', [3, 0, 5])
        await stage.set('redstone_wire', [4, 0, 4])
        await stage.set('redstone_torch', [4, 0, 6])
        await stage.set('oak_sign', [2, 0, 6])
        await door(stage, [6, 0, 5])
        await stage.set('water', [3, 0, 3])
        await stage.skip(80)
        await stage.bot.waitForTicks(3)
        assert.equal(await name(stage, [2, -1, 4]), 'farmland')
        assert.equal(await name(stage, [2, 0, 6]), 'oak_sign')
        assert.equal(await name(stage, [3, 0, 5]), 'rail')
        assert.equal(await name(stage, [6, 0, 5]), 'oak_door')
        for (const place of /** @type {Place[]} */ ([[2, 0, 4], [4, 0, 4], [4, 0, 6]])) assert.equal(await name(stage, place), 'water')
        for (const item of ['wheat', 'redstone', 'redstone_torch']) await untilLying(stage, [3, 0, 5], item, 1, 12)
      }
    },
    {
      name: 'Nothing is placed where a creature stands',
      here: 'as vanilla',
      expectation: 'stone is refused in the place of a cow, a torch is not; the stone stays in the hand',
      source: 'minecraft.wiki/w/Block#Placement',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await stage.fill('oak_fence', [1, 0, -1], [3, 0, 1])
        await stage.set('air', [2, 0, 0])
        await stage.summon('cow', [2, 0, 0])
        await stage.hold('stone', 1)
        await assert.rejects(bot.placeBlock(seen(stage, [2, -1, 0]), UP))
        assert.equal(stage.count('stone'), 1)
        await stage.hold('torch', 1)
        await bot.placeBlock(seen(stage, [2, -1, 0]), UP)
        assert.equal(await name(stage, [2, 0, 0]), 'torch')
      }
    },
    {
      name: 'Eating goes on under blows and while walking',
      here: 'as vanilla',
      expectation: 'bread is eaten by one who walks and is struck; changing the hand ends it',
      source: 'minecraft.wiki/w/Food',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await setBody(stage, { food: 10 })
        await stage.hold('bread', 2)
        bot.setControlState('back', true)
        const eaten = bot.consume()
        await bot.waitForTicks(5)
        await stage.operate('hurt', { damage: 2 })
        await eaten
        bot.clearControlStates()
        assert.equal(bot.food, 15)
        assert.equal(stage.count('bread'), 1)
        bot.activateItem()
        await bot.waitForTicks(10)
        bot.setQuickBarSlot((bot.quickBarSlot + 1) % 9)
        await bot.waitForTicks(40)
        assert.equal(bot.food, 15)
      }
    },
    {
      name: 'Hoes want air above',
      here: 'as vanilla',
      expectation: 'dirt below a block stays dirt and the hoe new',
      source: 'minecraft.wiki/w/Hoe',
      play: async (/** @type {Stage} */ stage) => {
        await stage.set('dirt', [2, 0, 0])
        await stage.set('stone', [2, 1, 0])
        await stage.hold('iron_hoe')
        await stage.bot.activateBlock(seen(stage, [2, 0, 0]))
        await stage.bot.waitForTicks(3)
        assert.equal(await name(stage, [2, 0, 0]), 'dirt')
        assert.equal(stage.bot.heldItem.durabilityUsed ?? 0, 0)
      }
    }
  ],
  absent: []
}
