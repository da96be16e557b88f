// The map from above: the trail, finds, deaths, and where the bot is now. North is up.

import { at, fill, make, nothing, write } from './dom.js'
import { MapView } from './map_view.js'
import { duration, plain } from './words.js'

const TAIL_POINTS = 400
const LEAST_JUMP = 48
const STEPS_A_JUMP = 8
const NEAR_PIXELS = 14
const MARKS_LISTED = 40
const COLOURS = { found: '--accent', died: '--bad', chest: '--candidate', slept: '--keyword' }
const LEGEND = { found: '● first find', died: '✕ death', chest: '■ chest', slept: '▲ slept' }
/** Where it was since the page was opened: the journal comes a little later. */
const tail = []
const seen = { bot: null, past: {}, chosen: null, names: '' }
const view = new MapView(at('map'), paint, tell)

/** @param {object} bot */
export function moveBot (bot) {
  const before = seen.bot
  seen.bot = bot
  if (before?.dimension !== bot.dimension) tail.length = 0
  tail.push([bot.position.x, bot.position.z])
  if (tail.length > TAIL_POINTS) tail.splice(0, tail.length - TAIL_POINTS)
  update()
}

/** @param {object} now @param {object} past */
export function showMap (now, past) {
  if (past.places) seen.past = past.places
  listMarks()
  offerView(past.view)
  update()
}

/** The 3D view, in a page of its own: it is heavy. */
function offerView (view) {
  at('view').hidden = !view?.url
  if (view?.url && at('view').href !== view.url) at('view').href = view.url
  write('view-reason', view?.reason ?? '')
}

function update () {
  const trails = Object.keys(seen.past.trails ?? {})
  const marked = (seen.past.marks ?? []).map(mark => mark.dimension)
  const names = [...new Set([...trails, ...marked, ...seen.bot ? [seen.bot.dimension] : []])]
  if (names.join() !== seen.names) {
    seen.names = names.join()
    fill('dimension', names.map(name => make('option', { value: name }, plain(name))))
  }
  if (seen.chosen === null || !names.includes(seen.chosen)) at('dimension').value = seen.bot?.dimension ?? names.at(-1) ?? ''
  else at('dimension').value = seen.chosen
  view.setExtent(extent())
  view.request()
}

function here () {
  const dimension = at('dimension').value
  return {
    trail: seen.past.trails?.[dimension] ?? [],
    marks: (seen.past.marks ?? []).filter(mark => mark.dimension === dimension),
    bot: seen.bot?.dimension === dimension ? seen.bot : null
  }
}

function extent () {
  const { trail, marks, bot } = here()
  const points = [...trail, ...marks.map(mark => [mark.x, mark.z]), ...bot ? tail : []]
  if (!points.length) return null
  const box = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity }
  for (const [x, z] of points) {
    box.left = Math.min(box.left, x)
    box.right = Math.max(box.right, x)
    box.top = Math.min(box.top, z)
    box.bottom = Math.max(box.bottom, z)
  }
  return box
}

function paint (pen, place) {
  const style = getComputedStyle(document.documentElement)
  const colour = name => style.getPropertyValue(name)
  const { trail, marks, bot } = here()
  view.paintGrid(pen, colour)
  pen.lineJoin = pen.lineCap = 'round'
  pen.lineWidth = 2
  pen.strokeStyle = colour('--trail')
  line(pen, place, trail)
  if (bot) {
    pen.strokeStyle = colour('--accent')
    line(pen, place, tail)
  }
  for (const mark of marks) paintMark(pen, place(mark.x, mark.z), mark.kind, colour(COLOURS[mark.kind] ?? '--quiet'), colour('--surface'))
  if (bot) paintBot(pen, place(bot.position.x, bot.position.z), bot.yaw, colour)
  describe(trail, marks, bot)
}

/** A line through all points, but none where it was set down elsewhere: many steps in one. */
function line (pen, place, points) {
  const steps = points.slice(1).map(([x, z], number) => Math.hypot(x - points[number][0], z - points[number][1]))
  const usual = [...steps].sort((one, other) => one - other)[steps.length >> 1] ?? 0
  const jump = Math.max(LEAST_JUMP, STEPS_A_JUMP * usual)
  pen.beginPath()
  points.forEach(([x, z], number) => pen[number && steps[number - 1] < jump ? 'lineTo' : 'moveTo'](...place(x, z)))
  pen.stroke()
}

function paintMark (pen, [x, y], kind, colour, ground) {
  pen.fillStyle = pen.strokeStyle = colour
  pen.beginPath()
  if (kind === 'died') {
    pen.lineWidth = 3
    pen.moveTo(x - 6, y - 6)
    pen.lineTo(x + 6, y + 6)
    pen.moveTo(x + 6, y - 6)
    pen.lineTo(x - 6, y + 6)
    return pen.stroke()
  }
  if (kind === 'chest') pen.rect(x - 5, y - 5, 10, 10)
  else if (kind === 'slept') {
    pen.moveTo(x, y - 6)
    pen.lineTo(x + 6, y + 5)
    pen.lineTo(x - 6, y + 5)
    pen.closePath()
  } else pen.arc(x, y, 5, 0, 2 * Math.PI)
  pen.fill()
  pen.lineWidth = 1.5
  pen.strokeStyle = ground
  pen.stroke()
}

function paintBot (pen, [x, y], yaw, colour) {
  pen.save()
  pen.translate(x, y)
  pen.rotate(-yaw)
  pen.beginPath()
  pen.moveTo(0, -11)
  pen.lineTo(7, 8)
  pen.lineTo(0, 4)
  pen.lineTo(-7, 8)
  pen.closePath()
  pen.fillStyle = colour('--ink')
  pen.strokeStyle = colour('--surface')
  pen.lineWidth = 2
  pen.stroke()
  pen.fill()
  pen.restore()
}

function describe (trail, marks, bot) {
  const deaths = marks.filter(mark => mark.kind === 'died').length
  const where = bot ? `, the bot at ${Math.round(bot.position.x)}, ${Math.round(bot.position.z)}` : ''
  const label = `Map of ${plain(at('dimension').value || 'no dimension')}: ${trail.length + (bot ? tail.length : 0)} places, ${marks.length - deaths} finds, ${deaths} deaths${where}`
  at('map').setAttribute('aria-label', label)
  const kinds = Object.keys(LEGEND).filter(kind => marks.some(mark => mark.kind === kind))
  write('map-legend', ['▲ north is up', ...kinds.map(kind => LEGEND[kind])].join('   '))
}

/** What lies under the pointer. */
function tell (x, y, place) {
  let best = null
  let least = NEAR_PIXELS
  for (const mark of here().marks) {
    const [u, v] = place(mark.x, mark.z)
    const distance = Math.hypot(u - x, v - y)
    if (distance <= least) {
      best = mark
      least = distance
    }
  }
  write('map-tip', best ? said(best) : '')
}

function said ({ kind, what, x, y, z, seconds }) {
  const name = kind === 'died' ? `died: ${what}` : `${kind} ${plain(what)}`
  return `${name} at ${x}, ${y}, ${z}, after ${duration(seconds)}`
}

function listMarks () {
  const marks = (seen.past.marks ?? []).slice(-MARKS_LISTED).reverse()
  fill('marks', marks.length ? marks.map(mark => make('li', {}, said(mark))) : [nothing('None yet.')])
}

at('dimension').addEventListener('change', () => {
  seen.chosen = at('dimension').value
  view.fit()
  update()
})
at('map-in').addEventListener('click', () => view.zoom(1.4))
at('map-out').addEventListener('click', () => view.zoom(1 / 1.4))
at('map-fit').addEventListener('click', () => view.fit())
