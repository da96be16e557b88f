'use strict'
/**
 * The process of a simulation: a world, its bot, and the programs that are run with it, all in simulated time. Started by the
 * host with WORLD_RATE=max, spoken to over the channel it gets as a descriptor; it writes no files.
 */

const { createRequire } = require('node:module')
const { withoutExtensions } = require('./without_extensions')

// The frozen language that programs run in must not be extended, which a package of flying-squid does when it is loaded.
withoutExtensions(() => createRequire(require.resolve('flying-squid'))('colors'))

const { SIMULATION_BYTES } = require('../bridge/channel/messages')
const { SimulationProcess } = require('./simulation_process')

new SimulationProcess().listen(SIMULATION_BYTES)
