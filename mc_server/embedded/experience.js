'use strict'
/** Experience points and levels (Minecraft Wiki, 'Experience'). Points are given directly; there are no orbs. */

/** Points needed to get from a level to the next. */
function pointsToNext (/** @type {number} */ level) {
  if (level < 16) return 2 * level + 7
  if (level < 31) return 5 * level - 38
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

  add (/** @type {any} */ player, /** @type {number} */ points) {
    if (points <= 0) return
    player.survivor.experience += points
    this.send(player)
  }

  send (/** @type {any} */ player) {
    const { level, share } = levelOf(player.survivor.experience)
    player._client.write('experience', { experienceBar: share, level, totalExperience: player.survivor.experience })
  }
}

module.exports = { Experience, levelOf }
