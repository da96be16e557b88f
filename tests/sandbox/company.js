'use strict'
/** All that plays on one scene: bots that stay for the programs that come next and assume the same layers to have fallen. */

const { Troupe } = require('./troupe')

/** Each is two processes, so the one that was used least lately leaves. */
const MOST_TROUPES = 2

class Company {
  /** @param {import('./scene').Scene} scene */
  constructor (scene) {
    this.scene = scene
    /** By what is taken out, the one that was used last at the end. @type {Map<string, Troupe>} */ this.troupes = new Map()
    this.names = 0
  }

  /**
   * @param {string[]} removed layers
   * @param {boolean} stands whether the layer stands that is the defence against what will be played
   */
  async troupe (removed, stands) {
    const key = `${stands} ${removed.join()}`
    const troupe = this.troupes.get(key) ?? new Troupe(this.scene, removed, { username: `hostile${++this.names}`, stands })
    this.troupes.delete(key)
    this.troupes.set(key, troupe)
    for (const [oldest, other] of [...this.troupes].slice(0, -MOST_TROUPES)) {
      this.troupes.delete(oldest)
      await other.close()
    }
    return troupe
  }

  async close () {
    for (const troupe of this.troupes.values()) await troupe.close()
    await this.scene.close()
  }
}

module.exports = { Company }
