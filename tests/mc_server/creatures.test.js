'use strict'
/** Ways of creatures over a small made-up ground, and bodies against blocks. */

const { test } = require('node:test')
const assert = require('node:assert/strict')
const path = require('node:path')
const { packageFolder } = require('./embedded_harness')
const embedded = (/** @type {string} */ name) => require(path.join(packageFolder, 'embedded', name))

const { PathSearch } = embedded('creatures/paths')
const { GROUND } = embedded('creatures/ground')
const { Collisions } = embedded('world/collisions')
const { rollLoot } = embedded('creatures/loot')
const { Random } = embedded('random')

const BODY = { width: 1, height: 2 }

/** A plain at height 0 with other things in it, by `x,y,z`. */
const plain = (/** @type {Record<string, number>} */ things = {}) => ({
  at: (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ z) => things[`${x},${y},${z}`] ?? (y < 0 ? GROUND.SOLID : GROUND.FREE)
})

const search = (/** @type {any} */ ground, /** @type {number[]} */ [x, y, z], most = 500, body = BODY) =>
  new PathSearch(ground, body).find({ x: 0, y: 0, z: 0 }, { x, y, z }, most)

/** A wall along x = 2. */
function wall (/** @type {number} */ kind, /** @type {number} */ from, /** @type {number} */ to, height = 3) {
  /** @type {Record<string, number>} */
  const things = {}
  for (let z = from; z <= to; z++) for (let y = 0; y < height; y++) things[`2,${y},${z}`] = kind
  return things
}

test('a way leads around a wall, and each step of it is one block', () => {
  const found = search(plain(wall(GROUND.SOLID, -4, 4)), [4, 0, 0])
  assert.equal(found.arrives, true)
  assert.deepEqual(found.places.at(-1), [4, 0, 0])
  assert.ok(found.places.some((/** @type {number[]} */ [, , z]) => Math.abs(z) === 5))
  let before = [0, 0, 0]
  for (const place of found.places) {
    assert.ok(Math.max(...place.map((/** @type {number} */ part, /** @type {number} */ axis) => Math.abs(part - before[axis]))) === 1)
    before = place
  }
})

test('one block is climbed, a fence and two blocks are not', () => {
  assert.ok(search(plain(wall(GROUND.SOLID, -30, 30, 1)), [4, 0, 0]).arrives)
  assert.ok(!search(plain(wall(GROUND.TALL, -30, 30, 1)), [4, 0, 0]).arrives)
  assert.ok(!search(plain(wall(GROUND.SOLID, -30, 30, 2)), [4, 0, 0]).arrives)
})

test('nobody walks into lava, fire or through a closed door', () => {
  for (const kind of [GROUND.LAVA, GROUND.HARMFUL, GROUND.CLOSED_DOOR]) {
    const found = search(plain(wall(kind, -4, 4, 1)), [4, 0, 0])
    assert.ok(found.arrives)
    assert.ok(found.places.every((/** @type {number[]} */ [x, , z]) => x !== 2 || Math.abs(z) > 4))
  }
})

test('a drop of three blocks is taken, one of four is not', () => {
  const ledge = (/** @type {number} */ depth) => ({
    at: (/** @type {number} */ x, /** @type {number} */ y) => y < (x > 1 ? -depth : 0) ? GROUND.SOLID : GROUND.FREE
  })
  assert.ok(search(ledge(3), [3, -3, 0]).arrives)
  assert.ok(!search(ledge(4), [3, -4, 0]).arrives)
})

test('a wide body needs a wide gap', () => {
  const narrow = wall(GROUND.SOLID, -30, 30)
  const gap = (/** @type {number} */ width) => Object.fromEntries(Object.entries(narrow).filter(([key]) => {
    const z = Number(key.split(',')[2])
    return z < 0 || z >= width
  }))
  const spider = { width: 2, height: 1 }
  assert.ok(!search(plain(gap(1)), [5, 0, 0], 500, spider)?.arrives)
  assert.ok(search(plain(gap(2)), [5, 0, 0], 500, spider).arrives)
})

test('a search ends after so many places, and leads as near as it got', () => {
  const found = search(plain(), [50, 0, 0], 10)
  assert.equal(found.arrives, false)
  assert.ok(found.places.at(-1)[0] > 3)
})

test('a body stops at a block to the bit, and sees past what it only touches', () => {
  const block = (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ z) => y < 0 || (x === 2 && y === 0 && z === 0) ? 1 : 0
  const game = { world: { get: block, isLoaded: () => true }, blocks: { shapeOf: (/** @type {number} */ state) => state ? [[0, 0, 0, 1, 1, 1]] : [] } }
  const collisions = new Collisions(game)
  const moved = collisions.sweep([0.5, 0, 0.2, 1.1, 1.8, 0.8], { x: 2, y: -0.5, z: 0 })
  assert.deepEqual(moved, { x: 2 - 1.1, y: 0, z: 0 })
  assert.equal(collisions.isClear({ x: 0.5, y: 0.5, z: 0.5 }, { x: 4.5, y: 0.5, z: 0.5 }), false)
  assert.equal(collisions.isClear({ x: 0.5, y: 1.5, z: 0.5 }, { x: 4.5, y: 1.5, z: 0.5 }), true)
  assert.equal(collisions.isClear({ x: 0.5, y: 1.5, z: 0.5 }, { x: 1.2, y: 0, z: 0.5 }), true)
})

test('loot is within its bounds, and looting raises them', () => {
  const game = { random: new Random(3), items: { create: (/** @type {string} */ name, count = 1) => ({ name, count, maxDurability: 384 }) } }
  const most = (/** @type {number} */ looting) => {
    let highest = 0
    for (let roll = 0; roll < 300; roll++) {
      for (const { name, count } of rollLoot(game, 'cow', { burning: true, byPlayer: true, looting })) {
        if (name === 'cooked_beef') highest = Math.max(highest, count)
        assert.notEqual(name, 'beef')
      }
    }
    return highest
  }
  assert.equal(most(0), 3)
  assert.equal(most(3), 6)
})
