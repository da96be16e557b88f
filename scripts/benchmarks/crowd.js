'use strict'
/** Bots that wander about in one server, in real time: `node -r clock.js crowd.js PORT BOTS`; until its input ends. Prints `ready`, then what they did. */

const { Wanderer } = require('./wanderer')

async function main () {
  const [port, count] = process.argv.slice(2).map(Number)
  /** @type {Wanderer[]} */
  const wanderers = []
  for (let number = 1; number <= count; number++) wanderers.push(await Wanderer.joinServer(port, `walker${number}`, number))
  for (const wanderer of wanderers) wanderer.wander()
  process.stdout.write('ready\n')
  process.stdin.resume().on('end', () => {
    const report = wanderers.map(({ counts, troubles }) => ({ ...counts, troubles }))
    process.stdout.write(`${JSON.stringify(report)}\n`, () => process.exit(0))
  })
}

main()
