// Above all: which run it is, whether it is live, what is broken now, and the figures that count.

import { at, fill, make, write } from './dom.js'
import { clock, dollars, duration, plain, short } from './words.js'

const SAID = {
  live: () => 'Live',
  none: () => 'No session is played now. Becomes live when one begins.',
  lost: () => 'The agent went away; waiting for it to come back.',
  over: reason => `The session is over: ${reason || 'it ended.'}`
}

/** @param {object} now @param {object} past */
export function showSession (now, past) {
  showState(now)
  const { run } = now
  write('title', run ? `Run ${run.id} in ${run.world}` : 'Voyager')
  document.title = run ? `Run ${run.id} · Voyager` : 'Voyager'
  const about = run
    ? [run.goal ? `towards ${plain(run.goal)}` : 'open-ended', `Minecraft ${run.version}`, run.model ? `with ${run.model}` : 'without a language model']
    : []
  write('about', about.join(' · '))
  fill('alerts', (now.session?.state === 'live' ? now.faults ?? [] : []).map(fault =>
    make('li', {}, make('b', {}, `The ${fault.part} ${fault.kind}`), ` since ${clock(fault.at)}: ${fault.cause}`)))
  showTiles(now, past)
}

function showState (now) {
  const state = now.reachable === false ? 'unreachable' : now.session?.state ?? 'none'
  const text = now.reachable === false
    ? 'No answer: is voyager watch --web still running?'
    : now.session ? SAID[state](now.session.reason) : 'Connecting…'
  write('session', text)
  at('session').dataset.state = state
}

function showTiles (now, past) {
  const counts = now.counts
  if (!counts || !now.run) return fill('tiles', [])
  const tiles = [
    ['played', duration(Math.max(past.seconds ?? 0, now.run.seconds ?? 0))],
    ['tasks done', short(counts.tasks_passed)],
    ['tasks failed', short(counts.tasks_failed)],
    ['unique items', short(counts.items)],
    ['skills', short(counts.skills)],
    ['deaths', short(counts.deaths)],
    ['faults', short(counts.faults)],
    ['tokens', short(now.spend?.tokens ?? 0)],
    ['cost', now.spend?.calls ? dollars(now.spend.cost) : '$0']
  ]
  fill('tiles', tiles.map(([name, value]) => make('div', {}, make('dt', {}, name), make('dd', {}, value))))
}
