'use strict'
/**
 * Text without characters that move a terminal's cursor, ring its bell or change the order in which a text is read: a program could
 * write with them what it never said, wherever its text is shown.
 */

const CONTROLS = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu
const CONTROLS_IN_LINES = /(?![\n\t])[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu

/** @param {string} text @returns {string} one line of as many characters */
const plainLine = text => text.replace(CONTROLS, ' ').toWellFormed()

/** @param {string} text @returns {string} with its lines */
const plainLines = text => text.replace(CONTROLS_IN_LINES, ' ').toWellFormed()

module.exports = { plainLine, plainLines }
