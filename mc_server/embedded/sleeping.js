'use strict'
/** Beds: lying down at night, waking up in the morning, and where one comes back to life. */

const SLEEP_TICKS = 100
const REACH = 3.5
const POSE_METADATA = 6
const POSE = { STANDING: 0, SLEEPING: 2 }
const LEAVE_BED_ANIMATION = 2

class Sleeping {
  /** @param {any} game */
  constructor (game) {
    this.game = game
  }

  lieDown (/** @type {any} */ player, /** @type {{x: number, y: number, z: number}} */ { x, y, z }) {
    const { time, serv, players, saving } = this.game
    const near = Math.abs(player.position.x - x - 0.5) < REACH && Math.abs(player.position.z - z - 0.5) < REACH
    if (!near) return
    player.survivor.bed = [x, y, z]
    saving.markChanged()
    if (!time.isNight()) {
      serv.broadcast('You can sleep only at night.', { whitelist: [player] })
      return
    }
    player.survivor.asleepSince = this.game.tick
    players.broadcast('entity_metadata', {
      entityId: player.id, metadata: [{ key: POSE_METADATA, type: 'pose', value: POSE.SLEEPING }]
    })
  }

  wake (/** @type {any} */ player) {
    if (player.survivor.asleepSince === null) return
    player.survivor.asleepSince = null
    const { players } = this.game
    players.broadcast('animation', { entityId: player.id, animation: LEAVE_BED_ANIMATION })
    players.broadcast('entity_metadata', {
      entityId: player.id, metadata: [{ key: POSE_METADATA, type: 'pose', value: POSE.STANDING }]
    })
  }

  /** When everybody has slept long enough, it is morning. */
  tick () {
    const { players, time, tick } = this.game
    const all = players.all()
    const rested = all.length > 0 && all.every((/** @type {any} */ { survivor }) =>
      survivor.asleepSince !== null && tick - survivor.asleepSince >= SLEEP_TICKS)
    if (!rested) return
    time.set(0)
    for (const player of all) this.wake(player)
  }

  /** @returns {{x: number, y: number, z: number} | null} beside the player's bed, if it still stands */
  bedOf (/** @type {any} */ player) {
    const { bed } = player.survivor
    if (!bed) return null
    const { world, blocks } = this.game
    const [x, y, z] = bed
    if (!blocks.nameOf(world.get(x, y, z)).endsWith('_bed')) return null
    return { x: x + 0.5, y: y + 0.6, z: z + 0.5 }
  }
}

module.exports = { Sleeping }
