'use strict'
/** The facts of a source of which nothing is known but what is wrong with all of it. */

const NOTHING = {
  functions: [], variables: [], declared: [], starts: [], uses: [], endless_loops: [], endless_calls: [], unawaited_callbacks: [], refused: []
}

/** @param {string} message @returns {import('./syntax').SyntaxFault} of no place in the source */
const faultOfAll = message => ({ message, line: 1, column: 1, text: '', unclosed: null })

const tooDeep = () => faultOfAll('it is nested too deeply')

/** @returns {object} the facts of a source that takes too long to read */
const tooComplicated = () => ({ ...NOTHING, fault: faultOfAll('it is too complicated to be read') })

module.exports = { NOTHING, tooComplicated, tooDeep }
