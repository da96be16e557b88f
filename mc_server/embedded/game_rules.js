'use strict'
/**
 * Rules of the world that can be set (`/gamerule`, `/difficulty`), and where its spawn point is when it was moved.
 *
 * Values are those of the original game until somebody sets them. Which of them change anything here is said in MECHANICS.md.
 */

/** @type {Record<string, boolean | number>} */
const DEFAULTS = {
  announceAdvancements: true,
  commandBlockOutput: true,
  doDaylightCycle: true,
  doEntityDrops: true,
  doFireTick: true,
  doImmediateRespawn: false,
  doInsomnia: true,
  doMobLoot: true,
  doMobSpawning: true,
  doTileDrops: true,
  doWeatherCycle: true,
  drowningDamage: true,
  fallDamage: true,
  fireDamage: true,
  freezeDamage: true,
  keepInventory: false,
  logAdminCommands: true,
  mobGriefing: true,
  naturalRegeneration: true,
  playersSleepingPercentage: 100,
  randomTickSpeed: 3,
  reducedDebugInfo: false,
  sendCommandFeedback: true,
  showDeathMessages: true,
  spawnRadius: 10
}
const DIFFICULTIES = ['peaceful', 'easy', 'normal', 'hard']

class GameRules {
  /** @param {any} game */
  constructor (game) {
    this.game = game
    /** Only what was set. @type {Record<string, boolean | number>} */
    this.changed = {}
    /** Of players who were never here. */
    this.defaultGameMode = 0
    this.difficulty = DIFFICULTIES.indexOf(game.options.difficulty ?? 'normal')
    /** Feet of the moved spawn point. @type {[number, number, number] | null} */
    this.spawn = null
  }

  has (/** @type {string} */ name) {
    return Object.hasOwn(DEFAULTS, name)
  }

  /** @returns {boolean | number} */
  get (/** @type {string} */ name) {
    return this.changed[name] ?? DEFAULTS[name]
  }

  set (/** @type {string} */ name, /** @type {boolean | number} */ value) {
    this.changed[name] = value
    this.game.saving.markChanged()
  }

  get difficultyName () {
    return DIFFICULTIES[this.difficulty]
  }

  /** What was asked for at the start counts more than what was saved. */
  open () {
    const wanted = this.game.options.difficulty
    if (wanted) this.setDifficulty(DIFFICULTIES.indexOf(wanted))
  }

  setDifficulty (/** @type {number} */ difficulty) {
    this.difficulty = difficulty
    this.#tellDifficulty()
    this.game.saving.markChanged()
  }

  setSpawn (/** @type {[number, number, number]} */ at) {
    this.spawn = at
    this.game.placeSpawnPoint()
    this.game.players.broadcast('spawn_position', { location: this.game.spawnPoint, angle: 0 })
    this.game.saving.markChanged()
  }

  #tellDifficulty () {
    this.game.serv.difficulty = this.difficulty
    this.game.players.broadcast('difficulty', { difficulty: this.difficulty, difficultyLocked: false })
  }

  pack () {
    return { changed: this.changed, defaultGameMode: this.defaultGameMode, difficulty: this.difficulty, spawn: this.spawn }
  }

  unpack (/** @type {any} */ { changed, defaultGameMode, difficulty, spawn }) {
    this.changed = { ...changed }
    Object.assign(this, { defaultGameMode, difficulty, spawn })
    this.game.placeSpawnPoint()
    this.#tellDifficulty()
  }
}

module.exports = { GameRules, DEFAULTS, DIFFICULTIES }
