'use strict'
/** Experience points and levels of players (Minecraft Wiki, 'Experience'); the orbs they come as are in `orbs.js`. */

/** Points for each level that a dying player leaves, and the most. */
const LEFT_PER_LEVEL = 7
const LEFT_AT_MOST = 100

/** Points needed to get from a level to the next. */
function pointsToNext (/** @type {number} */ level) {
  if (level < 15) return 2 * level + 7
  if (level < 30) return 5 * level - 38
  return 9 * level - 158
}

/** @returns {{level: number, share: number}} share: how much of the next level is done, 0 to 1 */
function levelOf (/** @type {number} */ points) {
  let level = 0
  let rest = points
  while (rest >= pointsToNext(level)) rest -= pointsToNext(level++)
  return { level, share: rest / pointsToNext(level) }
}

class Experience {
  /** @param {any} game */
  constructor (game) {
    this.game = game
  }

  /** Lets points fall at a place, as orbs. */
  drop (/** @type {{x: number, y: number, z: number}} */ at, /** @type {number} */ amount) {
    this.game.orbs.spawn(at, amount)
  }

  /** Gives a player points at once. */
  add (/** @type {any} */ player, /** @type {number} */ points) {
    if (points <= 0) return
    player.survivor.experience += points
    this.send(player)
    this.game.saving.markChanged()
  }

  /** A dying player loses all and leaves some of it. */
  lose (/** @type {any} */ player) {
    const { level } = levelOf(player.survivor.experience)
    player.survivor.experience = 0
    this.send(player)
    this.drop(player.position, Math.min(LEFT_AT_MOST, level * LEFT_PER_LEVEL))
  }

  send (/** @type {any} */ player) {
    const { level, share } = levelOf(player.survivor.experience)
    player._client.write('experience', { experienceBar: share, level, totalExperience: player.survivor.experience })
  }
}

module.exports = { Experience, levelOf, pointsToNext }
