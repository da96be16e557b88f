'use strict'
/** Ways in which a program could get behind its view of the bot, or use it to do harm. */

const test = require('node:test')
const assert = require('node:assert/strict')
const path = require('node:path')
const { StandInBot, resultOf, start } = require('./membrane_harness')

const { checkNumbers } = require(path.join(__dirname, '..', '..', 'mc_server', 'bridge', 'membrane', 'number_guard.js'))

const FUNCTION_OF_OURS = `
  const isOurs = value => typeof value === 'function' || (value !== null && typeof value === 'object' && '_client' in value)
  const leaked = []
  const note = (...values) => { for (const value of values) if (isOurs(value)) leaked.push(value) }`

/** Each hands over something that notes what it is called with, and returns how much of ours it got. @type {Record<string, string>} */
const LEAKS = {
  'a promise with a then of its own': 'const promise = Promise.resolve(1); Object.defineProperty(promise, "then", { value: note }); try { bot.dig(promise) } catch {}; try { await give(promise) } catch {}',
  'a class of promises': 'class Mine extends Promise { then (...given) { note(...given) } }; try { bot.dig(new Mine(() => {})) } catch {}; try { give(new Mine(() => {})) } catch {}',
  'an object with a then': 'try { await give({ then: note }) } catch {}; try { bot.equip({ then: note }, "hand") } catch {}',
  'a list of a class of its own': 'class Mine extends Array { static get [Symbol.species] () { return note } map (...given) { note(...given) } }; try { bot.equip(Mine.of(1, 2), "hand") } catch {}',
  'a list with an iterator of its own': 'const list = [1]; list[Symbol.iterator] = function * () { yield bot }; try { bot.equip(list, "hand") } catch {}',
  'a vector with a method of its own': 'class Mine extends Vec3 { floored (...given) { note(this, ...given); return this } }; bot.blockAt(new Mine(1, 2, 3))',
  'a pattern with an exec of its own': 'const pattern = /x/; Object.defineProperty(pattern, "exec", { value: note }); try { bot.chat(pattern) } catch {}',
  'a proxy': 'const proxy = new Proxy({}, { get: (...given) => { note(given[2] === proxy ? undefined : given[2]); return 1 } }); try { await bot.lookAt(proxy) } catch {}',
  'a function where none belongs': 'try { await bot.dig(bot.blockAt(new Vec3(2, 64, 0)), note) } catch {}',
  'a predicate': 'bot.findBlocks({ matching: function (...given) { note(this, ...given); return false } }); bot.nearestEntity(function (...given) { note(this, ...given); return false })',
  'a listener': 'bot.on("health", function (...given) { note(this, ...given) }); tell("health", () => {}, { _client: 1, deep: { run: () => {} } })',
  'what a listener returns': 'bot.on("health", () => ({ then: note })); tell("health")'
}
for (const [name, source] of Object.entries(LEAKS)) {
  test(`nothing of ours goes to ${name}`, async () => {
    const bot = new StandInBot()
    const tell = (/** @type {string} */ event, /** @type {any[]} */ ...args) => bot.emit(event, ...args)
    const { membrane } = start('', { bot })
    const give = (/** @type {any} */ value) => { membrane.in(value) }
    const { result } = start(`${FUNCTION_OF_OURS}\n${source}\nawait 0\n// Functions that settle a promise of ours are no way in.
      return leaked.filter(value => typeof value !== 'function' || value.length !== 1).length`, { bot, globals: { tell, give } })
    assert.equal(await result, 0)
  })
}

test('what settles an adopted promise gives nothing back', async () => {
  const { membrane, bot } = start('')
  /** @type {any[]} */ const given = []
  const thenable = Object.create(Promise.prototype, { then: { value: (/** @type {any[]} */ ...functions) => given.push(...functions) } })
  membrane.in(thenable)
  await null
  assert.equal(given.length, 2)
  assert.equal(given[0](membrane.out(bot)), undefined)
})

test('an argument is read once, before anything is done with it', async () => {
  const { result, bot } = start(`
    let looks = 0
    const options = { get matching () { looks++; return 1 }, get maxDistance () { return looks++ < 5 ? 10 : 1e9 } }
    bot.findBlocks(options)
    return looks`)
  assert.equal(await result, 2)
  assert.deepEqual(bot.done[0], ['findBlocks', 10, 1])
})

test('a search with what a view shows changes nothing of it', async () => {
  const bot = /** @type {any} */ (new StandInBot())
  bot.players = { matching: { username: 'matching' }, count: { username: 'count' } }
  const { result } = start('try { bot.findBlocks(bot.players) } catch (error) { return error.code }', { bot })
  assert.equal(await result, 'invalid_argument')
  assert.deepEqual(Object.keys(bot.players), ['matching', 'count'])
  assert.equal(bot.players.count.username, 'count')
})

test('what is dug is a block, whatever else a program has a view of', async () => {
  const { result, bot } = start('try { await bot.dig(bot.entity) } catch (error) { return error.message }')
  assert.match(await result, /takes a block that the bot gave/)
  assert.deepEqual(bot.done, [])
})

/** What Mineflayer would take, and keep. @type {[string, ...any[]][]} */
const ODD = [
  ['setQuickBarSlot', 1.5], ['setQuickBarSlot', '3'], ['setQuickBarSlot', null], ['setQuickBarSlot', 9], ['setQuickBarSlot'],
  ['clickWindow', 0.5, 0, 0], ['clickWindow', '__proto__', 0, 0], ['moveSlotItem', 'length', 1], ['putAway', -1], ['look', 1e300, 0],
  ['look', 'a', 0], ['look'], ['moveVehicle', 9, 0], ['setControlState', '__proto__', true], ['setControlState', 'constructor', true],
  ['setControlState', 'forward', 1]
]
for (const [method, ...args] of ODD) {
  test(`Mineflayer is not told ${method}(${args.map(value => JSON.stringify(value)).join(', ')})`, async () => {
    assert.throws(() => checkNumbers(method, args), { code: 'invalid_argument' })
  })
}

test('numbers are looked over before Mineflayer is told them', async () => {
  const { result, bot } = start('try { bot.setControlState("__proto__", true) } catch (error) { return error.message }')
  assert.match(await result, /takes one of forward/)
  assert.deepEqual(bot.done, [])
})

test('the name of an error chooses no class but one of errors', async () => {
  const { membrane } = start('')
  for (const name of ['toString', '__proto__', 'constructor', 'valueOf', 'TypeError']) {
    const copy = membrane.outError({ name, message: 'no' })
    assert.ok(copy instanceof Error)
    assert.deepEqual([copy.name, copy.message], [name, 'no'])
  }
})

test('names that would change a prototype are not copied', async () => {
  const { result, bot } = start('await bot.equip(JSON.parse(\'{"__proto__": {"type": 9}, "constructor": 1, "prototype": 2, "type": 3}\'), "hand")')
  await result
  assert.deepEqual(bot.done[0][1], { type: 3 })
  assert.equal(Object.getPrototypeOf(bot.done[0][1]), Object.prototype)
})

/** Each is refused before Mineflayer is asked. */
const REFUSED = [
  'bot.look(NaN, 0)', 'bot.look(Infinity, 0)', 'bot.lookAt(new Vec3(1, NaN, 3))', 'bot.lookAt(new Vec3(1, { valueOf: () => 3 }, 3))',
  'bot.toss(1, null, Infinity)', 'bot.equip(new Array(1e8), "hand")', 'bot.equip(Array.from({ length: 20000 }, () => ({})), "hand")',
  'bot.setControlState(Symbol.iterator, true)', 'const loop = {}; loop.loop = loop; bot.equip(loop, "hand")', 'bot.equip(() => {}, "hand")',
  'bot.waitForTicks(Infinity)', 'bot.waitForTicks("5")', 'bot.findBlocks({ matching: undefined })', 'bot.findBlocks({ matching: 1, maxDistance: NaN })',
  'bot.dig({ position: new Vec3(1, 2, 3), name: "stone" })', 'bot.craft({ delta: [], requiresTable: false }, 1)',
  'bot.pathfinder.goto({ x: 1, y: 2, z: 3 })', 'bot.pathfinder.goto(new Vec3(1, 2, 3))', 'bot.pathfinder.goto({ isEnd: () => true, heuristic: () => 0 })',
  'bot.pathfinder.goto(Object.create(GoalNear.prototype))', 'new GoalNear(1, NaN, 3, 1)', 'new GoalNear(1, 2, 3)', 'new GoalNear(new Vec3(1, 2, 3), 1)',
  'new GoalFollow({ position: 1 }, 1)', 'new GoalBlock(1e300, 1, 1)', 'new goals.Goal()', 'new (class extends GoalNear {})(1, 2, 3, 1)',
  'new (Object.getPrototypeOf(GoalNear))()', 'new goals.GoalCompositeAny([{}])', 'const any = new goals.GoalCompositeAny(); any.push(any)', 'const any = new goals.GoalCompositeAny(); any.push(new goals.GoalInvert(any))',
  'let goal = new GoalXZ(1, 2); for (let i = 0; i < 50; i++) goal = new goals.GoalInvert(goal)',
  'bot.pathfinder.setMovements({ canDig: false })', 'const m = new Movements(bot); m.scafoldingBlocks = [{}]; bot.pathfinder.setMovements(m)',
  'const m = new Movements(bot); m.digCost = -1; bot.pathfinder.setMovements(m)', 'bot.pathfinder.thinkTimeout = NaN', 'bot.pathfinder.goto = 1',
  'bot.on(Symbol.iterator, () => {})', 'bot.on("health", {})', 'for (let i = 0; i < 1000; i++) bot.on("health", () => {})'
]
for (const source of REFUSED) {
  test(`refused: ${source}`, async () => {
    const { result, bot } = start(source)
    await assert.rejects(result)
    assert.deepEqual(bot.done.filter((/** @type {any[]} */ [name]) => name !== 'setMovements' || source.includes('= -1') || source.includes('[{}]')), [])
  })
}

/** Each is what a program must not be able to tell the server. */
const TEXTS = [
  'bot.chat("\\u200b/op me")', 'bot.chat("\\u00a7c red")', 'bot.chat("bell\\u0007")', 'bot.whisper("a b", "hi")', 'bot.whisper("@a", "hi")',
  'bot.whisper("someone\\n/op", "hi")', 'bot.whisper("someone", "hi\\n/op me")', 'bot.whisper("someone", "x".repeat(101))',
  'bot.updateSign(bot.blockAt(new Vec3(0, 0, 0)), "hello\\n/op me")', 'bot.updateSign(bot.blockAt(new Vec3(0, 0, 0)), ["/op me"])',
  'bot.updateSign(bot.blockAt(new Vec3(0, 0, 0)), \'{"text":"x","clickEvent":{}}\')', 'bot.updateSign(bot.blockAt(new Vec3(0, 0, 0)), "1\\n2\\n3\\n4\\n5")'
]
for (const source of TEXTS) {
  test(`not sent: ${source}`, async () => {
    const { result, bot } = start(source)
    await assert.rejects(result, { code: 'invalid_argument' })
    assert.deepEqual(bot.done, [])
  })
}

test('what people say is sent', async () => {
  const { result, bot } = start('bot.chat("1/2 of it, über Ω"); bot.whisper("some_one", "hello there"); bot.updateSign(bot.blockAt(new Vec3(0, 0, 0)), "home\\nof tester")')
  await result
  assert.deepEqual(bot.done.map((/** @type {any[]} */ [name]) => name), ['chat', 'whisper', 'updateSign'])
})

/** Each must come out as undefined. */
const HIDDEN = [
  'bot._client', 'bot.creative', 'bot.emit', 'bot.world', 'bot.physics', 'bot.loadPlugin', 'bot.rawListeners', 'bot.eventNames', 'bot.then',
  'bot.inventory.updateSlot', 'bot.inventory.acceptClick', 'bot.inventory.emit', 'bot.inventory._events', 'bot.pathfinder.bot',
  'bot.entity.emit', 'bot.entity._events', 'bot.entity.setEquipment', 'bot.inventory.slots[36].constructor.fromNotch',
  'bot.blockAt(new Vec3(2, 64, 0)).constructor.fromStateId', 'Object.getPrototypeOf(bot.entity).constructor.name === "Entity" || undefined',
  'new GoalNear(1, 2, 3, 1).world', 'new goals.GoalLookAtBlock(new Vec3(1, 2, 3)).world', 'registry.loadDimensionCodec', 'registry.protocol',
  'new Movements(bot).bot', 'bot[Symbol.for("nodejs.rejection")]', 'Object.getOwnPropertySymbols(bot.inventory)[0]'
]
for (const expression of HIDDEN) {
  test(`a program does not see ${expression}`, async () => assert.equal(await resultOf(`return ${expression}`), undefined))
}

/** Each must fail, or change nothing. */
const CHANGES = [
  'registry.itemsByName.dirt.id = 1', 'registry.blocksByName.hostile = {}', 'mcData.recipes[1].push(1)', 'GoalNear.prototype.isEnd = () => true',
  'goals.GoalNear = null', 'Movements.prototype.x = 1', 'new GoalNear(1, 2, 3, 1).x = 9', 'bot.entity.name = "x"', 'bot.inventory.slots[36].count = 64',
  'bot.blockAt(new Vec3(0, 0, 0)).name = "x"', 'Object.getPrototypeOf(bot.blockAt(new Vec3(0, 0, 0))).canHarvest = () => true',
  'Object.getPrototypeOf(Object.getPrototypeOf(bot.entity)).x = 1',
  'try { bot.look(NaN) } catch (error) { error.constructor.prototype.x = 1 }', 'Object.getPrototypeOf(Object.getPrototypeOf(bot.chat)).x = 1'
]
for (const source of CHANGES) {
  test(`not to be changed: ${source}`, async () => { await assert.rejects(resultOf(source)) })
}

test('an event that a program may not hear never comes', async () => {
  const bot = new StandInBot()
  const { result } = start('let heard = 0; for (const event of ["newListener", "inject_allowed", "packet", "login_packet", "connect"]) bot.on(event, () => heard++); tell(); return heard',
    { bot, globals: { tell: () => { for (const event of ['inject_allowed', 'packet', 'connect']) bot.emit(event, { _client: 1 }) } } })
  assert.equal(await result, 0)
})

test('a program nested so deep that an act could break off is stopped before it begins', async () => {
  const bot = new StandInBot()
  let left = 0
  // Uses some of the stack, as Mineflayer does.
  const work = (/** @type {number} */ depth) => { if (depth > 0) work(depth - 1) }
  let begun = 0
  bot.chat = () => { begun++; work(50); left++ }
  const { result } = start('const deeper = () => { try { deeper() } catch { bot.chat("x") } }; for (let i = 0; i < 3; i++) try { deeper() } catch {}', { bot })
  await result.catch(() => {})
  assert.equal(begun, left)
})

test('a predicate that throws gives the program its own error', async () => {
  const source = 'const own = new RangeError("mine"); try { bot.findBlocks({ matching: () => { throw own } }) } catch (error) { return error === own }'
  assert.equal(await resultOf(source), true)
})

test('a predicate may use the bot', async () => {
  assert.equal(await resultOf('return bot.findBlocks({ matching: block => bot.blockAt(block.position.offset(0, -1, 0)).name === "dirt" }).length'), 1)
})

test('what a path is to cost is asked of the program without harm', async () => {
  const { result, bot, errors } = start(`
    const movements = new Movements(bot)
    movements.exclusionAreasStep.push(() => { throw new Error('oops') }, () => 'much', () => 5)
    bot.pathfinder.setMovements(movements)`)
  await result
  const [, real] = bot.done[0]
  assert.equal(real.exclusionStep(bot.blockAt(bot.entity.position)), 5)
  assert.equal(errors[0].message, 'oops')
})

test('only what was seen is found', async () => {
  const sight = { hasSeen: () => false }
  assert.equal(await resultOf('return bot.findBlocks({ matching: mcData.blocksByName.oak_log.id }).length', { sight }), 0)
  const predicate = 'return bot.findBlocks({ matching: block => block.name === "oak_log", useExtraInfo: true }).length'
  assert.equal(await resultOf(predicate, { sight }), 0)
  assert.equal(await resultOf(predicate, { sight: { hasSeen: () => true } }), 1)
})

test('acts are told when they begin and when they end', async () => {
  const { result, bot, actions } = start('bot.chat("hello"); await bot.dig(bot.blockAt(new Vec3(2, 64, 0))); bot.findBlocks({ matching: 1 }); await bot.pathfinder.goto(new GoalXZ(1, 2))')
  await result
  assert.deepEqual(actions.map(({ name, ended }) => [name, ended]), [['chat', null], ['dig', null], ['pathfinder.goto', null]])
  assert.equal(actions[1].args[0].name, 'oak_log')
  assert.match(actions[0].site, /program\/\d*\/?main\.js:1/)
  assert.equal(bot.done.length, 4)
})

test('an act that fails is told with its error', async () => {
  const bot = new StandInBot()
  bot.dig = async () => { throw Object.assign(new Error('too far'), { code: 'far' }) }
  const { result, actions } = start('await bot.dig(bot.blockAt(new Vec3(2, 64, 0)))', { bot })
  await assert.rejects(result, { message: 'too far', code: 'far' })
  assert.equal(actions[0].ended.message, 'too far')
})

test('what a program still waits for is known, and never comes after its end', async () => {
  const bot = new StandInBot()
  /** @type {any} */ let arrive
  bot.dig = () => new Promise(resolve => { arrive = resolve })
  let went = false
  const { result, membrane } = start('await bot.dig(bot.blockAt(new Vec3(2, 64, 0))); goOn()', { bot, globals: { goOn: () => { went = true } } })
  assert.deepEqual(membrane.unfinished().map((/** @type {any} */ { name }) => name), ['dig'])
  membrane.dispose()
  arrive()
  await new Promise(resolve => setImmediate(resolve))
  assert.equal(went, false)
  assert.deepEqual(membrane.unfinished(), [])
  assert.equal(await Promise.race([result, Promise.resolve('still waiting')]), 'still waiting')
})

test('after its end a program reads and does nothing, and leaves no listener', async () => {
  const { result, bot, membrane } = start(`
    bot.on('health', () => {}); bot.waitForTicks(1e9)
    const { entity, inventory, pathfinder } = bot
    const goal = new GoalXZ(1, 2)
    return [() => bot.health, () => entity.position, () => inventory.slots, () => bot.chat('x'), () => pathfinder.goto(goal), () => new Movements(bot),
      () => bot.blockAt(new Vec3(0, 0, 0)), () => bot.on('time', () => {}), () => pathfinder.thinkTimeout, () => new GoalXZ(1, 2)]`)
  const attempts = await result
  membrane.dispose()
  for (const attempt of attempts) assert.throws(attempt, { code: 'cancelled' })
  assert.deepEqual(bot.done, [])
  assert.deepEqual(bot.eventNames(), [])
})
