// The page: hears what is now over server-sent events, reads the past when it has grown, and gives
// each panel what it shows. Whatever happens, a panel is drawn at most once for each picture shown.

import { showBot } from './bot_panel.js'
import { showItems, showSpend } from './charts.js'
import { showActs, showEvents, showFaults, showTasks } from './lists.js'
import { moveBot, showMap } from './map_panel.js'
import { showSession } from './session_panel.js'
import { showProgram, showTask } from './task_panel.js'
import { showTech } from './tech_panel.js'

const LEAST_PAUSE_MILLISECONDS = 1500
const LONGEST_PAUSE_MILLISECONDS = 15000
const ANSWER_WITHIN_MILLISECONDS = 30000
/** The past is read anew after these have changed. */
const GROWS_WITH = ['session', 'run', 'task', 'counts', 'spend', 'milestones', 'events', 'ended']
const PANELS = {
  session: showSession,
  task: showTask,
  program: showProgram,
  bot: showBot,
  events: showEvents,
  map: showMap,
  tech: showTech,
  items: showItems,
  spend: showSpend,
  faults: showFaults,
  acts: showActs,
  tasks: showTasks
}
const WHO_SHOWS = {
  session: ['session', 'task', 'program', 'bot'],
  run: ['session'],
  counts: ['session'],
  ended: ['session'],
  task: ['task'],
  goal_tree: ['task'],
  program: ['task', 'program'],
  source: ['program'],
  progress: ['program'],
  model: ['program'],
  bot: ['bot'],
  faults: ['session', 'faults'],
  events: ['events'],
  spend: ['session']
}
const OF_THE_PAST = ['session', 'task', 'program', 'bot', 'map', 'tech', 'items', 'spend', 'faults', 'acts', 'tasks']

const now = { reachable: null }
const past = {}
const stale = new Set(Object.keys(PANELS))
let drawing = false

function redraw (panels) {
  for (const panel of panels) stale.add(panel)
  if (drawing || document.hidden) return
  drawing = true
  requestAnimationFrame(() => {
    drawing = false
    const panels = [...stale]
    stale.clear()
    for (const panel of panels) PANELS[panel](now, past)
  })
}

/** The past, read when it is asked for; not again before a while, the longer it takes the longer. */
const reading = { wanted: false, timer: null, pause: 0 }

function readSoon () {
  reading.wanted = true
  if (reading.timer === null && !document.hidden) reading.timer = setTimeout(read, reading.pause)
}

async function read () {
  reading.wanted = false
  const begun = performance.now()
  try {
    const answer = await fetch('past.json', { signal: AbortSignal.timeout(ANSWER_WITHIN_MILLISECONDS) })
    if (answer.ok) {
      Object.assign(past, await answer.json())
      redraw(OF_THE_PAST)
    }
  } catch {
    // The stream tells that nobody answers, and asks for the past when somebody does.
  }
  const took = performance.now() - begun
  reading.pause = Math.min(LONGEST_PAUSE_MILLISECONDS, Math.max(LEAST_PAUSE_MILLISECONDS, 20 * took))
  reading.timer = setTimeout(() => {
    reading.timer = null
    if (reading.wanted) readSoon()
  }, reading.pause)
}

function hear (changed) {
  Object.assign(now, changed)
  if (changed.bot) moveBot(changed.bot)
  redraw(Object.keys(changed).flatMap(name => WHO_SHOWS[name] ?? []))
  if (GROWS_WITH.some(name => name in changed)) readSoon()
}

function listen () {
  const source = new EventSource('now')
  source.onopen = () => {
    now.reachable = true
    redraw(['session'])
  }
  source.onmessage = event => hear(JSON.parse(event.data))
  source.onerror = () => {
    now.reachable = false
    redraw(['session'])
    // A browser gives up for good after some answers.
    if (source.readyState === EventSource.CLOSED) setTimeout(listen, LEAST_PAUSE_MILLISECONDS)
  }
}

document.addEventListener('visibilitychange', () => {
  if (document.hidden) return
  redraw([])
  if (reading.wanted && reading.timer === null) readSoon()
})
document.addEventListener('sourced', () => redraw(['program']))
window.addEventListener('resize', () => redraw(['map', 'items', 'spend']))
window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => redraw(['map']))
listen()
