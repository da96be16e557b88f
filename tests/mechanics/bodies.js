'use strict'
/** What scenes about bodies share. */

const assert = require('node:assert/strict')

/** @typedef {import('./stage').Stage} Stage */

/** What the server has of the bot's body. @returns {Promise<any>} */
const bodyOf = (/** @type {Stage} */ stage) => stage.operate('get_body')

/** Sets health, food and the like, and waits until the bot knows. */
async function setBody (/** @type {Stage} */ stage, /** @type {Record<string, any>} */ fields) {
  await stage.operate('set_body', { fields })
  const { bot } = stage
  await stage.until(() => (fields.health === undefined || bot.health === fields.health) &&
    (fields.food === undefined || bot.food === fields.food), 'the body to be told')
}

/** Another bot, whole but too hungry to heal, brought to a place of the stage. @returns {Promise<any>} */
async function guestAt (/** @type {Stage} */ stage, /** @type {[number, number, number]} */ [x, y, z], username = 'guest') {
  const guest = await stage.join(username)
  const place = stage.at(x + 0.5, y, z + 0.5)
  await stage.operate('teleport', { player: username, x: place.x, y: place.y, z: place.z })
  await stage.until(() => guest.entity.position.distanceTo(place) < 0.5 && guest.entity.onGround, 'the guest to stand on the stage')
  await stage.operate('clear', { player: username })
  await stage.operate('set_body', { player: username, fields: { health: 20, food: 10, fireTicks: -20, cooldowns: {}, invulnerableUntil: 0 } })
  await stage.until(() => guest.health === 20 && guest.food === 10, 'the guest to be whole')
  await stage.until(() => stage.bot.players[username]?.entity, 'the guest to be seen')
  return guest
}

/** Puts the bot somewhere and waits until it is there. */
async function goTo (/** @type {Stage} */ stage, /** @type {[number, number, number]} */ [x, y, z]) {
  const place = stage.at(x, y, z)
  await stage.operate('teleport', { x: place.x, y: place.y, z: place.z })
  await stage.until(() => stage.bot.entity.position.distanceTo(place) < 1, 'the bot to arrive')
}

/** Lines of the game's own chat that the bot hears from now on. @returns {string[]} */
function hear (/** @type {any} */ bot) {
  const lines = /** @type {string[]} */ ([])
  bot.on('message', (/** @type {any} */ message) => lines.push(message.toString()))
  return lines
}

/** Enchants what the bot holds. */
async function enchant (/** @type {Stage} */ stage, /** @type {{name: string, lvl: number}[]} */ enchantments) {
  await stage.bot.waitForTicks(3)
  await stage.operate('enchant', { enchantments })
  await stage.bot.waitForTicks(3)
}

const nearly = (/** @type {number} */ actual, /** @type {number} */ expected, tolerance = 0.01) =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} instead of ${expected}`)

module.exports = { bodyOf, setBody, guestAt, goTo, hear, enchant, nearly }
