// Numbers, times and names as people read them.

/** @param {string} name of an item, a block or a dimension */
export function plain (name) {
  return String(name).replace(/^minecraft:/, '').replaceAll('_', ' ')
}

/** @param {number} seconds */
export function duration (seconds) {
  if (seconds < 60) return `${seconds < 10 ? Number(seconds.toFixed(1)) : Math.round(seconds)} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes} min ${Math.round(seconds % 60)} s`
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

/** @param {number} seconds on an axis */
export function shortDuration (seconds) {
  if (seconds < 120) return `${Math.round(seconds)} s`
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`
  return `${(seconds / 3600).toFixed(1)} h`
}

/** @param {string} at UTC @returns {string} this clock's */
export function clock (at) {
  const date = new Date(at)
  return Number.isNaN(date.getTime()) ? '' : date.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false })
}

/** @param {number} ticks of the world's day, of which 0 is six in the morning */
export function timeOfDay (ticks) {
  const hours = (ticks / 1000 + 6) % 24
  const minutes = Math.floor(hours % 1 * 60)
  const part = ticks < 12000 ? 'day' : ticks < 13000 ? 'dusk' : ticks < 23000 ? 'night' : 'dawn'
  return `${String(Math.floor(hours)).padStart(2, '0')}:${String(minutes).padStart(2, '0')}, ${part}`
}

export function amount (number) {
  return Number(number).toLocaleString('en')
}

export function short (number) {
  if (number >= 1e6) return `${Number((number / 1e6).toFixed(1))}M`
  if (number >= 1e3) return `${Number((number / 1e3).toFixed(1))}k`
  return String(number)
}

/** @param {number | null} cost in US dollars */
export function dollars (cost) {
  return cost === null || cost === undefined ? 'unknown' : `$${cost.toFixed(cost < 1 ? 4 : 2)}`
}
