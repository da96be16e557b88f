'use strict'

const { PrimitiveError, isPrimitiveError } = require('./errors')
const { travel } = require('./movement')
const { feetOf } = require('./world')
const { eatWhenStarving } = require('./eating')

/**
 * Where rock is dug into when none of its kind is in sight: near the height at which each ore is
 * most frequent (Minecraft Wiki, "Ore", distribution since 1.18), but above the lava that fills
 * caves from -54 down.
 */
const LEVELS = /** @type {Object<string, number>} */ ({
  coal_ore: 45,
  copper_ore: 44,
  iron_ore: 16,
  gold_ore: -16,
  lapis_ore: -2,
  redstone_ore: -50,
  diamond_ore: -50,
  deepslate: -8
})
/** Rock that begins a few blocks under any ground. */
const ROCK = /^(stone|andesite|granite|diorite|tuff|cobblestone)$/
const ROCK_DEPTH = 8
/** How many blocks farther than down a way down may lead. */
const ASIDE = 4
/** Length of one piece of a tunnel. */
const LEG = 16
const DIRECTIONS = [[1, 0], [0, 1], [-1, 0], [0, -1]]

/**
 * The height at which to dig for one of these blocks.
 * @param {string[]} names
 * @param {number} y where the bot is
 * @returns {number|null} null for what is not dug for
 */
function prospectingLevel (names, y) {
  for (const name of names) {
    const level = LEVELS[name.replace(/^deepslate_(?=.*_ore$)/, '')]
    if (level !== undefined) return level
  }
  return names.some(name => ROCK.test(name)) ? y - ROCK_DEPTH : null
}

/**
 * Dig down to a level and then straight on until `found()` gives something, turning where the way
 * is barred by lava, water or the end of the loaded land.
 *
 * @param {import('./scope').Context} context
 * @param {() => any} found
 * @param {{level: number, maxSeconds: number, what: string, check?: () => void}} options `check`
 *   throws when going on has no sense
 * @returns {Promise<any>} what `found` gave; throws `not_found` when the time is over
 */
async function prospect (context, found, { level, maxSeconds, what, check = () => {} }) {
  const startedAt = Date.now()
  const secondsLeft = () => maxSeconds - (Date.now() - startedAt) / 1000
  let heading = startingDirection(context)
  for (let turns = 0; secondsLeft() > 0;) {
    const value = found()
    if (value) return value
    check()
    await eatWhenStarving(context)
    const feet = feetOf(context.bot)
    const [dx, dz] = DIRECTIONS[heading]
    const deep = Math.abs(feet.y - level) <= 2
    const target = deep
      ? levelStretch({ x: feet.x + dx * LEG, y: level, z: feet.z + dz * LEG }, [dx, dz])
      : descent(feet, level)
    if (await dig(context, target, found, Math.min(secondsLeft(), 150))) turns = 0
    else {
      heading = (heading + 1) % DIRECTIONS.length
      if (++turns > 2 * DIRECTIONS.length) break
    }
  }
  const { x, y, z } = feetOf(context.bot)
  throw new PrimitiveError('not_found', `Dug for ${what} and saw none; the bot is at ${x}, ${y}, ${z}. Look elsewhere or for longer.`)
}

/** The same place is begun in the same direction, another in another. @param {any} context */
function startingDirection ({ bot }) {
  const { x, z } = feetOf(bot)
  return Math.abs((x >> 6) * 31 + (z >> 6) * 17) % DIRECTIONS.length
}

/**
 * Down to a level, no farther aside than down: where the land itself slopes to that level there is
 * no rock around.
 * @param {{x: number, y: number, z: number}} feet @param {number} level @returns {import('./movement').Target}
 */
function descent (feet, level) {
  const aside = (/** @type {any} */ { x, y, z }) =>
    Math.max(0, Math.abs(x - feet.x) + Math.abs(z - feet.z) - Math.abs(feet.y - y) - ASIDE)
  return {
    middle: { x: feet.x, y: level, z: feet.z },
    isGoal: cell => Math.abs(cell.y - level) <= 1 && aside(cell) === 0,
    distance: cell => Math.abs(cell.y - level) + aside(cell)
  }
}

/** The end of a leg: past its line, at about its height. @param {{x: number, y: number, z: number}} end @param {number[]} direction @returns {import('./movement').Target} */
function levelStretch (end, [dx, dz]) {
  const ahead = (/** @type {any} */ cell) => Math.max(0, (end.x - cell.x) * dx + (end.z - cell.z) * dz)
  return {
    middle: end,
    isGoal: cell => ahead(cell) === 0 && Math.abs(cell.y - end.y) <= 2,
    distance: cell => ahead(cell) + Math.max(0, Math.abs(cell.y - end.y) - 2)
  }
}

/** @param {any} context @param {import('./movement').Target} target @param {() => any} found @param {number} timeoutSeconds @returns {Promise<boolean>} whether the bot got on */
async function dig (context, target, found, timeoutSeconds) {
  const before = target.distance(feetOf(context.bot))
  try {
    await travel(context, target, { timeoutSeconds, what: 'the end of the tunnel', until: () => Boolean(found()) })
    return true
  } catch (error) {
    if (!isPrimitiveError(error, 'unreachable', 'timeout', 'no_space')) throw error
    return target.distance(feetOf(context.bot)) < before - 4
  }
}

module.exports = { prospect, prospectingLevel }
