'use strict'
/** Takes out what the host itself does, in the process of a stage; to be called before the bridge is loaded. */

const bridge = '../../mc_server/bridge'

/** @param {any} message */
const believed = message => message

/** Everything that comes is taken as it is, however much it is. */
function withoutMessageCheck () {
  const messages = require(`${bridge}/channel/messages`)
  const answers = Object.fromEntries(Object.keys(messages.ANSWERS).map(name => [name, believed]))
  Object.assign(messages, { fromBot: believed, BOT_BYTES: Infinity, ANSWERS: answers })
  const { Channel } = require(`${bridge}/channel/channel`)
  const { BotChild } = require(`${bridge}/host/bot_child`)
  const { Seen } = require(`${bridge}/host/seen`)
  const { Supervisor } = require(`${bridge}/host/supervisor`)
  Seen.prototype.add = keepAll
  Object.defineProperty(BotChild.prototype, 'said', { get: () => ({ messages: 0, bytes: 0 }), set () {} })
  Supervisor.prototype.breach = () => {}
  ignoreFaults(Channel)
}

/**
 * @this {any}
 * @param {any} message
 */
function keepAll (message) {
  const { type } = message
  if (type === 'call') this.calls.push(message.call)
  else if (type === 'skill_call') this.skillCalls.calls.set(message.number, message.call)
  else if (type === 'event') this.events.push(message.event)
  else if (type === 'chat') this.chat.push(message.text)
  else if (type === 'progress') this.progress(message.text)
  else if (type === 'started') this.before = message.before
}

/** @param {any} Channel whose faults end nothing */
function ignoreFaults (Channel) {
  Object.defineProperty(Channel.prototype, 'closed', {
    get () { return this.stream.destroyed },
    set () {}
  })
  Object.defineProperty(Channel.prototype, 'onFault', { get: () => () => {}, set () {} })
  Channel.prototype.close = function () {}
}

/** Everything that is printed is passed on. */
function withoutLogLimit () {
  const log = require(`${bridge}/host/child_log`)
  log.ChildLog = class extends log.ChildLog {
    follow (/** @type {any} */ stream) {
      let unfinished = ''
      stream?.on('data', (/** @type {Buffer} */ chunk) => {
        const lines = (unfinished + chunk).split('\n')
        unfinished = lines.pop() ?? ''
        lines.forEach(this.pass)
      })
    }
  }
}

/** A run lasts as long as it likes. */
function withoutDeadline () {
  const watch = require(`${bridge}/host/program_watch`)
  watch.ProgramWatch = class extends watch.ProgramWatch {
    constructor (/** @type {any} */ options) {
      super(options)
      clearInterval(this.pingTimer)
    }

    cancelAfter () {}
  }
}

/** A bot whose process has ended is not brought back. */
function withoutRecovery () {
  const { Supervisor } = require(`${bridge}/host/supervisor`)
  const { bringIn } = Supervisor.prototype
  Supervisor.prototype.bringIn = function (/** @type {number} */ attempts) {
    if (this.hasJoined) throw Object.assign(new Error('The bot is gone.'), { code: 'gone' })
    this.hasJoined = true
    return bringIn.call(this, attempts)
  }
}

/** Memory is not watched. */
function withoutMemoryWatch () {
  require(`${bridge}/host/memory_watch`).watchMemory = () => () => {}
}

module.exports = { withoutDeadline, withoutLogLimit, withoutMemoryWatch, withoutMessageCheck, withoutRecovery }
