'use strict'
/** Timers in the order in which they are due; of those due at the same instant, the one set first comes first. */

/** What setTimeout returns in a process whose time is simulated. */
class VirtualTimer {
  /**
   * @param {TimerQueue} queue
   * @param {() => void} run
   * @param {number} milliseconds
   * @param {boolean} repeats
   */
  constructor (queue, run, milliseconds, repeats) {
    this.queue = queue
    this.run = run
    this.milliseconds = milliseconds
    this.repeats = repeats
    this.due = 0
    this.order = 0
    this.cancelled = false
  }

  ref () {
    return this
  }

  unref () {
    return this
  }

  hasRef () {
    return true
  }

  /** Starts anew, as Node's timers do. */
  refresh () {
    if (!this.cancelled) this.queue.reset(this)
    return this
  }

  /** What it would have run is let go of at once; its place in the queue is given up when its time comes. */
  close () {
    this.cancelled = true
    this.run = () => {}
    return this
  }

  [Symbol.dispose] () {
    this.close()
  }

  [Symbol.toPrimitive] () {
    return this.order
  }
}

/** A binary heap. `now` is given by the clock. */
class TimerQueue {
  /** @param {() => number} now milliseconds */
  constructor (now) {
    this.now = now
    this.timers = /** @type {{due: number, order: number, timer: VirtualTimer}[]} */ ([])
    this.orders = 0
  }

  /**
   * @param {() => void} run
   * @param {number} milliseconds
   * @param {boolean} repeats
   */
  add (run, milliseconds, repeats) {
    const timer = new VirtualTimer(this, run, milliseconds, repeats)
    this.reset(timer)
    return timer
  }

  /** Due its own time from now on. An entry made before no longer counts. */
  reset (/** @type {VirtualTimer} */ timer) {
    this.#enter(timer, this.now() + timer.milliseconds)
  }

  /** A timer that repeats keeps its beat, however late it ran. */
  repeat (/** @type {VirtualTimer} */ timer) {
    this.#enter(timer, timer.due + timer.milliseconds)
  }

  #enter (/** @type {VirtualTimer} */ timer, /** @type {number} */ due) {
    timer.due = due
    timer.order = ++this.orders
    this.timers.push({ due, order: timer.order, timer })
    this.#rise(this.timers.length - 1)
  }

  /** @returns {VirtualTimer | null} the first one, which stays in the queue */
  first () {
    for (;;) {
      const entry = this.timers[0]
      if (!entry) return null
      if (!entry.timer.cancelled && entry.order === entry.timer.order) return entry.timer
      this.#removeFirst()
    }
  }

  /** @returns {VirtualTimer | null} the first one, taken out */
  take () {
    const timer = this.first()
    if (timer) this.#removeFirst()
    return timer
  }

  #removeFirst () {
    const last = this.timers.pop()
    if (!last || this.timers.length === 0) return
    this.timers[0] = last
    this.#sink(0)
  }

  #rise (/** @type {number} */ index) {
    while (index > 0) {
      const parent = (index - 1) >> 1
      if (!this.#swapIfEarlier(index, parent)) return
      index = parent
    }
  }

  #sink (/** @type {number} */ index) {
    for (;;) {
      const left = 2 * index + 1
      if (left >= this.timers.length) return
      const right = left + 1
      const child = right < this.timers.length && isEarlier(this.timers[right], this.timers[left]) ? right : left
      if (!this.#swapIfEarlier(child, index)) return
      index = child
    }
  }

  #swapIfEarlier (/** @type {number} */ lower, /** @type {number} */ upper) {
    const { timers } = this
    if (!isEarlier(timers[lower], timers[upper])) return false
    const moved = timers[lower]
    timers[lower] = timers[upper]
    timers[upper] = moved
    return true
  }
}

/**
 * @param {{due: number, order: number}} a
 * @param {{due: number, order: number}} b
 */
const isEarlier = (a, b) => a.due < b.due || (a.due === b.due && a.order < b.order)

module.exports = { TimerQueue, VirtualTimer }
