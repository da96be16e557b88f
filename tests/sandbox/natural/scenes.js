'use strict'
/**
 * The scene of a program: written in the comments at its top, one step a line, relative to the middle of an empty platform.
 *
 *     // @give oak_log 4
 *     // @fill chest 2 0 1                    a block, at x y z
 *     // @fill wheat 1 0 1 3 0 3 age=7        a box of blocks, with properties
 *     // @summon pig 3 0 3
 *     // @drop diamond 2 0 2                  an item that lies there
 *     // @food 6, @hurt 5, @time 13000
 *     // @ground                              the land instead of the platform
 *     // @throws                              what it does ends in an error
 */

const FLOOR = 200
const RADIUS = 16
const HEIGHT = 12
const MORNING = 1000
const REMARKS = ['ground', 'throws']
const STEP = /^\/\/ @(\w+) ?(.*)$/

/** @typedef {(operate: (name: string, request?: any) => Promise<any>, words: string[]) => Promise<any>} Step */

/** @param {string[]} words */
const place = ([x, y, z]) => ({ x: Number(x) + 0.5, y: FLOOR + Number(y), z: Number(z) + 0.5 })

/** @type {Record<string, Step>} */
const STEPS = {
  give: (operate, [item, count = '1']) => operate('give', { item, count: Number(count) }),
  fill: (operate, [block, ...rest]) => {
    const numbers = rest.filter(word => !word.includes('=')).map(Number)
    const corner = (/** @type {number[]} */ [x, y, z]) => [x, FLOOR + y, z]
    const given = rest.filter(word => word.includes('=')).map(word => word.split('=')).map(([key, value]) => [key, valueOf(value)])
    const properties = given.length > 0 ? Object.fromEntries(given) : undefined
    return operate('fill', { from: corner(numbers), to: corner(numbers.length > 3 ? numbers.slice(3) : numbers), block, properties })
  },
  summon: (operate, [kind, ...at]) => operate('summon', { kind, ...place(at) }),
  drop: (operate, [item, ...at]) => operate('spawn_item', { item, ...place(at) }),
  food: (operate, [food]) => operate('set_food', { food: Number(food) }),
  hurt: (operate, [damage]) => operate('hurt', { damage: Number(damage) }),
  time: (operate, [ticks]) => operate('set_time', { ticks: Number(ticks) })
}

/** @param {string} word */
const valueOf = word => /^\d+$/.test(word) ? Number(word) : ({ true: true, false: false }[word] ?? word)

/**
 * @param {string} source
 * @returns {string[][]} the words of each step
 */
function stepsOf (source) {
  return source.split('\n').map(line => STEP.exec(line)).filter(match => match !== null).map(([, name, rest]) => [name, ...rest.split(' ').filter(Boolean)])
}

/**
 * @param {import('./theatre').Theatre} theatre
 * @param {string} source
 */
async function setScene (theatre, source) {
  const operate = async (/** @type {string} */ name, request = {}) => theatre.operations[name](request)
  const steps = stepsOf(source).filter(([name]) => !REMARKS.includes(name))
  await operate('reset_stage', { floor: FLOOR, radius: RADIUS, height: HEIGHT, time: MORNING })
  for (const [name, ...words] of steps) await STEPS[name](operate, words)
}

/** @param {string} source @param {string} remark */
const has = (source, remark) => stepsOf(source).some(([name]) => name === remark)

module.exports = { setScene, has }
