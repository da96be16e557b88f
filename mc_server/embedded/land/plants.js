'use strict'
/** What grows on new land and in water, besides trees: grass, flowers, cactus, cane, pumpkins, melons, berries, mushrooms, kelp. */

const { BIOMES } = require('../tables/biomes')
const { SEA_LEVEL } = require('./climate')
const { indexOf, TALL } = require('./blocks_of_chunk')

const CANE_TRIES = 14
const CACTUS_TRIES = 7
const DEAD_BUSH_TRIES = 3
const PUMPKIN_PATCH_CHANCE = 1 / 60
const MELON_PATCH_CHANCE = 1 / 8
const BERRY_PATCH_CHANCE = 1 / 32
const PATCH_TRIES = 24
const PATCH_RADIUS = 4
const LILY_TRIES = 10
const SEAGRASS_TRIES = 40
const KELP_TRIES = 14
const CAVE_MUSHROOM_TRIES = 24

/** @typedef {import('./blocks_of_chunk').Draft} Draft */
/** @typedef {import('./blocks_of_chunk').Palette} Palette */

/** The biome of a column of the chunk. */
const biomeOf = (/** @type {Draft} */ { tile }, /** @type {number} */ x, /** @type {number} */ z) =>
  BIOMES[tile.biomes[((z >> 2) << 2) | (x >> 2)]]

/**
 * Plants on land, before the trees.
 * @param {Draft} draft
 * @param {Palette} palette
 */
function growPlants (draft, palette) {
  const { random } = draft
  const { name } = biomeOf(draft, 8, 8)
  if (random.chance(PUMPKIN_PATCH_CHANCE)) growPatch(draft, palette, palette.pumpkin)
  if (name.endsWith('jungle') && random.chance(MELON_PATCH_CHANCE)) growPatch(draft, palette, palette.melon)
  if (name.endsWith('taiga') && random.chance(BERRY_PATCH_CHANCE)) growPatch(draft, palette, palette.ripe_berries)
  for (let attempt = 0; attempt < CANE_TRIES; attempt++) growCane(draft, palette, random.between(1, 14), random.between(1, 14))
  if (name === 'desert') growDesert(draft, palette)
  growTufts(draft, palette)
}

/** Grass and flowers, as many as the biomes of the chunk have. */
function growTufts (/** @type {Draft} */ draft, /** @type {Palette} */ palette) {
  const { random, tile } = draft
  for (let cell = 0; cell < 16; cell++) {
    const { grass, tufts, flowers, blossoms } = BIOMES[tile.biomes[cell]]
    for (let attempt = randomly(random, grass / 16); attempt > 0; attempt--) growOnSoil(draft, palette, cell, random.pick(tufts))
    if (blossoms.length === 0) continue
    for (let attempt = randomly(random, flowers / 16); attempt > 0; attempt--) growOnSoil(draft, palette, cell, random.pick(blossoms))
  }
}

/** A whole number that is `mean` on average. */
const randomly = (/** @type {import('../random').Random} */ random, /** @type {number} */ mean) =>
  Math.floor(mean) + (random.chance(mean % 1) ? 1 : 0)

function growOnSoil (/** @type {Draft} */ { states, tile, random }, /** @type {Palette} */ palette, /** @type {number} */ cell, /** @type {string} */ plant) {
  const x = ((cell & 3) << 2) + random.between(0, 3)
  const z = (cell & 12) + random.between(0, 3)
  const height = tile.heights[(z << 4) | x]
  const index = indexOf(x, height + 1, z)
  const ground = states[index - 256]
  if (states[index] !== 0 || (ground !== palette.grass_block && ground !== palette.podzol)) return
  if (TALL.includes(plant)) {
    states[index] = palette[`${plant}_lower`]
    states[index + 256] = palette[`${plant}_upper`]
  } else {
    states[index] = palette[plant]
  }
}

/** Pumpkins, melons or berry bushes together on grass. */
function growPatch (/** @type {Draft} */ { states, tile, random }, /** @type {Palette} */ palette, /** @type {number} */ fruit) {
  const middleX = random.between(PATCH_RADIUS, 15 - PATCH_RADIUS)
  const middleZ = random.between(PATCH_RADIUS, 15 - PATCH_RADIUS)
  for (let attempt = 0; attempt < PATCH_TRIES; attempt++) {
    const x = middleX + random.between(-PATCH_RADIUS, PATCH_RADIUS)
    const z = middleZ + random.between(-PATCH_RADIUS, PATCH_RADIUS)
    const index = indexOf(x, tile.heights[(z << 4) | x] + 1, z)
    if (states[index] === 0 && states[index - 256] === palette.grass_block && random.chance(0.4)) states[index] = fruit
  }
}

/** Sugar cane on soil or sand that has water beside it. */
function growCane (/** @type {Draft} */ { states, tile, random }, /** @type {Palette} */ palette, /** @type {number} */ x, /** @type {number} */ z) {
  const height = tile.heights[(z << 4) | x]
  const count = random.between(1, 3)
  if (height !== SEA_LEVEL) return
  const ground = indexOf(x, height, z)
  const soil = [palette.grass_block, palette.dirt, palette.sand, palette.podzol].includes(states[ground])
  const watered = [1, -1, 16, -16].some(step => states[ground + step] === palette.water)
  if (!soil || !watered || states[ground + 256] !== 0) return
  for (let level = 1; level <= count; level++) states[ground + level * 256] = palette.sugar_cane
}

function growDesert (/** @type {Draft} */ { states, tile, random }, /** @type {Palette} */ palette) {
  for (let attempt = 0; attempt < CACTUS_TRIES; attempt++) {
    const x = random.between(1, 14)
    const z = random.between(1, 14)
    const count = random.between(1, 3)
    const ground = indexOf(x, tile.heights[(z << 4) | x], z)
    if (states[ground] !== palette.sand) continue
    let free = states[ground + 256] === 0
    for (let level = 1; level <= count; level++) {
      for (const step of [1, -1, 16, -16]) free &&= states[ground + level * 256 + step] === 0
    }
    if (free) for (let level = 1; level <= count; level++) states[ground + level * 256] = palette.cactus
  }
  for (let attempt = 0; attempt < DEAD_BUSH_TRIES; attempt++) {
    const x = random.between(0, 15)
    const z = random.between(0, 15)
    const ground = indexOf(x, tile.heights[(z << 4) | x], z)
    if (states[ground] === palette.sand && states[ground + 256] === 0 && random.chance(0.6)) states[ground + 256] = palette.dead_bush
  }
}

/**
 * Plants in and on water.
 * @param {Draft} draft
 * @param {Palette} palette
 */
function growInWater (draft, palette) {
  if (draft.tile.lowest >= SEA_LEVEL) return
  const { name, cold } = biomeOf(draft, 8, 8)
  if (name === 'swamp') growLilies(draft, palette)
  if (cold) return
  const kelpTries = name.includes('ocean') && !name.startsWith('warm') ? KELP_TRIES : 0
  const { states, tile, random } = draft
  for (let attempt = 0; attempt < SEAGRASS_TRIES + kelpTries; attempt++) {
    const x = random.between(0, 15)
    const z = random.between(0, 15)
    const floor = tile.heights[(z << 4) | x]
    const index = indexOf(x, floor + 1, z)
    if (floor >= SEA_LEVEL - 1 || states[index] !== palette.water || states[index - 256] === palette.water) continue
    if (attempt >= kelpTries) {
      if (random.chance(0.4)) states[index] = palette.seagrass
      continue
    }
    const length = Math.min(random.between(2, 14), SEA_LEVEL - 1 - floor)
    for (let level = 0; level < length; level++) states[index + level * 256] = level === length - 1 ? palette.kelp : palette.kelp_plant
  }
}

function growLilies (/** @type {Draft} */ { states, random }, /** @type {Palette} */ palette) {
  for (let attempt = 0; attempt < LILY_TRIES; attempt++) {
    const index = indexOf(random.between(0, 15), SEA_LEVEL + 1, random.between(0, 15))
    if (states[index] === 0 && states[index - 256] === palette.water) states[index] = palette.lily_pad
  }
}

/**
 * Mushrooms, where it is dark: on the ground of caves, and under trees.
 * @param {Draft} draft
 * @param {Palette} palette
 * @param {(state: number) => boolean} isLeaf
 */
function growMushrooms (draft, palette, isLeaf) {
  const { states, tile, random } = draft
  for (let attempt = 0; attempt < CAVE_MUSHROOM_TRIES; attempt++) {
    const y = random.between(-50, 50)
    const index = indexOf(random.between(0, 15), y, random.between(0, 15))
    const mushroom = random.chance(0.6) ? palette.brown_mushroom : palette.red_mushroom
    const ground = states[index - 256]
    const rock = ground === palette.stone || ground === palette.deepslate || ground === palette.dirt || ground === palette.gravel
    if (states[index] === 0 && rock && y < tile.lowest - 12) states[index] = mushroom
  }
  const { name } = biomeOf(draft, 8, 8)
  if (!/dark_forest|swamp|taiga|^forest/.test(name)) return
  for (let attempt = name === 'dark_forest' ? 8 : 2; attempt > 0; attempt--) {
    const x = random.between(0, 15)
    const z = random.between(0, 15)
    const mushroom = random.chance(0.6) ? palette.brown_mushroom : palette.red_mushroom
    const index = indexOf(x, tile.heights[(z << 4) | x] + 1, z)
    const ground = states[index - 256]
    if (states[index] !== 0 || (ground !== palette.grass_block && ground !== palette.podzol)) continue
    for (let up = 3; up < 9; up++) {
      if (isLeaf(states[index + up * 256])) {
        states[index] = mushroom
        break
      }
    }
  }
}

module.exports = { growPlants, growInWater, growMushrooms }
