'use strict'
/** Commands about the world as a whole: time, weather, difficulty, rules, where one starts. */

const { CommandError } = require('./words')
const { GAME_MODES } = require('../players/game_modes')
const { DIFFICULTIES } = require('../game_rules')

/** @typedef {import('.').Command} Command */

const TIMES = /** @type {Record<string, number>} */ ({ day: 1000, noon: 6000, night: 13000, midnight: 18000 })
const TICKS = /** @type {Record<string, number>} */ ({ d: 24000, s: 20, t: 1 })

/** @returns {Record<string, Command>} */
function worldCommands (/** @type {any} */ game) {
  return {
    // set day|noon|night|midnight|TIME, add TIME, query daytime|gametime|day
    time: words => {
      const action = words.oneOf(['set', 'add', 'query'])
      if (action === 'query') return { translate: 'commands.time.query', with: [timeOf(game, words.oneOf(['daytime', 'gametime', 'day']))] }
      const ticks = ticksOf(words.next())
      if (action === 'set') game.time.set(ticks)
      else game.time.set(game.time.day * TICKS.d + game.time.ticks + ticks)
      return { translate: 'commands.time.set', with: [game.time.ticks] }
    },
    // clear|rain|thunder; how long it stays is left to the weather
    weather: words => {
      const kind = words.oneOf(['clear', 'rain', 'thunder'])
      words.remainder()
      game.weather.set(kind)
      return { translate: `commands.weather.set.${kind}` }
    },
    difficulty: words => {
      if (words.done) return { translate: 'commands.difficulty.query', with: [{ translate: `options.difficulty.${DIFFICULTIES[game.rules.difficulty]}` }] }
      const difficulty = words.oneOf(DIFFICULTIES)
      game.rules.setDifficulty(DIFFICULTIES.indexOf(difficulty))
      return { translate: 'commands.difficulty.success', with: [{ translate: `options.difficulty.${difficulty}` }] }
    },
    gamerule: words => {
      const rule = words.next().replace(/^minecraft:/, '')
      if (!game.rules.has(rule)) throw new CommandError(`Unknown game rule '${rule}'`)
      if (words.done) return { translate: 'commands.gamerule.query', with: [rule, String(game.rules.get(rule))] }
      const value = typeof game.rules.get(rule) === 'number' ? words.number() : words.oneOf(['true', 'false']) === 'true'
      game.rules.set(rule, value)
      if (rule === 'doDaylightCycle') game.time.tellAll()
      return { translate: 'commands.gamerule.set', with: [rule, String(value)] }
    },
    defaultgamemode: words => {
      const mode = words.oneOf(GAME_MODES)
      game.rules.defaultGameMode = GAME_MODES.indexOf(mode)
      game.saving.markChanged()
      return { translate: 'commands.defaultgamemode.success', with: [{ translate: `gameMode.${mode}` }] }
    },
    setworldspawn: (words, source) => {
      const { x, y, z } = words.done ? source.position : words.block()
      const at = [x, y, z].map(Math.floor)
      game.rules.setSpawn([at[0] + 0.5, at[1], at[2] + 0.5])
      return { translate: 'commands.setworldspawn.success', with: [...at, 0] }
    },
    // Accepted, because tests give them; clients are shown nothing.
    particle: words => ({ translate: 'commands.particle.success', with: [words.next()] })
  }
}

function ticksOf (/** @type {string} */ word) {
  if (Object.hasOwn(TIMES, word)) return TIMES[word]
  const [, digits, unit] = /^(-?[\d.]+)([dst]?)$/.exec(word) ?? []
  if (digits === undefined) throw new CommandError(`Expected a time: ${word}`)
  return Math.round(Number(digits) * TICKS[unit || 't'])
}

function timeOf (/** @type {any} */ game, /** @type {string} */ what) {
  if (what === 'gametime') return game.time.age
  return what === 'day' ? game.time.day : game.time.ticks
}

module.exports = { worldCommands }
