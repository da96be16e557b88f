// Making and filling elements. What the game, a model or a program says is put in as text alone.

const SVG = 'http://www.w3.org/2000/svg'

/** @param {string} id */
export function at (id) {
  return document.getElementById(id)
}

/** @param {string} tag @param {object} properties `class` and attributes @param {...(string|Node)} children */
export function make (tag, properties = {}, ...children) {
  return filled(document.createElement(tag), properties, children)
}

/** As `make`, in a drawing. */
export function draw (tag, properties = {}, ...children) {
  return filled(document.createElementNS(SVG, tag), properties, children)
}

function filled (element, properties, children) {
  for (const [name, value] of Object.entries(properties)) {
    if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value)
  }
  element.append(...children)
  return element
}

/** Writes a text where it is another one, so that nothing is announced twice. */
export function write (id, text) {
  const element = at(id)
  if (element.textContent !== text) element.textContent = text
}

/** Puts children in the place of those that are there, and keeps how far it was scrolled. */
export function fill (id, children) {
  const frame = at(id).closest('.scrolls') ?? at(id)
  const { scrollTop } = frame
  at(id).replaceChildren(...children)
  frame.scrollTop = scrollTop
}

/** What says that there is nothing. */
export function nothing (text) {
  return make('li', { class: 'quiet' }, text)
}
