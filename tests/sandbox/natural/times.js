'use strict'
/**
 * How long searches take, confined and bare, in the same run: `node times.js [--rounds N]`.
 *
 * Prints a JSON line for each: `{name, bare, confined, ratio}`, in milliseconds of the machine for one search. The two take turns, and
 * the quickest round of each counts, since others use the machine too.
 */

const { parseArgs } = require('node:util')
const { Theatre } = require('./theatre')

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '4' } } })

/** What is done once, and how often a program does it. @type {Record<string, [string, number]>} */
const SEARCHES = {
  'findBlocks by an id that is rare': ['bot.findBlocks({ matching: mcData.blocksByName.beacon.id, maxDistance: 32, count: 10 })', 20],
  'findBlocks by an id that is everywhere': ['bot.findBlocks({ matching: mcData.blocksByName.stone.id, maxDistance: 32, count: 100 })', 10],
  'findBlocks by a list': ['bot.findBlocks({ matching: [1, 2, 3].concat(mcData.blocksByName.oak_log.id), maxDistance: 32, count: 50 })', 10],
  'findBlocks by a predicate of the name': ["bot.findBlocks({ matching: block => block.name.endsWith('_log'), maxDistance: 32, count: 20 })", 4],
  'findBlock by a predicate that finds nothing': ["bot.findBlock({ matching: block => block.name === 'beacon', maxDistance: 32 })", 4],
  'findBlocks with useExtraInfo': ['bot.findBlocks({ matching: mcData.blocksByName.grass_block.id, useExtraInfo: block => block.position.y > 70 && block.light === 0, maxDistance: 24, count: 100 })', 10],
  'findBlocks with useExtraInfo and a look around': [`bot.findBlocks({
    matching: mcData.blocksByName.grass_block.id,
    useExtraInfo: block => bot.blockAt(block.position.offset(0, 1, 0)).name === 'air',
    maxDistance: 24,
    count: 100
  })`, 10],
  'blockAt in a cube': [`{
    const at = bot.entity.position.floored()
    let count = 0
    for (let x = -8; x < 8; x++) for (let y = -8; y < 8; y++) for (let z = -8; z < 8; z++) if (bot.blockAt(at.offset(x, y, z)).name === 'stone') count++
  }`, 5],
  'nearestEntity by a predicate': ["bot.nearestEntity(entity => entity.name === 'cow' && entity.position.distanceTo(bot.entity.position) < 100)", 5000],
  'entities sorted by distance': ['Object.values(bot.entities).sort((a, b) => a.position.distanceTo(bot.entity.position) - b.position.distanceTo(bot.entity.position))', 2000],
  'items counted by name': ["bot.inventory.items().filter(item => item.name.includes('log')).reduce((sum, item) => sum + item.count, 0)", 20000],
  'recipes of an item': ['bot.recipesAll(mcData.itemsByName.torch.id, null, true)', 5000],
  'names of the registry': ["Object.values(mcData.blocksByName).filter(block => block.name.includes('ore')).map(block => block.id)", 200]
}

/** @param {string} body @param {number} times */
const program = (body, times) => `async function search () { for (let turn = 0; turn < ${times}; turn++) { ${body} } }`

/**
 * @param {Theatre} theatre
 * @param {string} source
 * @returns {Promise<[number, number]>} the milliseconds of the quickest round, bare and confined
 */
async function quickest (theatre, source) {
  /** @type {[number, number]} */
  const best = [Infinity, Infinity]
  for (let round = 0; round < Number(values.rounds); round++) {
    const plays = [await theatre.bare('search', source), await theatre.confined('search', source)]
    plays.forEach(({ outcome, error, milliseconds }, side) => {
      if (outcome !== 'completed') throw new Error(`${outcome}: ${error?.message}`)
      best[side] = Math.min(best[side], milliseconds)
    })
  }
  return best
}

async function main () {
  const theatre = await Theatre.open()
  theatre.aftermath = async () => ({ world: '', ticks: 0 })
  await quickest(theatre, program('', 0))
  for (const [name, [body, times]] of Object.entries(SEARCHES)) {
    // Right before, since the first plays of a process are slower than all others.
    const idle = await quickest(theatre, program('', 0))
    const total = await quickest(theatre, program(body, times))
    const [bare, confined] = total.map((milliseconds, side) => (milliseconds - idle[side]) / times)
    process.stdout.write(JSON.stringify({ name, bare: Number(bare.toFixed(4)), confined: Number(confined.toFixed(4)), ratio: Number((confined / bare).toFixed(2)) }) + '\n')
  }
  process.exit(0)
}

main().catch(error => {
  process.stderr.write(`${error.stack}\n`)
  process.exit(1)
})
