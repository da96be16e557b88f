'use strict'

const assert = require('node:assert/strict')
const { enchant, guestAt, nearly, bodyOf } = require('../bodies')

/** @typedef {import('../stage').Stage} Stage */

const PARTS = /** @type {[string, string][]} */ ([['helmet', 'head'], ['chestplate', 'torso'], ['leggings', 'legs'], ['boots', 'feet']])

/** Puts on a whole suit. */
async function wear (/** @type {Stage} */ stage, /** @type {string} */ material) {
  const { bot } = stage
  for (const [part, place] of PARTS) {
    await stage.give(`${material}_${part}`)
    await stage.until(() => stage.count(`${material}_${part}`) === 1, `the ${part}`)
    await bot.equip(bot.registry.itemsByName[`${material}_${part}`].id, place)
  }
}

/** What a blow costs. */
async function cost (/** @type {Stage} */ stage, /** @type {number} */ damage, /** @type {string} */ cause) {
  await stage.skip(15)
  await stage.operate('set_body', { fields: { health: 20, food: 10 } })
  await stage.operate('hurt', { damage, cause })
  return 20 - (await bodyOf(stage)).health
}

module.exports = {
  title: 'Armour',
  mechanics: [
    {
      name: 'Armour holds off blows by points and toughness',
      here: 'as vanilla',
      expectation: 'iron takes 10 half hearts to 4.0, diamond to 2.0; a fall is not held off',
      source: 'minecraft.wiki/w/Armor#Mechanics',
      play: async (/** @type {Stage} */ stage) => {
        await wear(stage, 'iron')
        nearly(await cost(stage, 10, 'attack'), 10 * (1 - (15 - 10 / 2) / 25))
        assert.equal(await cost(stage, 5, 'fall'), 5)
        await stage.operate('clear')
        await wear(stage, 'diamond')
        nearly(await cost(stage, 10, 'attack'), 10 * (1 - (20 - 10 / 4) / 25))
      }
    },
    {
      name: 'Armour wears',
      here: 'as vanilla',
      expectation: 'each piece loses a quarter of the damage, at least one, and breaks',
      source: 'minecraft.wiki/w/Armor#Durability',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await wear(stage, 'leather')
        await cost(stage, 8, 'attack')
        await stage.until(() => bot.inventory.slots[5]?.durabilityUsed === 2, 'the helmet to wear')
        await stage.skip(15)
        await stage.operate('set_body', { fields: { absorption: 500 } })
        await stage.operate('hurt', { damage: 400, cause: 'attack' })
        await stage.until(() => [5, 6, 7, 8].every(slot => !bot.inventory.slots[slot]), 'the suit to break')
      }
    },
    {
      name: 'Armour goes on by a right click, and is swapped',
      here: 'as vanilla',
      expectation: 'a click with the held piece wears it; another click takes the other one',
      source: 'minecraft.wiki/w/Armor#Usage',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await stage.hold('iron_chestplate')
        bot.activateItem()
        await stage.until(() => bot.inventory.slots[6]?.name === 'iron_chestplate', 'the chestplate to be worn')
        await stage.hold('diamond_chestplate')
        bot.activateItem()
        await stage.until(() => bot.inventory.slots[6]?.name === 'diamond_chestplate' && bot.heldItem?.name === 'iron_chestplate', 'the swap')
      }
    },
    {
      name: 'Others see what one wears and holds',
      here: 'as vanilla',
      expectation: 'hand, off hand and four pieces, to who is there and to who comes',
      source: 'wiki.vg Set Equipment; entity.equipment of Mineflayer',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        const guest = await guestAt(stage, [3, 0, 3])
        const seenBy = (/** @type {any} */ other) => (other.players[bot.username]?.entity?.equipment ?? []).map((/** @type {any} */ item) => item?.name ?? null)
        await wear(stage, 'golden')
        await stage.give('shield')
        await stage.until(() => stage.count('shield') === 1, 'the shield')
        await bot.equip(bot.registry.itemsByName.shield.id, 'off-hand')
        await stage.hold('stone_sword')
        const whole = ['stone_sword', 'shield', 'golden_boots', 'golden_leggings', 'golden_chestplate', 'golden_helmet']
        await stage.until(() => whole.every((name, slot) => seenBy(guest)[slot] === name), 'the guest to see all')
        const late = await guestAt(stage, [-3, 0, 3], 'late')
        await stage.until(() => whole.every((name, slot) => seenBy(late)[slot] === name), 'the late guest to see all')
      }
    },
    {
      name: 'Enchanted armour protects more',
      here: 'simplified: thorns, respiration but for air, frost walker and the like do nothing',
      expectation: 'protection IV on a piece takes 16 % of what is left, also of magic; feather falling IV 48 % of a fall',
      source: 'minecraft.wiki/w/Protection, minecraft.wiki/w/Feather_Falling',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await stage.hold('iron_boots')
        await enchant(stage, [{ name: 'protection', lvl: 4 }])
        await bot.waitForTicks(2)
        bot.activateItem()
        await stage.until(() => bot.inventory.slots[8], 'the boots to be worn')
        nearly(await cost(stage, 10, 'magic'), 8.4)
        await stage.operate('clear')
        await stage.hold('iron_boots')
        await enchant(stage, [{ name: 'feather_falling', lvl: 4 }])
        await bot.waitForTicks(2)
        bot.activateItem()
        await stage.until(() => bot.inventory.slots[8], 'the boots to be worn')
        nearly(await cost(stage, 10, 'fall'), 5.2)
      }
    }
  ],
  absent: []
}
