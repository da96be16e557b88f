'use strict'

const assert = require('node:assert/strict')
const path = require('node:path')
const { createHash } = require('node:crypto')
const { execFileSync } = require('node:child_process')
const { requireFromServer, packageFolder } = require('../../mc_server/embedded_harness')
const { Vec3 } = requireFromServer('vec3')
const { Terrain } = require(path.join(packageFolder, 'embedded', 'land', 'terrain'))

/** @typedef {import('../stage').Stage} Stage */

/** The seed of the stage's world. */
const SEED = 1
const SEA_LEVEL = 62
const FARTHEST_CHUNKS = 140
const terrain = new Terrain(SEED)

/** Chunks around the origin, nearest first. */
function * chunks () {
  for (let radius = 3; radius < FARTHEST_CHUNKS; radius++) {
    for (let along = -radius; along < radius; along++) {
      yield * [[along, -radius], [radius, along], [-along, radius], [-radius, -along]]
    }
  }
}

/** The middle of the nearest chunk of which something is true. */
function findChunk (/** @type {(x: number, z: number) => boolean} */ isRight, /** @type {string} */ what) {
  for (const [chunkX, chunkZ] of chunks()) {
    const x = chunkX * 16 + 8
    const z = chunkZ * 16 + 8
    if (isRight(x, z)) return { x, z }
  }
  throw new Error(`There is no ${what}.`)
}

const findBiome = (/** @type {string} */ biome) => findChunk((x, z) => terrain.biomeAt(x, z) === biome, biome)

/** Puts the bot somewhere and waits for the land around it. */
async function visit (/** @type {Stage} */ stage, /** @type {{x: number, z: number}} */ { x, z }, y = Math.max(SEA_LEVEL, terrain.heightAt(x, z)) + 2) {
  const { bot } = stage
  await stage.operate('teleport', { x: x + 0.5, y, z: z + 0.5 })
  await stage.until(() => Math.hypot(bot.entity.position.x - x, bot.entity.position.z - z) < 4, 'the teleport')
  const corners = [-1, 1].flatMap(dx => [-1, 1].map(dz => new Vec3(x + dx * 32, 0, z + dz * 32)))
  await stage.until(() => corners.every(corner => bot.blockAt(corner) !== null), 'the land around')
}

/** Puts the bot into a hollow of its own deep in the ground. */
async function visitDepth (/** @type {Stage} */ stage, /** @type {{x: number, z: number}} */ { x, z }, /** @type {number} */ y) {
  await stage.operate('fill', { from: [x - 1, y, z - 1], to: [x + 1, y + 2, z + 1], block: 'air' })
  await stage.operate('fill', { from: [x - 1, y - 1, z - 1], to: [x + 1, y - 1, z + 1], block: 'stone' })
  await visit(stage, { x, z }, y)
}

/** Blocks of some names that the bot sees around itself. @returns {any[]} their positions */
const seen = (/** @type {Stage} */ { bot }, /** @type {string[]} */ names, count = 1, maxDistance = 48) =>
  bot.findBlocks({ matching: names.map(name => bot.registry.blocksByName[name].id), maxDistance, count })

function assertSeen (/** @type {Stage} */ stage, /** @type {string[]} */ names, count = 1, maxDistance = 48) {
  const found = seen(stage, names, count, maxDistance)
  assert.ok(found.length >= count, `${found.length} of ${count} ${names.join(', ')} within ${maxDistance} blocks`)
  return found
}

/** Name of the biome that the bot was told of a place; `block.biome` itself knows no names in this version. @returns {string} */
const biomeSeen = (/** @type {Stage} */ { bot }, /** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ z) =>
  bot.registry.biomes[bot.blockAt(new Vec3(x, y, z)).biome.id].name

/** A hash of the blocks of a column as the bot sees them. */
function hashSeen (/** @type {Stage} */ { bot }, /** @type {number} */ chunkX, /** @type {number} */ chunkZ) {
  const column = bot.world.getColumn(chunkX, chunkZ)
  const states = new Uint16Array(98304)
  for (let index = 0; index < states.length; index++) {
    states[index] = column.getBlockStateId({ x: index & 15, y: (index >> 8) - 64, z: (index >> 4) & 15 })
  }
  return createHash('sha256').update(Buffer.from(states.buffer)).digest('hex')
}

/** The same of a column that another process generates. */
function hashGenerated (/** @type {number} */ seed, /** @type {number} */ chunkX, /** @type {number} */ chunkZ) {
  const program = `
    const { Terrain } = require('./embedded/land/terrain')
    const { WorldGenerator } = require('./embedded/land/world_generator')
    const generator = new WorldGenerator(new Terrain(${seed}), require('prismarine-registry')('1.20.4'))
    const { states } = generator.generate(${chunkX}, ${chunkZ})
    process.stdout.write(require('node:crypto').createHash('sha256').update(Buffer.from(states.buffer)).digest('hex'))`
  return execFileSync(process.execPath, ['-e', program], { cwd: packageFolder, encoding: 'utf8', env: {}, timeout: 60000 })
}

/** Whether trees of a kind stand in a chunk. */
const hasTree = (/** @type {string} */ kind) => (/** @type {number} */ x, /** @type {number} */ z) =>
  terrain.treesIn(x >> 4, z >> 4).some((/** @type {any} */ tree) => tree.kind === kind)

const BIOMES = [
  'plains', 'forest', 'birch_forest', 'dark_forest', 'taiga', 'snowy_plains', 'desert', 'savanna', 'swamp', 'jungle', 'meadow',
  'windswept_hills', 'beach', 'river', 'ocean'
]

module.exports = {
  title: 'The land',
  mechanics: [
    {
      name: 'There are biomes, and the client is told which',
      here: 'simplified: 35 biomes of the overworld, the same from bottom to top; none of the caves, no badlands, mushroom fields, mangroves, bamboo, ice spikes',
      expectation: `${BIOMES.length} biomes are found, and in every column around the bot the biome it sees is the one the land is made for`,
      source: "minecraft.wiki/w/Biome; minecraft-data biomes; Mineflayer's bot.blockAt(point).biome.id",
      play: async (/** @type {Stage} */ stage) => {
        for (const name of BIOMES) {
          const place = findBiome(name)
          await visit(stage, place)
          assert.equal(biomeSeen(stage, place.x, terrain.heightAt(place.x, place.z), place.z), name)
          for (let dx = -24; dx <= 24; dx += 3) {
            for (let dz = -24; dz <= 24; dz += 3) {
              const [x, z] = [place.x + dx, place.z + dz]
              assert.equal(biomeSeen(stage, x, 70, z), terrain.biomeAt(x, z), `biome at ${x}, ${z}`)
            }
          }
        }
      }
    },
    {
      name: 'The same seed gives the same land',
      here: 'simplified: a land of our own, not the one that the original makes of a seed',
      expectation: 'columns near and far are, block for block, what another process makes of the seed; another seed gives others',
      source: 'minecraft.wiki/w/Seed_(level_generation)',
      play: async (/** @type {Stage} */ stage) => {
        for (const [chunkX, chunkZ] of [[40, -25], [-60, 12]]) {
          await visit(stage, { x: chunkX * 16 + 8, z: chunkZ * 16 + 8 })
          const blocks = hashSeen(stage, chunkX + 1, chunkZ - 1)
          assert.equal(blocks, hashGenerated(SEED, chunkX + 1, chunkZ - 1))
          assert.notEqual(blocks, hashGenerated(SEED + 1, chunkX + 1, chunkZ - 1))
        }
      }
    },
    {
      name: 'The land has no end',
      here: 'as vanilla',
      expectation: 'a hundred thousand blocks away in each direction there is land of the height and biome that the seed says, with bedrock below',
      source: 'minecraft.wiki/w/World_boundary',
      play: async (/** @type {Stage} */ stage) => {
        for (const [x, z] of [[100000, 0], [-100000, 100000], [0, -100000]]) {
          await visit(stage, { x, z })
          const height = terrain.heightAt(x, z)
          assert.equal(biomeSeen(stage, x, height, z), terrain.biomeAt(x, z))
          assert.equal(stage.bot.blockAt(new Vec3(x, -64, z)).name, 'bedrock')
          assert.ok(height > 20 && height < 180, `height ${height}`)
        }
      }
    },
    {
      name: 'Players start on dry land with wood and grass around',
      here: 'simplified: kinder; at least 24 logs within 36 blocks, outside deserts, snow and mountains, no lava near',
      expectation: 'at the start the bot sees 24 logs within 36 blocks, grass, coal and iron within 48 blocks to the side',
      source: 'minecraft.wiki/w/Spawn',
      play: async (/** @type {Stage} */ stage) => {
        const { spawnPoint } = await stage.operate('status')
        const [x, z] = [Math.floor(spawnPoint.x), Math.floor(spawnPoint.z)]
        await visit(stage, { x, z }, spawnPoint.y)
        const logs = Object.keys(stage.bot.registry.blocksByName).filter(name => name.endsWith('_log') && !name.startsWith('stripped'))
        assertSeen(stage, logs, 24, 40)
        assertSeen(stage, ['grass_block'], 200, 40)
        assertSeen(stage, ['coal_ore'])
        assertSeen(stage, ['iron_ore', 'deepslate_iron_ore'])
      }
    },
    {
      name: 'Seas, rivers, lakes and shores',
      here: 'simplified: all open water stands at height 62; there are no waterfalls, aquifers or icebergs',
      expectation: 'an ocean is deep, with seagrass or kelp on its ground of sand, gravel or clay; a beach has sand; a river has water that goes on; lakes lie in the land; all of it ends at height 62',
      source: 'minecraft.wiki/w/Ocean, /Beach, /River',
      play: async (/** @type {Stage} */ stage) => {
        const top = (/** @type {any} */ { x, z }) => stage.bot.blockAt(new Vec3(x, SEA_LEVEL, z)).name
        const ocean = findBiome('deep_ocean')
        await visit(stage, ocean)
        assert.equal(top(ocean), 'water')
        assert.ok(SEA_LEVEL - terrain.heightAt(ocean.x, ocean.z) > 15)
        assertSeen(stage, ['sand', 'gravel', 'clay'], 100)
        assertSeen(stage, ['seagrass', 'kelp_plant'], 10)
        await visit(stage, findBiome('beach'))
        assertSeen(stage, ['sand'], 100)
        await visit(stage, findBiome('river'))
        assertSeen(stage, ['water'], 200, 32)
        const lake = findChunk((x, z) => terrain.heightAt(x, z) < SEA_LEVEL - 2 && /plains|forest|savanna|taiga$/.test(terrain.biomeAt(x, z)), 'lake')
        await visit(stage, lake)
        assert.equal(top(lake), 'water')
        assert.equal(stage.bot.blockAt(new Vec3(lake.x, SEA_LEVEL + 1, lake.z)).name, 'air')
      }
    },
    {
      name: 'Hills and mountains',
      here: 'simplified: one height a column, without overhangs, up to height 172',
      expectation: 'windswept hills rise above height 100, with bare stone and, below, emeralds; peaks are covered with snow',
      source: 'minecraft.wiki/w/Windswept_Hills, /Jagged_Peaks',
      play: async (/** @type {Stage} */ stage) => {
        const hills = findChunk((x, z) => terrain.biomeAt(x, z) === 'windswept_hills' && terrain.heightAt(x, z) > 100, 'high hill')
        await visit(stage, hills)
        assertSeen(stage, ['stone'], 50, 24)
        assertSeen(stage, ['emerald_ore'], 1, 80)
        const peak = findBiome('jagged_peaks')
        await visit(stage, peak)
        assertSeen(stage, ['snow_block', 'snow'], 100, 24)
      }
    },
    {
      name: 'Snow and ice lie where it is cold',
      here: 'simplified: one layer of snow from the beginning',
      expectation: 'snowy plains carry snow on grass that shows it, and a frozen river is covered with ice',
      source: 'minecraft.wiki/w/Snow, /Ice',
      play: async (/** @type {Stage} */ stage) => {
        await visit(stage, findBiome('snowy_plains'))
        const [ground] = assertSeen(stage, ['snow'], 100, 24)
        const below = stage.bot.blockAt(ground.offset(0, -1, 0))
        if (below.name === 'grass_block') assert.equal(below.getProperties().snowy, true)
        await visit(stage, findBiome('frozen_river'))
        assertSeen(stage, ['ice'], 20, 32)
      }
    },
    ...Object.entries({ oak: 'oak', big_oak: 'oak', birch: 'birch', spruce: 'spruce', pine: 'spruce', jungle: 'jungle', acacia: 'acacia', cherry: 'cherry', dark_oak: 'dark_oak', swamp_oak: 'oak' }).map(([kind, wood]) => ({
      name: `Trees: ${kind.replace('_', ' ')}`,
      here: 'simplified: of the same kinds and about the same shapes, without vines, cocoa and bees',
      expectation: `the bot finds ${wood} logs standing on soil, and leaves that know their distance to them and do not decay in a minute`,
      source: 'minecraft.wiki/w/Tree; minecraft.wiki/w/Leaves#Decay',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        const { x, z } = findChunk(hasTree(kind), kind)
        const tree = terrain.treesIn(x >> 4, z >> 4).find((/** @type {any} */ each) => each.kind === kind)
        await visit(stage, { x, z })
        assert.equal(bot.blockAt(new Vec3(tree.x, tree.y, tree.z)).name, `${wood}_log`)
        assert.ok(['dirt', 'podzol', 'snow_block'].includes(bot.blockAt(new Vec3(tree.x, tree.y - 1, tree.z)).name))
        const leaves = assertSeen(stage, [`${wood}_leaves`], 20, 32)
        for (const at of leaves) {
          const { distance, persistent } = bot.blockAt(at).getProperties()
          assert.ok(distance >= 1 && distance <= 6 && persistent === false, `distance ${distance}, persistent ${persistent}`)
        }
        await stage.skip(1200)
        assert.ok(leaves.every(at => bot.blockAt(at).name === `${wood}_leaves`), 'leaves decayed')
      }
    })),
    ...Object.entries({ coal: 60, copper: 48, iron: 16, gold: -16, redstone: -56, lapis: 0, diamond: -56 }).map(([ore, y]) => ({
      name: `Ores: ${ore}`,
      here: 'simplified: no large veins',
      expectation: `around height ${y}, where it is frequent, the bot finds ${ore} ore; well below height 0 in deepslate, above it in stone`,
      source: 'minecraft.wiki/w/Ore#Distribution',
      play: async (/** @type {Stage} */ stage) => {
        const place = findChunk((x, z) => terrain.biomeAt(x, z) === 'forest' && terrain.heightAt(x, z) > 64, 'forest')
        await visitDepth(stage, place, y)
        const found = assertSeen(stage, [`${ore}_ore`, `deepslate_${ore}_ore`], 3, 24)
        for (const at of found) {
          if (at.y < -8 || at.y > 12) assert.equal(stage.bot.blockAt(at).name, at.y < 0 ? `deepslate_${ore}_ore` : `${ore}_ore`)
        }
      }
    })),
    {
      name: 'Ores: emerald',
      here: 'as vanilla',
      expectation: 'high in the hills the bot finds emerald ore; in the plains, at the same height, there is none',
      source: 'minecraft.wiki/w/Emerald_Ore',
      play: async (/** @type {Stage} */ stage) => {
        await visitDepth(stage, findBiome('windswept_hills'), 50)
        assertSeen(stage, ['emerald_ore'], 1, 32)
        const plains = findChunk((x, z) => [-32, 0, 32].every(dx => [-32, 0, 32].every(dz => terrain.biomeAt(x + dx, z + dz) === 'plains')), 'wide plains')
        await visitDepth(stage, plains, 40)
        assert.equal(seen(stage, ['emerald_ore', 'deepslate_emerald_ore'], 1, 24).length, 0)
      }
    },
    {
      name: 'Caves, open to the surface here and there, with lava at their bottom',
      here: 'simplified: tunnels, chambers and ravines; no lush or dripstone caves, no water in them but springs, no structures',
      expectation: 'where the land is open, there is air in the place of ground, down to below height 50; near the bottom the bot finds lava, at height -54 or lower',
      source: 'minecraft.wiki/w/Cave',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        const isRavine = (/** @type {number} */ x, /** @type {number} */ z) => (terrain.tile(x >> 4, z >> 4).open[((z & 15) << 4) | (x & 15)] & 2) !== 0
        const ravine = findChunk((x, z) => isRavine(x, z) && [[3, 0], [-3, 0], [0, 3], [0, -3]].filter(([dx, dz]) => isRavine(x + dx, z + dz)).length > 1, 'ravine')
        await visit(stage, ravine)
        for (let y = 50; y <= terrain.heightAt(ravine.x, ravine.z); y++) assert.equal(bot.blockAt(new Vec3(ravine.x, y, ravine.z)).name, 'air')
        await visitDepth(stage, ravine, -50)
        const lava = assertSeen(stage, ['lava'], 10, 40)
        assert.ok(lava.filter(at => at.y > -54).length <= lava.length / 2)
        assert.ok(lava.some(at => at.y <= -54))
      }
    },
    ...Object.entries({
      plains: [['short_grass'], ['dandelion', 'poppy', 'azure_bluet', 'oxeye_daisy', 'cornflower', 'red_tulip', 'orange_tulip', 'white_tulip', 'pink_tulip']],
      desert: [['cactus'], ['dead_bush']],
      taiga: [['fern']],
      swamp: [['lily_pad'], ['blue_orchid']],
      dark_forest: [['brown_mushroom', 'red_mushroom']]
    }).map(([biome, plants]) => ({
      name: `Plants of the ${biome.replace('_', ' ')}`,
      here: 'simplified: fewer kinds than in the original',
      expectation: `the bot finds ${plants.map(kinds => kinds.length > 2 ? 'flowers' : kinds.join(' or ')).join(' and ')}`,
      source: 'minecraft.wiki/w/Flower, /Cactus, /Fern, /Lily_Pad, /Mushroom',
      play: async (/** @type {Stage} */ stage) => {
        const wide = findChunk((x, z) => [[0, 0], [24, 0], [-24, 0], [0, 24], [0, -24]].every(([dx, dz]) => terrain.biomeAt(x + dx, z + dz) === biome), biome)
        await visit(stage, wide)
        for (const kinds of plants) assertSeen(stage, kinds, 1, 48)
      }
    })),
    {
      name: 'Sugar cane, pumpkins and melons are found in new land',
      here: 'simplified: pumpkins in one chunk of sixty',
      expectation: 'at water there is sugar cane, somewhere on grass pumpkins lie, in the jungle melons',
      source: 'minecraft.wiki/w/Sugar_Cane, /Pumpkin, /Melon',
      play: async (/** @type {Stage} */ stage) => {
        const { WorldGenerator } = require(path.join(packageFolder, 'embedded', 'land', 'world_generator'))
        const generator = new WorldGenerator(terrain, requireFromServer('prismarine-registry')('1.20.4'))
        const has = (/** @type {string} */ block) => (/** @type {number} */ x, /** @type {number} */ z) =>
          terrain.heightAt(x, z) > SEA_LEVEL - 3 && generator.generate(x >> 4, z >> 4).states.includes(generator.palette[block])
        for (const block of ['sugar_cane', 'pumpkin']) {
          await visit(stage, findChunk(has(block), block))
          assertSeen(stage, [block], 1, 32)
        }
        await visit(stage, findChunk((x, z) => terrain.biomeAt(x, z) === 'jungle' && has('melon')(x, z), 'melon'))
        assertSeen(stage, ['melon'], 1, 32)
      }
    }
  ],
  absent: [
    { name: 'Structures: villages, dungeons, mineshafts, strongholds, temples', here: 'absent' },
    { name: 'Large veins of copper and iron, amethyst geodes, fossils', here: 'absent' },
    { name: 'The Nether and the End', here: 'absent' }
  ]
}
