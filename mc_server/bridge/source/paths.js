'use strict'
/**
 * What an expression stands for in terms of a program's globals: `bot.pathfinder.goto`, also when a constant of the program
 * stands between (`const { pathfinder } = bot`), and for the modules that can be required.
 */

/** @typedef {import('./syntax').Node} Node */
/** @typedef {import('./scopes').Scopes} Scopes */

/** How many constants are followed. */
const MAXIMUM_STEPS = 8
const VARIABLES = new Set(['const', 'let', 'var'])
/** What a member of a required module, or the module itself when called, is as a global. @type {Record<string, string[]>} */
const MODULE_MEMBERS = {
  'require:vec3 Vec3': ['Vec3'],
  'require:mineflayer-pathfinder goals': ['goals'],
  'require:mineflayer-pathfinder Movements': ['Movements']
}

/**
 * @param {Node} node
 * @param {Scopes} scopes
 * @param {number} [steps] left
 * @returns {string[] | null} null for what does not begin with a global
 */
function pathOf (node, scopes, steps = MAXIMUM_STEPS) {
  if (node.type === 'ChainExpression') return pathOf(node.expression, scopes, steps)
  if (node.type === 'Identifier') return pathOfName(node, scopes, steps)
  if (node.type === 'CallExpression') return pathOfModule(node, scopes, steps)
  if (node.type !== 'MemberExpression') return null
  const name = memberName(node)
  if (name === null) return null
  const path = pathOf(node.object, scopes, steps)
  return path && joined(path, name)
}

/** @param {string[]} path @param {string} name */
function joined (path, name) {
  if (path.length === 1) {
    const member = MODULE_MEMBERS[`${path[0]} ${name}`]
    if (member) return member
    if (path[0] === 'bot' && name === 'registry') return ['mcData']
  }
  return [...path, name]
}

/** @param {Node} node @param {Scopes} scopes @param {number} steps @returns {string[] | null} */
function pathOfName (node, scopes, steps) {
  const binding = scopes.bindingOf(node)
  if (binding === undefined) return null
  if (binding === null) return [node.name === 'registry' ? 'mcData' : node.name]
  if (binding.isWritten || !binding.value || !binding.keys || !VARIABLES.has(binding.kind) || steps === 0) return null
  const path = pathOf(binding.value, scopes, steps - 1)
  return path && binding.keys.reduce(joined, path)
}

/** @param {Node} node a call @param {Scopes} scopes @param {number} steps @returns {string[] | null} */
function pathOfModule (node, scopes, steps) {
  const called = pathOf(node.callee, scopes, steps)
  if (called?.length !== 1) return null
  if (called[0] === 'require:minecraft-data') return ['mcData']
  const [wanted] = node.arguments
  return called[0] === 'require' && typeof wanted?.value === 'string' ? [`require:${wanted.value}`] : null
}

/** @param {Node} node a member @returns {string | null} null when only running tells */
function memberName ({ computed, property }) {
  if (!computed) return property.type === 'Identifier' ? property.name : null
  if (typeof property.value === 'string') return property.value
  return property.type === 'TemplateLiteral' && property.expressions.length === 0 ? property.quasis[0].value.cooked : null
}

module.exports = { memberName, pathOf }
