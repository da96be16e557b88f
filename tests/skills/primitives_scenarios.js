'use strict'

/**
 * Each primitive in the embedded world: what it achieves and its main errors. A scenario starts on
 * an empty platform high above the ground with an empty inventory.
 */

const assert = require('node:assert/strict')
const { defend } = require('../../skills/primitives/support/combat')
const { markVisited } = require('../../skills/primitives/support/explore')

const FLOOR = 200
const RADIUS = 14
/** Boxes of glass around the platform. */
const RAILING = [
  [[-RADIUS, 0, -RADIUS], [RADIUS, 2, -RADIUS]],
  [[-RADIUS, 0, RADIUS], [RADIUS, 2, RADIUS]],
  [[-RADIUS, 0, -RADIUS], [-RADIUS, 2, RADIUS]],
  [[RADIUS, 0, -RADIUS], [RADIUS, 2, RADIUS]]
]

/**
 * @typedef {Object} Stage
 * @property {any} bot
 * @property {any} context
 * @property {Object<string, Function>} call primitives without their context
 * @property {(op: string, request?: any) => Promise<any>} operate
 * @property {(item: string, count?: number) => Promise<void>} give
 * @property {(block: string, from: number[], to?: number[]) => Promise<void>} fill relative to the
 *   middle of the platform, at whose height 0 the feet are
 * @property {(x: number, y: number, z: number) => {x: number, y: number, z: number}} at
 */

/** @param {any} bot @param {() => any} holds */
function until (bot, holds, timeoutMs = 15000) {
  return new Promise((resolve, reject) => {
    const finish = (/** @type {Function} */ settle, /** @type {any} */ value) => {
      clearTimeout(timer)
      bot.removeListener('physicsTick', onTick)
      settle(value)
    }
    const onTick = () => { if (holds()) finish(resolve, undefined) }
    const timer = setTimeout(() => finish(reject, new Error(`never: ${holds}`)), timeoutMs)
    bot.on('physicsTick', onTick)
  })
}

/** An empty platform with a railing, an empty inventory, a whole bot. @param {any} server @param {any} joined @returns {Promise<Stage>} */
async function setStage (server, { bot, context, call }) {
  const { operate } = server
  const corner = (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ z) => [x, FLOOR + y, z]
  const put = (/** @type {string} */ block, /** @type {any} */ from, to = from) =>
    operate('fill', { from: corner(from[0], from[1], from[2]), to: corner(to[0], to[1], to[2]), block })
  const fill = async (/** @type {string} */ block, /** @type {any} */ from, to = from) => {
    await put(block, from, to)
    const last = new context.Vec3(to[0], FLOOR + to[1], to[2])
    await until(bot, () => bot.blockAt(last)?.name === block)
  }
  await operate('reset_stage', { floor: FLOOR, radius: RADIUS, height: 9, time: 1000 })
  for (const [from, to] of RAILING) await put('glass', from, to)
  const clean = () => bot.entity.onGround && Math.abs(bot.entity.position.y - FLOOR) < 0.1 &&
    Math.abs(bot.entity.position.x) < 1 && bot.inventory.items().length === 0 &&
    bot.blockAt(new context.Vec3(0, FLOOR + 1, 0))?.name === 'air'
  await until(bot, clean)
  return {
    bot,
    context,
    call,
    operate,
    fill,
    at: (x, y, z) => ({ x, y: FLOOR + y, z }),
    give: async (item, count = 1) => {
      const had = call.countItem(item)
      await operate('give', { item, count })
      await until(bot, () => call.countItem(item) >= had + count)
    }
  }
}

/** What a primitive does between two steps, until a creature is dead. @param {any} bot @param {any} context @param {string} kind */
async function fightOff (bot, context, kind) {
  const present = () => Object.values(bot.entities).some(entity => entity.name === kind && entity.health !== 0)
  await until(bot, present)
  const dead = new Set()
  const onDead = (/** @type {any} */ { name }) => dead.add(name)
  bot.on('entityDead', onDead)
  for (let tries = 0; !dead.has(kind) && tries < 1200; tries++) {
    await defend(context)
    await bot.waitForTicks(1)
  }
  bot.removeListener('entityDead', onDead)
  assert.ok(dead.has(kind), `the ${kind} lives`)
}

/** @param {Promise<any>} promise @param {string} code @param {RegExp} [message] */
async function fails (promise, code, message = /./) {
  const error = await promise.then(() => null, reason => reason)
  assert.ok(error, `expected ${code}, but it succeeded`)
  assert.equal(error.code, code, error.stack)
  assert.match(error.message, message)
  return error
}

/** @type {Object<string, (stage: Stage) => Promise<void>>} */
const scenarios = {
  'mineBlock takes a whole tree, its high logs too': async ({ call, fill }) => {
    await fill('oak_leaves', [3, 4, -2], [7, 6, 2])
    await fill('oak_log', [5, 0, 0], [5, 6, 0])
    const result = await call.mineBlock('log', 7)
    assert.equal(result.mined, 7)
    assert.equal(result.collected.oak_log, 7)
  },

  'mineBlock fetches earth to stand on for a log out of reach': async ({ call, fill }) => {
    await fill('dirt', [-6, -1, -3], [-3, -1, 3])
    await fill('oak_log', [5, 9, 0])
    assert.equal((await call.mineBlock('oak_log')).collected.oak_log, 1)
  },

  'mineBlock digs to a buried vein and past gravel without harm': async ({ bot, call, fill, give }) => {
    await give('stone_pickaxe')
    await fill('stone', [4, 0, -3], [10, 6, 3])
    await fill('gravel', [5, 3, -1], [9, 4, 1])
    await fill('iron_ore', [7, 1, 0], [8, 1, 1])
    const result = await call.mineBlock(['iron_ore', 'deepslate_iron_ore'], 4)
    assert.deepEqual([result.mined, result.block, result.collected.raw_iron], [4, 'iron_ore', 4])
    assert.equal(bot.health, 20)
  },

  'mineBlock leaves ore beside lava alone and takes the farther one': async ({ bot, call, fill, give }) => {
    await give('stone_pickaxe')
    await fill('stone', [3, 0, -3], [12, 4, 3])
    await fill('lava', [5, 1, 0])
    await fill('iron_ore', [4, 1, 0])
    await fill('iron_ore', [11, 1, 0])
    await call.mineBlock('iron_ore', 1)
    assert.equal(bot.blockAt(bot.entity.position.floored().set(4, FLOOR + 1, 0)).name, 'iron_ore')
    assert.equal(bot.health, 20)
  },

  'by sight an ore in the rock is not found before it is laid bare': async ({ bot, context, call, fill }) => {
    const { Sight } = require('../../mc_server/bridge/bot/sight')
    const { findBlock } = require('../../skills/primitives/findBlock')
    const sight = new Sight(bot)
    await fill('stone', [3, 0, -2], [8, 4, 2])
    await fill('iron_ore', [5, 1, 0])
    const seen = () => findBlock({ ...context, sight }, 'iron_ore')?.x
    await until(bot, () => call.findBlock('iron_ore'))
    assert.equal(seen(), undefined)
    await fill('air', [3, 1, 0], [4, 1, 0])
    await until(bot, () => seen() === 5)
    await fill('gravel', [3, 1, 0])
    await until(bot, () => call.findBlock('gravel'))
    assert.equal(seen(), 5, 'what was seen stays known')
  },

  'a zombie that comes is beaten with a stone sword, almost unhurt': async ({ bot, context, operate, give, at }) => {
    await give('stone_sword')
    await operate('summon', { kind: 'zombie', ...at(6.5, 0, 0.5) })
    await operate('set_time', { ticks: 14000 })
    await fightOff(bot, context, 'zombie')
    assert.ok(bot.health >= 14, `health ${bot.health}`)
  },

  'a zombie that comes is beaten with a pickaxe, too': async ({ bot, context, operate, give, at }) => {
    await give('wooden_pickaxe')
    await operate('summon', { kind: 'zombie', ...at(6.5, 0, 0.5) })
    await operate('set_time', { ticks: 14000 })
    await fightOff(bot, context, 'zombie')
    assert.ok(bot.health >= 8, `health ${bot.health}`)
  },

  'a creeper is beaten without being blown up': async ({ bot, context, operate, give, at }) => {
    await give('stone_sword')
    await operate('summon', { kind: 'creeper', ...at(8.5, 0, 0.5) })
    await fightOff(bot, context, 'creeper')
    assert.ok(bot.health >= 14, `health ${bot.health}`)
  },

  'a skeleton that shoots from afar is gone after': async ({ bot, context, operate, give, at }) => {
    await give('stone_sword')
    await operate('set_time', { ticks: 14000 })
    await operate('summon', { kind: 'skeleton', ...at(10.5, 0, 0.5) })
    await fightOff(bot, context, 'skeleton')
    assert.ok(bot.health >= 6, `health ${bot.health}`)
  },

  'what is hunted is fought by reflex when it bites first': async ({ bot, context, operate, at }) => {
    const { aimsOf, lastBlow } = require('../../skills/primitives/support/combat')
    const { fight } = require('../../skills/reflexes/fight')
    const wants = () => fight.wants(context, { inPrimitive: true })
    lastBlow(bot) // who bites is noticed from now on
    await operate('set_time', { ticks: 14000 })
    await operate('summon', { kind: 'zombie', ...at(2.5, 0, 0.5) })
    const zombie = () => Object.values(bot.entities).find(entity => entity.name === 'zombie')
    await until(bot, zombie)
    aimsOf(bot).prey = zombie()
    try {
      assert.equal(wants(), null)
      await until(bot, () => bot.health < 20)
      assert.match(wants() ?? 'nothing', /a zombie attacks/)
    } finally {
      aimsOf(bot).prey = null
    }
  },

  'what is too strong is run from, and the strong stay': async ({ bot, context, operate, give, at }) => {
    const { flee } = require('../../skills/reflexes/flee')
    const wants = (acts = 0) => flee.wants(context, { acts })
    await operate('set_time', { ticks: 14000 })
    for (const z of [-5.5, 6.5]) await operate('summon', { kind: 'zombie', ...at(0.5, 0, z) })
    await until(bot, () => Object.values(bot.entities).filter(entity => entity.name === 'zombie').length === 2)
    await operate('hurt', { damage: 14 })
    await until(bot, () => bot.health < 7)
    assert.match(wants() ?? 'nothing', /too strong at health 6/)
    assert.equal(wants(99), null)
    await operate('set_scene', { health: 20 })
    await give('diamond_sword')
    await until(bot, () => bot.health === 20)
    assert.equal(wants(), null)
  },

  'nobody eats beside a monster, but who would die of it': async ({ bot, context, operate, give, at }) => {
    const { eat } = require('../../skills/reflexes/eat')
    const wants = () => eat.wants(context)
    await give('bread')
    assert.equal(wants(), null)
    await operate('set_food', { food: 6 })
    await until(bot, () => bot.food === 6)
    assert.match(wants() ?? 'nothing', /food is at 6/)
    await operate('set_time', { ticks: 14000 })
    await operate('summon', { kind: 'zombie', ...at(6.5, 0, 0.5) })
    await until(bot, () => Object.values(bot.entities).some(entity => entity.name === 'zombie'))
    assert.equal(wants(), null)
    await operate('hurt', { damage: 15 })
    await until(bot, () => bot.health <= 6)
    assert.match(wants() ?? 'nothing', /health at 5/)
  },

  'a body that has fallen is no longer fought': async ({ bot, context, operate, give, at }) => {
    await give('iron_sword')
    await operate('set_time', { ticks: 14000 })
    await operate('summon', { kind: 'zombie', ...at(4.5, 0, 0.5) })
    const blows = /** @type {string[]} */ ([])
    const attack = bot.attack
    bot.attack = (/** @type {any[]} */ ...args) => {
      blows.push(args[0].name)
      return attack(...args)
    }
    bot.once('entityDead', () => { blows.length = 0 })
    try {
      await fightOff(bot, context, 'zombie')
      await defend(context)
    } finally {
      bot.attack = attack
    }
    assert.deepEqual(blows, [])
  },

  'digging is broken off to fight what bites, and gone on with': async ({ bot, call, fill, give, operate, at }) => {
    await give('stone_sword')
    await give('diamond_pickaxe')
    await operate('set_time', { ticks: 14000 })
    await fill('obsidian', [2, 0, 0])
    const order = /** @type {string[]} */ ([])
    bot.once('entityDead', (/** @type {any} */ { name }) => order.push(name))
    await operate('summon', { kind: 'zombie', ...at(-5.5, 0, 0.5) })
    await call.mineBlock('obsidian')
    order.push('obsidian')
    assert.deepEqual(order, ['zombie', 'obsidian'])
    assert.ok(bot.health >= 14, `health ${bot.health}`)
  },

  'an iron pickaxe that is almost worn is kept for what needs it': async ({ bot, give }) => {
    const { bestTool } = require('../../skills/primitives/support/digging')
    const Block = require('../../mc_server/node_modules/prismarine-block')(bot.registry)
    await give('stone_pickaxe')
    await give('iron_pickaxe')
    const best = (/** @type {string} */ name) => bestTool(bot, Block.fromString(name, 0)).item?.name
    assert.equal(best('stone'), 'iron_pickaxe')
    const worn = bot.inventory.items().find((/** @type {any} */ item) => item.name === 'iron_pickaxe')
    worn.durabilityUsed = worn.maxDurability - 20
    assert.deepEqual([best('stone'), best('diamond_ore')], ['stone_pickaxe', 'iron_pickaxe'])
  },

  'mineBlock names the tool that is missing': async ({ call }) => {
    const error = await fails(call.mineBlock('stone'), 'missing_tool', /wooden_pickaxe/)
    assert.equal(error.details.tool, 'wooden_pickaxe')
    await fails(call.mineBlock('iron_orr'), 'invalid_argument', /iron_ore/)
  },

  'a cancelled mineBlock stops at once and leaves nothing running': async ({ bot, context, call, fill }) => {
    await fill('oak_log', [2, 0, 0], [2, 3, 0])
    const controller = new AbortController()
    const { mineBlock } = require('../../skills/primitives/mineBlock')
    const listeners = bot.listenerCount('physicsTick')
    const mining = mineBlock({ ...context, signal: controller.signal }, 'log', 4)
    const ended = fails(mining, 'cancelled')
    await until(bot, () => bot.targetDigBlock)
    controller.abort()
    await ended
    assert.equal(bot.targetDigBlock, null)
    assert.equal(bot.listenerCount('physicsTick'), listeners)
    assert.equal(call.countItem('log'), 0)
  },

  'collectDrops picks up what lies around': async ({ bot, call, operate, at }) => {
    await operate('spawn_item', { item: 'diamond', count: 2, ...at(5, 0.5, 5) })
    await operate('spawn_item', { item: 'stick', count: 1, ...at(-4, 0.5, 2) })
    await until(bot, () => Object.values(bot.entities).filter(entity => entity.name === 'item').length >= 2)
    assert.deepEqual((await call.collectDrops()).collected, { diamond: 2, stick: 1 })
    assert.deepEqual((await call.collectDrops()).collected, {})
  },

  'craftItem crafts by hand, of a family the kind there is most of': async ({ call, give }) => {
    await give('oak_log', 1)
    await give('birch_log', 3)
    assert.deepEqual(await call.craftItem('planks', 10), { item: 'birch_planks', crafted: 12 })
    assert.equal(call.countItem('oak_log'), 1)
  },

  'craftItem places the table it carries and takes it back': async ({ call, give }) => {
    await give('oak_planks', 3)
    await give('stick', 2)
    await give('crafting_table')
    assert.deepEqual(await call.craftItem('wooden_pickaxe'), { item: 'wooden_pickaxe', crafted: 1 })
    assert.equal(call.countItem('crafting_table'), 1)
    assert.equal(call.findBlock('crafting_table', 16), null)
  },

  'craftItem uses a table that stands near': async ({ call, fill, give }) => {
    await fill('crafting_table', [10, 0, 0])
    await give('cobblestone', 8)
    assert.equal((await call.craftItem('furnace')).crafted, 1)
    assert.notEqual(call.findBlock('crafting_table', 16), null)
  },

  'craftItem digs room for its table in a tunnel': async ({ call, fill, give }) => {
    await fill('stone', [-2, 0, -2], [2, 3, 2])
    await fill('air', [0, 0, 0], [0, 1, 0])
    await give('wooden_pickaxe')
    await give('crafting_table')
    await give('cobblestone', 8)
    assert.equal((await call.craftItem('furnace')).crafted, 1)
    assert.equal(call.countItem('crafting_table'), 1)
  },

  'craftItem crafts with a full inventory where the ingredients leave room': async ({ bot, call, give }) => {
    for (const [item, count] of Object.entries({ crafting_table: 1, white_wool: 3, oak_planks: 8 })) await give(item, count)
    await give('dirt', 33 * 64)
    assert.equal(bot.inventory.emptySlotCount(), 0)
    assert.deepEqual(await call.craftItem('white_bed'), { item: 'white_bed', crafted: 1 })
    assert.equal(call.countItem('crafting_table'), 1)
    await fails(call.craftItem('stick'), 'inventory_full')
  },

  'craftItem lists what is missing': async ({ call, give }) => {
    await give('oak_planks', 3)
    const error = await fails(call.craftItem('wooden_pickaxe'), 'missing_ingredients', /2 stick/)
    assert.deepEqual(error.details.missing, { stick: 2 })
    await give('stick', 2)
    await fails(call.craftItem('wooden_pickaxe'), 'missing_ingredients', /crafting_table/)
    await fails(call.craftItem('bedrock'), 'invalid_argument')
  },

  'smeltItem burns exactly what is needed and takes everything back': async ({ call, give }) => {
    await give('wooden_pickaxe')
    await give('furnace')
    await give('raw_iron', 2)
    await give('oak_planks', 6)
    assert.deepEqual(await call.smeltItem('raw_iron', 2), { item: 'iron_ingot', smelted: 2 })
    assert.deepEqual(['iron_ingot', 'furnace', 'raw_iron', 'oak_planks'].map(name => call.countItem(name)), [2, 1, 0, 4])
    assert.equal(call.findBlock('furnace', 16), null)
  },

  'smelting is left to fight what bites, and gone on with': async ({ bot, call, give, operate, at }) => {
    for (const item of ['stone_sword', 'wooden_pickaxe', 'furnace', 'coal']) await give(item)
    await give('raw_iron', 2)
    await operate('set_time', { ticks: 18000 })
    const dead = /** @type {string[]} */ ([])
    bot.once('entityDead', (/** @type {any} */ { name }) => dead.push(name))
    await operate('summon', { kind: 'zombie', ...at(-8.5, 0, 0.5) })
    assert.equal((await call.smeltItem('raw_iron', 2)).smelted, 2)
    assert.deepEqual(dead, ['zombie'])
    assert.equal(call.countItem('iron_ingot'), 2)
    assert.ok(bot.health >= 14, `health ${bot.health}`)
  },

  'a furnace that is carried is not set up under water': async ({ bot, call, fill, give }) => {
    await give('furnace')
    await give('wooden_pickaxe')
    await give('coal')
    await give('sand', 3)
    await fill('stone', [-3, 0, -3], [3, 3, 3])
    await fill('water', [-2, 0, -2], [2, 3, 2])
    assert.equal((await call.smeltItem('sand', 3)).smelted, 3)
    assert.equal(bot.health, 20)
    assert.equal(call.countItem('furnace'), 1)
  },

  'a furnace under water is left while there is breath': async ({ bot, call, fill, give }) => {
    await give('coal')
    await give('sand', 3)
    await fill('stone', [-2, 0, -2], [2, 3, 2])
    await fill('water', [-1, 0, -1], [1, 3, 1])
    await fill('furnace', [1, 0, 0])
    await fails(call.smeltItem('sand', 3), 'unreachable', /air/)
    assert.equal(bot.health, 20)
    assert.equal(bot.currentWindow, null)
    assert.equal(call.countItem('sand'), 3)
  },

  'smeltItem says whether input, fuel or furnace is missing': async ({ call, give }) => {
    await fails(call.smeltItem('raw_iron'), 'missing_ingredients', /raw_iron/)
    await give('raw_iron')
    await fails(call.smeltItem('raw_iron'), 'missing_ingredients', /fuel/)
    await give('coal')
    await fails(call.smeltItem('raw_iron'), 'missing_ingredients', /furnace/)
  },

  'placeItem places at a position and refuses a taken one': async ({ call, give, at }) => {
    await give('cobblestone', 2)
    assert.deepEqual(await call.placeItem('cobblestone', at(9, 0, 3)), { placed: 'cobblestone', position: at(9, 0, 3) })
    await fails(call.placeItem('cobblestone', at(9, 0, 3)), 'no_space')
    await fails(call.placeItem('torch'), 'missing_ingredients')
  },

  'chests take and give items, and say what they hold': async ({ call, give }) => {
    await give('chest')
    await give('cobblestone', 10)
    const { position } = await call.placeItem('chest')
    assert.deepEqual(await call.deposit(position, { cobblestone: 7 }), { deposited: { cobblestone: 7 } })
    assert.deepEqual((await call.openChest(position)).items, { cobblestone: 7 })
    assert.deepEqual(await call.withdraw(position, { cobblestone: 2 }), { withdrawn: { cobblestone: 2 } })
    assert.equal(call.countItem('cobblestone'), 5)
    await fails(call.withdraw(position, { cobblestone: 9 }), 'missing_ingredients')
    await fails(call.openChest({ x: 3, y: FLOOR, z: 9 }), 'not_found')
  },

  'a double chest that blocks keep shut is opened all the same': async ({ bot, call, give, fill, at }) => {
    await give('cobblestone', 4)
    await give('chest', 2)
    for (const z of [0, 1]) await call.placeItem('chest', at(3, 0, z))
    assert.notEqual(bot.blockAt(bot.entity.position.floored().set(3, FLOOR, 0)).getProperties().type, 'single')
    await fill('dirt', [3, 1, 0], [3, 1, 1])
    assert.deepEqual(await call.deposit(at(3, 0, 0), { cobblestone: 4 }), { deposited: { cobblestone: 4 } })
    await fill('furnace', [3, 1, 1])
    await fails(call.openChest(at(3, 0, 0)), 'unreachable', /furnace .* keeps the chest .* shut/)
  },

  'eat takes the best food, and nothing when full': async ({ bot, call, give, operate }) => {
    await fails(call.eat(), 'missing_ingredients')
    await give('apple')
    await give('cooked_beef')
    assert.equal((await call.eat()).item, null)
    await operate('set_food', { food: 8 })
    await until(bot, () => bot.food === 8)
    assert.equal((await call.eat()).item, 'cooked_beef')
    assert.ok(bot.food > 8)
  },

  'equip holds and wears': async ({ bot, call, give }) => {
    await give('iron_helmet')
    await give('stick')
    assert.deepEqual(await call.equip('iron_helmet', 'head'), { equipped: 'iron_helmet', destination: 'head' })
    await call.equip('stick')
    assert.equal(bot.heldItem.name, 'stick')
    await fails(call.equip('bow'), 'missing_ingredients')
  },

  'killMob kills a cow and picks up its meat': async ({ bot, call, give, operate, at }) => {
    await give('iron_sword')
    await operate('summon', { kind: 'cow', ...at(7, 0, 2) })
    await until(bot, () => Object.values(bot.entities).some(entity => entity.name === 'cow' && entity.position.y > FLOOR - 3))
    const result = await call.killMob('cow')
    assert.equal(result.killed, 1)
    assert.ok(result.collected.beef >= 1, JSON.stringify(result))
  },

  'who has no room drops common blocks for what is wanted, and nothing else': async ({ bot, call, give, operate, at }) => {
    await give('iron_sword')
    await give('granite', 64)
    await give('dirt', 34 * 64)
    assert.equal(bot.inventory.emptySlotCount(), 0)
    await operate('summon', { kind: 'cow', ...at(5, 0, 2) })
    await until(bot, () => Object.values(bot.entities).some(entity => entity.name === 'cow' && entity.position.y > FLOOR - 3))
    const { collected } = await call.killMob('cow')
    assert.ok(collected.beef >= 1, JSON.stringify(collected))
    const left = [call.countItem('granite'), call.countItem('iron_sword'), call.countItem('dirt') >= 32 * 64]
    assert.deepEqual(left, [64, 1, true])
  },

  'killMob lets wounds heal first, and counts what falls to it meanwhile': async ({ bot, call, give, operate, at }) => {
    await give('iron_sword')
    await give('dirt', 32)
    await operate('hurt', { damage: 13 })
    await operate('summon', { kind: 'spider', ...at(3, 0, 1) })
    await until(bot, () => bot.health < 9 && Object.values(bot.entities).some(entity => entity.name === 'spider'))
    assert.equal((await call.killMob('spider')).killed, 1)
    assert.ok(bot.health > 12, `health is at ${bot.health}`)
  },

  'goTo climbs a wall with carried blocks': async ({ call, give, fill, at }) => {
    await fill('bedrock', [4, 0, 1 - RADIUS], [4, 4, RADIUS - 1])
    await give('dirt', 16)
    const goal = at(5, 5, 0)
    const { position } = await call.goTo(4, goal.y, goal.z, 0)
    assert.deepEqual(position, { x: 4, y: goal.y, z: goal.z })
  },

  'goTo says when there is no way': async ({ call, fill, at }) => {
    await fill('bedrock', [-1, -1, -1], [1, 3, 1])
    await fill('air', [0, 0, 0], [0, 1, 0])
    const { x, y, z } = at(8, 0, 0)
    await fails(call.goTo(x, y, z), 'unreachable')
  },

  'goTo digs its way up from under a sheet of ice': async ({ bot, call, give, fill, operate, at }) => {
    await give('stone_pickaxe')
    await fill('water', [-5, -7, -5], [5, -2, 5])
    await fill('ice', [-5, -1, -5], [5, -1, 5])
    const under = at(0, -5, 0)
    await operate('teleport', { x: under.x + 0.5, y: under.y, z: under.z + 0.5 })
    await until(bot, () => bot.entity.isInWater)
    const shore = at(9, 0, 0)
    await call.goTo(shore.x, shore.y, shore.z, 1)
    assert.equal(bot.health, 20)
  },

  'who swims against a wall stays out of it, wherever it stands': async ({ bot, fill, operate, at }) => {
    // 2.3 - 0.3 is a little less than 2: what touches the wall there must not count as within it.
    await fill('water', [-2, -4, 2], [2, -1, 5])
    const beside = at(0, -3, 2)
    await operate('teleport', { x: 0.5, y: beside.y, z: 2.9 })
    await until(bot, () => bot.entity.isInWater)
    await bot.look(0, 0, true)
    for (const control of ['forward', 'jump']) bot.setControlState(control, true)
    const top = at(0, 0, 0).y
    let deepest = Infinity
    for (let tick = 0; tick < 60; tick++) {
      await bot.waitForTicks(1)
      if (bot.entity.position.y < top - 0.01) deepest = Math.min(deepest, bot.entity.position.z)
    }
    bot.clearControlStates()
    assert.ok(deepest >= 2.3, `${deepest}`)
    assert.ok(deepest < 2.31, 'it never touched the wall')
  },

  'exploreUntil says when no way leads on, also where it has been often': async ({ bot, call, fill }) => {
    await fill('bedrock', [-1, -1, -1], [1, 3, 1])
    await fill('air', [0, 0, 0], [0, 1, 0])
    const { position } = bot.entity
    const known = position.clone()
    for (let visits = 0; visits < 40; visits++) {
      for (const x of [32, 64, 96]) {
        bot.entity.position = known.offset(x, 0, 0)
        markVisited(bot)
      }
    }
    bot.entity.position = position
    await fails(call.exploreUntil('sponge'), 'unreachable', /in any direction/)
  },

  'exploreUntil ends when its predicate holds, and when its time is over': async ({ bot, call }) => {
    const start = bot.entity.position.clone()
    const moved = () => bot.entity.position.distanceTo(start) > 5
    assert.equal((await call.exploreUntil(moved, { maxSeconds: 40 })).found, null)
    await fails(call.exploreUntil('sponge', { maxSeconds: 1 }), 'not_found', /sponge/)
    await fails(call.exploreUntil('stone', { direction: 'up' }), 'invalid_argument')
  },

  'sleepInBed sleeps until the morning, by night only': async ({ bot, call, give, operate }) => {
    await give('white_bed')
    await fails(call.sleepInBed(), 'invalid_argument')
    await operate('set_time', { ticks: 14000 })
    await until(bot, () => bot.time.timeOfDay > 13000)
    assert.equal((await call.sleepInBed()).slept, true)
  },

  'who has put a bed down far away goes to it': async ({ bot, call, fill, give, operate }) => {
    await give('white_bed')
    await fill('oak_slab', [-2, 0, -2], [2, 0, 2])
    await fill('air', [0, 0, 0])
    await operate('set_time', { ticks: 14000 })
    await until(bot, () => bot.time.timeOfDay > 13000)
    assert.equal((await call.sleepInBed()).slept, true)
  },

  'death ends a primitive with its own code': async ({ bot, call, operate, at }) => {
    const { x, y, z } = at(12, 0, 12)
    const going = fails(call.goTo(x, y, z, 0), 'died')
    await operate('hurt', { damage: 100 })
    await going
    await until(bot, () => bot.health > 0)
  }
}

module.exports = { scenarios, setStage }
