'use strict'
/** JSON with the names of each object in order: one value, one text. */

/**
 * @param {any} value what JSON can say; what is undefined is left out
 * @returns {string}
 */
function canonicalJson (value) {
  if (isPlain(value)) return JSON.stringify(value)
  if (Array.isArray(value)) return value.every(isPlain) ? JSON.stringify(value) : `[${value.map(each => canonicalJson(each ?? null)).join(',')}]`
  const names = Object.keys(value).filter(name => value[name] !== undefined).sort()
  return `{${names.map(name => `${JSON.stringify(name)}:${canonicalJson(value[name])}`).join(',')}}`
}

const isPlain = (/** @type {any} */ value) => value === null || typeof value !== 'object'

module.exports = { canonicalJson }
