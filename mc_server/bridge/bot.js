'use strict'
/** The process of one bot. Started by the host, spoken to over IPC. */

const { BotProcess } = require('./bot_process')

new BotProcess().listen()
