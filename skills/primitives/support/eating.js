'use strict'

const { PrimitiveError, isFinal } = require('./errors')
const { waitAtMost, guard } = require('./waiting')
const { hold } = require('./inventory')

/** From how many wounds on something is eaten, if hunger keeps them from healing. */
const WOUNDED = 14
/** Wounds heal by themselves from this food on. */
const HEALING_FOOD = 18

const UNSAFE_FOOD = /^(rotten_flesh|spider_eye|poisonous_potato|pufferfish|chicken|suspicious_stew|chorus_fruit)$/

/** Foods carried, the best first. @param {any} context @param {string[]} [only] */
function foodsCarried ({ bot, registry }, only) {
  const worth = (/** @type {any} */ item) => registry.foodsByName[item.name].effectiveQuality ?? registry.foodsByName[item.name].foodPoints
  return bot.inventory.items()
    .filter((/** @type {any} */ item) => registry.foodsByName[item.name] && (only ? only.includes(item.name) : !UNSAFE_FOOD.test(item.name)))
    .sort((/** @type {any} */ a, /** @type {any} */ b) => worth(b) - worth(a))
}

/** Eat one of these and wait until it is eaten. @param {import('./scope').Context} context @param {any} item */
async function eatItem (context, item) {
  const { bot } = context
  const hunger = bot.food
  await hold(context, item)
  try {
    await guard(context, bot.consume(), 5000, `eating ${item.name}`)
  } catch (error) {
    if (isFinal(error)) throw error
    throw new PrimitiveError('timeout', `Could not eat ${item.name}: ${/** @type {Error} */ (error).message}`)
  }
  await waitAtMost(context, { what: 'the food to count', timeoutMs: 2000, events: [[bot, 'health']], until: () => bot.food > hunger })
}

/** Whether hunger begins to harm, or keeps wounds from healing. @param {any} bot */
function isHungry ({ food, health }) {
  return food <= 6 || (health <= WOUNDED && food < HEALING_FOOD)
}

/** Eat when hunger harms, if there is something safe. @param {import('./scope').Context} context */
async function eatWhenStarving (context) {
  if (!isHungry(context.bot)) return
  const [food] = foodsCarried(context)
  if (!food) return
  try {
    await eatItem(context, food)
  } catch (error) {
    if (isFinal(error)) throw error
  }
}

module.exports = { eatItem, eatWhenStarving, foodsCarried, isHungry }
