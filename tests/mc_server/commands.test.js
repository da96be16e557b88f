'use strict'
/** Slash commands are for tests: without the flag for them they are refused, whoever gives them and however. */

const assert = require('node:assert/strict')
const { once } = require('node:events')
const { after, before, test } = require('node:test')
const { PATIENCE_MILLISECONDS, TestServer, join, within } = require('./embedded_harness')

/** @type {any} */
let server
/** @type {any} */
let bot

before(async () => {
  server = await TestServer.start(undefined, 1, [], { forTests: false })
  bot = await join(server.port)
})

after(async () => {
  bot.end()
  await server.stop()
})

const COMMANDS = ['/give tester diamond', '/gamemode creative', '/tp 0 200 0', '/op tester', '/setblock ~ ~-1 ~ air', '/kill', '/say x']

test('every command is refused with a line in the chat and changes nothing', async () => {
  const { x, z } = bot.entity.position
  const ground = bot.blockAt(bot.entity.position.offset(0, -1, 0))
  for (const command of COMMANDS) {
    bot.chat(command)
    const [message] = await within(PATIENCE_MILLISECONDS, once(bot, 'message'), `the answer to ${command}`)
    assert.match(message.toString(), /no commands in this world/)
  }
  assert.equal(bot.game.gameMode, 'survival')
  assert.equal(bot.inventory.items().length, 0)
  assert.equal(bot.health, 20)
  assert.deepEqual([bot.entity.position.x, bot.entity.position.z], [x, z])
  assert.equal(bot.blockAt(ground.position).name, ground.name)
})

test('a creative slot is refused in survival', async () => {
  const answered = once(bot._client, 'window_items')
  bot._client.write('set_creative_slot', { slot: 36, item: { present: true, itemId: 1, itemCount: 64, nbtData: undefined } })
  await within(PATIENCE_MILLISECONDS, answered, 'the inventory as it is')
  assert.equal(bot.inventory.items().length, 0)
})

test('nothing is completed', async () => {
  assert.deepEqual(await bot.tabComplete('/gi'), [])
})
