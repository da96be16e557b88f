'use strict'
/** Eating and drinking: how long it takes, what it gives, what is left. */

const { ALWAYS_EDIBLE, LEFT_OVER, EFFECTS, eatingTicks, potionEffects } = require('../tables/food')
const { FULL_FOOD } = require('./hunger')

/** Entity status that tells a client it has finished. */
const STATUS_FINISHED = 9
const DRINKS = ['potion', 'milk_bucket']
/** How far a chorus fruit takes its eater, and how often it tries. */
const CHORUS = { distance: 8, tries: 16 }
const CHORUS_COOLDOWN_TICKS = 20

class Meals {
  /** @param {any} game */
  constructor (game) {
    this.game = game
  }

  isMeal (/** @type {string} */ name) {
    return this.game.registry.foodsByName[name] !== undefined || DRINKS.includes(name)
  }

  mayStart (/** @type {any} */ player, /** @type {any} */ { name }) {
    return player.survivor.food < FULL_FOOD || ALWAYS_EDIBLE.includes(name) || DRINKS.includes(name)
  }

  whileUsed (/** @type {any} */ player, /** @type {any} */ item, /** @type {number} */ ticks) {
    if (ticks >= eatingTicks(item.name)) this.#finish(player, item)
  }

  #finish (/** @type {any} */ player, /** @type {any} */ item) {
    const { using, hunger, registry, saving } = this.game
    const slot = using.slotOf(player, player.survivor.using.offHand)
    using.stop(player)
    player._client.write('entity_status', { entityId: player.id, entityStatus: STATUS_FINISHED })
    const food = registry.foodsByName[item.name]
    this.#spend(player, item, slot)
    if (food) hunger.eat(player, food.foodPoints, food.saturation)
    this.#affect(player, item)
    saving.markChanged()
  }

  #spend (/** @type {any} */ player, /** @type {any} */ item, /** @type {number} */ slot) {
    const { gameModes, items, windows, itemEntities } = this.game
    if (gameModes.isCreative(player)) return
    const rest = LEFT_OVER[item.name] && items.create(LEFT_OVER[item.name])
    item.count--
    if (item.count === 0) player.survivor.slots[slot] = rest ?? null
    else if (rest && windows.give(player, rest) > 0) itemEntities.throwFrom(player, rest)
    windows.sendChanges(player)
  }

  #affect (/** @type {any} */ player, /** @type {any} */ item) {
    const { effects, random, using } = this.game
    if (item.name === 'milk_bucket') effects.clear(player)
    if (item.name === 'honey_bottle') effects.clear(player, 'poison')
    const given = item.name === 'potion' ? potionEffects(item.nbt?.value?.Potion?.value) : EFFECTS[item.name] ?? []
    for (const { name, amplifier, ticks, chance } of given) {
      if (chance === 1 || random.chance(chance)) effects.add(player, name, amplifier, ticks)
    }
    if (item.name !== 'chorus_fruit') return
    this.#displace(player)
    using.coolDown(player, 'chorus_fruit', CHORUS_COOLDOWN_TICKS)
  }

  /** Somewhere near, on the ground. */
  #displace (/** @type {any} */ player) {
    const { random, world, blocks, players } = this.game
    const { distance, tries } = CHORUS
    const shift = () => (random.next() - 0.5) * 2 * distance
    for (let attempt = 0; attempt < tries; attempt++) {
      const { x, y, z } = player.position.offset(shift(), shift(), shift())
      if (!world.isLoaded(x, z)) continue
      let feet = Math.floor(y)
      while (feet > y - 2 * distance && !blocks.solid[world.get(x, feet - 1, z)]) feet--
      const free = [0, 1].every(up => !blocks.solid[world.get(x, feet + up, z)] && !blocks.isFluid(world.get(x, feet + up, z)))
      if (free && blocks.solid[world.get(x, feet - 1, z)]) return players.teleport(player, { x, y: feet, z })
    }
  }
}

module.exports = { Meals }
