'use strict'

/** What the bot's process tells of a version's data. */

const assert = require('node:assert/strict')
const { test } = require('node:test')
const registryOf = require('../../mc_server/node_modules/prismarine-registry')
const { readGameData } = require('../../mc_server/bridge/bot/game_data')

test('what grass drops now and then is luck, also of a block whose loot has an older name', () => {
  const { blocks } = readGameData({ version: '1.20.4', registry: registryOf('1.20.4') })
  for (const name of ['short_grass', 'tall_grass']) {
    const block = blocks.find((/** @type {any} */ one) => one.name === name)
    assert.deepEqual([block.drops, block.rare_drops], [[], ['wheat_seeds']])
  }
})
