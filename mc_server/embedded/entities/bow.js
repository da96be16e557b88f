'use strict'
/** Bows and crossbows: how they are drawn, which arrow they take, how it flies. Not covered: tipped arrows, rockets. */

const { OFF_HAND, FIRST_STORAGE, FIRST_HOTBAR, END_HOTBAR } = require('../inventory/window_views')
const { aimed, muzzle } = require('../players/aim')

const ARROWS = ['arrow', 'spectral_arrow', 'tipped_arrow']
const FULL_DRAW_TICKS = 20
const WEAKEST_SHOT = 0.1
const BOW_SPEED = 3
const ARROW_DAMAGE = 2
const CROSSBOW = { drawTicks: 25, quickChargeTicks: 5, speed: 3.15 }

/** @returns {number} the level of an enchantment on an item */
function levelOf (/** @type {any} */ item, /** @type {string} */ enchantment) {
  return (item.enchants ?? []).find((/** @type {any} */ { name }) => name === enchantment)?.lvl ?? 0
}

/** @returns {number} slot of the arrow that is shot next, -1 without any */
function arrowSlot (/** @type {any} */ { survivor: { slots } }) {
  const isArrow = (/** @type {number} */ slot) => ARROWS.includes(slots[slot]?.name)
  if (isArrow(OFF_HAND)) return OFF_HAND
  for (let slot = FIRST_HOTBAR; slot < END_HOTBAR; slot++) if (isArrow(slot)) return slot
  for (let slot = FIRST_STORAGE; slot < FIRST_HOTBAR; slot++) if (isArrow(slot)) return slot
  return -1
}

/** Takes an arrow out of a player's inventory. @returns {any} the arrow */
function takeArrow (/** @type {any} */ game, /** @type {any} */ player, /** @type {number} */ slot, /** @type {boolean} */ free) {
  const { slots } = player.survivor
  const arrow = game.items.clone(slots[slot], 1)
  if (free) return arrow
  slots[slot].count--
  if (slots[slot].count === 0) slots[slot] = null
  return arrow
}

class Bow {
  /** @param {any} game */
  constructor (game) {
    this.game = game
  }

  mayStart (/** @type {any} */ player) {
    return arrowSlot(player) !== -1 || this.game.gameModes.isCreative(player)
  }

  release (/** @type {any} */ player, /** @type {any} */ bow, /** @type {number} */ ticks, /** @type {number} */ slot) {
    const { game } = this
    const drawn = ticks / FULL_DRAW_TICKS
    const power = Math.min(1, (drawn * drawn + drawn * 2) / 3)
    const from = arrowSlot(player)
    const creative = game.gameModes.isCreative(player)
    if (power < WEAKEST_SHOT || (from === -1 && !creative)) return
    const free = creative || (levelOf(bow, 'infinity') > 0 && player.survivor.slots[from].name === 'arrow')
    const arrow = from === -1 ? null : takeArrow(game, player, from, free)
    const strength = levelOf(bow, 'power')
    game.projectiles.shoot({
      kind: 'arrow',
      from: muzzle(game, player),
      velocity: aimed(game, player, power * BOW_SPEED),
      shooter: player,
      damage: ARROW_DAMAGE + (strength > 0 ? strength * 0.5 + 0.5 : 0),
      item: free ? null : arrow,
      critical: power === 1,
      punch: levelOf(bow, 'punch'),
      flame: levelOf(bow, 'flame') > 0
    })
    if (!creative) player.survivor.slots[slot] = game.items.wear(bow)
    game.windows.sendChanges(player)
  }
}

class Crossbow {
  /** @param {any} game */
  constructor (game) {
    this.game = game
  }

  /** A loaded crossbow shoots at once, another begins to be drawn. */
  mayStart (/** @type {any} */ player, /** @type {any} */ crossbow) {
    if (!isLoaded(crossbow)) return arrowSlot(player) !== -1
    this.#shoot(player, crossbow)
    return false
  }

  release (/** @type {any} */ player, /** @type {any} */ crossbow, /** @type {number} */ ticks) {
    const needed = CROSSBOW.drawTicks - CROSSBOW.quickChargeTicks * levelOf(crossbow, 'quick_charge')
    const from = arrowSlot(player)
    if (ticks < needed || from === -1) return
    takeArrow(this.game, player, from, false)
    setLoaded(crossbow, true)
    this.game.windows.sendChanges(player)
  }

  #shoot (/** @type {any} */ player, /** @type {any} */ crossbow) {
    const { game } = this
    setLoaded(crossbow, false)
    game.projectiles.shoot({
      kind: 'arrow',
      from: muzzle(game, player),
      velocity: aimed(game, player, CROSSBOW.speed),
      shooter: player,
      damage: ARROW_DAMAGE,
      item: game.items.create('arrow'),
      critical: true
    })
    const { slots } = player.survivor
    slots[slots.indexOf(crossbow)] = game.items.wear(crossbow)
    game.windows.sendChanges(player)
  }
}

const isLoaded = (/** @type {any} */ crossbow) => crossbow.nbt?.value?.Charged?.value === 1

function setLoaded (/** @type {any} */ crossbow, /** @type {boolean} */ loaded) {
  const value = { ...crossbow.nbt?.value, Charged: { type: 'byte', value: loaded ? 1 : 0 } }
  if (loaded) {
    const arrow = { id: { type: 'string', value: 'minecraft:arrow' }, Count: { type: 'byte', value: 1 } }
    value.ChargedProjectiles = { type: 'list', value: { type: 'compound', value: [arrow] } }
  } else {
    delete value.ChargedProjectiles
  }
  crossbow.nbt = { type: 'compound', name: '', value }
}

module.exports = { Bow, Crossbow }
