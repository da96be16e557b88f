'use strict'

/** A binary heap of values by number, the smallest first. */
class Heap {
  constructor () {
    /** @type {Array<{key: number, value: any}>} */
    this.entries = []
  }

  get size () { return this.entries.length }

  /** @param {number} key @param {any} value */
  push (key, value) {
    const { entries } = this
    let index = entries.length
    entries.push({ key, value })
    while (index > 0) {
      const parent = (index - 1) >> 1
      if (entries[parent].key <= key) break
      entries[index] = entries[parent]
      index = parent
    }
    entries[index] = { key, value }
  }

  pop () {
    const { entries } = this
    const first = entries[0]
    const last = entries.pop()
    if (entries.length === 0 || !last) return first?.value
    let index = 0
    for (;;) {
      let child = 2 * index + 1
      if (child >= entries.length) break
      if (child + 1 < entries.length && entries[child + 1].key < entries[child].key) child++
      if (entries[child].key >= last.key) break
      entries[index] = entries[child]
      index = child
    }
    entries[index] = last
    return first.value
  }
}

module.exports = { Heap }
