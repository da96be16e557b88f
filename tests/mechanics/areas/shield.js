'use strict'

const assert = require('node:assert/strict')
const { guestAt } = require('../bodies')

/** @typedef {import('../stage').Stage} Stage */

/** A guest with a raised shield that faces the bot. */
async function defender (/** @type {Stage} */ stage) {
  const guest = await guestAt(stage, [0, 0, 2])
  await stage.operate('clear', { player: 'guest' })
  await stage.operate('set_body', { player: 'guest', fields: { health: 20, food: 10, cooldowns: {} } })
  await stage.operate('give', { player: 'guest', item: 'shield' })
  await stage.until(() => guest.inventory.items().length === 1, 'the shield')
  await guest.equip(guest.registry.itemsByName.shield.id, 'off-hand')
  await guest.look(0, 0, true)
  guest.activateItem(true)
  await stage.bot.look(Math.PI, 0, true)
  await guest.waitForTicks(3)
  return guest
}

/** Strikes the guest and says what it has left. */
async function strike (/** @type {Stage} */ stage) {
  stage.bot.attack(stage.bot.players.guest.entity)
  await stage.bot.waitForTicks(3)
  return (await stage.operate('get_body', { player: 'guest' })).health
}

module.exports = {
  title: 'Shields',
  mechanics: [
    {
      name: 'A raised shield stops blows from the front',
      here: 'as vanilla',
      expectation: 'nothing from the front, all from behind, and the shield wears by one more than the damage',
      source: 'minecraft.wiki/w/Shield#Usage; bot.activateItem(true) of Mineflayer',
      play: async (/** @type {Stage} */ stage) => {
        const guest = await defender(stage)
        await stage.hold('iron_sword')
        await stage.skip(30)
        assert.equal(await strike(stage), 20)
        await stage.until(() => guest.inventory.slots[45]?.durabilityUsed === 7, 'the shield to wear')
        await guest.look(Math.PI, 0, true)
        await guest.waitForTicks(3)
        await stage.skip(30)
        assert.equal(await strike(stage), 14)
      }
    },
    {
      name: 'A shield needs a moment, and not longer than it is held',
      here: 'as vanilla',
      expectation: 'a blow in the first five ticks, or after the button is let go, gets through',
      source: 'minecraft.wiki/w/Shield#Usage',
      play: async (/** @type {Stage} */ stage) => {
        const guest = await defender(stage)
        await stage.hold('iron_sword')
        guest.deactivateItem()
        await stage.skip(30)
        await stage.bot.waitForTicks(2)
        assert.equal(await strike(stage), 14)
        await stage.skip(30)
        await stage.operate('teleport', { player: 'guest', ...stage.at(0.5, 0, 2.5) })
        await stage.bot.waitForTicks(5)
        guest.activateItem(true)
        await stage.bot.waitForTicks(1)
        assert.ok(await strike(stage) < 14)
      }
    },
    {
      name: 'A shield stops arrows',
      here: 'as vanilla',
      expectation: 'an arrow from the front bounces off',
      source: 'minecraft.wiki/w/Shield#Usage',
      play: async (/** @type {Stage} */ stage) => {
        await defender(stage)
        await stage.skip(10)
        await stage.operate('shoot', { kind: 'arrow', from: stage.at(0.5, 1.2, -4), velocity: { x: 0, y: 0.1, z: 2 } })
        await stage.bot.waitForTicks(20)
        assert.equal((await stage.operate('get_body', { player: 'guest' })).health, 20)
      }
    },
    {
      name: 'An axe disables a shield',
      here: 'as vanilla',
      expectation: 'the first blow of an axe is stopped, the next one not; the client is told of the five seconds',
      source: 'minecraft.wiki/w/Shield#Disabling',
      play: async (/** @type {Stage} */ stage) => {
        const guest = await defender(stage)
        const cooldown = new Promise(resolve => guest._client.once('set_cooldown', resolve))
        await stage.hold('iron_axe')
        await stage.skip(40)
        assert.equal(await strike(stage), 20)
        assert.equal(/** @type {any} */ (await cooldown).cooldownTicks, 100)
        guest.activateItem(true)
        await stage.skip(40)
        await stage.operate('teleport', stage.at(0.5, 0, 0.5))
        await stage.bot.waitForTicks(3)
        assert.equal(await strike(stage), 11)
      }
    }
  ],
  absent: []
}
