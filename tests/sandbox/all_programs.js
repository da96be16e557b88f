'use strict'
/** All hostile programs that this machine can run: those of every file in `programs/`. */

const fs = require('node:fs')
const path = require('node:path')

const folder = path.join(__dirname, 'programs')

/** @type {import('./troupe').Program[]} */
const programs = fs.readdirSync(folder).filter(name => name.endsWith('.js')).sort().flatMap(name => require(path.join(folder, name)))
  .filter(({ linux }) => !linux || process.platform === 'linux')

module.exports = { programs }
