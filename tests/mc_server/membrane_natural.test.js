'use strict'
/** What models write for Mineflayer, as its documentation has it. */

const test = require('node:test')
const assert = require('node:assert/strict')
const { ChatMessage, StandInBot, loadProgram, requireFromServer, resultOf, start } = require('./membrane_harness')

const { goals, Movements } = requireFromServer('mineflayer-pathfinder')

/** @type {[string, any][]} each returns what stands beside it */
const NATURAL = [
  ['return mcData.blocksByName.oak_log.name + registry.itemsByName.stick.stackSize + bot.registry.foodsByName.bread.name', 'oak_log64bread'],
  ['return mcData.itemsArray.filter(item => item.name.endsWith("_log")).length > 5 && mcData.recipes[mcData.itemsByName.stick.id].length > 0', true],
  ['return mcData.version[">="]("1.13") && registry.isOlderThan("1.21") && bot.registry === mcData', true],
  ['return bot.findBlock ? typeof bot.findBlock : bot.findBlocks({ matching: mcData.blocksByName.oak_log.id })[0].x', 2],
  ['return bot.findBlocks({ matching: [1, mcData.blocksByName.oak_log.id], count: 5 }).sort((a, b) => a.x - b.x).pop().x', 2],
  ['return bot.findBlocks({ matching: block => block.name.includes("log"), useExtraInfo: block => block.position.y > 60 }).length', 1],
  ['const block = bot.blockAt(bot.entity.position.offset(0, -1, 0)); const { name, position, diggable } = block; return [name, position.y, diggable, block.getProperties().snowy, block.digTime(null) > 0]',
    ['dirt', 63, true, undefined, true]],
  ['return bot.blockAt({ x: 2, y: 64, z: 0 }).getProperties().axis', 'y'],
  ['return JSON.parse(JSON.stringify(bot.blockAt(new Vec3(0, 60, 0)))).name', 'dirt'],
  ['return bot.inventory.items().map(item => item.name + " " + item.count).sort().join()', 'dirt 3,oak_log 2'],
  ['const item = bot.inventory.items().find(item => item.name === "dirt"); return [{ ...item }.count, Object.keys(item).includes("name"), JSON.parse(JSON.stringify(item)).slot]', [3, true, 36]],
  ['const item = bot.inventory.slots[36]; return item === bot.inventory.items()[0] && bot.inventory.slots.filter(Boolean).length', 2],
  ['return bot.inventory.count(mcData.itemsByName.dirt.id, null)', 3],
  ['return bot.nearestEntity(entity => entity.name === "cow").position.distanceTo(bot.entity.position)', Math.hypot(3.5, 0.5)],
  ['return Object.values(bot.entities).filter(entity => entity !== bot.entity && entity.position.x < 5).map(entity => entity.name)', ['cow']],
  ['let sum = 0; for (const item of [...bot.inventory.items()]) sum += item?.count ?? 0; return sum', 5],
  ['return bot.entity.position instanceof Vec3 && bot.blockAt(bot.entity.position).position instanceof Vec3', true],
  ['return bot.game.dimension + bot.username', 'overworldtester'],
  ['return new GoalNear(1.5, 2, 3, 2).x + goals.GoalNear.name + (new GoalNear(1, 2, 3, 2) instanceof goals.Goal)', '1GoalNeartrue'],
  ['return new goals.GoalBlock(1, 2, 3).isEnd(new Vec3(1, 2, 3))', true],
  ['return await new Promise(resolve => { bot.once("health", () => resolve("heard")); later("health") })', 'heard'],
  ['return bot.recipesFor(5, null, 1, true)[0].result.count', 4],
  ['try { bot.blockAt(null) } catch (error) { return error instanceof TypeError }', true]
]
for (const [source, expected] of NATURAL) {
  test(`a program may write: ${source}`, async () => {
    const bot = new StandInBot()
    const later = (/** @type {string} */ event) => { setImmediate(() => bot.emit(event)) }
    assert.deepEqual(await resultOf(source, { bot, globals: { later } }), expected)
  })
}

test('names that are there can be declared anew, and a module takes the place of one', () => {
  const source = 'const { GoalNear } = goals\nlet mcData = 5\nfunction Vec3 () { return 1 }\nfunction main () { mcData++; const bot = 2; return [GoalNear, mcData, Vec3(), bot, taken()] }'
  const modules = [{ name: 'taken', source: 'function taken () { return 3 }' }, { name: 'main', source }]
  const program = loadProgram({ modules, entry: 'main' }, { goals: { GoalNear: 7 }, mcData: 1, Vec3: 1, bot: 1, taken: () => 1 })
  assert.deepEqual(program(), [7, 6, 1, 2, 3])
})

const GOALS = [
  'GoalNear(1, 2, 3, 1)', 'GoalBlock(1, 2, 3)', 'GoalXZ(1, 2)', 'GoalNearXZ(1, 2, 3)', 'GoalY(5)', 'GoalGetToBlock(1, 2, 3)',
  'GoalLookAtBlock(new Vec3(1, 2, 3), bot.world)', 'GoalFollow(bot.nearestEntity(() => true), 2)', 'GoalInvert(new GoalXZ(1, 2))',
  'GoalCompositeAny([new GoalXZ(1, 2), new GoalY(3)])', 'GoalCompositeAll([new GoalXZ(1, 2)])'
]
for (const goal of GOALS) {
  test(`the path finder goes to new ${goal}`, async () => {
    const { result, bot } = start(`await bot.pathfinder.goto(new ${goal})`)
    await result
    assert.equal(bot.done[0][0], 'goto')
    assert.ok(bot.done[0][1] instanceof goals[goal.slice(0, goal.indexOf('('))])
  })
}

test('a goal that follows has the living entity', async () => {
  const { result, bot } = start('bot.pathfinder.setGoal(new GoalFollow(bot.nearestEntity(entity => entity.name === "cow"), 2), true)')
  await result
  const [, goal, dynamic] = bot.done[0]
  assert.equal(goal.entity, bot.entities[2])
  assert.equal(dynamic, true)
})

test('a goal can be grown', async () => {
  const { result, bot } = start('const any = new goals.GoalCompositeAny(); any.push(new GoalXZ(1, 2)); await bot.pathfinder.goto(any)')
  await result
  assert.equal(bot.done[0][1].goals.length, 1)
})

test('movements can be set, and what is changed later holds from the next goal on', async () => {
  const { result, bot } = start(`
    const movements = new Movements(bot, mcData)
    movements.canDig = false
    movements.scafoldingBlocks = [mcData.itemsByName.stone.id]
    movements.blocksCantBreak.add(7)
    bot.pathfinder.setMovements(movements)
    movements.allow1by1towers = false
    bot.pathfinder.setGoal(new GoalXZ(1, 2))`)
  await result
  const [, real] = bot.done[0]
  assert.ok(real instanceof Movements)
  assert.deepEqual([real.canDig, real.allow1by1towers, real.scafoldingBlocks.length, real.blocksCantBreak.has(7)], [false, false, 1, true])
})

test('what the path finder is set to goes to it', async () => {
  const { result, bot } = start('bot.pathfinder.thinkTimeout = 8000; return bot.pathfinder.isMoving()')
  assert.equal(await result, false)
  assert.equal(bot.pathfinder.thinkTimeout, 8000)
})

test('a message can be shown', async () => {
  const bot = new StandInBot()
  const { result } = start('return await new Promise(resolve => bot.on("message", message => resolve(message + " " + message.toString())))', { bot })
  setImmediate(() => bot.emit('message', new ChatMessage({ text: 'hello' })))
  assert.equal(await result, 'hello hello')
})

test('a block that was found can be dug, an item equipped', async () => {
  const { result, bot } = start('await bot.equip(bot.inventory.items()[0], "hand"); await bot.dig(bot.blockAt(new Vec3(2, 64, 0)))')
  await result
  assert.equal(bot.done[0][1], bot.inventory.slots[36])
  assert.equal(bot.done[1][1].name, 'oak_log')
  assert.equal(typeof bot.done[1][1].digTime, 'function')
})

test('listeners can be taken away, the program\'s own alone', async () => {
  const { result, bot } = start(`
    const listener = () => {}
    bot.on('move', listener); bot.off('move', listener)
    bot.on('health', listener); bot.removeAllListeners('health')
    bot.on('time', listener); bot.removeAllListeners()`)
  bot.on('health', () => {})
  await result
  assert.deepEqual(['move', 'health', 'time'].map(event => bot.listenerCount(event)), [0, 1, 0])
})

test('ticks can be waited for', async () => {
  const { result, bot } = start('await bot.waitForTicks(2); await bot.waitForTicks(0); return "done"')
  setImmediate(() => { bot.emit('physicsTick'); bot.emit('physicsTick') })
  assert.equal(await result, 'done')
  assert.equal(bot.listenerCount('physicsTick'), 0)
})
