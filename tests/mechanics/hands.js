'use strict'
/** What scenes do with their hands: looking along a direction, placing an item against a side of a block, using blocks. */

const { requireFromServer } = require('../mc_server/embedded_harness')
const { Vec3 } = requireFromServer('vec3')

/** @typedef {import('./stage').Stage} Stage */
/** @typedef {[number, number, number]} Place */

const SIDES = /** @type {Record<string, Place>} */ ({
  down: [0, -1, 0], up: [0, 1, 0], north: [0, 0, -1], south: [0, 0, 1], west: [-1, 0, 0], east: [1, 0, 0]
})
/** Mineflayer's yaw and pitch of a look. */
const LOOKS = /** @type {Record<string, [number, number]>} */ ({
  north: [0, 0], west: [Math.PI / 2, 0], south: [Math.PI, 0], east: [-Math.PI / 2, 0], floor: [0, -1.5]
})

/** Looks along a direction, or at the floor. */
async function face (/** @type {Stage} */ { bot }, /** @type {string} */ look) {
  await bot.look(...LOOKS[look], true)
  await bot.waitForTicks(2)
}

/**
 * Places an item against a side of a block with Mineflayer's own placing.
 * @param {Stage} stage
 * @param {string} item
 * @param {Place} against
 * @param {string} side
 * @param {{half?: 'top' | 'bottom', look?: string | null, changes?: Place}} [options] look: keep looking along a direction
 *   instead of at the block; changes: the block that changes, when it is not the one beside
 */
async function put (stage, item, against, side, { half, look, changes } = {}) {
  const { bot } = stage
  if (bot.heldItem?.name !== item) {
    if (stage.count(item) === 0) await stage.give(item, 4)
    await stage.until(() => stage.count(item) > 0, `${item} to arrive`)
    await bot.equip(bot.registry.itemsByName[item].id, 'hand')
  }
  const reference = bot.blockAt(stage.at(...against))
  const options = { half, swingArm: 'right', forceLook: look ? 'ignore' : true }
  if (!changes) return bot._placeBlockWithOptions(reference, new Vec3(...SIDES[side]), options)
  const place = stage.at(...changes)
  const before = bot.blockAt(place).stateId
  await bot._genericPlace(reference, new Vec3(...SIDES[side]), options)
  await stage.until(() => bot.blockAt(place).stateId !== before, `${item} to change the block`)
}

/** The properties of a block, by the bot and by the server, which must be the same. */
async function propertiesOf (/** @type {Stage} */ stage, /** @type {Place} */ place) {
  const { properties } = await stage.block(place)
  const same = () => JSON.stringify(sorted(stage.bot.blockAt(stage.at(...place)).getProperties())) === JSON.stringify(sorted(properties))
  await stage.until(same, 'the bot to see the same block')
  return properties
}

const sorted = (/** @type {Record<string, any>} */ properties) => Object.entries(properties).map(([name, value]) => `${name} ${value}`).sort()

/** Stairs that face a direction. */
async function stairs (/** @type {Stage} */ stage, /** @type {Place} */ [x, y, z], /** @type {string} */ look) {
  await face(stage, look)
  await put(stage, 'oak_stairs', [x, y - 1, z], 'up', { look })
}

/** Clicks on a block with the right button. */
async function use (/** @type {Stage} */ { bot, at }, /** @type {Place} */ place) {
  await bot.activateBlock(bot.blockAt(at(...place)))
}

/** Goes to where an item lies, wherever it rolled, until the bot has as many. */
async function pickUp (/** @type {Stage} */ stage, /** @type {string} */ item, /** @type {number} */ count) {
  const { bot } = stage
  await stage.until(() => {
    const lying = bot.nearestEntity((/** @type {any} */ each) => each.name === 'item')
    if (lying) stage.operate('teleport', { x: lying.position.x, y: Math.ceil(lying.position.y - 0.5), z: lying.position.z })
    return stage.count(item) >= count
  }, `${count} ${item}`)
}

module.exports = { Vec3, face, put, propertiesOf, stairs, use, pickUp }
