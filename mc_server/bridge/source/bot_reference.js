'use strict'
/**
 * What of the bot, the path finder, its goals, the version's data and vectors a program may use, and how each is used.
 *
 * What there is comes from the membrane's own lists, how it is used from the packages' declarations.
 */

const fs = require('node:fs')
const path = require('node:path')
const { Vec3 } = require('vec3')
const allowed = require('../membrane/views/allowed')
const { membersDeclared } = require('./declarations')
const { dataList, goalsList, pathfinderList, viewLists } = require('./membrane_lists')

/** @typedef {import('./declarations').Declaration} Declaration */
/** @typedef {import('./membrane_lists').Listed} Listed */

const PACKAGES = path.join(__dirname, '..', '..', 'node_modules')
const LISTENING = ['event', 'listener']
/** Goals that need less than is declared: the world and the bot they have anyway. @type {Record<string, number>} */
const GOAL_NEEDS = { GoalLookAtBlock: 1, GoalPlaceBlock: 1, GoalBreakBlock: 3 }
/** What the packages do not declare. @type {Record<string, string>} */
const UNDECLARED = { 'bot.entityAtCursor': '(maxDistance = 3.5)', 'bot.rainState': ': number', 'bot.isAlive': ': boolean', 'goals.GoalBreakBlock': 'x: number, y: number, z: number, bot?: Bot' }

/** @param {string} name of a package */
const declarationsOf = name => fs.readFileSync(path.join(PACKAGES, name, 'index.d.ts'), 'utf8')

/**
 * @returns {{members: {name: string, signature: string, is_method: boolean, is_async: boolean, gives: string, needed: number | null,
 *   most: number | null}[], events: string[]}} names are dotted; `window.`, `block.`, `item.` and `entity.` stand for what the bot gives
 */
function botReference () {
  const mineflayer = declarationsOf('mineflayer')
  const bot = membersDeclared(mineflayer, /export interface Bot extends [^{]*\{/)
  const paths = declarationsOf('mineflayer-pathfinder')
  const pathfinder = membersDeclared(paths, /export interface Pathfinder \{/)
  const vector = membersDeclared(declarationsOf('vec3'), /export class Vec3 \{/)
  const vectorMethods = Object.getOwnPropertyNames(Vec3.prototype).filter(name => name !== 'constructor')
  const listing = [...allowed.LISTENER_METHODS].map(name => ({ name, parameters: LISTENING }))
  return {
    members: [
      ...described('bot', [...fields(allowed.BOT_FIELDS), ...methods(allowed.BOT_READS), ...methods(allowed.BOT_ACTS), ...listing,
        { name: 'removeAllListeners', parameters: ['event'] }], bot),
      ...described('bot.pathfinder', pathfinderList(), pathfinder),
      ...goalsList().map(({ name }) => goal(paths, name)),
      ...described('mcData', dataList(), new Map()),
      ...described('Vec3', [...fields(['x', 'y', 'z']), ...methods(vectorMethods)], vector),
      ...described('window', [...methods(allowed.WINDOW_READS), ...methods(allowed.WINDOW_ACTS)], windowsDeclared(mineflayer)),
      ...Object.entries(viewLists()).flatMap(([kind, list]) => described(kind, list, thingDeclared(kind)))
    ],
    events: [...allowed.EVENTS]
  }
}

/** @param {Iterable<string>} names @returns {Listed[]} */
const fields = names => [...names].map(name => ({ name, parameters: null }))

/** @param {Iterable<string>} names @returns {Listed[]} */
const methods = names => [...names].map(name => ({ name, parameters: [] }))

/** What is declared of windows of every kind. @param {string} mineflayer @returns {Map<string, Declaration>} */
function windowsDeclared (mineflayer) {
  const kinds = ['Chest', 'Furnace', 'Dispenser', 'EnchantmentTable', 'Anvil', 'Villager'].map(name =>
    membersDeclared(mineflayer, new RegExp(`export (?:class|interface) ${name}\\b[^{]*\\{`)))
  const common = membersDeclared(declarationsOf('prismarine-windows'), /class Window\b[^{]*\{/)
  return new Map([...common, ...kinds.flatMap(kind => [...kind])])
}

/** @param {string} kind `block`, `item` or `entity` */
const thingDeclared = kind =>
  membersDeclared(declarationsOf(`prismarine-${kind}`), new RegExp(`class ${kind[0].toUpperCase()}${kind.slice(1)}\\b[^{]*\\{`))

/**
 * @param {string} owner
 * @param {Listed[]} list
 * @param {Map<string, Declaration>} declared
 */
function described (owner, list, declared) {
  return list.map(({ name, parameters }) => {
    const known = declared.get(name)
    const dotted = `${owner}.${name}`
    if (!known || (known.parameters === null) !== (parameters === null)) {
      const own = UNDECLARED[dotted] ?? (parameters ? `(${parameters.join(', ')})` : '')
      return member(dotted, dotted + own, parameters !== null, '', null, null)
    }
    const needed = known.parameters?.filter(parameter => !parameter.is_optional).length ?? null
    return member(dotted, `${owner}.${written(name, known)}`, known.parameters !== null, known.gives, needed, known.parameters?.length ?? null)
  })
}

/** @param {string} name @param {Declaration} declaration */
function written (name, { parameters, gives }) {
  return parameters ? `${name}(${parameters.map(({ text }) => text).join(', ')}): ${gives}` : `${name}: ${gives}`
}

/** @param {string} declarations @param {string} name */
function goal (declarations, name) {
  const made = membersDeclared(declarations, new RegExp(`export class ${name}\\b[^{]*\\{`)).get('constructor')
  const parameters = made?.parameters ?? []
  const needed = GOAL_NEEDS[name] ?? parameters.filter(parameter => !parameter.is_optional).length
  const given = made ? parameters.map(({ text }) => text).join(', ') : UNDECLARED[`goals.${name}`] ?? ''
  return member(`goals.${name}`, `new goals.${name}(${given})`, true, name, needed, made ? parameters.length : null)
}

/**
 * @param {string} name
 * @param {string} signature
 * @param {boolean} isMethod
 * @param {string} gives
 * @param {number | null} needed
 * @param {number | null} most
 */
function member (name, signature, isMethod, gives, needed, most) {
  return { name, signature, is_method: isMethod, is_async: /^Promise\b/.test(gives), gives: gives.replace(/^Promise<(.*)>$/, '$1'), needed, most }
}

module.exports = { botReference }
