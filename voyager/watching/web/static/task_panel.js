// The task under way and its program, with the running line in sight.

import { at, fill, make, write } from './dom.js'
import { plain } from './words.js'

const MARKS = { passed: '✓', failed: '✕', open: '○', revised: '–' }
const SOURCES_KEPT = 40
const ANSWER_WITHIN_MILLISECONDS = 10000
/** The source of each skill that was called, once it was fetched; null while it is awaited. */
const sources = new Map()
/** What is shown: the lines' array itself tells whether it is another. */
const shown = { lines: null, line: null }

/** @param {object} now @param {object} past */
export function showTask (now, past) {
  const live = now.session?.state === 'live'
  const task = now.task ?? (live ? null : past.program)
  if (task) {
    const attempt = task.attempt ? ` · attempt ${task.attempt}` : ''
    const when = live ? 'Task' : 'The last task'
    write('task-eyebrow', `${when} ${task.iteration}${attempt} · proposed by ${plain(task.proposer)}`)
    write('task-title', task.description)
    write('task-why', task.why)
  } else {
    write('task-eyebrow', 'Task')
    write('task-title', live ? 'Between two tasks' : 'Nothing was played yet')
    write('task-why', live ? 'The next one is being chosen, or something is seen to first.' : '')
  }
  const tree = now.goal_tree ?? []
  at('goal-tree').hidden = !tree.length
  fill('goal-tree', tree.map(([depth, status, description]) =>
    make('li', { class: `depth${Math.min(depth, 5)} ${status}` }, `${MARKS[status] ?? '○'} ${description}`)))
}

/** @param {object} now @param {object} past */
export function showProgram (now, past) {
  const { program } = now
  const { title, lines, line } = program ? running(now) : last(past)
  write('program-title', title)
  showLines(lines)
  mark(line)
  const text = program?.running ? now.progress || (program.text && program.module !== program.entry ? program.text : '') : ''
  write('progress', text)
  at('model').hidden = !now.model?.text
  write('model-text', now.model?.text ?? '')
}

function last (past) {
  const program = past.program
  if (!program) return { title: 'Program', lines: [], line: null }
  return { title: `The last program: ${program.entry}, ${origin(program)}`, lines: program.lines, line: null }
}

function running (now) {
  const { program, source } = now
  const line = program.running ? program.line : null
  const inside = program.module && program.module !== program.entry ? program.module : null
  const callee = inside ? sourceOf(inside) : null
  if (!callee) {
    return { title: `${program.entry}, ${origin(program)}`, lines: source?.lines ?? [], line: inside ? null : line }
  }
  return { title: `${inside}, called by ${program.entry}`, lines: callee, line }
}

function origin (program) {
  return program.reused ? 'a skill from the library' : `written by ${program.writer}`
}

/** @param {string} name @returns {Array | null} its lines; asked for the first time, null */
function sourceOf (name) {
  if (!sources.has(name)) {
    if (sources.size >= SOURCES_KEPT) sources.delete(sources.keys().next().value)
    sources.set(name, null)
    fetchSource(name)
  }
  return sources.get(name)
}

async function fetchSource (name) {
  try {
    const signal = AbortSignal.timeout(ANSWER_WITHIN_MILLISECONDS)
    const answer = await fetch(`source.json?of=${encodeURIComponent(name)}`, { signal })
    if (!answer.ok) return
    sources.set(name, (await answer.json()).lines)
    document.dispatchEvent(new Event('sourced'))
  } catch {
    sources.delete(name)
  }
}

function showLines (lines) {
  if (lines === shown.lines) return
  shown.lines = lines
  shown.line = null
  const code = at('source').querySelector('code')
  code.replaceChildren(...lines.map(pieces => make('span', { class: 'line' }, ...pieces.map(
    ([kind, text]) => kind ? make('span', { class: kind }, text) : text))))
  at('source').scrollTo(0, 0)
}

/** @param {number | null} number of the line that runs, from 1 */
function mark (number) {
  if (number === shown.line) return
  shown.line = number
  const source = at('source')
  const before = source.querySelector('.running')
  before?.classList.remove('running')
  before?.removeAttribute('aria-current')
  const line = number === null ? null : source.querySelectorAll('.line')[number - 1]
  if (!line) return
  line.classList.add('running')
  line.setAttribute('aria-current', 'step')
  if (at('follow').checked) {
    // Within its own frame: the page itself stays where it was scrolled to.
    source.scrollTop = line.offsetTop - source.offsetTop - source.clientHeight / 2
  }
}
