'use strict'

const { PrimitiveError } = require('../primitives/support/errors')
const { digBlock } = require('../primitives/support/digging')
const { look } = require('../primitives/support/world')

const EYES = 1.62
/** A column of sand is dug away block after block. */
const MOST_BLOCKS = 24

/** The block around the eyes, when it is one that chokes. @param {any} context */
function choking (context) {
  const { x, y, z } = context.bot.entity.position
  const cell = { x: Math.floor(x), y: Math.floor(y + EYES), z: Math.floor(z) }
  const { block, standable, passable } = look(context, cell.x, cell.y, cell.z)
  return standable && !passable && !block?.transparent ? { ...cell, name: block.name } : null
}

/** @param {any} context */
async function digFree (context) {
  let dug = 0
  for (let cell = choking(context); cell; cell = choking(context)) {
    if (++dug > MOST_BLOCKS) throw new PrimitiveError('unreachable', `${MOST_BLOCKS} blocks were not enough`)
    await digBlock(context, cell)
  }
  return `dug ${dug} away`
}

/** Dig away what is around the head. */
const suffocation = {
  urgency: 90,
  everyTicks: 1,
  secondsAtMost: 40,
  longestRestTicks: 20,
  wants: (/** @type {any} */ context) => {
    const cell = choking(context)
    return cell && `the bot's head is in ${cell.name}`
  },
  act: digFree
}

module.exports = { suffocation }
