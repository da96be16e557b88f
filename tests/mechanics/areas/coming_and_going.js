'use strict'

const assert = require('node:assert/strict')
const { createHash } = require('node:crypto')
const { requireFromServer } = require('../../mc_server/embedded_harness')
const { guestAt, setBody } = require('../bodies')
const { Vec3 } = requireFromServer('vec3')

/** @typedef {import('../stage').Stage} Stage */
/** @typedef {import('../stage').Place} Place */

const NIGHT = 14000
const once = (/** @type {any} */ bot, /** @type {string} */ event) => new Promise(resolve => bot.once(event, resolve))
const bodyOf = (/** @type {Stage} */ stage, /** @type {string} */ player) => stage.operate('get_body', { player })

/** A bed at night. */
async function bed (/** @type {Stage} */ stage, /** @type {Place} */ [x, y, z]) {
  await Promise.all(['foot', 'head'].map((part, half) => stage.operate('set_block', {
    ...stage.at(x, y, z + half), block: 'red_bed', properties: { part, facing: 'south' }
  })))
  await stage.operate('set_time', { ticks: NIGHT })
  await stage.until(() => !stage.bot.time.isDay && stage.bot.blockAt(stage.at(x, y, z)).name === 'red_bed', 'the bed at night')
  return stage.bot.blockAt(stage.at(x, y, z))
}

/** A guest leaves and comes back. */
async function again (/** @type {Stage} */ stage, /** @type {any} */ guest) {
  const { username } = guest
  guest.end()
  await stage.until(() => !stage.bot.players[username], 'the guest to leave')
  return stage.join(username)
}

const digest = (/** @type {string} */ text) => createHash('sha256').update(text).digest('hex')

/** Takes a snapshot now, and tells that it is put back as it was and goes on the same way each time. */
async function assertKept (/** @type {Stage} */ stage, /** @type {string} */ name, ticks = 100) {
  let hash = ''
  for (let tries = 0; tries < 20; tries++) {
    hash = await stage.operate('state_hash')
    await stage.operate('create_snapshot', { name })
    if (hash === await stage.operate('state_hash')) break
  }
  await stage.bot.waitForTicks(15)
  const run = (/** @type {number} */ count) => stage.operate('restore_and_capture', { name, ticks: count })
  assert.equal(digest(await run(0)), hash, `${name}: it is put back differently`)
  const first = await run(ticks)
  assert.ok(first === await run(ticks), `${name}: two runs differ`)
  await stage.operate('restore_snapshot', { name })
  await stage.operate('delete_snapshot', { name })
}

module.exports = {
  title: 'Coming, going and going back',
  mechanics: [
    {
      name: 'Who leaves burning comes back burning',
      here: 'as vanilla',
      expectation: 'the fire goes on where it was, and hurts',
      source: 'minecraft.wiki/w/Fire; minecraft.wiki/w/Player.dat_format',
      play: async (/** @type {Stage} */ stage) => {
        const guest = await guestAt(stage, [4, 0, 0])
        await stage.operate('set_body', { player: 'guest', fields: { fireTicks: 150 } })
        const back = await again(stage, guest)
        assert.ok((await bodyOf(stage, 'guest')).fireTicks > 50)
        await stage.until(() => back.health < 19, 'the fire to hurt')
      }
    },
    {
      name: 'Who leaves under water comes back with as little air',
      here: 'as vanilla',
      expectation: 'air is kept, and goes on falling until it hurts',
      source: 'minecraft.wiki/w/Damage#Drowning',
      play: async (/** @type {Stage} */ stage) => {
        const guest = await guestAt(stage, [4, 0, 0])
        await stage.fill('glass', [3, 0, -1], [5, 3, 1])
        await stage.fill('water', [4, 0, 0], [4, 2, 0])
        await stage.skip(100)
        const { air } = await bodyOf(stage, 'guest')
        assert.ok(air < 250)
        const back = await again(stage, guest)
        assert.ok((await bodyOf(stage, 'guest')).air <= air)
        await stage.skip(200)
        await stage.until(() => back.health < 20, 'drowning')
      }
    },
    {
      name: 'Who leaves dead comes back to life',
      here: 'as vanilla',
      expectation: 'the one who comes back is dead, is told so, and lives again with nothing',
      source: 'minecraft.wiki/w/Death',
      play: async (/** @type {Stage} */ stage) => {
        const guest = await guestAt(stage, [4, 0, 0])
        await stage.operate('give', { player: 'guest', item: 'dirt' })
        guest._client.on('update_health', (/** @type {any} */ packet) => packet.health === 0 && guest.end())
        await stage.operate('hurt', { player: 'guest', damage: 100 })
        await stage.until(() => !stage.bot.players.guest, 'the guest to leave')
        const back = await stage.join('guest')
        await stage.until(() => back.health === 20 && back.entity.onGround, 'the guest to live')
        assert.equal(back.inventory.items().length, 0)
        assert.equal((await bodyOf(stage, 'guest')).dead, false)
      }
    },
    {
      name: 'Who leaves asleep comes back awake',
      here: 'as vanilla',
      expectation: 'the bed is free at once, and the one who comes back stands beside it',
      source: 'minecraft.wiki/w/Bed',
      play: async (/** @type {Stage} */ stage) => {
        const guest = await guestAt(stage, [4, 0, 0])
        const { position } = await bed(stage, [4, 0, 1])
        await guest.sleep(guest.blockAt(position))
        const back = await again(stage, guest)
        assert.equal((await stage.block([4, 0, 1])).properties.occupied, false)
        assert.ok(!back.isSleeping)
        await stage.until(() => back.entity.position.distanceTo(stage.at(4.5, 0, 2)) < 3, 'the guest beside the bed')
      }
    },
    {
      name: 'What one held in mid-air is not lost by leaving',
      here: 'as vanilla',
      expectation: 'things on the cursor and in the crafting grid are in the inventory afterwards',
      source: 'minecraft.wiki/w/Inventory',
      play: async (/** @type {Stage} */ stage) => {
        const guest = await guestAt(stage, [4, 0, 0])
        await stage.operate('give', { player: 'guest', item: 'oak_planks', count: 10 })
        await stage.until(() => guest.inventory.items().length === 1, 'the planks')
        const { slot } = guest.inventory.items()[0]
        await guest.clickWindow(slot, 1, 0)
        await guest.clickWindow(1, 1, 0)
        const back = await again(stage, guest)
        await stage.until(() => back.inventory.count(back.registry.itemsByName.oak_planks.id) === 10, 'all planks')
      }
    },
    {
      name: 'Going back to a sleep',
      here: 'our own',
      expectation: 'a snapshot taken asleep is put back by day: it is night and the bot sleeps; killed then it comes back beside its bed',
      source: 'event wake of Mineflayer',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await bot.sleep(await bed(stage, [2, 0, 0]))
        await assertKept(stage, 'asleep', 20)
        await stage.until(() => bot.isSleeping, 'the bot to sleep again')
        assert.equal((await stage.block([2, 0, 0])).properties.occupied, true)
        await stage.operate('create_snapshot', { name: 'asleep' })
        await once(bot, 'wake')
        await bot.waitForTicks(20)
        await stage.operate('restore_snapshot', { name: 'asleep' })
        await stage.until(() => bot.isSleeping && !bot.time.isDay, 'the bot to sleep again')
        const spawned = once(bot, 'death').then(() => once(bot, 'spawn'))
        await stage.operate('hurt', { damage: 100 })
        await spawned
        await stage.until(() => bot.health === 20 && bot.entity.position.distanceTo(stage.at(2.5, 0, 1)) < 3, 'the bot beside its bed')
        assert.equal((await stage.block([2, 0, 0])).properties.occupied, false)
        await stage.operate('restore_snapshot', { name: 'asleep' })
        await stage.until(() => bot.isSleeping, 'the bot to sleep again')
        await once(bot, 'wake')
        await stage.operate('delete_snapshot', { name: 'asleep' })
      }
    },
    {
      name: 'Going back across a death',
      here: 'our own',
      expectation: 'a snapshot taken alive brings the dead back with all they had; what the death left is gone',
      source: 'deterministic simulation',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await stage.give('diamond', 7)
        await stage.until(() => stage.count('diamond') === 7, 'diamonds')
        await stage.operate('create_snapshot', { name: 'alive' })
        const died = once(bot, 'death')
        await stage.operate('hurt', { damage: 100 })
        await stage.operate('restore_snapshot', { name: 'alive' })
        await died
        await stage.until(() => stage.count('diamond') === 7 && bot.health === 20, 'the bot and its diamonds')
        await bot.waitForTicks(10)
        assert.ok(!Object.values(bot.entities).some((/** @type {any} */ each) => each.name === 'item'))
        assert.ok(bot.entity.position.distanceTo(stage.at(0.5, 0, 0.5)) < 1)
        bot.setControlState('forward', true)
        await stage.until(() => bot.entity.position.distanceTo(stage.at(0.5, 0, 0.5)) > 2, 'the bot to walk')
        bot.clearControlStates()
        await stage.operate('delete_snapshot', { name: 'alive' })
      }
    },
    {
      name: 'A snapshot in the middle of things',
      here: 'simplified: what the hand is doing (eating, digging, drawing a bow) is let go of',
      expectation: 'taken with a chest open and things on the cursor, while digging, eating, drawing a bow, fishing, falling and burning it is put back to the bit, and goes on the same way each time',
      source: 'deterministic simulation',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await stage.set('chest', [2, 0, 0])
        await stage.give('diamond', 9)
        await stage.until(() => stage.count('diamond') === 9, 'diamonds')
        const chest = await bot.openContainer(bot.blockAt(stage.at(2, 0, 0)))
        await bot.clickWindow(chest.slots.findIndex((/** @type {any} */ item) => item?.name === 'diamond'), 1, 0)
        await bot.clickWindow(4, 1, 0)
        await assertKept(stage, 'window')
        await stage.until(() => !bot.currentWindow && stage.count('diamond') === 8, 'the diamonds to come back')
        await stage.set('obsidian', [-2, 0, 0])
        const digging = bot.dig(bot.blockAt(stage.at(-2, 0, 0))).catch(() => {})
        await bot.waitForTicks(20)
        await assertKept(stage, 'digging')
        bot.stopDigging()
        await digging
        await setBody(stage, { food: 10 })
        await stage.hold('bread')
        bot.activateItem()
        await bot.waitForTicks(10)
        await assertKept(stage, 'eating')
        await stage.give('arrow', 3)
        await stage.hold('bow')
        bot.activateItem()
        await bot.waitForTicks(10)
        await assertKept(stage, 'bow')
        bot.deactivateItem()
        await stage.fill('water', [0, -1, 4], [6, -1, 9])
        await stage.hold('fishing_rod')
        await bot.lookAt(stage.at(1.5, 0, 7.5), true)
        await bot.waitForTicks(3)
        bot.activateItem()
        await bot.waitForTicks(30)
        assert.ok(Object.values(bot.entities).some((/** @type {any} */ each) => each.name === 'fishing_bobber'))
        await assertKept(stage, 'fishing')
        await stage.operate('set_body', { fields: { fireTicks: 100 } })
        await stage.operate('teleport', stage.at(0.5, 9, 0.5))
        await bot.waitForTicks(8)
        await assertKept(stage, 'falling')
        await stage.until(() => bot.entity.onGround && bot.health < 20, 'the fall to end')
        assert.ok(bot.entity.position.distanceTo(new Vec3(0.5, 200, 0.5)) < 2)
      }
    },
    {
      name: 'Snapshots with two players, one of them away',
      here: 'our own',
      expectation: 'one who came after the snapshot stays in the game as a newcomer, one who left since is back in the state of then when it joins',
      source: 'deterministic simulation',
      play: async (/** @type {Stage} */ stage) => {
        const guest = await guestAt(stage, [4, 0, 0])
        await stage.operate('give', { player: 'guest', item: 'emerald', count: 5 })
        await stage.operate('create_snapshot', { name: 'both' })
        await stage.operate('clear', { player: 'guest' })
        guest.end()
        await stage.until(() => !stage.bot.players.guest, 'the guest to leave')
        const late = await stage.join('latecomer')
        await stage.operate('give', { player: 'latecomer', item: 'dirt' })
        await stage.operate('restore_snapshot', { name: 'both' })
        const back = await stage.join('guest')
        await stage.until(() => back.inventory.count(back.registry.itemsByName.emerald.id) === 5, 'the emeralds')
        await stage.until(() => late.inventory.items().length === 0, 'the latecomer to be new')
        await stage.until(() => late.entity.onGround, 'the latecomer to stand somewhere')
        await stage.operate('delete_snapshot', { name: 'both' })
      }
    }
  ],
  absent: []
}
