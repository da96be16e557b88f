'use strict'
/** However a program ends, nothing of it is left; what it did not await, or did not catch, is its error and no other's. */

const { after, afterEach, before, beforeEach, test } = require('node:test')
const assert = require('node:assert/strict')
const { FLOOR, ProgramTheatre, simulate } = require('./program_harness')

/** @type {any} */
let theatre
/** @type {any} */
let bot

before(async () => {
  theatre = await ProgramTheatre.open()
  bot = theatre.bot
})
beforeEach(() => simulate(() => theatre.reset()))
afterEach(() => assert.deepEqual(theatre.stray.splice(0), []))
after(() => theatre.close())

const hurt = () => theatre.server.operate('hurt', { player: 'tester', damage: 100 })
/** @param {any} run */
const cancel = async run => {
  await bot.waitForTicks(40)
  run.cancel('the budget is spent')
}
const die = async () => {
  await bot.waitForTicks(3)
  await hurt()
}

const untilCancelled = (/** @type {any} */ { signal }) => new Promise((resolve, reject) => {
  signal.addEventListener('abort', () => reject(new Error('cancelled')))
})

/** How a program ends, and what makes it end so. @type {Record<string, {last: string, outcome: string, meanwhile?: (run: any) => any}>} */
const ENDS = {
  'that returns': { last: 'return 1', outcome: 'completed' },
  'that throws': { last: 'await bot.waitForTicks(2); null.x', outcome: 'program_error' },
  'that does not await': { last: 'untilCancelled()', outcome: 'program_error' },
  'that is cancelled': { last: 'await new Promise(() => {})', outcome: 'timed_out', meanwhile: cancel },
  'whose bot dies': { last: 'await new Promise(() => {})', outcome: 'died', meanwhile: die }
}

/** What is left of a program, by name: nothing of it when all are false. */
const leftOvers = () => ({
  controls: Object.keys(bot.controlState).filter(name => bot.controlState[name]),
  goal: bot.pathfinder.goal,
  digging: bot.targetDigBlock,
  using: bot.usingHeldItem,
  window: bot.currentWindow,
  cursor: bot.inventory.selectedItem,
  grid: bot.inventory.slots.slice(1, 5).filter(Boolean),
  asleep: bot.isSleeping,
  vehicle: bot.vehicle ?? null
})
const NOTHING = {
  controls: [], goal: null, digging: null, using: false, window: null, cursor: null, grid: [], asleep: false, vehicle: null
}

const listenerCounts = () => Object.fromEntries(bot.eventNames().map((/** @type {any} */ name) => [String(name), bot.listenerCount(name)]))

for (const [name, { last, outcome, meanwhile }] of Object.entries(ENDS)) {
  test(`a program ${name} leaves nothing running`, async () => {
    await simulate(async () => {
      await theatre.server.operate('give', { player: 'tester', item: 'bow', count: 1 })
      await theatre.server.operate('give', { player: 'tester', item: 'arrow', count: 5 })
      await bot.waitForTicks(5)
    })
    await theatre.run('return 0')
    const { movements, thinkTimeout } = bot.pathfinder
    const known = listenerCounts()
    const ended = await theatre.run(`
      setInterval(() => console.log('still here'), 50)
      setTimeout(() => console.log('still there'), 3000)
      bot.on('physicsTick', () => console.log('heard'))
      bot.once('chat', () => {})
      handler()
      const changed = new Movements(bot)
      changed.canDig = false
      bot.pathfinder.setMovements(changed)
      bot.pathfinder.thinkTimeout = 100
      bot.pathfinder.setGoal(new GoalXZ(500, 500))
      bot.setControlState('sneak', true)
      bot.activateItem()
      ${last}`, { meanwhile, primitives: { untilCancelled, handler: (/** @type {any} */ { bot }) => { bot.on('physicsTick', () => {}) } } })
    assert.equal(ended.outcome, outcome, JSON.stringify(ended.error))
    assert.deepEqual(leftOvers(), NOTHING)
    assert.equal(bot.pathfinder.movements, movements)
    assert.equal(bot.pathfinder.thinkTimeout, thinkTimeout)
    assert.deepEqual(listenerCounts(), known)
    const sent = ended.sent.length
    await simulate(() => bot.waitForTicks(100))
    assert.equal(ended.sent.length, sent)
    assert.equal(ended.run.timers.alive.size, 0)
  })
}

for (const [name, { last, outcome, meanwhile }] of Object.entries(ENDS)) {
  if (outcome === 'died') continue
  test(`a program ${name} loses nothing that hangs on the cursor, and its window is closed`, async () => {
    await simulate(async () => {
      await theatre.server.operate('set_block', { x: 2, y: FLOOR, z: 0, block: 'chest' })
      await theatre.server.operate('give', { player: 'tester', item: 'diamond', count: 7 })
      await bot.waitForTicks(5)
    })
    const take = async (/** @type {any} */ { bot }) => {
      const chest = bot.blockAt(bot.entity.position.floored().offset(2, 0, 0))
      const window = await bot.openContainer(chest)
      await bot.clickWindow(window.findInventoryItem('diamond').slot, 0, 0)
      return window.selectedItem.count
    }
    const ended = await theatre.run(`console.log(await take()); ${last}`, { meanwhile, primitives: { take, untilCancelled } })
    assert.deepEqual([ended.outcome, ended.lines[0]], [outcome, '7'])
    assert.deepEqual(leftOvers(), NOTHING)
    assert.deepEqual(ended.after.inventory, { diamond: 7 })
  })
}

test('what lies in the crafting grid comes back', async () => {
  await simulate(async () => {
    await theatre.server.operate('give', { player: 'tester', item: 'oak_log', count: 3 })
    await bot.waitForTicks(5)
  })
  const lay = async (/** @type {any} */ { bot }) => {
    await bot.clickWindow(bot.inventory.findInventoryItem('oak_log').slot, 0, 0)
    await bot.clickWindow(1, 1, 0)
  }
  const ended = await theatre.run('await lay()', { primitives: { lay } })
  assert.equal(ended.outcome, 'completed', JSON.stringify(ended.error))
  assert.deepEqual(leftOvers(), NOTHING)
  assert.deepEqual(ended.after.inventory, { oak_log: 3 })
})

test('digging stops, also when it begins only a moment later', async () => {
  const ended = await theatre.run('bot.dig(bot.blockAt(bot.entity.position.offset(1, -1, 0)))')
  assert.deepEqual([ended.error.code, ended.error.line, ended.stuck], ['not_awaited', 2, false])
  assert.match(ended.error.message, /bot\.dig \(line 2\)/)
  await simulate(() => bot.waitForTicks(200))
  assert.deepEqual(leftOvers(), NOTHING)
  assert.equal(bot.blockAt(bot.entity.position.offset(1, -1, 0)).name, 'stone')
})

test('walking stops, and the process need not', async () => {
  const ended = await theatre.run('bot.pathfinder.goto(new GoalXZ(8, 8))\nawait bot.waitForTicks(5)')
  assert.deepEqual([ended.error.code, ended.error.line, ended.stuck], ['not_awaited', 2, false])
  assert.match(ended.error.message, /bot\.pathfinder\.goto \(line 2\)/)
  await simulate(() => bot.waitForTicks(10))
  const there = bot.entity.position.clone()
  await simulate(() => bot.waitForTicks(40))
  assert.deepEqual(bot.entity.position, there)
  assert.deepEqual(leftOvers(), NOTHING)
})

test('a line that a program left out is taken in', async () => {
  await simulate(async () => {
    for (let x = 2; x < 8; x++) for (let z = -3; z < 4; z++) await theatre.server.operate('set_block', { x, y: FLOOR - 1, z, block: 'water' })
    await theatre.server.operate('give', { player: 'tester', item: 'fishing_rod', count: 1 })
    await bot.waitForTicks(5)
  })
  const lines = () => Object.values(bot.entities).filter(entity => entity.name === 'fishing_bobber').length
  let out = 0
  const ended = await theatre.run(`
    await bot.equip(registry.itemsByName.fishing_rod.id, 'hand')
    await bot.lookAt(new Vec3(5, 200, 0), true)
    bot.fish()
    await bot.waitForTicks(30)
    count()`, { primitives: { count: () => { out = lines() } } })
  assert.deepEqual([ended.error.code, ended.error.line, ended.stuck, out], ['not_awaited', 5, false, 1])
  await simulate(() => bot.waitForTicks(10))
  assert.deepEqual([lines(), leftOvers()], [0, NOTHING])
})

test('a bot that a program put to bed is up again', async () => {
  await simulate(async () => {
    await theatre.server.operate('reset_stage', { floor: FLOOR, radius: 12, height: 12, time: 14000, player: 'tester' })
    await theatre.server.operate('set_block', { x: 2, y: FLOOR, z: 0, block: 'red_bed', properties: { part: 'foot', facing: 'east' } })
    await theatre.server.operate('set_block', { x: 3, y: FLOOR, z: 0, block: 'red_bed', properties: { part: 'head', facing: 'east' } })
    await bot.waitForTicks(5)
  })
  const ended = await theatre.run('await bot.sleep(bot.blockAt(new Vec3(2, 200, 0))); return bot.isSleeping')
  assert.deepEqual([ended.outcome, ended.result], ['completed', true], JSON.stringify(ended.error))
  await simulate(() => bot.waitForTicks(10))
  assert.deepEqual(leftOvers(), NOTHING)
})

test('a death tells its cause, and the next program runs at once', async () => {
  const ended = await theatre.run('await new Promise(() => {})', { meanwhile: die })
  assert.deepEqual([ended.outcome, ended.error.code], ['died', 'died'])
  assert.match(ended.error.message, /^the bot died: tester died/)
  const [died] = ended.events.filter((/** @type {any} */ event) => event.type === 'died')
  assert.match(died.data.cause, /^tester died/)
  assert.equal(ended.after.health, 20)
  const next = await theatre.run('await bot.waitForTicks(1); return bot.blockAt(bot.entity.position.offset(0, -1, 0)) !== null')
  assert.deepEqual([next.outcome, next.result], ['completed', true])
})

// ---- what was not awaited, and what nobody caught

/** @type {Record<string, [string, string, number]>} a body, the message of its error, and its line */
const UNHANDLED = {
  'a rejection': ["\nPromise.reject(new Error('lost'))\nawait bot.waitForTicks(5)", 'lost', 3],
  'a rejection just before the end': ["Promise.reject(new Error('lost'))", 'lost', 2],
  'a helper that was not awaited': ["const help = async () => {\nawait null\nthrow new Error('helpless') }\nhelp()\nreturn 1", 'helpless', 4],
  'a primitive that was not awaited': ['\nrefuse()\nawait bot.waitForTicks(5)', 'no wood', 3],
  'an act that was not awaited': ['\nbot.equip(5, "hand")\nawait bot.waitForTicks(5)', '', 3],
  'a callback of a timer': ['setTimeout(() => {\n null.x\n }, 10)\nawait bot.waitForTicks(5)', "Cannot read properties of null (reading 'x')", 3],
  'an async callback of a timer': ['setTimeout(async () => {\n null.x\n }, 10)\nawait bot.waitForTicks(5)', "Cannot read properties of null (reading 'x')", 3],
  'a listener': ["bot.on('physicsTick', () => {\n null.x\n })\nawait bot.waitForTicks(5)", "Cannot read properties of null (reading 'x')", 3],
  'an async listener': ["bot.on('physicsTick', async () => {\n await null; null.x\n })\nawait bot.waitForTicks(5)", "Cannot read properties of null (reading 'x')", 3]
}
const refuse = async () => {
  await null
  throw Object.assign(new Error('no wood'), { code: 'not_found' })
}
for (const [name, [body, message, line]] of Object.entries(UNHANDLED)) {
  test(`${name} is an error of the program, with its line`, async () => {
    const { outcome, error } = await theatre.run(body, { primitives: { refuse } })
    assert.deepEqual([outcome, error.module, error.line], ['program_error', 'main', line], JSON.stringify(error))
    if (message) assert.equal(error.message, message)
  })
}

test('a primitive that does not end with its program is told, so that its process is ended', async () => {
  const ended = await theatre.run('return 1', { primitives: { deaf: () => new Promise(() => {}) } })
  const stuck = await theatre.run('deaf(); return 1', { primitives: { deaf: () => new Promise(() => {}) } })
  assert.deepEqual([ended.stuck, stuck.stuck, stuck.error.code], [false, true, 'not_awaited'])
  assert.deepEqual([stuck.calls[0].name, stuck.calls[0].error.code, stuck.calls[0].error.line], ['deaf', 'cancelled', 2])
})

test('what a run left unhandled because it was cut off is nobody\'s fault', async () => {
  const ended = await theatre.run('untilCancelled(); untilCancelled(); await new Promise(() => {})', { meanwhile: cancel, primitives: { untilCancelled } })
  assert.deepEqual([ended.outcome, ended.error.message], ['timed_out', 'the budget is spent'])
  assert.equal((await theatre.run('await bot.waitForTicks(5); return 1')).outcome, 'completed')
})

test('what comes late of one program is not taken for the next one\'s', async () => {
  /** @type {any} */ let fail
  const late = () => {
    const error = new Error('late')
    const failed = new Promise((resolve, reject) => { fail = () => reject(error) })
    failed.then(() => {})
    return 1
  }
  assert.equal((await theatre.run('return late()', { primitives: { late } })).outcome, 'completed')
  const next = await theatre.run('await bot.waitForTicks(5); return 2', { meanwhile: () => fail() })
  assert.deepEqual([next.outcome, next.result], ['completed', 2])
})

test('a race with a wait leaves the wait, and is no error', async () => {
  const ended = await theatre.run('return await Promise.race([bot.waitForTicks(1000), bot.waitForTicks(2).then(() => "quick")])')
  assert.deepEqual([ended.outcome, ended.result], ['completed', 'quick'])
})

test('the code of a program that was cut off is never resumed', async () => {
  const ended = await theatre.run('try { await bot.waitForTicks(1000) } finally { bot.chat("still here") }', { meanwhile: cancel })
  assert.equal(ended.outcome, 'timed_out')
  await simulate(() => bot.waitForTicks(1100))
  assert.deepEqual(ended.trace, [])
})
