'use strict'

const assert = require('node:assert/strict')

/** @typedef {import('../stage').Stage} Stage */
/** @typedef {import('../stage').Place} Place */

const blockLight = (/** @type {Stage} */ { bot }, /** @type {any} */ at) => bot.blockAt(at).light
const skyLight = (/** @type {Stage} */ { bot }, /** @type {any} */ at) => bot.blockAt(at).skyLight

/** Waits until the bot sees sky or block light of some level at a place. */
const sees = (/** @type {Stage} */ stage, /** @type {(stage: Stage, at: any) => number} */ light, /** @type {Place} */ place, /** @type {number} */ level) =>
  stage.until(() => light(stage, stage.at(...place)) === level, `light ${level} at ${place}`)
    .catch(error => { throw new Error(`${error.message} It is ${light(stage, stage.at(...place))}.`) })

module.exports = {
  title: 'Light',
  mechanics: [
    {
      name: 'The light of a torch falls by one a block',
      here: 'as vanilla',
      expectation: 'a torch has block light 14, a block away it is 13, and so on to 0; sideways and down counts step by step; also over the border of two columns',
      source: 'minecraft.wiki/w/Light#Block_light',
      play: async (/** @type {Stage} */ stage) => {
        await stage.set('torch', [-8, 0, 3])
        await sees(stage, blockLight, [-8, 0, 3], 14)
        for (let distance = 0; distance <= 18; distance++) await sees(stage, blockLight, [-8 + distance, 0, 3], Math.max(0, 14 - distance))
        assert.equal(blockLight(stage, stage.at(-6, 2, 5)), 14 - 6)
      }
    },
    {
      name: 'A torch that is taken leaves the dark behind',
      here: 'as vanilla',
      expectation: 'the block light of a torch is gone with it; that of another torch stays',
      source: 'minecraft.wiki/w/Light#Block_light',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await stage.set('torch', [2, 0, 0])
        await stage.set('torch', [-8, 0, 0])
        await sees(stage, blockLight, [0, 0, 0], 12)
        await bot.dig(bot.blockAt(stage.at(2, 0, 0)))
        await sees(stage, blockLight, [0, 0, 0], 14 - 8)
        await sees(stage, blockLight, [2, 0, 0], 14 - 10)
      }
    },
    {
      name: 'Light depends on the state of a block',
      here: 'as vanilla',
      expectation: 'a burning furnace gives 13, one that is out none; three sea pickles in water give 12, dry ones none; a redstone torch 7; lava 15',
      source: 'minecraft.wiki/w/Light#Blocks; minecraft-data emitLight',
      play: async (/** @type {Stage} */ stage) => {
        const shows = async (/** @type {string} */ block, /** @type {number} */ level, properties = {}) => {
          await stage.set(block, [4, 0, 4], properties)
          await sees(stage, blockLight, [4, 1, 4], Math.max(0, level - 1))
        }
        await shows('furnace', 13, { lit: true })
        await shows('furnace', 0, { lit: false })
        await shows('sea_pickle', 12, { pickles: 3, waterlogged: true })
        await shows('sea_pickle', 0, { pickles: 3, waterlogged: false })
        await shows('redstone_torch', 7, { lit: true })
        await shows('glowstone', 15)
      }
    },
    {
      name: 'Sky light falls off under a roof',
      here: 'as vanilla',
      expectation: 'in the open it is 15; under a roof of stone it is one less for each block from the edge',
      source: 'minecraft.wiki/w/Light#Sky_light',
      play: async (/** @type {Stage} */ stage) => {
        await sees(stage, skyLight, [0, 0, 0], 15)
        await stage.fill('stone', [-12, 4, -12], [12, 4, 12])
        await sees(stage, skyLight, [0, 5, 0], 15)
        for (let x = 0; x <= 12; x++) await sees(stage, skyLight, [x, 0, 0], 2 + x)
        assert.equal(skyLight(stage, stage.at(0, 4, 0)), 0)
      }
    },
    {
      name: 'Digging through the roof lets the sky in',
      here: 'as vanilla',
      expectation: 'a closed room has sky light 0; below a dug block it is 15, beside 14; closed again 0',
      source: 'minecraft.wiki/w/Light#Sky_light',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await stage.fill('dirt', [-2, 0, -2], [2, 3, 2])
        await stage.fill('air', [-1, 0, -1], [1, 2, 1])
        await sees(stage, skyLight, [0, 0, 0], 0)
        await bot.dig(bot.blockAt(stage.at(1, 3, 1)))
        await sees(stage, skyLight, [1, 0, 1], 15)
        await sees(stage, skyLight, [0, 0, 1], 14)
        await stage.set('dirt', [1, 3, 1])
        await sees(stage, skyLight, [1, 0, 1], 0)
      }
    },
    {
      name: 'Water and leaves dim the sky, glass does not',
      here: 'as vanilla',
      expectation: 'in a closed shaft sky light is 15 below glass, 14 in leaves and 13 below them, one less for each block of water',
      source: 'minecraft.wiki/w/Light#Opacity',
      play: async (/** @type {Stage} */ stage) => {
        await stage.fill('stone', [4, 0, 4], [6, 8, 6])
        await stage.fill('air', [5, 0, 5], [5, 8, 5])
        await stage.set('glass', [5, 6, 5])
        await sees(stage, skyLight, [5, 0, 5], 15)
        await stage.set('oak_leaves', [5, 6, 5], { persistent: true })
        await sees(stage, skyLight, [5, 6, 5], 14)
        await sees(stage, skyLight, [5, 5, 5], 13)
        await stage.set('glass', [5, 6, 5])
        await stage.fill('water', [5, 0, 5], [5, 2, 5])
        await sees(stage, skyLight, [5, 3, 5], 15)
        await sees(stage, skyLight, [5, 0, 5], 12)
      }
    },
    {
      name: 'Slabs and stairs stop light where they are whole',
      here: 'as vanilla',
      expectation: 'a closed shaft is dark below a slab, above and below; a double slab is dark itself',
      source: 'minecraft.wiki/w/Light#Light-filtering_blocks',
      play: async (/** @type {Stage} */ stage) => {
        await stage.fill('stone', [4, 0, 4], [6, 8, 6])
        await stage.fill('air', [5, 0, 5], [5, 8, 5])
        await stage.set('stone_slab', [5, 6, 5], { type: 'bottom', waterlogged: false })
        await sees(stage, skyLight, [5, 6, 5], 15)
        await sees(stage, skyLight, [5, 5, 5], 0)
        await stage.set('stone_slab', [5, 6, 5], { type: 'top', waterlogged: false })
        await sees(stage, skyLight, [5, 6, 5], 0)
        await stage.set('oak_stairs', [5, 6, 5], { facing: 'north', half: 'bottom', shape: 'straight', waterlogged: false })
        await sees(stage, skyLight, [5, 6, 5], 15)
        await sees(stage, skyLight, [5, 5, 5], 0)
      }
    },
    {
      name: 'A player who comes sees the light as it is',
      here: 'as vanilla',
      expectation: 'a bot that joins has the light of a torch and the shade of a roof in the columns it is sent',
      source: 'wiki.vg Chunk Data and Update Light',
      play: async (/** @type {Stage} */ stage) => {
        await stage.set('torch', [3, 0, 3])
        await stage.fill('stone', [-3, 4, -3], [3, 4, 3])
        const guest = await stage.join()
        await stage.operate('teleport', { player: 'guest', ...stage.at(0.5, 0, 0.5) })
        const seen = () => guest.blockAt(stage.at(0, 0, 0))
        await stage.until(() => seen()?.light === 8 && seen()?.skyLight === 11, 'the guest to see the light')
        assert.deepEqual(await stage.operate('get_light', stage.at(0, 0, 0)), { sky: 11, block: 8, at: 11 })
      }
    }
  ],
  absent: [
    { name: 'Light more than a section above all blocks around', here: 'simplified: as vanilla it is not sent; a vanilla client takes it for full, Mineflayer reads 0' },
    { name: 'Light of trial spawners', here: 'absent' }
  ]
}
