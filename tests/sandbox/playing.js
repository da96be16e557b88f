'use strict'
/** Plays programs in groups: those that assume the same layers to have fallen share a bot. */

/**
 * @param {import('./troupe').Program[]} programs
 * @param {{company: import('./company').Company, without?: string | null, onResult?: (result: any) => void}} options without: the
 *   layer that is taken out, and only the programs whose defence it is are played
 */
async function playAll (programs, { company, without = null, onResult = () => {} }) {
  const chosen = without ? programs.filter(({ defence }) => defence === without) : programs
  /** @type {any[]} */ const results = []
  for (const [fallen, group] of groups(chosen)) {
    const troupe = await company.troupe([...fallen, ...(without ? [without] : [])], without === null)
    for (const program of group) {
      const result = await troupe.play(program)
      results.push(result)
      onResult(result)
    }
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
