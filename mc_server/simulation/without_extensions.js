'use strict'
/** Loads what adds to String.prototype, and takes that off again: the language is to be frozen as it is. */

/** @param {() => void} load */
function withoutExtensions (load) {
  const { prototype } = String
  const own = Object.getOwnPropertyDescriptors(prototype)
  load()
  for (const key of Reflect.ownKeys(prototype)) {
    if (!Object.hasOwn(own, key)) Reflect.deleteProperty(prototype, key)
  }
  Object.defineProperties(prototype, own)
}

module.exports = { withoutExtensions }
