'use strict'
/** Plants of a new chunk: grass, flowers, cactus and sugar cane, and the trees that reach into it. */

const { hash } = require('./random')
const { SEA_LEVEL } = require('./terrain')

const MIN_Y = -64
const PLANT_TRIES = 24
const indexOf = (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ z) =>
  ((y - MIN_Y) << 8) | (z << 4) | x

/** @typedef {import('./world_generator').Draft} Draft */
/** @typedef {import('./world_generator').WorldGenerator} WorldGenerator */

/**
 * @param {Draft} draft
 * @param {WorldGenerator} generator
 */
function plantFlowers (draft, generator) {
  const { random, states, heights, biomeNames } = draft
  const { palette, stateOf } = generator
  for (let attempt = 0; attempt < PLANT_TRIES; attempt++) {
    const x = random.between(0, 15)
    const z = random.between(0, 15)
    const choice = random.next()
    const height = heights[(z << 4) | x]
    if (height < SEA_LEVEL || states[indexOf(x, height + 1, z)] !== 0) continue
    const ground = states[indexOf(x, height, z)]
    const inside = x > 0 && z > 0 && x < 15 && z < 15
    if (ground === palette.grass_block) {
      states[indexOf(x, height + 1, z)] = stateOf(choice < 0.86 ? 'short_grass' : choice < 0.93 ? 'dandelion' : 'poppy')
    } else if (ground === palette.sand && inside && biomeNames[(z << 4) | x] === 'desert') {
      if (choice < 0.12) stack(states, x, height + 1, z, 2, stateOf('cactus'))
      else if (choice < 0.3) states[indexOf(x, height + 1, z)] = stateOf('dead_bush')
    } else if (height === SEA_LEVEL && inside && besideWater(states, x, z, palette.water)) {
      stack(states, x, height + 1, z, 3, stateOf('sugar_cane'))
    }
  }
}

function stack (/** @type {Uint16Array} */ states, /** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ z,
  /** @type {number} */ count, /** @type {number} */ state) {
  for (let level = 0; level < count; level++) states[indexOf(x, y + level, z)] = state
}

function besideWater (/** @type {Uint16Array} */ states, /** @type {number} */ x, /** @type {number} */ z, /** @type {number} */ water) {
  return [[1, 0], [-1, 0], [0, 1], [0, -1]]
    .some(([dx, dz]) => states[indexOf(x + dx, SEA_LEVEL, z + dz)] === water)
}

/**
 * @param {Draft} draft
 * @param {WorldGenerator} generator
 */
function plantTrees (draft, generator) {
  for (let dz = -1; dz <= 1; dz++) {
    for (let dx = -1; dx <= 1; dx++) {
      for (const tree of generator.terrain.treesIn(draft.chunkX + dx, draft.chunkZ + dz)) drawTree(draft, generator, tree)
    }
  }
}

/**
 * Draws the parts of a tree that lie inside the chunk.
 * @param {Draft} draft
 * @param {WorldGenerator} generator
 * @param {import('./terrain').Tree} tree
 */
function drawTree (draft, generator, tree) {
  const { stateOf, palette, terrain } = generator
  const soft = new Set([0, stateOf('short_grass'), stateOf('dandelion'), stateOf('poppy')])
  const put = (/** @type {number} */ worldX, /** @type {number} */ y, /** @type {number} */ worldZ, /** @type {number} */ state, onlyIntoAir = false) => {
    const x = worldX - draft.chunkX * 16
    const z = worldZ - draft.chunkZ * 16
    if (x < 0 || z < 0 || x > 15 || z > 15) return
    const index = indexOf(x, y, z)
    if (!onlyIntoAir || soft.has(draft.states[index])) draft.states[index] = state
  }
  const leaves = stateOf(`${tree.kind}_leaves`)
  for (const { x, y, z } of crown(tree, terrain.seed)) put(x, y, z, leaves, true)
  for (let level = 0; level < tree.height; level++) put(tree.x, tree.y + level, tree.z, stateOf(`${tree.kind}_log`))
  put(tree.x, tree.y - 1, tree.z, palette.dirt)
}

/**
 * Positions of the leaves: four layers, the lower two wide, with some corners missing.
 * @param {{x: number, y: number, z: number, height: number}} tree
 * @param {number} seed
 */
function crown (tree, seed) {
  const leaves = []
  for (let level = tree.height - 3; level <= tree.height; level++) {
    const radius = level >= tree.height - 1 ? 1 : 2
    for (let dx = -radius; dx <= radius; dx++) {
      for (let dz = -radius; dz <= radius; dz++) {
        const corner = Math.abs(dx) === radius && Math.abs(dz) === radius
        if (corner && (level === tree.height || hash(seed, tree.x + dx, level, tree.z + dz) & 1)) continue
        leaves.push({ x: tree.x + dx, y: tree.y + level, z: tree.z + dz })
      }
    }
  }
  return leaves
}

module.exports = { plantFlowers, plantTrees, crown }
