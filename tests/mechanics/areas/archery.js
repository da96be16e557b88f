'use strict'

const assert = require('node:assert/strict')
const { enchant, guestAt, bodyOf, goTo } = require('../bodies')

/** @typedef {import('../stage').Stage} Stage */

/** Arrows the bot sees. @returns {any[]} */
const arrows = (/** @type {Stage} */ { bot }) => Object.values(bot.entities).filter((/** @type {any} */ entity) => entity.name === 'arrow')

/** Draws the bow for so many ticks and lets go. */
async function shoot (/** @type {Stage} */ stage, /** @type {number} */ ticks) {
  stage.bot.activateItem()
  await stage.bot.waitForTicks(ticks + 1)
  stage.bot.deactivateItem()
}

module.exports = {
  title: 'Bows, crossbows and throws',
  mechanics: [
    {
      name: 'A bow shoots as far as it is drawn',
      here: 'simplified: tipped arrows are plain ones',
      expectation: 'a fully drawn arrow flies at three blocks a tick, one drawn for a moment does not fly; arrow and bow are used up',
      source: 'minecraft.wiki/w/Bow#Usage; bot.activateItem and deactivateItem of Mineflayer',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await stage.give('arrow', 5)
        await stage.hold('bow')
        await bot.look(Math.PI, 0, true)
        await shoot(stage, 1)
        await bot.waitForTicks(5)
        assert.equal(stage.count('arrow'), 5)
        let speed = 0
        bot.on('entitySpawn', (/** @type {any} */ entity) => { if (entity.name === 'arrow') speed = entity.velocity.norm() })
        await shoot(stage, 8)
        await stage.until(() => speed > 0, 'a weak shot')
        const weak = speed
        speed = 0
        await shoot(stage, 22)
        await stage.until(() => speed > 0, 'a strong shot')
        assert.ok(weak < 1.5 && speed > 2.7, `${weak} and ${speed}`)
        await stage.until(() => stage.count('arrow') === 3 && bot.heldItem.durabilityUsed === 2, 'arrows and bow to be used')
      }
    },
    {
      name: 'Without an arrow nothing is shot',
      here: 'as vanilla',
      expectation: 'no arrow flies',
      source: 'minecraft.wiki/w/Bow#Usage',
      play: async (/** @type {Stage} */ stage) => {
        await stage.hold('bow')
        await shoot(stage, 22)
        await stage.bot.waitForTicks(10)
        assert.equal(arrows(stage).length, 0)
      }
    },
    {
      name: 'Arrows stick, can be taken back, and vanish',
      here: 'as vanilla',
      expectation: 'an arrow stays in the block it hit; who shot it picks it up; another is gone after 1200 ticks',
      source: 'minecraft.wiki/w/Arrow#Behavior',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await stage.fill('oak_planks', [-2, 0, 5], [2, 3, 5])
        await stage.give('arrow', 2)
        await stage.hold('bow')
        await bot.look(Math.PI, 0, true)
        await shoot(stage, 22)
        await stage.until(() => arrows(stage).length === 1 && arrows(stage)[0].position.z > stage.at(0, 0, 4.8).z, 'the arrow to stick')
        const { z } = arrows(stage)[0].position
        await bot.waitForTicks(10)
        assert.equal(arrows(stage)[0].position.z, z)
        await goTo(stage, [0.5, 0, 4.2])
        await stage.until(() => stage.count('arrow') === 2 && arrows(stage).length === 0, 'the arrow to be taken back')
        await goTo(stage, [0.5, 0, 0.5])
        await shoot(stage, 22)
        await stage.until(() => arrows(stage).length === 1, 'another arrow')
        await stage.skip(1300)
        await stage.until(() => arrows(stage).length === 0, 'the arrow to vanish')
      }
    },
    {
      name: 'Arrows hurt and throw back',
      here: 'as vanilla',
      expectation: 'a full shot costs another player at least 6 half hearts and moves it; it is told who shot',
      source: 'minecraft.wiki/w/Arrow#Damage',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        const guest = await guestAt(stage, [0, 0, 5])
        await stage.operate('set_body', { player: 'guest', fields: { health: 20, food: 10 } })
        await stage.give('arrow', 2)
        await stage.hold('bow')
        await bot.lookAt(guest.entity.position.offset(0, 1.3, 0), true)
        let by = null
        guest.on('entityHurt', (/** @type {any} */ entity, /** @type {any} */ source) => { if (entity === guest.entity) by = source?.username })
        await shoot(stage, 22)
        await stage.until(() => guest.health < 20, 'the guest to be hit')
        assert.ok(guest.health <= 14, `${guest.health}`)
        await stage.until(() => guest.entity.position.z > stage.at(0, 0, 5.8).z, 'the guest to be thrown back')
        assert.equal(by, bot.username)
      }
    },
    {
      name: 'Enchanted bows',
      here: 'as vanilla',
      expectation: 'with infinity the arrow stays; flame sets the victim on fire; power III adds to the damage',
      source: 'minecraft.wiki/w/Infinity, minecraft.wiki/w/Flame, minecraft.wiki/w/Power',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        const guest = await guestAt(stage, [0, 0, 4])
        await stage.operate('set_body', { player: 'guest', fields: { health: 20, food: 10 } })
        await stage.give('arrow', 1)
        await stage.hold('bow')
        await enchant(stage, [{ name: 'infinity', lvl: 1 }, { name: 'flame', lvl: 1 }, { name: 'power', lvl: 3 }])
        await bot.waitForTicks(3)
        await bot.lookAt(guest.entity.position.offset(0, 1.3, 0), true)
        await shoot(stage, 22)
        await stage.until(() => guest.health < 11, 'the guest to be hit hard')
        await stage.until(() => (/** @type {any} */ (guest.entity.metadata)[0] & 1) === 1, 'the guest to burn')
        assert.equal(stage.count('arrow'), 1)
      }
    },
    {
      name: 'A crossbow is loaded, then shoots',
      here: 'simplified: no rockets, no multishot, no piercing',
      expectation: 'after 25 ticks it holds an arrow, the next click shoots it',
      source: 'minecraft.wiki/w/Crossbow#Usage',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await stage.give('arrow', 2)
        await stage.hold('crossbow')
        await bot.look(Math.PI, 0, true)
        await shoot(stage, 27)
        await stage.until(() => stage.count('arrow') === 1, 'the crossbow to be loaded')
        assert.equal(arrows(stage).length, 0)
        bot.activateItem()
        await stage.until(() => arrows(stage).length === 1, 'the shot')
      }
    },
    {
      name: 'Snowballs, eggs and pearls are thrown',
      here: 'as vanilla',
      expectation: 'they fly and burst; a pearl takes its thrower along for five half hearts',
      source: 'minecraft.wiki/w/Snowball, minecraft.wiki/w/Egg, minecraft.wiki/w/Ender_Pearl',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await bot.look(Math.PI, 0, true)
        for (const kind of ['snowball', 'egg']) {
          await stage.hold(kind)
          bot.activateItem()
          await stage.until(() => Object.values(bot.entities).some((/** @type {any} */ entity) => entity.name === kind), `the ${kind} to fly`)
          await stage.until(() => stage.count(kind) === 0, `the ${kind} to be spent`)
        }
        await stage.operate('set_body', { fields: { food: 10 } })
        await stage.hold('ender_pearl')
        await bot.look(Math.PI, -0.9, true)
        const { z } = bot.entity.position
        bot.activateItem()
        await stage.until(() => bot.entity.position.z > z + 4, 'the pearl to take the bot along')
        await stage.until(() => bot.health === 15, 'the price')
      }
    },
    {
      name: 'Arrows hit creatures',
      here: 'as vanilla',
      expectation: 'a chicken that is shot dies',
      source: 'minecraft.wiki/w/Arrow#Damage',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        const chicken = await stage.summon('chicken', [0, 0, 4], { still: true })
        await stage.give('arrow', 3)
        await stage.hold('bow')
        for (let shot = 0; shot < 3 && bot.entities[chicken.id]; shot++) {
          stage.bot.activateItem()
          await bot.waitForTicks(20)
          await bot.lookAt(chicken.position.offset(0, 0.4, 0), true)
          await bot.waitForTicks(2)
          bot.deactivateItem()
          await bot.waitForTicks(20)
        }
        await stage.until(() => !bot.entities[chicken.id], 'the chicken to be gone')
        assert.equal((await bodyOf(stage)).dead, false)
      }
    }
  ],
  absent: [
    { name: 'Tridents', here: 'absent: they can be struck with, not thrown' },
    { name: 'Fireworks', here: 'absent' }
  ]
}
