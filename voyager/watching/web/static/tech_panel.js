// The tech tree: a row for each level, with what was reached and what can be next.

import { fill, make } from './dom.js'
import { plain, shortDuration } from './words.js'

const SIGNS = { reached: '✓', next: '→', later: '' }

/** @param {object} now @param {object} past */
export function showTech (now, past) {
  fill('tech', (past.tech_tree ?? []).map(row))
}

function row ({ level, items }) {
  const reached = items.filter(one => one.state === 'reached').length
  const state = reached === items.length ? 'whole' : reached ? 'begun' : 'none'
  const head = make('div', { class: 'level-head' },
    make('h3', {}, level),
    make('span', { class: 'count' }, `${reached} of ${items.length}`),
    make('progress', { max: items.length, value: reached, 'aria-label': `${level}: reached` }))
  return make('div', { class: `level ${state}` }, head, make('ul', { class: 'steps' }, ...items.map(item)))
}

function item ({ name, needs, seconds, state }) {
  const when = seconds ? ` ${shortDuration(seconds)}` : ''
  const title = needs.length ? `needs ${needs.map(plain).join(', ')}` : 'needs nothing'
  const sign = SIGNS[state]
  return make('li', { class: state, title },
    ...sign ? [make('span', { 'aria-hidden': 'true' }, `${sign} `)] : [],
    plain(name),
    make('span', { class: 'when' }, when),
    make('span', { class: 'unseen' }, ` (${state})`))
}
