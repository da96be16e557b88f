'use strict'
/**
 * Which blocks are near: for each kind the nearest one and how many there are.
 *
 * Every loaded section (16 blocks cubed) is indexed once, by block id, and again only after one of its blocks has changed. That
 * makes a repeated question cheap, which scanning is not: sections of a single kind carry no palette to skip them by.
 */

const SECTION_VOLUME = 4096
const AIR_NAMES = ['air', 'cave_air', 'void_air']
const MAXIMUM_COUNT = 64

/** Positions in a section as `y << 8 | z << 4 | x`, shared by all sections of a single kind. */
const EVERY_POSITION = Uint16Array.from({ length: SECTION_VOLUME }, (_, index) => index)

/** @typedef {Map<number, Uint16Array>} SectionIndex block id to positions */
/** @typedef {{id: number, name: string, x: number, y: number, z: number, distance: number, count: number}} Found */

/**
 * @param {any} section of prismarine-chunk
 * @returns {{single: number} | {palette: number[] | null, get: (index: number) => number}} `get` gives places in the palette, and
 *   state ids where there is none
 */
function readerOf (section) {
  const container = section.data
  if (typeof container?.value === 'number') return { single: container.value }
  const bits = container?.data?.get ? container.data : container
  const palette = container?.palette ?? section.palette ?? null
  if (!bits?.get) return { palette: null, get: index => section.get({ x: index & 15, y: index >> 8, z: (index >> 4) & 15 }) }
  return { palette, get: index => bits.get(index) }
}

class NearbyBlocks {
  /**
   * @param {any} bot
   * @param {import('./sight').Sight | null} [sight] when given, only blocks that were seen are near
   */
  constructor (bot, sight = null) {
    this.bot = bot
    this.sight = sight
    /** @type {Map<string, (SectionIndex | undefined)[]>} */
    this.columns = new Map()
    const blocks = Object.values(bot.registry.blocks)
    this.air = new Set(blocks.filter((/** @type {any} */ block) => AIR_NAMES.includes(block.name)).map(block => block.id))
    this.blockIds = this.readBlockIds()
    /** Block ids of the section that is being read, and how many there are of each: made once. */
    this.ids = new Int32Array(SECTION_VOLUME)
    this.counts = new Int32Array(1 + Math.max(...this.blockIds))
    /** The last answer, while neither the bot nor a block near it has moved. @type {{place: string, found: Found[]} | null} */
    this.last = null
    const forget = (/** @type {any} */ corner) => {
      this.columns.delete(`${corner.x >> 4},${corner.z >> 4}`)
      this.last = null
    }
    bot.on('chunkColumnLoad', forget)
    bot.on('chunkColumnUnload', forget)
    bot.on('blockUpdate', (/** @type {any} */ before, /** @type {any} */ after) => {
      const position = (after ?? before)?.position
      if (position) this.forgetSection(position)
    })
  }

  /** @returns {Int32Array} block id of each state id */
  readBlockIds () {
    const states = this.bot.registry.blocksByStateId
    const ids = new Int32Array(1 + Math.max(...Object.keys(states).map(Number)))
    for (const [state, block] of Object.entries(states)) ids[Number(state)] = /** @type {any} */ (block).id
    return ids
  }

  /** @param {{x: number, y: number, z: number}} position */
  forgetSection ({ x, y, z }) {
    this.last = null
    const column = this.columns.get(`${Math.floor(x) >> 4},${Math.floor(z) >> 4}`)
    if (column) column[(Math.floor(y) - this.minimumY()) >> 4] = undefined
  }

  minimumY () {
    return this.bot.game.minY ?? 0
  }

  /**
   * @param {any} section
   * @returns {SectionIndex}
   */
  indexSection (section) {
    /** @type {SectionIndex} */
    const index = new Map()
    if (!section) return index
    const reader = readerOf(section)
    if ('single' in reader) {
      const id = this.blockIds[reader.single]
      if (!this.air.has(id)) index.set(id, EVERY_POSITION)
      return index
    }
    const { palette, get } = reader
    const idOf = palette ? Int32Array.from(palette, state => this.blockIds[state]) : this.blockIds
    const { ids, counts } = this
    const kinds = []
    for (let position = 0; position < SECTION_VOLUME; position++) {
      const id = ids[position] = idOf[get(position)]
      if (counts[id]++ === 0) kinds.push(id)
    }
    for (const id of kinds) if (!this.air.has(id)) index.set(id, new Uint16Array(counts[id]))
    this.fill(index)
    return index
  }

  /**
   * Sort the positions in `ids` by kind, and count down what `counts` holds of them.
   * @param {SectionIndex} index
   */
  fill (index) {
    const { ids, counts } = this
    /** @type {Uint16Array | undefined} */
    let positions
    let last = -1
    for (let position = SECTION_VOLUME - 1; position >= 0; position--) {
      const id = ids[position]
      if (id !== last) positions = index.get(last = id)
      counts[id]--
      if (positions) positions[counts[id]] = position
    }
  }

  /**
   * Indexed sections that touch the box around a point, nearest first.
   * @param {any} point
   * @param {number} radius
   */
  sectionsAround (point, radius) {
    const minimumY = this.minimumY()
    const near = []
    for (let chunkX = (point.x - radius) >> 4; chunkX <= (point.x + radius) >> 4; chunkX++) {
      for (let chunkZ = (point.z - radius) >> 4; chunkZ <= (point.z + radius) >> 4; chunkZ++) {
        const column = this.bot.world.getColumn(chunkX, chunkZ)
        if (!column) continue
        const key = `${chunkX},${chunkZ}`
        let indexes = this.columns.get(key)
        if (!indexes) this.columns.set(key, indexes = [])
        const lowest = Math.max(0, (point.y - radius - minimumY) >> 4)
        const highest = Math.min(column.sections.length - 1, (point.y + radius - minimumY) >> 4)
        for (let number = lowest; number <= highest; number++) {
          const index = indexes[number] ??= this.indexSection(column.sections[number])
          if (index.size === 0) continue
          const corner = { x: chunkX * 16, y: number * 16 + minimumY, z: chunkZ * 16 }
          near.push({ index, corner, distance: squaredDistanceToSection(point, corner) })
        }
      }
    }
    return near.sort((a, b) => a.distance - b.distance)
  }

  /**
   * @param {number} radius in blocks, in each direction
   * @returns {Found[]} one of each kind, nearest first; `count` is at most 64, and 1 where only what was seen counts
   */
  kinds (radius) {
    const point = this.bot.entity.position.floored()
    const place = `${point.x},${point.y},${point.z} ${radius}`
    // What was seen can change while no block does.
    if (this.sight) return this.findKinds(point, radius)
    if (this.last?.place !== place) this.last = { place, found: this.findKinds(point, radius) }
    return this.last.found
  }

  /**
   * @param {any} point
   * @param {number} radius
   * @returns {Found[]}
   */
  findKinds (point, radius) {
    /** @type {Map<number, Found>} */
    const found = new Map()
    for (const { index, corner, distance } of this.sectionsAround(point, radius)) {
      for (const [id, positions] of index) {
        let best = found.get(id)
        if (!best) {
          const name = this.bot.registry.blocks[id].name
          found.set(id, best = { id, name, x: 0, y: 0, z: 0, distance: Infinity, count: 0 })
        }
        best.count = this.sight ? 1 : Math.min(MAXIMUM_COUNT, best.count + positions.length)
        if (distance < best.distance) improve(best, positions, corner, point, this.sight)
      }
    }
    for (const best of found.values()) best.distance = Math.sqrt(best.distance)
    return [...found.values()].filter(({ distance }) => distance < Infinity).sort((a, b) => a.distance - b.distance)
  }

  /**
   * @param {string[]} names of kinds of block
   * @param {number} reach in blocks, from the bot's own
   * @returns {string[]} those that are there, in the order given
   */
  among (names, reach) {
    const point = this.bot.entity.position.floored()
    const sections = this.sectionsAround(point, reach)
    return names.filter(name => {
      const id = this.bot.registry.blocksByName[name]?.id
      const best = { x: 0, y: 0, z: 0, distance: reach ** 2 + 1 }
      for (const { index, corner } of sections) improve(best, index.get(id) ?? [], corner, point, this.sight)
      return best.distance <= reach ** 2
    })
  }
}

/**
 * @param {{x: number, y: number, z: number}} point
 * @param {{x: number, y: number, z: number}} corner
 */
function squaredDistanceToSection (point, corner) {
  let sum = 0
  for (const axis of /** @type {const} */ (['x', 'y', 'z'])) {
    const below = corner[axis] - point[axis]
    const above = point[axis] - (corner[axis] + 15)
    sum += Math.max(below, above, 0) ** 2
  }
  return sum
}

/**
 * Move `best` (whose distance is still squared) to a nearer position, if there is one.
 * @param {{x: number, y: number, z: number, distance: number}} best
 * @param {ArrayLike<number>} positions
 * @param {{x: number, y: number, z: number}} corner
 * @param {{x: number, y: number, z: number}} point
 * @param {import('./sight').Sight | null} sight
 */
function improve (best, positions, corner, point, sight) {
  for (let number = 0; number < positions.length; number++) {
    const position = positions[number]
    const x = corner.x + (position & 15)
    const y = corner.y + (position >> 8)
    const z = corner.z + ((position >> 4) & 15)
    const distance = (x - point.x) ** 2 + (y - point.y) ** 2 + (z - point.z) ** 2
    if (distance < best.distance && (!sight || sight.hasSeen({ x, y, z }))) Object.assign(best, { x, y, z, distance })
  }
}

module.exports = { NearbyBlocks }
