// What happened, newest first: events, faults, reflexes and upkeep, tasks.

import { fill, make, nothing } from './dom.js'
import { clock, duration, plain } from './words.js'

/** @param {object} now */
export function showEvents (now) {
  const lines = (now.events ?? []).map(({ at, text, tone }) =>
    make('li', { class: tone }, make('time', {}, clock(at)), make('span', {}, text)))
  fill('events', lines.length ? lines : [nothing('Nothing happened yet.')])
}

/** @param {object} now @param {object} past */
export function showFaults (now, past) {
  const told = new Set((past.faults ?? []).map(fault => fault.id))
  // The live ones may not stand in the journal yet.
  const fresh = (now.faults ?? []).filter(fault => !told.has(fault.fault))
  const faults = [...fresh, ...past.faults ?? []]
  fill('faults', faults.length ? faults.map(fault) : [nothing('None: nothing broke.')])
}

function fault ({ at, part, kind, cause, over_at: over, seconds, how }) {
  const state = over
    ? make('span', { class: 'state over' }, `over after ${duration(seconds ?? 0)}`)
    : make('span', { class: 'state lasts' }, 'not over')
  const head = make('div', {}, make('time', {}, clock(at)), make('b', {}, `${plain(part)}: ${plain(kind)}`), state)
  return make('li', {}, head, make('p', {}, cause), ...how ? [make('p', { class: 'quiet' }, how)] : [])
}

/** @param {object} now @param {object} past */
export function showActs (now, past) {
  const tallies = [...past.reflexes ?? [], ...past.upkeep ?? []]
  fill('tallies', tallies.map(({ name, count }) => make('li', {}, plain(name), ' ', make('b', {}, String(count)))))
  const acts = (past.acts ?? []).map(({ at, reflex, duty, why, outcome }) =>
    make('li', {}, make('time', {}, clock(at)), make('span', {}, make('b', {}, plain(reflex ?? duty)), ` ${why}: ${outcome}`)))
  fill('acts', acts.length ? acts : [nothing('None had to act yet.')])
}

/** @param {object} now @param {object} past */
export function showTasks (now, past) {
  const tasks = (past.tasks ?? []).map(({ iteration, description, status, critique, seconds, attempts }) =>
    make('li', { class: status === 'passed' ? 'good' : 'bad' },
      make('time', {}, `${status === 'passed' ? '✓' : '✕'} ${iteration}`),
      make('span', {}, make('b', {}, description), ` ${status}, ${attempts === 1 ? '1 attempt' : `${attempts} attempts`}, ${duration(seconds)}`,
        ...status !== 'passed' && critique ? [make('span', { class: 'critique' }, critique)] : [])))
  fill('tasks', tasks.length ? tasks : [nothing('None has ended yet.')])
}
