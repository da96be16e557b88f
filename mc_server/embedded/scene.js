'use strict'
/**
 * A scene to begin with, for tests and exercises: a player put somewhere, with things on it and stations around it.
 *
 * A place that is rock in this world gets a room, one in the air or in the sea is left for the ground: whoever begins there can
 * stand, breathe and walk. Not covered: what else was at the place in the world that the scene is taken from.
 */

const { Vec3 } = require('vec3')
const { SEA_LEVEL } = require('./land/terrain')

/** How far from the place wanted one is looked for that is as good. */
const NEAR = { across: 3, up: 3 }
/** How far from the place, on the ground, if it is not in the rock. */
const FAR_ACROSS = 24
/** A station stands so near that it can be reached, and not where the player does. */
const STATION = { least: 2, most: 4, up: 2 }
const LOWEST = -60
const HEAD_SLOTS = { helmet: 5, chestplate: 6, leggings: 7, boots: 8 }
const OFF_HAND_SLOT = 45
const SPARE_ROOM = { across: 2, height: 3 }

/** @typedef {{x: number, y: number, z: number}} Place whole numbers: the block of the feet */
/**
 * @typedef {object} Scene
 * @property {Place | null} [position] null leaves the player where it is
 * @property {Record<string, number>} [inventory] worn and held items included
 * @property {string[]} [worn]
 * @property {string | null} [hand]
 * @property {string[]} [stations] blocks
 * @property {number | null} [time_of_day] ticks
 * @property {number} [health]
 * @property {number} [food]
 */

/**
 * @param {any} game
 * @param {any} player
 * @param {Scene} scene
 * @returns {Place} the block that the player's feet are in
 */
function setScene (game, player, { position = null, inventory = {}, worn = [], hand = null, stations = [], time_of_day: time = null, health = 20, food = 20 }) {
  const feet = position ? standingPlace(game, wholeOf(position)) : wholeOf(player.position)
  for (const station of stations) placeStation(game, feet, station)
  if (position) game.players.teleport(player, new Vec3(feet.x + 0.5, feet.y, feet.z + 0.5))
  equip(game, player, { inventory, worn, hand })
  Object.assign(player.survivor, { health, food })
  game.health.send(player)
  if (time !== null) game.time.set(time)
  return feet
}

/** @returns {Place} near the one wanted, where a body stands; a room is made in the rock where there is none */
function standingPlace (/** @type {any} */ game, /** @type {Place} */ wanted) {
  const near = nearest(wanted, NEAR.across, NEAR.up, place => stands(game, place))
  if (near) return near
  const ground = game.world.terrain.heightAt(wanted.x, wanted.z)
  if (wanted.y > ground) {
    const onGround = nearest({ ...wanted, y: ground + 1 }, FAR_ACROSS, 0, ({ x, z }) => stands(game, onTop(game, x, z)))
    if (onGround) return onTop(game, onGround.x, onGround.z)
  }
  return makeRoom(game, { ...wanted, y: Math.max(LOWEST, Math.min(wanted.y, Math.max(ground, SEA_LEVEL + 1))) })
}

/** @returns {Place} above the highest block of the land there */
function onTop (/** @type {any} */ game, /** @type {number} */ x, /** @type {number} */ z) {
  return { x, y: game.world.terrain.heightAt(x, z) + 1, z }
}

/** In the rock a room, which no water or lava gets into; over the sea a floor. */
function makeRoom (/** @type {any} */ { world, blocks }, /** @type {Place} */ { x, y, z }) {
  const { across, height } = SPARE_ROOM
  const [stone, air] = [blocks.defaultOf('stone'), blocks.defaultOf('air')]
  for (let dx = -across - 1; dx <= across + 1; dx++) {
    for (let dz = -across - 1; dz <= across + 1; dz++) {
      for (let dy = -1; dy <= height; dy++) {
        const inside = Math.abs(dx) <= across && Math.abs(dz) <= across && dy >= 0 && dy < height
        const at = /** @type {const} */ ([x + dx, y + dy, z + dz])
        if (inside) world.set(...at, air)
        else if (dy < 0 ? !blocks.solid[world.get(...at)] : blocks.holdsWater(world.get(...at)) || blocks.isLava(world.get(...at))) world.set(...at, stone)
      }
    }
  }
  return { x, y, z }
}

function placeStation (/** @type {any} */ game, /** @type {Place} */ feet, /** @type {string} */ block) {
  if (!game.blocks.has(block)) throw new Error(`There is no block '${block}'.`)
  const far = (/** @type {Place} */ place) => Math.hypot(place.x - feet.x, place.z - feet.z) >= STATION.least
  const place = nearest(feet, STATION.most, STATION.up, place => far(place) && stands(game, place)) ??
    { ...feet, x: feet.x + STATION.least }
  game.world.set(place.x, place.y, place.z, game.blocks.defaultOf(block))
}

/** Armour where it is worn, what is held first in the hotbar, the rest wherever it goes. */
function equip (/** @type {any} */ { items, windows }, /** @type {any} */ player, /** @type {{inventory: Record<string, number>, worn: string[], hand: string | null}} */ { inventory, worn, hand }) {
  const left = new Map(Object.entries(inventory))
  const { survivor } = player
  survivor.slots.fill(null)
  const take = (/** @type {string} */ name, most = Infinity) => {
    const item = items.create(name, 1)
    item.count = Math.min(item.stackSize, left.get(name) ?? 0, most)
    left.set(name, (left.get(name) ?? 0) - item.count)
    return item
  }
  for (const name of worn) {
    const slot = HEAD_SLOTS[/** @type {keyof typeof HEAD_SLOTS} */ (name.split('_').at(-1))] ?? OFF_HAND_SLOT
    if (left.get(name)) survivor.slots[slot] = take(name, slot === OFF_HAND_SLOT ? Infinity : 1)
  }
  if (hand && left.get(hand)) windows.setHeld(player, take(hand))
  for (const name of [...left.keys()]) {
    while (left.get(name)) {
      const item = take(name)
      if (windows.give(player, item) > 0) throw new Error('The inventory is full.')
    }
  }
  windows.sendAll(player)
}

/** Whether a body stands with its feet there: room for two blocks, dry, on something solid that does no harm. */
function stands (/** @type {any} */ game, /** @type {Place} */ { x, y, z }) {
  const { world, blocks } = game
  const free = (/** @type {number} */ state) => !blocks.solid[state] && !blocks.holdsWater(state) && !blocks.isLava(state) && !/fire$/.test(blocks.nameOf(state))
  const floor = world.get(x, y - 1, z)
  return blocks.isSturdy(floor, 'up') && !/^(magma_block|cactus|campfire)$/.test(blocks.nameOf(floor)) &&
    free(world.get(x, y, z)) && free(world.get(x, y + 1, z))
}

/**
 * @param {Place} wanted
 * @param {number} across
 * @param {number} up and down
 * @param {(place: Place) => boolean} fits
 * @returns {Place | null} the nearest one that fits; of those as near always the same
 */
function nearest (wanted, across, up, fits) {
  const places = []
  for (let dx = -across; dx <= across; dx++) {
    for (let dz = -across; dz <= across; dz++) {
      for (let dy = -up; dy <= up; dy++) places.push({ dx, dy, dz, far: dx * dx + dy * dy + dz * dz })
    }
  }
  places.sort((a, b) => a.far - b.far)
  for (const { dx, dy, dz } of places) {
    const place = { x: wanted.x + dx, y: wanted.y + dy, z: wanted.z + dz }
    if (fits(place)) return place
  }
  return null
}

const wholeOf = (/** @type {Place} */ { x, y, z }) => ({ x: Math.floor(x), y: Math.floor(y + 0.001), z: Math.floor(z) })

module.exports = { setScene }
