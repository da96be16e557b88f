'use strict'
/** Effects on a body: what they do once and again and again (Minecraft Wiki, 'Effect', Java Edition 1.20). */

/** Names of minecraft-data that are not the original's, which are `Speed` for `speed` and so on. */
const OTHER_NAMES = /** @type {Record<string, string>} */ ({ BadLuck: 'unluck' })

/** `JumpBoost` -> `jump_boost` */
function effectName (/** @type {string} */ dataName) {
  return OTHER_NAMES[dataName] ?? dataName.replace(/(?<!^)[A-Z]/g, letter => `_${letter}`).toLowerCase()
}

/** Ticks between two strokes of an effect at its first level; each level halves them. */
const STROKE_TICKS = /** @type {Record<string, number>} */ ({ regeneration: 50, poison: 25, wither: 40 })

/** Whether an effect strikes in a tick, by the ticks it has left. */
function strikes (/** @type {string} */ name, /** @type {number} */ amplifier, /** @type {number} */ ticksLeft) {
  const interval = STROKE_TICKS[name] >> amplifier
  return interval > 0 ? ticksLeft % interval === 0 : true
}

module.exports = { effectName, strikes, STROKE_TICKS }
