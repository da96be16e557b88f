'use strict'
/** The facts of a program's source, as data: what can be known of it without running it. */

const { unawaitedCallbacks } = require('./callbacks')
const { endlessCalls, endlessLoops } = require('./endless')
const { declaredIn, functionsIn, startsIn, variablesIn } = require('./functions')
const { NOTHING, tooDeep } = require('./no_facts')
const { Scopes } = require('./scopes')
const { parse, refusedIn } = require('./syntax')
const { usesIn } = require('./uses')

/** @param {string} source */
function readSource (source) {
  const refused = refusedIn(source)
  try {
    const parsed = parse(source)
    if ('fault' in parsed) return { ...NOTHING, fault: parsed.fault, refused }
    const { nodes, comments } = parsed
    const scopes = new Scopes(nodes)
    return {
      fault: null,
      refused,
      functions: functionsIn(nodes, comments, scopes, source),
      variables: variablesIn(nodes, scopes),
      declared: declaredIn(scopes),
      starts: startsIn(nodes, scopes),
      uses: usesIn(nodes, scopes, source),
      endless_loops: endlessLoops(nodes, scopes, source),
      endless_calls: endlessCalls(scopes),
      unawaited_callbacks: unawaitedCallbacks(nodes)
    }
  } catch (error) {
    if (error instanceof RangeError) return { ...NOTHING, fault: tooDeep(), refused }
    throw error
  }
}

module.exports = { readSource }
