'use strict'
/** JSON with the names of each object in order: one value, one text. */

/**
 * @param {any} value what JSON can say; what is undefined is left out
 * @returns {string}
 */
function canonicalJson (value) {
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(each => each === undefined ? 'null' : canonicalJson(each)).join(',')}]`
  const names = Object.keys(value).filter(name => value[name] !== undefined).sort()
  return `{${names.map(name => `${JSON.stringify(name)}:${canonicalJson(value[name])}`).join(',')}}`
}

module.exports = { canonicalJson }
