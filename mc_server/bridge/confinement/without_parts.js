'use strict'
/**
 * Loaded before all else in a bot's process: takes away parts of Node for which there is no flag, and which nothing of ours uses.
 *
 * WebAssembly runs code that no freezing of the language reaches; the others load more of Node, or code that is no JavaScript.
 */

/** @type {any} */
const realm = globalThis
delete realm.WebAssembly
for (const name of ['getBuiltinModule', 'dlopen', '_linkedBinding']) delete (/** @type {any} */ (process))[name]
