'use strict'

const { HOSTILE, REVENGE_MS, distanceTo, isAlive, lastBlow } = require('../../primitives/support/combat')
const { feetOf, inSight } = require('../../primitives/support/world')

/** Health, and harm a second to who fights it and keeps out of its reach between blows. @type {Record<string, [number, number]>} */
const MONSTERS = {
  zombie: [20, 0.8],
  husk: [20, 0.8],
  drowned: [20, 0.9],
  zombie_villager: [20, 0.8],
  skeleton: [20, 1],
  stray: [20, 1],
  spider: [16, 0.8],
  cave_spider: [12, 1.2],
  creeper: [20, 0.6],
  slime: [16, 0.5],
  silverfish: [8, 0.5],
  witch: [26, 1.2],
  pillager: [24, 1.2],
  vindicator: [24, 3],
  phantom: [20, 0.6],
  enderman: [40, 2]
}
/** @type {[number, number]} */
const UNKNOWN = [20, 1.2]
/** Harm a second with each kind of weapon, of stone; and how others compare. @type {[RegExp, number][]} */
const WEAPONS = [[/_sword$/, 4.5], [/_axe$/, 4], [/_(pickaxe|shovel)$/, 2.5]]
/** @type {Record<string, number>} */
const MATERIALS = { wooden: 0.85, golden: 0.85, stone: 1, iron: 1.2, diamond: 1.4, netherite: 1.6 }
const FIST = 1.5
/** Points of armour by material of a whole suit, and the share of each piece. @type {Record<string, number>} */
const SUITS = { leather: 7, golden: 11, chainmail: 12, iron: 15, diamond: 20, netherite: 20 }
const PIECES = [[5, 0.15], [6, 0.4], [7, 0.3], [8, 0.15]]
const HARM_KEPT_OFF_BY_POINT = 0.04
const SHOOTERS_SEEN = 14

/**
 * The monsters that the bot has to reckon with, the nearest first: in sight, or behind it when it runs.
 * @param {any} context @param {number} within @param {boolean} [unseen] also those that are hidden
 */
function monstersNear (context, within, unseen = false) {
  const { bot } = context
  const { attacker, at } = lastBlow(bot)
  const shooter = Date.now() - at < REVENGE_MS ? attacker : null
  const feet = feetOf(bot)
  return Object.values(bot.entities)
    .filter((/** @type {any} */ entity) => {
      if (entity === bot.entity || !isAlive(entity) || (entity !== shooter && !HOSTILE.test(entity.name ?? ''))) return false
      if (distanceTo(bot, entity) > (entity === shooter ? Math.max(within, SHOOTERS_SEEN) : within)) return false
      const { x, y, z } = entity.position
      return unseen || [0, 1].some(up => inSight(context, feet, { x: Math.floor(x), y: Math.floor(y + 0.2) + up, z: Math.floor(z) }))
    })
    .sort((/** @type {any} */ a, /** @type {any} */ b) => distanceTo(bot, a) - distanceTo(bot, b))
}

/** Harm a second that the bot does with the best that it carries. @param {any} bot */
function strength (bot) {
  const harms = bot.inventory.items().map((/** @type {any} */ { name }) => {
    const kind = WEAPONS.find(([pattern]) => pattern.test(name))
    return kind ? kind[1] * (MATERIALS[name.split('_')[0]] ?? 1) : 0
  })
  return Math.max(FIST, ...harms)
}

/** @param {any} bot @returns {number} the share of a blow that gets through */
function exposure (bot) {
  const points = PIECES.reduce((sum, [slot, share]) => sum + share * (SUITS[bot.inventory.slots[slot]?.name.split('_')[0]] ?? 0), 0)
  return 1 - HARM_KEPT_OFF_BY_POINT * points
}

/** What it would cost to fight these, one after the other while all of them attack. @param {any} bot @param {any[]} monsters */
function harmOfFight (bot, monsters) {
  const perSecond = strength(bot)
  let seconds = 0
  let harm = 0
  for (const { name } of monsters) {
    const [health, harmPerSecond] = MONSTERS[name] ?? UNKNOWN
    seconds += health / perSecond
    harm += seconds * harmPerSecond
  }
  return harm * exposure(bot)
}

module.exports = { harmOfFight, monstersNear }
