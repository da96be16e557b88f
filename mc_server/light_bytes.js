'use strict'
/**
 * Makes Mineflayer read the light of the world as servers write it: two blocks a byte, one byte after the other.
 *
 * prismarine-chunk reads each eight bytes from behind, so that light is mirrored within half a chunk. Loading this module
 * before it replaces the package's export in Node's module cache; a version that reads light rightly is left as it is.
 */

const key = require.resolve('prismarine-chunk')
const createChunkClass = /** @type {any} */ (require('prismarine-chunk'))

const GROUP = 8
const SECTION_BYTES = 2048

/** @type {WeakSet<Function>} */
const looked = new WeakSet()

/** @param {any} registryOrVersion */
function createCorrectedClass (registryOrVersion) {
  const Chunk = createChunkClass(registryOrVersion)
  if (!looked.has(Chunk)) {
    looked.add(Chunk)
    if (Chunk.prototype.loadParsedLight && readsFromBehind(Chunk)) correct(Chunk.prototype)
  }
  return Chunk
}

/** Whether the light of the first block is found elsewhere. @param {any} Chunk */
function readsFromBehind (Chunk) {
  const column = new Chunk({ minY: 0, worldHeight: 256 })
  const light = new Uint8Array(SECTION_BYTES)
  light[0] = 0x0f
  const [none, first] = [[[0, 0]], [[0, 2]]]
  column.loadParsedLight([], [light], none, first, none, none)
  return column.getBlockLight({ x: 0, y: 0, z: 0 }) !== 15
}

/** @param {any} prototype */
function correct (prototype) {
  const load = prototype.loadParsedLight
  prototype.loadParsedLight = function (/** @type {any} */ skyLight, /** @type {any} */ blockLight, /** @type {any[]} */ ...masks) {
    return load.call(this, skyLight.map(turned), blockLight.map(turned), ...masks)
  }
}

/** Each eight bytes from behind. @param {ArrayLike<number>} bytes */
function turned (bytes) {
  return Uint8Array.from(bytes, (_, index) => bytes[index ^ (GROUP - 1)] & 0xff)
}

/** @type {any} */ (require.cache[key]).exports = Object.assign(createCorrectedClass, createChunkClass)

module.exports = { createCorrectedClass }
