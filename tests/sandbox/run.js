'use strict'
/**
 * `node run.js [--without LAYER] [--only WORDS] [--list]`: plays hostile programs and prints how each ended.
 *
 * With every layer in place each must be held. Without one, each program whose defence it is must break out. The exit code is 0
 * when that is so.
 */

const { parseArgs } = require('node:util')
const { Company } = require('./company')
const { playAll } = require('./playing')
const { programs } = require('./all_programs')
const { Scene } = require('./scene')

async function main () {
  const { values } = parseArgs({ options: { without: { type: 'string' }, only: { type: 'string' }, list: { type: 'boolean' } } })
  const chosen = programs.filter(({ name }) => !values.only || name.includes(values.only))
  if (values.list) {
    for (const { name, defence } of chosen) print(`${defence.padEnd(20)} ${name}`)
    return 0
  }
  const expected = values.without === undefined
  let surprises = 0
  const company = new Company(await Scene.open())
  await playAll(chosen, {
    company,
    without: values.without ?? null,
    onResult: ({ name, defence, held, why, seconds }) => {
      const surprise = held !== expected
      if (surprise) surprises++
      print(`${surprise ? '!!' : '  '} ${held ? 'held  ' : 'BROKEN'} ${seconds.toFixed(1).padStart(5)} s  ${defence.padEnd(19)} ${name}${why ? `  (${why.slice(0, 300)})` : ''}`)
    }
  })
  await company.close()
  print(`${surprises} of these ended otherwise than they should.`)
  return surprises === 0 ? 0 : 1
}

/** @param {string} line */
const print = line => process.stdout.write(`${line}\n`)

main().then(code => process.exit(code))
