'use strict'
/** The land of the embedded world, as numbers: what lies where, how often, and always the same. */

const { test } = require('node:test')
const assert = require('node:assert/strict')
const path = require('node:path')
const { createHash } = require('node:crypto')
const { createRequire } = require('node:module')

const packageFolder = path.resolve(__dirname, '..', '..', 'mc_server')
const requireFromServer = createRequire(path.join(packageFolder, 'package.json'))
const embedded = (/** @type {string} */ name) => require(path.join(packageFolder, 'embedded', name))
const registry = requireFromServer('prismarine-registry')('1.20.4')

const { Terrain, SEA_LEVEL } = embedded('land/terrain')
const { WorldGenerator } = embedded('land/world_generator')
const { findSpawnColumn, logsAround } = embedded('land/spawn_point')
const { undergroundPool } = embedded('land/pools')
const { encodeSections } = embedded('world/chunk_encoding')

/** Blocks of the land of seed 1 as they were when this was written. A change is no fault, but worlds saved before it change too. */
const KNOWN_HASH = '5fa3b11c0ce69b3515226609b7b405d850a91a344ce212c1743b80910287e100'
const KNOWN_CHUNKS = [[0, 0], [-7, 12], [13, 44], [28, -11], [40, -3], [-100, -100], [6250, 1]]
const PARTS = 8

const nameOf = (/** @type {number} */ state) => registry.blocksByStateId[state].name
const stateOf = (/** @type {string} */ name) => registry.blocksByName[name].defaultState
const generatorOf = (/** @type {number} */ seed) => new WorldGenerator(new Terrain(seed), registry)
const hashOf = (/** @type {Uint16Array[]} */ arrays) => {
  const hash = createHash('sha256')
  for (const array of arrays) hash.update(Buffer.from(array.buffer))
  return hash.digest('hex')
}

/** Blocks of a square of chunks; `at` gives the state of a block of the world. */
function region (/** @type {number} */ seed, /** @type {number} */ fromChunkX, /** @type {number} */ fromChunkZ, /** @type {number} */ side) {
  const generator = generatorOf(seed)
  /** @type {Uint16Array[]} */
  const chunks = []
  for (let z = 0; z < side; z++) for (let x = 0; x < side; x++) chunks.push(generator.generate(fromChunkX + x, fromChunkZ + z).states)
  const at = (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ z) =>
    chunks[((z >> 4) - fromChunkZ) * side + (x >> 4) - fromChunkX][((y + 64) << 8) | ((z & 15) << 4) | (x & 15)]
  const low = { x: fromChunkX * 16, z: fromChunkZ * 16 }
  return { at, terrain: generator.terrain, low, high: { x: low.x + side * 16 - 1, z: low.z + side * 16 - 1 } }
}

/** Calls `visit` for every block of the inner part of a region between two heights. */
function forBlocks (/** @type {any} */ { at, low, high }, /** @type {number} */ lowY, /** @type {number} */ highY, /** @type {(state: number, x: number, y: number, z: number) => void} */ visit, margin = 1) {
  for (let x = low.x + margin; x <= high.x - margin; x++) {
    for (let z = low.z + margin; z <= high.z - margin; z++) {
      for (let y = lowY; y <= highY; y++) visit(at(x, y, z), x, y, z)
    }
  }
}

const SIDES = [[1, 0, 0], [-1, 0, 0], [0, 1, 0], [0, -1, 0], [0, 0, 1], [0, 0, -1]]

test('a chunk is the same in every order of generation, and the same as ever; another seed gives another', () => {
  const blocksOf = (/** @type {number} */ seed, /** @type {number[][]} */ chunks) => {
    const generator = generatorOf(seed)
    const drafts = new Map(chunks.map(([x, z]) => [`${x},${z}`, generator.generate(x, z)]))
    return hashOf(KNOWN_CHUNKS.map(([x, z]) => drafts.get(`${x},${z}`)?.states ?? new Uint16Array()))
  }
  const around = KNOWN_CHUNKS.flatMap(([x, z]) => [[x - 1, z], [x, z + 1], [x + 1, z + 1], [x, z]])
  const known = blocksOf(1, KNOWN_CHUNKS)
  assert.equal(blocksOf(1, [...KNOWN_CHUNKS].reverse()), known)
  assert.equal(blocksOf(1, around), known)
  assert.notEqual(blocksOf(2, KNOWN_CHUNKS), known)
  assert.equal(known, KNOWN_HASH)
})

test('the network format says which block and biome is where', () => {
  const Chunk = /** @type {any} */ (requireFromServer('prismarine-chunk'))(registry)
  const generator = generatorOf(3)
  const { states, biomes } = generator.generate(-18, 20)
  states.fill(0, 300 << 8)
  for (let index = 300 << 8; index < 320 << 8; index++) states[index] = index % 20000
  const column = new Chunk({ minY: -64, worldHeight: 384, x: 0, z: 0 })
  column.load(encodeSections(states, biomes))
  for (let index = 0; index < states.length; index++) {
    const at = { x: index & 15, y: (index >> 8) - 64, z: (index >> 4) & 15 }
    if (column.getBlockStateId(at) !== states[index]) assert.fail(`block at ${JSON.stringify(at)}`)
    if (column.getBiome(at) !== biomes[((at.z >> 2) << 2) | (at.x >> 2)]) assert.fail(`biome at ${JSON.stringify(at)}`)
  }
})

/**
 * Veins a chunk (minecraft.wiki/w/Ore#Distribution) times the mean number of blocks of a vein of that size, for what lies
 * between heights -58 and 48, where there is rock nearly everywhere; and the range outside of which there is none.
 */
const share = (/** @type {number} */ low, /** @type {number} */ high) => (Math.min(48, high) - Math.max(-58, low)) / (high - low)
/** Share of a triangle from low to high that lies below `y`. */
const below = (/** @type {number} */ low, /** @type {number} */ high, /** @type {number} */ y) => {
  const place = Math.min(1, Math.max(0, (y - low) / (high - low)))
  return place < 0.5 ? 2 * place * place : 1 - 2 * (1 - place) ** 2
}
const triangle = (/** @type {number} */ low, /** @type {number} */ high) => below(low, high, 48) - below(low, high, -58)
const MEAN_BLOCKS = /** @type {Record<number, number>} */ ({ 4: 2, 7: 4.9, 8: 5.7, 9: 6.8, 10: 8.4, 12: 11.6, 17: 22.2 })
const ORES = /** @type {Record<string, {expected: number, low: number, high: number}>} */ ({
  coal: { expected: 20 * triangle(0, 192) * MEAN_BLOCKS[17], low: 0, high: 320 },
  copper: { expected: 16 * triangle(-16, 112) * MEAN_BLOCKS[10], low: -16, high: 112 },
  iron: { expected: 10 * triangle(-24, 56) * MEAN_BLOCKS[9] + 10 * share(-64, 72) * MEAN_BLOCKS[4], low: -64, high: 320 },
  gold: { expected: 4 * triangle(-64, 32) * MEAN_BLOCKS[9] + 0.5 * share(-64, -48) * MEAN_BLOCKS[9], low: -64, high: 32 },
  redstone: { expected: 4 * share(-64, 15) * MEAN_BLOCKS[8] + 8 * triangle(-96, -32) * MEAN_BLOCKS[8], low: -64, high: 15 },
  lapis: { expected: 2 * triangle(-32, 32) * MEAN_BLOCKS[7] + 4 * share(-64, 64) * MEAN_BLOCKS[7], low: -64, high: 64 },
  diamond: { expected: 7 * triangle(-144, 16) * MEAN_BLOCKS[4] + 2 * share(-64, -4) * MEAN_BLOCKS[8] + 4 * triangle(-144, 16) * MEAN_BLOCKS[8] + triangle(-144, 16) * MEAN_BLOCKS[12] / 9, low: -64, high: 16 }
})

test('ores are as frequent as in the original, where they are there, and of the right rock', () => {
  /** @type {Record<string, number>} */
  const found = Object.fromEntries(Object.keys(ORES).map(ore => [ore, 0]))
  let columns = 0
  for (let part = 0; part < PARTS; part++) {
    const generator = generatorOf(part)
    for (let chunk = 0; chunk < 16; chunk++) {
      const { states } = generator.generate(part * 40 + (chunk & 3) * 5, (chunk >> 2) * 7)
      columns++
      states.forEach((/** @type {number} */ state, /** @type {number} */ index) => {
        if (state === 0) return
        const name = nameOf(state)
        if (!name.endsWith('_ore')) return
        const ore = name.replace('deepslate_', '').replace('_ore', '')
        const y = (index >> 8) - 64
        // Granite and its like reach a little below 0, tuff above it.
        if (y < -8 || y > 12) assert.equal(name.startsWith('deepslate_'), y < 0, `${name} at ${y}`)
        if (ore === 'emerald') return
        assert.ok(y >= ORES[ore].low - 3 && y <= ORES[ore].high + 3, `${name} at ${y}`)
        if (y >= -58 && y <= 48) found[ore]++
      })
    }
  }
  for (const [ore, { expected }] of Object.entries(ORES)) {
    const rate = found[ore] / columns / expected
    // Caves and water take some of it, and what would lie beside air.
    assert.ok(rate > 0.6 && rate < 1.1, `${ore}: ${rate.toFixed(2)} of what is expected`)
  }
})

test('emeralds are in mountains only', () => {
  const { terrain, generate } = { terrain: new Terrain(1), generate: generatorOf(1) }
  const emerald = stateOf('emerald_ore')
  let inMountains = 0
  let elsewhere = 0
  for (let chunk = 0; chunk < 4000 && inMountains < 20; chunk++) {
    const x = (chunk % 64) * 2 - 64
    const z = Math.floor(chunk / 64) * 2 - 64
    const biomes = [-16, 0, 16, 31].flatMap(dx => [-16, 0, 16, 31].map(dz => terrain.biomeAt(x * 16 + dx, z * 16 + dz)))
    const mountains = biomes.filter(biome => /windswept_hills|windswept_forest|gravelly|peaks|slopes|grove|meadow/.test(biome)).length
    if (mountains > 0 && mountains < biomes.length) continue
    if (mountains === 0 && chunk % 40 !== 0) continue
    const { states } = generate.generate(x, z)
    const count = states.filter((/** @type {number} */ state) => state === emerald).length
    if (mountains === 0) elsewhere += count
    else inMountains += count
  }
  assert.ok(inMountains >= 20 && elsewhere === 0, `${inMountains} in mountains, ${elsewhere} elsewhere`)
})

test('biomes, waters and shores of many kinds', () => {
  const terrain = new Terrain(4)
  /** @type {Record<string, number>} */
  const found = {}
  let lakes = 0
  for (let x = -1600; x < 1600; x += 32) {
    for (let z = -1600; z < 1600; z += 32) {
      const biome = terrain.biomeAt(x, z)
      const height = terrain.heightAt(x, z)
      found[biome] = (found[biome] ?? 0) + 1
      assert.ok(height > 20 && height < 180)
      if (biome === 'river') assert.ok(height <= SEA_LEVEL + 3, `a river at height ${height}`)
      if (height < SEA_LEVEL - 1 && !/ocean|river|swamp|beach|shore/.test(biome)) lakes++
    }
  }
  for (const biome of ['plains', 'forest', 'birch_forest', 'dark_forest', 'taiga', 'snowy_plains', 'desert', 'savanna', 'swamp', 'jungle', 'windswept_hills', 'beach', 'river', 'ocean']) {
    assert.ok(found[biome] > 5, `${biome}: ${found[biome]}`)
  }
  assert.ok(lakes > 12, `${lakes} places in lakes`)
  for (const biome of Object.keys(found)) assert.ok(registry.biomesByName[biome], biome)
})

test('natural leaves know how far their wood is, and none is too far to stay', () => {
  const kinds = new Set()
  let leaves = 0
  for (const seed of [1, 2, 5, 8]) {
    const land = region(seed, seed * 20, -seed * 31, 7)
    /** @type {Map<string, number>} */
    const distances = new Map()
    /** @type {number[][]} */
    let edge = []
    forBlocks(land, 60, 160, (state, x, y, z) => { if (nameOf(state).endsWith('_log')) edge.push([x, y, z]) }, 0)
    for (let distance = 1; distance <= 6; distance++) {
      /** @type {number[][]} */
      const next = []
      for (const [x, y, z] of edge) {
        for (const [dx, dy, dz] of SIDES) {
          const [nextX, nextY, nextZ] = [x + dx, y + dy, z + dz]
          const outside = nextX < land.low.x || nextZ < land.low.z || nextX > land.high.x || nextZ > land.high.z
          const key = `${nextX},${nextY},${nextZ}`
          if (outside || distances.has(key) || !nameOf(land.at(nextX, nextY, nextZ)).endsWith('_leaves')) continue
          distances.set(key, distance)
          next.push([nextX, nextY, nextZ])
        }
      }
      edge = next
    }
    let lost = 0
    forBlocks(land, 60, 160, (state, x, y, z) => {
      const { name, minStateId } = registry.blocksByStateId[state]
      if (!name.endsWith('_leaves')) return
      kinds.add(name)
      leaves++
      assert.equal((state - minStateId) & 3, 3, 'neither persistent nor in water')
      if (!distances.has(`${x},${y},${z}`)) lost++
      else assert.ok(((state - minStateId) >> 2) + 1 >= Number(distances.get(`${x},${y},${z}`)))
    }, 16)
    assert.ok(lost <= leaves / 1000, `${lost} leaves of seed ${seed} are too far from wood`)
  }
  assert.ok(leaves > 3000 && kinds.size >= 4, `${leaves} leaves of ${[...kinds]}`)
})

test('seven woods grow somewhere near', () => {
  const terrain = new Terrain(1)
  const kinds = new Set()
  for (let x = -110; x < 110; x += 3) for (let z = -110; z < 110; z += 3) for (const { kind } of terrain.treesIn(x, z)) kinds.add(kind)
  for (const kind of ['oak', 'big_oak', 'birch', 'spruce', 'jungle', 'acacia', 'cherry', 'dark_oak']) assert.ok(kinds.has(kind), kind)
})

test('every seed starts on dry grassy land with wood around, and coal and iron below', () => {
  for (let seed = 1; seed <= 20; seed++) {
    const generator = generatorOf(seed)
    const { terrain } = generator
    const { x, z } = findSpawnColumn(terrain)
    assert.ok(terrain.heightAt(x, z) > SEA_LEVEL, `seed ${seed} is under water`)
    assert.ok(!/desert|ocean|snow|frozen|beach|river/.test(terrain.biomeAt(x, z)), `seed ${seed} is in ${terrain.biomeAt(x, z)}`)
    assert.ok(logsAround(terrain, x, z) >= 24, `seed ${seed} has too little wood`)
    const near = new Set()
    for (let chunkX = (x - 32) >> 4; chunkX <= (x + 32) >> 4; chunkX++) {
      for (let chunkZ = (z - 32) >> 4; chunkZ <= (z + 32) >> 4; chunkZ++) {
        const { states } = generator.generate(chunkX, chunkZ)
        for (const ore of ['coal_ore', 'iron_ore']) if (states.indexOf(stateOf(ore), (40 + 64) << 8) >= 0) near.add(ore)
      }
    }
    assert.deepEqual([...near].sort(), ['coal_ore', 'iron_ore'], `seed ${seed}`)
  }
})

test('caves reach the surface and the depths, and water stays out of them', () => {
  const land = region(3, 0, 0, 10)
  const { at, terrain, low, high } = land
  let open = 0
  let carved = 0
  let rock = 0
  for (let x = low.x; x <= high.x; x++) {
    for (let z = low.z; z <= high.z; z++) {
      const height = terrain.heightAt(x, z)
      assert.equal(nameOf(at(x, -64, z)), 'bedrock')
      if (height > SEA_LEVEL + 2 && at(x, height, z) === 0 && at(x, height - 4, z) === 0) open++
      for (let y = -53; y < 40; y++) at(x, y, z) === 0 ? carved++ : rock++
    }
  }
  assert.ok(open > 100, `${open} columns are open`)
  assert.ok(carved / (carved + rock) > 0.04 && carved / (carved + rock) < 0.2, `${carved / (carved + rock)} of the rock is carved`)
  const water = stateOf('water')
  forBlocks(land, -50, SEA_LEVEL, (state, x, y, z) => {
    if (state !== water) return
    const around = SIDES.map(([dx, dy, dz]) => at(x + dx, y + dy, z + dz))
    const isSpring = !around.includes(water)
    const leaks = around.some((neighbour, side) => neighbour === 0 && side !== 2)
    if (leaks && !isSpring) assert.fail(`water runs out at ${x}, ${y}, ${z}`)
  })
})

test('lava lies at the bottom, in pools and in springs', () => {
  const lava = stateOf('lava')
  let deep = 0
  let pools = 0
  for (const seed of [1, 2, 3]) {
    const land = region(seed, 0, 0, 10)
    const { at, terrain } = land
    forBlocks(land, -60, 160, (state, x, y, z) => {
      if (state !== lava) return
      if (y <= -54) {
        deep++
        return
      }
      const [chunkX, chunkZ] = [x >> 4, z >> 4]
      const inPool = [terrain.lavaPoolIn(chunkX, chunkZ), undergroundPool(seed, chunkX, chunkZ, terrain.tile(chunkX, chunkZ))]
        .some(pool => pool && Math.hypot(chunkX * 16 + pool.x - x, chunkZ * 16 + pool.z - z) <= pool.radius && y <= pool.y && y > pool.y - 5)
      const leaks = SIDES.filter(([dx, dy, dz]) => dy <= 0 && at(x + dx, y + dy, z + dz) === 0).length
      const isSpring = y <= 20 && leaks === 1
      if (inPool) pools++
      assert.ok((inPool && leaks === 0) || isSpring, `lava at ${x}, ${y}, ${z} of seed ${seed}`)
    })
  }
  assert.ok(deep > 1000 && pools > 50, `${deep} deep, ${pools} in pools`)
})

test('nature.json names every block of the land, and no creature that does not live there', () => {
  const { creatures, land } = embedded('nature.json')
  assert.deepEqual(creatures, Object.keys(embedded('creatures/kinds').KINDS).sort())
  /** @type {Set<string>} */
  const found = new Set()
  for (const seed of [1, 2, 3]) {
    const generator = generatorOf(seed)
    for (let number = 0; number < 120; number++) {
      const [far, turn] = [48 * Math.sqrt(number), 2.4 * number] // a spiral over many biomes
      const { states } = generator.generate(Math.round(far * Math.cos(turn)), Math.round(far * Math.sin(turn)))
      for (const state of new Set(states)) found.add(nameOf(/** @type {number} */ (state)))
    }
  }
  for (const name of ['air', 'water', 'lava']) found.delete(name)
  assert.deepEqual([...found].filter(name => !land.includes(name)), [])
  assert.ok(land.length - found.size < 20, `only ${found.size} of ${land.length} were met`)
})
