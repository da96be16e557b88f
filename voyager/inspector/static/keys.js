'use strict'

// The keyboard on every page: / to the search, j and k or the arrows through the list, g and l.
// It runs before there is a page, so nothing is looked up until a key is pressed.

const STEPS = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }
const PLACES = { g: '/graph', l: '/' }

/** @returns {HTMLElement[]} the rows that are shown */
function shownRows () {
  return [...document.querySelectorAll('.rows li:not([hidden]) a.row')]
}

/** @param {number} step from the row that has the focus; before the first one is the search */
function walk (step) {
  const rows = shownRows()
  const at = rows.indexOf(document.activeElement)
  if (at === 0 && step < 0) return document.getElementById('text').focus()
  const row = at < 0 ? rows[0] : rows[at + step]
  row?.focus()
}

document.addEventListener('keydown', event => {
  if (event.ctrlKey || event.metaKey || event.altKey) return
  const field = document.getElementById('text')
  const target = event.target
  if (target === field && event.key === 'ArrowDown' && shownRows().length) {
    event.preventDefault()
    return shownRows()[0].focus()
  }
  if (target.closest('input, select, textarea')) return
  if (event.key === '/') {
    event.preventDefault()
    field.focus()
    field.select()
  } else if (event.key in STEPS && !target.closest('.canvas, pre, .scroll, .diff') && shownRows().length) {
    event.preventDefault()
    walk(STEPS[event.key])
  } else if (event.key in PLACES) {
    location.assign(PLACES[event.key])
  }
})
