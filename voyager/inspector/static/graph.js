'use strict'

// Moving about in the graph: drag, wheel and pinch, keys, and the way of a skill in other colours.

const STEP = 60
const FACTOR = 1.25
const LARGEST = 2.5
const MARGIN = 24
const LEGIBLE = 1.6
const canvas = document.getElementById('canvas')
/** What of the drawing is seen: its left upper corner, and how many of its units make a pixel. */
const view = { x: 0, y: 0, unit: 1 }

/** @returns {SVGSVGElement} it is another one after the library has changed */
function drawing () {
  return document.getElementById('drawing')
}

function size () {
  return { width: Number(drawing().getAttribute('width')), height: Number(drawing().getAttribute('height')) }
}

function apply () {
  const { clientWidth, clientHeight } = canvas
  drawing().setAttribute('viewBox', `${view.x} ${view.y} ${clientWidth * view.unit} ${clientHeight * view.unit}`)
}

/** All of it, but no larger than it was drawn. */
function fit () {
  const { width, height } = size()
  view.unit = Math.max(1, width / canvas.clientWidth, height / canvas.clientHeight)
  view.x = (width - canvas.clientWidth * view.unit) / 2
  view.y = (height - canvas.clientHeight * view.unit) / 2
  apply()
}

/** At first the whole; where that would be too small to be read, what lies around the middle of it. */
function begin () {
  fit()
  if (view.unit <= LEGIBLE) return
  const { width, height } = size()
  const here = drawing().querySelector('.node.here rect')?.getBBox()
  zoom(view.unit / LEGIBLE)
  view.x = (here ? here.x + here.width / 2 : width / 2) - canvas.clientWidth * view.unit / 2
  view.y = here ? here.y - canvas.clientHeight * view.unit / 2 : Math.min(0, (height - canvas.clientHeight * view.unit) / 2)
  apply()
}

/** @param {number} factor @param {number} x @param {number} y the pixel that stays where it is */
function zoom (factor, x = canvas.clientWidth / 2, y = canvas.clientHeight / 2) {
  const { width, height } = size()
  const smallest = 1.5 * Math.max(1, width / canvas.clientWidth, height / canvas.clientHeight)
  const unit = Math.min(smallest, Math.max(1 / LARGEST, view.unit / factor))
  view.x += x * (view.unit - unit)
  view.y += y * (view.unit - unit)
  view.unit = unit
  apply()
}

/** @param {number} x @param {number} y in pixels */
function move (x, y) {
  view.x += x * view.unit
  view.y += y * view.unit
  apply()
}

/** @param {Element} node brought into sight */
function show (node) {
  const frame = canvas.getBoundingClientRect()
  const box = node.getBoundingClientRect()
  const x = Math.min(0, box.left - frame.left - MARGIN) || Math.max(0, box.right - frame.right + MARGIN)
  const y = Math.min(0, box.top - frame.top - MARGIN) || Math.max(0, box.bottom - frame.bottom + MARGIN)
  if (x || y) move(x, y)
}

/** @param {Element} from @param {string} key @returns {Element | null} the nearest node that way */
function towards (from, key) {
  const middle = node => {
    const box = node.getBoundingClientRect()
    return [box.left + box.width / 2, box.top + box.height / 2]
  }
  const [x, y] = middle(from)
  const sideways = key === 'ArrowLeft' || key === 'ArrowRight'
  const sign = key === 'ArrowRight' || key === 'ArrowDown' ? 1 : -1
  let best = null
  let least = Infinity
  for (const node of drawing().querySelectorAll('.node')) {
    const [u, v] = middle(node)
    const along = sign * (sideways ? u - x : v - y)
    const across = Math.abs(sideways ? v - y : u - x)
    if (along > 1 && along + 2 * across < least) {
      least = along + 2 * across
      best = node
    }
  }
  return best
}

/** @param {string | null} name the skill whose calls stand out */
function mark (name) {
  const near = new Set([name])
  for (const arrow of drawing().querySelectorAll('.arrow')) {
    const { from, to } = arrow.dataset
    const on = name !== null && (from === name || to === name)
    arrow.classList.toggle('on', on)
    if (on) near.add(from).add(to)
  }
  for (const node of drawing().querySelectorAll('.node')) {
    node.classList.toggle('off', name !== null && !near.has(node.dataset.name))
  }
}

function nodeOf (event) {
  return event.target.closest?.('.node') ?? null
}

function listen () {
  const pointers = new Map()
  let dragged = 0
  canvas.addEventListener('wheel', event => {
    if (!event.ctrlKey && !event.metaKey) return
    event.preventDefault()
    const frame = canvas.getBoundingClientRect()
    zoom(Math.exp(-event.deltaY / 300), event.clientX - frame.left, event.clientY - frame.top)
  }, { passive: false })
  canvas.addEventListener('pointerdown', event => {
    pointers.set(event.pointerId, event)
    dragged = 0
  })
  canvas.addEventListener('pointermove', event => {
    const before = pointers.get(event.pointerId)
    if (!before) return
    const others = [...pointers.values()].filter(one => one.pointerId !== event.pointerId)
    if (others.length) {
      const [other] = others
      const apart = one => Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY)
      const frame = canvas.getBoundingClientRect()
      zoom(apart(event) / Math.max(1, apart(before)), other.clientX - frame.left, other.clientY - frame.top)
    } else {
      move(before.clientX - event.clientX, before.clientY - event.clientY)
    }
    dragged += Math.abs(event.clientX - before.clientX) + Math.abs(event.clientY - before.clientY)
    pointers.set(event.pointerId, event)
  })
  for (const end of ['pointerup', 'pointercancel', 'pointerleave']) {
    canvas.addEventListener(end, event => pointers.delete(event.pointerId))
  }
  canvas.addEventListener('dragstart', event => event.preventDefault())
  canvas.addEventListener('click', event => {
    if (dragged > 5) event.preventDefault() // it was moved, not chosen
  }, { capture: true })
  canvas.addEventListener('focusin', event => {
    const node = nodeOf(event)
    if (node) show(node)
    mark(node?.dataset.name ?? null)
  })
  canvas.addEventListener('focusout', () => mark(null))
  canvas.addEventListener('pointerover', event => mark(nodeOf(event)?.dataset.name ?? null))
  canvas.addEventListener('pointerleave', () => mark(null))
  canvas.addEventListener('keydown', press)
}

function press (event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return
  const ways = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] }
  const node = nodeOf(event)
  if (event.key in ways) {
    if (node) towards(node, event.key)?.focus()
    else move(...ways[event.key])
  } else if (event.key === '+' || event.key === '=') zoom(FACTOR)
  else if (event.key === '-') zoom(1 / FACTOR)
  else if (event.key === '0') fit()
  else return
  event.preventDefault()
}

if (canvas) {
  canvas.classList.add('moving')
  document.getElementById('zoom').hidden = false
  document.getElementById('zoom').addEventListener('click', event => {
    const way = event.target.dataset.zoom
    if (way === 'fit') fit()
    else if (way) zoom(way === 'in' ? FACTOR : 1 / FACTOR)
  })
  listen()
  begin()
  window.addEventListener('resize', begin)
  document.addEventListener('refreshed', apply)
}
