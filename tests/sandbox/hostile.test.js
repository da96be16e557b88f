'use strict'
/**
 * Every hostile program is held while all layers stand, and breaks out when the layer that is its defence is taken out.
 *
 * So each layer is known to do something, and each program to be able to fail. A layer that this machine does not offer is reported
 * as such, which is then tested instead.
 */

const { test, describe, after } = require('node:test')
const assert = require('node:assert/strict')
const { findLayers } = require('../../mc_server/bridge/confinement/layers')
const { programs } = require('./all_programs')
const { playAll } = require('./playing')
const { removals } = require('./removals')
const { Company } = require('./company')
const { Scene } = require('./scene')

const LEAST_PROGRAMS = 100
/** Of one layer's programs; a minute and a half on a quiet machine. */
const TIMEOUT_MILLISECONDS = 1_200_000
const SCENES = 2
/** What is no layer of the product, but holds programs too. */
const BESIDES = ['recovery', 'cut_off']

/** Those that play nothing. @type {Promise<Company>[]} */
const free = []
/** @type {Promise<Company>[]} */
const opened = []
const layersFound = findLayers()

/** @param {string | null} without @param {import('./troupe').Program[]} chosen */
async function play (without, chosen) {
  let company = free.pop()
  if (!company) opened.push(company = Scene.open().then(scene => new Company(scene)))
  try {
    return await playAll(chosen, { without, company: await company })
  } finally {
    free.push(company)
  }
}

/** @param {string} defence */
async function whyUnavailable (defence) {
  const layer = (await layersFound).find(({ name }) => name === defence)
  return layer && !layer.active ? layer.why : null
}

test('there are many programs, some for every layer, each with a name of its own', async () => {
  assert.ok(programs.length >= LEAST_PROGRAMS)
  assert.equal(new Set(programs.map(({ name }) => name)).size, programs.length)
  const names = [...(await layersFound).map(({ name }) => name), ...BESIDES]
  assert.deepEqual(new Set(programs.map(({ defence }) => defence)), new Set(names))
  assert.deepEqual(new Set(Object.keys(removals)), new Set(names))
})

describe('a layer', { concurrency: SCENES }, () => {
  const byDefence = Map.groupBy(programs, ({ defence }) => defence)
  // The longest first, so that none is left alone at the end.
  const inOrder = [...byDefence].sort(([, one], [, other]) => other.length - one.length)
  for (const stands of [true, false]) {
    for (const [defence, chosen] of inOrder) {
      const title = stands ? `${defence} holds ${chosen.length} programs` : `without ${defence} each of these ${chosen.length} breaks out`
      test(title, { timeout: TIMEOUT_MILLISECONDS }, async context => {
        const unavailable = await whyUnavailable(defence)
        if (unavailable !== null) {
          context.diagnostic(`${defence} is not available here: ${unavailable}`)
          assert.notEqual(unavailable, '')
          return
        }
        const results = await play(stands ? null : defence, chosen)
        assert.equal(results.length, chosen.length)
        const surprises = results.filter(({ held }) => held !== stands)
        assert.deepEqual(surprises.map(({ name, why }) => stands ? `${name}: ${why}` : name), [])
      })
    }
  }

  after(async () => {
    for (const company of opened) await (await company).close()
  })
})
