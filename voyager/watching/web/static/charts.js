// Lines over time: unique items, and what models cost. Drawn in the pixels that are there.

import { at, draw, fill, make } from './dom.js'
import { amount, clock, dollars, plain, short, shortDuration } from './words.js'

const HEIGHT = 190
const LEFT = 44
const RIGHT = 12
const TOP = 14
const BOTTOM = 26
const MOST_DOTS = 120

/** @param {object} now @param {object} past */
export function showItems (now, past) {
  const reached = past.milestones ?? []
  const before = past.held_before ?? 0
  if (!reached.length) return fill('items-chart', [make('p', { class: 'quiet' }, before ? `Nothing new was found yet; ${amount(before)} were held before.` : 'Nothing was found yet.')])
  const count = before + reached.length
  const end = Math.max(past.seconds ?? 0, reached.at(-1).seconds, 1)
  const frame = frameOf('items-chart', end, count)
  const points = [[0, before]]
  reached.forEach(({ seconds }, number) => points.push([seconds, before + number], [seconds, before + number + 1]))
  points.push([end, count])
  const every = Math.ceil(reached.length / MOST_DOTS)
  const dots = reached.map((one, number) => [one, before + number + 1]).filter((_, number) => number % every === 0)
  const last = reached.at(-1)
  fill('items-chart', [draw('svg', { ...size(frame), class: 'plot', role: 'img', 'aria-label': `${count} unique items in ${shortDuration(end)}, the last ${plain(last.name)}` },
    ...axes(frame, amount, shortDuration),
    draw('path', { class: 'area', d: `${path(frame, points)} L${frame.x(end)} ${frame.y(0)} L${frame.x(0)} ${frame.y(0)} Z` }),
    draw('path', { class: 'curve', d: path(frame, points) }),
    ...dots.map(([{ name, seconds }, number]) => draw('circle', { class: 'dot', cx: frame.x(seconds), cy: frame.y(number), r: 3 },
      draw('title', {}, `${plain(name)}, ${shortDuration(seconds)}`)))
  )])
}

/** @param {object} now @param {object} past */
export function showSpend (now, past) {
  const roles = past.spend ?? []
  if (!roles.length) {
    fill('spend-table', [])
    return fill('spend-chart', [make('p', { class: 'quiet' }, 'No language model was asked: this costs nothing.')])
  }
  const times = roles.flatMap(role => role.points.map(([time]) => Date.parse(time)))
  const start = Math.min(...times)
  const end = Math.max(...times, start + 1000)
  const frame = frameOf('spend-chart', end - start, Math.max(...roles.map(role => role.tokens), 1))
  const lines = roles.map((role, number) => {
    const points = [[0, 0], ...role.points.map(([time, tokens]) => [Date.parse(time) - start, tokens]), [end - start, role.tokens]]
    return draw('path', { class: `curve role${number % 6}`, d: path(frame, points) }, draw('title', {}, role.role))
  })
  fill('spend-chart', [draw('svg', { ...size(frame), class: 'plot', role: 'img', 'aria-label': 'Tokens spent by each role over time, as in the table below' },
    ...axes(frame, short, moment => clock(new Date(start + moment).toISOString()).slice(0, 5)), ...lines)])
  fill('spend-table', [table(roles)])
}

function table (roles) {
  const head = ['role', 'calls', 'tokens', 'cost'].map((name, number) => make('th', { scope: 'col', class: number ? 'number' : null }, name))
  const rows = roles.map(({ role, calls, tokens, cost }, number) => make('tr', {},
    make('th', { scope: 'row' }, make('span', { class: `key role${number % 6}`, 'aria-hidden': 'true' }), plain(role)),
    ...[amount(calls), amount(tokens), dollars(cost)].map(text => make('td', { class: 'number' }, text))))
  return make('table', { 'aria-label': 'Spend by role' }, make('thead', {}, make('tr', {}, ...head)), make('tbody', {}, ...rows))
}

function frameOf (id, widest, highest) {
  const width = Math.max(240, Math.floor(at(id).clientWidth))
  const round = number => Math.round(number * 10) / 10
  return {
    width,
    widest,
    highest,
    x: value => round(LEFT + (width - LEFT - RIGHT) * value / widest),
    y: value => round(HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * value / highest)
  }
}

function size ({ width }) {
  return { width, height: HEIGHT, viewBox: `0 0 ${width} ${HEIGHT}` }
}

function path ({ x, y }, points) {
  return points.map(([across, up], number) => `${number ? 'L' : 'M'}${x(across)} ${y(up)}`).join(' ')
}

function axes (frame, heightText, widthText) {
  const parts = []
  for (const share of [0, 0.5, 1]) {
    const value = Math.round(frame.highest * share)
    const y = frame.y(value)
    parts.push(draw('line', { class: 'grid', x1: LEFT, x2: frame.width - RIGHT, y1: y, y2: y }))
    parts.push(draw('text', { class: 'label', x: LEFT - 8, y: y + 4, 'text-anchor': 'end' }, heightText(value)))
  }
  for (const [share, anchor] of [[0, 'start'], [0.5, 'middle'], [1, 'end']]) {
    parts.push(draw('text', { class: 'label', x: frame.x(frame.widest * share), y: HEIGHT - 8, 'text-anchor': anchor }, widthText(frame.widest * share)))
  }
  return parts
}
