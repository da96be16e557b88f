'use strict'
/**
 * What the membrane shows of the path finder, the goals, the version's data, and of blocks, items and entities: read from the
 * sources of its views, since the membrane itself is loaded only in a bot's process, which is locked down.
 */

const fs = require('node:fs')
const path = require('node:path')
const { parse } = require('./syntax')

const VIEWS = path.join(__dirname, '..', 'membrane', 'views')

/** @typedef {import('./syntax').Node} Node */
/** @typedef {{name: string, parameters: string[] | null}} Listed `parameters` null where it is no function */

/** @param {string} file @returns {Node[]} */
function nodesOf (file) {
  const parsed = parse(fs.readFileSync(path.join(VIEWS, file), 'utf8'))
  if ('fault' in parsed) throw new Error(`${file} cannot be read: ${parsed.fault.message}`)
  return parsed.nodes
}

/**
 * The object that a method or constant of that name gives or is.
 * @param {Node[]} nodes
 * @param {string} name
 * @returns {Listed[]}
 */
function listed (nodes, name) {
  const isOwner = (/** @type {Node} */ node) => node.key?.name === name || node.id?.name === name
  const object = nodes.find(node => {
    const { type, parent } = node
    if (type !== 'ObjectExpression') return false
    // The object itself, or what the method of that name returns.
    return parent.type === 'ReturnStatement' ? isOwner(parent.parent.parent.parent) : isOwner(parent) && parent.init === node
  })
  return object.properties.map((/** @type {Node} */ property) => ({
    name: property.key.name ?? property.key.value, parameters: property.value.params?.map(parameterName) ?? null
  }))
}

/** @param {Node} node */
const parameterName = node => node.name ?? node.left?.name ?? 'options'

/**
 * Texts of the list that a constant is.
 * @param {Node[]} nodes
 * @param {string} name
 * @returns {string[]}
 */
function texts (nodes, name) {
  const { init } = nodes.find(node => node.type === 'VariableDeclarator' && node.id.name === name)
  return init.elements.map((/** @type {Node} */ element) => element.value)
}

/** @param {string[]} names @returns {Listed[]} */
const fields = names => names.map(name => ({ name, parameters: null }))

function pathfinderList () {
  const nodes = nodesOf('pathfinder.js')
  const settings = [...listed(nodes, 'SETTINGS').map(({ name }) => name), ...texts(nodes, 'SWITCHES'), 'goal', 'movements']
  return [...listed(nodes, 'methods'), ...fields(settings)]
}

const goalsList = () => listed(nodesOf('goals.js'), 'makers')

function dataList () {
  const nodes = nodesOf('registry.js')
  return [...fields(texts(nodes, 'PARTS')), ...listed(nodes, 'view')]
}

/** @returns {Record<string, Listed[]>} for `block`, `item` and `entity` */
function viewLists () {
  const nodes = nodesOf('view.js')
  const of = (/** @type {string} */ name) => {
    const { init: { arguments: [shape] } } = nodes.find(node => node.type === 'VariableDeclarator' && node.id.name === name)
    return shape.properties.filter((/** @type {Node} */ part) => part.value.type === 'ArrayExpression').flatMap((/** @type {Node} */ part) =>
      part.value.elements.map((/** @type {Node} */ each) => ({ name: each.value, parameters: part.key.name === 'methods' ? [] : null })))
  }
  return { block: of('BlockView'), item: of('ItemView'), entity: of('EntityView') }
}

module.exports = { dataList, goalsList, pathfinderList, viewLists }
