'use strict'
/**
 * The table of `mc_server/embedded/MECHANICS.md`, made from what is shown here. `node table.js` writes it, `node table.js
 * --check` ends with code 1 when the page is not up to date.
 */

const fs = require('node:fs')
const path = require('node:path')

const AREAS = path.join(__dirname, 'areas')
const PAGE = path.join(__dirname, '..', '..', 'mc_server', 'embedded', 'MECHANICS.md')
const MARK = '<!-- From here on the page is made by tests/mechanics/table.js. -->'

const LAST_GROUP = 'The whole'
/** Areas in the order of the page. @type {[string, string[]][]} */
const GROUPS = [
  ['World', ['world', 'day_and_night', 'weather', 'light', 'fluids', 'fire', 'falling_blocks', 'explosions', 'leaves', 'plants', 'small_plants', 'farming']],
  ['Blocks', ['digging', 'drops', 'placing', 'tools', 'buckets', 'doors_and_switches', 'signs', 'containers', 'furnaces']],
  ['Inventory', ['inventory', 'crafting', 'items']],
  ['Player', ['movement', 'health', 'hunger', 'falling', 'hazards', 'armour', 'effects', 'experience', 'death', 'sleeping', 'combat', 'shield', 'archery', 'fishing']],
  ['Creatures', ['animals', 'breeding', 'monsters', 'spawning']],
  [LAST_GROUP, ['daily_life', 'interplay', 'coming_and_going', 'saving', 'commands']]
]

const cell = (/** @type {string} */ text) => (text ?? '').replaceAll('|', '\\|').replaceAll(/\s+/g, ' ')
const sentence = (/** @type {string} */ text) => text.charAt(0).toUpperCase() + text.slice(1)

function section (/** @type {any} */ { title, mechanics, absent = [] }) {
  const rows = [
    ...mechanics.map((/** @type {any} */ { name, here, expectation, source }) => [name, sentence(here), sentence(expectation), source]),
    ...absent.map((/** @type {any} */ { name, here = 'absent' }) => [name, sentence(here), '', ''])
  ]
  const lines = rows.map(row => `| ${row.map(cell).join(' | ')} |`)
  return [`### ${title}`, '', '| mechanic | here | what is shown | after |', '|---|---|---|---|', ...lines].join('\n')
}

/** What areas there are in a group; those that stand in none come last. */
function areasOf (/** @type {string} */ group, /** @type {string[]} */ all) {
  const placed = GROUPS.flatMap(([, areas]) => areas)
  const own = GROUPS.find(([name]) => name === group)?.[1] ?? []
  return group === LAST_GROUP ? [...own, ...all.filter(area => !placed.includes(area))] : own
}

function table () {
  const all = fs.readdirSync(AREAS).filter(file => file.endsWith('.js')).map(file => path.basename(file, '.js')).sort()
  const groups = GROUPS.map(([group]) => {
    const sections = areasOf(group, all).map(area => section(require(path.join(AREAS, `${area}.js`))))
    return [`## ${group}`, ...sections].join('\n\n')
  })
  return groups.join('\n\n')
}

const page = fs.readFileSync(PAGE, 'utf8')
const kept = page.includes(MARK) ? page.slice(0, page.indexOf(MARK)) : `${page.trimEnd()}\n\n`
const wanted = `${kept}${MARK}\n\n${table()}\n`
if (!process.argv.includes('--check')) fs.writeFileSync(PAGE, wanted)
else if (page !== wanted) {
  process.stdout.write(`${PAGE} is not up to date: run node tests/mechanics/table.js.\n`)
  process.exit(1)
}
