'use strict'

/** The version of Minecraft that the embedded server plays. */
const VERSION = '1.20.4'

module.exports = { VERSION }
