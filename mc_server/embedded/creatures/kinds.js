'use strict'
/**
 * The kinds of creatures: their bodies and habits (minecraft-data for sizes; Minecraft Wiki, Java Edition 1.20.4, for the rest).
 *
 * `speed` is the attribute movement_speed; what a creature does at another pace multiplies it. Distances are in blocks.
 */

/**
 * @typedef {object} Kind
 * @property {'animal' | 'monster'} family
 * @property {number} health half hearts
 * @property {number} width
 * @property {number} height
 * @property {number} eyes height of the eyes
 * @property {number} speed
 * @property {number} followRange how far it sees its prey, or finds its way
 * @property {boolean} floats it swims up in water
 * @property {boolean} breathes it drowns
 * @property {[number, number]} experience points it leaves, from and to
 * @property {number} [attack] half hearts of a blow on normal difficulty
 * @property {boolean} [climbs] it goes up walls
 * @property {boolean} [burnsByDay]
 * @property {boolean} [fallsSoftly] no fall hurts it
 * @property {number} [panic] pace when it was hurt
 * @property {number} [tempt] pace towards food
 * @property {number} [babySpeed] pace of the young towards their parents
 * @property {string[]} [food]
 */

/** @type {Record<string, Partial<Kind>>} */
const COMMON = {
  animal: { family: 'animal', followRange: 16, floats: true, breathes: true, experience: [1, 3] },
  monster: { family: 'monster', followRange: 16, floats: true, breathes: true, experience: [5, 5] }
}

const animal = (/** @type {Partial<Kind>} */ kind) => /** @type {Kind} */ ({ ...COMMON.animal, ...kind })
const monster = (/** @type {Partial<Kind>} */ kind) => /** @type {Kind} */ ({ ...COMMON.monster, ...kind })

const SEEDS = ['wheat_seeds', 'melon_seeds', 'pumpkin_seeds', 'beetroot_seeds', 'torchflower_seeds', 'pitcher_pod']

/** @type {Record<string, Kind>} */
const KINDS = {
  cow: animal({ health: 10, width: 0.9, height: 1.4, eyes: 1.3, speed: 0.2, panic: 2, tempt: 1.25, babySpeed: 1.25, food: ['wheat'] }),
  pig: animal({ health: 10, width: 0.9, height: 0.9, eyes: 0.765, speed: 0.25, panic: 1.25, tempt: 1.2, babySpeed: 1.1, food: ['carrot', 'potato', 'beetroot'] }),
  sheep: animal({ health: 8, width: 0.9, height: 1.3, eyes: 1.235, speed: 0.23, panic: 1.25, tempt: 1.1, babySpeed: 1.1, food: ['wheat'] }),
  chicken: animal({ health: 4, width: 0.4, height: 0.7, eyes: 0.644, speed: 0.25, panic: 1.4, tempt: 1, babySpeed: 1.1, food: SEEDS, fallsSoftly: true }),
  rabbit: animal({ health: 3, width: 0.4, height: 0.5, eyes: 0.425, speed: 0.3, panic: 2.2, tempt: 1, babySpeed: 1, food: ['carrot', 'golden_carrot', 'dandelion'] }),
  zombie: monster({ health: 20, width: 0.6, height: 1.95, eyes: 1.74, speed: 0.23, followRange: 35, attack: 3, burnsByDay: true, floats: false, breathes: false }),
  skeleton: monster({ health: 20, width: 0.6, height: 1.99, eyes: 1.74, speed: 0.25, attack: 2, burnsByDay: true, floats: false, breathes: false }),
  spider: monster({ health: 16, width: 1.4, height: 0.9, eyes: 0.65, speed: 0.3, attack: 2, climbs: true }),
  creeper: monster({ health: 20, width: 0.6, height: 1.7, eyes: 1.445, speed: 0.25 }),
  enderman: monster({ health: 40, width: 0.6, height: 2.9, eyes: 2.55, speed: 0.3, followRange: 64, attack: 7 })
}

/** Size of the young. */
const BABY_SCALE = 0.5

module.exports = { KINDS, BABY_SCALE }
