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

const cell = (/** @type {string} */ text) => (text ?? '').replaceAll('|', '\\|').replaceAll(/\s+/g, ' ')
const sentence = (/** @type {string} */ text) => text.charAt(0).toUpperCase() + text.slice(1)

function section (/** @type {any} */ { title, mechanics, absent = [] }) {
  const rows = [
    ...mechanics.map((/** @type {any} */ { name, here, expectation, source }) => [name, sentence(here), sentence(expectation), source]),
    ...absent.map((/** @type {any} */ { name, here = 'absent' }) => [name, sentence(here), '', ''])
  ]
  const lines = rows.map(row => `| ${row.map(cell).join(' | ')} |`)
  return [`## ${title}`, '', '| mechanic | here | what is shown | after |', '|---|---|---|---|', ...lines].join('\n')
}

function table () {
  const files = fs.readdirSync(AREAS).filter(file => file.endsWith('.js')).sort()
  return files.map(file => section(require(path.join(AREAS, file)))).join('\n\n')
}

const page = fs.readFileSync(PAGE, 'utf8')
const kept = page.includes(MARK) ? page.slice(0, page.indexOf(MARK)) : `${page.trimEnd()}\n\n`
const wanted = `${kept}${MARK}\n\n${table()}\n`
if (!process.argv.includes('--check')) fs.writeFileSync(PAGE, wanted)
else if (page !== wanted) {
  process.stdout.write(`${PAGE} is not up to date: run node tests/mechanics/table.js.\n`)
  process.exit(1)
}
