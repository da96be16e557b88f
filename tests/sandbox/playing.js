'use strict'
/** Plays programs in groups: those that assume the same layers to have fallen share a bot. */

const { Scene } = require('./scene')
const { Troupe } = require('./troupe')

/** Without its layer a program is not stopped; to wait for long would not show more. */
const PATIENCE_WITHOUT_MILLISECONDS = 6000

/**
 * @param {import('./troupe').Program[]} programs
 * @param {{without?: string | null, scene?: Scene, onResult?: (result: any) => void}} options without: the layer that is taken
 *   out, and only the programs whose defence it is are played
 */
async function playAll (programs, { without = null, scene, onResult = () => {} }) {
  const place = scene ?? await Scene.open()
  const chosen = without ? programs.filter(({ defence }) => defence === without) : programs
  /** @type {any[]} */ const results = []
  try {
    for (const [fallen, group] of groups(chosen)) {
      const removed = [...fallen, ...(without ? [without] : [])]
      const troupe = new Troupe(place, removed, without ? { patience: PATIENCE_WITHOUT_MILLISECONDS } : {})
      try {
        for (const program of group) {
          const result = await troupe.play(program)
          results.push(result)
          onResult(result)
        }
      } finally {
        await troupe.close()
      }
    }
  } finally {
    if (!scene) await place.close()
  }
  return results
}

/**
 * @param {import('./troupe').Program[]} programs
 * @returns {[string[], import('./troupe').Program[]][]}
 */
function groups (programs) {
  const byFallen = Map.groupBy(programs, ({ fallen = [] }) => fallen.join())
  return [...byFallen].map(([names, group]) => [names ? names.split(',') : [], group])
}

module.exports = { playAll }
