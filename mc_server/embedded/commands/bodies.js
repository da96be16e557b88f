'use strict'
/** Commands about players and creatures: where they are, how they live, how they die. */

const { CommandError, positionOf } = require('./words')
const { GAME_MODES } = require('../players/game_modes')
const { levelOf, pointsToNext } = require('../players/experience')

/** @typedef {import('.').Command} Command */

const EFFECT_SECONDS = 30
const TICKS_PER_SECOND = 20
/** `infinite` in ticks: longer than anybody plays. */
const WITHOUT_END_TICKS = 2 ** 31 - 1

/** The name of a player or a creature as a part of a text. */
const nameOf = (/** @type {any} */ target) => target.survivor ? { insertion: target.username, text: target.username } : { translate: `entity.minecraft.${target.kind}` }

/** A text for one target, or for several. */
function said (/** @type {string} */ base, /** @type {any[]} */ targets, /** @type {any[]} */ before = [], /** @type {any[]} */ after = []) {
  const one = targets.length === 1
  return { translate: `${base}.${one ? 'single' : 'multiple'}`, with: [...before, one ? nameOf(targets[0]) : targets.length, ...after] }
}

/** @returns {Record<string, Command>} */
function bodyCommands (/** @type {any} */ game) {
  /** @type {Command} */
  const teleport = words => {
    const moved = words.startsWithCoordinate() ? [words.self()] : words.targets()
    const [who, place] = words.done ? [[words.self()], positionOf(moved[0])] : [moved, null]
    const to = place ?? (words.startsWithCoordinate() ? words.position() : positionOf(words.targets()[0]))
    for (const each of who) move(game, each, to)
    return said('commands.teleport.success.location', who, [], [to.x, to.y, to.z].map(String))
  }
  /** @type {Command} */
  const experience = words => changeExperience(game, words)
  return {
    tp: teleport,
    teleport,
    xp: experience,
    experience,
    effect: words => changeEffects(game, words),
    gamemode: words => {
      const mode = words.oneOf(GAME_MODES)
      const players = words.players()
      for (const player of players) game.gameModes.set(player, GAME_MODES.indexOf(mode))
      return { translate: 'commands.gamemode.success.self', with: [{ translate: `gameMode.${mode}` }] }
    },
    kill: words => {
      const targets = words.done ? [words.self()] : words.targets()
      for (const each of targets) kill(game, each)
      return said('commands.kill.success', targets)
    },
    spawnpoint: words => {
      const players = words.players()
      const { x, y, z } = words.done ? floored(players[0].position) : words.block()
      for (const player of players) player.survivor.forcedSpawn = { x: x + 0.5, y, z: z + 0.5 }
      game.saving.markChanged()
      return said('commands.spawnpoint.success', players, [x, y, z, 0, 'minecraft:overworld'])
    }
  }
}

const floored = (/** @type {any} */ { x, y, z }) => ({ x: Math.floor(x), y: Math.floor(y), z: Math.floor(z) })

function move (/** @type {any} */ game, /** @type {any} */ target, /** @type {{x: number, y: number, z: number}} */ to) {
  if (!target.survivor) return Object.assign(target, { x: to.x, y: to.y, z: to.z })
  if (!target.survivor.dead) game.players.teleport(target, to)
}

/** As the original does it: nothing protects from it, and what is dropped is dropped. */
function kill (/** @type {any} */ game, /** @type {any} */ target) {
  if (!target.survivor && target.health === undefined) game.entities.remove(target)
  else game.hurt(target, Number.MAX_SAFE_INTEGER, { cause: 'void' })
}

/** `add|set PLAYERS AMOUNT [points|levels]`, `query PLAYER points|levels`. */
function changeExperience (/** @type {any} */ game, /** @type {import('./words').Words} */ words) {
  const action = words.oneOf(['add', 'set', 'query'])
  const players = words.players()
  if (action === 'query') {
    const unit = words.oneOf(['points', 'levels'])
    const { level, share } = levelOf(players[0].survivor.experience)
    const amount = unit === 'levels' ? level : Math.round(share * pointsToNext(level))
    return { translate: `commands.experience.query.${unit}`, with: [nameOf(players[0]), amount] }
  }
  const amount = Math.floor(words.number())
  const unit = words.done ? 'points' : words.oneOf(['points', 'levels'])
  for (const player of players) {
    const { experience } = player.survivor
    const { level, share } = levelOf(experience)
    const within = Math.floor(share * pointsToNext(level))
    if (unit === 'points') player.survivor.experience = action === 'add' ? Math.max(0, experience + amount) : pointsUpTo(level) + amount
    else player.survivor.experience = pointsUpTo(Math.max(0, action === 'add' ? level + amount : amount)) + within
    game.experience.send(player)
  }
  game.saving.markChanged()
  return said(`commands.experience.${action}.${unit}.success`, players, [amount])
}

/** Points that a level takes from the beginning. */
function pointsUpTo (/** @type {number} */ level) {
  let points = 0
  for (let passed = 0; passed < level; passed++) points += pointsToNext(passed)
  return points
}

/** `give PLAYERS EFFECT [SECONDS] [AMPLIFIER] [hideParticles]`, `clear [PLAYERS] [EFFECT]`. */
function changeEffects (/** @type {any} */ game, /** @type {import('./words').Words} */ words) {
  const action = words.oneOf(['give', 'clear'])
  const players = words.players()
  const name = words.optional()?.replace(/^minecraft:/, '')
  if (action === 'clear') {
    for (const player of players) game.effects.clear(player, name)
    return said('commands.effect.clear.everything.success', players)
  }
  if (name === undefined || game.effects.ids[name] === undefined) throw new CommandError(`Unknown effect '${name}'`)
  const length = words.optional() ?? String(EFFECT_SECONDS)
  const ticks = length === 'infinite' ? WITHOUT_END_TICKS : Number(length) * TICKS_PER_SECOND
  const amplifier = words.number(0)
  for (const player of players) game.effects.add(player, name, amplifier, ticks)
  return said('commands.effect.give.success', players, [{ translate: `effect.minecraft.${name}` }])
}

module.exports = { bodyCommands, nameOf, said }
