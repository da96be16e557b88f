'use strict'
/** The process of one bot. Started by the host, spoken to over the channel it gets as a descriptor. */

const { BotProcess } = require('./bot_process')

new BotProcess().listen()
