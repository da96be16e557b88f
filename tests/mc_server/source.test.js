'use strict'
/** What is told of a program's source, and whether what is told of the bot is what the membrane shows. */

const test = require('node:test')
const assert = require('node:assert/strict')
const { SourceReader } = require('../../mc_server/bridge/source/source_reader')
const { readSource } = require('../../mc_server/bridge/source/program_source')
const { botReference } = require('../../mc_server/bridge/source/bot_reference')
const { goalsList, pathfinderList, dataList } = require('../../mc_server/bridge/source/membrane_lists')
const { StandInBot } = require('./membrane_harness')
const { Membrane } = require('../../mc_server/bridge/membrane/membrane')
const { programGlobals } = require('../../mc_server/bridge/membrane/program_globals')

const names = (/** @type {{name: string}[]} */ list) => list.map(({ name }) => name).sort()
const allNames = (/** @type {any} */ object) => Object.getOwnPropertyNames(object).sort()

test('what is told of the bot is what a program finds', () => {
  const membrane = new Membrane({ bot: new StandInBot(), onListenerError: () => {} })
  const globals = programGlobals(membrane, membrane.bot)
  assert.deepEqual(names(goalsList()), allNames(globals.goals).filter(name => name !== 'Goal'))
  assert.deepEqual(names(dataList()), allNames(globals.mcData))
  assert.deepEqual(names(pathfinderList()), allNames(globals.bot.pathfinder))
  const told = new Set(botReference().members.map(({ name }) => name))
  for (const name of allNames(globals.bot)) assert.ok(told.has(`bot.${name}`), name)
  membrane.dispose()
})

test('signatures are those of the packages', () => {
  const told = new Map(botReference().members.map(member => [member.name, member]))
  const dig = told.get('bot.dig')
  assert.equal(dig?.signature, "bot.dig(block: Block, forceLook?: boolean | 'ignore', digFace?: 'auto' | Vec3 | 'raycast'): Promise<void>")
  assert.deepEqual([dig?.is_async, dig?.gives, dig?.needed, dig?.most], [true, 'void', 1, 3])
  assert.equal(told.get('goals.GoalNear')?.signature, 'new goals.GoalNear(x: number, y: number, z: number, range: number)')
  assert.equal(told.get('bot.pathfinder.goto')?.is_async, true)
  assert.equal(told.get('bot.health')?.signature, 'bot.health: number')
  assert.equal(told.get('window.takeOutput')?.is_async, true)
  assert.equal(told.get('Vec3.offset')?.gives, 'Vec3')
  assert.ok([...told.values()].filter(({ gives }) => gives).length > 200)
})

test('names are followed through scopes and constants', () => {
  const { uses, declared } = /** @type {any} */ (readSource(`
    async function a ({ bot: own = bot, ...rest } = {}, ...more) {
      const { pathfinder: { goto } } = bot
      const data = require('minecraft-data')(bot.version), { Vec3: V } = require('vec3')
      for (const bot of more) bot.dig(rest)
      try { hoisted() } catch ({ message }) { label: for (;;) { console.log(message, goto); break label } }
      function hoisted () { return new V(data['blocksByName'].dirt, own, { bot }) }
      class Inner extends Error { static field = bot.health; #hidden = later; get bot () { return super.bot } }
      var later = typeof Inner
    }`))
  const told = uses.map((/** @type {any} */ { path }) => path.join('.')).sort()
  assert.deepEqual(told, ['Error', 'Vec3', 'bot', 'bot', 'bot', 'bot.health', 'bot.version', 'console.log', 'hoisted',
    'mcData.blocksByName.dirt', 'require', 'require'].sort())
  assert.ok(declared.includes('message') && !declared.includes('label'))
})

test('a source that takes too long costs its thread, and the next is read by another', async () => {
  const reader = new SourceReader(1)
  const facts = await reader.describe().then(() => reader.read(`x = ${'a + '.repeat(4900)}1`))
  assert.match(facts.fault.message, /too complicated/)
  assert.equal((await reader.read('async function a () {}')).functions[0].name, 'a')
})
