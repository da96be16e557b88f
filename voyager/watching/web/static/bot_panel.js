// How the bot is: health, food, where, when, what it holds and carries.

import { fill, make, nothing, write } from './dom.js'
import { plain, timeOfDay } from './words.js'

const FULL = 20
const KINDS_SHOWN = 60
const WAYS = ['south', 'west', 'north', 'east']

/** @param {object} now @param {object} past */
export function showBot (now, past) {
  const bot = now.bot
  write('bot-title', now.session?.state === 'live' || !bot ? 'The bot' : 'The bot, as it was last seen')
  fill('meters', bot ? [meter('Health', bot.health), meter('Food', bot.food)] : [])
  fill('bot', bot ? facts(bot).map(([name, value]) => make('div', {}, make('dt', {}, name), make('dd', {}, value))) : [])
  const items = Object.entries(bot?.inventory ?? past.inventory ?? {}).sort((one, other) => other[1] - one[1])
  const shown = items.slice(0, KINDS_SHOWN).map(([name, count]) => make('li', {}, plain(name), ' ', make('b', {}, String(count))))
  if (items.length > KINDS_SHOWN) shown.push(nothing(`and ${items.length - KINDS_SHOWN} kinds more`))
  fill('inventory', shown.length ? shown : [nothing('Nothing is carried.')])
}

function facts (bot) {
  const { x, y, z } = bot.position
  const equipment = Object.entries(bot.equipment ?? {}).map(([where, what]) => `${plain(what)} (${plain(where)})`)
  return [
    ['Position', `${Math.floor(x)}, ${Math.floor(y)}, ${Math.floor(z)}, facing ${facing(bot.yaw)}`],
    ['Biome', `${plain(bot.biome)}, ${plain(bot.dimension)}`],
    ['Time', timeOfDay(bot.time_of_day)],
    ['Equipment', equipment.join(', ') || 'nothing'],
    ...bot.reflex ? [['Reflex', plain(bot.reflex)]] : []
  ]
}

/** @param {number} yaw 0 looks to the north, more turns to the left */
function facing (yaw) {
  const quarter = Math.round(-yaw / (Math.PI / 2))
  return WAYS[(((quarter + 2) % 4) + 4) % 4]
}

function meter (name, value) {
  const low = value <= 6 ? ' low' : ''
  const share = Math.max(0, Math.min(1, value / FULL))
  const bar = make('progress', { class: `${name.toLowerCase()}${low}`, max: FULL, value: share * FULL, 'aria-label': name })
  return make('div', { class: 'meter' }, make('span', {}, name), bar, make('b', {}, String(Math.round(value * 10) / 10)))
}
