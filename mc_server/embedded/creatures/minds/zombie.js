'use strict'
/** Zombies: one in twenty is a child, which is quicker. They break no doors and call no others. */

const { Monster } = require('./monster')

class Zombie extends Monster {}

module.exports = { Zombie }
