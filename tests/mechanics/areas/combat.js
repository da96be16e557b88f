'use strict'

const assert = require('node:assert/strict')
const { enchant, guestAt, nearly, setBody } = require('../bodies')

/** @typedef {import('../stage').Stage} Stage */

const bodyOfGuest = (/** @type {Stage} */ stage, username = 'guest') => stage.operate('get_body', { player: username })

/** Strikes the guest and says what it cost. */
async function strike (/** @type {Stage} */ stage, /** @type {any} */ guest) {
  const before = (await bodyOfGuest(stage)).health
  stage.bot.attack(stage.bot.players[guest.username].entity)
  await stage.bot.waitForTicks(3)
  return before - (await bodyOfGuest(stage)).health
}

/** A guest two blocks in front of the bot, too hungry to heal. */
async function opponent (/** @type {Stage} */ stage) {
  const guest = await guestAt(stage, [0, 0, 2])
  await stage.operate('set_body', { player: 'guest', fields: { health: 20, food: 10 } })
  await stage.bot.look(Math.PI, 0, true)
  return guest
}

module.exports = {
  title: 'Fighting',
  mechanics: [
    {
      name: 'Weapons hurt as much as they should, when they are ready',
      here: 'as vanilla',
      expectation: 'a whole blow of an iron sword costs 6, of a stone axe 9, of a fist 1; one too early much less',
      source: 'minecraft.wiki/w/Melee_attack',
      play: async (/** @type {Stage} */ stage) => {
        const guest = await opponent(stage)
        await stage.skip(20)
        nearly(await strike(stage, guest), 1)
        for (const [weapon, damage] of /** @type {[string, number][]} */ ([['iron_sword', 6], ['stone_axe', 9]])) {
          await stage.hold(weapon)
          await stage.skip(30)
          await stage.operate('set_body', { player: 'guest', fields: { health: 20 } })
          await stage.operate('teleport', { player: 'guest', ...stage.at(0.5, 0, 2.5) })
          nearly(await strike(stage, guest), damage)
        }
        await stage.skip(30)
        await stage.operate('set_body', { player: 'guest', fields: { health: 20, invulnerableUntil: 0 } })
        await stage.operate('teleport', { player: 'guest', ...stage.at(0.5, 0, 2.5) })
        stage.bot.swingArm()
        await stage.bot.waitForTicks(3)
        const early = await strike(stage, guest)
        assert.ok(early > 1 && early < 4, `${early}`)
      }
    },
    {
      name: 'A falling fighter strikes harder',
      here: 'as vanilla',
      expectation: 'a blow on the way down costs half as much again, and shows it',
      source: 'minecraft.wiki/w/Melee_attack#Critical_hit',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        const guest = await opponent(stage)
        await stage.hold('iron_sword')
        await stage.skip(30)
        let shown = false
        bot.once('entityCriticalEffect', () => { shown = true })
        bot.setControlState('jump', true)
        await stage.until(() => bot.entity.velocity.y < -0.2 && !bot.entity.onGround, 'the way down')
        bot.setControlState('jump', false)
        nearly(await strike(stage, guest), 9)
        assert.ok(shown)
      }
    },
    {
      name: 'Blows throw back, those of a runner further',
      here: 'as vanilla',
      expectation: 'the guest flies off away from the bot, further when the bot sprints; netherite keeps it in place',
      source: 'minecraft.wiki/w/Knockback_(mechanic)',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        const guest = await opponent(stage)
        const thrown = async (/** @type {boolean} */ sprint) => {
          await stage.operate('teleport', { player: 'guest', ...stage.at(0.5, 0, 2.5) })
          await stage.operate('teleport', stage.at(0.5, 0, 0.5))
          await bot.waitForTicks(10)
          await stage.operate('set_body', { player: 'guest', fields: { health: 20 } })
          await stage.operate('set_body', { fields: { sprinting: sprint } })
          await stage.skip(20)
          bot.attack(bot.players.guest.entity)
          await bot.waitForTicks(25)
          return guest.entity.position.z - 2.5
        }
        const standing = await thrown(false)
        const running = await thrown(true)
        assert.ok(standing > 0.5 && standing < 3, `standing ${standing}`)
        assert.ok(running > standing + 0.5, `running ${running}`)
      }
    },
    {
      name: 'A sword sweeps',
      here: 'as vanilla',
      expectation: 'a whole blow of a standing fighter costs who stands beside the victim one half heart; an axe does not',
      source: 'minecraft.wiki/w/Melee_attack#Sweep_attack',
      play: async (/** @type {Stage} */ stage) => {
        const guest = await opponent(stage)
        await guestAt(stage, [1, 0, 2], 'neighbour')
        await stage.operate('set_body', { player: 'neighbour', fields: { health: 20, food: 10 } })
        await stage.hold('iron_axe')
        await stage.skip(40)
        await strike(stage, guest)
        assert.equal((await bodyOfGuest(stage, 'neighbour')).health, 20)
        await stage.operate('teleport', { player: 'guest', ...stage.at(0.5, 0, 2.5) })
        await stage.operate('set_body', { player: 'guest', fields: { health: 20 } })
        await stage.hold('iron_sword')
        await stage.skip(40)
        await strike(stage, guest)
        assert.equal((await bodyOfGuest(stage, 'neighbour')).health, 19)
      }
    },
    {
      name: 'Weapons wear',
      here: 'as vanilla',
      expectation: 'a sword by one a blow, a pickaxe by two',
      source: 'minecraft.wiki/w/Durability',
      play: async (/** @type {Stage} */ stage) => {
        const guest = await opponent(stage)
        for (const [name, wear] of /** @type {[string, number][]} */ ([['stone_sword', 1], ['stone_pickaxe', 2]])) {
          await stage.hold(name)
          await stage.skip(30)
          await stage.operate('teleport', { player: 'guest', ...stage.at(0.5, 0, 2.5) })
          await strike(stage, guest)
          await stage.until(() => stage.bot.heldItem?.durabilityUsed === wear, `${name} to wear`)
        }
      }
    },
    {
      name: 'Sharp, fiery and strong',
      here: 'simplified: of the enchantments of weapons only sharpness, smite, bane, knock-back, fire aspect and sweeping',
      expectation: 'sharpness III adds 2, strength I adds 3, weakness takes 4, fire aspect sets on fire',
      source: 'minecraft.wiki/w/Sharpness, minecraft.wiki/w/Strength, minecraft.wiki/w/Fire_Aspect',
      play: async (/** @type {Stage} */ stage) => {
        const guest = await opponent(stage)
        await stage.hold('stone_sword')
        await enchant(stage, [{ name: 'sharpness', lvl: 3 }, { name: 'fire_aspect', lvl: 1 }])
        await stage.operate('effect', { name: 'strength', ticks: 2000 })
        await stage.skip(30)
        nearly(await strike(stage, guest), 5 + 2 + 3)
        assert.ok((await bodyOfGuest(stage)).fireTicks > 60)
      }
    },
    {
      name: 'Creatures are struck, and what is out of reach is not',
      here: 'simplified: the reach is measured to the middle of the body, with half a block to spare',
      expectation: 'a cow next to the bot is hurt, one seven blocks away not',
      source: 'minecraft.wiki/w/Melee_attack; bot.attack of Mineflayer',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        const near = await stage.summon('cow', [2, 0, 0])
        const far = await stage.summon('cow', [-8, 0, 0])
        const hurt = /** @type {number[]} */ ([])
        bot.on('entityHurt', (/** @type {any} */ entity) => hurt.push(entity.id))
        bot.attack(far)
        await bot.waitForTicks(5)
        bot.attack(near)
        await stage.until(() => hurt.includes(near.id), 'the cow to be hurt')
        assert.ok(!hurt.includes(far.id))
      }
    },
    {
      name: 'Creatures hurt by difficulty',
      here: 'as vanilla',
      expectation: 'an arrow of a skeleton hurts half as much again on hard',
      source: 'minecraft.wiki/w/Difficulty',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        const cow = await stage.summon('cow', [6, 0, 6])
        const shot = async () => {
          await setBody(stage, { health: 20, food: 10 })
          await stage.operate('shoot', { kind: 'arrow', from: stage.at(0.5, 1, 4.5), velocity: { x: 0, y: 0.05, z: -2 }, shooter: cow.id })
          await stage.until(() => bot.health < 20, 'the arrow')
          await stage.skip(15)
          return 20 - bot.health
        }
        const normal = await shot()
        try {
          await stage.operate('command', { text: 'difficulty hard' })
          assert.equal(await shot(), normal * 1.5)
        } finally {
          await stage.operate('command', { text: 'difficulty normal' })
        }
      }
    }
  ],
  absent: []
}
