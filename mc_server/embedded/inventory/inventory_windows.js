'use strict'
/**
 * Keeps each client's picture of its windows right.
 *
 * As the original server does, it remembers what the client believes each slot holds (`view.remote`), trusts what a click
 * says the client changed by itself, and sends only the slots that differ. A player's `survivor` holds the slots, the
 * cursor and the open view. Not covered: what clicks do (`clicks.js`) and what blocks hold (`containers.js`).
 */

const createWindows = require('prismarine-windows')
const { gridSlots, FIRST_STORAGE, FIRST_HOTBAR, END_HOTBAR } = require('./window_views')

const STATE_ID_LIMIT = 32768
/** State id a client sends when it wants the whole window again. */
const RESYNCHRONISE = -1

class InventoryWindows {
  /** @param {any} game */
  constructor (game) {
    this.game = game
    this.windowTypes = /** @type {any} */ (createWindows)(game.registry).windows
  }

  /** @returns {any} the held item, or null */
  held (/** @type {any} */ player) {
    return player.survivor.slots[FIRST_HOTBAR + player.survivor.heldSlot] ?? null
  }

  setHeld (/** @type {any} */ player, /** @type {any} */ item) {
    player.survivor.slots[FIRST_HOTBAR + player.survivor.heldSlot] = item
    this.sendChanges(player)
  }

  /** Uses up one of the held stack; a creative player's never gets less. */
  spendHeld (/** @type {any} */ player) {
    this.spend(player, this.heldSlot(player))
  }

  /** Uses up one of a slot's stack; the last one may leave something, as a bucket does. */
  spend (/** @type {any} */ player, /** @type {number} */ slot, /** @type {any} */ remainder = null) {
    if (this.game.gameModes.isCreative(player)) return
    const { slots } = player.survivor
    slots[slot].count--
    if (slots[slot].count <= 0) slots[slot] = remainder
    this.sendChanges(player)
  }

  /** Number of the slot in the player's hand. */
  heldSlot (/** @type {any} */ player) {
    return FIRST_HOTBAR + player.survivor.heldSlot
  }

  /** The held tool was used. */
  wearHeld (/** @type {any} */ player, uses = 1) {
    if (this.game.gameModes.isCreative(player)) return
    const item = this.held(player)
    if (item?.maxDurability) this.setHeld(player, this.game.items.wear(item, uses))
  }

  /**
   * Puts a stack into the inventory: like stacks first, then the hotbar, then the rest.
   * @returns {number} how many did not fit; the item's count is the same number
   */
  give (/** @type {any} */ player, /** @type {any} */ item) {
    const { clicks } = this.game
    const view = player.survivor.inventory
    clicks.add(view, item, FIRST_HOTBAR, END_HOTBAR, { mergeOnly: true })
    clicks.add(view, item, FIRST_STORAGE, FIRST_HOTBAR, { mergeOnly: true })
    clicks.add(view, item, FIRST_HOTBAR, END_HOTBAR)
    clicks.add(view, item, FIRST_STORAGE, FIRST_HOTBAR)
    this.sendChanges(player)
    return item.count
  }

  /** Sends the whole open window. */
  sendAll (/** @type {any} */ player) {
    const { survivor } = player
    const { items } = this.game
    const { view } = survivor
    const contents = Array.from({ length: view.size }, (_, slot) => view.get(slot))
    view.remote = contents.map(item => items.clone(item))
    survivor.remoteCursor = items.clone(survivor.cursor)
    player._client.write('window_items', {
      windowId: view.id,
      stateId: nextStateId(survivor),
      items: contents.map(item => items.toPacket(item)),
      carriedItem: items.toPacket(survivor.cursor)
    })
  }

  /**
   * Sends the slots whose contents the client does not know.
   * @param {any} player
   * @param {number[]} [always] slots to send in any case
   */
  sendChanges (player, always = []) {
    const { survivor } = player
    const { items } = this.game
    const { view } = survivor
    if (!items.equal(survivor.cursor, survivor.remoteCursor)) return this.sendAll(player)
    for (let slot = 0; slot < view.size; slot++) {
      if (always.includes(slot) || !items.equal(view.get(slot), view.remote[slot])) this.#sendSlot(player, slot)
    }
    this.game.players.sendEquipment(player)
  }

  #sendSlot (/** @type {any} */ player, /** @type {number} */ slot) {
    const { survivor } = player
    const { items } = this.game
    const item = survivor.view.get(slot)
    survivor.view.remote[slot] = items.clone(item)
    player._client.write('set_slot', {
      windowId: survivor.view.id, stateId: nextStateId(survivor), slot, item: items.toPacket(item)
    })
  }

  /**
   * @param {any} player
   * @param {string} type name of the window's kind in the registry, such as 'minecraft:furnace'
   * @param {string} title
   * @param {(id: number) => import('./window_views').View} createView
   */
  open (player, type, title, createView) {
    const { survivor } = player
    this.close(player)
    survivor.windowId = survivor.windowId % 100 + 1
    survivor.view = createView(survivor.windowId)
    player._client.write('open_window', {
      windowId: survivor.windowId,
      inventoryType: this.windowTypes[type].type,
      windowTitle: { type: 'compound', name: '', value: { text: { type: 'string', value: title } } }
    })
    this.sendAll(player)
  }

  /** Ends the open window; what lies in the crafting grid or on the cursor goes back into the inventory. */
  close (/** @type {any} */ player) {
    const { survivor } = player
    const { view, inventory } = survivor
    const returned = []
    for (const slot of gridSlots(view)) {
      if (view.get(slot)) returned.push(view.get(slot))
      view.set(slot, null)
    }
    if (view.grid) view.set(view.resultSlot, null)
    if (survivor.cursor) returned.push(survivor.cursor)
    survivor.cursor = null
    if (view !== inventory) {
      for (let slot = FIRST_STORAGE; slot < END_HOTBAR; slot++) {
        inventory.remote[slot] = view.remote[slot - FIRST_STORAGE + view.storageStart]
      }
      survivor.view = inventory
      this.game.containers.closed(view)
    }
    for (const item of returned) {
      if (this.give(player, item) > 0) this.game.itemEntities.throwFrom(player, item)
    }
    this.sendChanges(player)
  }

  /** Closes the window on the client's side too: the block behind it is gone. */
  forceClose (/** @type {any} */ player) {
    player._client.write('close_window', { windowId: player.survivor.view.id })
    this.close(player)
  }

  /** Closes whatever window is open, on the client's side too. */
  dismiss (/** @type {any} */ player) {
    if (player.survivor.view === player.survivor.inventory) this.close(player)
    else this.forceClose(player)
  }

  /** A click as the client sent it. */
  handleClick (/** @type {any} */ player, /** @type {any} */ packet) {
    const { survivor } = player
    const { items, clicks, itemEntities } = this.game
    const { view } = survivor
    if (packet.windowId !== view.id || survivor.dead) return
    if (!this.game.containers.isStillOpen(player)) return this.forceClose(player)
    clicks.click(survivor, view, packet, (/** @type {any} */ item) => itemEntities.throwFrom(player, item))
    for (const changed of packet.changedSlots) view.remote[changed.location] = items.fromPacket(changed.item)
    survivor.remoteCursor = items.fromPacket(packet.cursorItem)
    if (packet.stateId === RESYNCHRONISE) return this.sendAll(player)
    const touchesGrid = view.grid && (packet.slot === view.resultSlot || gridSlots(view).includes(packet.slot))
    this.sendChanges(player, touchesGrid ? [view.resultSlot] : [])
    this.updateOtherViewers(player)
    this.game.saving.markChanged()
  }

  /** Players who look into the same block see the change too. */
  updateOtherViewers (/** @type {any} */ player) {
    const { holders } = player.survivor.view
    for (const other of this.game.players.all()) {
      const shared = other.survivor.view.holders.some((/** @type {any} */ holder) => holders.includes(holder))
      if (other !== player && shared) this.sendChanges(other)
    }
  }
}

function nextStateId (/** @type {any} */ survivor) {
  survivor.stateId = (survivor.stateId + 1) % STATE_ID_LIMIT
  return survivor.stateId
}

module.exports = { InventoryWindows }
