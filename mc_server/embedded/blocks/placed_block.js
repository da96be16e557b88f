'use strict'
/** Which block an item becomes when it is placed, which way it faces, and its second half if it has one. */

const { AROUND, OPPOSITE, AXIS, beside, clockwise, counterclockwise, isHorizontal, rotationOf } = require('../world/directions')
const { BLOCK_OF_ITEM, DOUBLE_PLANTS } = require('../tables/placing')

/**
 * @typedef {{x: number, y: number, z: number}} Point
 * @typedef {Point & {state: number}} Part
 * @typedef {object} Placement what is known of a click with a block in hand
 * @property {any} game
 * @property {Point} at where the block would go
 * @property {string} side of the clicked block
 * @property {{x: number, y: number, z: number}} cursor where in the clicked block, 0 to 1
 * @property {string} facing the horizontal side the player faces
 * @property {string} ahead the side the player looks to most, up and down included
 * @property {string[]} looking all sides, first the one the block is put against, then by the player's look
 * @property {number} yaw
 * @property {boolean} sneaking
 * @typedef {{name?: string, [property: string]: any}} Candidate properties, and another name if it has one
 */

/** @typedef {(placement: Placement, name: string) => Candidate[]} Rule what the block could be, the best first */

const half = (/** @type {Placement} */ { side, cursor }) =>
  side === 'down' || (side !== 'up' && cursor.y > 0.5) ? 'top' : 'bottom'
const walls = (/** @type {Placement} */ { looking }) => looking.filter(isHorizontal)

/** The form of a block that hangs at a wall. */
const wallForm = (/** @type {string} */ name) =>
  name.replace(/(torch|sign|banner|skull|head|fan)$/, kind => `wall_${kind}`).replace('hanging_wall_sign', 'wall_hanging_sign')

/** @type {Rule} */
function standingOrAtWall (placement, name) {
  const turn = /sign$|banner$/.test(name) ? placement.yaw + 180 : placement.yaw
  return placement.looking.filter(side => side !== 'up').map(side => {
    if (side === 'down') return /torch$|fan$/.test(name) ? {} : { rotation: rotationOf(turn) }
    return { name: wallForm(name), facing: OPPOSITE[side] }
  })
}

/** @type {Rule} */
function hangingSign (placement, name) {
  const { looking, yaw, side, sneaking, facing } = placement
  return looking.filter(each => each !== 'down').flatMap(/** @returns {Candidate[]} */ each => {
    if (each === 'up') {
      const narrow = sneaking || !placement.game.ground.isSturdy(beside(placement.at, 'up'), 'down')
      return [{ attached: narrow, rotation: narrow ? rotationOf(yaw + 180) : AROUND.indexOf(OPPOSITE[facing]) * 4 }]
    }
    return AXIS[each] === AXIS[side] ? [] : [{ name: wallForm(name), facing: OPPOSITE[each] }]
  })
}

/** @type {Rule} */
const onAnyFace = ({ looking, facing }) => looking.map(side => {
  if (isHorizontal(side)) return { face: 'wall', facing: OPPOSITE[side] }
  return { face: side === 'up' ? 'ceiling' : 'floor', facing }
})

/** @type {Rule} */
const trapdoor = placement => [isHorizontal(placement.side)
  ? { facing: placement.side, half: half(placement) }
  : { facing: OPPOSITE[placement.facing], half: placement.side === 'up' ? 'bottom' : 'top' }]

/** Doors hang at the side where there is more wall, beside another door as its double, else where the click was. @type {Rule} */
function door (placement) {
  const { game, at, facing, cursor } = placement
  const [left, right] = [counterclockwise(facing), clockwise(facing)]
  const stateAt = (/** @type {Point} */ { x, y, z }) => game.world.get(x, y, z)
  const walled = (/** @type {string} */ side) => [at, beside(at, 'up')]
    .filter(place => game.blocks.isSturdy(stateAt(beside(place, side)), OPPOSITE[side])).length
  const hasDoor = (/** @type {string} */ side) => /_door$/.test(game.blocks.nameOf(stateAt(beside(at, side))))
  const balance = walled(right) - walled(left)
  if ((hasDoor(left) && !hasDoor(right)) || balance > 0) return [{ facing, hinge: 'right' }]
  if ((hasDoor(right) && !hasDoor(left)) || balance < 0) return [{ facing, hinge: 'left' }]
  const across = { north: cursor.x, south: 1 - cursor.x, east: cursor.z, west: 1 - cursor.z }[facing] ?? 0
  return [{ facing, hinge: across > 0.5 ? 'right' : 'left' }]
}

/** @type {Rule} */
function bell ({ side, facing, game, at }) {
  if (!isHorizontal(side)) return [{ attachment: side === 'up' ? 'floor' : 'ceiling', facing }]
  const both = game.ground.isSturdy(beside(at, side), OPPOSITE[side])
  return [{ attachment: both ? 'double_wall' : 'single_wall', facing: OPPOSITE[side] }, { attachment: 'floor', facing }]
}

/** Blocks and how they are turned; the first pattern that fits counts. @type {[RegExp, Rule][]} */
const RULES = [
  [/_slab$/, placement => [{ type: half(placement) }]],
  [/_stairs$/, placement => [{ facing: placement.facing, half: half(placement) }]],
  [/_trapdoor$/, trapdoor],
  [/_door$/, door],
  [/_hanging_sign$/, hangingSign],
  [/_sign$|_banner$|(^|_)torch$|_coral_fan$|_skull$|_head$/, standingOrAtWall],
  [/_button$|^lever$|^grindstone$/, onAnyFace],
  [/^ladder$|^tripwire_hook$/, placement => walls(placement).map(side => ({ facing: OPPOSITE[side] }))],
  [/^cocoa$/, placement => walls(placement).map(side => ({ facing: side }))],
  [/^vine$/, ({ looking }) => looking.filter(side => side !== 'down').map(side => ({ [side]: true }))],
  [/^(soul_)?lantern$/, ({ looking }) => looking.filter(side => !isHorizontal(side)).map(side => ({ hanging: side === 'up' }))],
  [/^bell$/, bell],
  [/^hopper$/, ({ side }) => [{ facing: isHorizontal(side) ? OPPOSITE[side] : 'down' }]],
  [/shulker_box$|^(end_rod|lightning_rod|amethyst_cluster|(small|medium|large)_amethyst_bud)$/, ({ side }) => [{ facing: side }]],
  [/^observer$/, ({ ahead }) => [{ facing: ahead }]],
  [/^(dispenser|dropper|barrel|piston|sticky_piston)$|command_block$/, ({ ahead }) => [{ facing: OPPOSITE[ahead] }]],
  [/anvil$/, ({ facing }) => [{ facing: clockwise(facing) }]],
  [/rail$/, ({ facing }) => [{ shape: AXIS[facing] === 'z' ? 'north_south' : 'east_west' }]],
  [/_leaves$/, () => [{ persistent: true }]],
  [/campfire$/, ({ game, at }) => [{ lit: !game.blocks.holdsWater(game.world.get(at.x, at.y, at.z)) }]],
  [/^pointed_dripstone$/, ({ side }) => [{ vertical_direction: side === 'down' ? 'down' : 'up' }]],
  [/^cave_vines$/, () => [{ age: 25 }]]
]
/** Blocks that face the way the player does; all others with a front face the player. */
const FACES_AHEAD = /_bed$|_fence_gate$|campfire$|^decorated_pot$/

/** @returns {Candidate[]} */
function candidatesFor (/** @type {Placement} */ placement, /** @type {string} */ name) {
  const { blocks } = placement.game
  const rule = RULES.find(([names]) => names.test(name))
  const candidates = rule ? rule[1](placement, name) : [{}]
  const { facing } = placement
  return candidates.map(candidate => {
    const form = candidate.name ?? name
    const own = /** @type {Candidate} */ ({})
    if (blocks.hasProperty(form, 'facing')) own.facing = FACES_AHEAD.test(form) ? facing : OPPOSITE[facing]
    if (blocks.hasProperty(form, 'axis')) own.axis = AXIS[placement.side]
    return { ...own, ...candidate }
  })
}

/**
 * @param {Placement} placement
 * @param {string} itemName
 * @returns {Part[] | null} the block and its other half; null when the item cannot be placed there
 */
function blockToPlace (placement, itemName) {
  const { game, at } = placement
  const { blocks, ground, joining, world } = game
  const name = BLOCK_OF_ITEM[itemName] ?? itemName
  if (!blocks.has(name) || name === 'air') return null
  const wet = blocks.isWater(world.get(at.x, at.y, at.z)) && blocks.isSource(world.get(at.x, at.y, at.z))
  for (const { name: form = blockNameFor(placement, name), ...properties } of candidatesFor(placement, name)) {
    if (!blocks.has(form)) continue
    const waterlogged = blocks.hasProperty(form, 'waterlogged') ? { waterlogged: wet && properties.type !== 'double' } : {}
    const state = blocks.withProperties(form, { ...properties, ...waterlogged })
    if (ground.holds(at, state)) return partsOf(placement, form, joining.joined(at, state))
  }
  return null
}

/** Bamboo begins as a shoot. */
function blockNameFor (/** @type {Placement} */ { game, at }, /** @type {string} */ name) {
  if (name !== 'bamboo') return name
  return /^bamboo/.test(game.ground.name(beside(at, 'down'))) ? 'bamboo' : 'bamboo_sapling'
}

/** @returns {Part[]} */
function partsOf (/** @type {Placement} */ { game, at, facing }, /** @type {string} */ name, /** @type {number} */ state) {
  const { blocks } = game
  if (name.endsWith('_bed')) {
    return [{ ...at, state: blocks.change(state, { part: 'foot' }) }, { ...beside(at, facing), state: blocks.change(state, { part: 'head' }) }]
  }
  if (name.endsWith('_door') || DOUBLE_PLANTS.has(name)) {
    return [{ ...at, state: blocks.change(state, { half: 'lower' }) }, { ...beside(at, 'up'), state: blocks.change(state, { half: 'upper' }) }]
  }
  return [{ ...at, state }]
}

module.exports = { blockToPlace }
