'use strict'
/** What is told of a bot to those who watch: how it is, and the step its program is at; not oftener than they can use. */

const { Throttle } = require('./throttle')

/** Of the machine's time. */
const STATE_MILLISECONDS = 20
const LINE_MILLISECONDS = 250

class BotNews {
  /** @param {(event: object) => void} tell */
  constructor (tell) {
    this.states = new Throttle(STATE_MILLISECONDS, state => tell({ type: 'state', state }))
    this.lines = new Throttle(LINE_MILLISECONDS, ({ module, line, text }) => tell({ type: 'line', module, line, text }))
  }

  /** @param {object} state that has been checked */
  state (state) {
    this.states.offer(state)
  }

  /** @param {{module: string | null, line: number | null, text: string}} entry of a program's trace */
  step (entry) {
    if (entry.module !== null && entry.line !== null) this.lines.offer(entry)
  }

  programEnded () {
    this.lines.flush()
  }
}

module.exports = { BotNews }
