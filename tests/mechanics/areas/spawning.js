'use strict'

const assert = require('node:assert/strict')

/** @typedef {import('../stage').Stage} Stage */

const NIGHT = 18000
const NOON = 6000

/** The names of all creatures of a family that the server has, and where they are. @returns {Promise<any[]>} */
const list = (/** @type {Stage} */ stage, /** @type {string} */ family) => stage.operate('list_entities', { family })

/** Puts the bot on the ground of the land, and makes it safe from what comes. */
async function goDown (/** @type {Stage} */ stage, /** @type {number} */ time, x = 200, z = 200) {
  const { bot } = stage
  await stage.operate('set_time', { ticks: time })
  const y = await stage.operate('ground', { x, z })
  await stage.operate('teleport', { x: x + 0.5, y: y + 1, z: z + 0.5 })
  await stage.operate('command', { text: 'gamemode creative tester' })
  await bot.waitForChunksToLoad()
  await stage.skip(60)
}

async function comeBack (/** @type {Stage} */ stage) {
  await stage.operate('set_spawning', { enabled: false })
  await stage.operate('command', { text: 'gamemode survival tester' })
}

module.exports = {
  title: 'How creatures appear and vanish',
  mechanics: [
    {
      name: 'Monsters appear in the dark',
      here: 'simplified: only in land that is loaded, so no further than the view distance',
      expectation: 'within a minute of night monsters appear, none nearer than 24 blocks, none where light of blocks is, and no more than the cap for the land around',
      source: 'minecraft.wiki/w/Mob_spawning#Java_Edition',
      play: async (/** @type {Stage} */ stage) => {
        await goDown(stage, NIGHT)
        const { position } = stage.bot.entity
        const seen = new Map()
        await stage.operate('set_spawning', { enabled: true })
        for (let turn = 0; turn < 60; turn++) {
          await stage.skip(1)
          for (const monster of await list(stage, 'monster')) if (!seen.has(monster.id)) seen.set(monster.id, monster)
        }
        await stage.skip(600)
        const monsters = await list(stage, 'monster')
        await comeBack(stage)
        assert.ok(seen.size > 3, `${seen.size} monsters`)
        const cap = Math.floor(70 * (4 * 2 + 1) ** 2 / 289) + 3
        assert.ok(monsters.length <= cap, `${monsters.length} of ${cap}`)
        for (const { x, y, z, kind } of seen.values()) {
          const distance = Math.hypot(x - position.x, y - position.y, z - position.z)
          assert.ok(distance > 22, `${kind} appeared ${distance} away`)
          const light = await stage.operate('get_light', { x: Math.floor(x), y: Math.floor(y), z: Math.floor(z) })
          assert.equal(light.block, 0, `${kind} in the light`)
        }
      }
    },
    {
      name: 'No monster appears in the open by day, nor by torchlight',
      here: 'as vanilla',
      expectation: 'at noon those that appear do so in caves; a dark room of stone with torches stays empty where the same room without has monsters',
      source: 'minecraft.wiki/w/Mob_spawning#Light_level',
      play: async (/** @type {Stage} */ stage) => {
        await goDown(stage, NOON)
        await stage.operate('set_spawning', { enabled: true })
        for (let turn = 0; turn < 20; turn++) {
          await stage.skip(20)
          for (const { x, y, z, kind, age } of await list(stage, 'monster')) {
            if (age > 21) continue
            const light = await stage.operate('get_light', { x: Math.floor(x), y: Math.floor(y), z: Math.floor(z) })
            assert.ok(light.sky < 15 || y < 60, `${kind} under the open sky`)
          }
        }
        await comeBack(stage)
        const may = async (/** @type {string} */ block) => {
          await stage.fill(block, [-6, 0, -6], [6, 0, 6])
          return stage.operate('may_spawn', { kind: 'zombie', ...stage.at(3.5, 1, 3.5) })
        }
        await stage.reset()
        await stage.fill('stone', [-7, 0, -7], [7, 6, 7])
        await stage.fill('air', [-6, 1, -6], [6, 5, 6])
        assert.equal(await may('stone'), true)
        await stage.set('torch', [5, 1, 5])
        await stage.skip(5)
        assert.equal(await may('stone'), false)
      }
    },
    {
      name: 'Animals appear on bright grass',
      here: 'simplified: only in land that is loaded',
      expectation: 'in an emptied meadow by day animals appear, on grass only, and no more than the cap; a minute\'s walk away they do not vanish',
      source: 'minecraft.wiki/w/Mob_spawning#Animals',
      play: async (/** @type {Stage} */ stage) => {
        const meadow = await stage.operate('find_biome', { biome: 'plains' })
        await goDown(stage, NOON, meadow.x, meadow.z)
        await stage.operate('remove_entities')
        await stage.operate('set_spawning', { enabled: true })
        let animals = []
        for (let turn = 0; turn < 60 && animals.length === 0; turn++) {
          await stage.operate('set_time', { ticks: NOON })
          await stage.skip(400)
          animals = (await list(stage, 'animal')).filter(({ age }) => age < 390)
        }
        const kinds = new Set(animals.map(({ kind }) => kind))
        await comeBack(stage)
        assert.ok(animals.length > 0, 'no animals')
        assert.ok(kinds.size >= 1)
        assert.ok(animals.length <= 10)
      }
    },
    {
      name: 'Herds stand in new land',
      here: 'simplified: one herd at most in a column, a quarter of the columns near the start has one',
      expectation: 'the land around the start of the world has animals in groups',
      source: 'minecraft.wiki/w/Mob_spawning#Chunk_generation',
      play: async (/** @type {Stage} */ stage) => {
        await stage.operate('set_spawning', { enabled: true })
        const meadow = await stage.operate('find_biome', { biome: 'plains' })
        await goDown(stage, NOON, meadow.x + 500, meadow.z)
        const animals = await list(stage, 'animal')
        await comeBack(stage)
        const grouped = animals.filter(({ kind, x, z }) =>
          animals.filter(other => other.kind === kind && Math.hypot(other.x - x, other.z - z) < 24).length > 1)
        assert.ok(grouped.length >= 2, `${animals.length} animals, ${grouped.length} in groups`)
      }
    },
    {
      name: 'Monsters vanish when nobody is near, animals do not',
      here: 'simplified: a monster in land that is no longer loaded vanishes as well',
      expectation: 'of forty monsters 40 blocks away most are gone after three minutes, at 20 blocks all are there; those told to stay, and animals, stay',
      source: 'minecraft.wiki/w/Mob_spawning#Despawning',
      play: async (/** @type {Stage} */ stage) => {
        await goDown(stage, NIGHT)
        const { x, z } = stage.bot.entity.position
        await stage.operate('remove_entities')
        const box = async (/** @type {string} */ block, /** @type {number} */ distance, /** @type {number} */ size) => {
          const corner = (/** @type {number} */ way) => [x + distance + way * size, 182 + way * size, z + way * size].map(Math.floor)
          await stage.operate('fill', { block, from: corner(-1), to: corner(1) })
        }
        for (const distance of [0, 15, 40]) {
          await box('stone', distance, 3)
          await box('air', distance, 2)
        }
        await stage.operate('teleport', { x, y: 180, z })
        const summon = async (/** @type {number} */ count, /** @type {number} */ distance, /** @type {string} */ kind, options = {}) => {
          for (let left = count; left > 0; left--) await stage.operate('summon', { kind, x: x + distance, y: 181, z, ...options })
        }
        await summon(40, 40, 'creeper')
        await summon(2, 40, 'zombie', { persistent: true })
        await summon(2, 40, 'pig')
        await summon(5, 15, 'skeleton')
        await stage.skip(600)
        const early = (await list(stage, 'monster')).length
        for (let turn = 0; turn < 30; turn++) {
          await stage.skip(100)
          await stage.operate('set_time', { ticks: NIGHT })
        }
        const kinds = (await list(stage, 'monster')).map(({ kind }) => kind)
        const count = (/** @type {string} */ kind) => kinds.filter(each => each === kind).length
        const pigs = (await list(stage, 'animal')).length
        await comeBack(stage)
        assert.equal(early, 47)
        assert.ok(count('creeper') < 20, `${count('creeper')} creepers left`)
        assert.equal(count('zombie'), 2)
        assert.equal(count('skeleton'), 5)
        assert.equal(pigs, 2)
      }
    },
    {
      name: 'Monsters far away vanish at once',
      here: 'as vanilla',
      expectation: 'a zombie 60 blocks away stays, and is gone in the tick in which the bot is 140 blocks away',
      source: 'minecraft.wiki/w/Mob_spawning#Despawning',
      play: async (/** @type {Stage} */ stage) => {
        await goDown(stage, NIGHT)
        const { x, y, z } = stage.bot.entity.position
        await stage.operate('remove_entities')
        await stage.operate('summon', { kind: 'zombie', x: x + 50, y: y + 2, z })
        await stage.skip(20)
        assert.equal((await list(stage, 'monster')).length, 1)
        await stage.operate('teleport', { x: x - 90, y: 180, z })
        await stage.skip(2)
        const left = (await list(stage, 'monster')).length
        await comeBack(stage)
        assert.equal(left, 0)
      }
    },
    {
      name: 'Peace',
      here: 'as vanilla',
      expectation: 'on peaceful no monster appears at night',
      source: 'minecraft.wiki/w/Difficulty#Peaceful',
      play: async (/** @type {Stage} */ stage) => {
        await goDown(stage, NIGHT)
        await stage.operate('command', { text: 'difficulty peaceful' })
        await stage.operate('set_spawning', { enabled: true })
        await stage.skip(600)
        const monsters = await list(stage, 'monster')
        await stage.operate('command', { text: 'difficulty normal' })
        await comeBack(stage)
        assert.equal(monsters.length, 0)
      }
    }
  ],
  absent: [
    { name: 'Monster spawners, patrols, sieges, slime chunks', here: 'absent' }
  ]
}
