'use strict'
/**
 * The members of an interface or class as a package's `index.d.ts` declares them: how each is written, and what it takes and gives.
 *
 * A reading of text, enough for how these files are laid out. Not covered: types as such.
 */

const OPENING = '([{<'
const CLOSING = ')]}>'

/** @typedef {{text: string, parameters: {text: string, name: string, is_optional: boolean}[] | null, gives: string}} Declaration `parameters` null for a field */

/**
 * @param {string} source of the declarations
 * @param {RegExp} heading matches up to the interface's opening brace, with it
 * @returns {Map<string, Declaration>} by name
 */
function membersDeclared (source, heading) {
  const declared = new Map()
  const found = heading.exec(source)
  if (!found) return declared
  const start = found.index + found[0].length
  for (const text of membersIn(source, start)) {
    const name = /^(?:public |readonly |static )*(\w+)/.exec(text)?.[1]
    if (!name || text.startsWith('static')) continue
    const known = declared.get(name)
    const declaration = declarationOf(name, text.replace(/^(?:public |readonly )+/, ''))
    declared.set(name, known ? { ...known, parameters: shared(known.parameters, declaration.parameters) } : declaration)
  }
  return declared
}

/**
 * The texts of the members up to the brace that closes, on one line each.
 * @param {string} source
 * @param {number} start
 */
function membersIn (source, start) {
  const text = source.slice(start).replace(/\/\*[^]*?\*\//g, '').replace(/\/\/[^\n]*/g, '')
  const members = []
  let depth = 0
  let current = ''
  for (let index = 0; index < text.length; index++) {
    const character = text[index]
    if (OPENING.includes(character)) depth++
    if (CLOSING.includes(character) && text[index - 1] !== '=') depth--
    if (depth < 0) break
    const ends = depth === 0 && (character === ';' || character === '\n') && !/^\s*[|&]/.test(text.slice(index + 1))
    if (ends) members.push(current)
    current = ends ? '' : current + character
  }
  return [...members, current].map(member => member.replace(/\s+/g, ' ').replace(/([([{]) /g, '$1').replace(/ ([)\]])/g, '$1').trim()).filter(Boolean)
}

/** @param {string} name @param {string} text @returns {Declaration} */
function declarationOf (name, text) {
  const type = text.slice(name.length).replace(/^\?/, '').replace(/^<[^>]*>(?=\()/, '').trimStart()
  if (type.startsWith('(')) {
    const end = closingOf(type, 0)
    return { text, parameters: parametersIn(type.slice(1, end)), gives: type.slice(end + 1).replace(/^\s*:\s*/, '').trim() }
  }
  const kinds = split(type.replace(/^\s*:\s*/, ''), '&').map(callableIn)
  const [first] = kinds
  if (first === null) return { text, parameters: null, gives: type.replace(/^\s*:\s*/, '') }
  return { text, parameters: kinds.reduce((all, kind) => shared(all, kind?.parameters ?? null), first.parameters), gives: first.gives }
}

/** A function's type, with or without brackets around. @param {string} type @returns {{parameters: any, gives: string} | null} */
function callableIn (type) {
  if (!type.startsWith('(')) return null
  const end = closingOf(type, 0)
  const rest = type.slice(end + 1).trim()
  if (rest.startsWith('=>')) return { parameters: parametersIn(type.slice(1, end)), gives: rest.slice(2).trim() }
  return rest === '' ? callableIn(type.slice(1, end)) : null
}

/** Of two ways to call it: what both need, and what either takes. @param {any} some @param {any} others */
function shared (some, others) {
  if (!some || !others) return some ?? others
  const [short, long] = some.length <= others.length ? [some, others] : [others, some]
  return long.map((/** @type {any} */ parameter, /** @type {number} */ index) => {
    const isOptional = parameter.is_optional || (short[index]?.is_optional ?? true)
    return { ...parameter, is_optional: isOptional, text: isOptional ? parameter.text.replace(/^(\w+):/, '$1?:') : parameter.text }
  })
}

/** @param {string} text between the brackets */
function parametersIn (text) {
  return split(text, ',').filter(Boolean).map(part => {
    const [, rest, name, mark] = /^(\.\.\.)?(\w+)(\?)?/.exec(part) ?? ['', '', part, '']
    return { text: part, name, is_optional: Boolean(rest || mark) || /\bnull\b|\bundefined\b| = /.test(part) }
  })
}

/** @param {string} text @param {string} separator @returns {string[]} */
function split (text, separator) {
  const parts = ['']
  let depth = 0
  for (let index = 0; index < text.length; index++) {
    const character = text[index]
    if (OPENING.includes(character)) depth++
    if (CLOSING.includes(character) && text[index - 1] !== '=') depth--
    if (depth === 0 && character === separator) parts.push('')
    else parts[parts.length - 1] += character
  }
  return parts.map(part => part.trim())
}

/** @param {string} text @param {number} opening */
function closingOf (text, opening) {
  let depth = 0
  for (let index = opening; index < text.length; index++) {
    if (OPENING.includes(text[index])) depth++
    if (CLOSING.includes(text[index]) && text[index - 1] !== '=') depth--
    if (depth === 0) return index
  }
  return text.length
}

module.exports = { membersDeclared }
