'use strict'
/**
 * What a click in a window does: left and right clicks, shift-clicks, number keys, dropping, dragging, double clicks.
 *
 * Works on a view and the item on the cursor and knows nothing of packets; `inventory_windows.js` tells the client.
 */

const { gridSlots, armourSlot } = require('./window_views')

const OUTSIDE = -999
/** Protocol numbers of the kinds of click. */
const MODE = { PICK: 0, SHIFT: 1, NUMBER_KEY: 2, DROP: 4, DRAG: 5, DOUBLE: 6 }
const OFF_HAND_KEY = 40
/** No shift-click crafts more often than a stack holds. */
const MAXIMUM_CRAFTS = 64

/** @typedef {import('./window_views').View} View */

class Clicks {
  /**
   * @param {import('./items').Items} items
   * @param {import('./crafting').Crafting} crafting
   */
  constructor (items, crafting) {
    this.items = items
    this.crafting = crafting
  }

  /**
   * @param {{cursor: any, drag: any}} hand the clicking player's cursor; changed in place
   * @param {View} view
   * @param {{slot: number, mouseButton: number, mode: number}} click
   * @param {(item: any) => void} drop throws an item into the world
   */
  click (hand, view, { slot, mouseButton, mode }, drop) {
    const onSlot = slot >= 0 && slot < view.size
    const fromResult = onSlot && slot === view.resultSlot
    if (mode === MODE.PICK && slot === OUTSIDE) this.#throwCursor(hand, mouseButton, drop)
    else if (mode === MODE.PICK && fromResult) this.#takeResult(hand, view, drop)
    else if (mode === MODE.PICK && onSlot && mouseButton === 0) this.#leftClick(hand, view, slot)
    else if (mode === MODE.PICK && onSlot) this.#rightClick(hand, view, slot)
    else if (mode === MODE.SHIFT && fromResult && view.grid) this.#craftAll(view, drop)
    else if (mode === MODE.SHIFT && onSlot) this.#shiftClick(view, slot)
    else if (mode === MODE.NUMBER_KEY && onSlot) this.#swap(view, slot, mouseButton, drop)
    else if (mode === MODE.DROP && onSlot && !hand.cursor) this.#dropFromSlot(view, slot, mouseButton, drop)
    else if (mode === MODE.DRAG) this.#drag(hand, view, slot, mouseButton)
    else if (mode === MODE.DOUBLE) this.#gather(hand, view)
    this.updateResult(view)
  }

  /** Puts into the result slot what the grid makes. */
  updateResult (/** @type {View} */ view) {
    if (!view.grid) return
    view.set(view.resultSlot, this.crafting.resultOf(gridSlots(view).map(view.get), view.grid.width))
  }

  /**
   * Merges a stack into like stacks of a range, then fills empty slots; takes what fits from its count.
   * @param {View} view
   * @param {any} item
   * @param {number} from
   * @param {number} to
   * @param {{reverse?: boolean, mergeOnly?: boolean}} [options]
   */
  add (view, item, from, to, { reverse = false, mergeOnly = false } = {}) {
    const slots = Array.from({ length: to - from }, (_, index) => from + index).filter(slot => slot !== view.resultSlot)
    if (reverse) slots.reverse()
    for (const slot of slots) {
      const there = view.get(slot)
      if (item.count > 0 && this.items.sameKind(there, item)) move(item, there, item.count)
    }
    if (mergeOnly) return
    for (const slot of slots) {
      if (item.count <= 0) return
      if (view.get(slot) || !view.accepts(slot, item)) continue
      const moved = Math.min(item.count, item.stackSize)
      view.set(slot, this.items.clone(item, moved))
      item.count -= moved
    }
  }

  /** Uses up one of each ingredient. */
  #useIngredients (/** @type {View} */ view, /** @type {(item: any) => void} */ drop) {
    for (const slot of gridSlots(view)) {
      const item = view.get(slot)
      if (!item) continue
      const remainder = this.crafting.remainderOf(item)
      item.count--
      if (item.count <= 0) view.set(slot, remainder)
      else if (remainder) drop(remainder)
    }
    this.updateResult(view)
  }

  #throwCursor (/** @type {any} */ hand, /** @type {number} */ button, /** @type {(item: any) => void} */ drop) {
    if (!hand.cursor) return
    const count = button === 0 ? hand.cursor.count : 1
    drop(this.items.clone(hand.cursor, count))
    takeFromCursor(hand, count)
  }

  #takeResult (/** @type {any} */ hand, /** @type {View} */ view, /** @type {(item: any) => void} */ drop) {
    const item = view.get(view.resultSlot)
    if (!item) return
    if (hand.cursor) {
      if (!this.items.sameKind(hand.cursor, item) || hand.cursor.count + item.count > item.stackSize) return
      hand.cursor.count += item.count
    } else {
      hand.cursor = this.items.clone(item)
    }
    view.set(view.resultSlot, null)
    if (view.grid) this.#useIngredients(view, drop)
    view.onTake?.(item)
  }

  #leftClick (/** @type {any} */ hand, /** @type {View} */ view, /** @type {number} */ slot) {
    const there = view.get(slot)
    if (hand.cursor && !view.accepts(slot, hand.cursor)) return
    if (there && this.items.sameKind(there, hand.cursor)) {
      move(hand.cursor, there, hand.cursor.count)
      if (hand.cursor.count <= 0) hand.cursor = null
      return
    }
    view.set(slot, hand.cursor)
    hand.cursor = there
  }

  #rightClick (/** @type {any} */ hand, /** @type {View} */ view, /** @type {number} */ slot) {
    const there = view.get(slot)
    if (!hand.cursor) {
      if (!there) return
      const half = Math.ceil(there.count / 2)
      hand.cursor = this.items.clone(there, half)
      there.count -= half
      if (there.count <= 0) view.set(slot, null)
      return
    }
    if (!view.accepts(slot, hand.cursor)) return
    if (!there) {
      view.set(slot, this.items.clone(hand.cursor, 1))
      takeFromCursor(hand, 1)
    } else if (this.items.sameKind(there, hand.cursor)) {
      takeFromCursor(hand, move(this.items.clone(hand.cursor, 1), there, 1))
    } else {
      view.set(slot, hand.cursor)
      hand.cursor = there
    }
  }

  #craftAll (/** @type {View} */ view, /** @type {(item: any) => void} */ drop) {
    const kind = view.get(view.resultSlot)
    if (!kind) return
    for (let crafts = 0; crafts < MAXIMUM_CRAFTS; crafts++) {
      const result = view.get(view.resultSlot)
      if (!this.items.sameKind(result, kind) || this.#room(view, result) < result.count) return
      this.add(view, this.items.clone(result), view.storageStart, view.storageEnd, { reverse: true })
      this.#useIngredients(view, drop)
    }
  }

  #room (/** @type {View} */ view, /** @type {any} */ item) {
    let room = 0
    for (let slot = view.storageStart; slot < view.storageEnd; slot++) {
      const there = view.get(slot)
      if (!there) room += item.stackSize
      else if (this.items.sameKind(there, item)) room += there.stackSize - there.count
    }
    return room
  }

  #shiftClick (/** @type {View} */ view, /** @type {number} */ slot) {
    const item = view.get(slot)
    if (!item) return
    const moving = this.items.clone(item)
    for (const [from, to] of this.#shiftRanges(view, slot, item)) {
      if (moving.count > 0) this.add(view, moving, from, to, { reverse: slot === view.resultSlot })
    }
    const moved = item.count - moving.count
    view.set(slot, moving.count > 0 ? moving : null)
    if (slot === view.resultSlot && moved > 0) view.onTake?.(this.items.clone(item, moved))
  }

  /** @returns {[number, number][]} ranges a shift-click on a slot moves to, in order */
  #shiftRanges (/** @type {View} */ view, /** @type {number} */ slot, /** @type {any} */ item) {
    const hotbar = view.storageEnd - 9
    if (slot < view.storageStart || slot >= view.storageEnd) return [[view.storageStart, view.storageEnd]]
    const targets = view.shiftTargets?.(item) ?? []
    if (targets.length > 0) return targets
    if (view.grid || view.shiftTargets) {
      /** @type {[number, number]} */
      const otherPart = slot >= hotbar ? [view.storageStart, hotbar] : [hotbar, view.storageEnd]
      const armour = view.id === 0 ? armourSlot(item) : 0
      return armour ? [[armour, armour + 1], otherPart] : [otherPart]
    }
    return [[0, view.storageStart]]
  }

  #swap (/** @type {View} */ view, /** @type {number} */ slot, /** @type {number} */ key, /** @type {(item: any) => void} */ drop) {
    if (key === OFF_HAND_KEY && view.id !== 0) return
    const other = key === OFF_HAND_KEY ? 45 : view.storageEnd - 9 + key
    const here = view.get(slot)
    const there = view.get(other)
    if (slot === view.resultSlot) {
      if (!here || there) return
      view.set(other, this.items.clone(here))
      view.set(slot, null)
      if (view.grid) this.#useIngredients(view, drop)
      view.onTake?.(here)
    } else if (!there || view.accepts(slot, there)) {
      view.set(slot, there)
      view.set(other, here)
    }
  }

  #dropFromSlot (/** @type {View} */ view, /** @type {number} */ slot, /** @type {number} */ button, /** @type {(item: any) => void} */ drop) {
    const item = view.get(slot)
    if (!item) return
    const whole = button !== 0 || slot === view.resultSlot
    const count = whole ? item.count : 1
    drop(this.items.clone(item, count))
    item.count -= count
    if (item.count <= 0) view.set(slot, null)
    if (slot === view.resultSlot && view.grid) this.#useIngredients(view, drop)
    if (slot === view.resultSlot) view.onTake?.(this.items.clone(item, count))
  }

  /** Drags come in three steps: begin, one click per slot, end. */
  #drag (/** @type {any} */ hand, /** @type {View} */ view, /** @type {number} */ slot, /** @type {number} */ button) {
    const step = button & 3
    if (step === 0) {
      hand.drag = { evenly: button >> 2 === 0, slots: [] }
    } else if (step === 1) {
      const takes = hand.drag && slot >= 0 && slot < view.size && hand.cursor && view.accepts(slot, hand.cursor)
      if (takes && !hand.drag.slots.includes(slot)) hand.drag.slots.push(slot)
    } else {
      const { drag } = hand
      hand.drag = null
      if (drag && hand.cursor && drag.slots.length > 0) this.#spread(hand, view, drag)
    }
  }

  #spread (/** @type {any} */ hand, /** @type {View} */ view, /** @type {any} */ drag) {
    const each = drag.evenly ? Math.floor(hand.cursor.count / drag.slots.length) : 1
    for (const slot of drag.slots) {
      if (!hand.cursor) return
      const there = view.get(slot)
      const count = Math.min(each, hand.cursor.count)
      if (count <= 0) return
      if (!there) {
        view.set(slot, this.items.clone(hand.cursor, count))
        takeFromCursor(hand, count)
      } else if (this.items.sameKind(there, hand.cursor)) {
        takeFromCursor(hand, move(this.items.clone(hand.cursor, count), there, count))
      }
    }
  }

  #gather (/** @type {any} */ hand, /** @type {View} */ view) {
    for (let slot = 0; slot < view.size && hand.cursor; slot++) {
      const there = view.get(slot)
      if (slot === view.resultSlot || !this.items.sameKind(there, hand.cursor)) continue
      move(there, hand.cursor, there.count)
      if (there.count <= 0) view.set(slot, null)
    }
  }
}

/** Moves up to `count` from one stack to a like one, as far as it has room. @returns {number} how many were moved */
function move (/** @type {any} */ from, /** @type {any} */ to, /** @type {number} */ count) {
  const moved = Math.max(0, Math.min(count, to.stackSize - to.count))
  to.count += moved
  from.count -= moved
  return moved
}

function takeFromCursor (/** @type {any} */ hand, /** @type {number} */ count) {
  hand.cursor.count -= count
  if (hand.cursor.count <= 0) hand.cursor = null
}

module.exports = { Clicks }
