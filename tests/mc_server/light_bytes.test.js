'use strict'

const test = require('node:test')
const assert = require('node:assert/strict')
const { createCorrectedClass } = require('../../mc_server/light_bytes')

const NONE = [[0, 0]]
/** The first section of the world; the one before it is below. */
const FIRST = [[0, 2]]

for (const version of ['1.17.1', '1.18.2', '1.20.4', '1.21.4']) {
  test(`the light of each block is where a server of ${version} wrote it`, () => {
    const column = new (createCorrectedClass(version))({ minY: 0, worldHeight: 256 })
    const bytes = new Uint8Array(2048)
    bytes[0] = 0x0f // two blocks a byte: x 0 and 1
    bytes[9] = 0xe0 // x 2 and 3 of the second row
    column.loadParsedLight([bytes], [bytes], FIRST, FIRST, NONE, NONE)
    for (const light of ['getBlockLight', 'getSkyLight']) {
      const at = (/** @type {number} */ x, /** @type {number} */ z) => column[light]({ x, y: 0, z })
      assert.deepEqual([at(0, 0), at(1, 0), at(14, 0), at(2, 1), at(3, 1)], [15, 0, 0, 0, 14])
    }
  })
}
