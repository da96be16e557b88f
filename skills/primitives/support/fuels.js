'use strict'

/** How many items one piece of fuel smelts (burn time by 200 ticks), after the Minecraft Wiki's table "Fuel". */
const SMELTS = [
  [/^(coal|charcoal)$/, 8],
  [/^coal_block$/, 80],
  [/^blaze_rod$/, 12],
  [/^dried_kelp_block$/, 20],
  [/_planks$|_log$|_wood$|_stem$/, 1.5],
  [/^stick$|_sapling$|_wool$/, 0.5],
  [/^lava_bucket$/, 100]
]

/** What is burnt first when nothing was asked for. */
const PREFERRED = [/^coal$/, /^charcoal$/, /_planks$/, /_log$|_wood$/, /^stick$/, /_sapling$/, /^coal_block$/]

/** @param {string} name @returns {number} 0 for what is no fuel known here */
function smeltsPerPiece (name) {
  const entry = SMELTS.find(([pattern]) => /** @type {RegExp} */ (pattern).test(name))
  return entry ? Number(entry[1]) : 0
}

/**
 * What to burn for `count` items: the first kind in the order of preference that suffices alone,
 * else several kinds.
 * @param {Object<string, number>} carried @param {number} count
 * @param {{only?: string[], spare?: Object<string, number>}} [options] `spare`: not to be burnt
 * @returns {Array<{name: string, count: number}>|null} null when there is not enough
 */
function planFuel (carried, count, { only, spare = {} } = {}) {
  const rank = (/** @type {string} */ name) => PREFERRED.findIndex(pattern => pattern.test(name))
  const kinds = Object.keys(carried)
    .filter(name => smeltsPerPiece(name) > 0 && (only ? only.includes(name) : rank(name) >= 0))
    .map(name => ({ name, available: carried[name] - (spare[name] ?? 0) }))
    .filter(kind => kind.available > 0)
    .sort((a, b) => rank(a.name) - rank(b.name) || b.available - a.available)
  const alone = kinds.find(kind => kind.available * smeltsPerPiece(kind.name) >= count)
  if (alone) return [{ name: alone.name, count: Math.ceil(count / smeltsPerPiece(alone.name)) }]
  const plan = []
  let left = count
  for (const { name, available } of kinds) {
    const pieces = Math.min(available, Math.ceil(left / smeltsPerPiece(name)))
    plan.push({ name, count: pieces })
    left -= pieces * smeltsPerPiece(name)
    if (left <= 0) return plan
  }
  return null
}

module.exports = { planFuel, smeltsPerPiece }
