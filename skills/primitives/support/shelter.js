'use strict'

const { PrimitiveError, isFinal } = require('./errors')
const { waitAtMost, waitUntilStanding } = require('./waiting')
const { defend } = require('./combat')
const { eatWhenStarving } = require('./eating')
const { clearCell } = require('./digging')
const { placeAt, scaffoldingName } = require('./placing')
const { feetOf, look, touches } = require('./world')

/** How deep it is dug in: so deep that the lid has a rim to hold on to. */
const DEPTH = 3
const DAY_ENDS = 12542
/** By then most of what burns in the sun has burnt. */
const DAY_BEGINS = 23900
const WELL = 19
/** So many wounds in the shelter show that it is none. */
const HURT = 4
const LONGEST_SECONDS = 660

/** The cells around a body, those below first; the last is the lid. */
const AROUND = [
  [0, -1, 0],
  [1, 0, 0], [-1, 0, 0], [0, 0, 1], [0, 0, -1],
  [1, 1, 0], [-1, 1, 0], [0, 1, 1], [0, 1, -1],
  [0, 2, 0]
]
/** Where nothing is beside the lid, this is put there first. */
const RIM = [1, 2, 0]

/**
 * Dig in, close every way to the bot, and wait until it is day, or until health is back.
 * @param {import('./scope').Context} scope
 * @param {{until: 'day'|'health', maxSeconds: number}} options
 * @returns {Promise<{safe: boolean, health: number}>} throws `no_space` where no shelter can be made
 */
async function shelter (scope, { until, maxSeconds }) {
  const { bot } = scope
  await defend(scope)
  await digIn(scope)
  await closeIn(scope)
  await eatWhenStarving(scope)
  let best = bot.health
  await waitAtMost(scope, {
    what: 'the end of the wait',
    timeoutMs: Math.min(maxSeconds, LONGEST_SECONDS) * 1000,
    events: [[bot, 'physicsTick']],
    until: () => {
      best = Math.max(best, bot.health)
      return best - bot.health >= HURT || (until === 'day' ? isDay(bot) : bot.health >= WELL)
    }
  })
  return { safe: best - bot.health < HURT, health: bot.health }
}

/** @param {any} bot */
function isDay (bot) {
  return bot.time.timeOfDay < DAY_ENDS || bot.time.timeOfDay > DAY_BEGINS
}

/** Down into firm ground, as deep as it goes well. @param {import('./scope').Context} scope */
async function digIn (scope) {
  const { bot } = scope
  await waitUntilStanding(scope)
  for (let depth = 0; depth < DEPTH && !isClosed(scope); depth++) {
    const feet = feetOf(bot)
    const below = { x: feet.x, y: feet.y - 1, z: feet.z }
    const ground = look(scope, below.x, below.y, below.z)
    const next = look(scope, below.x, below.y - 1, below.z)
    const wet = touches(scope, below, traits => traits.liquid !== null)
    if (ground.keep || ground.passable || ground.liquid || wet || !next.standable) return
    try {
      await clearCell(scope, below)
    } catch (error) {
      if (isFinal(error)) throw error
      return
    }
    await waitAtMost(scope, {
      what: 'the bot to fall',
      timeoutMs: 2000,
      events: [[bot, 'physicsTick']],
      until: () => feetOf(bot).y <= below.y && bot.entity.onGround
    })
  }
}

/** @param {import('./scope').Context} scope @returns {Array<{x: number, y: number, z: number}>} */
function holes (scope) {
  const feet = feetOf(scope.bot)
  return AROUND.map(([dx, dy, dz]) => ({ x: feet.x + dx, y: feet.y + dy, z: feet.z + dz }))
    .filter(cell => {
      const traits = look(scope, cell.x, cell.y, cell.z)
      return traits.passable || traits.liquid !== null
    })
}

/** @param {import('./scope').Context} scope */
const isClosed = scope => holes(scope).length === 0

/** @param {import('./scope').Context} scope */
async function closeIn (scope) {
  // What has nothing to hold on to at first has its neighbours later.
  for (let round = 0; round < 3 && !isClosed(scope); round++) {
    for (const cell of holes(scope)) {
      if (!await wall(scope, cell) && cell.y === feetOf(scope.bot).y + RIM[1]) await wall(scope, { ...cell, x: cell.x + RIM[0] })
    }
  }
  if (!isClosed(scope)) throw new PrimitiveError('no_space', 'No shelter can be made here: a wall of it has nothing to hold on to.')
}

/**
 * @param {import('./scope').Context} scope
 * @param {{x: number, y: number, z: number}} cell
 * @returns {Promise<boolean>} whether a block is there now
 */
async function wall (scope, cell) {
  const block = scaffoldingName(scope.bot)
  if (block === null) throw new PrimitiveError('no_space', 'Nothing is carried that walls could be made of.')
  try {
    await placeAt(scope, block, cell)
    return true
  } catch (error) {
    if (isFinal(error)) throw error
    return false
  }
}

module.exports = { shelter }
