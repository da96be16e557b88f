'use strict'

const { PrimitiveError } = require('./errors')
const { guard, waitAtMost, waitUntilStanding } = require('./waiting')
const { hold } = require('./inventory')
const { look, eyeDistance, feetOf } = require('./world')
const { defend, nearestThreat } = require('./combat')

/** How far the eyes may be from the middle of a block that is dug or used. */
const REACH = 4.5
/** How often digging one block is broken off to fight. */
const MAX_INTERRUPTIONS = 3
/** So many last uses of a good pickaxe are spared. */
const SPARED_USES = 60
/** How often the server is asked for one block. */
const MAX_ATTEMPTS = 3

/** @param {any} block @param {any} item null is the bare hand @param {any} bot */
function digSecondsWith (bot, block, item) {
  return block.digTime(item ? item.type : null, false, false, false, item?.enchants ?? [], bot.entity.effects) / 1000
}

/** Whether the block drops something when dug with this. @param {any} block @param {any} item */
function harvests (block, item) {
  return !block.harvestTools || Boolean(item && block.harvestTools[item.type])
}

/**
 * The best thing to dig a block with: what makes it drop, then what is fastest, then what is
 * no tool (so that tools do not wear out for nothing). A good pickaxe that is almost worn leaves to
 * lesser ones what they can dig.
 * @param {any} bot @param {any} block
 * @returns {{item: any, seconds: number, drops: boolean}} `item` null is anything that is no tool
 */
function bestTool (bot, block) {
  const tools = bot.inventory.items().filter((/** @type {any} */ item) => item.maxDurability)
  const best = bestOf(bot, block, tools.filter((/** @type {any} */ tool) => !isSpared(tool)))
  return best.drops ? best : bestOf(bot, block, tools)
}

/** What has become rare: it is kept for what nothing else digs. @param {any} tool */
function isSpared ({ name, maxDurability, durabilityUsed }) {
  return /^(iron|diamond|netherite)_pickaxe$/.test(name) && maxDurability - (durabilityUsed ?? 0) <= SPARED_USES
}

/** @param {any} bot @param {any} block @param {any[]} tools @returns {{item: any, seconds: number, drops: boolean}} */
function bestOf (bot, block, tools) {
  let best = { item: null, seconds: digSecondsWith(bot, block, null), drops: harvests(block, null) }
  for (const item of tools) {
    const seconds = digSecondsWith(bot, block, item)
    const drops = harvests(block, item)
    const better = drops !== best.drops ? drops : seconds < best.seconds - 0.01
    if (better) best = { item, seconds, drops }
  }
  return best
}

const TIERS = ['wooden', 'golden', 'stone', 'iron', 'diamond', 'netherite']

/** The plainest tool that makes a block drop, or null when a hand does. @param {any} context @param {any} block */
function neededTool ({ registry }, block) {
  if (!block.harvestTools) return null
  const names = Object.keys(block.harvestTools).map(id => registry.items[id]?.name).filter(Boolean)
  const tier = (/** @type {string} */ name) => (TIERS.findIndex(prefix => name.startsWith(prefix)) + 7) % 7
  return names.sort((a, b) => tier(a) - tier(b))[0] ?? null
}

/** @param {any} context @param {any} block */
function missingTool (context, block) {
  const tool = neededTool(context, block)
  return new PrimitiveError('missing_tool',
    `${block.name} drops nothing without ${tool} or better. Craft ${tool} first.`, { block: block.name, tool })
}

/**
 * Dig one block within reach and make sure that the server took it away. A monster that comes near
 * is fought first.
 * @param {import('./scope').Context} context
 * @param {{x: number, y: number, z: number}} cell
 * @param {{needDrop?: boolean}} [options] `needDrop`: throw `missing_tool` rather than lose it
 * @returns {Promise<string>} the name of what was dug
 */
async function digBlock (context, cell, { needDrop = false } = {}) {
  const { bot, Vec3 } = context
  const position = new Vec3(cell.x, cell.y, cell.z)
  let interruptions = 0
  for (let attempt = 1; ; attempt++) {
    const block = bot.blockAt(position, false)
    if (!block || block.name.endsWith('air')) return 'air'
    if (eyeDistance(feetOf(bot), cell) > REACH + 1) {
      throw new PrimitiveError('unreachable', `${block.name} at ${position} is out of reach.`, { fought: interruptions > 0 })
    }
    const tool = bestTool(bot, block)
    if (needDrop && !tool.drops) throw missingTool(context, block)
    if (tool.item) await hold(context, tool.item)
    else if (bot.heldItem?.maxDurability && block.hardness > 0) await holdNoTool(context)
    await waitUntilStanding(context)
    const ending = await digOnce(context, block, interruptions < MAX_INTERRUPTIONS)
    if (ending === 'dug') return block.name
    if (ending === 'interrupted') {
      interruptions++
      attempt--
      await defend(context)
    } else if (attempt === MAX_ATTEMPTS) {
      throw new PrimitiveError('unreachable', `The server did not let ${block.name} at ${position} be dug.`)
    }
  }
}

/** Take a tool out of the hand where another slot of the quick bar allows it. @param {any} context */
async function holdNoTool ({ bot }) {
  for (let slot = 0; slot < 9; slot++) {
    const item = bot.inventory.slots[36 + slot]
    if (!item?.maxDurability) return bot.setQuickBarSlot(slot)
  }
}

/**
 * Mineflayer believes that the block is gone once its own time is up; the server's next word on
 * the same place is the truth.
 * @param {any} context @param {any} block @param {boolean} watchful break off when a monster is near
 * @returns {Promise<'dug'|'refused'|'interrupted'>}
 */
async function digOnce (context, block, watchful) {
  const { bot } = context
  const event = `blockUpdate:${block.position}`
  let threatened = false
  const onTick = () => {
    threatened = watchful && bot.targetDigBlock !== null && nearestThreat(context) !== null
    if (threatened) bot.stopDigging()
  }
  bot.on('physicsTick', onTick)
  try {
    await guard(context, bot.dig(block, true), bot.digTime(block) * 1.5 + 5000, `digging ${block.name}`)
  } catch (error) {
    bot.stopDigging()
    if (error instanceof PrimitiveError && error.code !== 'timeout') throw error
    return threatened || error.byReflex ? 'interrupted' : 'refused'
  } finally {
    bot.removeListener('physicsTick', onTick)
  }
  let answered = false
  const onAnswer = () => { answered = true }
  bot.on(event, onAnswer)
  try {
    await waitAtMost(context, { what: 'the server', timeoutMs: 700, events: [[bot, event]], until: () => answered })
  } finally {
    bot.removeListener(event, onAnswer)
  }
  return bot.blockAt(block.position, false)?.type === block.type ? 'refused' : 'dug'
}

/**
 * Empty one cell, including what falls into it from above. Throws `unreachable` when that would
 * let a liquid in.
 * @param {import('./scope').Context} context @param {{x: number, y: number, z: number}} cell
 */
async function clearCell (context, cell) {
  const { bot } = context
  for (let count = 0; count < 24; count++) {
    const traits = look(context, cell.x, cell.y, cell.z)
    if (traits.passable || traits.liquid === 'water') return
    if (traits.keep) throw new PrimitiveError('unreachable', `${traits.name} is in the way.`)
    await digBlock(context, cell)
    if (!look(context, cell.x, cell.y + 1, cell.z).falls) continue
    const event = `blockUpdate:${new context.Vec3(cell.x, cell.y, cell.z)}`
    await waitAtMost(context, {
      what: 'gravel to fall',
      timeoutMs: 1500,
      events: [[bot, event]],
      until: () => !look(context, cell.x, cell.y, cell.z).passable
    })
  }
}

module.exports = { REACH, digBlock, clearCell, bestTool, harvests, neededTool, missingTool }
