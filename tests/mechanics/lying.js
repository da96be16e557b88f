'use strict'
/** Items on the ground of the stage, as the bot sees them. */

/** @typedef {import('./stage').Stage} Stage */

/** How many of an item lie near a place. */
function countLying (/** @type {Stage} */ stage, /** @type {import('./stage').Place} */ place, /** @type {string} */ item, distance = 4) {
  const middle = stage.at(place[0] + 0.5, place[1], place[2] + 0.5)
  return Object.values(stage.bot.entities)
    .filter((/** @type {any} */ entity) => entity.name === 'item' && entity.position.distanceTo(middle) < distance)
    .map((/** @type {any} */ entity) => entity.getDroppedItem())
    .reduce((/** @type {number} */ sum, /** @type {any} */ dropped) => sum + (dropped?.name === item ? dropped.count : 0), 0)
}

/** Waits until at least so many of an item lie near a place. */
function untilLying (/** @type {Stage} */ stage, /** @type {import('./stage').Place} */ place, /** @type {string} */ item, count = 1, distance = 4) {
  return stage.until(() => countLying(stage, place, item, distance) >= count, `${count} ${item} to lie there`, 5000)
}

module.exports = { countLying, untilLying }
