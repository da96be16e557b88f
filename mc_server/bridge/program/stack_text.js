'use strict'
/**
 * The stack of an error as text: as Node writes it, but with the names of our files in place of their paths, since programs read
 * stacks. A program's own frames are as they are, see `errors.js`.
 */

const path = require('node:path')

const ROOM = path.resolve(__dirname, '..', '..') + path.sep
/** A path and the place in its file, alone or in brackets. */
const FOLDERS = /(^|\(|^async )(?:file:\/\/)?(?:[A-Za-z]:)?[\\/](?:[^()]*[\\/])?(?=[^\\/()]*:\d)/g

/**
 * @param {any} error
 * @param {any[]} frames
 */
function stackText (error, frames) {
  const lines = frames.map(frame => `\n    at ${String(frame).replaceAll(ROOM, '').replace(FOLDERS, '$1')}`)
  return headOf(error) + lines.join('')
}

/** @param {any} error of a program, perhaps */
function headOf (error) {
  try {
    return Error.prototype.toString.call(error)
  } catch {
    return 'Error'
  }
}

module.exports = { stackText }
