'use strict'
const assert = require('node:assert/strict')
const { EventEmitter } = require('node:events')
const { test } = require('node:test')
const { BotNews } = require('../../mc_server/bridge/host/bot_news')
const { StateNews } = require('../../mc_server/bridge/bot/state_news')

/** A bot as far as its state is read. */
function someBot () {
  const bot = new EventEmitter()
  return Object.assign(bot, {
    entity: { position: { x: 1, y: 64, z: 2, floored: () => ({ x: 1, y: 64, z: 2 }) }, yaw: 0 },
    game: { dimension: 'overworld' },
    world: { getBiome: () => 0 },
    registry: { biomes: { 0: { name: 'plains' } } },
    inventory: { slots: [null, { name: 'dirt', count: 3 }], selectedItem: null },
    supportFeature: () => false,
    getEquipmentDestSlot: () => 5,
    heldItem: { name: 'dirt' },
    time: { age: 40, timeOfDay: 40 },
    health: 20,
    food: 20
  })
}

/** @param {EventEmitter} bot @param {number} count */
function tick (bot, count) {
  for (let number = 0; number < count; number++) bot.emit('physicsTick')
}

test('the state is told once a second of the world\'s time where something has changed, and seldom where nothing has', () => {
  const bot = someBot()
  /** @type {any[]} */ const told = []
  const news = new StateNews({ bot }, state => told.push(state))
  tick(bot, 19)
  assert.equal(told.length, 0)
  tick(bot, 1)
  assert.deepEqual(told[0], {
    position: { x: 1, y: 64, z: 2 },
    yaw: 0,
    dimension: 'overworld',
    biome: 'plains',
    health: 20,
    food: 20,
    inventory: { dirt: 3 },
    equipment: { hand: 'dirt' },
    reflex: null,
    time_of_day: 40,
    world_age_ticks: 40
  })
  tick(bot, 180)
  assert.equal(told.length, 1)
  bot.health = 12
  tick(bot, 20)
  assert.deepEqual(told.map(state => state.health), [20, 12])
  tick(bot, 200)
  assert.equal(told.length, 3)
  news.look()
  assert.equal(told.length, 3)
})

test('of what comes too fast the first and the last are passed on, the last at the latest when its program ends', () => {
  /** @type {any[]} */ const told = []
  const news = new BotNews(event => told.push(event))
  for (const line of [1, 2, 3]) news.step({ module: 'a', line, text: `step ${line}` })
  news.step({ module: null, line: null, text: 'nowhere' })
  assert.deepEqual(told.map(({ line }) => line), [1])
  news.programEnded()
  assert.deepEqual(told, [1, 3].map(line => ({ type: 'line', module: 'a', line, text: `step ${line}` })))
  news.programEnded()
  assert.equal(told.length, 2)
})

test('what waits is passed on after the pause', async () => {
  await /** @type {Promise<void>} */ (new Promise(resolve => {
    const news = new BotNews(event => { if (/** @type {any} */ (event).state.food === 2) resolve() })
    for (const food of [1, 3, 2]) news.state({ food })
    setTimeout(() => {}, 1000) // the pause alone keeps no process alive
  }))
})
