'use strict'
/** The facts and the shape of a source of which nothing is known but what is wrong with all of it. */

const NOTHING = {
  functions: [], variables: [], declared: [], starts: [], uses: [], endless_loops: [], endless_calls: [], unawaited_callbacks: [], refused: []
}

/** @param {string} message @returns {import('./syntax').SyntaxFault} of no place in the source */
const faultOfAll = message => ({ message, line: 1, column: 1, text: '', unclosed: null })

const TOO_DEEP = 'it is nested too deeply'
const TOO_COMPLICATED = 'it is too complicated to be read'

const tooDeep = () => faultOfAll(TOO_DEEP)

/** @returns {object} the facts of a source that takes too long to read */
const tooComplicated = () => ({ ...NOTHING, fault: faultOfAll(TOO_COMPLICATED) })

/** @param {string} fault @returns {object} the shape of a source that has none */
const shapeless = fault => ({
  fault, digest: '', slots: [], parameters: null, parameters_start: null, entry_end: null, declared: [], places: []
})

module.exports = { NOTHING, TOO_COMPLICATED, TOO_DEEP, shapeless, tooComplicated, tooDeep }
