'use strict'
/** The contents of a shulker box as data of its item, and back. */

/**
 * @param {import('./items').Items} items
 * @param {any} item a shulker box
 * @param {(any | null)[]} slots what it takes along
 */
function packInto (items, item, slots) {
  const rows = slots.flatMap((each, slot) => each ? [rowOf(each, slot)] : [])
  if (rows.length === 0) return
  item.nbt = {
    type: 'compound',
    name: '',
    value: {
      ...item.nbt?.value,
      BlockEntityTag: { type: 'compound', value: { Items: { type: 'list', value: { type: 'compound', value: rows } } } }
    }
  }
}

function rowOf (/** @type {any} */ item, /** @type {number} */ slot) {
  const tag = item.nbt ? { tag: { type: 'compound', value: structuredClone(item.nbt.value) } } : {}
  return {
    Slot: { type: 'byte', value: slot },
    id: { type: 'string', value: `minecraft:${item.name}` },
    Count: { type: 'byte', value: item.count },
    ...tag
  }
}

/** @returns {(any | null)[]} what is in the item of a shulker box */
function unpackFrom (/** @type {import('./items').Items} */ items, /** @type {any} */ item, /** @type {number} */ size) {
  const slots = new Array(size).fill(null)
  const rows = item.nbt?.value.BlockEntityTag?.value.Items?.value.value ?? []
  for (const { Slot: slot, id, Count: count, tag } of rows) {
    const nbt = tag && { type: 'compound', name: '', value: structuredClone(tag.value) }
    slots[slot.value] = items.unpack({ name: id.value.replace('minecraft:', ''), count: count.value, ...(nbt ? { nbt } : {}) })
  }
  return slots
}

module.exports = { packInto, unpackFrom }
