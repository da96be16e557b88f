'use strict'
/**
 * Snapshots are exact: at any moment of play, what is put back is what was taken, to the last bit, and clients see it.
 *
 * A bot plays by a seeded list of deeds; meanwhile snapshots are taken and put back at instants of the same list.
 */

const assert = require('node:assert/strict')
const { createHash } = require('node:crypto')
const fs = require('node:fs')
const path = require('node:path')
const { after, before, test } = require('node:test')
const { setTimeout: sleep } = require('node:timers/promises')
const { TestServer, join, until, requireFromServer } = require('./embedded_harness')
const { Vec3 } = requireFromServer('vec3')

const SNAPSHOTS = Number(process.env.SNAPSHOTS ?? 40)
/** Of how many the future is looked at, twice. */
const FUTURES = 10
const FLOOR = 200
/** How far the future of a snapshot is looked at. */
const FUTURE_TICKS = 100
const SEED = 20240
/** One to two minutes on a quiet machine. */
const TIMEOUT_MILLISECONDS = 1_200_000
/** How long a deed may take to be under way, in time of the world. */
const DEED_MILLISECONDS = 900

/** @type {any} */
let server
/** @type {any} */
let bot
/** @type {any} */
let guest

before(async () => {
  server = await TestServer.start()
  bot = await join(server.port)
  guest = await join(server.port, 'guest')
  await server.operate('reset_stage', { floor: FLOOR, radius: 12, height: 12, time: 1000, player: 'tester' })
  await server.operate('teleport', { x: 4.5, y: FLOOR, z: 4.5, player: 'guest' })
})

after(async () => {
  bot.end()
  guest.end()
  await server.stop()
})

const at = (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ z) => ({ x, y: FLOOR + y, z })
const here = () => ({ player: 'tester' })

/** A generator of numbers from 0 to 1, the same in every run (mulberry32). */
function numbersFrom (/** @type {number} */ seed) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

const open = async (/** @type {string} */ block) => {
  await server.operate('set_block', { ...at(2, 0, 0), block })
  await until(bot, () => bot.blockAt(new Vec3(2, FLOOR, 0))?.name === block, block)
  await bot.openBlock(bot.blockAt(new Vec3(2, FLOOR, 0)))
}
const hold = async (/** @type {string} */ item, count = 1) => {
  await server.operate('give', { item, count, ...here() })
  const slot = () => bot.inventory.items().find((/** @type {any} */ each) => each.name === item)
  await until(bot, slot, item)
  await bot.equip(slot(), 'hand')
}

/** Each starts something and leaves it under way. @type {Record<string, () => Promise<any> | any>} */
const DEEDS = {
  digs: () => {
    const block = bot.blockAt(new Vec3(1, FLOOR - 1, 1))
    if (block?.diggable) bot.dig(block).catch(() => {})
  },
  places: async () => {
    await hold('cobblestone', 4)
    await bot.placeBlock(bot.blockAt(new Vec3(-2, FLOOR - 1, -2)), new Vec3(0, 1, 0)).catch(() => {})
  },
  falls: () => server.operate('teleport', { ...at(0.5, 9, 0.5), ...here() }),
  burns: () => server.operate('set_block', { ...at(0, 0, 0), block: 'lava' }),
  'pours water': () => server.operate('set_block', { ...at(-4, 2, -4), block: 'water' }),
  'lets sand fall': () => server.operate('set_block', { ...at(3, 8, 3), block: 'sand' }),
  'opens a chest': () => open('chest'),
  'opens a furnace': async () => {
    await hold('raw_iron', 3)
    await server.operate('give', { item: 'coal', count: 3, ...here() })
    await open('furnace')
    bot._client.write('window_click', click(3 + 27 + bot.quickBarSlot, 1))
  },
  'has items on the cursor and in a grid': async () => {
    await hold('oak_planks', 7)
    await open('crafting_table')
    await bot.clickWindow(10 + 27 + bot.quickBarSlot, 0, 0)
    await bot.clickWindow(1, 1, 0)
  },
  'has items in its own grid': async () => {
    await hold('oak_log', 3)
    await bot.clickWindow(36 + bot.quickBarSlot, 0, 0)
    await bot.clickWindow(1, 1, 0)
  },
  eats: async () => {
    await server.operate('set_food', { food: 8, ...here() })
    await hold('bread', 3)
    bot.activateItem()
  },
  'draws a bow': async () => {
    await server.operate('give', { item: 'arrow', count: 5, ...here() })
    await hold('bow')
    bot.activateItem()
  },
  'shoots an arrow': () => bot.deactivateItem(),
  fights: async () => {
    await server.operate('summon', { kind: 'cow', x: 1.5, y: FLOOR, z: 1.5 })
    await until(bot, () => bot.nearestEntity((/** @type {any} */ each) => each.name === 'cow'), 'a cow')
    bot.attack(bot.nearestEntity((/** @type {any} */ each) => each.name === 'cow'))
  },
  'drops items': async () => {
    await hold('stick', 5)
    await bot.tossStack(bot.heldItem)
  },
  'is poisoned': () => server.operate('command', { text: 'effect give tester poison 20 1' }),
  sleeps: async () => {
    await server.operate('command', { text: 'time set 14000' })
    await server.operate('command', { text: `setblock -3 ${FLOOR} 2 red_bed[part=foot,facing=south]` })
    await server.operate('command', { text: `setblock -3 ${FLOOR} 3 red_bed[part=head,facing=south]` })
    await server.operate('teleport', { ...at(-1.5, 0, 2.5), ...here() })
    await until(bot, () => bot.blockAt(new Vec3(-3, FLOOR, 2))?.name === 'red_bed', 'the bed')
    bot.sleep(bot.blockAt(new Vec3(-3, FLOOR, 2))).catch(() => {})
  },
  dies: () => server.operate('hurt', { damage: 100, cause: 'void', ...here() }),
  'rains on it': () => server.operate('command', { text: 'weather rain' }),
  'gets experience': () => server.operate('command', { text: 'xp add tester 37' }),
  walks: () => bot.setControlState('forward', true)
}

const click = (/** @type {number} */ slot, /** @type {number} */ mode) => ({
  windowId: bot.currentWindow.id, stateId: -1, slot, mouseButton: 0, mode, changedSlots: [], cursorItem: { present: false }
})

/** Does something of the list; what fails because of where the bot is does not matter here. */
async function act (/** @type {string} */ deed) {
  await Promise.race([Promise.resolve().then(DEEDS[deed]).catch(() => {}), sleep(DEED_MILLISECONDS)])
}

/** Puts a snapshot back. @returns {Promise<string>} where the state differs from it, empty when nowhere */
async function stepBack (/** @type {{name: string, hash: string, deed: string}} */ { name, hash }) {
  bot.clearControlStates()
  const text = await server.operate('restore_and_capture', { name })
  if (createHash('sha256').update(text).digest('hex') === hash) return ''
  const kept = fs.readFileSync(path.join(server.folder, 'snapshots', `${name}.json`), 'utf8')
  return difference(JSON.parse(kept), JSON.parse(text), 'state') || 'only in the order'
}

/** @returns {string} the first place where two values differ */
function difference (/** @type {any} */ one, /** @type {any} */ other, /** @type {string} */ where) {
  if (typeof one !== 'object' || typeof other !== 'object' || !one || !other) {
    return Object.is(one, other) ? '' : `${where} was ${JSON.stringify(one)} and is ${JSON.stringify(other)}`
  }
  for (const key of new Set([...Object.keys(one), ...Object.keys(other)])) {
    const found = difference(one[key], other[key], `${where}.${key}`)
    if (found) return found
  }
  return ''
}

test('a snapshot put back is the state it was taken of, whatever went on then and goes on now', { timeout: TIMEOUT_MILLISECONDS }, async () => {
  const random = numbersFrom(SEED)
  const names = Object.keys(DEEDS)
  const pick = (/** @type {any[]} */ list) => list[Math.floor(random() * list.length)]
  /** @type {{name: string, hash: string, deed: string}[]} */
  const taken = []
  for (let number = 0; number < SNAPSHOTS; number++) {
    const deed = number < names.length ? names[number] : pick(names)
    await act(deed)
    await server.operate('run_ticks', { count: Math.floor(random() * 12) })
    const { name, hash } = await server.operate('create_snapshot', { name: `moment-${number}` })
    taken.push({ name, hash, deed })
    const deedNow = pick(names)
    await act(deedNow)
    await server.operate('run_ticks', { count: Math.floor(random() * 30) })
    const earlier = random() < 0.5 ? taken[number] : pick(taken)
    assert.equal(await stepBack(earlier), '', `'${earlier.deed}' put back while the bot ${deedNow}`)
    await sleep(50)
  }
  const order = taken.map(snapshot => ({ snapshot, place: random() })).sort((a, b) => a.place - b.place)
  for (const { snapshot } of order) assert.equal(await stepBack(snapshot), '', snapshot.deed)
  for (const { snapshot } of order.slice(0, FUTURES)) {
    const once = await server.operate('restore_and_capture', { name: snapshot.name, ticks: FUTURE_TICKS })
    const again = await server.operate('restore_and_capture', { name: snapshot.name, ticks: FUTURE_TICKS })
    assert.equal(difference(JSON.parse(once), JSON.parse(again), 'future'), '', `what follows '${snapshot.deed}'`)
  }
  const faults = server.errors.map((/** @type {any} */ { message }) => message)
  assert.deepEqual(faults, [])
})
