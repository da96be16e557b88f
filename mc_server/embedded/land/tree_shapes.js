'use strict'
/** How trees of each kind look. The same numbers from `random` give the same tree. */

const { TreeDraft, PIECE } = require('./tree_draft')

/** @typedef {import('./tree_draft').TreeShape} TreeShape */
/** @typedef {{next: () => number, between: (low: number, high: number) => number, chance: (probability: number) => boolean}} Chance */

/** One draft is enough: a tree is finished before the next begins. */
const draft = new TreeDraft()
const DIRECTIONS = [[1, 0], [-1, 0], [0, 1], [0, -1]]

/** A straight trunk with a round crown: oak, birch, jungle, cherry. */
function round (/** @type {Chance} */ random, /** @type {number} */ height, wide = 2) {
  const sometimes = () => random.chance(0.5)
  draft.trunk(0, 0, 0, height)
  for (let level = height - 3; level <= height; level++) {
    const radius = level >= height - 1 ? wide - 1 : wide
    draft.layer(0, level, 0, radius, level === height ? undefined : sometimes)
  }
}

/** A tall trunk with boughs, each with a crown of its own. */
function branching (/** @type {Chance} */ random) {
  const height = random.between(7, 10)
  draft.trunk(0, 0, 0, height)
  crown(0, height, 0)
  for (let bough = random.between(3, 5); bough > 0; bough--) {
    const [dx, dz] = DIRECTIONS[random.between(0, 3)]
    const length = random.between(2, 3)
    const aside = random.between(-1, 1)
    let level = random.between(Math.ceil(height / 2), height - 2)
    for (let step = 1; step <= length; step++) {
      if (step > 1) level++
      draft.log(dx * step, level, dz * step, dx !== 0 ? PIECE.LOG_X : PIECE.LOG_Z)
      // Logs that touch only at their edges would leave leaves too far from wood.
      if (step > 1) draft.log(dx * step, level - 1, dz * step, dx !== 0 ? PIECE.LOG_X : PIECE.LOG_Z)
    }
    crown(dx * length + (dz !== 0 ? aside : 0), level, dz * length + (dx !== 0 ? aside : 0))
  }
}

function crown (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ z) {
  draft.layer(x, y - 1, z, 1)
  draft.layer(x, y, z, 2)
  draft.layer(x, y + 1, z, 2)
  draft.layer(x, y + 2, z, 1)
}

/** Layers that grow wider downwards, and begin anew. */
function conical (/** @type {Chance} */ random, /** @type {number} */ height, /** @type {number} */ bare, /** @type {number} */ widest) {
  draft.trunk(0, 0, 0, height)
  draft.leaf(0, height, 0)
  draft.leaf(0, height + 1, 0)
  let radius = random.between(0, 1)
  let limit = 1
  for (let level = height - 1; level >= bare; level--) {
    draft.layer(0, level, 0, radius)
    if (++radius <= limit) continue
    radius = limit === 1 ? 0 : 1
    limit = Math.min(widest, limit + 1)
  }
}

/** A bare trunk with a small cone on top. */
function pine (/** @type {Chance} */ random) {
  const height = random.between(7, 11)
  draft.trunk(0, 0, 0, height)
  draft.leaf(0, height, 0)
  for (let down = 1; down <= random.between(3, 4); down++) draft.layer(0, height - down, 0, Math.min(2, down === 3 ? 2 : 1))
}

/** A trunk that bends, with a flat crown on each end. */
function bent (/** @type {Chance} */ random) {
  const height = random.between(5, 7)
  const straight = height - random.between(2, 3)
  const [dx, dz] = DIRECTIONS[random.between(0, 3)]
  let away = 0
  for (let level = 0; level < height; level++) {
    if (level >= straight && away < 3) {
      away++
      draft.log(dx * away, level - 1, dz * away, dx !== 0 ? PIECE.LOG_X : PIECE.LOG_Z)
    }
    draft.log(dx * away, level, dz * away)
  }
  draft.layer(dx * away, height - 1, dz * away, 3)
  draft.layer(dx * away, height, dz * away, 1, () => true)
  if (random.chance(0.4)) return
  const [otherX, otherZ] = DIRECTIONS[random.between(0, 3)]
  if (otherX === dx && otherZ === dz) return
  draft.log(otherX, straight - 1, otherZ, otherX !== 0 ? PIECE.LOG_X : PIECE.LOG_Z)
  draft.log(otherX, straight, otherZ)
  draft.layer(otherX, straight, otherZ, 2)
  draft.layer(otherX, straight + 1, otherZ, 1)
}

/** Four trunks side by side; the root is the one to the north-west. */
function fourTrunks (/** @type {number} */ height) {
  for (const [x, z] of [[0, 0], [1, 0], [0, 1], [1, 1]]) draft.trunk(x, 0, z, height)
}

/** A layer of leaves around four trunks, without its corners. */
function layerAroundFour (/** @type {number} */ level, /** @type {number} */ radius) {
  for (const x of [0, 1]) for (const z of [0, 1]) draft.layer(x, level, z, radius)
}

/** Four trunks in a tall cone. */
function giantCone (/** @type {Chance} */ random) {
  const height = random.between(14, 28)
  const bare = height - random.between(5, 13)
  fourTrunks(height)
  layerAroundFour(height, 0)
  let radius = 1
  let limit = 2
  for (let level = height - 1; level >= bare; level--) {
    layerAroundFour(level, radius)
    if (++radius <= limit) continue
    radius = 1
    limit = Math.min(4, limit + 1)
  }
}

/** Four trunks under a wide crown, with small crowns on boughs below. */
function giantJungle (/** @type {Chance} */ random) {
  const height = random.between(12, 26)
  fourTrunks(height)
  for (const [level, radius] of [[height - 2, 3], [height - 1, 3], [height, 2]]) layerAroundFour(level, radius)
  for (let level = height - random.between(5, 7); level > height / 2; level -= random.between(3, 5)) {
    const [dx, dz] = DIRECTIONS[random.between(0, 3)]
    for (let step = 1; step <= 3; step++) draft.log((dx > 0 ? 1 : 0) + dx * step, level, (dz > 0 ? 1 : 0) + dz * step, dx !== 0 ? PIECE.LOG_X : PIECE.LOG_Z)
    crown(dx * 4, level, dz * 4)
  }
}

/** Four trunks side by side under a broad roof. */
function broad (/** @type {Chance} */ random) {
  const height = random.between(6, 8)
  fourTrunks(height)
  for (let level = height - 2; level <= height; level++) {
    const radius = level === height - 1 ? 3 : 2
    for (let x = -radius; x <= radius + 1; x++) {
      for (let z = -radius; z <= radius + 1; z++) {
        const corner = (x === -radius || x === radius + 1) && (z === -radius || z === radius + 1)
        const outer = corner || level === height
        if (!outer || (!corner && random.chance(0.8))) draft.leaf(x, level, z)
      }
    }
  }
  for (let knot = random.between(0, 2); knot > 0; knot--) {
    const x = random.chance(0.5) ? -1 : 2
    draft.log(x, height - 2, random.between(0, 1))
    draft.log(x, height - 1, random.between(0, 1))
  }
}

/** One log among leaves. */
function bush () {
  draft.log(0, 0, 0)
  draft.layer(0, 0, 0, 2)
  draft.layer(0, 1, 0, 1, () => true)
}

/** The kinds of trees: their wood, their leaves when of another wood, and how they grow. */
const KINDS = /** @type {Record<string, {wood: string, leaves?: string, wide?: boolean, grow: (random: Chance) => void}>} */ ({
  oak: { wood: 'oak', grow: random => round(random, random.between(4, 6)) },
  big_oak: { wood: 'oak', grow: branching },
  swamp_oak: { wood: 'oak', grow: random => round(random, random.between(5, 8), 3) },
  birch: { wood: 'birch', grow: random => round(random, random.between(5, 7)) },
  spruce: { wood: 'spruce', grow: random => conical(random, random.between(6, 9), random.between(1, 2), 3) },
  tall_spruce: { wood: 'spruce', grow: random => conical(random, random.between(12, 18), random.between(4, 7), 3) },
  giant_spruce: { wood: 'spruce', wide: true, grow: giantCone },
  pine: { wood: 'spruce', grow: pine },
  jungle: { wood: 'jungle', grow: random => round(random, random.between(4, 11)) },
  giant_jungle: { wood: 'jungle', wide: true, grow: giantJungle },
  jungle_bush: { wood: 'jungle', leaves: 'oak', grow: bush },
  acacia: { wood: 'acacia', grow: bent },
  dark_oak: { wood: 'dark_oak', wide: true, grow: broad },
  cherry: { wood: 'cherry', grow: random => round(random, random.between(5, 7), 3) }
})

/**
 * @param {string} kind one of KINDS
 * @param {Chance} random
 * @returns {TreeShape}
 */
function shapeTree (kind, random) {
  KINDS[kind].grow(random)
  return draft.finish()
}

module.exports = { shapeTree, KINDS }
