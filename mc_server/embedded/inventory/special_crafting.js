'use strict'
/**
 * Recipes that no list of ingredients states: two worn tools make one, leather takes dye, rockets take as much powder as wanted,
 * shulker boxes are dyed with what is in them.
 *
 * Not covered: copies of maps and books, patterns of banners and shields, firework stars, tipped arrows, suspicious stew.
 */

/** Share of a tool's durability that a repair adds. */
const REPAIR_BONUS = 0.05
const LEATHER = /^leather_(helmet|chestplate|leggings|boots|horse_armor)$/
const DYE = /_dye$/
const SHULKER_BOX = /(^|_)shulker_box$/
const MOST_POWDER = 3
const ROCKETS = 3
const DYE_COLOURS = /** @type {Record<string, number>} */ ({
  white: 0xf9fffe,
  orange: 0xf9801d,
  magenta: 0xc74ebd,
  light_blue: 0x3ab3da,
  yellow: 0xfed83d,
  lime: 0x80c71f,
  pink: 0xf38baa,
  gray: 0x474f52,
  light_gray: 0x9d9d97,
  cyan: 0x169c9c,
  purple: 0x8932b8,
  blue: 0x3c44aa,
  brown: 0x835432,
  green: 0x5e7c16,
  red: 0xb02e26,
  black: 0x1d1d21
})

/**
 * @param {import('./items').Items} items
 * @param {any[]} ingredients what lies in the grid, wherever
 * @returns {any | null} the item it makes
 */
function specialResult (items, ingredients) {
  return repaired(items, ingredients) ?? dyedLeather(items, ingredients) ?? rockets(items, ingredients) ?? dyedBox(items, ingredients)
}

/** Two tools of a kind; enchantments are lost. */
function repaired (/** @type {import('./items').Items} */ items, /** @type {any[]} */ ingredients) {
  const [first, second] = ingredients
  if (ingredients.length !== 2 || first.name !== second.name || !first.maxDurability || first.stackSize > 1) return null
  const tool = items.create(first.name)
  const most = first.maxDurability
  const left = most - (first.durabilityUsed ?? 0) + most - (second.durabilityUsed ?? 0) + Math.floor(most * REPAIR_BONUS)
  tool.durabilityUsed = Math.max(0, most - left)
  return tool
}

function dyedLeather (/** @type {import('./items').Items} */ items, /** @type {any[]} */ ingredients) {
  const armour = ingredients.filter(({ name }) => LEATHER.test(name))
  const dyes = ingredients.filter(({ name }) => DYE.test(name))
  if (armour.length !== 1 || dyes.length === 0 || armour.length + dyes.length !== ingredients.length) return null
  const dyed = items.clone(armour[0], 1)
  const old = dyed.nbt?.value.display?.value.color?.value
  const colours = dyes.map(({ name }) => DYE_COLOURS[name.replace(DYE, '')])
  const color = { type: 'int', value: mixed(old === undefined ? colours : [old, ...colours]) }
  const display = { type: 'compound', value: { ...dyed.nbt?.value.display?.value, color } }
  dyed.nbt = { type: 'compound', name: '', value: { ...dyed.nbt?.value, display } }
  return dyed
}

/** The mean of colours, made as bright as they are on average. */
function mixed (/** @type {number[]} */ colours) {
  const parts = colours.map(colour => [colour >> 16 & 255, colour >> 8 & 255, colour & 255])
  const mean = [0, 1, 2].map(part => Math.floor(parts.reduce((sum, each) => sum + each[part], 0) / parts.length))
  const brightness = parts.reduce((sum, each) => sum + Math.max(...each), 0) / parts.length
  const gain = brightness / Math.max(...mean)
  const [red, green, blue] = mean.map(part => Math.floor(part * gain))
  return red << 16 | green << 8 | blue
}

function rockets (/** @type {import('./items').Items} */ items, /** @type {any[]} */ ingredients) {
  const powder = ingredients.filter(({ name }) => name === 'gunpowder').length
  const paper = ingredients.filter(({ name }) => name === 'paper').length
  if (paper !== 1 || powder < 1 || powder > MOST_POWDER || paper + powder !== ingredients.length) return null
  const made = items.create('firework_rocket', ROCKETS)
  const flight = { type: 'compound', value: { Flight: { type: 'byte', value: powder } } }
  made.nbt = { type: 'compound', name: '', value: { Fireworks: flight } }
  return made
}

function dyedBox (/** @type {import('./items').Items} */ items, /** @type {any[]} */ ingredients) {
  const box = ingredients.find(({ name }) => SHULKER_BOX.test(name))
  const dye = ingredients.find(({ name }) => DYE.test(name))
  if (ingredients.length !== 2 || !box || !dye) return null
  const dyed = items.create(dye.name.replace(DYE, '_shulker_box'))
  if (box.nbt) dyed.nbt = structuredClone(box.nbt)
  return dyed
}

module.exports = { specialResult }
