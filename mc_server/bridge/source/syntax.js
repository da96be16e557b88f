'use strict'
/**
 * From the text of a program to its tree: parsed as it will be run, each node with its parent.
 *
 * A program is evaluated as a script in strict mode (`program/compartment.js`). An `await` outside of a function parses here all the
 * same: it mostly starts the program, and that line is taken out. Not covered: what the tree means (`scopes.js` and what uses it).
 */

const acorn = require('acorn')
const { tooDeep } = require('./no_facts')

/** Makes the script strict; on the first line, so that lines count as in the source. */
const STRICT = '\'use strict\';'
const OPTIONS = /** @type {acorn.Options} */ ({
  ecmaVersion: 'latest', sourceType: 'script', allowAwaitOutsideFunction: true, locations: true
})
const OPENING = new Map(Object.entries({ '(': ')', '[': ']', '{': '}', '${': '}' }))
const CLOSING = new Set([')', ']', '}'])
/** What a compartment refuses wherever it stands, in a comment or a text too; the first two are the rules of SES. */
const REFUSED = [
  { pattern: /(?:<!--|-->)/, why: 'reads `<!--` or `-->`, which no program may hold, not in a comment or text either: write `n-- > 0` with a space' },
  { pattern: /(?:^|[^.]|\.\.\.)\bimport(?=\s*(?:\(|\/[/*]))/, why: 'reads `import(`, which no program may hold: nothing is imported' },
  { pattern: /\bimport\s*\.\s*(?:source|defer|\/|\\)/, why: 'reads `import.`, which no program may hold: nothing is imported' }
]

/** @typedef {any} Node a node of acorn's tree, with its `parent` */
/** @typedef {{text: string, start: number, end: number}} Comment */
/** @typedef {{message: string, line: number, column: number, text: string, unclosed: {bracket: string, line: number} | null}} SyntaxFault */

/**
 * @param {string} source
 * @returns {{nodes: Node[], comments: Comment[]} | {fault: SyntaxFault}} `nodes` in the order of the source, the script first
 */
function parse (source) {
  /** @type {Comment[]} */
  const comments = []
  try {
    const onComment = (/** @type {boolean} */ _, /** @type {string} */ text, /** @type {number} */ start, /** @type {number} */ end) =>
      comments.push({ text, start: start - STRICT.length, end: end - STRICT.length })
    const script = acorn.parse(STRICT + source, { ...OPTIONS, onComment })
    return { nodes: flattened(script), comments }
  } catch (/** @type {any} */ error) {
    if (error instanceof SyntaxError) return { fault: faultOf(source, /** @type {any} */ (error)) }
    if (error instanceof RangeError) return { fault: tooDeep() }
    throw error
  }
}

/**
 * @param {string} source
 * @param {{message: string, loc: {line: number, column: number}}} error
 * @returns {SyntaxFault}
 */
function faultOf (source, { message, loc }) {
  const { line } = loc
  const column = loc.column - (line === 1 ? STRICT.length : 0) + 1
  const text = (source.split('\n')[line - 1] ?? '').trim()
  // In acorn's words: it is no fault of that place.
  if (message.startsWith('Not enough stack')) return tooDeep()
  return { message: message.replace(/ \(\d+:\d+\)$/, ''), line, column: Math.max(1, column), text, unclosed: unclosedIn(source) }
}

/**
 * The bracket that is open where an outer one is closed, or else the innermost that is open at the end.
 * @param {string} source
 */
function unclosedIn (source) {
  /** @type {{bracket: string, line: number}[]} */
  const open = []
  try {
    for (const token of acorn.tokenizer(source, OPTIONS)) {
      const { label } = token.type
      if (OPENING.has(label)) open.push({ bracket: label, line: token.loc?.start.line ?? 1 })
      else if (CLOSING.has(label)) {
        const last = open.pop()
        if (OPENING.get(last?.bracket ?? '') === label) continue
        return open.some(({ bracket }) => OPENING.get(bracket) === label) ? last ?? null : null
      }
    }
  } catch {
    return null
  }
  return open.at(-1) ?? null
}

/**
 * All nodes, with their parents; places as in the source. Without recursion, since sources may be nested deeply.
 * @param {Node} script
 */
function flattened (script) {
  const nodes = []
  const waiting = [script]
  while (waiting.length > 0) {
    const node = waiting.pop()
    nodes.push(node)
    const children = childrenOf(node)
    for (let index = children.length - 1; index >= 0; index--) {
      children[index].parent = node
      waiting.push(children[index])
    }
    node.start -= STRICT.length
    node.end -= STRICT.length
  }
  return nodes
}

/** @param {Node} node @returns {Node[]} */
function childrenOf (node) {
  const children = []
  for (const key of Object.keys(node)) {
    if (key === 'parent' || key === 'loc') continue
    const value = node[key]
    if (Array.isArray(value)) children.push(...value.filter(isNode))
    else if (isNode(value)) children.push(value)
  }
  return children
}

/** @param {any} value */
const isNode = value => value !== null && typeof value === 'object' && typeof value.type === 'string'

/** @param {Node} node */
const isFunction = node => node.type === 'FunctionDeclaration' || node.type === 'FunctionExpression' || node.type === 'ArrowFunctionExpression'

/** @param {Node} node @returns {number} from 1 */
const lineOf = node => node.loc.start.line

/**
 * Nodes below a node, without those of functions in it.
 * @param {Node} top
 */
function ownNodes (top) {
  const nodes = []
  const waiting = childrenOf(top)
  while (waiting.length > 0) {
    const node = waiting.pop()
    nodes.push(node)
    if (!isFunction(node)) waiting.push(...childrenOf(node))
  }
  return nodes
}

/** @param {string} source @returns {{line: number, why: string}[]} */
function refusedIn (source) {
  return REFUSED.flatMap(({ pattern, why }) => {
    const found = pattern.exec(source)
    return found ? [{ line: source.slice(0, found.index + found[0].length).split('\n').length, why }] : []
  })
}

module.exports = { isFunction, lineOf, ownNodes, parse, refusedIn }
