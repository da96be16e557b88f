'use strict'
/** Reads the words of a command: names, numbers, coordinates with `~`, selectors, items and blocks with what belongs to them. */

const nbt = require('prismarine-nbt')

/** What a command cannot do; its message is shown to whoever gave it. */
class CommandError extends Error {}

const SELECTOR = /^@([pares])(?:\[(.*)\])?$/
/** A word: brackets, braces and quotes keep spaces together. */
const OPENING = '[{'
const CLOSING = ']}'

class Words {
  /**
   * @param {any} game
   * @param {string} text
   * @param {import('.').Source} source
   */
  constructor (game, text, source) {
    this.game = game
    this.source = source
    this.rest = text.trim()
  }

  get done () {
    return this.rest === ''
  }

  /** All that is left, as it is. */
  remainder () {
    const text = this.rest
    this.rest = ''
    return text
  }

  next () {
    if (this.done) throw new CommandError('Unknown or incomplete command')
    const end = endOfWord(this.rest)
    const word = this.rest.slice(0, end)
    this.rest = this.rest.slice(end).trimStart()
    return word
  }

  /** The next word, if there is one. @returns {string | undefined} */
  optional () {
    return this.done ? undefined : this.next()
  }

  expect (/** @type {string} */ word) {
    const found = this.next().replace(/^minecraft:/, '')
    if (found !== word) throw new CommandError(`Incorrect argument for command: ${found}`)
  }

  /** @returns {number} */
  number (/** @type {number | undefined} */ fallback = undefined) {
    if (this.done && fallback !== undefined) return fallback
    const word = this.next()
    const value = Number(word)
    if (!Number.isFinite(value)) throw new CommandError(`Expected a number: ${word}`)
    return value
  }

  oneOf (/** @type {string[]} */ names) {
    const word = this.next().replace(/^minecraft:/, '')
    if (!names.includes(word)) throw new CommandError(`Incorrect argument for command: ${word}`)
    return word
  }

  /** Three coordinates; a whole number of x or z is the middle of its block. @returns {{x: number, y: number, z: number}} */
  position () {
    const { position } = this.source
    return {
      x: coordinate(this.next(), position.x, 0.5),
      y: coordinate(this.next(), position.y, 0),
      z: coordinate(this.next(), position.z, 0.5)
    }
  }

  /** Three coordinates of a block. @returns {{x: number, y: number, z: number}} */
  block () {
    const { position } = this.source
    return {
      x: Math.floor(coordinate(this.next(), position.x, 0)),
      y: Math.floor(coordinate(this.next(), position.y, 0)),
      z: Math.floor(coordinate(this.next(), position.z, 0))
    }
  }

  startsWithCoordinate () {
    return /^[~\d-]/.test(this.rest)
  }

  /** Players a word names; whoever gives the command when nothing is left. @returns {any[]} */
  players () {
    const found = (this.done ? [this.self()] : this.targets()).filter(each => each.survivor)
    if (found.length === 0) throw new CommandError('No player was found')
    return found
  }

  self () {
    if (!this.source.player) throw new CommandError('A player is required to run this command here')
    return this.source.player
  }

  /** Players and entities that the next word names. @returns {any[]} */
  targets () {
    const word = this.next()
    const selector = SELECTOR.exec(word)
    const found = selector ? this.#selected(selector[1], selector[2]) : this.game.players.all().filter((/** @type {any} */ each) => each.username === word)
    if (found.length === 0) throw new CommandError(selector ? 'No entity was found' : 'No player was found')
    return found
  }

  #selected (/** @type {string} */ kind, /** @type {string | undefined} */ filters) {
    const { players, entities, random } = this.game
    const everybody = players.all()
    if (kind === 's') return [this.self()]
    if (kind === 'a') return filtered(everybody, filters, this.source)
    if (kind === 'e') return filtered([...everybody, ...entities.all.values()], filters, this.source)
    if (kind === 'r') return everybody.length > 0 ? [random.pick(everybody)] : []
    return filtered(everybody, filters, this.source).sort((a, b) => distance(a, this.source) - distance(b, this.source)).slice(0, 1)
  }

  /** An item with its data: `potion{Potion:"minecraft:healing"}`. @returns {any} */
  item () {
    const [, name, data] = /** @type {string[]} */ (/^([^{]*)(\{.*\})?$/.exec(this.next()))
    const item = this.game.items.create(name.replace(/^minecraft:/, ''))
    if (data) item.nbt = readNbt(data)
    return item
  }

  /** A block with its properties: `chest[facing=north]`. @returns {number} its state */
  blockState () {
    const [, fullName, list] = /** @type {string[]} */ (/^([^[{]*)(?:\[(.*?)\])?(?:\{.*\})?$/.exec(this.next()))
    const name = fullName.replace(/^minecraft:/, '')
    const { blocks } = this.game
    if (!blocks.has(name)) throw new CommandError(`Unknown block type '${name}'`)
    return list ? blocks.withProperties(name, propertiesOf(list)) : blocks.defaultOf(name)
  }
}

function endOfWord (/** @type {string} */ text) {
  let depth = 0
  let quoted = false
  for (let index = 0; index < text.length; index++) {
    const letter = text[index]
    if (letter === '"') quoted = !quoted
    else if (quoted) continue
    else if (OPENING.includes(letter)) depth++
    else if (CLOSING.includes(letter)) depth--
    else if (letter === ' ' && depth === 0) return index
  }
  return text.length
}

function coordinate (/** @type {string} */ word, /** @type {number} */ own, /** @type {number} */ middle) {
  const relative = word.startsWith('~')
  const value = Number(relative ? word.slice(1) || 0 : word)
  if (!Number.isFinite(value)) throw new CommandError(`Expected a coordinate: ${word}`)
  if (relative) return own + value
  return word.includes('.') ? value : value + middle
}

const positionOf = (/** @type {any} */ target) => target.position ?? target

function distance (/** @type {any} */ target, /** @type {import('.').Source} */ { position }) {
  const { x, y, z } = positionOf(target)
  return Math.hypot(x - position.x, y - position.y, z - position.z)
}

/** Keeps those that `type=`, `name=`, `distance=..n` and `limit=` allow. */
function filtered (/** @type {any[]} */ targets, /** @type {string | undefined} */ filters, /** @type {import('.').Source} */ source) {
  let kept = targets
  for (const filter of filters ? filters.split(',') : []) {
    const [, name, not, value] = /^\s*(\w+)=(!?)(?:minecraft:)?(.*?)\s*$/.exec(filter) ?? []
    const keep = (/** @type {(target: any) => boolean} */ test) => { kept = kept.filter(each => test(each) !== (not === '!')) }
    if (name === 'type') keep(each => (each.survivor ? 'player' : each.kind) === value)
    else if (name === 'name') keep(each => each.username === value)
    else if (name === 'distance') keep(each => distance(each, source) <= Number(value.replace('..', '')))
    else if (name === 'limit') kept = kept.slice(0, Number(value))
    else if (name !== 'sort') throw new CommandError(`Unknown option '${name ?? filter}'`)
  }
  return kept
}

function propertiesOf (/** @type {string} */ list) {
  return Object.fromEntries(list.split(',').map(each => {
    const [name, value] = each.split('=').map(part => part.trim())
    return [name, value === 'true' ? true : value === 'false' ? false : value]
  }))
}

/** Data of an item as commands write it. */
function readNbt (/** @type {string} */ text) {
  try {
    return { name: '', ...snbt(text) }
  } catch (error) {
    throw new CommandError(`The data could not be read: ${/** @type {Error} */ (error).message}`)
  }
}

/** The types that the game itself uses for the numbers that matter here. */
const SHORTS = new Set(['lvl'])
const NUMBER_TYPES = /** @type {Record<string, string>} */ ({ b: 'byte', s: 'short', l: 'long', f: 'float', d: 'double' })

/** @returns {any} an NBT value of text such as `{Enchantments:[{id:"sharpness",lvl:5s}],Damage:3}` */
function snbt (/** @type {string} */ text) {
  const json = text
    .replace(/([{,]\s*)([A-Za-z_]\w*)\s*:/g, '$1"$2":')
    .replace(/([:[,]\s*)(-?[\d.]+)([bslfdBSLFD])?(?=\s*[,}\]])/g, (_all, before, digits, type) => `${before}{"#":"${(type ?? 'i').toLowerCase()}","value":${digits}}`)
  return tagOf('', JSON.parse(json))
}

/** @returns {any} */
function tagOf (/** @type {string} */ name, /** @type {any} */ value) {
  if (typeof value === 'string') return { type: 'string', value }
  if (typeof value === 'boolean') return { type: 'byte', value: Number(value) }
  if (Array.isArray(value)) {
    const tags = value.map(each => tagOf('', each))
    return { type: 'list', value: { type: tags[0]?.type ?? 'end', value: tags.map(tag => tag.value) } }
  }
  if ('#' in value) {
    const type = SHORTS.has(name) ? 'short' : NUMBER_TYPES[value['#']] ?? 'int'
    return { type, value: type === 'long' ? [0, value.value] : value.value }
  }
  return nbt.comp(Object.fromEntries(Object.entries(value).map(([key, each]) => [key, tagOf(key, each)])))
}

module.exports = { Words, CommandError, positionOf }
